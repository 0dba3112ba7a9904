from privaudit.model import Grade, Outcome, Report, Severity, State
from privaudit.render import RENDERERS
from privaudit.render.statistics import lines, scales, tallies
from privaudit.render.view import View
from tests.unit.render.reports import document, missing, passage, present, relied_on, report


def policies() -> Report:
    return report(
        document(missing("rare"), missing("often"), relied_on(passage("We rely."), passage("Again.", 9))),
        document(missing("often"), present(passage("We say it."), rule="rare"), path="b.md"),
        document(missing("often")._replace(outcome=Outcome.PARTIAL), missing("quiet", None), path="c.md"),
        document(missing("often", state=State.BASELINED), missing("old", state=State.SUPPRESSED), path="d.md"),
    )


def test_documents_with_a_new_finding_are_counted_for_each_rule_the_most_frequent_first() -> None:
    found = [(one.documents, one.rule, one.outcomes) for one in tallies(policies())]
    assert found == [
        (3, "often", ((Outcome.MISSING, 2), (Outcome.PARTIAL, 1))),
        (1, "b-rule", ((Outcome.RELIED_ON, 1),)),
        (1, "rare", ((Outcome.MISSING, 1),)),
    ]


def test_the_lines_are_aligned() -> None:
    many = [document(missing("a-long-rule", Severity.NOTE), path=f"{number}.md") for number in range(10)]
    assert lines(report(*many, document(missing("x")))) == [
        "10  a-long-rule  missing  A title",
        " 1  x            missing  A title",
    ]


def test_they_come_after_the_report_even_a_quiet_one_and_only_when_asked() -> None:
    counted = "3  often   2 missing, 1 partial  A title\n"
    for view in (View(statistics=True), View(statistics=True, quiet=True)):
        assert RENDERERS["concise"](policies(), view).partition(counted)[2].count("\n") == 2
        after = RENDERERS["rich"](policies(), view).partition("no legal advice.\n")[2]
        assert after.split()[:6] == ["Documents", "with", "a", "finding,", "by", "rule"]
        assert "3  often   2 missing, 1 partial  A title" in after
    for name in ("concise", "rich"):
        assert "2 missing" not in RENDERERS[name](policies(), View())
    for name in RENDERERS.keys() - {"concise", "rich"}:
        assert RENDERERS[name](policies(), View(statistics=True)) == RENDERERS[name](policies(), View()), name


def test_nothing_is_added_where_nothing_was_found() -> None:
    for name in ("concise", "rich"):
        assert RENDERERS[name](report(document()), View(statistics=True)) == RENDERERS[name](report(document()), View())


def test_titles_of_a_foreign_pack_are_harmless() -> None:
    one = report(document(missing()))
    hostile = one._replace(rules=(one.rules[0]._replace(title="a\x1b[31m\nb"),))
    assert lines(hostile) == ["1  a-rule  missing  a␛[31m b"]


def test_disclosures_are_counted_by_grade_in_the_order_of_the_scale() -> None:
    period, vague = Grade("period", "a period"), Grade("vague", "a phrase", weak=True)
    documents = [
        document(
            present(passage("Said."), rule="kept", grade=grade),
            present(passage("Said."), rule="plain"),
            path=f"{number}.md",
        )
        for number, grade in enumerate((vague, None, period, period))
    ]
    silent = document(missing("kept", grade=None), path="z.md")
    whole = report(*documents, silent)
    rules = tuple(rule._replace(grades=(period, vague)) if rule.id == "kept" else rule for rule in whole.rules)
    whole = whole._replace(rules=rules)
    told = "2 period, 1 vague, 1 without a grade"
    assert [(one.rule, one.documents, one.told) for one in scales(whole)] == [("kept", 4, told)]
    assert lines(whole)[1:] == [f"4  kept  {told}  A title"]
    shown = RENDERERS["rich"](whole, View(statistics=True)).partition("no legal advice.\n")[2]
    assert shown.endswith(f"Documents with a disclosure, by its grade\n4  kept  {told}  A title\n")
