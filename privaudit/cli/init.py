"""`privaudit init`: write a configuration to start from, and the way into pre-commit and CI."""

import os
from pathlib import Path
from typing import Annotated

import typer


def init(
    pre_commit: Annotated[bool, typer.Option("--pre-commit", help="Write a pre-commit configuration, too.")] = False,
    ci: Annotated[str | None, typer.Option("--ci", metavar="SYSTEM", help="A workflow for github or gitlab.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over files that are there.")] = False,
) -> int:
    """Write a commented privaudit.yaml; on request a pre-commit entry and a CI workflow."""
    from privaudit import __version__
    from privaudit.cli.options import nearest
    from privaudit.cli.output import write
    from privaudit.config import scaffold
    from privaudit.config.find import config_of
    from privaudit.errors import UsageError

    files = {"privaudit.yaml": scaffold.CONFIG}
    if pre_commit:
        files[scaffold.PRE_COMMIT_FILE] = scaffold.pre_commit(__version__)
    if ci is not None:
        if ci not in scaffold.WORKFLOWS:
            known = ", ".join(scaffold.WORKFLOWS)
            raise UsageError(f"--ci: unknown system {ci!r}{nearest(ci, scaffold.WORKFLOWS) or '; known: ' + known}")
        name, text = scaffold.workflow(ci, __version__)
        files[name] = text
    config = config_of(Path.cwd())
    if config is not None and len(files) > 1 and not force:
        # Who asks for the hook or the workflow later has a configuration by then.
        del files["privaudit.yaml"]
        typer.echo(f"kept {config.name}")
    elif config is not None and config.name != "privaudit.yaml":
        raise UsageError(f"{config.name} holds a configuration already; nothing was written")
    there = [name for name in files if os.path.lexists(name)]
    if there and not force:
        told = "; ".join(f"{name} is there already" for name in there)
        raise UsageError(f"{told}; nothing was written, --force writes over it")
    for name, text in files.items():
        write(text, Path(name))
        typer.echo(f"wrote {name}")
    typer.echo("next: privaudit check, then privaudit baseline for what is to be mended later", err=True)
    return 0
