"""`privaudit evaluate`: how well rule packs do on labelled documents."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from privaudit.cli.parameters import AsOf, Ignore, Packs, Select


def evaluate(
    labels: Annotated[Path, typer.Argument(metavar="LABELS", help="JSON Lines: a labelled document a line.")],
    output: Annotated[
        str, typer.Option("--format", metavar="NAME", help="rich (on a terminal), markdown or json.")
    ] = "",
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    builtin: Annotated[bool, typer.Option("--builtin/--no-builtin", help="Use the built-in pack.")] = True,
    as_of: AsOf = None,
) -> int:
    """Measure precision, recall and F1 of the rules on labelled documents, beside trivial answers."""
    from privaudit import __version__
    from privaudit.cli import options
    from privaudit.cli.output import write
    from privaudit.cli.selection import items, selection
    from privaudit.engine import CompiledRules
    from privaudit.errors import UsageError
    from privaudit.evaluate import show
    from privaudit.evaluate.labels import load_labels
    from privaudit.evaluate.run import evaluate as run
    from privaudit.model import Kind
    from privaudit.rulepack.load import load_rules, pack_folders

    known = ("rich", "markdown", "json")
    name = output or ("rich" if sys.stdout.isatty() else "markdown")
    if name not in known:
        raise UsageError(f"--format: unknown format {name!r}{options.nearest(name, known)}; known: {', '.join(known)}")
    ruleset = load_rules(pack_folders(packs or [], builtin))
    wanted = selection(items("--select", select) or (), items("--ignore", ignore) or (), ruleset.rules)
    elements = {rule.id for rule in ruleset.rules if rule.kind is Kind.DISCLOSURE}
    groups = {rule.group or rule.id for rule in ruleset.rules if rule.kind is Kind.OUTDATED}
    documents = load_labels(labels, elements, groups)
    evaluation = run(documents, CompiledRules(ruleset), wanted, options.as_of(as_of), __version__)
    if name == "json":
        write(show.as_json(evaluation), None)
    elif name == "markdown":
        write(show.markdown(evaluation), None)
    else:
        write(show.terminal(evaluation, options.width(), options.colored("auto", sys.stdout)), None)
    return 0
