import io

import pytest
from rich.console import Console

from privaudit.model import Kind, Outcome, Report, Status, Verdict
from privaudit.render.matrix import matrix
from tests.unit.render.reports import document, missing, passage, present, relied_on, report


def rows(one: Report, width: int = 100) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(matrix(one, width))
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def cells(one: Report, rule: str, width: int = 100) -> list[str]:
    return [" ".join(line.removeprefix(rule).split()) for line in rows(one, width) if line.startswith(rule)]


def test_each_rule_has_a_row_and_each_document_a_column() -> None:
    one = document(missing("a-rule"), present(rule="c-rule"), path="a.md")
    two = document(present(rule="a-rule"), missing("c-rule"), path="b.md")
    table = rows(report(one, two))
    assert table[:3] == ["All documents", "   1  a.md", "   2  b.md"]
    assert table[3].split() == ["1", "2"]
    assert cells(report(one, two), "a-rule") == ["○ ●"]
    assert cells(report(one, two), "c-rule") == ["● ○"]


@pytest.mark.parametrize(
    ("outcome", "sign"),
    [
        (Outcome.PRESENT, "●"),
        (Outcome.PARTIAL, "◐"),
        (Outcome.MISSING, "○"),
        (Outcome.NOT_APPLICABLE, "–"),
        (Outcome.INCONCLUSIVE, "?"),
    ],
)
def test_each_outcome_has_a_sign_that_the_legend_explains(outcome: Outcome, sign: str) -> None:
    one = report(document(Verdict("a-rule", Kind.DISCLOSURE, outcome, "m", "r")))
    assert cells(one, "a-rule") == [sign]
    assert sign in rows(one)[-1]


@pytest.mark.parametrize("outcome", [Outcome.ABSENT, Outcome.INCONCLUSIVE])
def test_a_mechanism_that_no_document_speaks_of_has_no_row(outcome: Outcome) -> None:
    silent = Verdict("b-rule", Kind.OUTDATED, outcome, "m", "r")
    assert cells(report(document(missing(), silent)), "b-rule") == []
    spoken = document(relied_on(passage("We rely.")), path="b.md")
    assert cells(report(document(missing(), silent), spoken), "b-rule")[0].endswith("✗")


def test_a_document_that_was_not_read_has_no_column() -> None:
    table = rows(report(document(missing(), path="a.md"), document(path="b.md", status=Status.NOT_AUDITED)))
    assert not any("b.md" in line for line in table)


def test_many_documents_are_shown_in_parts_and_none_gets_lost() -> None:
    documents = [document(missing(), path=f"{number:02}.md") for number in range(1, 31)]
    table = rows(report(*documents), width=60)
    assert len(cells(report(*documents), "a-rule", width=60)) > 1
    assert " ".join(cells(report(*documents), "a-rule", width=60)).count("○") == 30
    assert [line for line in table if line.endswith(".md")] == [
        f"{number:>4}  {number:02}.md" for number in range(1, 31)
    ]
    assert max(map(len, table)) <= 60


def test_a_path_cannot_write_to_the_terminal() -> None:
    table = rows(report(document(missing(), path="a\x1b[31m\n[red]x[/red].md")))
    assert table[1] == "   1  a␛[31m [red]x[/red].md"


def test_nothing_to_show_is_an_empty_text() -> None:
    assert rows(report(document(status=Status.NOT_AUDITED))) == [""]
