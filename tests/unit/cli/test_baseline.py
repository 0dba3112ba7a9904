"""`privaudit baseline`, and what `check` makes of it."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.unit.house import COMPLAINT, PLAIN, House

BASELINE = "privaudit-baseline.json"
FIRST = "We lend bicycles to whoever asks for one at the desk.\n"
SECOND = "Bicycles with two seats are lent for an afternoon.\n"
NOTICE = f"# Privacy notice\n\n{PLAIN}\n## What we lend\n\n{FIRST}\n## What else\n\n{SECOND}"


@pytest.fixture
def repository(house: House) -> House:
    """A house in a repository, with a notice in a folder and a baseline of it."""
    (house.here / ".git").mkdir()
    house.write("legal/privacy.md", NOTICE)
    assert house.call("baseline").code == 0
    return house


def summary(house: House, *arguments: str) -> tuple[int, int, int]:
    """New findings, those of the baseline, and stale entries."""
    report = house.report(*(arguments or (".",)), "--baseline", str(house.here / BASELINE))
    told = report["summary"]
    return told["errors"] + told["warnings"] + told["notes"], told["baselined"], len(report.get("stale", ()))


def entries(house: House) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((house.here / BASELINE).read_text())["entries"]
    return found


# -- writing one


def test_it_is_written_and_makes_the_run_green(house: House) -> None:
    house.write("privacy.md", NOTICE)
    assert house.check(".").code == 1
    code, out, err = house.call("baseline")
    assert (code, out) == (0, "")
    assert err == (f"wrote {BASELINE}: 3 findings in 1 document; use it with: privaudit check --baseline {BASELINE}\n")
    assert sorted((one["path"], one["rule"], one.get("quote", "")) for one in entries(house)) == [
        ("privacy.md", "bicycle", SECOND.strip()),
        ("privacy.md", "bicycle", FIRST.strip()),
        ("privacy.md", "complaint", ""),
    ]
    assert house.check(".", "--baseline", BASELINE, "--fail-on", "note") == (0, "", "")
    assert house.check(".").code == 1


def test_made_twice_it_is_the_same_and_one_in_force_is_not_emptied(house: House) -> None:
    house.write("privacy.md", NOTICE)
    house.call("baseline")
    first = Path(BASELINE).read_bytes()
    house.write("privaudit.yaml", f"baseline: {BASELINE}\n")
    assert house.check(".").code == 0
    house.call("baseline")
    assert Path(BASELINE).read_bytes() == first


def test_it_holds_no_lines_and_no_times(house: House) -> None:
    house.write("privacy.md", NOTICE)
    house.call("baseline", "--as-of", "2026-11-26")
    first = Path(BASELINE).read_bytes()
    house.write("privacy.md", f"# Privacy notice\n\nA new first paragraph about our readers.\n\n{NOTICE[18:]}")
    house.call("baseline", "--as-of", "2026-12-24")
    assert Path(BASELINE).read_bytes() == first


def test_where_it_goes(house: House) -> None:
    house.write("privacy.md", NOTICE)
    assert house.call("baseline", "--output", "made/base.json").code == 0
    assert Path("made/base.json").is_file()
    house.write("privaudit.yaml", "baseline: configured.json\n")
    assert house.call("baseline").code == 0
    assert Path("configured.json").read_bytes() == Path("made/base.json").read_bytes()
    assert not Path(BASELINE).exists()


def test_suppressed_findings_and_findings_about_suppressions_are_not_recorded(house: House) -> None:
    house.write(
        "privacy.md",
        f'# Privacy notice\n\n{PLAIN}<!-- privaudit: ignore complaint reason="agreed" -->\n'
        f'\n{FIRST}\n<!-- privaudit: ignore tram reason="agreed" -->\n\n{SECOND}',
    )
    house.write("privaudit.yaml", "suppressions: [{rule: bicycle, paths: other/, reason: agreed}]\n")
    house.call("baseline")
    assert {one["rule"] for one in entries(house)} == {"bicycle"}
    assert house.check("privacy.md", "--baseline", BASELINE).out == (
        "privacy.md:8:1: warning suppression-unused No finding needs the suppression of tram.\n"
    )


def test_what_could_not_be_read_is_told_and_the_rest_recorded(house: House) -> None:
    house.write("privacy.md", NOTICE)
    house.write("cookies.md", b"%PDF-1.7 \x00")
    code, _, err = house.call("baseline", ".")
    assert code == 3
    assert err.startswith("incomplete: cookies.md: ")
    assert len(entries(house)) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.md"], "error: nowhere.md: no such file or folder; no baseline was written"),
        (["empty"], "empty: no document found"),
        (["privacy.md", "--force"], "--force"),
        (["privacy.md", "--output", "legal"], "legal: cannot be written: "),
        (["privacy.md", "--output", "privacy.md/base.json"], "privacy.md/base.json: cannot be written: "),
        (["privacy.md", "--output", "privacy.md"], "privacy.md: cannot be written: it was read as privacy.md"),
        (["--select", "bycicle"], "did you mean bicycle?"),
        (["--encoding", "klingon"], "--encoding"),
        (["--profile", "strictest"], "--profile"),
    ],
)
def test_wrong_use_leaves_a_baseline_as_it_was(house: House, arguments: list[str], told: str) -> None:
    house.write("privacy.md", NOTICE)
    house.write(BASELINE, "as it was")
    (house.here / "empty").mkdir()
    (house.here / "legal").mkdir()
    code, _, err = house.call("baseline", *arguments)
    assert code == 2
    assert told in err
    assert len(err.splitlines()) == 1
    assert Path(BASELINE).read_text() == "as it was"
    assert Path("privacy.md").read_text() == NOTICE


def test_a_run_with_nothing_to_look_at_does_not_empty_it(house: House) -> None:
    house.write("privacy.md", NOTICE)
    house.write("privaudit.yaml", "exclude: [privacy.md]\nforce_exclude: true\n")
    house.write(BASELINE, "as it was")
    code, _, err = house.call("baseline", "privacy.md")
    assert (code, err) == (2, "error: every file that was named is excluded; no baseline was written\n")
    assert Path(BASELINE).read_text() == "as it was"


# -- heeding one


def test_a_new_passage_of_a_known_finding_is_new(repository: House) -> None:
    repository.write("legal/privacy.md", f"{NOTICE}\nBicycles for children are lent, too.\n")
    out = repository.check(".", "--baseline", BASELINE).out
    assert out == "legal/privacy.md:13:1: warning bicycle bicycle.\n"


@pytest.mark.parametrize(
    "text",
    [
        f"# Privacy notice\n\n## What else\n\n{SECOND}\n## What we lend\n\n{FIRST}\n{PLAIN}",
        NOTICE.replace("\n\n", "\n\n\n\n").replace(" asks for", "\nasks for"),
        NOTICE.replace("What we lend", "Our vehicles"),
        NOTICE.replace("\n", "\r\n"),
        f"\ufeff{NOTICE}",
        f"A paragraph that was not here before.\n\n{NOTICE}",
        NOTICE.replace(FIRST, f'{FIRST.strip()} <!-- privaudit: ignore tram reason="agreed" --> It has a lock.\n'),
        NOTICE.replace("whoever asks", 'whoever <!-- privaudit: ignore bus reason="agreed" --> asks'),
        NOTICE.replace("We lend", "WE LEND"),
    ],
    ids=["moved", "wrapped", "heading", "windows", "mark", "before", "suppressed", "within", "case"],
)
def test_what_does_not_change_a_finding(repository: House, text: str) -> None:
    repository.write("legal/privacy.md", text)
    report = repository.report(".", "--baseline", BASELINE)
    new = [one["rule"] for one in report["documents"][0]["verdicts"] if one["severity"] and one["state"] == "new"]
    assert [one for one in new if not one.startswith("suppression")] == []
    assert report.get("stale", []) == []


def test_a_missing_disclosure_that_becomes_partial_is_new(repository: House) -> None:
    repository.write("legal/privacy.md", f"{NOTICE}\nYou may complain.\n")
    assert repository.check(".", "--baseline", BASELINE).out == (
        "legal/privacy.md:13:1: warning complaint complaint: only partly disclosed.\n"
    )
    assert summary(repository) == (1, 1, 1)


def test_a_mended_finding_leaves_a_stale_entry_and_changes_no_exit_code(repository: House) -> None:
    repository.write("legal/privacy.md", NOTICE.replace(SECOND, COMPLAINT))
    report = repository.report(".", "--baseline", BASELINE)
    assert sorted((one["path"], one["rule"], one["quote"]) for one in report["stale"]) == [
        ("legal/privacy.md", "bicycle", SECOND.strip()),
        ("legal/privacy.md", "complaint", ""),
    ]
    assert report["summary"]["exit_code"] == 0
    out = repository.call("check", ".", "--baseline", BASELINE).out
    assert f'stale in the baseline legal/privacy.md: bicycle "{SECOND.strip()}"\n' in out


def test_what_this_run_did_not_look_at_is_not_stale(repository: House) -> None:
    repository.write("legal/cookies.md", NOTICE)
    repository.call("baseline")
    assert summary(repository, "legal/cookies.md") == (0, 2, 0)
    assert summary(repository, ".", "--select", "tram") == (0, 0, 0)
    repository.write("legal/privacy.md", b"%PDF-1.7 \x00")
    assert summary(repository) == (0, 2, 0)
    (repository.here / "legal/privacy.md").unlink()
    assert summary(repository, "legal/cookies.md") == (0, 2, 3)


def test_other_folders_give_the_same(repository: House, monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(repository.here / BASELINE)
    whole = [one["fingerprint"] for one in repository.report(".")["documents"][0]["verdicts"]]
    for folder, argument in (("legal", "."), ("legal", "privacy.md"), (".git", "../legal"), ("..", "here/legal")):
        monkeypatch.chdir(repository.here / folder)
        report = repository.report(argument, "--baseline", file)
        if folder != "..":
            assert [one["fingerprint"] for one in report["documents"][0]["verdicts"]] == whole
            assert report["summary"]["baselined"] == 2
    monkeypatch.chdir(repository.here / "legal")
    repository.call("baseline", "--output", "from-below.json")
    assert Path("from-below.json").read_bytes() == Path(file).read_bytes()


def test_the_configured_one_is_found_from_below(repository: House, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("privaudit.yaml", f"baseline: {BASELINE}\n")
    monkeypatch.chdir(repository.here / "legal")
    assert repository.check("privacy.md") == (0, "", "")
    assert repository.check("privacy.md", "--isolated").code == 1


def test_a_worktree_counts_as_a_repository(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.write(".git", "gitdir: /elsewhere\n")
    house.write("legal/privacy.md", NOTICE)
    monkeypatch.chdir(house.here / "legal")
    house.call("baseline")
    assert {one["path"] for one in json.loads(Path(BASELINE).read_text())["entries"]} == {"legal/privacy.md"}


def test_a_file_outside_the_repository_is_known_by_its_whole_path(repository: House) -> None:
    outside = repository.here.parent / "privacy.md"
    outside.write_text(NOTICE)
    repository.call("baseline", str(outside))
    assert {one["path"] for one in entries(repository)} == {outside.as_posix()}
    assert summary(repository, "../privacy.md") == (0, 2, 0)


def test_standard_input_is_known_by_its_name(repository: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("legal/privacy.md", "./legal/privacy.md", str(repository.here / "legal/privacy.md"), "legal/new.md"):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(NOTICE.encode())))
        code, out, _ = repository.check("-", "--stdin-filename", name, "--baseline", BASELINE)
        assert (code, out == "") == ((1, False) if name == "legal/new.md" else (0, True))


def test_standard_input_may_be_recorded_and_is_not_stale(repository: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for command, more in (("baseline", ()), ("check", ("--baseline", BASELINE, "--quiet"))):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(NOTICE.encode())))
        result = repository.call(command, "-", "--stdin-filename", "made/page.md", *more)
        assert (result.code, result.out) == (0, "")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(NOTICE.encode())))
    assert summary(repository, "-", "--stdin-filename", "made/page.md") == (0, 2, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, f"{BASELINE}: no such baseline; write it with: privaudit baseline --output {BASELINE}"),
        (b"\xff\xfe", f"{BASELINE}: is not UTF-8"),
        (b'{"schema": "privaudit-baseline/9"}', f"{BASELINE}: cannot be read: a newer version of privaudit wrote it"),
        (
            b'{"schema": "privaudit-baseline/1", "entries": [\n<<<<<<< ours\n',
            f"{BASELINE}:2: holds the marks of a merge",
        ),
    ],
)
def test_a_baseline_that_cannot_be_used_stops_the_run(house: House, text: bytes | None, told: str) -> None:
    house.write("privacy.md", NOTICE)
    if text is not None:
        house.write(BASELINE, text)
    for arguments in (("--baseline", BASELINE), ()):
        code, out, err = house.check(".", *arguments)
        assert (code, out) == (2, "")
        place = "" if arguments or text is not None else "privaudit.yaml:1:1: "
        assert err.startswith(f"error: {place}{told}")
        assert len(err.splitlines()) == 1
        house.write("privaudit.yaml", f"baseline: {BASELINE}\n")


def test_a_folder_or_nothing_is_no_baseline(house: House) -> None:
    house.write("privacy.md", NOTICE)
    assert "error: .: cannot be read: " in house.check(".", "--baseline", ".").err
    assert house.check(".", "--baseline", "") == (2, "", "error: --baseline: lacks a file name\n")


def test_a_hostile_path_in_a_baseline_is_no_fault(house: House) -> None:
    house.write("privacy.md", NOTICE)
    paths = ["x" * 5000, "a\0b", "\x1b[31m"]
    made = [{"path": path, "rule": "tram", "fingerprint": "f"} for path in paths]
    house.write(BASELINE, json.dumps({"schema": "privaudit-baseline/1", "entries": made}))
    for name in ("concise", "rich", "markdown", "json"):
        code, out, err = house.call("check", ".", "--baseline", BASELINE, "--format", name)
        assert (code, err) == (1, "")
        assert "\x1b" not in out
    assert summary(house)[2] == 3


def test_a_byte_order_mark_and_windows_lines_in_a_baseline(repository: House) -> None:
    text = Path(BASELINE).read_text().replace("\n", "\r\n")
    Path(BASELINE).write_bytes(f"\ufeff{text}".encode())
    assert summary(repository) == (0, 2, 0)
