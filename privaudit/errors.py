"""What can go wrong, as types.

::

    PrivauditError          anything that privaudit reports in one line
    ├── ConfigError         a configuration file with faults, all of them at once
    ├── InputError          a document that cannot be read
    ├── OutputClosedError   the reader of the output went away
    ├── RuleError           a rule pack with faults, all of them at once
    └── UsageError          options that contradict each other or name nothing
"""

from __future__ import annotations

from privaudit.record import Any, NamedTuple


class PrivauditError(Exception):
    """An error with a message for people; never shown as a traceback."""


class InputError(PrivauditError):
    """A document that could not be read, with the reason in one line."""


class OutputClosedError(PrivauditError):
    """Whoever read the output went away."""


class UsageError(PrivauditError):
    """Wrong use: options that contradict each other or name something unknown."""


class Fault(NamedTuple):
    """One fault of a rule or configuration file; `line` and `column` count from 1, 0 means the file as a whole."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}"


class FaultyFileError(PrivauditError):
    """Files that people write by hand and that cannot be used; `faults` holds every fault found, in file order."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))

    def __reduce__(self) -> tuple[Any, ...]:
        # The way of exceptions to be made again takes the message for the faults.
        return type(self), (self.faults,)


class RuleError(FaultyFileError):
    """A rule pack that cannot be used."""


class ConfigError(FaultyFileError):
    """A configuration that cannot be used."""
