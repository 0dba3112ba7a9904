"""What a user sees who calls `privaudit`: one clear line for each thing that is wrong, and the right exit code."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from privaudit import __version__
from privaudit.cli.main import run
from privaudit.render import RENDERERS

NOTICE = """# Privacy notice

Oakfield Cycles Ltd is the controller for your personal data. Write to privacy@oakfield.example.

You may lodge a complaint with the supervisory authority. We use cookies.
"""
RULE = """id: {id}
title: A rule
kind: practice
references: [GDPR Art. 12(1)]
severity: warning
find: {{any: [bicycle]}}
words:
  en:
    bicycle:
      - bicycles?
"""


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / ".cache"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    return code, captured.out, captured.err


def write(name: str, text: str | bytes = NOTICE) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "--version") == (0, f"privaudit {__version__}\n", "")


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    words = call(capsys, "check", "--help")[1].replace(",", " ").replace(";", " ").split()
    assert set(RENDERERS) <= set(words)


def test_findings_end_with_1_and_name_their_place(capsys: pytest.CaptureFixture[str]) -> None:
    write("privacy.md")
    code, out, err = call(capsys, "check", "privacy.md")
    assert code == 1
    assert "privacy.md:1:1: error art13-2-a-retention" in out
    assert err == ""


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("error", 1), ("note", 1), ("art13-2-a-retention", 1)])
def test_fail_on(capsys: pytest.CaptureFixture[str], fail_on: str, code: int) -> None:
    write("privacy.md")
    assert call(capsys, "check", "privacy.md", "--fail-on", fail_on)[0] == code


def test_a_missing_path_is_wrong_use_and_the_others_are_still_audited(capsys: pytest.CaptureFixture[str]) -> None:
    write("privacy.md")
    code, out, err = call(capsys, "check", "nowhere.md", "privacy.md")
    assert code == 2
    assert "privacy.md:1:1: error" in out
    assert err == "error: nowhere.md: no such file or folder\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n\t\n", "empty"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"PK\x03\x04 rest of a docx", "ZIP archive"),
        (b"text\x00with\x00zero bytes here and there", "binary"),
        (b"# Privacy notice\n", "only headings"),
        (b"<!-- nothing to see -->\n", "no readable text"),
    ],
)
def test_what_cannot_be_read_is_not_audited(capsys: pytest.CaptureFixture[str], data: bytes, reason: str) -> None:
    write("bad.md", data)
    write("privacy.md")
    code, out, _ = call(capsys, "check", "bad.md", "privacy.md", "--fail-on", "never")
    assert code == 3
    line = next(line for line in out.splitlines() if line.startswith("bad.md"))
    assert line.startswith("bad.md:1:1: not audited")
    assert reason in line
    assert "privacy.md:1:1: error" in out


def test_undecodable_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    write("privacy.txt", NOTICE.encode() + "caf\xe9".encode("latin-1"))
    assert call(capsys, "check", "privacy.txt", "--fail-on", "never")[0] == 0
    code, out, _ = call(capsys, "check", "privacy.txt", "--encoding", "utf-8")
    assert code == 3
    assert "utf-8" in out
    for name in ("klingon", "base64", ""):
        code, _, err = call(capsys, "check", "privacy.txt", "--encoding", name)
        assert code == 2
        assert f"--encoding: {name!r} is no encoding" in err


def test_a_folder_without_policies(capsys: pytest.CaptureFixture[str]) -> None:
    write("code/main.py", "print()")
    write("code/README.md", "# A tool\n\nIt sorts numbers.\n")
    code, out, err = call(capsys, "check", "code")
    assert code == 2
    assert "skipped code/README.md: does not look like a notice" in out
    assert "no document looks like a notice" in err


def test_a_readme_is_audited_only_under_the_title_of_a_notice(capsys: pytest.CaptureFixture[str]) -> None:
    write("a/README.md", "# A tool\n\n" + NOTICE.partition("\n")[2])
    write("b/README.md", NOTICE)
    code, out, _ = call(capsys, "check", ".", "--fail-on", "never")
    assert code == 0
    assert "skipped a/README.md" in out
    assert "b/README.md:1:1: error" in out


def test_in_a_repository_of_code_the_policy_is_audited_and_the_rest_is_skipped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("README.md", "# A shop\n\nInstall with pip. It sells candles.\n")
    write("requirements.txt", "typer\nrich\n")
    write("src/shop.py", "print()")
    write("web/legal.md", NOTICE)
    write(".gitignore", "build/\n")
    write("build/privacy.md", NOTICE)
    write("node_modules/x/privacy.md", NOTICE)
    code, out, err = call(capsys, "check", ".", "--format", "json=report.json")
    report = json.loads(Path("report.json").read_text())
    assert code == 1
    assert err == ""
    assert [document["path"] for document in report["documents"]] == ["web/legal.md"]
    assert report["skipped"] == [
        {"path": "README.md", "reason": "does not look like a notice"},
        {"path": "requirements.txt", "reason": "does not look like a notice"},
    ]
    assert "skipped requirements.txt: does not look like a notice" in out


def test_reports_in_the_folder_are_skipped_by_the_next_run(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", NOTICE)
    write("integritet.sv.md", NOTICE)
    made = ["html=page.html", "markdown=privacy.md", "summary=sum.md", "workpaper=work.md", "workpaper=work.html"]
    formats = [f"--format={one}" for one in made]
    first = call(capsys, "check", ".", *formats)
    call(capsys, "diff", "a.md", "integritet.sv.md", "--format", "markdown=privacy-diff.md")
    call(capsys, "parity", "a.md", "integritet.sv.md", "--format", "markdown=privacy-parity.md")
    # The same command may write them anew.
    assert call(capsys, "check", ".", *formats, "--format", "json=report.json")[0] == first[0] == 1
    report = json.loads(Path("report.json").read_text())
    assert [document["path"] for document in report["documents"]] == ["a.md", "integritet.sv.md"]
    names = sorted([*(one.partition("=")[2] for one in made), "privacy-diff.md", "privacy-parity.md"])
    assert report["skipped"] == [{"path": name, "reason": "is a report of privaudit"} for name in names]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--format", "jsno", "privacy.md"], "unknown format 'jsno'; did you mean json?"),
        (["check", "--format", "json", "--format", "concise", "privacy.md"], "two formats on standard output"),
        (["check", "--format", "json=", "privacy.md"], "lacks a file name"),
        (["check", "--fail-on", "warnin", "privacy.md"], "did you mean warning?"),
        (["check", "--select", "art13-2-d-complain", "privacy.md"], "did you mean art13-2-d-complaint?"),
        (["check", "--select", "practice", "--ignore", "practice", "privacy.md"], "leave no rule"),
        (["check", "--lang", "english!", "privacy.md"], "no language code"),
        (["check", "--as-of", "tomorrow", "privacy.md"], "YYYY-MM-DD"),
        (["check", "--color", "red", "privacy.md"], "always"),
        (["check", "--rules", "nowhere", "privacy.md"], "no such rule pack"),
        (["check", "--no-builtin", "privacy.md"], "no rules are left"),
        (["check", "--max-bytes", "many", "privacy.md"], "max-bytes"),
        (["check", "--colour", "never", "privacy.md"], "--colour"),
        (["chekc", "privacy.md"], "chekc"),
        (["rules", "explain", "art13-2-d-complain"], "did you mean art13-2-d-complaint?"),
    ],
)
def test_wrong_use_is_told_in_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    write("privacy.md")
    code, _, err = call(capsys, *arguments)
    assert code == 2
    assert err.startswith("error: ")
    assert message in err
    assert len(err.splitlines()) == 1


def test_an_output_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    write("privacy.md")
    write("taken", "a file, no folder")
    code, _, err = call(capsys, "check", "privacy.md", "--format", "json=taken/report.json")
    assert code == 2
    assert "cannot be written" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_told_in_one_line() -> None:
    write("privacy.md")
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        result = subprocess.run(
            [sys.executable, "-m", "privaudit", "check", "privacy.md"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 2
    assert result.stderr == b"error: standard output: cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (">&-", 2, "error: standard output is closed; send it to /dev/null if it is not wanted\n"),
        ("--format json=report.json >&- 2>&-", 2, ""),
        ("--format json=report.json >/dev/null 2>&-", 0, ""),
        ("- <&- >/dev/null", 3, ""),
    ],
)
def test_closed_streams_are_never_findings(arguments: str, code: int, said: str) -> None:
    write("privacy.md")
    command = f'"{sys.executable}" -m privaudit check privacy.md --fail-on never {arguments}'
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)  # noqa: S607
    assert (result.returncode, result.stderr) == (code, said)


@pytest.mark.parametrize("arguments", [["rules", "list"], ["schema", "config"], ["--help"]])
def test_every_command_says_that_its_reader_went_away(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        result = subprocess.run(
            [sys.executable, "-m", "privaudit", *arguments], stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert (result.returncode, result.stderr) == (141, b"")


def test_every_fault_of_a_broken_pack_has_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    write("privacy.md")
    write("own.yaml", "id: own\nkind: practise\nseverity: warning\nfind: {any: [nothing-known]}\n")
    code, _, err = call(capsys, "check", "privacy.md", "--rules", "own.yaml")
    assert code == 2
    assert "own.yaml:2:7:" in err
    assert "practice" in err


def test_a_pack_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    write("privacy.md", NOTICE + "\nWe lend bicycles.\n")
    write("own.yaml", RULE.format(id="own"))
    code, out, err = call(capsys, "check", "privacy.md", "--rules", "own.yaml", "--select", "own")
    assert (code, err) == (0, "")
    assert "privacy.md:7:1: warning own" in out


def test_a_language_without_rules_is_inconclusive(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Przetwarzamy Twoje dane osobowe, aby zrealizować zamówienie oraz odpowiedzieć na Twoje pytania. " * 5
    write("policy.pl.md", text)
    code, out, _ = call(capsys, "check", "policy.pl.md", "--format", "json")
    document = json.loads(out)["documents"][0]
    assert code == 3
    assert document["status"] == "partial"
    assert document["problems"] == [
        {
            "code": "language-uncovered",
            "message": "the rules have no words for Polish; a rule pack with a folder words/pl adds them (--rules)",
        }
    ]
    assert {verdict["outcome"] for verdict in document["verdicts"] if verdict["kind"] == "disclosure"} == {
        "inconclusive"
    }


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(NOTICE.encode())))
    code, out, _ = call(capsys, "check", "-", "--stdin-filename", "notice.md", "--format", "json")
    assert code == 1
    assert json.loads(out)["documents"][0]["path"] == "notice.md"
    assert json.loads(out)["documents"][0]["media_type"] == "text/markdown"


def test_the_law_of_another_day(capsys: pytest.CaptureFixture[str]) -> None:
    write("privacy.md", NOTICE + "\nOur host is certified under the EU-U.S. Privacy Shield.\n")

    def outcome(day: str) -> tuple[str, str | None]:
        out = call(capsys, "check", "privacy.md", "--as-of", day, "--format", "json")[1]
        verdicts = json.loads(out)["documents"][0]["verdicts"]
        verdict = next(one for one in verdicts if one["rule"] == "outdated-privacy-shield")
        return verdict["outcome"], verdict["severity"]

    assert outcome("2019-01-01") == ("relied-on", None)
    assert outcome("2020-07-15") == ("relied-on", None)
    assert outcome("2020-07-16") == ("relied-on", "error")
    before_the_regulation = call(capsys, "check", "privacy.md", "--as-of", "2018-05-24", "--format", "json")[1]
    verdicts = json.loads(before_the_regulation)["documents"][0]["verdicts"]
    assert {one["outcome"] for one in verdicts if one["kind"] == "disclosure"} == {"not-applicable"}


def test_rules_list_and_explain(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "rules", "list", "--format", "json")
    assert code == 0
    assert sum(rule["kind"] == "disclosure" for rule in json.loads(out)) == 25
    code, out, _ = call(capsys, "rules", "explain", "art13-2-d-complaint")
    assert code == 0
    assert "GDPR Art. 77" in out
    assert "supervisory authority" in out


def test_rules_new_test_and_lint(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "rules", "new", "acme-contact", "--kind", "practice")
    assert code == 0
    file = next(Path().glob("**/acme-contact*.yaml"))
    assert str(file) in out
    assert call(capsys, "rules", "test", str(file), "--no-builtin")[0] == 0
    assert call(capsys, "rules", "new", "acme-contact", "--kind", "practice")[0] == 2
    file.write_text(file.read_text().replace("find:", "fnid:"))
    code, _, err = call(capsys, "rules", "lint", str(file), "--no-builtin")
    assert code == 2
    assert "did you mean" in err


def test_a_failing_example_is_told_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    write("own.yaml", RULE.format(id="own") + "examples:\n  en:\n    found:\n      - We sell candles.\n")
    code, out, _ = call(capsys, "rules", "test", "own.yaml", "--select", "own")
    assert code == 1
    assert out.startswith("own.yaml:14:9: own should be found, is absent: We sell candles.")


def test_a_reader_that_goes_away_is_no_error() -> None:
    write("privacy.md")
    with subprocess.Popen(
        [sys.executable, "-m", "privaudit", "check", "privacy.md", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ},
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_the_day_is_told_by_option_or_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("privacy.md")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1445385600")
    _, out, _ = call(capsys, "check", "privacy.md", "--format", "json")
    assert json.loads(out)["as_of"] == "2015-10-21"
    _, out, _ = call(capsys, "check", "privacy.md", "--format", "json", "--as-of", "2020-07-16")
    assert json.loads(out)["as_of"] == "2020-07-16"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    code, _, err = call(capsys, "check", "privacy.md")
    assert code == 2
    assert "SOURCE_DATE_EPOCH: 'soon' is no number of seconds" in err


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "20260101", "2026-W01-1", "2026-1-1", " 2026-01-01", ""])
def test_a_day_that_is_none(capsys: pytest.CaptureFixture[str], day: str) -> None:
    write("privacy.md")
    code, out, err = call(capsys, "check", "privacy.md", "--as-of", day)
    assert (code, out, err) == (2, "", f"error: --as-of: {day!r} is no date; write it as YYYY-MM-DD\n")


def test_a_file_name_that_is_no_text_is_audited_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    Path(os.fsdecode(b"privacy\xff.md")).write_text(NOTICE)
    for name in ("json", "concise", "rich"):
        code, out, err = call(capsys, "check", ".", "--format", name)
        assert (code, err) == (1, "")
        assert "art13-2-a-retention" in out


def test_a_hostile_name_makes_one_harmless_line_of_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "check", "no\x1b[31m\nerror: fake.md")
    assert code == 2
    assert err == "error: no␛[31m error: fake.md: no file matches\n"
    code, _, err = call(capsys, "check", "--rules", "no\x1b[31m.yaml", ".")
    assert code == 2
    assert err.startswith("error: no␛[31m.yaml: no such rule pack")


def test_nothing_is_lacking_from_a_text_that_could_not_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "privacy.md",
        "# Privatlivspolitik\n\nVi behandler dine personoplysninger, når du handler hos os. "
        "Vi sletter dem efter fem år. Du kan klage til Datatilsynet.\n",
    )
    code, out, _ = call(capsys, "check", "privacy.md", "--format", "json")
    (document,) = json.loads(out)["documents"]
    assert code == 3
    assert [verdict["rule"] for verdict in document["verdicts"] if verdict["severity"]] == []
    outcomes = {verdict["rule"]: verdict["outcome"] for verdict in document["verdicts"]}
    # An authority by its name is half of the disclosure; the other half may stand in what was not read.
    assert outcomes["art13-2-d-complaint"] == "partial"
    assert outcomes["empty-or-stub"] == "inconclusive"
