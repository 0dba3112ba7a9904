"""`privaudit config`: what holds, and where it was written."""

from pathlib import Path
from typing import Annotated

import typer

from privaudit.cli.parameters import Config, Isolated


def build() -> typer.Typer:
    """The group of commands."""
    group = typer.Typer(help="Look at the configuration.", no_args_is_help=True)
    group.command("show")(show)

    @group.callback()
    def common() -> None:
        pass

    return group


def show(
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="A document, whose overrides are laid over the rest.")
    ] = None,
    output: Annotated[str, typer.Option("--format", metavar="NAME", help="yaml or json.")] = "yaml",
    config: Config = None,
    isolated: Isolated = False,
) -> int:
    """Show every setting with its value and where it was written."""
    from privaudit.cli.options import nearest
    from privaudit.config.find import load_config
    from privaudit.config.settings import Plan
    from privaudit.config.show import as_data, as_lines
    from privaudit.discover import shown
    from privaudit.errors import UsageError
    from privaudit.render.sanitise import encodable, visible

    if output not in ("yaml", "json"):
        raise UsageError(f"--format: unknown format {output!r}{nearest(output, ['yaml', 'json'])}; known: yaml, json")
    plan = Plan(load_config(config, isolated), {})
    settings = plan.of(shown(Path(path))) if path is not None else plan.run
    if output == "json":
        import json

        from privaudit.render.json import writable

        typer.echo(writable(json.dumps(as_data(plan.configuration.path, settings), indent=1, ensure_ascii=False)))
        return 0
    for line in as_lines(plan.configuration.path, settings):
        typer.echo(visible(encodable(line)))
    return 0
