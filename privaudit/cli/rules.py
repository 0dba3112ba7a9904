"""`privaudit rules`: look at rule packs, write, check and self-test them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privaudit.cli.parameters import Packs
from privaudit.errors import RuleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privaudit.rulepack.schema import RuleSet

_Builtin = Annotated[bool, typer.Option("--builtin/--no-builtin", help="Use the built-in pack.")]
_OK, _FOUND = 0, 1


def build() -> typer.Typer:
    """The group of commands."""
    group = typer.Typer(help="Look at rule packs, write, check and self-test them.", no_args_is_help=True)
    group.command("list")(list_rules)
    group.command("explain")(explain)
    group.command("new")(new)
    group.command("lint")(lint)
    group.command("test")(run_examples)
    return group


def _load(packs: "Sequence[str] | None", builtin: bool, examples: bool = False) -> "RuleSet":
    from privaudit.rulepack.load import load_rules, pack_folders

    return load_rules(pack_folders(packs or [], builtin), examples=examples)


def list_rules(
    packs: Packs = None,
    builtin: _Builtin = True,
    output: Annotated[str, typer.Option("--format", metavar="NAME", help="rich, concise or json.")] = "",
) -> int:
    """List all rules with what they look for."""
    from privaudit.cli.options import nearest
    from privaudit.model import Kind

    known = ("rich", "concise", "json")
    name = output or ("rich" if sys.stdout.isatty() else "concise")
    if name not in known:
        raise UsageError(f"--format: unknown format {name!r}{nearest(name, known) or '; known: ' + ', '.join(known)}")
    ruleset = _load(packs, builtin)
    kinds = list(Kind)
    rules = sorted(ruleset.rules, key=lambda rule: (kinds.index(rule.kind), rule.id))
    if name == "json":
        import json

        from privaudit.render.json import writable

        rows = [
            {
                "id": rule.id,
                "kind": rule.kind.value,
                "group": rule.group,
                "title": rule.title,
                "references": list(rule.references),
                "strict": rule.strict,
            }
            for rule in rules
        ]
        typer.echo(writable(json.dumps(rows, ensure_ascii=False, indent=1)))
    elif name == "concise":
        for rule in rules:
            _say(f"{rule.id} {rule.kind.value}: {rule.title} ({', '.join(rule.references[:1])})")
    else:
        from privaudit.cli.explain import table

        table(rules)
    return _OK


def explain(
    rule_id: Annotated[str, typer.Argument(metavar="ID")], packs: Packs = None, builtin: _Builtin = True
) -> int:
    """Explain a rule: why it matters, what it looks for, in which words, and what to write."""
    from privaudit.cli.explain import explained
    from privaudit.cli.options import nearest

    ruleset = _load(packs, builtin, examples=True)
    rule = ruleset.rule(rule_id)
    if rule is None:
        raise UsageError(f"no rule {rule_id!r}{nearest(rule_id, [one.id for one in ruleset.rules])}")
    for line in explained(rule, ruleset):
        _say(line)
    return _OK


def new(
    rule_id: Annotated[str, typer.Argument(metavar="ID")],
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="disclosure, outdated or practice.")] = "practice",
    folder: Annotated[Path, typer.Option("--folder", metavar="PATH", help="Where to write it.")] = Path(),
) -> int:
    """Write a commented rule to start from."""
    from privaudit.cli.options import nearest
    from privaudit.discover import shown
    from privaudit.model import Kind
    from privaudit.rulepack.scaffold import new_rule

    kinds = [one.value for one in Kind]
    if kind not in kinds:
        raise UsageError(f"--kind: unknown kind {kind!r}{nearest(kind, kinds) or '; known: ' + ', '.join(kinds)}")
    for path in new_rule(rule_id, Kind(kind), folder):
        _say(f"wrote {shown(path)}; try it with: privaudit rules test --rules {shown(path)} --select {rule_id}")
    return _OK


def lint(
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help="A pack or rule file; default: all.")] = None,
    packs: Packs = None,
    builtin: _Builtin = True,
) -> int:
    """Check rule packs beyond what loading them checks: examples, unused words, slow patterns."""
    from privaudit.render.view import plural
    from privaudit.rulepack.facts import load_facts
    from privaudit.rulepack.lint import check_patterns
    from privaudit.rulepack.lint import lint as advise
    from privaudit.rulepack.load import load_rules, pack_folders

    own = [*(packs or []), *([str(path)] if path is not None else [])]
    folders = pack_folders(own, builtin)
    ruleset = load_rules(folders, examples=True)
    facts = load_facts(folders)
    broken = check_patterns(ruleset) + check_patterns(ruleset._replace(words=facts.words))
    if broken:
        raise RuleError(broken)
    advice = advise(ruleset, folders, path, facts)
    for one in advice:
        _say(str(one))
    if not advice:
        typer.echo(f"{plural(len(ruleset.rules), 'rule')}, no advice", err=True)
    return _FOUND if advice else _OK


def run_examples(
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help="A pack or rule file; default: all.")] = None,
    select: Annotated[list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules.")] = None,
    packs: Packs = None,
    builtin: _Builtin = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Failures only.")] = False,
) -> int:
    """Run the examples of the rules."""
    from privaudit.cli.selection import items, selection
    from privaudit.rulepack.lint import check_patterns
    from privaudit.selftest import run

    ruleset = _load([*(packs or []), *([str(path)] if path is not None else [])], builtin, examples=True)
    broken = check_patterns(ruleset)
    if broken:
        raise RuleError(broken)
    wanted = selection(items("--select", select) or (), (), ruleset.rules)
    results = list(run(ruleset, wanted.__contains__))
    for result in results:
        if not result.passed:
            place = result.example.place
            _say(
                f"{place.path}:{place.line}:{place.column}: {result.example.rule} should be "
                f"{result.example.wanted}, is {result.come_to}: {_short(result.example.text)}"
            )
    failed = sum(not result.passed for result in results)
    if not quiet or failed:
        typer.echo(f"{len(results)} examples, {failed} failed", err=True)
    if not results:
        raise UsageError("no example to run")
    return _FOUND if failed else _OK


def _say(line: str) -> None:
    """Prints a line that holds words of a pack, which may be anyone's."""
    from privaudit.render.commands import harmless
    from privaudit.render.sanitise import visible

    typer.echo(harmless(visible(line)))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"
