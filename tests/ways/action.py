"""The steps of action.yml, run as a runner of GitHub Actions runs them."""

import os
import re
import subprocess
import uuid
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.ways.pages import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"]}
# `bash` as a shell of a step means this (GitHub Docs, "Workflow syntax", jobs.<job_id>.steps[*].shell).
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


class Ran(NamedTuple):
    """What a step left behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def evaluated(step: dict[str, Any], inputs: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """The variables of a step: inputs, given or by default, and what earlier steps put out."""
    given = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | inputs
    values = {f"inputs.{name}": value for name, value in given.items()} | known

    def value(expression: re.Match[str]) -> str:
        alternatives = [part.strip() for part in expression[1].split("||")]
        found = [part[1:-1] if part.startswith("'") else values[part] for part in alternatives]
        return next((one for one in found if one), "")

    return {name: re.sub(r"\$\{\{ (.*?) \}\}", value, text) for name, text in step.get("env", {}).items()}


def run_step(
    name: str,
    folder: Path,
    *,
    temporary: Path,
    inputs: dict[str, str] | None = None,
    known: dict[str, str],
    **more: str,
) -> Ran:
    """Runs the script of a step in a folder; `known` are the contexts that its variables use besides the inputs."""
    step = STEPS[name]
    files = temporary / uuid.uuid4().hex
    files.mkdir()
    for file in ("output", "summary"):
        (files / file).touch()
    (files / "script.sh").write_text(step["run"], encoding="utf-8")
    done = subprocess.run(
        [*BASH, str(files / "script.sh")],
        cwd=folder,
        env={
            **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
            **{key: value for key, value in os.environ.items() if key.startswith("PIP_")},
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(files / "output"),
            "GITHUB_STEP_SUMMARY": str(files / "summary"),
            "RUNNER_TEMP": str(temporary),
            **evaluated(step, inputs or {}, known),
            **more,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in (files / "output").read_text().splitlines())
    return Ran(done.returncode, done.stdout, outputs, (files / "summary").read_text())
