import json

import pytest
from jsonschema import Draft202012Validator

from privaudit.corpus.rows import Result
from privaudit.corpus.show import FORMATS, rendered
from privaudit.corpus.summary import Summary, summary_of
from privaudit.corpus.tally import Tally
from privaudit.model import Kind, PackInfo, Status
from privaudit.render.view import View
from privaudit.rulepack.schema import Place, Rule
from tests.unit.schemas.conftest import faults, schema

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e.jsonl"


def rule(name: str, kind: Kind, group: str | None = None) -> Rule:
    return Rule(name, f"title of {name}", kind, Place("p", 1, 1), (), "", "", (), group)


RULES = [
    rule("complaint", Kind.DISCLOSURE),
    rule("safeguards", Kind.DISCLOSURE),
    rule("law-at", Kind.OUTDATED, "outdated-law"),
    rule("law-be", Kind.OUTDATED, "outdated-law"),
    rule("shield", Kind.OUTDATED),
    rule("fee", Kind.PRACTICE),
]


def counted(*documents: tuple[Status, str | None, dict[str, str]]) -> Tally:
    kinds = {one.group or one.id: one.kind.value for one in RULES}
    tally = Tally()
    for status, language, outcomes in documents:
        tally.add(Result((), status, language, tuple((kinds[name], name, one) for name, one in outcomes.items())))
    return tally


def summary(tally: Tally, output: str = "out") -> Summary:
    packs = (PackInfo("gdpr", "1.0", "2026-01-01"),)
    return summary_of(tally, RULES, version="9", packs=packs, as_of="2026-02-03", output=output)


TALLY = counted(
    (Status.AUDITED, "en", {"complaint": "missing", "safeguards": "not-applicable", "shield": "relied-on"}),
    (Status.AUDITED, "en", {"complaint": "partial", "safeguards": "missing", "shield": "relied-on-in-force"}),
    (Status.AUDITED, "sv", {"complaint": "present", "safeguards": "present", "shield": "absent", "fee": "found"}),
    (Status.PARTIAL, "sv", {"complaint": "missing", "safeguards": "inconclusive", "shield": "relied-on"}),
    (Status.NOT_AUDITED, None, {}),
)


def test_shares_are_of_documents_audited_in_full_and_to_which_the_duty_applies() -> None:
    found = {line.name: line for line in summary(TALLY).lines}
    assert (found["complaint"].hits, found["complaint"].base, found["complaint"].partly) == (1, 3, (0, 0, 1, 0, 0))
    assert (found["safeguards"].share, found["safeguards"].audited) == (0.5, (1, 0, 1, 1, 0))
    assert (found["shield"].hits, found["shield"].base, found["shield"].partly[0]) == (1, 3, 1)
    assert (found["fee"].share, found["outdated-law"].share) == (1.0, None)
    assert found["outdated-law"].title == "law"
    assert found["shield"].title == "title of shield"


def test_documents_are_counted_by_status_and_language() -> None:
    found = summary(TALLY)
    assert (found.documents, found.audited, found.partly, found.not_audited) == (5, 3, 1, 1)
    assert [(one.code, one.documents, one.audited, one.partly, one.not_audited) for one in found.languages] == [
        ("en", 2, 2, 0, 0), ("sv", 2, 1, 1, 0), (None, 1, 0, 0, 1),
    ]  # fmt: skip


def test_whatever_was_not_audited_in_full_is_incomplete() -> None:
    whole = counted((Status.AUDITED, "en", {"complaint": "missing"}))
    assert summary(whole).exit_code == 0
    whole.add(Result((), damage="a: is cut short"))
    assert summary(whole).exit_code == 3
    for status in (Status.PARTIAL, Status.NOT_AUDITED):
        assert summary(counted((status, "en", {}))).exit_code == 3


def test_the_greatest_share_comes_first() -> None:
    assert [line.name for line in summary(TALLY).of(Kind.DISCLOSURE)] == ["safeguards", "complaint"]


def test_json_fits_its_schema() -> None:
    validator = Draft202012Validator(schema("corpus-summary"))
    tally = Tally()
    for one in (TALLY, Tally()):
        tally.include(one)
        tally.damage = ["a.jsonl: is cut short"]
        data = json.loads(rendered("json", summary(tally), View()))
        assert faults(validator, data) == []
    assert data["disclosures"][0] == {
        "name": "safeguards", "title": "title of safeguards", "lacking": 0.5, "due": 2,
        "audited": {"present": 1, "partial": 0, "missing": 1, "not-applicable": 1, "inconclusive": 0},
        "partial": {"present": 0, "partial": 0, "missing": 0, "not-applicable": 0, "inconclusive": 1},
    }  # fmt: skip
    assert data["mechanisms"][1]["relying"] is None


@pytest.mark.parametrize("name", FORMATS)
def test_text_of_others_is_harmless_in_every_format(name: str) -> None:
    tally = counted((Status.AUDITED, HOSTILE, {"complaint": "missing"}))
    tally.damage = [f"{HOSTILE}: is cut short"]
    text = rendered(name, summary(tally, HOSTILE), View())
    assert "\x1b" not in text
    assert "\u202e" not in text
    if name == "html":
        assert "<script" not in text.lower()


def test_the_page_loads_nothing_and_says_what_the_table_says() -> None:
    text = rendered("html", summary(TALLY), View())
    assert "default-src 'none'; style-src 'sha256-" in text.replace("&#39;", "'")
    assert "script-src" not in text
    for said in ("http:", "https:", "style=", "url("):
        assert said not in text
    assert "50.0 %" in text
    assert '<rect class="bar-missing" x="0.00" width="50.00" height="8"/>' in text
    assert '<rect class="bar-present" x="50.00" width="50.00" height="8"/>' in text


def test_the_table_tells_those_audited_in_part_apart() -> None:
    text = rendered("rich", summary(TALLY), View())
    assert "5 documents: 3 audited in full, 1 in part, 1 not audited" in text
    rows = {line.split("  ")[0].strip(): line.split() for line in text.splitlines() if "%" in line}
    assert rows["Title of complaint"][-5:] == ["33.3", "%", "1", "3", "1"]
    assert rows["Title of safeguards"][-4:] == ["50.0", "%", "1", "2"]
