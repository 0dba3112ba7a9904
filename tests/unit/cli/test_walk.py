"""The first weeks of a team with privaudit: set up, accept what is there, be stopped by what a change takes away."""

import os
import subprocess
from pathlib import Path

import pytest

from privaudit.cli.main import run

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
def new_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path.parent / "cache"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("COLUMNS", "120")
    git("init", "--quiet", "--initial-branch=main")
    Path("legal").mkdir()
    Path("legal/privacy.md").write_text(NOTICE, encoding="utf-8")
    commit("The notice as it is")


def git(*arguments: str) -> None:
    author = ("-c", "user.name=A", "-c", "user.email=a@oakfield.example")
    subprocess.run(["git", *author, *arguments], check=True, capture_output=True)  # noqa: S607


def commit(message: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_from_a_new_repository_to_a_change_that_is_stopped(capsys: pytest.CaptureFixture[str]) -> None:
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
    commit("privaudit keeps watch")

    notice = Path("legal/privacy.md")
    moved = f"# News\n\nA new line above.\n\n{NOTICE}".replace("## Your rights", "## Rights")
    notice.write_text(moved, encoding="utf-8")
    assert call(capsys, "check")[0] == 0, "what moves, or stands under another heading, is no new finding"
    commit("Say more")

    notice.write_text(notice.read_text(encoding="utf-8").replace(f"{COMPLAINT}\n\n", ""), encoding="utf-8")
    commit("Shorten the notice")
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
