"""Puts what is made of the built-in rule pack into the wheel (`privaudit.ship`)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KeptRules(BuildHookInterface):  # type: ignore[type-arg]
    """Adds files to wheels, but for those of an editable installation, whose rules may change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the files; a pack with a fault is none to ship."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from privaudit.ship import shipped

        self._folder = tempfile.TemporaryDirectory()
        for name, data in shipped():
            Path(self._folder.name, name).write_bytes(data)
        build_data["force_include"][self._folder.name] = "privaudit/rules/kept"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Removes the files, which the wheel holds by now."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
