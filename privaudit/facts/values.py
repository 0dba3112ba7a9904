"""Facts as values, written so that the same fact is the same text whatever the language. Standard library only."""

from __future__ import annotations

from enum import StrEnum

from privaudit.model import Evidence
from privaudit.record import NamedTuple


class FactKind(StrEnum):
    """What a fact is about, in the order in which reports tell of it."""

    AUTHORITY = "authority"
    EMAIL = "e-mail"
    PHONE = "phone"
    POSTAL_CODE = "postal-code"
    LAST_CHANGE = "last-change"
    PERIOD = "period"
    AGE = "age"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"


# Kinds that are written alike in every language.
ANY_LANGUAGE = frozenset({FactKind.EMAIL, FactKind.PHONE, FactKind.POSTAL_CODE})


class Fact(NamedTuple):
    """Something that a passage says, such as 30 days.

    `value` is in a form that no language changes: `30 days`, `2 years`, `20 EUR`, `4 %`, `2026-03-01` or `2026-03`,
    a telephone number as its digits with `+` where it has its country, an authority as the country that it is of.
    With `perhaps` the passage may say so and may not. `evidence` is the sentence, in which the words are marked.
    `retention` tells a span of time for which data is kept from another one.
    """

    kind: FactKind
    value: str
    evidence: Evidence
    perhaps: bool = False
    retention: bool = False
