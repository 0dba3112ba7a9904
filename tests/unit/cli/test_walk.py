"""The first weeks of a team with privaudit: set up, accept what is there, be stopped by what a change takes away."""

from pathlib import Path

import pytest

from privaudit.cli.main import run
from tests.unit.repositories import Made, isolate

COMPLAINT = "You may lodge a complaint with the Dutch Data Protection Authority (Autoriteit Persoonsgegevens)."
NOTICE = f"""# Privacy notice of Oakfield Cycles

Oakfield Cycles Ltd, 4 Mill Lane, is the controller of your personal data. Write to privacy@oakfield.example.

## Why we use your data

We use your name and address to deliver your order. The legal basis is the performance of our contract with you
(Art. 6(1)(b) GDPR). We keep orders for seven years.

## Your rights

You have the right of access to your data, to have it rectified or erased, to have its processing restricted, to object
to its processing and to data portability.

{COMPLAINT}

We rely on the Privacy Shield for transfers to our mailing provider in the United States.
"""


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return begun(tmp_path, monkeypatch)


def begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A repository with the notice in it, as the current folder."""
    monkeypatch.chdir(folder)
    isolate(monkeypatch)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(folder.parent / "cache"))
    monkeypatch.setenv("COLUMNS", "120")
    made = Made(folder)
    made.write("legal/privacy.md", NOTICE)
    made.commit()
    return made


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_from_a_new_repository_to_a_change_that_is_stopped(
    repository: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(capsys, "init")[0] == 0
    code, told = call(capsys, "check")
    assert code == 1
    assert "outdated-privacy-shield" in told

    assert call(capsys, "baseline")[0] == 0
    configuration = Path("privaudit.yaml")
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("# baseline: ", "baseline: "), encoding="utf-8")
    code, told = call(capsys, "check")
    assert code == 0
    assert "in the baseline" in told
    repository.commit()

    notice = Path("legal/privacy.md")
    moved = f"# News\n\nA new line above.\n\n{NOTICE}".replace("## Your rights", "## Rights")
    notice.write_text(moved, encoding="utf-8")
    assert call(capsys, "check")[0] == 0, "what moves, or stands under another heading, is no new finding"
    repository.commit()

    notice.write_text(notice.read_text(encoding="utf-8").replace(f"{COMPLAINT}\n\n", ""), encoding="utf-8")
    repository.commit()
    code, told = call(capsys, "check")
    assert code == 1
    assert "art13-2-d-complaint" in told

    code, told = call(capsys, "check", "--since", "HEAD~1", "--format", "concise")
    assert code == 1
    assert "art13-2-d-complaint" in told
    assert f'in line 19: "{COMPLAINT}"' in told
    assert "outdated-privacy-shield" not in told, "what was there before is no new finding"

    code, told = call(capsys, "diff", "HEAD~1:legal/privacy.md", "legal/privacy.md", "--format", "markdown")
    assert code == 1
    assert "Autoriteit Persoonsgegevens" in told
    assert "line 19" in told
