"""Options that several commands have, each described once, and the plan that the settings among them make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from privaudit.config.settings import Plan

Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules, groups, kinds or prefix*.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules, groups, kinds or prefix*.")
]
Packs = Annotated[
    list[str] | None, typer.Option("--rules", metavar="PATH", help="A rule pack of your own, beside the built-in one.")
]
# Whether the built-in pack is used; None is nothing said, so that the configuration can say it.
Builtin = Annotated[
    bool | None, typer.Option("--builtin/--no-builtin", help="Use the built-in pack.", show_default=False)
]
Profile = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="default, or strict for the rules beyond the law.")
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="CODE", help="The language of the documents.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Judge by the law of this day.")]
Encoding = Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="The documents' encoding.")]
StdinName = Annotated[str, typer.Option("--stdin-filename", metavar="NAME", help="What - is called.")]
Color = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")]
Config = Annotated[str | None, typer.Option("--config", metavar="FILE", help="The configuration file to use.")]
Redact = Annotated[
    bool | None, typer.Option("--redact", help="Leave the words of the documents out.", show_default=False)
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")]


def planned(
    config: str | None,
    isolated: bool,
    *,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    fail_on: Sequence[str] | None = None,
    packs: Sequence[str] | None,
    profile: str | None = None,
    lang: str | None,
    as_of: str | None,
    encoding: str | None,
    **plain: bool | int | str | None,
) -> Plan:
    """The settings of a run: the configuration under what the command line says; None is nothing said.

    `plain` are settings that hold as they are given. Raises `ConfigError` and `UsageError` where something is wrong.
    """
    from privaudit.cli import options
    from privaudit.cli.selection import items
    from privaudit.config.find import load_config
    from privaudit.config.settings import Plan

    options.check_encoding(encoding)
    configuration = load_config(config, isolated)
    told = {
        "select": items("--select", select),
        "ignore": items("--ignore", ignore),
        "fail_on": items("--fail-on", fail_on),
        "rules": (*configuration.values.get("rules", ()), *packs) if packs else None,
        "profile": options.profile(profile),
        "lang": options.language(lang),
        "as_of": options.as_of(as_of) if as_of is not None else None,
        "encoding": encoding,
        **plain,
    }
    return Plan(configuration, told)
