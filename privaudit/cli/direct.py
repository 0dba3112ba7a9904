"""The command lines of `check` that need no typer: options as the table has them, each followed by its value.

Whatever else there is (help, wrong use, short options in one, a value that begins with a dash) is left to typer, which
reads all command lines, and these to the same effect.
"""

from __future__ import annotations

from collections.abc import Sequence

from privaudit.cli.table import CHECK, Option
from privaudit.record import Any

_PATHS = "paths"
# No number that anybody means has more digits.
_DIGITS = 9


def parsed(arguments: Sequence[str]) -> dict[str, Any] | None:
    """What `check` is given by these arguments, by name; None for what typer has to read."""
    if arguments[:1] != ["check"]:
        return None
    known = {flag: (name, option) for name, option in CHECK.items() for flag in option.flags}
    off = {option.off: name for name, option in CHECK.items() if option.off}
    given: dict[str, Any] = {_PATHS: None} | {name: option.default for name, option in CHECK.items()}
    paths: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        if argument == "-" or not argument.startswith("-"):
            paths.append(argument)
            continue
        if argument in off:
            given[off[argument]] = False
            continue
        flag, equals, value = argument.partition("=")
        name, option = known.get(flag, (None, None))
        if name is None or option is None or (equals and (option.kind is bool or not flag.startswith("--"))):
            return None
        if option.kind is bool:
            given[name] = True
            continue
        if not equals:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
        if option.kind is int:
            number = _number(value, option)
            if number is None:
                return None
            given[name] = number
        elif option.many:
            given[name] = [*(given[name] or ()), value]
        else:
            given[name] = value
    given[_PATHS] = paths or None
    return given


def _number(value: str, option: Option) -> int | None:
    if not (value.isascii() and value.isdigit()) or len(value) > _DIGITS:
        return None
    number = int(value)
    least, most = option.least, option.most
    return number if (least is None or number >= least) and (most is None or number <= most) else None
