import json
from pathlib import Path

import pytest

from privaudit.errors import UsageError
from privaudit.evaluate.labels import load_labels

ELEMENTS = {"art13-2-d-complaint", "art13-2-a-retention"}
GROUPS = {"outdated-privacy-shield"}
ROW = {"id": "one", "lang": "en", "text": "A notice.", "labels": {"art13-2-d-complaint": {"status": "present"}}}


def write(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def test_a_row_becomes_a_labelled_document(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "one.md").write_text("Notice")
    row = {
        "id": "one",
        "lang": "sv",
        "file": "docs/one.md",
        "labels": {"art13-2-d-complaint": {"status": "na", "quotes": []}, "art13-2-a-retention": "partial"},
        "outdated": {"outdated-privacy-shield": {"stance": "mentioned", "quotes": ["x"]}},
        "note": "of no matter",
    }
    (one,) = load_labels(write(tmp_path, row), ELEMENTS, GROUPS)
    assert (one.id, one.name, one.data, one.language) == ("one", "one.md", b"Notice", "sv")
    assert one.labels == {"art13-2-d-complaint": "na", "art13-2-a-retention": "partial"}
    assert one.outdated == {"outdated-privacy-shield": "mentioned"}


def test_a_passage_may_stand_in_the_row_itself(tmp_path: Path) -> None:
    row = {
        "id": "p",
        "lang": "en",
        "text": "Privacy Shield",
        "expect": {},
        "either": True,
        "alt": {"outdated-privacy-shield": "mentioned"},
    }
    (one,) = load_labels(write(tmp_path, row), ELEMENTS, GROUPS)
    assert (one.data, one.labels, one.outdated) == (b"Privacy Shield", {}, {})
    assert one.stance_open
    assert one.alternatives == {"outdated-privacy-shield"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "2: no JSON: Expecting property name enclosed in double quotes, column 2"),
        ("[]", "2: not an object"),
        ({**ROW, "id": ""}, "2: 'id' is missing or no text"),
        ({"id": "x", "lang": "en", "text": "t"}, "2: neither 'labels' nor 'outdated'"),
        ({**ROW, "id": "x", "text": None}, "2: 'text' is missing or no text"),
        (
            {"id": "x", "lang": "en", "file": "gone.md", "labels": {}},
            "2: document 'gone.md' cannot be read: No such file",
        ),
        ({**ROW, "id": "x", "labels": []}, "2: 'labels' is no object"),
        (
            {**ROW, "id": "x", "labels": {"art13-2-d-complain": "absent"}},
            "2: unknown element 'art13-2-d-complain'; did you mean art13-2-d-complaint?",
        ),
        (
            {**ROW, "id": "x", "labels": {"art13-2-d-complaint": "missing"}},
            "2: 'art13-2-d-complaint' has the status 'missing'; write one of: present, partial, absent, na",
        ),
        (
            {**ROW, "id": "x", "outdated": {"outdated-privacy-shield": {}}},
            "2: 'outdated-privacy-shield' has the stance None",
        ),
        (ROW, "2: 'one' is labelled in line 1 already"),
    ],
)
def test_a_faulty_row_is_named_by_file_and_line(tmp_path: Path, row: object, said: str) -> None:
    path = write(tmp_path, ROW, row)
    with pytest.raises(UsageError) as raised:
        load_labels(path, ELEMENTS, GROUPS)
    assert f"{path}:{said}" in str(raised.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        load_labels(write(tmp_path, "{", "", "[]"), ELEMENTS, GROUPS)
    assert [line.split(":")[1] for line in str(raised.value).splitlines()] == ["1", "3"]


def test_a_file_without_rows_or_without_itself(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no labelled document"):
        load_labels(write(tmp_path, ""), ELEMENTS, GROUPS)
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        load_labels(tmp_path / "gone.jsonl", ELEMENTS, GROUPS)
