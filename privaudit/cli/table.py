"""The options of `check`, and those that it shares with other commands, each described once.

typer's options are declared from these descriptions (`privaudit.cli.parameters`), and what most command lines say is
read by them alone (`privaudit.cli.direct`): loading typer takes longer than auditing a short document.
"""

from __future__ import annotations

from privaudit.record import NamedTuple


class Option(NamedTuple):
    """An option: what it is called, what it takes and what it does.

    `kind` is str, int (from `least` to `most`) or bool, which takes no value; with `off`, that says no. `many` may be
    given several times. `default` is what holds where it is not given; None is nothing said, so that the configuration
    can say it.
    """

    flags: tuple[str, ...]
    help: str
    metavar: str | None = None
    kind: type[str | int | bool] = str
    many: bool = False
    default: str | bool | None = None
    off: str | None = None
    least: int | None = None
    most: int | None = None


def _switch(flags: tuple[str, ...], help: str, off: str | None = None) -> Option:
    return Option(flags, help, kind=bool, off=off)


def _number(flags: tuple[str, ...], help: str, least: int, most: int | None = None) -> Option:
    return Option(flags, help, kind=int, least=least, most=most)


SELECT = Option(("--select",), "Only these rules, groups, kinds or prefix*.", "RULE", many=True)
IGNORE = Option(("--ignore",), "Not these rules, groups, kinds or prefix*.", "RULE", many=True)
PACKS = Option(("--rules",), "A rule pack of your own, beside the built-in one.", "PATH", many=True)
BUILTIN = _switch(("--builtin",), "Use the built-in pack.", off="--no-builtin")
PROFILE = Option(("--profile",), "default, or strict for the rules beyond the law.", "NAME")
LANG = Option(("--lang",), "The language of the documents.", "CODE")
AS_OF = Option(("--as-of",), "Judge by the law of this day.", "DATE")
ENCODING = Option(("--encoding",), "The documents' encoding.", "NAME")
STDIN_NAME = Option(("--stdin-filename",), "What - is called.", "NAME")
COLOR = Option(("--color",), "auto, always or never.", "WHEN", default="auto")
CONFIG = Option(("--config",), "The configuration file to use.", "FILE")
REDACT = _switch(("--redact",), "Leave the words of the documents out.")
ISOLATED = Option(("--isolated",), "Read no configuration file.", kind=bool, default=False)

# The options of `check` by the names of what they are in the program.
CHECK = {
    "formats": Option(
        ("--format",),
        "rich, concise, json, jsonl, sarif, junit, github, gitlab, html, markdown, summary, workpaper, csv; "
        "repeatable with files.",
        "NAME[=FILE]",
        many=True,
    ),
    "fail_on": Option(
        ("--fail-on",), "error (default), warning, note, never, weak, a rule, or RULE:GRADE.", "LEVEL|RULE", many=True
    ),
    "select": SELECT,
    "ignore": IGNORE,
    "packs": PACKS,
    "builtin": BUILTIN,
    "profile": PROFILE,
    "lang": LANG,
    "as_of": AS_OF,
    "stdin_filename": STDIN_NAME,
    "encoding": ENCODING,
    "strict_encoding": _switch(("--strict-encoding",), "A document in a guessed encoding is incomplete."),
    "max_bytes": _number(("--max-bytes",), "Larger files are not read (default 20,000,000).", 1),
    "max_pages": _number(("--max-pages",), "So many pages of a PDF are read (default 500).", 1),
    "timeout": _number(("--timeout",), "Seconds that a document may take (default 30).", 1),
    "max_memory": _number(("--max-memory",), "Megabytes that a process may take (default 1,024).", 1),
    "max_depth": _number(("--max-depth",), "Tags of HTML nest so deep (default 500).", 1),
    "jobs": _number(("--jobs", "-j"), "Processes at once (default 1, 0: one a processor).", 0, 9999),
    "follow": _switch(("--follow",), "Follow symbolic links in folders."),
    "baseline": Option(("--baseline",), "Findings recorded here do not count.", "FILE"),
    "since": Option(("--since",), "Only what differs from a git revision, and only new findings fail.", "REV"),
    "strict_suppressions": _switch(("--strict-suppressions",), "Unused and expired suppressions are errors."),
    "force_exclude": _switch(("--force-exclude",), "Leave excluded files out where they are named, too."),
    "show_passing": _switch(("--show-passing",), "Quote what is present, too."),
    "quiet": _switch(("--quiet", "-q"), "Findings and errors only."),
    "statistics": _switch(("--statistics",), "Count the findings of each rule."),
    "redact": REDACT,
    "color": COLOR,
    "config": CONFIG,
    "isolated": ISOLATED,
}
