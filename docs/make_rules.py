"""Writes a page for each rule of the built-in pack, and their index: `python docs/make_rules.py`.

Everything on a page comes from the rule files; what reads badly here is mended there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from privaudit.cli.explain import spoken
from privaudit.model import OUTCOMES, Kind, Outcome, Severity
from privaudit.rulepack.dates import in_words
from privaudit.rulepack.load import load_rules, pack_folders
from privaudit.rulepack.schema import Closing, Condition, Detector, Example, Period, Rule, RuleSet, Source, StanceLine

FOLDER = Path(__file__).parent / "rules"
_NOTE = "<!-- Written by docs/make_rules.py from the rule files. Do not edit. -->"
_KINDS = {
    Kind.DISCLOSURE: ("Disclosures", "What a notice must tell people."),
    Kind.OUTDATED: (
        "Outdated mechanisms, laws and authorities",
        "What was valid once and no longer is. A text that relies on it has a finding; "
        "a text that only mentions it has none.",
    ),
    Kind.PRACTICE: ("Practices", "What is wrong whatever else a notice says."),
}
_DETECTORS = {
    Detector.MOJIBAKE: "Damaged characters, as they come from a text read in the wrong encoding.",
    Detector.MIXED_LANGUAGE: "Long parts in another language than the rest of the text.",
    Detector.STUB: "A short text that touches at most half of the subjects below.",
    Detector.STALE_DATE: "A date of the notice that lies years back, or ahead.",
    Detector.OTHER_COMPANY: "Several names in places where a notice speaks of its author.",
    Detector.FOREIGN_AUTHORITY: "One authority alone for complaints, of a country in which the author does not sit.",
}
# Shown of each outcome and language; a middle outcome is told by one.
_MOST_EXAMPLES = 2
_SHORT = 220
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$]")
# Where Markdown would make a link; such texts are shown as they stand in the rule file.
_ADDRESS = re.compile(r"://|www\.|@|\]\(")
ROOT = FOLDER.parent.parent


def pages(ruleset: RuleSet) -> dict[str, str]:
    """The pages by file name, the index first."""
    found = {"README.md": _index(ruleset)}
    found.update((f"{rule.id}.md", "\n".join(_page(rule, ruleset)) + "\n") for rule in ruleset.rules)
    return found


# -- the index


def _index(ruleset: RuleSet) -> str:
    pack = ruleset.packs[0]
    reviewed = f", last reviewed on {_day(date.fromisoformat(pack.reviewed))}" if pack.reviewed else ""
    lines = [
        _NOTE,
        "",
        "# The built-in rules",
        "",
        f"All {len(ruleset.rules)} rules of the pack `{pack.id}`, version {pack.version}{reviewed}. "
        "A page says what a rule looks for, why, what to write instead, and how to silence it.",
        "",
        "Severity is what a finding may weigh. A rule with `none` tells what it sees, and is never a finding.",
    ]
    for kind, (heading, what) in _KINDS.items():
        lines += ["", f"## {heading}", "", what, "", "| rule | title | rests on | severity |", "|---|---|---|---|"]
        for rule in sorted((one for one in ruleset.rules if one.kind is kind), key=lambda one: one.id):
            levels = ", ".join(_levels(rule)) or "none"
            cells = [f"[{rule.id}]({rule.id}.md)", _title(rule), escaped(rule.references[0]), levels]
            lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "## Dates that are not verified", ""]
    lines += ["Nobody has looked these up in a published source yet, and reports say so wherever they name them.", ""]
    lines += ["| rule | what | date | said to be from |", "|---|---|---|---|", *_unverified(ruleset.rules)]
    return "\n".join(lines) + "\n"


def _levels(rule: Rule) -> list[str]:
    found = {line.level for line in rule.severity} | {line.level for line in rule.stance if line.override}
    return [level.value for level in Severity if level in found]


# -- a page


def _page(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    yield from [_NOTE, "", f"# {_title(rule)}", ""]
    yield f"| rule | `{rule.id}` |"
    yield "|---|---|"
    yield f"| kind | {rule.kind.value} |"
    if rule.group:
        yield f"| group | `{rule.group}` |"
    yield f"| severity | {', '.join(_levels(rule)) or 'none'} |"
    yield f"| rests on | {'; '.join(escaped(one) for one in rule.references)} |"
    yield from ["", "## What it looks for", ""]
    yield from _looks_for(rule, ruleset)
    yield from ["", "## Why it matters", "", *_prose(rule.why)]
    yield from ["", "## What to write", "", *_prose(rule.remedy)]
    yield from ["", "## When it applies", ""]
    yield from (line if line.startswith(" ") else f"- {line}" for line in _applies(rule, ruleset))
    examples = [one for one in ruleset.examples if one.rule == rule.id]
    if examples:
        yield from ["", "## Examples"]
        for code in (one for one in ruleset.covered if any(example.language == one for example in examples)):
            yield from ["", f"### {ruleset.languages[code].name}", ""]
            yield from _examples(rule, [one for one in examples if one.language == code])
    yield from ["", "## How to silence it", "", *_silence(rule)]


def _looks_for(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    yield "| outcome | severity | what the report says |"
    yield "|---|---|---|"
    for outcome in OUTCOMES[rule.kind]:
        message = rule.messages.get(outcome)
        if message:
            yield f"| `{outcome.value}` | {_weight(rule, outcome, ruleset)} | {escaped(message)} |"
    yield ""
    if rule.detect:
        yield _DETECTORS[rule.detect]
        yield ""
    if rule.kind is Kind.OUTDATED:
        yield "It looks for names, numbers and links of the mechanism, law or authority."
        yield ""
    elif names := _names(_positive(rule), ruleset):
        yield "It goes by words for:" if rule.detect else f"It looks for{' combinations of' if len(names) > 1 else ''}:"
        yield ""
        yield from (f"- {name}" for name in names)
        yield ""
    if rule.against:
        yield "And in other sentences of the document, as what contradicts it, for:"
        yield ""
        yield from (f"- {name}" for name in _names(_concepts((rule.against,)), ruleset))
        yield ""
    if rule.stance:
        yield "Each mention is judged by its sentence. The first line that holds decides:"
        yield ""
        for number, line in enumerate(rule.stance, 1):
            level = f" ({_stance_weight(rule, line)})" if line.outcome is Outcome.RELIED_ON else ""
            when = f"where the sentence {_has(line.when, ruleset)}" if line.when else "otherwise"
            yield f"{number}. `{line.outcome.value}`{level} {when}"
        yield ""
    if rule.grades:
        yield "Where the disclosure is made, the report tells how specific it is, by the best passage."
        yield f"`--fail-on` takes `{rule.id}:GRADE`, which fails from that grade down, and `weak`."
        yield from ["", "| grade | what the notice gives |", "|---|---|"]
        yield from (f"| `{one.id}`{' (weak)' if one.weak else ''} | {escaped(one.title)} |" for one in rule.grades)
        yield ""
    source = (Path.cwd() / rule.place.path).resolve().relative_to(ROOT.resolve()).as_posix()
    yield f"The whole condition stands in the [rule file](../../{source})."
    yield f"`privaudit rules explain {rule.id}` shows the words."


def _weight(rule: Rule, outcome: Outcome, ruleset: RuleSet) -> str:
    """What an outcome weighs, in words."""
    said: list[str] = []
    for line in rule.severity:
        if line.outcome not in (None, outcome):
            continue
        level = line.level.value if line.level else "no finding"
        if line.when is None:
            said.append(f"otherwise {level}" if said else level)
            break
        said.append(f"{level} where the document {_has(line.when, ruleset)}")
    if outcome is Outcome.RELIED_ON and len(_levels(rule)) > 1:
        return "see below"
    return "; ".join(said) or "no finding"


def _stance_weight(rule: Rule, line: StanceLine) -> str:
    usual = next((one.level for one in rule.severity if one.outcome in (None, line.outcome)), None)
    level = line.level if line.override else usual
    return level.value if level else "no finding"


def _applies(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    if rule.kind is Kind.OUTDATED:
        yield from _validity(rule.valid, rule.closing)
    else:
        yield from _force(rule.in_force)
    if rule.applies_when:
        yield from _due(rule.applies_when, ruleset)
    for need in rule.requires:
        other = ruleset.rule(need.rule)
        title = _title(other) if other else escaped(need.rule)
        outcomes = " or ".join(f"`{one.value}`" for one in need.outcomes)
        yield f"Only where [{title}]({need.rule}.md) is {outcomes}."
    for other_id in rule.covered_by:
        yield f"Keeps silent about a sentence that [{other_id}]({other_id}.md) reports."
    if rule.languages:
        yield f"Only for texts in {_listed([ruleset.languages[code].name for code in rule.languages], 'or')}."
    if rule.countries:
        yield f"Only for readers in {_listed(rule.countries, 'or')}, where the configuration names their country."
    if rule.outside:
        yield f"Words do not count inside {_listed(_names(rule.outside, ruleset), 'or')}."
    if rule.strict:
        yield f"Only where it is selected: `--select {rule.id}`."


def _due(condition: Condition, ruleset: RuleSet) -> Iterator[str]:
    """When a rule with a condition applies."""
    several = any(part.op != "concept" for part in condition.parts)
    if condition.op == "any" and several and len(condition.parts) > 1:
        yield "Only where the document has one of these:"
        yield from (f"  - {_spoken(part, ruleset)}" for part in condition.parts)
    else:
        yield f"Only where the document {_has(condition, ruleset)}."


def _force(period: Period) -> Iterator[str]:
    if period.start and period.until:
        yield f"In force from {_day(period.start)} until {_day(period.until)}, the first day no longer."
    elif period.start:
        yield f"In force since {_day(period.start)}."
    elif period.until:
        yield f"In force until {_day(period.until)}, the first day no longer."
    else:
        yield "At any time."


def _validity(period: Period, closing: Closing | None) -> Iterator[str]:
    start = _told(period.start, period.start_source) if period.start else ""
    if period.until is None:
        yield f"Valid since {start}. To rely on it is no finding." if start else "At any time."
        return
    since = f"from {start} " if start else ""
    yield f"Valid {since}until {_told(period.until, period.until_source)}, the first day no longer."
    if closing:
        level = f"weighs at most {closing.level}" if closing.level else "is no finding"
        yield f"From {_told(closing.day, closing.source)} only for what began before: to rely on it {level} then."
    yield "Judged by the law of an earlier day (`--as-of`), to rely on it is no finding."


def _told(day: date, source: Source) -> str:
    """A day with where it is from."""
    return in_words(day, source) + (f" ({escaped(source.text)})" if source.text else "")


def _unverified(rules: Sequence[Rule]) -> Iterator[str]:
    """The dates that nobody has looked up."""
    for rule in sorted(rules, key=lambda one: one.id):
        days = [
            ("valid from", rule.valid.start, rule.valid.start_source),
            ("valid until", rule.valid.until, rule.valid.until_source),
            ("in force from", rule.in_force.start, rule.in_force.start_source),
            ("in force until", rule.in_force.until, rule.in_force.until_source),
        ]
        if rule.closing:
            days.append(("only for what began before", rule.closing.day, rule.closing.source))
        for what, day, source in days:
            if day and not source.verified:
                yield f"| [{rule.id}]({rule.id}.md) | {what} | {_day(day)} | {escaped(source.text)} |"


def _silence(rule: Rule) -> Iterator[str]:
    yield "A comment accepts a finding, with your reason (Markdown and HTML). Put it on the line before the paragraph"
    yield "with the passage; for a finding without a passage, such as a missing disclosure, anywhere in the document:"
    yield from ["", "```html", f'<!-- privaudit: ignore {rule.id} reason="Why this is right here" -->', "```", ""]
    yield "Or leave the rule out: of one run with `--ignore`, of every run in `privaudit.yaml`:"
    yield from ["", "```yaml", f"ignore: [{rule.id}]", "```", ""]
    yield "[Suppressions](../suppressions.md): where they hold, until when, and how to write them in plain text."


# -- examples


def _examples(rule: Rule, examples: Sequence[Example]) -> Iterator[str]:
    middle = (Outcome.PARTIAL, Outcome.MENTIONED, Outcome.NOT_APPLICABLE, *(line.id for line in rule.grades))
    for wanted in (*OUTCOMES[rule.kind], *(line.id for line in rule.grades)):
        some = [one.text.strip() for one in examples if one.wanted == wanted]
        for text in _chosen(some)[: 1 if wanted in middle else _MOST_EXAMPLES]:
            yield from _quoted(wanted, text)


def _chosen(texts: Sequence[str]) -> list[str]:
    """Short lines first, else in the order of the files."""
    return sorted(texts, key=lambda text: ("\n" in text, max(len(text), _SHORT)))


def _quoted(wanted: str, text: str) -> Iterator[str]:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    if "\n" not in text:
        # A code span may begin or end with a backtick only behind a space, which is not shown.
        space = " " if text.startswith("`") or text.endswith("`") else ""
        shown = f"{fence}{space}{text}{space}{fence}" if _ADDRESS.search(text) else f"“{escaped(text)}”"
        yield f"- `{wanted}`: {shown}"
        return
    fence = fence.rjust(3, "`")
    yield from [f"- `{wanted}`:", "", f"  {fence}text"]
    yield from (f"  {line}".rstrip() for line in text.splitlines())
    yield f"  {fence}"


# -- words


def _positive(rule: Rule) -> list[str]:
    """The concepts that speak for an outcome."""
    return _concepts((rule.present, rule.find)) or list(rule.topic if rule.detect else ())


def _concepts(conditions: Iterable[Condition | None]) -> list[str]:
    """The concepts of conditions, in the order of the rule; without what is excluded."""

    def walk(condition: Condition) -> Iterator[str]:
        if condition.op == "concept":
            yield condition.name
        elif condition.op != "not":
            for part in condition.parts:
                yield from walk(part)

    return list(dict.fromkeys(name for one in conditions if one for name in walk(one)))


def _names(concepts: Iterable[str], ruleset: RuleSet) -> list[str]:
    """Concepts and regions in words for readers; two that are called the same are one."""
    return list(dict.fromkeys(escaped(ruleset.names.get(one, one.replace("-", " "))) for one in concepts))


def _spoken(condition: Condition, ruleset: RuleSet) -> str:
    """A condition as a phrase, without the scope and the brackets around all of it."""
    said = spoken(condition._replace(within=None), ruleset.names)
    whole = condition.op in ("any", "all") and len(condition.parts) > 1 and said.endswith(")")
    return escaped(said[1:-1] if whole else said)


def _has(condition: Condition, ruleset: RuleSet) -> str:
    """What a text must have or lack, as the rest of a sentence."""
    if condition.op == "not":
        return f"lacks {' or '.join(_spoken(part, ruleset) for part in condition.parts)}"
    return f"has {_spoken(condition, ruleset)}"


def _title(rule: Rule) -> str:
    return escaped(rule.title[:1].upper() + rule.title[1:])


def _prose(text: str) -> Iterator[str]:
    for line in text.splitlines():
        item = line.startswith(("- ", "* "))
        # A number with a full stop would begin a list.
        yield f"- {escaped(line[2:])}" if item else re.sub(r"^(\d+)(?=[.)])", r"\1\\", escaped(line))


def _listed(names: Sequence[str], joint: str) -> str:
    return f" {joint} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def main() -> None:
    """Writes `docs/rules/`, and takes away the pages of rules that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages(load_rules(pack_folders([]), examples=True))
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()


if __name__ == "__main__":
    main()
