"""F75: a system that speaks ASCII or a code page; reports are in UTF-8 all the same.

The console of Windows, the third case, gets UTF-8 by the same call, and there is none here to try it with.
"""

from pathlib import Path

import pytest

from tests.faults.commands import SELECT, privaudit

NOTICE = "# Datenschutz ✓\n\nDie Fahrräder Grün GmbH stützt sich auf das EU-US Privacy Shield: „für Übermittlungen“.\n"


@pytest.mark.parametrize(
    "changed",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"},
        {"PYTHONUTF8": "1", "LANG": None},
    ],
)
def test_f75_reports_are_in_utf_8(changed: dict[str, str | None]) -> None:
    Path("datenschutz-grün.md").write_text(NOTICE, encoding="utf-8")
    files = ("--format", "json=out.json", "--format", "markdown=out.md")
    done = privaudit("check", ".", *SELECT, "--lang", "de", "--format", "rich", *files, changed=changed)
    assert (done.returncode, done.stderr) == (1, "")
    for text in (done.stdout, *(Path(name).read_text(encoding="utf-8") for name in ("out.json", "out.md"))):
        assert "„für Übermittlungen“" in text
        # Where the system does not know what the bytes of a name mean, neither does anybody else.
        assert "datenschutz-grün.md" in text or "PYTHONCOERCECLOCALE" in changed
