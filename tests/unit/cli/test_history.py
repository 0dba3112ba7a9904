"""`privaudit history` from end to end, on repositories made here with commits of given days."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from privaudit.cli.main import run
from tests.unit.repositories import Made

OPENING = "# Privacy notice\n\nWe transfer personal data of customers to the United States, where Statly keeps it.\n\n"
SAFE_HARBOR = OPENING + "Statly adheres to the EU-US Safe Harbor Principles.\n"
PRIVACY_SHIELD = OPENING + "Statly is certified under the EU-US Privacy Shield.\n"
CLAUSES = OPENING + "We have concluded the standard contractual clauses of Decision (EU) 2021/914 with Statly.\n"
FRAMEWORK = OPENING + "Statly is certified under the EU-US Data Privacy Framework.\n"
LFS = (
    "privacy.md: there is only a pointer to Git LFS; write the text to a file with git cat-file --filters, "
    "and name that"
)
HARBOR, SHIELD, DPF = "outdated-safe-harbor", "outdated-privacy-shield", "outdated-data-privacy-framework"


def commit(made: Made, day: str, text: str | None, name: str = "privacy.md", subject: str = "A step") -> str:
    """Commits a file on a day, or takes it away; gives the commit."""
    if text is None:
        (made.folder / name).unlink()
    else:
        made.write(name, text)
    return committed(made, day, "commit", "--quiet", "--allow-empty", "--message", subject)


def committed(made: Made, day: str, *arguments: str) -> str:
    made.git("add", "--all")
    dates = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": "2001-01-01T12:00:00Z"}
    subprocess.run(["git", *arguments], cwd=made.folder, check=True, env={**os.environ, **dates})  # noqa: S607
    return made.git("rev-parse", "HEAD")


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    assert run(["history", "--format", "json", "--as-of", "2026-11-26", "--lang", "en", *arguments]) == code
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def turns(data: dict[str, Any], rule: str) -> list[tuple[str, str, str, str | None]]:
    """Day, cause, outcome and severity of each turn of a rule."""
    return [
        (turn["date"], turn["cause"], change["new"]["outcome"], change["new"]["severity"])
        for turn in data["turns"]
        for change in turn["changes"]
        if change["rule"] == rule
    ]


def course(data: dict[str, Any], rule: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in data["rules"] if one["rule"] == rule)
    return found


def three_frameworks(made: Made) -> list[str]:
    return [
        commit(made, "2014-03-01", SAFE_HARBOR, subject="A first notice"),
        commit(made, "2014-06-01", SAFE_HARBOR + "\nWe bake bread.\n"),
        commit(made, "2016-09-01", PRIVACY_SHIELD, subject="The Shield is there"),
        commit(made, "2021-02-01", CLAUSES, subject="The Shield is gone"),
        commit(made, "2023-09-01", FRAMEWORK),
    ]


def test_mechanisms_die_on_their_day_and_vanish_with_the_right_commit(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = three_frameworks(made)
    data = told(capsys, "privacy.md")
    assert turns(data, HARBOR) == [
        ("2015-10-06", "law", "relied-on", "error"),
        ("2016-09-01", "commit", "absent", None),
    ]
    assert turns(data, SHIELD) == [
        ("2016-09-01", "commit", "relied-on", None),
        ("2020-07-16", "law", "relied-on", "error"),
        ("2021-02-01", "commit", "absent", None),
    ]
    assert turns(data, DPF) == [("2023-09-01", "commit", "relied-on", None)]
    by_day = {turn["date"]: turn["commit"] for turn in data["turns"]}
    assert (by_day["2016-09-01"], by_day["2021-02-01"]) == (ids[2], ids[3])
    assert [one["commit"] for one in data["versions"]] == ids


def test_it_is_told_how_long_a_dead_mechanism_stayed(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    three_frameworks(made)
    data = told(capsys, "privacy.md")
    late = {
        rule: (course(data, rule)["days_after_end"], course(data, rule)["still_there"]) for rule in (HARBOR, SHIELD)
    }
    # From 6 October 2015 to 1 September 2016, and from 16 July 2020 to 1 February 2021.
    assert late == {HARBOR: (331, False), SHIELD: (200, False)}
    assert course(data, SHIELD)["phases"] == [
        {"from": "2014-03-01", "until": "2016-09-01", "outcome": "absent", "severity": None},
        {"from": "2016-09-01", "until": "2020-07-16", "outcome": "relied-on", "severity": None},
        {"from": "2020-07-16", "until": "2021-02-01", "outcome": "relied-on", "severity": "error"},
        {"from": "2021-02-01", "until": None, "outcome": "absent", "severity": None},
    ]
    earlier = told(capsys, "privacy.md", "--until", "2020-07-26")
    assert (course(earlier, SHIELD)["days_after_end"], course(earlier, SHIELD)["still_there"]) == (10, True)
    assert earlier["as_of"] == "2020-07-26"
    on_the_day = told(capsys, "privacy.md", "--until", "2020-07-16")
    assert (course(on_the_day, SHIELD)["days_after_end"], course(on_the_day, SHIELD)["still_there"]) == (0, True)


def test_a_disclosure_is_due_from_the_day_of_the_regulation_and_hangs_on_the_law(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    three_frameworks(made)
    data = told(capsys, "privacy.md")
    assert turns(data, "art13-2-d-complaint") == [("2018-05-25", "law", "missing", "error")]
    assert turns(data, "art13-1-f-safeguards") == [
        ("2018-05-25", "law", "present", None),
        ("2020-07-16", "law", "partial", "warning"),
        ("2021-02-01", "commit", "present", None),
    ]


def test_since_lists_less_and_counts_all(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    ids = three_frameworks(made)
    data = told(capsys, "privacy.md", "--since", "2020-08-01")
    assert [one["commit"] for one in data["versions"]] == ids[3:]
    assert min(turn["date"] for turn in data["turns"]) == "2021-02-01"
    assert course(data, SHIELD)["days_after_end"] == 200


def test_a_renamed_file_is_followed_and_one_that_is_gone_is_told(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(made, "2014-03-01", SAFE_HARBOR, "old/notice.md")
    made.git("mv", "old/notice.md", "privacy.md")
    committed(made, "2015-01-01", "commit", "--quiet", "--message", "Moved")
    commit(made, "2016-01-01", None)
    data = told(capsys, "privacy.md")
    assert [(one["path"], one["status"]) for one in data["versions"]] == [
        ("old/notice.md", "audited"),
        ("privacy.md", "audited"),
        ("privacy.md", None),
    ]
    assert [(turn["date"], turn["gone"]) for turn in data["turns"] if not turn["changes"]] == [
        ("2014-03-01", False),
        ("2016-01-01", True),
    ]
    assert course(data, HARBOR)["days_after_end"] == 87
    assert course(data, HARBOR)["phases"][-1]["until"] == "2016-01-01"


def test_what_was_written_beside_the_branch_counts_from_its_merge(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(made, "2019-01-01", PRIVACY_SHIELD)
    made.git("checkout", "--quiet", "-b", "side")
    commit(made, "2020-01-01", CLAUSES)
    made.git("checkout", "--quiet", "main")
    commit(made, "2020-02-01", "x", "other.md")
    merged = committed(made, "2020-09-01", "merge", "--quiet", "--no-ff", "--message", "Merged", "side")
    data = told(capsys, "privacy.md")
    assert [one["commit"] for one in data["versions"]][1:] == [merged]
    assert course(data, SHIELD)["days_after_end"] == 47


def test_the_same_text_is_read_and_judged_once_between_two_dates_of_the_law(
    made: Made, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from privaudit.cli import stages

    days: list[str] = []
    judged = stages.audited

    def counting(*arguments: Any) -> Any:
        days.append(arguments[2].isoformat())
        return judged(*arguments)

    monkeypatch.setattr(stages, "audited", counting)
    for number in range(3):
        commit(made, f"2019-02-0{1 + 2 * number}", SAFE_HARBOR)
        commit(made, f"2019-02-0{2 + 2 * number}", PRIVACY_SHIELD)
    told(capsys, "privacy.md", "--until", "2019-03-01")
    assert days == ["2019-02-01", "2019-02-02"]


def test_clocks_that_went_wrong_turn_no_day_back(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    commit(made, "2021-01-01", PRIVACY_SHIELD)
    commit(made, "2019-01-01", CLAUSES)
    data = told(capsys, "privacy.md")
    assert [one["date"] for one in data["versions"]] == ["2021-01-01", "2021-01-01"]


def test_the_json_keeps_to_its_schema(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    three_frameworks(made)
    commit(made, "2024-01-01", None)
    data = told(capsys, "privacy.md")
    assert run(["schema", "history"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


HOSTILE = '<script>alert("x")</script> & \x1b[31mred\u202e [a](b) |'


@pytest.mark.parametrize("name", ["rich", "markdown", "svg", "html"])
def test_people_see_the_days_and_nothing_of_a_subject_gets_through(
    made: Made, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    commit(made, "2019-01-01", PRIVACY_SHIELD, subject=HOSTILE)
    commit(made, "2020-07-20", CLAUSES, subject=HOSTILE)
    assert run(["history", "privacy.md", "--format", name, "--as-of", "2026-11-26", "--color", "never"]) == 0
    text = capsys.readouterr().out
    assert "2020-07-16" in text
    assert "2026-11-26" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    if name != "rich":
        assert "<script" not in text
        assert "](b)" not in text or name in ("svg", "html")
    if name == "html":
        assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text
        assert "unsafe-inline" not in text
        assert " style=" not in text
    if name == "svg":
        import xml.etree.ElementTree as ElementTree

        assert ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314 - made here
        assert "prefers-color-scheme: dark" in text


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["history", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err.strip()


def test_what_is_wrong_is_told_in_one_line(made: Made, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "no revision 'HEAD' in this repository, which has no commit yet" in refused(capsys, "privacy.md")
    commit(made, "2019-01-01", PRIVACY_SHIELD)
    made.write("new.md", "x")
    assert refused(capsys, "new.md").startswith("error: new.md: no commit of this branch touched it")
    assert refused(capsys, "nowhere.md").startswith("error: nowhere.md: no commit of this branch touched it")
    assert refused(capsys, ".") == "error: .: is a folder; name a file"
    assert "'-': has no history" in refused(capsys, "-")
    assert refused(capsys, "privacy.md", "--since", "soon").startswith("error: --since: 'soon' is no date")
    assert refused(capsys, "privacy.md", "--until", "2019-02-30").startswith("error: --until: '2019-02-30' is no date")
    assert "--until: 2019-03-01 is after 2019-02-01" in refused(
        capsys, "privacy.md", "--until", "2019-03-01", "--as-of", "2019-02-01"
    )
    assert "--since: 2019-03-01 is after" in refused(
        capsys, "privacy.md", "--since", "2019-03-01", "--until", "2019-02-01"
    )
    assert "no commit up to 2018-01-01; the first is of 2019-01-01" in refused(
        capsys, "privacy.md", "--until", "2018-01-01"
    )
    (tmp_path / "outside.md").write_text("x")
    assert "no git repository here or above" in refused(capsys, str(tmp_path / "outside.md"))


def test_a_shallow_clone_says_what_it_does_not_know(
    made: Made, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_frameworks(made)
    clone = tmp_path / "clone"
    made.git("clone", "--quiet", "--depth", "2", f"file://{made.folder}", str(clone))
    monkeypatch.chdir(clone)
    data = told(capsys, "privacy.md", code=3)
    assert data["not_known"].startswith("this clone is shallow: what was before commit ")
    assert len(data["versions"]) == 2
    assert run(["history", "privacy.md"]) == 3
    assert "! this clone is shallow" in capsys.readouterr().out


def test_a_text_in_a_language_without_rules_is_incomplete(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    commit(made, "2019-01-01", PRIVACY_SHIELD)
    commit(made, "2020-01-01", "Tätä tietoa ei anneta muille. " * 40)
    assert run(["history", "privacy.md", "--as-of", "2020-02-01"]) == 3
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("! ")]
    assert len(lines) == 1
    assert "of 2020-01-01 was not audited in full" in lines[0]


def test_a_link_and_a_pointer_to_another_store_are_no_texts(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    commit(made, "2019-01-01", PRIVACY_SHIELD)
    commit(made, "2020-01-01", None)
    made.folder.joinpath("privacy.md").symlink_to("elsewhere.md")
    committed(made, "2020-02-01", "commit", "--quiet", "--message", "A link")
    made.folder.joinpath("privacy.md").unlink()
    commit(made, "2020-03-01", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n")
    data = told(capsys, "privacy.md", code=3)
    assert [(one["status"], one["problems"]) for one in data["versions"][2:]] == [
        ("not-audited", ["is no regular file there"]),
        ("not-audited", [LFS]),
    ]
