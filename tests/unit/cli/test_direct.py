"""The command lines that are read without typer mean what typer says that they mean."""

import os
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from privaudit.cli import check as module
from privaudit.cli import main
from privaudit.cli.check import check
from privaudit.cli.direct import parsed
from privaudit.cli.table import CHECK, Option

VALUES = ("notice.md", "docs/", "1", "0", "007", "12345678901", "-1", "", "-", "--", "a=b", "é", "٣", "-x", "--quiet")


def by_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any] | None:
    """What `check` is called with by typer; None where typer refuses the arguments or prints its help."""
    called: list[dict[str, Any]] = []

    def note(**told: Any) -> int:
        called.append(told)
        return 0

    monkeypatch.setattr(module, "check", note)
    try:
        command: Any = typer.main.get_command(main.build("check"))
        command.main(args=arguments, prog_name="privaudit", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return None
    return called[0] if called else None


def one_of(option: Option) -> list[str]:
    """A plain way of giving an option."""
    if option.kind is bool:
        return [option.flags[0]]
    return [option.flags[0], "7" if option.kind is int else "word"]


def test_every_option_of_the_table_is_an_argument_of_check() -> None:
    assert list(signature(check).parameters) == ["paths", *CHECK]


@pytest.mark.parametrize("name", CHECK)
def test_each_option_is_read_alike_in_every_way_of_writing_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    option = CHECK[name]
    ways = [["check", flag, *one_of(option)[1:], "notice.md"] for flag in option.flags]
    if option.off:
        ways.append(["check", "notice.md", option.off])
    for arguments in ways:
        read = parsed(arguments)
        assert read is not None
        assert read == by_typer(arguments, monkeypatch)
        assert read[name] != option.default
    twice = ["check", *one_of(option), *one_of(option), "notice.md"]
    assert parsed(twice) == by_typer(twice, monkeypatch)


@st.composite
def lines(draw: Callable[..., Any]) -> list[str]:
    """Command lines of `check`, most of them with something odd about them."""
    flags = [flag for option in CHECK.values() for flag in (*option.flags, option.off) if flag]
    flag, value = st.sampled_from(flags), st.sampled_from(VALUES)
    word = st.one_of(
        value,
        flag,
        st.builds("{}={}".format, flag, value),
        st.builds("{}{}".format, flag, value),
        flag.map(lambda one: one[:-1]),
        st.sampled_from(["--help", "-h", "--version", "-qj", "-qj3", "-j2"]),
    )
    plain = st.sampled_from([one_of(option) for option in CHECK.values()])
    parts = draw(st.lists(st.one_of(plain, plain, word.map(lambda one: [one])), max_size=6))
    return ["check", *(one for part in parts for one in part)]


@given(arguments=lines())
def test_what_is_read_directly_is_what_typer_reads(arguments: list[str]) -> None:
    read = parsed(arguments)
    if read is not None:
        with pytest.MonkeyPatch.context() as patched:
            assert by_typer(arguments, patched) == read


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--version"],
        ["diff", "a.md", "b.md"],
        ["check", "--help"],
        ["check", "--quite"],
        ["check", "--quiet=yes"],
        ["check", "--jobs", "10000"],
        ["check", "--jobs", "-1"],
        ["check", "--format"],
        ["check", "--", "-q"],
        ["check", "-qj2"],
    ],
)
def test_everything_else_is_left_to_typer(arguments: list[str]) -> None:
    assert parsed(arguments) is None


def test_an_ordinary_command_line_does_without_typer() -> None:
    read = parsed(["check", "a.md", "-q", "--format", "json=out.json", "--format=concise", "--jobs", "2", "-"])
    assert read is not None
    told = {name: value for name, value in read.items() if name not in CHECK or value != CHECK[name].default}
    assert told == {"paths": ["a.md", "-"], "quiet": True, "formats": ["json=out.json", "concise"], "jobs": 2}


def test_a_run_loads_nothing_that_takes_long_and_is_not_needed(tmp_path: Path) -> None:
    heavy = "{'contextlib', 'heapq', 'pathlib', 'regex', 'rich', 'tempfile', 'typer', 'typing', 'urllib.parse', 'yaml'}"
    code = "import sys; before = set(sys.modules); from privaudit.cli.main import run; run(['check', 'privacy.md']); "
    code += f"print(sorted({heavy} & sys.modules.keys() - before), 'privaudit.engine' in sys.modules)"
    # Enough words to tell the language by; a sign and a letter that are neither ASCII nor common.
    text = "We keep your data for ten years, and you may ask us for a copy of them or tell us to delete them. " * 3
    (tmp_path / "privacy.md").write_text(
        f"# Privacy notice\n\n{text}\n\n\u00a9 Oakfield Stra\u00dfe\n", encoding="utf-8"
    )
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["privaudit"]\n')
    environment = {**os.environ, "PYTHONPATH": str(Path(module.__file__).parents[2])}
    for _ in range(2):
        # The first run may have to make what the second one finds in the cache.
        ran = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
    assert ran.stdout.splitlines()[-1] == "[] True"
