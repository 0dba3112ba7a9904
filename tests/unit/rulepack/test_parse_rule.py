from datetime import date

import pytest

from privaudit.model import Outcome, Severity
from privaudit.rulepack.parse_rule import prose
from privaudit.rulepack.schema import (
    Condition,
    Detector,
    Near,
    Period,
    Requirement,
    Rule,
    Scope,
    SeverityLine,
    StanceLine,
)
from tests.unit.rulepack.conftest import Write, faults, load

HEAD = "id: x\nkind: {kind}\nseverity: {severity}\n"


def rule(write: Write, body: str, kind: str = "disclosure", severity: str = "error") -> Rule:
    ruleset = load(write({"rules/x.yaml": HEAD.format(kind=kind, severity=severity) + body}))
    found = ruleset.rule("x")
    assert found is not None
    return found


def wrong(write: Write, body: str, kind: str = "disclosure", severity: str = "error") -> list[str]:
    return faults(write({"rules/x.yaml": HEAD.format(kind=kind, severity=severity) + body}))


def leaf(name: str) -> Condition:
    return Condition("concept", name)


PRESENT = "present: {any: [complain]}\n"
FIND = "find: {any: [complain]}\n"


@pytest.mark.parametrize(
    ("kind", "severity", "lines"),
    [
        ("disclosure", "error", {Outcome.MISSING: Severity.ERROR, Outcome.PARTIAL: Severity.WARNING}),
        ("disclosure", "warning", {Outcome.MISSING: Severity.WARNING, Outcome.PARTIAL: Severity.NOTE}),
        ("disclosure", "note", {Outcome.MISSING: Severity.NOTE}),
        ("disclosure", "none", {}),
        ("outdated", "error", {Outcome.RELIED_ON: Severity.ERROR}),
        ("practice", "note", {Outcome.FOUND: Severity.NOTE}),
        ("disclosure", "{missing: note, partial: none}", {Outcome.MISSING: Severity.NOTE, Outcome.PARTIAL: None}),
    ],
)
def test_a_severity_becomes_lines(
    write: Write, kind: str, severity: str, lines: dict[Outcome, Severity | None]
) -> None:
    found = rule(write, PRESENT if kind == "disclosure" else FIND, kind, severity)
    assert found.severity == tuple(SeverityLine(outcome, level) for outcome, level in lines.items())


def test_severity_lines_keep_their_order_and_look_at_the_whole_document(write: Write) -> None:
    severity = "\n  - {is: missing, when: {any: [authority]}, level: error}\n  - {is: missing, level: none}"
    found = rule(write, PRESENT, severity=severity)
    when = Condition("any", parts=(leaf("authority"),), within=Scope.DOCUMENT)
    assert found.severity == (
        SeverityLine(Outcome.MISSING, Severity.ERROR, when),
        SeverityLine(Outcome.MISSING, None),
    )


def test_each_key_takes_its_own_scope_where_it_says_none(write: Write) -> None:
    found = rule(
        write,
        "present: {any: [complain]}\npartial: {any: [complain], within: section}\napplies_when: {not: [complain]}\n",
    )
    conditions = (found.present, found.partial, found.applies_when)
    assert [one.within for one in conditions if one] == [Scope.BLOCK, Scope.SECTION, Scope.DOCUMENT]


def test_an_inner_condition_takes_the_scope_around_it(write: Write) -> None:
    found = rule(
        write,
        "present:\n  all:\n    - complain\n    - {any: [authority], near: {of: complain, words: 8}}\n"
        "  headings: counts\n  within: sentence\n",
    )
    inner = Condition("any", parts=(leaf("authority"),), near=Near("complain", 8))
    assert found.present == Condition(
        "all", parts=(leaf("complain"), inner), within=Scope.SENTENCE, headings_count=True
    )


def test_stance_lines_know_whether_they_set_a_severity(write: Write) -> None:
    found = rule(
        write,
        FIND + "valid: {from: 2016-07-12, until: 2020-07-16}\nstance:\n"
        "  - {is: relied-on, when: {any: [authority]}, severity: none}\n"
        "  - {is: relied-on, when: {any: [authority], within: block}, severity: note}\n"
        "  - {is: mentioned}\n",
        "outdated",
    )
    near = Condition("any", parts=(leaf("authority"),), within=Scope.SENTENCE)
    wide = Condition("any", parts=(leaf("authority"),), within=Scope.BLOCK)
    assert found.stance == (
        StanceLine(Outcome.RELIED_ON, near, True, None),
        StanceLine(Outcome.RELIED_ON, wide, True, Severity.NOTE),
        StanceLine(Outcome.MENTIONED),
    )
    assert found.valid == Period(date(2016, 7, 12), date(2020, 7, 16))


def test_a_fact_to_detect_takes_the_place_of_words(write: Write) -> None:
    found = rule(write, "detect: stale-date\ntopic: [complain]\nenabled: strict\n", "practice")
    assert (found.detect, found.find, found.topic, found.strict) == (Detector.STALE_DATE, None, ("complain",), True)


def test_what_contradicts_looks_at_single_sentences(write: Write) -> None:
    found = rule(write, FIND + "against: {all: [complain, {given: [complain], within: document}]}\n", "practice")
    assert found.against is not None
    assert found.against.within is Scope.SENTENCE


def test_rules_name_the_outcomes_that_they_require_of_others(write: Write) -> None:
    found = rule(write, PRESENT + "requires: {rule: house-complaint, outcome: [present, partial]}\n")
    assert found.requires == (Requirement("house-complaint", (Outcome.PRESENT, Outcome.PARTIAL)),)


def test_messages_are_one_line_and_prose_keeps_paragraphs_only(write: Write) -> None:
    found = rule(write, PRESENT + "why: |\n  One\n  two.\n\n  Three.\nmessages:\n  missing: >\n    Not\n    there.\n")
    assert found.why == "One two.\n\nThree."
    assert found.messages == {Outcome.MISSING: "Not there."}


def test_prose_keeps_list_items_apart() -> None:
    assert prose("Say:\n- one\n  and more\n- two\n") == "Say:\n- one and more\n- two"


@pytest.mark.parametrize(
    ("body", "kind", "severity", "expected"),
    [
        (
            PRESENT + "presnt: x\n",
            "disclosure",
            "error",
            "x.yaml:5:1: unknown key 'presnt' in a rule; did you mean 'present'?",
        ),
        (PRESENT + "stance: [a]\n", "disclosure", "error", "x.yaml:5:1: 'stance' is for outdated rules"),
        (
            FIND + "in_force: {from: 2020-01-01}\n",
            "outdated",
            "error",
            "x.yaml:5:1: 'in_force' is for disclosure rules and",
        ),
        ("why: x\n", "disclosure", "error", "x.yaml:1:1: key 'present' is missing"),
        ("why: x\n", "outdated", "error", "x.yaml:1:1: key 'find' is missing"),
        (FIND + "detect: stub\n", "practice", "error", "x.yaml:1:1: a practice rule needs exactly one"),
        (
            "detect: stub\nagainst: {any: [complain]}\n",
            "practice",
            "error",
            "x.yaml:5:1: 'against' goes with 'find', not with 'detect'; leave it out",
        ),
        (FIND + "against: {any: [complain], within: block}\n", "practice", "error", "x.yaml:5:10: 'against' looks at"),
        (
            FIND + "against: {all: [complain, {any: [complain], within: section}]}\n",
            "practice",
            "error",
            "x.yaml:5:10: 'against' looks at single sentences",
        ),
        ("detect: stubb\n", "practice", "error", "x.yaml:4:9: unknown fact to detect 'stubb'; did you mean 'stub'?"),
        (PRESENT, "disclosure", "eror", "x.yaml:3:11: unknown severity 'eror'; did you mean 'error'?"),
        (PRESENT, "disclosure", "{found: error}", "x.yaml:3:12: unknown outcome of a disclosure rule 'found'"),
        (PRESENT, "disclosure", "{inconclusive: note}", "x.yaml:3:12: 'inconclusive' is never a finding"),
        (PRESENT, "disclosure", "[{level: note}]", "x.yaml:3:12: a line of severity needs 'is' and 'level'"),
        (
            PRESENT + "messages: {absent: x}\n",
            "disclosure",
            "note",
            "x.yaml:5:12: unknown outcome of a disclosure rule",
        ),
        (PRESENT + "in_force: {from: 25.5.2018}\n", "disclosure", "note", "x.yaml:5:18: '25.5.2018' is no date"),
        (PRESENT + "in_force: {from: 20180525}\n", "disclosure", "note", "x.yaml:5:18: '20180525' is no date"),
        (PRESENT + "in_force: {from: 2018-02-30}\n", "disclosure", "note", "x.yaml:5:18: '2018-02-30' is no date"),
        (
            PRESENT + "in_force: {from: 2020-01-02, until: 2020-01-02}\n",
            "disclosure",
            "note",
            "x.yaml:5:11: 'in_force' ends",
        ),
        (
            FIND + "stance: [{is: present}]\n",
            "outdated",
            "note",
            "x.yaml:5:15: unknown outcome of an outdated rule 'present'",
        ),
        (FIND + "stance:\n- {is: mentioned}\n- {is: relied-on}\n", "outdated", "note", "x.yaml:7:3: never reached"),
        (PRESENT + "enabled: yes\n", "disclosure", "note", "x.yaml:5:10: unknown value of enabled 'yes'; write one of"),
        (PRESENT + "languages: [English]\n", "disclosure", "note", "x.yaml:5:13: 'English' is no language code"),
        (
            PRESENT + "countries: [Sweden]\n",
            "disclosure",
            "note",
            "x.yaml:5:13: 'Sweden' is no country code; write two",
        ),
        (
            PRESENT + "countries: [se]\n",
            "disclosure",
            "note",
            "x.yaml:5:13: 'se' is no country code; write two capital",
        ),
        (PRESENT + "countries: SE\n", "disclosure", "note", "x.yaml:5:12: 'countries' must be a list; write [SE]"),
        (PRESENT + "why:\n", "disclosure", "note", "x.yaml:5:5: why is empty"),
        (
            PRESENT + "references: Art. 13\n",
            "disclosure",
            "note",
            "x.yaml:5:13: 'references' must be a list; write [Art. 13]",
        ),
        (
            "present: complain\n",
            "disclosure",
            "note",
            "x.yaml:4:10: 'present' must be a condition; write {any: [complain]}",
        ),
        (
            "present: {any: [complain], all: [complain]}\n",
            "disclosure",
            "note",
            "x.yaml:4:10: 'present' needs exactly one of",
        ),
        ("present: {within: block}\n", "disclosure", "note", "x.yaml:4:10: 'present' needs exactly one of"),
        (
            "present: {any: [complain], within: page}\n",
            "disclosure",
            "note",
            "x.yaml:4:36: unknown scope 'page'; write one",
        ),
        ("present: {any: [complain, complain]}\n", "disclosure", "note", "x.yaml:4:27: 'complain' stands twice"),
        ("present: {any: []}\n", "disclosure", "note", "x.yaml:4:16: 'any' of 'present' is an empty list"),
        (
            "present: {any: [complain], headings: count}\n",
            "disclosure",
            "note",
            "x.yaml:4:38: unknown value of headings",
        ),
        ("present: {any: [complain], near: {of: authority}}\n", "disclosure", "note", "x.yaml:4:34: 'near' needs both"),
        (
            "present: {any: [complain], near: {of: authority, words: few}}\n",
            *("disclosure", "note", "x.yaml:4:57: 'words' must be a number"),
        ),
        (
            PRESENT + "requires: {rule: house-complaint}\n",
            "disclosure",
            "note",
            "x.yaml:5:11: 'requires' needs a rule and",
        ),
        (
            PRESENT + "requires: {rule: house-complaint, outcome: present}\n",
            *("disclosure", "note", "x.yaml:5:44: 'outcome' must be a list; write [present]"),
        ),
        (PRESENT + "covered_by: [x]\n", "disclosure", "note", "x.yaml:5:13: rule 'x' cannot cover itself"),
        (
            PRESENT + "group: My Group\n",
            "disclosure",
            "note",
            "x.yaml:5:8: group 'My Group' is not kebab-case; write 'my-group'",
        ),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_write(
    write: Write, body: str, kind: str, severity: str, expected: str
) -> None:
    found = wrong(write, body, kind, severity)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_conditions_may_not_nest_without_end(write: Write) -> None:
    found = wrong(write, "present: " + "{any: [" * 30 + "complain" + "]}" * 30 + "\n")
    assert [one for one in found if "nest deeper" in one]


def test_the_countries_that_a_rule_is_for(write: Write) -> None:
    assert rule(write, PRESENT + "countries: [AT, DE]\n").countries == ("AT", "DE")
    assert rule(write, PRESENT).countries == ()
