"""Rules by their names: which are judged, and which findings fail a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from privaudit.cli.options import nearest
from privaudit.config.settings import Item
from privaudit.errors import UsageError
from privaudit.gate import Threshold
from privaudit.model import Severity
from privaudit.record import TYPE_CHECKING
from privaudit.rulepack.schema import Place

if TYPE_CHECKING:
    from privaudit.rulepack.schema import Rule


# What `--fail-on` calls every grade that is below what the law asks.
WEAK = "weak"


def items(option: str, values: Sequence[str] | None) -> tuple[Item, ...] | None:
    """The values of a repeatable option, each of which may name several with commas; None where it was not given."""
    if values is None:
        return None
    place = Place(option, 0, 0)
    return tuple(Item(part.strip(), place) for value in values for part in value.split(",") if part.strip())


def threshold(values: Sequence[Item], rules: Iterable[Rule]) -> Threshold:
    """What `--fail-on` says: levels, `never`, rule ids and groups, `weak`, and rules with a grade."""
    if not values:
        return Threshold()
    rules = tuple(rules)
    names = names_of(rules)
    grades: dict[str, frozenset[str]] = {}
    level: Severity | None = None
    wanted: set[str] = set()
    for item in values:
        value = item.value
        if value in {one.value for one in Severity}:
            severity = Severity(value)
            level = severity if level is None or severity.rank < level.rank else level
        elif value in names or value in _about_suppressions(value):
            wanted.add(value)
        elif by_grade(value):
            for rule, failing in _grades(item, rules):
                grades[rule] = grades.get(rule, frozenset()) | failing
        elif value != "never":
            known = [*names, *_about_suppressions(value), *(one.value for one in Severity), "never", WEAK]
            raise UsageError(f"{item.told}: {value!r} is no severity and no rule{nearest(value, known)}")
    return Threshold(level, frozenset(wanted), grades)


def by_grade(value: str) -> bool:
    """Whether what is to fail is told by a grade: `weak`, or `RULE:GRADE`."""
    return value == WEAK or ":" in value


def _grades(item: Item, rules: Sequence[Rule]) -> Iterator[tuple[str, frozenset[str]]]:
    """The grades that fail, by rule: all weak ones, or those of one rule from the named one down."""
    scales = {rule.id: rule.grades for rule in rules if rule.grades}
    if item.value == WEAK:
        found = {rule: frozenset(line.id for line in scale if line.weak) for rule, scale in scales.items()}
        if not any(found.values()):
            raise UsageError(f"{item.told}: no rule has weak grades, so that nothing could ever fail")
        yield from ((rule, failing) for rule, failing in found.items() if failing)
        return
    name, _, grade = item.value.partition(":")
    if name not in scales:
        known = f"; rules with grades: {', '.join(sorted(scales))}" if scales else ""
        raise UsageError(f"{item.told}: {name!r} is no rule with grades{nearest(name, scales) or known}")
    ids = [line.id for line in scales[name]]
    if grade not in ids:
        raise UsageError(f"{item.told}: {name} has no grade {grade!r}; write one of: {', '.join(ids)}")
    yield name, frozenset(ids[ids.index(grade) :])


def names_of(rules: Iterable[Rule]) -> set[str]:
    """Every id and group."""
    names: set[str] = set()
    for rule in rules:
        names.update({rule.id, rule.group or rule.id})
    return names


def _about_suppressions(value: str) -> set[str]:
    """The names of findings about suppressions, which no pack has a rule for; none where `value` is no such name."""
    if not value.startswith("suppression"):
        return set()
    from privaudit.suppress import RULES

    return {name for rule in RULES for name in (rule.id, rule.group or rule.id)}


def check_names(values: Iterable[Item], rules: Sequence[Rule]) -> None:
    """Raises `UsageError` for a word that is neither a rule nor a group."""
    names: set[str] = set()
    for item in values:
        names = names or names_of(rules)
        known = names | _about_suppressions(item.value)
        if item.value not in known:
            raise UsageError(f"{item.told}: {item.value!r} is no rule and no group{nearest(item.value, known)}")


def selection(
    select: Sequence[Item], ignore: Sequence[Item], rules: Sequence[Rule], *, strict: bool = False
) -> frozenset[str]:
    """The ids of the rules that are wanted, told by ids, groups, kinds and prefixes with `*`.

    A word that names none is wrong use. Rules of the strict profile run only with that or where they are selected.
    """
    selected = _matching(select, rules) if select else {rule.id for rule in rules if strict or not rule.strict}
    wanted = frozenset(selected - _matching(ignore, rules))
    if not wanted:
        raise UsageError(f"{_told('--select', select)} and {_told('--ignore', ignore)} leave no rule")
    return wanted


def _told(option: str, values: Sequence[Item]) -> str:
    """Where rules were chosen: the option, or the line of a configuration."""
    return values[0].told if values and values[0].place.line else option


def _matching(values: Sequence[Item], rules: Sequence[Rule]) -> set[str]:
    found: set[str] = set()
    for item in values:
        matched = {rule.id for rule in rules if _matches(item.value, rule)}
        if not matched:
            known = {*names_of(rules), *(rule.kind.value for rule in rules)}
            raise UsageError(f"{item.told}: {item.value!r} names no rule{nearest(item.value, known)}")
        found |= matched
    return found


def _matches(value: str, rule: Rule) -> bool:
    if value.endswith("*"):
        return any(name.startswith(value[:-1]) for name in (rule.id, rule.group or rule.id))
    return value in (rule.id, rule.group, rule.kind.value)
