"""Workflow commands of GitHub Actions, GitLab and Azure: what a runner reads in the output of a step.

A runner takes a line for a command that begins with `::` behind white space, and an old one, `##[`, anywhere in a line
(actions/runner, ActionCommand.cs). Foreign text must do neither, wherever a report is printed: reports are the same
inside of a pipeline and outside.
"""

from __future__ import annotations

import re

_BEGUN = r"^((?:\s|\x1b\[[0-9;]*m)*):(?=:)"


def harmless(text: str) -> str:
    """Lines in which no runner finds a command; a space parts the colons that would begin one."""
    return re.sub(_BEGUN, r"\1: ", text, flags=re.MULTILINE) if "::" in text else text


def data(text: str) -> str:
    """The message of a command; any text, line breaks included, stays within it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """A property of a command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
