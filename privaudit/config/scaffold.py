"""What `privaudit init` writes: a configuration that changes nothing until it is edited, a hook, a workflow."""

from __future__ import annotations

from privaudit.walk import NOTICE_NAME

CONFIG = """\
# Configuration of privaudit. A key that is not understood is an error with its line; privaudit config show tells
# what holds.

# What fails the run: error, warning, note, never, or rules; the default is error.
fail_on: error

# Findings that were there on the day this was set up: privaudit baseline, then
# baseline: privaudit-baseline.json

# Only these rules, or not these; ids, groups, kinds (disclosure, outdated, practice) or prefix*.
# select: [disclosure, outdated]
# ignore: [last-updated]

# In folders, exactly these files, or not these; patterns as in .gitignore.
# include: [legal/**/*.md]
# exclude: [drafts/]

# Rule packs of your own, beside the built-in one.
# rules: [privacy-rules/]

# How much findings weigh.
# severity:
#   art13-2-b-portability: error

# Settings for some paths; later ones win.
# overrides:
#   - paths: [legal/sv/]
#     lang: sv
#     audience: SE
#   - paths: [legal/short-notice.md]
#     layer: true          # one layer of a notice: nothing can be missing from it

# Findings that are accepted, each with its reason, and better with a day on which it ends.
# suppressions:
#   - rule: outdated-privacy-shield
#     paths: [legal/archive/]
#     reason: kept as published until the archive is closed
#     until: 2027-01-31

# Reports beside the one on the terminal.
# formats: [rich, sarif=privaudit.sarif]
"""

PRE_COMMIT_FILE = ".pre-commit-config.yaml"
PRE_COMMIT = """\
repos:
  - repo: local
    hooks:
      - id: privaudit
        name: privaudit
        entry: privaudit check --force-exclude
        language: python
        additional_dependencies: [privaudit=={version}]
        # File names that say that they are a notice; a hook audits every file that it is given.
        files: (?i)({names})[^/]*$
        types_or: [markdown, html, plain-text]
        require_serial: true
"""

WORKFLOWS = {
    "github": (
        ".github/workflows/privaudit.yml",
        """\
name: privaudit
on: [push, pull_request]
permissions:
  contents: read
jobs:
  privaudit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: {{persist-credentials: false}}
      - uses: actions/setup-python@v6
        with: {{python-version: "3.13"}}
      - run: pip install privaudit=={version}
      - run: privaudit check . --format github --format summary="$GITHUB_STEP_SUMMARY"
""",
    ),
    "gitlab": (
        ".gitlab-ci.yml",
        """\
privaudit:
  image: python:3.13-slim
  script:
    - pip install --quiet privaudit=={version}
    - privaudit check . --format concise --format gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports: {{codequality: gl-code-quality-report.json}}
""",
    ),
}


def workflow(system: str, version: str) -> tuple[str, str]:
    """The file of a workflow and its text; `system` is one of `WORKFLOWS`."""
    name, text = WORKFLOWS[system]
    return name, text.format(version=version)


def pre_commit(version: str) -> str:
    """The text of a pre-commit configuration with the hook."""
    return PRE_COMMIT.format(version=version, names=NOTICE_NAME)
