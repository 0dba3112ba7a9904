"""How the time of an audit grows with the size of a document, and that of matching with the number of words.

    python benchmarks/growth.py FOLDER... [--runs N] [--plot growth.svg] [--largest BYTES]

Documents of each size are made of distinct paragraphs of the real English policies in FOLDER, so that none comes twice
before all have come once. The vocabulary grows by taking every eighth, fourth, second and each entry of the pack, so
that there is as much more to find; how much is told. Last it doubles by words of the other languages, of which an
English text holds next to none.
"""

import argparse
import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from matching import found, only
from yardstick import Text, builtin_rules, documents, interleaved, pattern_entries, some_of

from privaudit import CompiledRules, annotate, audit, read_document

SIZES = (5_000, 15_000, 50_000, 150_000, 500_000, 1_500_000, 5_000_000)
PARTS = (8, 4, 2, 1)
# The sizes of a plot.
WIDTH, HEIGHT, MARGIN = 480, 320, 48


def document_of(size: int, texts: Sequence[Text]) -> bytes:
    """A document of about so many bytes, made of the paragraphs of the texts one after the other."""
    paragraphs = [part for text in texts for part in text.data.decode(errors="replace").split("\n\n") if part.strip()]
    chosen: list[str] = []
    length = number = 0
    while length < size:
        # Each time round, each paragraph has another number in it.
        turn = number // len(paragraphs)
        part = paragraphs[number % len(paragraphs)] + (f" ({turn})" if turn else "")
        chosen.append(part)
        length += len(part.encode()) + 2
        number += 1
    return "\n\n".join(chosen).encode()


def by_size(rules: CompiledRules, texts: Sequence[Text], largest: int, runs: int) -> list[tuple[float, float]]:
    """Bytes and seconds of an audit, for documents of growing size."""
    found_: list[tuple[float, float]] = []
    for size in (one for one in SIZES if one <= largest):
        data = document_of(size, texts)
        document = annotate(read_document("policy.md", data), rules.ruleset.languages)
        work = {
            "audit": lambda text: audit(
                annotate(read_document(text.name, text.data), rules.ruleset.languages), rules, date(2026, 11, 1)
            )
        }
        measured = interleaved(work, [Text("policy.md", data, document)], runs if size < 1_000_000 else 1)
        found_.append((len(data), measured["audit"].best))
    return found_


def by_words(rules: CompiledRules, texts: Sequence[Text], runs: int) -> list[tuple[float, float, float]]:
    """Numbers of patterns, seconds of matching them a document and hits a document, for growing vocabularies."""
    entries = pattern_entries(rules, "en")
    others = [entry for code in sorted({*rules.ruleset.languages} - {"en"}) for entry in pattern_entries(rules, code)]
    chosen = [some_of(entries, len(entries) // part) for part in PARTS]
    kinds = {}
    hits: list[float] = []
    for taken in (*chosen, [*entries, *some_of(others, len(entries))]):
        # As in the pack, some five words are one concept.
        words = {f"concept-{at}": tuple(taken[at : at + 5]) for at in range(0, len(taken), 5)}
        few = only(rules, words)
        kinds[str(len(taken))] = lambda text, few=few, words=words: found(text.document, few, words)
        searched = [found(text.document, few, words) for text in texts]
        hits.append(sum(len(one.of(word)) for one in searched for word in words) / len(texts))
    measured = interleaved(kinds, texts, runs)
    return [
        (int(count), one.best / len(texts), number) for (count, one), number in zip(measured.items(), hits, strict=True)
    ]


def plot(title: str, unit: str, points: Sequence[tuple[float, float]]) -> str:
    """An SVG of points on logarithmic scales, beside the line of growth in proportion."""
    xs, ys = ([math.log10(point[axis]) for point in points] for axis in (0, 1))
    low, high = min(ys[0], min(ys)), max(max(ys), ys[0] + xs[-1] - xs[0])

    def at(x: float, y: float) -> str:
        across = MARGIN + (x - xs[0]) / (xs[-1] - xs[0]) * (WIDTH - 2 * MARGIN)
        return f"{across:.1f},{HEIGHT - MARGIN - (y - low) / (high - low) * (HEIGHT - 2 * MARGIN):.1f}"

    line = " ".join(at(x, y) for x, y in zip(xs, ys, strict=True))
    marks = "".join(
        '<circle cx="{}" cy="{}" r="3" fill="#04c"/><text x="{}" y="{}">{:,.0f}: {:.3g} s</text>'.format(
            *at(x, y).split(","), *at(x, y).split(","), *point
        )
        for x, y, point in zip(xs, ys, points, strict=True)
    )
    first, last = at(xs[0], ys[0]), at(xs[-1], ys[0] + xs[-1] - xs[0])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif"'
        f' font-size="9">'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{MARGIN}" y="20" font-size="13">{title}</text>'
        f'<polyline points="{first} {last}" stroke="#999" stroke-dasharray="4" fill="none"/>'
        f'<polyline points="{line}" stroke="#04c" fill="none"/>{marks}'
        f'<text x="{MARGIN}" y="{HEIGHT - 12}">{unit}; dashed: in proportion</text></svg>\n'
    )


def main() -> None:
    """Measures, prints and draws."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--plot", type=Path, help="writes NAME-size.svg and NAME-words.svg")
    options = parser.parse_args()
    rules = builtin_rules()
    texts = documents(options.folder, rules)
    some = [text for text in texts if 10_000 <= len(text.data) <= 22_000][:12]
    words = by_words(rules, some, options.runs)
    sizes = by_size(rules, texts, options.largest, options.runs)
    told = [f"{count:9,.0f} patterns {1000 * time:9.2f} ms a document, {hits:5.0f} hits" for count, time, hits in words]
    told += [f"{size:9,.0f} bytes {1000 * time:9.1f} ms, {1e9 * time / size:6.0f} ms a million" for size, time in sizes]
    *ratios, foreign = [(after[1] / before[1], after[2] / before[2]) for before, after in pairwise(words)]
    told.append(
        "each doubling of the words: "
        + ", ".join(f"{time:.2f} times the time for {hits:.2f} times the hits" for time, hits in ratios)
    )
    told.append(f"doubled by words of other languages: {foreign[0]:.2f} times the time, {foreign[1]:.2f} the hits")
    print("\n".join(told))  # noqa: T201
    if options.plot:
        for name, drawn in (
            ("size", plot("An audit by the size of the document", "bytes", sizes)),
            ("words", plot("Matching by the number of patterns", "patterns", [one[:2] for one in words[:-1]])),
        ):
            options.plot.with_name(f"{options.plot.stem}-{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
