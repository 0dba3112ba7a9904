"""Rule files as values, checked as far as one file can tell; `link` checks what other files must define."""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml.nodes import MappingNode

from privaudit.model import Kind, Outcome
from privaudit.rulepack.dates import parse_closing, parse_period
from privaudit.rulepack.parse_condition import Uses, names, parse_concepts, parse_outside
from privaudit.rulepack.parse_grades import parse_grades
from privaudit.rulepack.parse_severity import a_rule, parse_outcome, parse_scoped, parse_severity, parse_stance
from privaudit.rulepack.parse_shared import parse_languages
from privaudit.rulepack.parse_words import Words, parse_examples, parse_words
from privaudit.rulepack.schema import (
    ANYWHERE,
    Closing,
    Condition,
    Detector,
    Example,
    Period,
    Place,
    Requirement,
    Rule,
    Scope,
)
from privaudit.rulepack.yaml import Entry, YamlFile

_ANY_KIND = (
    *("id", "title", "kind", "references", "why", "remedy", "severity", "messages", "applies_when", "requires"),
    *("outside", "group", "enabled", "covered_by", "languages", "countries", "words", "examples"),
)
_KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.DISCLOSURE: (*_ANY_KIND, "in_force", "present", "partial", "topic", "grades"),
    Kind.OUTDATED: (*_ANY_KIND, "valid", "closing", "find", "stance"),
    # The detectors look for their subject with the words of `topic`.
    Kind.PRACTICE: (*_ANY_KIND, "in_force", "find", "against", "detect", "topic"),
}
_EVERY_KEY = tuple(dict.fromkeys(key for keys in _KEYS.values() for key in keys))


@dataclass(slots=True)
class RuleFile:
    """What one rule file holds.

    `rule` is None where it could not be made; its conditions still name named conditions. `asked` are the outcomes
    that it requires of other rules: (rule, outcome, place).
    """

    rule: Rule | None = None
    id_place: Place | None = None
    words: dict[str, Words] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    asked: list[tuple[str, Outcome, Place]] = field(default_factory=list)


def parse_rule(file: YamlFile, uses: Uses, named: str | None) -> RuleFile:
    """Reads a rule file; `named` is the id that its file name demands, None where it may have any."""
    parsed = RuleFile()
    if file.root is None:
        return parsed
    entry = file.mapping(file.root, "a rule", _EVERY_KEY)
    for key in ("id", "kind", "severity"):
        if key not in entry:
            file.fault(file.root, f"key '{key}' is missing; each rule needs id, kind and severity")
    rule_id = file.name(entry["id"].value, "id") if "id" in entry else ""
    kind_name = file.choice(entry["kind"].value, "kind", list(Kind)) if "kind" in entry else ""
    if rule_id:
        parsed.id_place = file.place(entry["id"].value)
        if named is not None and rule_id != named:
            file.fault(entry["id"].value, f"rule '{rule_id}' stands in {named}.yaml; name the file {rule_id}.yaml")
    parser = _RuleParser(file, entry, Kind(kind_name) if kind_name else None, uses, parsed)
    rule = parser.rule(rule_id)
    parsed.rule = rule if rule_id and kind_name else None
    parser.own_words(rule_id)
    return parsed


class _RuleParser:
    def __init__(
        self, file: YamlFile, entry: dict[str, Entry], kind: Kind | None, uses: Uses, parsed: RuleFile
    ) -> None:
        self.file = file
        self.entry = entry
        self.kind = kind
        self.uses = uses
        self.parsed = parsed

    def rule(self, rule_id: str) -> Rule:
        """The rule as far as it can be read."""
        file, entry = self.file, self.entry
        self._keys_fit()
        root = file.root
        assert root is not None
        return Rule(
            id=rule_id,
            title=self._line("title") or rule_id.replace("-", " "),
            kind=self.kind or Kind.PRACTICE,
            place=file.place(root),
            references=self._references(),
            why=self._prose("why"),
            remedy=self._prose("remedy"),
            severity=parse_severity(file, entry["severity"].value, self.kind, self.uses) if "severity" in entry else (),
            group=(file.name(entry["group"].value, "group") or None) if "group" in entry else None,
            in_force=self._period("in_force"),
            valid=self._period("valid"),
            present=self._condition("present", Scope.BLOCK),
            partial=self._condition("partial", Scope.BLOCK),
            find=self._condition("find", Scope.BLOCK),
            against=self._against(),
            detect=self._detect(),
            stance=parse_stance(file, entry["stance"].value, self.uses) if "stance" in entry else (),
            applies_when=self._condition("applies_when", Scope.DOCUMENT),
            requires=self._requires(),
            topic=parse_concepts(file, entry["topic"].value, "'topic'", self.uses) if "topic" in entry else (),
            outside=parse_outside(file, entry["outside"].value, self.uses) if "outside" in entry else (),
            messages=self._messages(),
            strict="enabled" in entry
            and file.choice(entry["enabled"].value, "value of enabled", ("default", "strict")) == "strict",
            covered_by=self._covered_by(rule_id),
            languages=self._languages(),
            countries=self._countries(),
            closing=self._closing(),
            grades=parse_grades(file, entry["grades"].value, self.uses) if "grades" in entry else (),
        )

    def own_words(self, rule_id: str) -> None:
        """Reads the words and examples of a small private rule."""
        file = self.file
        if "words" in self.entry:
            for code, entry in file.mapping(self.entry["words"].value, "words by language").items():
                if code != ANYWHERE:
                    self.uses.languages.append((code, file.place(entry.key)))
                parse_words(file, entry.value, self.parsed.words.setdefault(code, {}), self.parsed.places)
        if "examples" in self.entry:
            for code, entry in file.mapping(self.entry["examples"].value, "examples by language").items():
                self.uses.languages.append((code, file.place(entry.key)))
                self.parsed.examples += parse_examples(file, entry, rule_id, code)

    def _keys_fit(self) -> None:
        """Keys that the kind does not know, and those that it cannot do without."""
        if self.kind is None:
            return
        file = self.file
        for key in [key for key in self.entry if key not in _KEYS[self.kind]]:
            kinds = " and ".join(f"{kind} rules" for kind, keys in _KEYS.items() if key in keys)
            message = f"'{key}' is for {kinds}, but this is {a_rule(self.kind)}; leave it out"
            file.fault(self.entry.pop(key).key, message)
        root = file.root
        assert root is not None
        if self.kind is Kind.PRACTICE:
            if ("find" in self.entry) == ("detect" in self.entry):
                file.fault(root, "a practice rule needs exactly one of 'find' and 'detect'")
            if "against" in self.entry and "detect" in self.entry:
                file.fault(self.entry["against"].key, "'against' goes with 'find', not with 'detect'; leave it out")
            return
        needed = "present" if self.kind is Kind.DISCLOSURE else "find"
        if needed not in self.entry:
            file.fault(root, f"key '{needed}' is missing; each {self.kind} rule needs it")

    # -- plain text

    def _line(self, key: str) -> str:
        return " ".join(self.file.text(self.entry[key].value, key).split()) if key in self.entry else ""

    def _prose(self, key: str) -> str:
        return prose(self.file.text(self.entry[key].value, key)) if key in self.entry else ""

    def _references(self) -> tuple[str, ...]:
        if "references" not in self.entry:
            return ()
        items = self.file.items(self.entry["references"].value, "'references'")
        found = [" ".join(self.file.text(item, "a reference").split()) for item in items]
        return tuple(one for one in found if one)

    def _messages(self) -> dict[Outcome, str]:
        if "messages" not in self.entry:
            return {}
        found: dict[Outcome, str] = {}
        for one in self.file.mapping(self.entry["messages"].value, "messages").values():
            outcome = parse_outcome(self.file, one.key, self.kind)
            text = " ".join(self.file.text(one.value, "a message").split())
            if outcome and text:
                found[outcome] = text
        return found

    # -- closed lists

    def _detect(self) -> Detector | None:
        if "detect" not in self.entry:
            return None
        name = self.file.choice(self.entry["detect"].value, "fact to detect", list(Detector))
        return Detector(name) if name else None

    def _languages(self) -> tuple[str, ...]:
        if "languages" not in self.entry:
            return ()
        found = parse_languages(self.file, self.entry["languages"].value)
        self.uses.languages += found
        return tuple(code for code, _ in found)

    def _countries(self) -> tuple[str, ...]:
        if "countries" not in self.entry:
            return ()
        found = []
        for item in self.file.items(self.entry["countries"].value, "'countries'"):
            code = self.file.text(item, "a country")
            if len(code) == 2 and code.isascii() and code.isalpha() and code.isupper():
                found.append(code)
            elif code:
                self.file.fault(item, f"'{code}' is no country code; write two capital letters, such as DE or SE")
        return tuple(found)

    def _period(self, key: str) -> Period:
        return parse_period(self.file, self.entry[key].value, f"'{key}'") if key in self.entry else Period()

    def _closing(self) -> Closing | None:
        return parse_closing(self.file, self.entry["closing"].value) if "closing" in self.entry else None

    # -- conditions

    def _condition(self, key: str, scope: Scope) -> Condition | None:
        if key not in self.entry:
            return None
        return parse_scoped(self.file, self.entry[key].value, f"'{key}'", self.uses, scope)

    def _against(self) -> Condition | None:
        condition = self._condition("against", Scope.SENTENCE)
        if condition is not None and _reaches_out(condition):
            message = "'against' looks at single sentences; a wider 'within' is for 'not' and 'given' in it"
            self.file.fault(self.entry["against"].value, message)
        return condition

    # -- other rules

    def _requires(self) -> tuple[Requirement, ...]:
        if "requires" not in self.entry:
            return ()
        node = self.entry["requires"].value
        items = [node] if isinstance(node, MappingNode) else self.file.items(node, "'requires'")
        found = []
        for item in items:
            entry = self.file.mapping(item, "'requires'", ("rule", "outcome"))
            if not {"rule", "outcome"} <= entry.keys():
                if isinstance(item, MappingNode):
                    message = "'requires' needs a rule and its outcomes; write {rule: ID, outcome: [present]}"
                    self.file.fault(item, message)
                continue
            rule = self.file.name(entry["rule"].value, "rule")
            if not rule:
                continue
            self.uses.rules.append((rule, self.file.place(entry["rule"].value)))
            outcomes: list[Outcome] = []
            for one in self.file.items(entry["outcome"].value, "'outcome'"):
                name = self.file.choice(one, "outcome", list(Outcome))
                if name:
                    outcomes.append(Outcome(name))
                    self.parsed.asked.append((rule, Outcome(name), self.file.place(one)))
            found.append(Requirement(rule, tuple(outcomes)))
        return tuple(found)

    def _covered_by(self, rule_id: str) -> tuple[str, ...]:
        if "covered_by" not in self.entry:
            return ()
        found = list(names(self.file, self.entry["covered_by"].value, "'covered_by'"))
        if any(name == rule_id for name, _ in found):
            self.file.fault(self.entry["covered_by"].value, f"rule '{rule_id}' cannot cover itself; delete the name")
        self.uses.rules += found
        return tuple(name for name, _ in found)


def _reaches_out(condition: Condition) -> bool:
    """Whether words that speak for a condition may stand in different sentences."""
    if condition.op == "not":
        return False
    return condition.within not in (None, Scope.SENTENCE) or any(map(_reaches_out, condition.parts))


def prose(text: str) -> str:
    """Text with the line breaks of its file taken out; paragraphs and list items keep theirs."""
    lines: list[str] = []
    joins = False
    for line in (one.strip() for one in text.splitlines()):
        if joins and line and not line.startswith(("- ", "* ")):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
        joins = bool(line)
    return "\n".join(lines).strip()
