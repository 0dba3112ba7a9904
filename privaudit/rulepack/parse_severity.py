"""What findings weigh: the `severity` of a rule, and the `stance` lines that may set another one."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode

from privaudit.model import OUTCOMES, Kind, Outcome, Severity
from privaudit.rulepack.parse_condition import Uses, parse_condition
from privaudit.rulepack.schema import Condition, Scope, SeverityLine, StanceLine
from privaudit.rulepack.yaml import YamlFile

_LEVELS = (*(level.value for level in Severity), "none")
_LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.NOTE, Severity.NOTE: None}
_BARE = {
    Kind.DISCLOSURE: Outcome.MISSING,
    Kind.OUTDATED: Outcome.RELIED_ON,
    Kind.PRACTICE: Outcome.FOUND,
}


def a_rule(kind: Kind) -> str:
    """A rule of that kind, with its article."""
    return f"an {kind} rule" if kind is Kind.OUTDATED else f"a {kind} rule"


def parse_outcome(file: YamlFile, node: Node, kind: Kind | None, allowed: tuple[Outcome, ...] = ()) -> Outcome | None:
    """An outcome that a rule of the kind can come to, or one of those allowed; None, with a fault, for any other."""
    allowed = allowed or (OUTCOMES[kind] if kind else tuple(Outcome))
    name = file.choice(node, f"outcome of {a_rule(kind)}" if kind else "outcome", allowed)
    return Outcome(name) if name else None


def parse_scoped(file: YamlFile, node: Node, what: str, uses: Uses, scope: Scope) -> Condition | None:
    """An outermost condition, which takes `scope` where it names none."""
    condition = parse_condition(file, node, what, uses)
    return condition._replace(within=scope) if condition and condition.within is None else condition


def parse_severity(file: YamlFile, node: Node, kind: Kind | None, uses: Uses) -> tuple[SeverityLine, ...]:
    """The value of `severity`, whether a level, a map or lines, as lines."""
    if isinstance(node, ScalarNode):
        return _bare(kind, _level(file, node)[1])
    lines = []
    if isinstance(node, MappingNode):
        for one in file.mapping(node, "severity").values():
            outcome, (read, level) = parse_outcome(file, one.key, kind), _level(file, one.value)
            if outcome and read:
                _must_be_finding(file, one.key, outcome, level)
                lines.append(SeverityLine(outcome, level))
        return tuple(lines)
    for item in file.items(node, "severity"):
        entry = file.mapping(item, "a line of severity", ("is", "when", "level"))
        if not {"is", "level"} <= entry.keys():
            if isinstance(item, MappingNode):
                file.fault(item, "a line of severity needs 'is' and 'level'; write {is: OUTCOME, level: LEVEL}")
            continue
        when = None
        if "when" in entry:
            when = parse_scoped(file, entry["when"].value, "'when'", uses, Scope.DOCUMENT)
        outcome, (read, level) = parse_outcome(file, entry["is"].value, kind), _level(file, entry["level"].value)
        if outcome and read and (when is not None or "when" not in entry):
            _must_be_finding(file, entry["is"].value, outcome, level)
            lines.append(SeverityLine(outcome, level, when))
    return tuple(lines)


def parse_stance(file: YamlFile, node: Node, uses: Uses) -> tuple[StanceLine, ...]:
    """The lines of `stance`."""
    lines = []
    closed = False
    for item in file.items(node, "'stance'"):
        entry = file.mapping(item, "a line of stance", ("is", "when", "severity"))
        if not entry:
            continue
        if closed:
            file.fault(item, "never reached: a line before it has no 'when', so it always holds")
        when = None
        if "when" in entry:
            when = parse_scoped(file, entry["when"].value, "'when'", uses, Scope.SENTENCE)
        closed = closed or "when" not in entry
        if "is" not in entry:
            file.fault(item, "a line of stance needs 'is'; write {is: relied-on} or {is: mentioned}")
            continue
        outcome = parse_outcome(file, entry["is"].value, Kind.OUTDATED, (Outcome.RELIED_ON, Outcome.MENTIONED))
        override, level = _level(file, entry["severity"].value) if "severity" in entry else (False, None)
        if outcome and (when is not None or "when" not in entry):
            lines.append(StanceLine(outcome, when, override, level))
    return tuple(lines)


def _level(file: YamlFile, node: Node) -> tuple[bool, Severity | None]:
    """Whether a level could be read, and the level; None is no finding."""
    name = file.choice(node, "severity", _LEVELS)
    return bool(name), Severity(name) if name and name != "none" else None


def _bare(kind: Kind | None, level: Severity | None) -> tuple[SeverityLine, ...]:
    if kind is None or level is None:
        return ()
    lines = [SeverityLine(_BARE[kind], level)]
    if kind is Kind.DISCLOSURE and _LOWER[level] is not None:
        lines.append(SeverityLine(Outcome.PARTIAL, _LOWER[level]))
    return tuple(lines)


def _must_be_finding(file: YamlFile, node: Node, outcome: Outcome, level: Severity | None) -> None:
    if outcome is Outcome.INCONCLUSIVE and level is not None:
        file.fault(node, "'inconclusive' is never a finding; leave the line out")
