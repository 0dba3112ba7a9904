"""typer's options, declared from their descriptions in `privaudit.cli.table`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from privaudit.cli import table
from privaudit.cli.table import Option


def declared(option: Option) -> Any:  # noqa: ANN401 - typer's own type says as much
    """The option as typer has it."""
    flags = option.flags if option.off is None else (f"{option.flags[0]}/{option.off}", *option.flags[1:])
    return typer.Option(
        *flags,
        metavar=option.metavar,
        help=option.help,
        min=option.least,
        max=option.most,
        # That a switch is off says nothing.
        show_default=option.kind is not bool or option.default is not None,
    )


Select = Annotated[list[str] | None, declared(table.SELECT)]
Ignore = Annotated[list[str] | None, declared(table.IGNORE)]
Packs = Annotated[list[str] | None, declared(table.PACKS)]
Builtin = Annotated[bool | None, declared(table.BUILTIN)]
Profile = Annotated[str | None, declared(table.PROFILE)]
Lang = Annotated[str | None, declared(table.LANG)]
AsOf = Annotated[str | None, declared(table.AS_OF)]
Encoding = Annotated[str | None, declared(table.ENCODING)]
StdinName = Annotated[str | None, declared(table.STDIN_NAME)]
Color = Annotated[str, declared(table.COLOR)]
Config = Annotated[str | None, declared(table.CONFIG)]
Redact = Annotated[bool | None, declared(table.REDACT)]
MaxDepth = Annotated[int | None, declared(table.CHECK["max_depth"])]
MaxPages = Annotated[int | None, declared(table.CHECK["max_pages"])]
Timeout = Annotated[int | None, declared(table.CHECK["timeout"])]
MaxMemory = Annotated[int | None, declared(table.CHECK["max_memory"])]
Jobs = Annotated[int | None, declared(table.CHECK["jobs"])]
Follow = Annotated[bool | None, declared(table.CHECK["follow"])]
Isolated = Annotated[bool, declared(table.ISOLATED)]


def command(
    function: Callable[..., int], arguments: Mapping[str, Any], options: Mapping[str, Option]
) -> Callable[..., int]:
    """A function with the arguments and options of a command, as typer reads them from a signature.

    `arguments` are annotations; each is None where it is not given.
    """
    annotations = dict(arguments)
    for name, option in options.items():
        kind: Any = list[str] if option.many else option.kind
        annotations[name] = Annotated[kind if option.default is not None else kind | None, declared(option)]

    def called(**given: Any) -> int:  # noqa: ANN401
        return function(**given)

    called.__doc__, called.__annotations__ = function.__doc__, annotations
    called.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=options[name].default if name in options else None,
                annotation=annotation,
            )
            for name, annotation in annotations.items()
        ]
    )
    return called
