"""A rule in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from privaudit.rulepack.schema import Condition, GradeLine, Rule, RuleSet, Source, WordEntry

_MOST_WORDS = 12
_MOST_EXAMPLES = 4
_SCOPES = {"sentence": "in one sentence", "block": "in one paragraph or list", "section": "in one section"}


def table(rules: Sequence[Rule]) -> None:
    """Prints a table of rules."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from privaudit.render.sanitise import one_line

    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("rule", "kind", "title", "reference"):
        grid.add_column(heading, no_wrap=heading == "rule")
    for rule in rules:
        grid.add_row(
            *(Text(one_line(cell)) for cell in (rule.id, rule.kind.value, rule.title, (rule.references or ("",))[0]))
        )
    Console(highlight=False).print(grid)


def _day(day: date, source: Source) -> str:
    """A day with where it is from."""
    doubt = "" if source.verified else ", not verified"
    return f"{day.isoformat()} ({source.text or 'no source'}{doubt})" if source.text or doubt else day.isoformat()


def explained(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    """The lines of an explanation."""
    yield f"{rule.id}: {rule.title}"
    yield f"  {rule.kind.value}; {'; '.join(rule.references)}"
    for label, period in (("in force", rule.in_force), ("valid", rule.valid)):
        if period.start or period.until:
            start = _day(period.start, period.start_source) if period.start else "ever"
            until = _day(period.until, period.until_source) if period.until else "further notice"
            yield f"  {label} from {start} until {until}"
    if rule.closing:
        yield f"  only for what began before: from {_day(rule.closing.day, rule.closing.source)}"
    yield ""
    yield from _prose(rule.why)
    yield ""
    for label, condition in (
        ("applies when", rule.applies_when),
        ("present when", rule.present),
        ("partial when", rule.partial),
        ("found when", rule.find),
        ("and elsewhere", rule.against),
    ):
        if condition is not None:
            yield f"{label} {spoken(condition)}"
    if rule.detect:
        yield f"found when the document shows: {rule.detect.value}"
    for line in rule.stance:
        yield f"{line.outcome.value} {'when ' + spoken(line.when) if line.when else 'otherwise'}"
    for step in rule.grades:
        yield f"grade {step.id}{', weak' if step.weak else ''}: {step.title}{_holds(step)}"
    for requirement in rule.requires:
        yield f"only if {requirement.rule} is {' or '.join(one.value for one in requirement.outcomes)}"
    if rule.outside:
        yield f"not counted: {', '.join(rule.outside)}"
    yield ""
    for name in sorted(rule.concepts()):
        for language, concepts in sorted(ruleset.words.items()):
            words = [_word(entry) for entry in concepts.get(name, ())]
            if words:
                more = f" and {len(words) - _MOST_WORDS} more" if len(words) > _MOST_WORDS else ""
                yield f"  {name} ({language}): {' | '.join(words[:_MOST_WORDS])}{more}"
    yield ""
    examples = [example for example in ruleset.examples if example.rule == rule.id]
    for wanted in dict.fromkeys(example.wanted for example in examples):
        yield f"{wanted}, for example:"
        some = [example for example in examples if example.wanted == wanted]
        for example in some[:_MOST_EXAMPLES]:
            yield f"  [{example.language}] {' '.join(example.text.split())}"
    if rule.remedy:
        yield ""
        yield "What to do:"
        yield from _prose(rule.remedy)


def _holds(step: GradeLine) -> str:
    """When a step of the scale is reached."""
    when = [f"the outcome is {step.outcome.value}"] if step.outcome else []
    when += [spoken(step.when)] if step.when else []
    return f"; where {' and '.join(when)}" if when else ""


def _prose(text: str) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        yield "  " + " ".join(paragraph.split())


def spoken(condition: Condition, names: Mapping[str, str] | None = None) -> str:
    """A condition as a phrase, with the names for readers where they are given."""
    names = names or {}
    if condition.op == "concept":
        text = names.get(condition.name, condition.name.replace("-", " "))
    else:
        joint = {"all": " and ", "any": " or ", "not": " or "}[condition.op]
        text = joint.join(spoken(part, names) for part in condition.parts)
        if condition.op == "not":
            inner = condition.parts[0]
            # `given` is kept as what is not absent.
            given = inner.op == "not" and len(condition.parts) == 1
            text = f"given {text.removeprefix('not ')}" if given else f"not ({text})"
        elif len(condition.parts) > 1:
            text = f"({text})"
    if condition.near:
        near = names.get(condition.near.of, condition.near.of.replace("-", " "))
        text += f" within {condition.near.words} words of {near}"
    if condition.within:
        text += f" {_SCOPES.get(condition.within.value, 'anywhere in the document')}"
    if condition.outside:
        text += f" outside of {', '.join(names.get(one, one) for one in condition.outside)}"
    if condition.while_:
        text += f" (while the mechanism of {condition.while_} is valid)"
    if condition.after:
        text += f" (once the mechanism of {condition.after} is no longer valid)"
    return text


def _word(entry: WordEntry) -> str:
    if entry.article:
        parts = [str(part) for part in (entry.article.article, entry.article.paragraph, entry.article.letter) if part]
        return f"Art. {'.'.join(parts)}"
    return entry.pattern or f"link to {entry.link}"
