"""Rule packs as values. `parse` makes them from YAML, `match` works on them; nothing here knows either."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from privaudit.model import Kind, Outcome, PackInfo, Severity
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal

# The language of words that hold in every language.
ANYWHERE = "any"


class Scope(StrEnum):
    """The stretch of a document in which the parts of a condition must meet."""

    SENTENCE = "sentence"
    BLOCK = "block"
    SECTION = "section"
    DOCUMENT = "document"

    @property
    def width(self) -> int:
        """0 for the narrowest scope to 3 for the widest."""
        return _WIDTHS[self]


_WIDTHS = {scope: width for width, scope in enumerate(Scope)}


class Detector(StrEnum):
    """Facts of a document that no word can say (`detect:`)."""

    MOJIBAKE = "mojibake"
    MIXED_LANGUAGE = "mixed-language"
    STUB = "stub"
    STALE_DATE = "stale-date"
    OTHER_COMPANY = "other-company"
    FOREIGN_AUTHORITY = "foreign-authority"


class Place(NamedTuple):
    """Where something stands in a rule file; line and column count from 1."""

    path: str
    line: int
    column: int


class Citation(NamedTuple):
    """An article of the Regulation, with paragraph and letter where a word entry asks for them."""

    article: int
    paragraph: int | None = None
    letter: str | None = None


class WordEntry(NamedTuple):
    """One entry of a concept: exactly one of `pattern`, `article` and `link` is set.

    `pattern` and `link` are `regex` patterns as written; `exact` keeps the case of a pattern significant.
    """

    place: Place
    pattern: str | None = None
    article: Citation | None = None
    link: str | None = None
    exact: bool = False

    @property
    def governs(self) -> bool:
        """Whether the entry speaks of a mechanism just found, through `{it}`."""
        return self.pattern is not None and "{it}" in self.pattern


class Near(NamedTuple):
    """A hit counts only when a hit of `of` stands at most `words` words away."""

    of: str
    words: int


class Source(NamedTuple):
    """Where a date is from; `verified` is False where nobody has looked it up in a published source."""

    text: str = ""
    verified: bool = True


class Period(NamedTuple):
    """From the first day until the first day no longer; None leaves an end open."""

    start: date | None = None
    until: date | None = None
    start_source: Source = Source()
    until_source: Source = Source()

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return (self.start is None or self.start <= day) and (self.until is None or day < self.until)


ALWAYS = Period()


class Closing(NamedTuple):
    """A mechanism that is still valid for what began before `day`, and for nothing new.

    To rely on it weighs at most `level` from that day until its end; `message` says why.
    """

    day: date
    level: Severity | None = None
    message: str = ""
    source: Source = Source()


class Condition(NamedTuple):
    """A node of a rule's logic.

    `op` is `concept` (a leaf, named `name`), `any`, `all` or `not`. `within` is None where the node takes the scope of
    the node around it. `headings_count` lets a hit in a heading satisfy the condition without one in the body. The node
    holds on no day outside of `period`; `while_` and `after` are the rules that it is from, by id: the mechanism of the
    one is valid then, that of the other no longer.
    """

    op: Literal["concept", "any", "all", "not"]
    name: str = ""
    parts: tuple[Condition, ...] = ()
    within: Scope | None = None
    near: Near | None = None
    outside: tuple[str, ...] = ()
    headings_count: bool = False
    while_: str = ""
    after: str = ""
    period: Period | None = None

    @property
    def is_dated(self) -> bool:
        """Whether the condition may hold on one day and not on another."""
        return bool(self.while_ or self.after) or any(part.is_dated for part in self.parts)

    def on(self, day: date) -> Condition:
        """The condition by the law of a day: parts that do not hold then, hold nowhere."""
        if self.period is not None and not self.period.covers(day):
            return NEVER
        parts = tuple(part.on(day) for part in self.parts)
        same = all(one is other for one, other in zip(parts, self.parts, strict=True))
        return self if same else self._replace(parts=parts)

    def concepts(self) -> frozenset[str]:
        """Every concept that the condition looks at."""
        names = {self.name} if self.op == "concept" else set()
        for part in self.parts:
            names |= part.concepts()
        if self.near:
            names.add(self.near.of)
        return frozenset(names)

    def regions(self) -> frozenset[str]:
        """Every region that the condition is to hold outside of."""
        return frozenset(self.outside).union(*(part.regions() for part in self.parts))


NEVER = Condition("any")


class SeverityLine(NamedTuple):
    """A line of a rule's severity: holds for `outcome` (None: any) when `when` holds (None: always)."""

    outcome: Outcome | None
    level: Severity | None
    when: Condition | None = None


class StanceLine(NamedTuple):
    """A line of an outdated rule's stance. `override` tells a set `level` (None: no finding) from an unset one."""

    outcome: Outcome
    when: Condition | None = None
    override: bool = False
    level: Severity | None = None


class GradeLine(NamedTuple):
    """A step of the scale of a disclosure; the first that holds anywhere in the document is reached.

    It is for verdicts of `outcome` (None: present and partial). Without `when` it holds wherever that is the verdict.
    """

    id: str
    title: str
    weak: bool = False
    outcome: Outcome | None = None
    when: Condition | None = None


class Requirement(NamedTuple):
    """A rule applies only where another rule came to one of these outcomes."""

    rule: str
    outcomes: tuple[Outcome, ...]


class Rule(NamedTuple):
    """One rule: what it looks for, when it applies, how much its findings weigh.

    What `find` finds is a finding only where `against`, if there is one, holds elsewhere in the document. `grades` tell
    how specific a disclosure is, the most specific first; they change no outcome.
    `languages` and `countries` (ISO 3166-1 alpha-2, of the readers) limit it; empty is no limit. `is_dated` tells that
    a condition holds on some days only. `pack` is the id of the pack that it stands in.
    """

    id: str
    title: str
    kind: Kind
    place: Place
    references: tuple[str, ...]
    why: str
    remedy: str
    severity: tuple[SeverityLine, ...]
    group: str | None = None
    in_force: Period = ALWAYS
    valid: Period = ALWAYS
    present: Condition | None = None
    partial: Condition | None = None
    find: Condition | None = None
    against: Condition | None = None
    detect: Detector | None = None
    stance: tuple[StanceLine, ...] = ()
    applies_when: Condition | None = None
    requires: tuple[Requirement, ...] = ()
    topic: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    messages: Mapping[Outcome, str] = {}
    strict: bool = False
    covered_by: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    closing: Closing | None = None
    is_dated: bool = False
    pack: str = ""
    grades: tuple[GradeLine, ...] = ()

    def on(self, day: date) -> Rule:
        """The rule by the law of a day; its dates stay."""
        return self.changed(lambda condition: condition.on(day)) if self.is_dated else self

    def changed(self, change: Callable[[Condition], Condition]) -> Rule:
        """The rule with each of its conditions changed."""
        return self._replace(
            present=change(self.present) if self.present else None,
            partial=change(self.partial) if self.partial else None,
            find=change(self.find) if self.find else None,
            against=change(self.against) if self.against else None,
            applies_when=change(self.applies_when) if self.applies_when else None,
            stance=tuple(line._replace(when=change(line.when)) if line.when else line for line in self.stance),
            severity=tuple(line._replace(when=change(line.when)) if line.when else line for line in self.severity),
            grades=tuple(line._replace(when=change(line.when)) if line.when else line for line in self.grades),
        )

    def without_grades(self) -> Rule:
        """The rule with all that its outcome, its severity and its evidence depend on."""
        return self._replace(grades=()) if self.grades else self

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the rule, in the order in which a verdict asks them."""
        lines = [line.when for line in self.stance] + [line.when for line in self.severity]
        lines += [line.when for line in self.grades]
        found = [self.applies_when, self.present, self.partial, self.find, self.against, *lines]
        return tuple(condition for condition in found if condition is not None)

    def concepts(self) -> frozenset[str]:
        """Every concept that the rule looks at."""
        names = set(self.topic)
        for condition in self.conditions():
            names |= condition.concepts()
        return frozenset(names)

    def regions(self) -> frozenset[str]:
        """Every region that the rule, or a condition of it, is to hold outside of."""
        return frozenset(self.outside).union(*(condition.regions() for condition in self.conditions()))


class Takes(StrEnum):
    """How far a region reaches from what opens it."""

    MATCH = "match"
    REST = "rest"
    SENTENCE = "sentence"
    BLOCK = "block"
    SECTION = "section"


class Region(NamedTuple):
    """A stretch of text whose hits do not count for conditions that are `outside` of it.

    Opened by a hit of `opened_by` in the body or of `heading` in a heading, unless a hit of `unless` stands in the
    same sentence or heading.
    """

    name: str
    takes: Takes
    opened_by: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class CitationWords(NamedTuple):
    """How a language cites: words for article, paragraph, letter, a range, a list, and "and the following"."""

    article: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    letter: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    and_: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    other_acts: tuple[str, ...] = ()


class LanguageData(NamedTuple):
    """What reading a language needs: its name, telling stop words, abbreviations, and its way of citing."""

    code: str
    name: str
    stop_words: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    citation: CitationWords = CitationWords()


class Example(NamedTuple):
    """A text and the outcome that a rule must come to on it; with a `grade`, that step of its scale instead.

    For `UNGRADED` (`parse_grades`) the disclosure must be made and reach no step.
    """

    place: Place
    rule: str
    language: str
    outcome: Outcome
    text: str
    grade: str = ""

    @property
    def wanted(self) -> str:
        """The grade, or else the outcome, that the text must come to."""
        return self.grade or self.outcome.value


class RuleSet(NamedTuple):
    """Rule packs, checked and frozen.

    `words` holds language → concept → entries, with the entries that hold everywhere under `any`. `names` says concepts
    and regions in words for readers. `covered` are the languages that the packs answer for. `notice` are the concepts
    that make a file look like a privacy notice.
    """

    packs: tuple[PackInfo, ...]
    rules: tuple[Rule, ...]
    words: Mapping[str, Mapping[str, tuple[WordEntry, ...]]]
    languages: dict[str, LanguageData]
    covered: tuple[str, ...]
    regions: tuple[Region, ...]
    notice: tuple[str, ...]
    names: Mapping[str, str] = {}
    examples: tuple[Example, ...] = ()
    folder: str = ""

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def words_in(self, code: str) -> dict[str, tuple[WordEntry, ...]]:
        """The entries by concept for a text in a language: the language's own, and those that hold everywhere."""
        return words_in(self.words, code)


def words_in(words: Mapping[str, Mapping[str, tuple[WordEntry, ...]]], code: str) -> dict[str, tuple[WordEntry, ...]]:
    """The entries of `code` and of `any` together, by concept or fact."""
    own, anywhere = words.get(code, {}), words.get(ANYWHERE, {})
    return {name: (*own.get(name, ()), *anywhere.get(name, ())) for name in sorted({*own, *anywhere})}
