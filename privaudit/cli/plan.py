"""The plan that the options of a command make, over the configuration."""

from __future__ import annotations

from collections.abc import Sequence

from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from privaudit.config.settings import Plan


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
    from privaudit.config.settings import Item, Plan

    options.check_encoding(encoding)
    configuration = load_config(config, isolated)
    told = {
        "select": items("--select", select),
        "ignore": items("--ignore", ignore),
        "fail_on": items("--fail-on", fail_on),
        "rules": (*configuration.values.get("rules", ()), *map(Item, packs)) if packs else None,
        "profile": options.profile(profile),
        "lang": options.language(lang),
        "as_of": options.as_of(as_of) if as_of is not None else None,
        "encoding": encoding,
        **plain,
    }
    return Plan(configuration, told)
