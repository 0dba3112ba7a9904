"""The image, as far as that can be checked without an engine for containers.

No image is built here. What is checked: hadolint reads the Dockerfile and has nothing against it; what it copies is
there and is not kept out by .dockerignore; the step that installs privaudit works with those files alone; and what it
installs does what the image does when it starts. The base image, the packages of the system and the user are not tried.
"""

import json
import os
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
import yaml

from tests.ways import schema
from tests.ways.pages import ROOT, examples

FILE = ROOT / "Dockerfile"
NOTICE = """# Privacy notice

Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller. We rely on the EU-U.S. Privacy Shield.
"""


class Instruction(NamedTuple):
    """An instruction of the Dockerfile with its words as one text."""

    name: str
    text: str


def instructions() -> list[list[Instruction]]:
    """The instructions of each stage."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    stages: list[list[Instruction]] = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if not line.strip():
            continue
        found = Instruction(*line.split(None, 1))
        if found.name == "FROM":
            stages.append([])
        stages[-1].append(found)
    return stages


def texts(stage: list[Instruction], name: str) -> list[str]:
    return [one.text for one in stage if one.name == name]


def sent(path: PurePosixPath) -> bool:
    """Whether a file is sent to the engine: the last line of .dockerignore that matches it, or a folder of it, decides.

    Source: Docker Docs, "Build context", .dockerignore files.
    """
    parts = [PurePosixPath(*path.parts[: number + 1]) for number in range(len(path.parts))]
    kept = True
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!")
        anywhere = pattern.startswith("**/")
        named = [part.name if anywhere else part.as_posix() for part in parts]
        if any(fnmatchcase(name, pattern.removeprefix("**/")) for name in named if anywhere or "/" not in name):
            kept = line.startswith("!")
    return kept


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that an engine would get."""
    folder = tmp_path_factory.mktemp("context")
    for here, folders, files in os.walk(ROOT):
        base = PurePosixPath(Path(here).relative_to(ROOT).as_posix())
        folders[:] = [name for name in folders if sent(base / name)]
        for name in files:
            if sent(base / name):
                (folder / base).mkdir(parents=True, exist_ok=True)
                shutil.copy(Path(here, name), folder / base / name)
    return folder


def test_hadolint_has_nothing_against_it() -> None:
    command = shutil.which("hadolint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if command is None and sys.platform == "win32":
        pytest.skip("there is no hadolint for Windows among the development packages")
    assert command, "hadolint belongs to the development packages"
    done = subprocess.run([command, "--no-color", str(FILE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_only_what_is_needed_is_sent(context: Path) -> None:
    assert {path.name for path in context.iterdir()} == {
        "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "privaudit", "rules",
    }  # fmt: skip
    assert not [path for path in context.rglob("*") if path.name == "__pycache__"]
    assert (context / "rules" / "gdpr" / "pack.yaml").is_file()


def test_the_image_is_that_of_a_command_and_not_of_root() -> None:
    build, image = instructions()
    assert texts(build, "FROM")[0].startswith("python:3.")
    assert texts(image, "USER") == ["1000:1000"]
    assert texts(image, "WORKDIR") == ["/work"]
    assert json.loads(texts(image, "ENTRYPOINT")[0]) == ["privaudit"]
    # The environment of Python names the place of its interpreter, so both stages must have the same one.
    assert texts(build, "FROM")[0].removesuffix(" AS build") == texts(image, "FROM")[0]


def test_what_it_installs_from_those_files_starts(context: Path, tmp_path: Path) -> None:
    build, image = instructions()
    source, target = tmp_path / "src", tmp_path / "opt"
    source.mkdir()
    for text in texts(build, "COPY"):
        *names, place = text.split()
        for name in names:
            if (context / name).is_dir():
                shutil.copytree(context / name, source / place)
            else:
                shutil.copy(context / name, source / place)
    (command,) = texts(build, "RUN")
    assert "/opt/privaudit/bin/pip install" in command
    # Packages of others may come from pip's cache: they are not what is tried.
    command = command.replace("/opt/privaudit", str(target)).replace(" --no-cache-dir", "")
    done = subprocess.run(
        ["sh", "-c", command],  # noqa: S607
        cwd=source,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # What pip says when nobody answers.
    if done.returncode and "Retrying (Retry(" in done.stdout:
        pytest.skip("no package registry can be reached, and what privaudit needs is installed from one")
    assert done.returncode == 0, done.stdout
    assert texts(image, "COPY") == ["--from=build /opt/privaudit /opt/privaudit"]
    assert texts(image, "ENV") == ['PATH="/opt/privaudit/bin:$PATH"']

    work = tmp_path / "work"
    work.mkdir()
    (work / "privacy.md").write_text(NOTICE)
    start = [*json.loads(texts(image, "ENTRYPOINT")[0]), *json.loads(texts(image, "CMD")[0])]
    ran = subprocess.run(
        [target / "bin" / start[0], *start[1:]],
        cwd=work,
        env={"PRIVAUDIT_CACHE_DIR": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "privacy.md:3:62: error outdated-privacy-shield" in ran.stdout


def test_the_example_of_a_pipeline_is_valid(tmp_path: Path) -> None:
    (text,) = examples("docs/docker.md", "yaml")
    (tmp_path / "job.yml").write_text(text)
    schema.check("gitlab-ci", tmp_path / "job.yml")
    assert yaml.safe_load(text)["privacy notices"]["image"]["entrypoint"] == [""]
