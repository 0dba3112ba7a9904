"""The language of a document and of its blocks: declared first, then counted, then detected.

A stop-word count settles most texts. langdetect is asked only where the count is unsure, with a fixed seed, on a
bounded sample, and with the profiles of look-alike languages as decoys, without which Danish comes out as Swedish.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

from privaudit.document import Document, LanguageGuess, Span
from privaudit.record import Any, NamedTuple
from privaudit.rulepack.schema import LanguageData
from privaudit.segment import Segmenter

_WORD = re.compile(r"[^\W\d_]+")
_DECOYS = ("da", "no", "af", "es", "it", "pt", "pl", "fi", "de", "fr", "nl", "en", "sv")
_NAMES = {
    "af": "Afrikaans", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "ga": "Irish", "hr": "Croatian",
    "hu": "Hungarian", "is": "Icelandic", "it": "Italian", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese",
    "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
}  # fmt: skip
# A stop-word count is sure from this many words, this share of them, and this lead over the next language.
_LEAST_WORDS = 40
_SURE_SHARE = 0.12
_SURE_LEAD = 3
_SAMPLE = 2000
_DETECTED = 0.8
# From this many letters on a block may speak for itself.
_OWN_VOICE = 200
_OWN_SHARE = 0.10
_FOREIGN = 0.99
_NATIVE_SHARE = 0.05
# A shorter text is told to be in another language by so many of its words.
_ASIDE_WORDS = 8
_ASIDE_HITS = 3


class _Counts(NamedTuple):
    words: int
    letters: int
    hits: Counter[str]

    def share(self, code: str | None) -> float:
        return self.hits[code] / self.words if code and self.words else 0.0

    def best(self, least_share: float) -> str | None:
        if self.words < _LEAST_WORDS // 2 or not self.hits:
            return None
        ranked = self.hits.most_common()
        lead = ranked[1][1] if len(ranked) > 1 else 0
        code, count = ranked[0]
        return code if count >= least_share * self.words and count >= _SURE_LEAD * lead else None

    def aside(self, code: str | None) -> str | None:
        """The language of a short text that plainly is not in the language of its document."""
        if self.words < _ASIDE_WORDS or not self.hits:
            return None
        best, count = _first(self.hits)
        own = self.hits[code] if code else 0
        return best if best != code and count >= max(_ASIDE_HITS, 4 * own, _SURE_SHARE * self.words) else None


def _first(counts: Counter[str]) -> tuple[str, int]:
    """What was counted most often, without the module that `most_common` loads for the few best ones."""
    return counts.most_common()[0]


class _Counter:
    def __init__(self, languages: dict[str, LanguageData]) -> None:
        self.owners: dict[str, list[str]] = {}
        for code, language in sorted(languages.items()):
            for word in language.stop_words:
                self.owners.setdefault(word.casefold(), []).append(code)

    def count(self, text: str) -> _Counts:
        words = _WORD.findall(text.casefold())
        hits = Counter([code for word in words for code in self.owners.get(word, ())])
        return _Counts(len(words), sum(map(len, words)), hits)


def annotate(document: Document, languages: dict[str, LanguageData], override: str | None = None) -> Document:
    """The document with its language, the language of each block, and the sentences of each block.

    `languages` are those whose stop words and abbreviations are known; `override` (`--lang`) settles the document's
    language, blocks included. A block whose language cannot be told takes the document's.
    """
    counter = _Counter(languages)
    groups = _groups(document)
    counts = [
        counter.count(" ".join(document.text(document.blocks[index].span) for index in group)) for group in groups
    ]
    if override:
        guess = LanguageGuess(override, 1.0, "option")
        voices: list[str | None] = [None] * len(groups)
    else:
        guess = _document_language(document, counts)
        voices = [_own_voice(document, group, count, guess.code) for group, count in zip(groups, counts, strict=True)]
        guess = _corrected(guess, voices, counts)
    codes: list[str | None] = [guess.code] * len(document.blocks)
    for position, group in enumerate(groups):
        voice = voices[position] or _inherited(voices, counts, position, guess.code)
        for index in group:
            codes[index] = voice
    segmenters = {code: _segmenter(languages, code) for code in set(codes)}
    sentences = tuple(
        segmenters[code].split(document.shadow, block.span) for block, code in zip(document.blocks, codes, strict=True)
    )
    asides = tuple(
        (group[0], aside)
        for group, count, voice in zip(groups, counts, voices, strict=True)
        if voice is None and not override and (aside := count.aside(guess.code))
    )
    return document._replace(language=guess, languages=tuple(codes), sentences=sentences, asides=asides)


def _segmenter(languages: dict[str, LanguageData], code: str | None) -> Segmenter:
    """What splits text of a language; where that is not known, by the words of all."""
    known = [languages[code]] if code in languages else list(languages.values())
    return Segmenter(
        frozenset(word.casefold() for language in known for word in language.abbreviations),
        frozenset(word.casefold() for language in known for word in language.stop_words),
    )


def _groups(document: Document) -> list[list[int]]:
    groups: list[list[int]] = []
    last = None
    for block in document.blocks:
        if block.group != last:
            groups.append([])
            last = block.group
        groups[-1].append(block.index)
    return groups


def _document_language(document: Document, counts: list[_Counts]) -> LanguageGuess:
    if document.declared.code:
        return document.declared
    total = _Counts(
        sum(one.words for one in counts),
        sum(one.letters for one in counts),
        sum((one.hits for one in counts), Counter()),
    )
    if total.words >= _LEAST_WORDS:
        best = total.best(_SURE_SHARE)
        if best:
            return LanguageGuess(best, round(min(0.99, total.hits[best] / sum(total.hits.values())), 2), "detected")
    voiced: Counter[str] = Counter()
    for count in counts:
        voice = count.best(_OWN_SHARE) if count.letters >= _OWN_VOICE else None
        if voice:
            voiced[voice] += count.letters
    if voiced:
        # Several languages, each in blocks of its own: the one with most text is the document's.
        code, letters = _first(voiced)
        return LanguageGuess(code, round(letters / sum(voiced.values()), 2), "detected")
    blocks = sorted(document.blocks, key=lambda block: (-len(block.span), block.index))
    sample: list[Span] = []
    length = 0
    for block in blocks:
        if length >= _SAMPLE:
            break
        sample.append(block.span)
        length += len(block.span)
    text = " ".join(document.text(span) for span in sorted(sample))[:_SAMPLE]
    found, confidence = detect(text)
    if found is None or confidence < _DETECTED:
        return LanguageGuess(None, confidence, "unknown")
    return LanguageGuess(found, confidence, "detected")


def _own_voice(document: Document, group: list[int], count: _Counts, code: str | None) -> str | None:
    """The language that a block (or list, or row) of enough letters speaks beyond doubt, else None."""
    if count.letters < _OWN_VOICE:
        return None
    best = count.best(_OWN_SHARE)
    if best:
        return best
    if count.share(code) >= _NATIVE_SHARE:
        return code
    text = " ".join(document.text(document.blocks[index].span) for index in group)
    words = _WORD.findall(text)
    # Names and addresses are no language; running text is mostly lower case.
    if sum(word.islower() for word in words) < 0.6 * len(words):
        return None
    found, confidence = detect(text[:_SAMPLE])
    return found if confidence >= _FOREIGN else None


def _corrected(guess: LanguageGuess, voices: list[str | None], counts: list[_Counts]) -> LanguageGuess:
    """A declaration gives way where nearly all long blocks speak another language."""
    letters: Counter[str] = Counter()
    for voice, count in zip(voices, counts, strict=True):
        if voice:
            letters[voice] += count.letters
    if not letters:
        return guess
    code, most = _first(letters)
    total = sum(letters.values())
    if guess.code != code and most >= 0.8 * total:
        return LanguageGuess(code, round(most / total, 2), "detected")
    return guess


def _inherited(voices: list[str | None], counts: list[_Counts], at: int, code: str | None) -> str | None:
    """A short block is written like its neighbours where those on both sides agree, else like the document."""
    if counts[at].hits and counts[at].share(code) >= _NATIVE_SHARE:
        return code
    before = next((voice for voice in reversed(voices[:at]) if voice), None)
    after = next((voice for voice in voices[at + 1 :] if voice), None)
    return before if before and before == after else code


def detect(text: str) -> tuple[str | None, float]:
    """The language of a text by langdetect, and how sure it is (0 to 1, two decimals)."""
    from langdetect.lang_detect_exception import LangDetectException

    if sum(map(str.isupper, text)) > sum(map(str.islower, text)):
        # The detector knows capitals as those of German nouns.
        text = text.lower()
    detector = _factory().create()
    detector.append(text)
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:
        return None, 0.0
    if not ranked:
        return None, 0.0
    return str(ranked[0].lang), round(float(ranked[0].prob), 2)


def language_name(code: str) -> str:
    """The English name of a language by its ISO 639-1 code, the code itself where it is none of Europe's."""
    return _NAMES.get(code, code)


@functools.cache
def _factory() -> Any:
    from pathlib import Path

    from langdetect import detector_factory

    factory = detector_factory.DetectorFactory()
    factory.seed = 0
    folder = Path(detector_factory.PROFILES_DIRECTORY)
    factory.load_json_profile([(folder / code).read_text(encoding="utf-8") for code in _DECOYS])
    return factory
