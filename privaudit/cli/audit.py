"""Sources in, reports on documents out: what `check`, `baseline` and `diff` do alike."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from privaudit.cli import options, stages
from privaudit.cli.selection import by_grade, check_names, names_of, selection, threshold
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from privaudit.cli.stages import Read
    from privaudit.config.settings import Item, Plan, Settings
    from privaudit.discover import Source
    from privaudit.document import Document
    from privaudit.engine import CompiledRules, Searched
    from privaudit.gate import Threshold
    from privaudit.match.pattern import Patterns
    from privaudit.model import DocumentReport, Verdict
    from privaudit.rulepack.kept import KnownPacks
    from privaudit.rulepack.schema import RuleSet
    from privaudit.suppress import Names


class Auditor:
    """The rules of a run with its settings, and documents read and judged by them.

    `load`, or `cover` with its languages, must be called between reading a document and searching it.
    """

    ruleset: RuleSet
    rules: CompiledRules
    _patterns: Patterns | None = None

    def __init__(self, plan: Plan) -> None:
        """Raises `RuleError` and `UsageError` where a rule pack cannot be used."""
        from privaudit.rulepack.kept import KnownPacks
        from privaudit.rulepack.layout import pack_paths

        self.plan = plan
        self.day = plan.run.as_of or options.as_of(None)
        places = {one.value: one.told for one in plan.run.rules}
        self.packs = pack_paths(tuple(places), plan.run.builtin, places)
        self.known: KnownPacks = KnownPacks(self.packs)
        self.languages = self.known.languages()
        self._selected: dict[tuple[tuple[Item, ...], tuple[Item, ...], str], frozenset[str]] = {}
        self._spoken: frozenset[str] = frozenset()
        self._kept = ""

    @functools.cached_property
    def gate(self) -> Threshold:
        """What fails the run; raises `UsageError` where a setting names nothing that there is."""
        return threshold(self.plan.run.fail_on, self.ruleset.rules)

    @functools.cached_property
    def _by_grade(self) -> bool:
        """Whether grades may fail the run, and so are findings."""
        return any(by_grade(item.value) for item in self.plan.run.fail_on)

    def read(self, source: Source) -> Read:
        """A source as a document, or why it is none; a file is read now."""
        from privaudit.discover import loaded

        settings = self.plan.of(source.path)
        limits = (settings.max_pages, settings.timeout, settings.max_memory, settings.max_depth)
        whole = loaded(source, self.plan.run.max_bytes)
        read = stages.read_source(whole, self.languages, settings.lang, settings.encoding, limits)
        if settings.strict_encoding and read.document:
            return read._replace(document=_sure(read.document))
        return read

    def load(self, read: Iterable[Read]) -> None:
        """Loads the rules with the words that these documents need; raises as `cover` does."""
        self.cover(code for one in read if one.document for code in one.document.languages if code)

    def cover(self, languages: Iterable[str]) -> None:
        """Loads the rules with the words of these languages, and of those that were covered before.

        Raises `RuleError`, and `UsageError` where a setting names no rule.
        """
        spoken = self._spoken.union(languages)
        if self._patterns is not None and spoken == self._spoken:
            return
        from privaudit.engine import CompiledRules
        from privaudit.extension import version_of
        from privaudit.match.pattern import Patterns

        ruleset = self.known.rules(spoken & set(self.languages))
        if self.plan.run.rules:
            self._check_own_patterns(ruleset, "-".join(sorted(spoken)))
        version = version_of("regex")
        given: dict[tuple[str, int], bytes] = {}
        for code in spoken or {""}:
            given |= self.known.shipped(f"patterns-{version}-{code}") or {}
        kept = "" if given else "-".join(("patterns", version, *sorted(spoken)))
        known = self.known.recall(kept) or {} if kept else {}
        first = self._patterns is None
        if self._patterns is not None:
            self.close()
            known = {**known, **self._patterns.to_keep()}
        # From here on nothing is half done if the time is up.
        self.ruleset, self._kept, self._patterns = ruleset, kept, Patterns(known, given)
        self.rules = CompiledRules(ruleset, self._patterns, self.known)
        self._spoken = spoken
        if first:
            self.selected(self.plan.run)
            if self._by_grade:
                # Told before anything is judged, and before other processes are started.
                self.gate  # noqa: B018
            check_names(self.plan.named(), self.ruleset.rules)
            for settings in self.plan.every():
                self.selected(settings)

    def _check_own_patterns(self, ruleset: RuleSet, spoken: str) -> None:
        """Raises `RuleError` for words of the user's packs that are no patterns; remembered for packs once checked."""
        if self.known.recall(f"sound-{spoken}"):
            return
        from privaudit.errors import RuleError
        from privaudit.rulepack.layout import builtin_folder
        from privaudit.rulepack.lint import check_patterns

        faults = check_patterns(ruleset, builtin_folder())
        if faults:
            raise RuleError(faults)
        self.known.keep(f"sound-{spoken}", True)

    def selected(self, settings: Settings) -> frozenset[str]:
        """The ids of the rules that are judged with these settings."""
        key = (settings.select, settings.ignore, settings.profile)
        if key not in self._selected:
            strict = settings.profile == "strict"
            self._selected[key] = selection(settings.select, settings.ignore, self.ruleset.rules, strict=strict)
        return self._selected[key]

    def search(self, read: Read) -> Searched | None:
        """The document searched for the words of all rules; None where there is none."""
        from privaudit.engine import search

        return search(read.document, self.rules) if read.document else None

    def report(self, read: Read, searched: Searched | None, identity: str) -> DocumentReport:
        """The report on what was read, with its own suppressions heeded.

        `identity` is what findings know the document by, whatever folder privaudit runs in.
        """
        if searched is None:
            return stages.unread(read)
        settings = self.plan.of(read.source.path)
        document = stages.audited(searched, self.selected(settings), self.day, settings.audience)
        return self._weighed(document, read, identity)

    def report_together(self, name: str, parts: Sequence[tuple[Read, Searched | None, str]]) -> list[DocumentReport]:
        """Reports on files that are one notice, judged as one text; each comes with its identity."""
        from privaudit.document import Problem
        from privaudit.engine import judge, problems, search
        from privaudit.notice import join, shared_out
        from privaudit.report import document_report

        told = ""
        whole = [(read, searched, identity) for read, searched, identity in parts if searched]
        shares: dict[str, tuple[Verdict, ...]] = {}
        if whole:
            joined = join([searched.document for _, searched, _ in whole])
            first = self.plan.of(whole[0][0].source.path)
            unread = [
                read.source.path for read, searched, _ in parts if searched is None or not searched.coverage.complete
            ]
            searched_whole = search(joined.document, self.rules)
            if unread:
                told = f"{', '.join(unread)} of the notice {name}"
                coverage = searched_whole.coverage
                searched_whole = searched_whole._replace(coverage=coverage._replace(unread=(*coverage.unread, told)))
            verdicts = judge(searched_whole, self.day, first.audience)
            shares = dict(zip(joined.paths, shared_out(verdicts, joined, name), strict=True))
        found = []
        for read, searched, identity in parts:
            if searched is None:
                found.append(stages.unread(read))
                continue
            chosen = self.selected(self.plan.of(read.source.path))
            mine = tuple(verdict for verdict in shares[searched.document.path] if verdict.rule in chosen)
            # What the rules are inconclusive for is one problem of the file, its own or that of another.
            faults = problems(searched, () if told else mine)
            if told and searched.coverage.complete:
                faults = (Problem("notice-incomplete", f"{told} could not be read in full"),)
            document = document_report(searched.document, mine, faults)
            found.append(self._weighed(document, read, identity))
        return found

    def _weighed(self, document: DocumentReport, read: Read, identity: str) -> DocumentReport:
        from privaudit.fingerprint import identified

        settings = self.plan.of(read.source.path)
        # Another layer may say more.
        if self._by_grade and not settings.layer:
            from privaudit.weigh import asked

            document = asked(document, self.gate)
        if settings.severity or settings.layer:
            from privaudit.weigh import weighed

            document = weighed(document, settings.levels, layer=settings.layer)
        if read.document and "privaudit:" in read.document.source:
            from privaudit.directive import directives
            from privaudit.suppress import inline

            names = self.names(settings)
            document = inline(document, directives(read.document), names, self.day, strict=settings.strict_suppressions)
            if settings.severity:
                document = weighed(document, settings.levels)
        return identified(document, identity)

    def names(self, settings: Settings) -> Names:
        """Every rule and group, and those whose rules are all judged with these settings."""
        from privaudit.suppress import RULES, Names

        chosen = self.selected(settings)
        left_out = {name for rule in self.ruleset.rules if rule.id not in chosen for name in (rule.id, rule.group)}
        known = frozenset({*names_of(self.ruleset.rules), "suppression", *(rule.id for rule in RULES)})
        return Names(known, known - left_out)

    def close(self) -> None:
        """Keeps what was worked out of the rules for the next run."""
        # What came with the package has all patterns but those that a single document asks for.
        if self._patterns is not None and self._patterns.grown and self._kept:
            self.known.keep(self._kept, self._patterns.to_keep())


def _sure(document: Document) -> Document:
    """The document with a guessed encoding as a problem that leaves it incomplete."""
    from privaudit.document import Problem

    told = [
        Problem("encoding-unsure", one.message) if one.code == "encoding-guessed" else one for one in document.problems
    ]
    return document._replace(problems=tuple(told))
