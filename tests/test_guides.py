"""The guides do what they say: their files are written, their commands are run, and their outputs come out."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from markdown_it import MarkdownIt

from privaudit.cli.main import run
from privaudit.rulepack.load import load_rules, pack_folders
from privaudit.selftest import run as run_examples

DOCS = Path(__file__).parent.parent / "docs"


class Fence(NamedTuple):
    """A fenced block: its language, what stands behind that, its text, and the prose between it and the one before."""

    language: str
    more: str
    text: str
    prose: str


def fences(guide: str) -> Iterator[Fence]:
    prose = ""
    for token in MarkdownIt("commonmark").enable("table").parse((DOCS / guide).read_text(encoding="utf-8")):
        if token.type == "fence":
            language, _, more = token.info.partition(" ")
            yield Fence(language, more, token.content, prose)
            prose = ""
        elif token.type == "inline":
            prose += f"{token.content}\n"


def save(fence: Fence) -> bool:
    """Writes the file that the prose before a block tells to save, or makes its edit."""
    name = re.search(r"[Ss]ave this as `([^`]+)`", fence.prose)
    if name:
        path = Path(name[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fence.text, encoding="utf-8")
        return True
    if fence.language != "diff":
        return False
    lines = fence.text.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] == " ")
    (path,) = [path for path in Path().glob("*.yaml") if before in path.read_text(encoding="utf-8")]
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, "".join(line[1:] for line in lines)), encoding="utf-8")
    return True


def call(capsys: pytest.CaptureFixture[str], command: str, exit_code: int) -> str:
    program, *arguments = shlex.split(command)
    assert program == "privaudit"
    assert run(arguments) == exit_code, command
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / ".cache"))


def follow(guide: str, capsys: pytest.CaptureFixture[str], skip: str = "^$") -> tuple[int, int]:
    """Follows a guide; how many commands were run, and how many outputs compared."""
    output: str | None = None
    commands = outputs = 0
    for fence in fences(guide):
        if fence.language == "sh":
            output = None
            for command in fence.text.splitlines():
                if not re.search(skip, command):
                    output = call(capsys, command, int(fence.more.removeprefix("exit=") or 0))
                    commands += 1
        elif fence.language == "text" and output is not None:
            seen = output[: len(fence.text)] if "begins with" in fence.prose else output
            assert seen == fence.text
            outputs += 1
        else:
            assert save(fence), f"nobody is told what to do with:\n{fence.text}"
    return commands, outputs


def test_add_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert follow("add-a-rule.md", capsys) == (7, 6)


def test_add_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    # What looks at the whole built-in pack takes too long; the examples are run below.
    commands, outputs = follow("add-a-language.md", capsys, skip="rules (?:test|lint)")
    assert (commands, outputs) == (3, 1)
    ruleset = load_rules(pack_folders(["danish"]), examples=True)
    danish = ruleset._replace(examples=tuple(one for one in ruleset.examples if one.language == "da"))
    results = list(run_examples(danish, lambda _: True))
    assert len(results) == 5
    assert [result for result in results if not result.passed] == []


def test_the_rule_in_the_page_on_schemas_passes_its_examples() -> None:
    (rule,) = [fence.text for fence in fences("schemas.md") if fence.language == "yaml"]
    Path("acme-vague.yaml").write_text(rule, encoding="utf-8")
    results = list(run_examples(load_rules([Path("acme-vague.yaml")], examples=True), lambda _: True))
    assert [result.passed for result in results] == [True, True]


def test_the_example_of_a_report_is_what_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    page = {fence.language: fence for fence in fences("report.md") if fence.language in ("markdown", "json")}
    command = next(fence for fence in fences("report.md") if fence.more == "exit=1")
    assert save(page["markdown"])
    report = json.loads(call(capsys, command.text, 1))
    assert as_shown(report, json.loads(page["json"].text)) == json.loads(page["json"].text)


def as_shown(value: Any, shown: Any) -> Any:
    """A value with the texts cut that are cut where it is shown."""
    if isinstance(value, dict) and isinstance(shown, dict):
        return {key: as_shown(one, shown.get(key)) for key, one in value.items()}
    if isinstance(value, list) and isinstance(shown, list) and len(value) == len(shown):
        return list(map(as_shown, value, shown))
    if isinstance(shown, str) and shown.endswith("\u2026") and str(value).startswith(shown[:-1]):
        return shown
    return value


def test_the_examples_of_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    Path("samples").symlink_to(DOCS.parent / "samples")
    commands = 0
    for fence in fences("exit-codes.md"):
        if fence.language == "sh":
            for command in fence.text.splitlines():
                call(capsys, command, int(fence.more.removeprefix("exit=")))
                commands += 1
        elif fence.language == "markdown":
            assert save(fence)
    assert commands == 12
