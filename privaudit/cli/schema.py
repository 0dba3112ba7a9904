"""`privaudit schema`: JSON Schemas (draft 2020-12) of privaudit's files, for editors and other programs."""

from typing import Annotated

import typer

from privaudit.errors import UsageError


def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="rules, config, report, history, parity, corpus or corpus-summary.")
    ],
) -> int:
    """Print a JSON Schema: of rule packs, the configuration, a JSON report, or what other commands write."""
    from importlib.resources import files

    from privaudit.cli.options import nearest

    known = {file.name.removesuffix(".json"): file for file in files("privaudit").joinpath("schemas").iterdir()}
    if name not in known:
        hint = nearest(name, known) or f"; known: {', '.join(sorted(known))}"
        raise UsageError(f"no schema {name!r}{hint}")
    typer.echo(known[name].read_text(encoding="utf-8"), nl=False)
    return 0
