"""Compiled modules without their packages."""

import subprocess
import sys

import pytest
import regex

from privaudit.extension import extension, version_of
from privaudit.match.pattern import ASCII, IGNORECASE, VERBOSE


def in_a_process_of_its_own(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_only_the_module_is_loaded_and_its_package_still_works_with_it() -> None:
    code = """if True:
        import sys
        from privaudit.extension import extension
        alone = extension("regex", "_regex")
        assert extension("regex", "_regex") is alone
        print("regex" in sys.modules, end=" ")
        import regex
        print(regex._main._regex is alone, regex.sub("b+", "[\\\\g<0>]", "abbc"))
    """
    assert in_a_process_of_its_own(code) == "False True a[bb]c"


def test_what_is_loaded_already_is_used() -> None:
    assert extension("regex", "_regex") is regex._main._regex


def test_what_is_not_there_is_an_import_error() -> None:
    with pytest.raises(ImportError):
        extension("regex", "_no_such_module")


def test_the_version_is_that_of_the_package() -> None:
    assert version_of("regex") == regex.__version__


def test_a_package_that_nothing_describes_says_its_version_itself() -> None:
    assert version_of("privaudit") == __import__("privaudit").__version__


def test_flags_are_those_of_regex() -> None:
    assert (IGNORECASE, VERBOSE, ASCII) == (regex.IGNORECASE, regex.VERBOSE, regex.ASCII)
