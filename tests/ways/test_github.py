"""The GitHub Action, and the workflows in the documentation."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
import yaml

from tests.ways import schema, weaknesses
from tests.ways.action import ACTION, STEPS, run_step
from tests.ways.pages import ROOT, examples

PAGE = "docs/ci-github.md"
NOTICE = """# Privacy notice

Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller. We rely on the EU-U.S. Privacy Shield.
"""
# Records its arguments, writes what it is told to write, and ends as it is told to.
STUB = """#!/usr/bin/env bash
printf '%s\\0' "$@" > arguments
for argument in "$@"; do
  case "$argument" in --format=sarif=*) [[ -n "${NO_REPORT:-}" ]] || echo '{}' > "${argument#--format=sarif=}" ;; esac
done
exit "${CODE:-0}"
"""
# What would do something, were it ever read by a shell, by privaudit as an option or as a line of outputs.
HOSTILE = [
    "$(touch caught)",
    "`touch caught`",
    "; touch caught",
    "a b",
    "*",
    "'",
    '"',
    "--help",
    "\\",
    "x && touch caught",
]


@pytest.fixture
def stub(tmp_path: Path) -> str:
    (tmp_path / "privaudit").write_text(STUB)
    (tmp_path / "privaudit").chmod(0o755)
    return str(tmp_path)


def arguments(folder: Path) -> list[str]:
    return (folder / "arguments").read_text().split("\0")[:-1]


# -- The action as a file


def test_the_action_is_valid_and_without_known_weakness() -> None:
    schema.check("github-actions", ROOT / "action.yml")
    weaknesses.check(ROOT / "action.yml")


def test_no_input_is_part_of_a_script() -> None:
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


def test_every_input_is_used_and_described_on_the_page() -> None:
    used = set(re.findall(r"inputs\.([a-z-]+)", yaml.safe_dump(ACTION["runs"])))
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    inputs, outputs = page.partition("| input |")[2].split("| output |")[:2]
    assert used == set(ACTION["inputs"]) == set(re.findall(r"^\| `([a-z-]+)` \|", inputs, re.MULTILINE))
    told = outputs.partition("\n\n")[0]
    assert set(ACTION["outputs"]) == set(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE))


# -- The action at work


def test_the_action_audits_annotates_sums_up_and_fails(installed: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / ".git").mkdir(parents=True)
    (site / "legal notices").mkdir()
    (site / "legal notices" / "privacy.md").write_text(NOTICE)
    # A module of the audited repository must not be taken for one of privaudit's.
    (site / "rich.py").write_text("raise SystemExit(99)")
    done = run_step(
        "check",
        site,
        temporary=tmp_path,
        inputs={
            "paths": "legal notices/privacy.md",
            "sarif-file": "out/privaudit.sarif",
            "args": "--as-of=2026-11-24\n--select=outdated\n--lang\nen\n",
        },
        known={"steps.install.outputs.bin": str(installed)},
        PRIVAUDIT_CACHE_DIR=str(tmp_path / "cache"),
    )
    assert done.code == 1
    assert done.outputs == {"exit-code": "1", "sarif-file": "out/privaudit.sarif"}
    annotation = r"::error file=legal notices/privacy\.md,line=3,endLine=3,.*title=outdated-privacy-shield::"
    assert re.match(annotation, done.log)
    assert done.summary.startswith(
        "<!-- privaudit report -->\n# Audit of privacy notices\n\n**1 error, 0 warnings, 0 notes** in 1 document."
    )
    log = json.loads((site / "out" / "privaudit.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text(encoding="utf-8")))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["outdated-privacy-shield"]


def test_every_input_becomes_its_argument(stub: str, tmp_path: Path) -> None:
    done = run_step(
        "check",
        tmp_path,
        temporary=tmp_path,
        inputs={
            "paths": "a b.md\n\r\n legal/\n",
            "config": "c.yaml",
            "fail-on": "warning\nart13-2-a-retention",
            "since": "0a1b2c",
            "baseline": "b.json",
            "sarif-file": "s.sarif",
            "args": "--lang=nl\n--quiet",
        },
        known={"steps.install.outputs.bin": stub},
    )
    assert (done.code, done.log) == (0, "")
    found = arguments(tmp_path)
    assert re.fullmatch(r"--format=summary=/.*", found.pop(8))
    assert found == [
        *("check", "--format=github", "--config=c.yaml", "--fail-on=warning", "--fail-on=art13-2-a-retention"),
        *("--since=0a1b2c", "--baseline=b.json", "--format=sarif=s.sarif", "--lang=nl", "--quiet"),
        *("--", "a b.md", " legal/"),
    ]


def test_without_inputs_the_whole_repository_is_audited(stub: str, tmp_path: Path) -> None:
    done = run_step(
        "check", tmp_path, temporary=tmp_path, inputs={"summary": "false"}, known={"steps.install.outputs.bin": stub}
    )
    assert arguments(tmp_path) == ["check", "--format=github", "--", "."]
    assert done.outputs == {"exit-code": "0"}


def test_what_an_input_says_is_never_run(stub: str, tmp_path: Path) -> None:
    text = "\n".join(HOSTILE)
    done = run_step(
        "check",
        tmp_path,
        temporary=tmp_path,
        inputs=dict.fromkeys(("paths", "config", "fail-on", "since", "baseline", "args"), text) | {"summary": text},
        known={"steps.install.outputs.bin": stub},
    )
    assert (done.code, done.log) == (0, "")
    assert not (tmp_path / "caught").exists()
    found = arguments(tmp_path)
    assert found[found.index("--") + 1 :] == HOSTILE
    for option in ("--config=", "--fail-on=", "--since=", "--baseline=", ""):
        assert {f"{option}{one}" for one in HOSTILE} <= set(found)


def test_the_name_of_a_report_sets_no_other_output(stub: str, tmp_path: Path) -> None:
    done = run_step(
        "check",
        tmp_path,
        temporary=tmp_path,
        inputs={"sarif-file": "s.sarif\nexit-code=0\nother=1"},
        known={"steps.install.outputs.bin": stub},
        CODE="1",
    )
    assert done.outputs == {"exit-code": "1", "sarif-file": "s.sarif"}


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_step_ends_as_privaudit_does_after_its_outputs(code: int, stub: str, tmp_path: Path) -> None:
    done = run_step(
        "check",
        tmp_path,
        temporary=tmp_path,
        inputs={"sarif-file": "s.sarif"},
        known={"steps.install.outputs.bin": stub},
        CODE=str(code),
    )
    assert done.code == code
    assert done.outputs == {"exit-code": str(code), "sarif-file": "s.sarif"}


def test_a_report_of_an_earlier_run_is_not_handed_on(stub: str, tmp_path: Path) -> None:
    (tmp_path / "s.sarif").write_text("{}")
    done = run_step(
        "check",
        tmp_path,
        temporary=tmp_path,
        inputs={"sarif-file": "s.sarif"},
        known={"steps.install.outputs.bin": stub},
        CODE="2",
        NO_REPORT="1",
    )
    assert (done.code, done.outputs) == (2, {"exit-code": "2"})


# -- The workflows of the page


@pytest.fixture
def workflows(tmp_path: Path) -> list[Path]:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    files = []
    for number, text in enumerate(examples(PAGE, "yaml")):
        files.append(folder / f"{number}.yml")
        files[-1].write_text(text, encoding="utf-8")
    return files


def test_the_workflows_of_the_page_are_valid_and_without_known_weakness(workflows: list[Path]) -> None:
    assert len(workflows) == 5
    schema.check("github-workflows", *workflows)
    weaknesses.check(*workflows)


def test_the_workflows_use_inputs_and_outputs_that_there_are(workflows: list[Path]) -> None:
    used = 0
    for file in workflows:
        text = file.read_text(encoding="utf-8")
        assert set(re.findall(r"steps\.privaudit\.outputs\.([a-z-]+)", text)) <= set(ACTION["outputs"])
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("OWNER/privaudit@"):
                    assert set(step["with"]) <= set(ACTION["inputs"])
                    used += 1
    assert used == 3


class Site(NamedTuple):
    """A clone of a repository, and what its commands see of the environment."""

    there: Path
    here: Path
    environment: dict[str, str]

    def git(self, folder: Path, *words: str) -> str:
        command = ["git", "-C", str(folder), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()

    def run(self, script: str, **more: str) -> int:
        # How a step that names no shell is run (GitHub Docs, "Workflow syntax").
        command = ["bash", "-e", "-c", script]
        return subprocess.run(command, cwd=self.here, env=self.environment | more, check=False).returncode


@pytest.fixture
def site(tmp_path: Path) -> Site:
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PRIVAUDIT_CACHE_DIR": str(tmp_path / "cache")}
    site = Site(tmp_path / "there", tmp_path / "here", environment | identity)
    (site.there / "policies").mkdir(parents=True)
    (site.there / "policies" / "privacy.md").write_text(f"{NOTICE}\nYou may complain to the supervisory authority.\n")
    site.git(site.there, "init", "--quiet", "--initial-branch=main")
    site.git(site.there, "add", ".")
    site.git(site.there, "commit", "--quiet", "--message=one")
    site.git(tmp_path, "clone", "--quiet", str(site.there), str(site.here))
    return site


def steps(workflows: list[Path]) -> dict[str, str]:
    """The scripts of the workflows by the id or the name of their step."""
    found: dict[str, str] = {}
    for file in workflows:
        for job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values():
            found |= {step.get("id", step.get("name")): step["run"] for step in job["steps"] if "run" in step}
    return found


def test_the_begin_of_a_branch_is_found(workflows: list[Path], site: Site, tmp_path: Path) -> None:
    begin = site.git(site.there, "rev-parse", "HEAD")
    site.git(site.there, "commit", "--quiet", "--allow-empty", "--message=main goes on")
    site.git(site.here, "commit", "--quiet", "--allow-empty", "--message=branch")
    site.git(site.here, "fetch", "--quiet")
    assert site.run(steps(workflows)["begin"], BASE="main", GITHUB_OUTPUT=str(tmp_path / "output")) == 0
    assert (tmp_path / "output").read_text() == f"revision={begin}\n"


@pytest.mark.parametrize(("added", "code"), [("", 0), ("We adhere to the U.S.-EU Safe Harbor Framework.\n", 1)])
def test_only_what_a_branch_adds_fails(added: str, code: int, site: Site, installed: Path, tmp_path: Path) -> None:
    begin = site.git(site.here, "rev-parse", "HEAD")
    notice = site.here / "policies" / "privacy.md"
    notice.write_text(f"{notice.read_text()}\nOur shop is open on Sundays.\n\n{added}")
    done = run_step(
        "check",
        site.here,
        temporary=tmp_path,
        inputs={"paths": "policies/", "since": begin, "summary": "false"},
        known={"steps.install.outputs.bin": str(installed)},
        **site.environment,
    )
    assert done.code == code, done.log
    assert ("title=outdated-safe-harbor" in done.log) is bool(added)
    assert "title=outdated-privacy-shield" not in done.log


# Answers a look for comments with what it is told, and notes every other call.
GH = """#!/usr/bin/env bash
case "$*" in
  *--paginate*) printf '%s' "${FOUND:-}" ;;
  *) printf '%s\\n' "$@" > called ;;
esac
"""


@pytest.mark.parametrize(
    ("found", "called"),
    [
        ("", ["repos/o/r/issues/7/comments"]),
        ("41\n43\n", ["--method", "PATCH", "repos/o/r/issues/comments/41"]),
    ],
)
def test_a_lost_disclosure_becomes_one_comment(
    found: str, called: list[str], workflows: list[Path], site: Site, installed: Path, tmp_path: Path
) -> None:
    (site.here / "policies" / "privacy.md").write_text(NOTICE)
    for words in (["checkout", "--quiet", "-b", "branch"], ["commit", "--quiet", "--all", "--message=two"]):
        site.git(site.here, *words)
    site.git(site.here, "checkout", "--quiet", "main")
    site.git(site.here, "merge", "--quiet", "--no-ff", "branch")
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "privaudit").symlink_to(installed / "privaudit")
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    summary = tmp_path / "summary"
    scripts = steps(workflows)
    assert site.run(scripts["Compare"], PATH=path, GITHUB_STEP_SUMMARY=str(summary)) == 1
    comment = (site.here / "comment.md").read_text()
    assert comment.startswith("<!-- privaudit diff -->\n")
    assert "art13-2-d-complaint" in comment
    assert summary.read_text() == comment
    assert site.run(scripts["Comment"], PATH=path, GITHUB_REPOSITORY="o/r", NUMBER="7", FOUND=found) == 0
    assert (site.here / "called").read_text().splitlines() == [
        *("api", "--silent"), *called, *("--field", "body=@comment.md")
    ]  # fmt: skip
