"""Shell completion: the scripts for each shell, and the answers that a shell gets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from privaudit.cli.main import build, run

ROOT = Path(__file__).parent.parent.parent.parent
CALL = f"{sys.executable} -m privaudit"


def in_shell(name: str, line: str, home: Path) -> subprocess.CompletedProcess[str]:
    """A line run by bash, which calls itself by the name of another shell: that is how the running shell is told."""
    return subprocess.run(
        [name, "-c", f"{line}; exit $?"],
        executable="/bin/bash",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


SCRIPTS = {
    "bash": ("complete -o default -F _privaudit_completion privaudit", "_PRIVAUDIT_COMPLETE=complete_bash"),
    "zsh": ("#compdef privaudit", "_PRIVAUDIT_COMPLETE=complete_zsh"),
    "fish": ("complete --command privaudit", "_PRIVAUDIT_COMPLETE=complete_fish"),
}


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_is_that_of_the_shell(shell: str, tmp_path: Path) -> None:
    done = in_shell(shell, f"{CALL} --show-completion", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for part in SCRIPTS[shell]:
        assert part in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("shell", "file"),
    [
        ("bash", ".bash_completions/privaudit.sh"),
        ("zsh", ".zfunc/_privaudit"),
        ("fish", ".config/fish/completions/privaudit.fish"),
    ],
)
def test_the_script_is_installed_where_the_shell_looks(shell: str, file: str, tmp_path: Path) -> None:
    assert in_shell(shell, f"{CALL} --install-completion", tmp_path).returncode == 0
    assert SCRIPTS[shell][1] in (tmp_path / file).read_text()


def completed(words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What bash is told for a line that ends where the cursor stands."""
    monkeypatch.setenv("_PRIVAUDIT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    assert run([]) == 0
    return capsys.readouterr().out.split()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("privaudit che", ["check"]),
        ("privaudit check --sel", ["--select"]),
        ("privaudit rules li", ["list", "lint"]),
        # Nothing: the shell goes on with the names of files.
        ("privaudit check priv", []),
    ],
)
def test_commands_and_options_are_completed(
    words: str, wanted: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert completed(words, capsys, monkeypatch) == wanted


def test_the_script_completes_in_bash_itself(tmp_path: Path) -> None:
    (tmp_path / "privaudit").write_text(f'#!/bin/sh\nexec {CALL} "$@"\n')
    (tmp_path / "privaudit").chmod(0o755)
    line = (
        f'export PATH={tmp_path}:$PATH; eval "$(privaudit --show-completion)"; '
        "COMP_WORDS=(privaudit convert --show); COMP_CWORD=2; _privaudit_completion privaudit; "
        'echo "${COMPREPLY[@]}"'
    )
    done = in_shell("bash", line, tmp_path)
    assert (done.stdout, done.stderr) == ("--show-passing\n", "")


def test_the_name_of_a_shell_is_refused_instead_of_ignored(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--show-completion", "zsh"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: --show-completion: takes no value")
    assert "_PRIVAUDIT_COMPLETE=source_zsh privaudit" in error


def test_the_script_of_any_shell_can_be_had_by_the_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_PRIVAUDIT_COMPLETE", "source_zsh")
    assert run([]) == 0
    assert "#compdef privaudit" in capsys.readouterr().out


@pytest.mark.parametrize(("command", "offered"), [("", True), ("--show-completion", True), ("check", False)])
def test_a_command_starts_without_the_completion(command: str, offered: bool) -> None:
    options = {parameter.name for parameter in typer.main.get_command(build(command)).params}
    assert ("show_completion" in options) is offered
