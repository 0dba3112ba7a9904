"""E-mail addresses, telephone numbers, postal codes and authorities, each in one way of writing it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privaudit.engine import Searched
from privaudit.facts.found import Named, Words, longest
from privaudit.facts.values import Fact, FactKind
from privaudit.match.authority import whole_names
from privaudit.match.hits import Hit
from privaudit.rulepack.fact_words import AUTHORITY, FactWords, authorities_in

# Concepts of the rule pack that find these in every language.
EMAIL, PHONE = "email-address", "phone-number"
_SPELLED = re.compile(r" ?[(\[]+ ?[^()\[\]]{1,6} ?[)\]]+ ?")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LEAST_DIGITS = 7
_PATH = re.compile(r"(?<!/)/[^/?#]+")
_SHALLOW = 1


def contacts(searched: Searched, words: Words) -> Iterator[Fact]:
    """The addresses, telephone numbers and postal codes of a document."""
    for hit in words.seen(searched.hits.of(EMAIL)):
        if address := email(_text(words, hit)):
            yield _fact(words, FactKind.EMAIL, address, hit)
    numbers = [Named(hit, PHONE, False) for hit in words.seen(searched.hits.of(PHONE))]
    # The target of a link may say more than its text, which it overlaps.
    targets = [one for one in numbers if one.hit.source is not None]
    written = longest([*(one for one in numbers if one.hit.source is None), *words.of("phone")])
    for one in (*targets, *written):
        if number := phone(_text(words, one.hit)):
            yield _fact(words, FactKind.PHONE, number, one.hit, one.perhaps)
    for one in longest(words.of("postal-code")):
        code = re.sub(r"^[A-Z]{1,2}-|\s", "", _text(words, one.hit))
        yield _fact(words, FactKind.POSTAL_CODE, code, one.hit, one.perhaps)


def authorities(words: Words, facts: FactWords) -> Iterator[Fact]:
    """The supervisory authorities that a document names, each by what it is called in reports."""
    named = words.of(AUTHORITY)
    whole = set(whole_names(one.hit for one in named))
    for one in named:
        if one.hit not in whole:
            continue
        # A page deep in a site, such as a copy of the law, is no name of whose site it is.
        deep = one.hit.source is not None and len(_PATH.findall(_text(words, one.hit))) > _SHALLOW
        meant = authorities_in(one.name)
        for authority in meant:
            called = facts.called.get(f"{AUTHORITY}{authority}", authority)
            yield _fact(words, FactKind.AUTHORITY, called, one.hit, one.perhaps or deep or len(meant) > 1)


def email(written: str) -> str:
    """An address in lower case, with "(at)" and "(dot)" resolved; empty for what is none."""
    # A full stop before a space ends a sentence.
    address = re.split(r"\.\s", written.removeprefix("mailto:").partition("?")[0])[0]
    if "@" not in address:
        address = _SPELLED.sub("@", address, count=1)
    address = _SPELLED.sub(lambda found: "@" if "@" in found[0] else ".", address)
    address = address.replace(" ", "").lower()
    return address if _ADDRESS.fullmatch(address) else ""


def phone(written: str) -> str:
    """The digits of a number, with `+` where it has its country and without the 0 that the country replaces."""
    international = re.search(r"\+|(?<!\d)00(?=[1-9])", written)
    text = written[international.end() :] if international else written
    digits = "".join(re.findall(r"\d", re.sub(r"\(0\)", "", text) if international else text))
    if len(digits) < _LEAST_DIGITS:
        return ""
    return f"+{digits}" if international else digits


def _text(words: Words, hit: Hit) -> str:
    """The words of a hit; of one in a link its target, as it is written in the source."""
    if hit.source is not None:
        return words.document.source[hit.source.start : hit.source.end]
    return words.document.text(hit.span)


def _fact(words: Words, kind: FactKind, value: str, hit: Hit, perhaps: bool = False) -> Fact:
    marked = [] if hit.source is None else [hit.source]
    return Fact(kind, value, words.evidence([hit.sentence], [hit.span], marked), perhaps)
