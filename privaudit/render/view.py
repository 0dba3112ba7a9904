"""How a report is to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from privaudit.model import BaselineEntry, PackInfo, Report, Summary
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from privaudit.pane import Pane


class View(NamedTuple):
    """Colours or none, the width in columns, what is left out or added, and for services that want paths from the root
    of the repository: that root, and the current folder below it, both with `/` and empty where there is none.

    `statistics`: counts for each rule after the report. `taken`: bytes of a job's summary that others have filled.
    `panes`: the text of documents by their path, as far as it is at hand. `file`: the name of the file that the report
    goes to, by whose end a format may choose its form; empty for standard output.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    show_passing: bool = False
    root: str = ""
    below: str = ""
    statistics: bool = False
    taken: int = 0
    panes: Mapping[str, Pane] = MappingProxyType({})
    file: str = ""


def plural(count: int, name: str) -> str:
    """A number with its noun."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def counted(summary: Summary) -> str:
    """`2 errors, 1 warning, 0 notes`: the new findings by weight."""
    counts = ((summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note"))
    return ", ".join(plural(count, name) for count, name in counts)


def packs_told(packs: Iterable[PackInfo]) -> str:
    """The rule packs with their versions and the days of their legal review."""
    return ", ".join(
        f"{pack.id} {pack.version}" + (f" (reviewed {pack.reviewed})" if pack.reviewed else "") for pack in packs
    )


def law_told(report: Report) -> str:
    """The day by whose law a report was made, and how many rules were not in force then."""
    idle = sum(not rule.in_force for rule in report.rules)
    of_all = f"{idle} of {plural(len(report.rules), 'rule')} not in force on that day"
    return f"law as of {report.as_of}" + (f" ({of_all})" if idle else "")


def accepted(summary: Summary) -> str:
    """`, 3 in the baseline, 1 suppressed`: the findings that do not count; empty where there are none."""
    counts = ((summary.baselined, "in the baseline"), (summary.suppressed, "suppressed"))
    return "".join(f", {count} {name}" for count, name in counts if count)


def stale_told(entry: BaselineEntry) -> str:
    """An entry of the baseline that can be struck, in words; its parts are as they stand in the baseline."""
    quoted = f' "{entry.quote}"' if entry.quote else ""
    return f"{entry.path}: {entry.rule}{quoted}"
