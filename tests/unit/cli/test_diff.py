"""`privaudit diff` from end to end: with files, with standard input, and with revisions of repositories made here."""

import io
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from privaudit.cli.main import run
from tests.unit.repositories import Made, isolate

COMPLAINT = "You may lodge a complaint with the supervisory authority.\n"
OLD = f"""# Privacy notice

Oakfield Cycles Ltd is the controller for your personal data. Write to privacy@oakfield.example.

We keep your orders for three years. {COMPLAINT}
We use your name, your address and your e-mail address to deliver the bicycles that you order from us. The legal basis
is the contract with you. Our parcel service receives your address, and nobody else does. If you do not tell us where
you live, we cannot deliver anything to you, and you would have to collect your bicycle in our workshop yourself.
"""
NEW = OLD.replace(COMPLAINT, "")
SHIELD = f"{OLD}\nOur host adheres to the EU-US Privacy Shield.\n"
GONE = "Right to complain to a supervisory authority, line 5 before, is gone:"


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules_cache: str) -> None:
    isolate(monkeypatch)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", rules_cache)
    monkeypatch.setenv("COLUMNS", "100")
    for name, text in (("old.md", OLD), ("new.md", NEW), ("shield.md", SHIELD)):
        Path(name).write_text(text)


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["diff", *arguments])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    return code, captured.out, captured.err


def typed(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data.encode()), isatty=lambda: False))


def test_a_lost_disclosure(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "old.md", "new.md", "--as-of", "2026-11-26")
    assert (code, err) == (1, "")
    lines = [line.strip() for line in out.splitlines()]
    at = lines.index(GONE)
    assert lines[at - 1] == "lost         art13-2-d-complaint  GDPR Art. 13(2)(d)  error"
    assert lines[at + 1] == '-     5 "You may lodge a complaint with the supervisory authority."'
    assert "Law as of 2026-11-26 for both; rules: gdpr " in out
    assert "no legal advice" in out


def test_what_is_won_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "new.md", "old.md")
    assert code == 0
    assert "won          art13-2-d-complaint" in out


def test_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "old.md", "old.md")
    assert code == 0
    assert "Nothing changed: the two are the same, byte for byte." in out
    Path("turned.md").write_text(
        OLD.replace("We keep your orders for three years. ", "") + "We keep your orders for three years."
    )
    code, out, _ = call(capsys, "old.md", "turned.md")
    assert code == 0
    assert "Nothing changed: " in out
    assert "byte for byte" not in out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--fail-on", "outdated-privacy-shield"), 1),
        (("--fail-on", "art13-2-d-complaint"), 0),
        (("--ignore", "outdated,art13-1-f-*"), 0),
        (("--select", "art13-2-*"), 0),
    ],
)
def test_new_findings(capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int) -> None:
    assert call(capsys, "old.md", "shield.md", *options)[0] == code


def test_the_law_of_a_day_is_that_of_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "old.md", "shield.md", "--as-of", "2019-06-01", "--select", "outdated-*")[0] == 0
    assert call(capsys, "old.md", "shield.md", "--as-of", "2021-06-01", "--select", "outdated-*")[0] == 1


def test_rules_of_your_own(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.yaml").write_text(
        "id: own\ntitle: A rule\nkind: practice\nreferences: [House style]\nseverity: error\n"
        "find: {any: [host]}\nwords:\n  en:\n    host:\n      - hosts?\n"
    )
    code, out, _ = call(capsys, "old.md", "shield.md", "--rules", "own.yaml", "--no-builtin", "--lang", "en")
    assert code == 1
    assert "A rule, line 11, is new:" in out
    assert "privacy-shield" not in out


def test_the_configuration_holds_for_both(capsys: pytest.CaptureFixture[str]) -> None:
    Path("privaudit.yaml").write_text(
        "as_of: 2026-11-26\nfail_on: warning\n"
        "overrides:\n  - paths: [shield.md]\n    ignore: [outdated, art13-1-f-*]\n"
        "suppressions:\n  - rule: art13-2-d-complaint\n    paths: [new.md]\n    reason: said on the page beside\n"
    )
    code, out, _ = call(capsys, "old.md", "shield.md")
    assert code == 0
    assert "Nothing changed: " in out
    code, out, _ = call(capsys, "old.md", "new.md")
    assert code == 0
    assert "accepted: said on the page beside" in out
    assert call(capsys, "old.md", "new.md", "--isolated")[0] == 1
    Path("privaudit.yaml").write_text("fail_onn: warning\n")
    code, _, err = call(capsys, "old.md", "new.md")
    assert code == 2
    assert "fail_on" in err


def test_suppressions_of_the_documents(capsys: pytest.CaptureFixture[str]) -> None:
    mark = '<!-- privaudit: ignore outdated-privacy-shield, art13-1-f-transfers reason="told to the host" -->\n'
    Path("accepted.md").write_text(f"{OLD}\n{mark}{SHIELD.removeprefix(OLD).strip()}\n")
    code, out, _ = call(capsys, "old.md", "accepted.md")
    assert code == 0
    assert "accepted: told to the host" in out
    code, out, _ = call(capsys, "accepted.md", "shield.md")
    assert code == 1
    assert "line 11, counts as error now, and as accepted before." in " ".join(out.split())
    Path("unreasoned.md").write_text(OLD + "\n<!-- privaudit: ignore art13-2-a-retention -->\n")
    code, out, _ = call(capsys, "old.md", "unreasoned.md")
    assert code == 1
    assert "A suppression without a reason is new" in out


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "old.md", "new.md", "--format", "json", "--format", "markdown=comment.md")
    found = json.loads(out)
    assert code == found["summary"]["exit_code"] == 1
    assert [(one["change"], one["rule"]) for one in found["changes"]] == [("lost", "art13-2-d-complaint")]
    comment = Path("comment.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- privaudit diff -->\n")
    assert "- **lost, error**: Right to complain to a supervisory authority, line 5 before, is gone" in comment
    again = call(capsys, "old.md", "new.md", "--format", "json")[1]
    assert again == out


def test_a_report_for_people_beside_files_and_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "old.md", "new.md", "--format", "json=report.json", "--quiet")
    assert out.startswith("lost ")
    assert json.loads(Path("report.json").read_bytes())["schema"] == "privaudit-diff/1"
    _, out, _ = call(capsys, "old.md", "new.md", "--format", "rich", "--color", "always")
    assert "\x1b[" in out


@pytest.mark.parametrize(("old", "new", "code"), [("-", "new.md", 1), ("new.md", "-", 0)])
def test_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, old: str, new: str, code: int
) -> None:
    typed(monkeypatch, OLD)
    found = call(capsys, old, new, "--format", "json")
    assert found[0] == code
    side = json.loads(found[1])["old" if old == "-" else "new"]
    assert (side["path"], side["media_type"], side["characters"]) == ("stdin", "text/markdown", len(OLD))


def test_standard_input_is_the_kind_of_document_that_the_other_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<html lang=en><body><p>{OLD.replace(COMPLAINT, f'<b>{COMPLAINT}</b>')}</p></body></html>"
    Path("page.html").write_text(page)
    typed(monkeypatch, page)
    code, out, _ = call(capsys, "page.html", "-", "--format", "json")
    assert code == 0
    assert json.loads(out)["new"]["media_type"] == "text/html"


def test_revisions_of_a_file(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(Path("made").resolve())
    first = made.commit(**{"web/notice.md": OLD})
    made.commit(**{"web/notice.md": NEW})
    made.write("web/notice.md", SHIELD)
    monkeypatch.chdir(made.folder / "web")
    code, out, _ = call(capsys, "HEAD~1:web/notice.md", "HEAD:./notice.md")
    assert code == 1
    assert GONE in out
    assert f"- HEAD~1:web/notice.md ({first[:10]})" in out
    code, out, _ = call(capsys, "HEAD:web/notice.md", "notice.md", "--format", "json")
    found = json.loads(out)
    assert [one["change"] for one in found["changes"]] == ["new", "graver", "won"]
    assert (found["old"]["commit"], found["new"]["commit"]) == (made.git("rev-parse", "HEAD"), None)


@pytest.mark.parametrize(
    "name", ["päss word.sv.md", os.fsdecode(b"no\xe9 text.md"), "a:b.md", "-x.md", "x[1]*?.md", "a\nb.md"]
)
def test_files_of_any_name(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    made = Made(Path("made").resolve())
    made.commit(**{name: OLD})
    made.write(name, NEW)
    monkeypatch.chdir(made.folder)
    code, out, _ = call(capsys, "--lang", "en", "--format", "json", "--", f"HEAD:{name}", name)
    assert code == 1
    assert [one["change"] for one in json.loads(out)["changes"]] == ["lost"]
    for output in ("rich", "markdown"):
        assert call(capsys, "--lang", "en", "--format", output, "--", f"HEAD:{name}", name)[0] == 1


def test_a_file_that_is_there_comes_before_a_revision(capsys: pytest.CaptureFixture[str]) -> None:
    Path("HEAD:old.md").write_text(NEW)
    code, out, _ = call(capsys, "old.md", "HEAD:old.md")
    assert code == 1
    assert GONE in out


@pytest.mark.parametrize("position", [0, 1])
@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b"%PDF-1.7 \0", "PDF"), (b"# Title\n", "only headings"), (b"text\0with\0zero\0bytes", "binary")],
)
def test_what_cannot_be_read_is_incomplete(
    capsys: pytest.CaptureFixture[str], position: int, data: bytes, said: str
) -> None:
    Path("bad.md").write_bytes(data)
    arguments = ["old.md", "old.md"]
    arguments[position] = "bad.md"
    for output in ("rich", "markdown"):
        code, out, _ = call(capsys, *arguments, "--fail-on", "never", "--format", output)
        assert code == 3
        assert said in out
        assert "Nothing changed" not in out
    code, out, _ = call(capsys, *arguments, "--format", "json")
    assert code == 3
    assert json.loads(out)["summary"]["complete"] is False


def test_a_language_without_rules_is_incomplete(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "old.md", "new.md", "--lang", "da")
    assert code == 3
    assert "the rules have no words for Danish" in out
    assert "is gone" not in out


def test_a_version_in_git_that_is_too_large_is_not_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(Path("made").resolve())
    made.commit(**{"a.md": OLD})
    monkeypatch.chdir(made.folder)
    Path("privaudit.yaml").write_text("max_bytes: 100\n")
    code, out, _ = call(capsys, "HEAD:a.md", "a.md")
    assert code == 3
    assert "larger than 100 bytes" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("old.md", "gone.md"), "gone.md: no such file; a version in git is written REV:path, such as HEAD:gone.md"),
        (("old.md", ""), "an empty name; write a file, - or REV:path"),
        (("old.md", "."), ".: is a folder; name a file"),
        (("-", "-"), "both versions are -; standard input can be only one of them"),
        (("HEAD:old.md", "new.md"), "no git repository here or above; go to one"),
        (("old.md",), "Missing argument 'NEW'."),
        (("old.md", "new.md", "--format", "sarif"), "--format: unknown format 'sarif'; known: rich, json, markdown"),
        (("old.md", "new.md", "--format", "json", "--format", "rich"), "two formats on standard output"),
        (("old.md", "new.md", "--fail-on", "eror"), "'eror' is no severity and no rule; did you mean error?"),
        (("old.md", "new.md", "--select", "art99"), "--select: 'art99' names no rule"),
        (("old.md", "new.md", "--as-of", "today"), "--as-of: 'today' is no date"),
        (("old.md", "new.md", "--lang", "english!"), "is no language code"),
        (("old.md", "new.md", "--encoding", "utf-9"), "is no encoding"),
        (("old.md", "new.md", "--format", "json=old.md"), "old.md: cannot be written: it was read as old.md"),
        (("old.md", "new.md", "--color", "red"), "write auto, always or never"),
    ],
)
def test_wrong_use(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.startswith("error: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("HEAD:gone.md", "HEAD:gone.md: no such file in that revision"),
        ("HEAD:notcie.md", "HEAD:notcie.md: no such file in that revision; did you mean HEAD:notice.md?"),
        ("main~9:notice.md", "main~9:notice.md: no such file, and no revision 'main~9' in this repository"),
        ("-x:notice.md", "-x:notice.md: no such file, and '-x' is no revision; write a branch, a tag or a commit"),
        (":notice.md", ":notice.md: no such file, and '' is no revision"),
        ("HEAD:", "HEAD:: no such file in that revision"),
        ("HEAD:web", "HEAD:web: is a folder there; name a file in it"),
    ],
)
def test_wrong_revisions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, argument: str, said: str
) -> None:
    made = Made(Path("made").resolve())
    made.commit(**{"notice.md": OLD, "web/a.md": OLD})
    monkeypatch.chdir(made.folder)
    code, out, err = call(capsys, "--", argument, "notice.md")
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {said}")
    assert err.count("\n") == 1


def test_a_shallow_clone_without_the_revision_is_wrong_use_and_no_silence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(Path("made").resolve())
    made.commit(**{"notice.md": OLD})
    made.commit(**{"notice.md": NEW})
    made.git("clone", "--quiet", "--depth=1", f"file://{made.folder}", "shallow")
    monkeypatch.chdir(made.folder / "shallow")
    code, out, err = call(capsys, "HEAD~1:notice.md", "notice.md")
    assert (code, out) == (2, "")
    assert "this clone is shallow; fetch its history, e.g. fetch-depth: 0 or git fetch --unshallow" in err


def test_another_repository_in_the_environment_does_not_matter(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other = Made(Path("made").resolve()), Made(Path("other").resolve())
    made.commit(**{"notice.md": OLD})
    other.commit(**{"notice.md": NEW})
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    assert "byte for byte" in call(capsys, "HEAD:notice.md", "notice.md")[1]


def test_without_git_files_are_compared_all_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert call(capsys, "new.md", "old.md")[0] == 0
    code, _, err = call(capsys, "HEAD:new.md", "old.md")
    assert code == 2
    assert "git is not installed, or not where PATH looks; install it" in err
