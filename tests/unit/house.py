"""A small rule pack, notices for it, and privaudit called on them in a folder of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from privaudit.cli.main import run

PACK = {
    "pack.yaml": "id: house\nversion: '1.10'\nlanguages: [en]\nreviewed: 2026-01-31\n",
    "words/en/language.yaml": (
        "language: en\nname: English\nstop_words: [the, of, and, we, to, you, in, a, with]\n"
        "citation: {article: [article, art.]}\n"
    ),
    "words/en/words.yaml": (
        "language: en\nwords:\n  complain: [complain]\n  authority: [authority]\n  bicycle: [bicycles?]\n"
        "  tram: [trams?]\n  bus: [bus]\n"
    ),
    "rules/complaint.yaml": (
        "id: complaint\nkind: disclosure\nseverity: {missing: error, partial: warning}\n"
        "present: {all: [complain, authority]}\npartial: {any: [complain]}\n"
    ),
    "rules/bicycle.yaml": "id: bicycle\nkind: practice\ngroup: vehicle\nseverity: warning\nfind: {any: [bicycle]}\n",
    "rules/tram.yaml": "id: tram\nkind: practice\ngroup: vehicle\nseverity: note\nfind: {any: [tram]}\n",
    "rules/bus.yaml": "id: bus\nkind: practice\nenabled: strict\nseverity: warning\nfind: {any: [bus]}\n",
}
# Without a finding but the missing complaint.
PLAIN = "We keep the names of our readers in a list, and nobody else has it.\n"
COMPLAINT = "You may complain to the authority.\n"


class Result(NamedTuple):
    """What a call left behind."""

    code: int
    out: str
    err: str


class House:
    """The folder with the pack beside it; `call` runs privaudit with it in the current folder."""

    def __init__(self, here: Path, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.here = here
        self.pack = pack
        self._capsys = capsys

    def write(self, name: str, text: str | bytes) -> Path:
        """Writes a file below the folder."""
        path = self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, *arguments: str) -> Result:
        """Any command."""
        code = run(list(arguments))
        captured = self._capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert "internal error" not in captured.err
        return Result(code, captured.out, captured.err)

    def call(self, command: str, *arguments: str) -> Result:
        """A command that judges, with the small pack and the language told."""
        return self.run(command, *arguments, "--rules", str(self.pack), "--no-builtin", "--lang", "en")

    def check(self, *arguments: str) -> Result:
        """`check` with the small pack, in lines without the closing one."""
        return self.call("check", *arguments, "--quiet")

    def report(self, *arguments: str) -> dict[str, Any]:
        """The JSON report of a check; its exit code is in the summary."""
        report: dict[str, Any] = json.loads(self.call("check", *arguments, "--format", "json").out)
        return report

    def states(self, *arguments: str) -> dict[str, list[str]]:
        """The states of the findings by rule, passage by passage, over all documents and the configuration."""
        report = self.report(*arguments)
        found: dict[str, list[str]] = {}
        for place in (*report["documents"], *report.get("configuration", ())):
            for one in place["verdicts"]:
                if one["severity"]:
                    states = [piece["state"] for piece in one["evidence"]] or [one["state"]]
                    found.setdefault(one["rule"], []).extend(states)
        return found


def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: str) -> House:
    """A house in a new folder, which is the current one and no repository."""
    pack, here = tmp_path / "pack", tmp_path / "here"
    for name, text in PACK.items():
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_text(text)
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", cache)
    monkeypatch.setenv("COLUMNS", "100")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    return House(here, pack, capsys)
