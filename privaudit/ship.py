"""What is made of the built-in pack when the package is built, so that the first run need not make it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from privaudit import cache
from privaudit.engine import CompiledRules
from privaudit.extension import version_of
from privaudit.match import detect
from privaudit.match.pattern import Patterns
from privaudit.record import Any
from privaudit.rulepack.kept import pack, shipped_key, without_words
from privaudit.rulepack.layout import builtin_folder
from privaudit.rulepack.load import load_rules


class _Kept(dict[str, Any]):
    """A store that remembers."""

    def recall(self, name: str) -> Any:
        return self.get(name)

    def keep(self, name: str, value: Any) -> None:
        self[name] = value


def shipped(spoken: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """The files that lie in `rules/kept` of a wheel: the built-in pack as `rulepack.kept` and `cli.audit` recall it.

    `spoken` are the languages whose words are prepared, all by default. Raises `RuleError`.
    """
    folder = builtin_folder()
    ruleset = load_rules([folder], spoken)
    made = _Kept(languages=pack(ruleset.languages), rules=pack(without_words(ruleset)))
    for code in ("", *(ruleset.languages if spoken is None else spoken)):
        patterns = Patterns()
        rules = CompiledRules(ruleset, patterns, made)
        made["shared"] = sorted(rules.shared)
        _compile(rules, code)
        made[f"patterns-{version_of('regex')}-{code}"] = patterns.to_keep()
    key = shipped_key(str(folder))
    return ((f"{key}-{name}", cache.written(f"{key}-{name}", value)) for name, value in made.items())


def _compile(rules: CompiledRules, code: str) -> None:
    """Compiles every pattern that the documents of a language may need."""
    vocabulary, patterns = rules.lexicon(code).vocabulary, rules.patterns
    for concept in vocabulary:
        words = vocabulary.of(concept)
        if words:
            written = [words.pattern(number)[:2] for number in range(len(words.written))]
            for source, exact in [*written, *words.links, *words.governing]:
                patterns.compiled(source, exact)
    for source, flags in detect.PATTERNS:
        patterns.plain(source, flags)
