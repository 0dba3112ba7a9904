from datetime import UTC, date, datetime
from typing import Any

import pytest

from privaudit.corpus.record import Record, record_of
from privaudit.read import HTML, MARKDOWN, TEXT


def made(**values: Any) -> Record:
    return record_of("a.jsonl", 7, values, 100)


def test_a_record_has_what_its_fields_say() -> None:
    found = made(
        id="x", url="https://x.example", date="2020-05-01", lang="nl-BE", media_type="text/markdown", text="# Hoi"
    )
    assert found == Record(
        "a.jsonl", 7, "x", "https://x.example", date(2020, 5, 1), "nl", MARKDOWN, data=b"# Hoi"
    )  # fmt: skip
    assert found.document_id == "x"


def test_one_without_an_id_is_known_by_its_place() -> None:
    for values in ({}, {"id": None}, {"id": " "}):
        assert made(text="a", **values).document_id == "a.jsonl:7"
    assert made(text="a", id=0).document_id == "0"


@pytest.mark.parametrize(
    ("values", "media_type", "encoding"),
    [
        ({"text": "a"}, TEXT, None),
        ({"text": "a", "media_type": "application/pdf"}, TEXT, None),
        ({"text": "<p>", "media_type": "Text/HTML; charset=latin-1"}, HTML, "utf-8"),
        ({"html": "<p>"}, HTML, "utf-8"),
        ({"html": "<p>", "text": "a", "media_type": "text/plain"}, HTML, "utf-8"),
        ({"html": "", "text": "a"}, TEXT, None),
        ({"html": b"<p>\xe9"}, HTML, None),
    ],
)
def test_html_goes_before_text_and_what_was_decoded_stays_so(
    values: dict[str, Any], media_type: str, encoding: str | None
) -> None:
    found = made(**values)
    assert (found.media_type, found.encoding, found.fault) == (media_type, encoding, "")
    assert found.data == (b"a" if media_type == TEXT else b"<p>\xe9" if encoding is None else b"<p>")


def test_what_is_no_character_is_replaced_by_one() -> None:
    found = made(text="\ufeffa\ud800b", id="i\udfff")
    assert found.data == "a\ufffdb".encode()
    assert found.id == "i\ufffd"


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, "has neither text nor html"),
        ({"text": None, "html": ""}, "has neither text nor html"),
        ({"text": ["a"]}, "text: is no text"),
        ({"html": 5}, "html: is no text"),
        ({"text": "a", "id": {"b": 1}}, "id: is no text"),
        ({"text": "a", "url": True}, "url: is no text"),
        ({"text": "a", "date": "yesterday"}, "date: 'yesterday' is no date; write it as YYYY-MM-DD"),
        ({"text": "a", "date": "2021-02-30"}, "date: '2021-02-30' is no date; write it as YYYY-MM-DD"),
        ({"text": "a", "date": 1577836800}, "date: is no date; write it as YYYY-MM-DD"),
        ({"text": "a", "lang": "English"}, "lang: 'English' is no language code; write two letters, such as en or sv"),
        ({"text": "é" * 51}, "larger than 100 bytes (--max-bytes)"),
    ],
)
def test_what_is_wrong_with_a_field_is_the_fault_of_the_record(values: dict[str, Any], fault: str) -> None:
    found = made(**{"id": "x", **values})
    assert found.fault == fault
    assert found.data is None


def test_a_fault_leaves_what_tells_which_record_it_is() -> None:
    found = made(id="x", url="https://x.example", date="no")
    assert (found.id, found.url) == ("x", "https://x.example")


@pytest.mark.parametrize(
    "value",
    ["2021-03-04", " 2021-03-04 ", "2021-03-04T23:59:59Z", "2021-03-04 01:02", date(2021, 3, 4),
     datetime(2021, 3, 4, 23, 59, tzinfo=UTC)],
)  # fmt: skip
def test_of_a_time_the_day_counts(value: object) -> None:
    assert made(text="a", date=value).day == date(2021, 3, 4)
