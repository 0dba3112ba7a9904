"""What finding all words of a pack costs, and a whole audit, as shares of a plain loop over 300 patterns.

    python benchmarks/matching.py FOLDER... [--language en] [--least BYTES] [--most BYTES] [--runs N]

FOLDER holds real policies, which are read where they are. Those in the language with about 15 KB are measured, on one
core and in seconds of computing. The first audit of each, which compiles patterns, is not counted. The plain loop is
described in yardstick.py. `matching, 300` looks for the same 300 patterns as the loop does, `matching, all` for all
words of the pack in that language, which are five times as many, as an audit does; the loop over as many is measured
once, to say so. All hits must be those of the plain path.
"""

from collections.abc import Iterable
from datetime import date
from itertools import compress

from yardstick import (
    PATTERNS,
    Measured,
    Text,
    builtin_rules,
    compiled,
    documents,
    interleaved,
    options_for_documents,
    pattern_entries,
    plain_loop,
    seconds,
    some_of,
)

from privaudit import CompiledRules, Document, __version__, annotate, read_document
from privaudit.engine import judge, problems, search
from privaudit.gate import Threshold
from privaudit.match.hits import Hits
from privaudit.match.lexicon import reference
from privaudit.match.units import units_of
from privaudit.render.json import render
from privaudit.report import assemble, document_report
from privaudit.rulepack.schema import ANYWHERE, WordEntry

DAY = date(2026, 11, 1)


def found(document: Document, rules: CompiledRules, concepts: Iterable[str]) -> Hits:
    """Every hit of the concepts in a document."""
    hits = search(document, rules).hits
    for concept in concepts:
        hits.of(concept)
    return hits


def only(rules: CompiledRules, words: dict[str, tuple[WordEntry, ...]]) -> CompiledRules:
    """Rules that look for these words and no others, in every language."""
    bare = rules.ruleset._replace(rules=(), regions=(), notice=tuple(words), words={ANYWHERE: words})
    return CompiledRules(bare)


def audited(name: str, data: bytes, rules: CompiledRules) -> str:
    """The JSON report on a document, from its bytes."""
    ruleset = rules.ruleset
    document = annotate(read_document(name, data), ruleset.languages)
    searched = search(document, rules)
    verdicts = judge(searched, DAY)
    report = document_report(document, verdicts, problems(searched, verdicts))
    return render(assemble(__version__, ruleset, ruleset.rules, [report], as_of=DAY, threshold=Threshold(None)))


def as_text(document: Document) -> bytes:
    """The text of a document without markup, its blocks with an empty line between them."""
    return "\n\n".join(document.text(block.span) for block in document.blocks).encode()


def is_identical(text: Text, rules: CompiledRules, language: str) -> bool:
    """Whether the hits of all patterns are those of the plain path: each pattern over each sentence."""
    words = rules.ruleset.words_in(language)
    hits = found(text.document, rules, words)
    units = units_of(text.document)
    spoken = [text.document.languages[index] == language for index in units.block_of]
    sentences = list(compress(units.sentences, spoken))
    vocabulary = rules.lexicon(language).vocabulary
    for concept, entries in words.items():
        if concept not in vocabulary:
            # No rule asks for it.
            continue
        plain = set(reference(entries, rules.patterns, text.document, sentences))
        if plain - set(hits.of(concept)):
            return False
        if not any(entry.link or entry.article for entry in entries) and len(hits.of(concept)) != len(plain):
            return False
    return True


def main() -> None:
    """Measures and prints."""
    parser = options_for_documents(__doc__)
    options = parser.parse_args()
    rules = builtin_rules()
    texts = documents(options.folder, rules, options.language, options.least, options.most)
    entries = pattern_entries(rules, options.language)
    patterns = compiled(some_of(entries, PATTERNS))
    # The same patterns in the same number: each a concept of its own, for a vocabulary of no more.
    chosen = {f"word-{number}": (entry,) for number, entry in enumerate(some_of(entries, PATTERNS))}
    few = only(rules, chosen)
    concepts = list(rules.ruleset.words_in(options.language))
    plain = {text.name: as_text(text.document) for text in texts}
    kinds = {
        "plain loop": lambda text: plain_loop(patterns, text.document.shadow),
        "matching, all": lambda text: found(text.document, rules, concepts),
        "matching, 300": lambda text: found(text.document, few, chosen),
        "read": lambda text: read_document(text.name, text.data),
        "annotate": lambda text: annotate(text.document, rules.ruleset.languages),
        "audit": lambda text: audited(text.name, text.data, rules),
        "read, as text": lambda text: read_document("policy.txt", plain[text.name]),
        "audit, as text": lambda text: audited("policy.txt", plain[text.name], rules),
    }
    if not texts:
        parser.error(f"no document in {options.language} of {options.least:,} to {options.most:,} bytes")
    measured: dict[str, Measured] = interleaved(kinds, texts, options.runs)
    size = sum(len(text.document.shadow) for text in texts) / len(texts)
    loop = measured["plain loop"]
    told = [f"{len(texts)} documents, {size:,.0f} characters on average, {options.runs} runs; ms a document:"]
    told += [
        f"{name:16} {one.milliseconds:7.2f}   {one.of(loop):.3f} of the plain loop" for name, one in measured.items()
    ]
    every = compiled(entries)
    whole = sum(seconds(lambda text=text: plain_loop(every, text.document.shadow)) for text in texts)  # type: ignore[misc]
    told.append(f"plain loop over all {len(entries):,} patterns: {1000 * whole / len(texts):.0f}")
    other = [text.name for text in texts if not is_identical(text, rules, options.language)]
    told.append(
        f"other hits than by the plain path in {', '.join(other)}" if other else "the hits are the plain path's"
    )
    print("\n".join(told))  # noqa: T201


if __name__ == "__main__":
    main()
