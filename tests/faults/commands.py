"""What the tests of faults share: notices, and privaudit as a process of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
# Relies on the Privacy Shield, and so is a finding whatever else it says.
NOTICE = """# Privacy notice

Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller. We rely on the EU-U.S. Privacy Shield.

You may lodge a complaint with the supervisory authority.
"""
# Only the rules that the notices are about, which is quicker.
SELECT = ("--select", "outdated,art13-1-a-controller,art13-2-d-complaint")
# A pack of one rule: next to nothing to load where there is no cache, or one that has to be made anew.
PACK = """id: own
kind: practice
severity: error
find: {any: [shield]}
words:
  en:
    shield: [privacy shield]
"""
QUICK = ("--no-builtin", "--rules", "own.yaml")


def own_pack(name: str = "own.yaml") -> None:
    """Writes the pack into the current folder."""
    Path(name).write_text(PACK, encoding="utf-8")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "privaudit", *arguments]


def environment(**changed: str | None) -> dict[str, str]:
    """The environment of this process, in which a checkout need not be installed; None takes a variable out."""
    every = {**os.environ, "PYTHONPATH": str(ROOT), **changed}
    return {name: value for name, value in every.items() if value is not None}


def privaudit(
    *arguments: str, changed: dict[str, str | None] | None = None, **how: Any
) -> subprocess.CompletedProcess[Any]:
    """Runs a command to its end in the current folder, and never for longer than a minute."""
    how.setdefault("stdout", subprocess.PIPE)
    how.setdefault("stderr", subprocess.PIPE)
    how.setdefault("stdin", subprocess.DEVNULL)
    how.setdefault("encoding", "utf-8")
    return subprocess.run(
        command(*arguments),
        env=environment(**(changed or {})),
        check=False,
        timeout=60,
        **how,
    )


def notices(*names: str) -> None:
    """Writes the notice into files of the current folder."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(NOTICE, encoding="utf-8")


def word_notice(name: str) -> None:
    """Writes a notice as a Word file, which a process of its own reads."""
    from tests.documents.offices import hand_docx, p

    Path(name).write_bytes(hand_docx(p("Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller of your data.")))


# Runs `main` with some documents in trouble, told by their names.
TROUBLE = """
import os, signal, sys, time
from privaudit.cli import stages

real = stages.read_source

def troubled(source, *rest):
    name = os.path.basename(source.path)
    if name.startswith(("slow", "deaf", "stubborn")):
        if name.startswith("deaf"):
            signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals) - {signal.SIGKILL})
        open(f"started-{os.getpid()}", "w").close()
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            if not name.startswith("stubborn"):
                raise
            open("asked", "w").close()
            time.sleep(60)
    return real(source, *rest)

stages.read_source = troubled
from privaudit.cli.main import main
main(sys.argv[1:])
"""


def in_trouble(*arguments: str) -> subprocess.Popen[str]:
    """A command in a session of its own, like one in a terminal, with documents in trouble."""
    return subprocess.Popen(
        [sys.executable, "-c", TROUBLE, *arguments],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(pattern: str, count: int = 1) -> list[Path]:
    """Waits until so many files of the current folder have such a name."""
    until = time.monotonic() + 50
    while len(found := sorted(Path().glob(pattern))) < count:
        assert time.monotonic() < until, f"no {pattern}"
        time.sleep(0.02)
    return found
