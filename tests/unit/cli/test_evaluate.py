import json
from pathlib import Path

import pytest

from privaudit.cli.main import run

ROWS = [
    {
        "id": "kept",
        "lang": "en",
        "text": "# Privacy notice\n\nYou may complain to the supervisory authority. We adhere to the Privacy Shield.",
        "labels": {"art13-2-d-complaint": "present", "art13-2-a-retention": "absent"},
        "outdated": {"outdated-privacy-shield": "relied-on"},
    },
    {
        "id": "lost",
        "lang": "en",
        "text": "# Privacy notice\n\nWe keep your personal data for three years.",
        "labels": {"art13-2-d-complaint": "present", "art13-2-a-retention": "present"},
    },
    {"id": "empty", "lang": "nl", "text": " ", "labels": {"art13-2-d-complaint": "absent"}},
]


@pytest.fixture
def labels(tmp_path: Path) -> str:
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return str(path)


def test_figures_as_json(labels: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", labels, "--format", "json", "--as-of", "2026-11-24"]) == 0
    found = json.loads(capsys.readouterr().out)
    whole = found["tables"][0]
    assert [one["name"] for one in found["tables"]] == ["all", "en", "nl"]
    assert whole["elements"][0]["element"] == "art13-2-d-complaint"
    assert whole["elements"][0]["differ"] == [
        {"document": "lost", "wanted": "present", "got": "missing"},
        {"document": "empty", "wanted": "absent", "got": "inconclusive"},
    ]
    assert whole["outdated"]["counts"] == {"tp": 1, "fp": 0, "fn": 0, "right": 1, "other": 0}
    assert [one["name"] for one in found["trivial"]] == ["everything present", "everything missing"]
    assert found["unread"] == ["empty: the file is empty"]


def test_figures_as_tables(labels: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", labels, "--ignore", "art13-2-a-retention"]) == 0
    out = capsys.readouterr().out
    assert "| all | 3 | 1.000 | 0.500 | 0.667 |" in out
    assert "| art13-2-d-complaint | 3 | 1.000 | 0.500 | 0.667 | 0.000 | 0.000 | 0.000 | lost, empty |" in out
    assert "art13-2-a-retention" not in out
    assert "Outdated mechanisms (all): precision 1.000, recall 1.000, F1 1.000; stance right 1 of 1." in out
    assert run(["evaluate", labels, "--format", "rich"]) == 0
    assert "art13-2-d-complaint" in capsys.readouterr().out


def test_wrong_use(labels: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", labels, "--format", "xml"]) == 2
    assert "unknown format 'xml'" in capsys.readouterr().err
    Path(labels).write_text('{"id": "a", "lang": "en", "text": "x", "labels": {"art13-9": "present"}}\n')
    assert run(["evaluate", labels]) == 2
    assert f"error: {labels}:1: unknown element 'art13-9'" in capsys.readouterr().err
