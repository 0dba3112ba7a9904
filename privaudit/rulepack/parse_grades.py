"""The scale of a disclosure: the lines of `grades`, the most specific first."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node

from privaudit.model import Kind, Outcome
from privaudit.rulepack.parse_condition import Uses
from privaudit.rulepack.parse_severity import parse_outcome, parse_scoped
from privaudit.rulepack.schema import GradeLine, Scope
from privaudit.rulepack.yaml import YamlFile

# The name under which examples stand that make the disclosure and reach no step of the scale.
UNGRADED = "ungraded"
# Outcomes whose verdicts have a grade.
DISCLOSED = (Outcome.PRESENT, Outcome.PARTIAL)


def parse_grades(file: YamlFile, node: Node, uses: Uses) -> tuple[GradeLine, ...]:
    """The lines of `grades`."""
    lines: list[GradeLine] = []
    closed: set[Outcome] = set()
    for item in file.items(node, "'grades'"):
        entry = file.mapping(item, "a line of grades", ("id", "title", "is", "weak", "when"))
        if not {"id", "title"} <= entry.keys():
            if isinstance(item, MappingNode):
                file.fault(item, "a line of grades needs 'id' and 'title'; write {id: NAME, title: TEXT, when: …}")
            continue
        name = file.name(entry["id"].value, "id of a grade")
        title = " ".join(file.text(entry["title"].value, "title").split())
        if name in (*Outcome, UNGRADED):
            file.fault(entry["id"].value, f"'{name}' has a meaning of its own in examples; choose another id")
        if name in {line.id for line in lines}:
            file.fault(entry["id"].value, f"grade '{name}' stands twice in 'grades'; delete one")
        outcome = parse_outcome(file, entry["is"].value, Kind.DISCLOSURE, DISCLOSED) if "is" in entry else None
        weak = "weak" in entry and file.choice(entry["weak"].value, "value of weak", ("yes", "no")) == "yes"
        if lines and lines[-1].weak and not weak:
            file.fault(item, f"'{name}' is less specific than '{lines[-1].id}', which is weak; write 'weak: yes' here")
        meant = {outcome} if outcome else set(DISCLOSED)
        if meant <= closed:
            file.fault(item, "never reached: a line before it has no 'when', so it always holds")
        when = None
        if "when" in entry:
            when = parse_scoped(file, entry["when"].value, "'when'", uses, Scope.BLOCK)
        else:
            closed |= meant
        if name and title and (when is not None or "when" not in entry):
            lines.append(GradeLine(name, title, weak, outcome, when))
    return tuple(lines)
