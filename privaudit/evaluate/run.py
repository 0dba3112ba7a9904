"""Audits labelled documents and gathers the figures: for all of them, and for each language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from privaudit.engine import CompiledRules, audit
from privaudit.errors import InputError
from privaudit.evaluate.clusters import clusters
from privaudit.evaluate.labels import Labelled
from privaudit.evaluate.measure import EVERYTHING_MISSING, EVERYTHING_PRESENT, Answers, Table, table, trivial
from privaudit.language import annotate
from privaudit.model import Kind, Outcome, PackInfo, Verdict
from privaudit.read import media_type_of, read_document
from privaudit.record import NamedTuple


class Evaluation(NamedTuple):
    """All figures: `tables` begins with the one over all documents; `trivial` are those of trivial answers to them."""

    version: str
    packs: tuple[PackInfo, ...]
    as_of: str
    tables: tuple[Table, ...]
    trivial: tuple[Table, ...]
    unread: tuple[str, ...]


def evaluate(
    documents: Sequence[Labelled], rules: CompiledRules, wanted: Collection[str], as_of: date, version: str
) -> Evaluation:
    """Audits the documents with the rules and compares. Labels of rules that are not `wanted` are left out."""
    documents = [_only(one, rules, wanted) for one in documents]
    answers: dict[str, Answers] = {}
    texts: list[str] = []
    unread: list[str] = []
    for one in documents:
        try:
            document = read_document(one.name, one.data, media_type_of(one.name))
        except InputError as error:
            unread.append(f"{one.id}: {error}")
            answers[one.id] = Answers(dict.fromkeys(one.labels, Outcome.INCONCLUSIVE.value), {})
            texts.append("")
            continue
        texts.append(document.shadow)
        verdicts = audit(annotate(document, rules.ruleset.languages), rules, as_of)
        answers[one.id] = _answers(verdict for verdict in verdicts if verdict.rule in wanted)
    groups = clusters(texts)
    tables = [table("all", documents, answers, groups)]
    languages = sorted({one.language for one in documents})
    for code in languages if len(languages) > 1 else ():
        positions = {position: number for number, position in enumerate(_of(documents, code))}
        own = [[positions[position] for position in group if position in positions] for group in groups]
        some = [documents[position] for position in positions]
        tables.append(table(code, some, answers, [group for group in own if group]))
    return Evaluation(
        version,
        rules.ruleset.packs,
        as_of.isoformat(),
        tuple(tables),
        tuple(
            table(f"everything {outcome}", documents, trivial(documents, outcome), groups)
            for outcome in (EVERYTHING_PRESENT, EVERYTHING_MISSING)
        ),
        tuple(unread),
    )


def _of(documents: Sequence[Labelled], code: str) -> list[int]:
    return [position for position, one in enumerate(documents) if one.language == code]


def _only(one: Labelled, rules: CompiledRules, wanted: Collection[str]) -> Labelled:
    groups = {rule.group or rule.id for rule in rules.ruleset.rules if rule.id in wanted}
    outdated = one.outdated and {group: stance for group, stance in one.outdated.items() if group in groups}
    return one._replace(
        labels={element: status for element, status in one.labels.items() if element in wanted}, outdated=outdated
    )


def _answers(verdicts: Iterable[Verdict]) -> Answers:
    """Outcomes by rule; of several rules of a group, one that finds reliance wins."""
    outcomes: dict[str, str] = {}
    mechanisms: dict[str, str] = {}
    for verdict in verdicts:
        if verdict.kind is Kind.DISCLOSURE:
            outcomes[verdict.rule] = verdict.outcome.value
        elif verdict.outcome in (Outcome.RELIED_ON, Outcome.MENTIONED):
            group = verdict.group or verdict.rule
            if mechanisms.get(group) != Outcome.RELIED_ON.value:
                mechanisms[group] = verdict.outcome.value
    return Answers(outcomes, mechanisms)
