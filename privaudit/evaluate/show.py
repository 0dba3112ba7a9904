"""An evaluation as Markdown, as JSON and for a terminal."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator

from privaudit.evaluate.measure import Interval, Miss, Table
from privaudit.evaluate.run import Evaluation
from privaudit.evaluate.tally import Score
from privaudit.record import Any
from privaudit.render.sanitise import one_line

_MOST_DOCUMENTS = 8
_HEAD = ("", "documents", "disclosed P", "R", "F1", "macro F1", "missing P", "R", "F1", "macro F1", "accuracy")
_ELEMENT_HEAD = ("element", "n", "disclosed P", "R", "F1", "missing P", "R", "F1", "answered wrongly in")


def markdown(evaluation: Evaluation) -> str:
    """Tables in Markdown, the worst elements first."""
    return "\n".join(_markdown(evaluation)) + "\n"


def _markdown(evaluation: Evaluation) -> Iterator[str]:
    yield from _rows(_HEAD, (_overall(one) for one in (*evaluation.tables, *evaluation.trivial)))
    yield ""
    yield _intervals(evaluation.tables[0])
    for one in evaluation.tables:
        if one.mechanisms is not None:
            yield ""
            yield _mechanisms(one)
    yield ""
    yield from _rows(_ELEMENT_HEAD, _elements(evaluation.tables[0]))
    for document in evaluation.unread:
        yield ""
        yield f"Not read: {one_line(document)}"
    yield ""
    yield _closing(evaluation)


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield "|" + "|".join("---" if number == 0 else "--:" for number in range(len(names))) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _overall(one: Table) -> tuple[str, ...]:
    counts = one.counts
    return (
        one.name,
        str(one.documents),
        *map(_figure, counts.disclosed),
        _figure(one.macro_disclosed),
        *map(_figure, counts.missing),
        _figure(one.macro_missing),
        _figure(counts.accuracy),
    )


def _elements(one: Table) -> Iterator[tuple[str, ...]]:
    for row in one.rows:
        documents = list(dict.fromkeys(one_line(miss.document) for miss in row.misses))
        more = f" and {len(documents) - _MOST_DOCUMENTS} more" if len(documents) > _MOST_DOCUMENTS else ""
        yield (
            row.element,
            str(row.counts.labelled),
            *map(_figure, row.counts.disclosed),
            *map(_figure, row.counts.missing),
            ", ".join(documents[:_MOST_DOCUMENTS]) + more,
        )


def _intervals(one: Table) -> str:
    return (
        f"95 % intervals over {one.clusters} groups of near copies: disclosed F1 {_between(one.disclosed_f1)}, "
        f"missing F1 {_between(one.missing_f1)}."
    )


def _between(interval: Interval) -> str:
    return f"{_figure(interval.low)} to {_figure(interval.high)}"


def _mechanisms(one: Table) -> str:
    assert one.mechanisms is not None
    found = one.mechanisms.found
    figures = f"precision {_figure(found.precision)}, recall {_figure(found.recall)}, F1 {_figure(found.f1)}"
    stance = f"stance right {one.mechanisms.right} of {one.mechanisms.right + one.mechanisms.other}"
    text = f"Outdated mechanisms ({one.name}): {figures}; {stance}."
    misses = [f"{one_line(miss.document)} ({miss.wanted}, said {miss.got})" for miss in one.mechanism_misses]
    return text + (f" Differ: {'; '.join(misses)}." if misses and one.name == "all" else "")


def _closing(evaluation: Evaluation) -> str:
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in evaluation.packs)
    return f"privaudit {evaluation.version}, rules: {packs}, law as of {evaluation.as_of}."


def _figure(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def terminal(evaluation: Evaluation, width: int, color: bool) -> str:
    """Tables for a terminal."""
    import io

    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(file=io.StringIO(), width=width, force_terminal=color, highlight=False, emoji=False, markup=False)
    for head, rows in (
        (_HEAD, [_overall(one) for one in (*evaluation.tables, *evaluation.trivial)]),
        (_ELEMENT_HEAD, list(_elements(evaluation.tables[0]))),
    ):
        grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="bold")
        for number, name in enumerate(head):
            last = number == len(_ELEMENT_HEAD) - 1 and head is _ELEMENT_HEAD
            grid.add_column(name, justify="left" if number == 0 or last else "right", no_wrap=not last)
        for row in rows:
            grid.add_row(*map(Text, row))
        console.print(grid)
        console.print()
    console.print(Text(_intervals(evaluation.tables[0])))
    for one in evaluation.tables:
        if one.mechanisms is not None:
            console.print(Text(_mechanisms(one)))
    for document in evaluation.unread:
        console.print(Text(f"not read: {one_line(document)}", style="yellow"))
    console.print(Text(_closing(evaluation), style="dim"))
    written: Callable[[], str] = console.file.getvalue  # type: ignore[attr-defined]
    return "".join(f"{line.rstrip()}\n" for line in written().splitlines())


def as_json(evaluation: Evaluation) -> str:
    """Everything as JSON; figures that are none are null."""
    value = {
        "schema": "privaudit-evaluation/1",
        "tool": {"name": "privaudit", "version": evaluation.version},
        "packs": [{"id": pack.id, "version": pack.version} for pack in evaluation.packs],
        "as_of": evaluation.as_of,
        "tables": [_table(one) for one in evaluation.tables],
        "trivial": [_table(one) for one in evaluation.trivial],
        "unread": list(evaluation.unread),
    }
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _table(one: Table) -> dict[str, Any]:
    counts = one.counts
    found: dict[str, Any] = {
        "name": one.name,
        "documents": one.documents,
        "clusters": one.clusters,
        "accuracy": _number(counts.accuracy),
        "disclosed": {
            **_score(counts.disclosed),
            "macro_f1": _number(one.macro_disclosed),
            "f1_interval": _bounds(one.disclosed_f1),
        },
        "missing": {
            **_score(counts.missing),
            "macro_f1": _number(one.macro_missing),
            "f1_interval": _bounds(one.missing_f1),
        },
        "elements": [
            {
                "element": row.element,
                "n": row.counts.labelled,
                "counts": row.counts._asdict(),
                "disclosed": _score(row.counts.disclosed),
                "missing": _score(row.counts.missing),
                "differ": [_miss(miss) for miss in row.misses],
            }
            for row in one.rows
        ],
    }
    if one.mechanisms is not None:
        found["outdated"] = {
            **_score(one.mechanisms.found),
            "stance": _number(one.mechanisms.stance),
            "counts": one.mechanisms._asdict(),
            "differ": [_miss(miss) for miss in one.mechanism_misses],
        }
    return found


def _miss(miss: Miss) -> dict[str, str]:
    return miss._asdict()


def _score(score: Score) -> dict[str, float | None]:
    return {name: _number(value) for name, value in score._asdict().items()}


def _bounds(interval: Interval) -> list[float | None]:
    return [_number(interval.low), _number(interval.high)]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
