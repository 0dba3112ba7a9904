"""Five language versions of one notice, and one difference planted at a time: it is found, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from privaudit.cli.main import run

NOTICES = Path(__file__).parent / "notices"
LANGUAGES = ("en", "de", "fr", "nl", "sv")


class Planted(NamedTuple):
    """A change of one version: the words that go and those that come, and what must be told of it."""

    language: str
    old: str
    new: str
    told: frozenset[str]


def planted(language: str, old: str, new: str, *told: str) -> Planted:
    return Planted(language, old, new, frozenset(told))


PLANTED = [
    # A right that one version does not have.
    planted("en", "the right to have them erased, the\nright", "the\nright", "art13-2-b-erasure"),
    planted("de", ", auf deren Berichtigung und auf deren Löschung, das", " und auf deren Löschung, das", "art13-2-b-rectification"),
    planted("fr", "Vous pouvez introduire une réclamation auprès d'une autorité de contrôle. La nôtre est l'autorité néerlandaise de\nprotection des données (Autoriteit Persoonsgegevens).\n", "", "art13-2-d-complaint", "authority AP, Netherlands"),
    planted("nl", "U kunt uw toestemming op elk moment intrekken; de verwerking tot dan toe blijft rechtmatig. Wij", "Wij", "art13-2-c-withdraw-consent"),
    planted("sv", "rätt till\nbegränsning av behandlingen och ", "och ", "art13-2-b-restriction"),
    # Another time of storage.
    planted("en", "after 30 days", "after 90 days", "period 30 days", "period 90 days"),
    planted("de", "sieben Jahre", "zehn Jahre", "period 7 years", "period 10 years"),
    planted("fr", "au bout de trente jours", "au bout d'un mois", "period 30 days"),
    planted("nl", "na dertig dagen", "na drie weken", "period 30 days", "period 21 days"),
    planted("sv", "på 24 månader", "på sex månader", "period 2 years", "period 6 months"),
    # Another address, telephone number or postal code.
    planted("en", "at privacy@kaapstern", "at hello@kaapstern", "e-mail privacy@kaapstern.example", "e-mail hello@kaapstern.example"),
    planted("de", "liest officer@", "liest dsb@", "e-mail officer@kaapstern.example", "e-mail dsb@kaapstern.example"),
    planted("fr", "+31 20 555 0143", "+31 20 555 0199", "phone +31205550143", "phone +31205550199"),
    planted("nl", "1017 GA", "1018 GB", "postal-code 1017GA", "postal-code 1018GB"),
    planted("sv", "privacy@", "integritet@", "e-mail privacy@kaapstern.example", "e-mail integritet@kaapstern.example"),
    # Another date of the last change.
    planted("en", "1 March 2026", "1 May 2026", "last-change 2026-03-01", "last-change 2026-05-01"),
    planted("de", "1. März 2026", "11. März 2026", "last-change 2026-03-01", "last-change 2026-03-11"),
    planted("fr", "1er mars 2026", "2 mars 2026", "last-change 2026-03-01", "last-change 2026-03-02"),
    planted("nl", "1 maart 2026", "1 maart 2025", "last-change 2026-03-01", "last-change 2025-03-01"),
    planted("sv", "den 1 mars 2026", "2026-02-01", "last-change 2026-03-01", "last-change 2026-02-01"),
    # Another authority.
    planted("en", "the Dutch Data Protection Authority (Autoriteit\nPersoonsgegevens)", "the Information Commissioner's Office", "authority AP, Netherlands", "authority ICO, United Kingdom"),
    planted("de", "die niederländische Datenschutzbehörde\n(Autoriteit Persoonsgegevens)", "der Bundesbeauftragte für den Datenschutz und die Informationsfreiheit", "authority AP, Netherlands", "authority BfDI, Germany"),
    planted("fr", "l'autorité néerlandaise de\nprotection des données (Autoriteit Persoonsgegevens)", "la CNIL", "authority AP, Netherlands", "authority CNIL, France"),
    planted("nl", "De onze is de Autoriteit Persoonsgegevens.", "De onze is de Gegevensbeschermingsautoriteit (GBA).", "authority AP, Netherlands", "authority APD/GBA, Belgium"),
    planted("sv", "den nederländska dataskyddsmyndigheten (Autoriteit\nPersoonsgegevens)", "Integritetsskyddsmyndigheten (IMY)", "authority AP, Netherlands", "authority IMY, Sweden"),
    # Another amount, age or time to answer.
    planted("en", "50 euros", "500 euros", "amount 50 EUR", "amount 500 EUR"),
    planted("de", "unter 16 Jahren", "unter 14 Jahren", "age 16 years old", "age 14 years old"),
    planted("fr", "moins de 16 ans", "moins de 15 ans", "age 16 years old", "age 15 years old"),
    planted("nl", "één\nmaand", "vier\nweken", "period 1 month", "period 28 days"),
    planted("sv", "50 euro", "500 kronor", "amount 50 EUR", "amount 500 SEK"),
    # An outdated mechanism beside what the others rely on.
    planted("en", "(Decision (EU) 2021/914);", "(Decision (EU) 2021/914) and by its certification under the EU-US Privacy Shield;", "outdated-privacy-shield"),
    planted("de", "abgesichert; eine", "abgesichert. Außerdem ist Postmeeuw nach dem EU-US Privacy Shield zertifiziert. Eine", "outdated-privacy-shield"),
    planted("fr", "(décision (UE) 2021/914) ; vous", "(décision (UE) 2021/914). Postmeeuw adhère en outre au Privacy Shield UE-États-Unis. Vous", "outdated-privacy-shield"),
    planted("nl", "(Besluit (EU) 2021/914); een", "(Besluit (EU) 2021/914). Postmeeuw is bovendien gecertificeerd onder het EU-US Privacy Shield. Een", "outdated-privacy-shield"),
    planted("sv", "(beslut (EU) 2021/914); du", "(beslut (EU) 2021/914). Postmeeuw är dessutom certifierat enligt EU-US Privacy Shield. Du", "outdated-privacy-shield"),
]  # fmt: skip


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Rules that are read once for all tests."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def in_a_folder_with_the_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", cache)
    for code in LANGUAGES:
        (tmp_path / f"{code}.md").write_text((NOTICES / f"{code}.md").read_text(encoding="utf-8"), encoding="utf-8")


def compared(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    files = [f"{code}.md" for code in LANGUAGES]
    code = run(["parity", *files, "--format", "json", "--as-of", "2026-11-26"])
    captured = capsys.readouterr()
    assert captured.err == ""
    return code, json.loads(captured.out)


def differences(data: dict[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What differs, with the versions that say less or that lack it."""
    (group,) = data["groups"]
    for element in group["elements"]:
        if element["difference"]:
            yield element["rule"], tuple(element["behind"])
    for fact in group["facts"]:
        if fact["missing"]:
            yield f"{fact['kind']} {fact['value']}", tuple(fact["missing"])


def test_versions_that_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    code, data = compared(capsys)
    assert list(differences(data)) == []
    assert code == 0
    (group,) = data["groups"]
    stated = {(one["kind"], one["value"]) for one in group["facts"]}
    assert stated >= {
        ("authority", "AP, Netherlands"),
        ("e-mail", "privacy@kaapstern.example"),
        ("phone", "+31205550143"),
        ("postal-code", "1017GA"),
        ("last-change", "2026-03-01"),
        ("period", "30 days"),
        ("period", "2 years"),
        ("age", "16 years old"),
        ("amount", "50 EUR"),
    }
    assert all(passages for one in group["facts"] if not one["missing"] for passages in one["passages"])


@pytest.mark.parametrize("change", PLANTED, ids=lambda change: f"{change.language}-{'-'.join(sorted(change.told))}")
def test_a_planted_difference(change: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(f"{change.language}.md")
    before = path.read_text(encoding="utf-8")
    assert before.count(change.old) == 1
    path.write_text(before.replace(change.old, change.new), encoding="utf-8")
    code, data = compared(capsys)
    found = dict(differences(data))
    assert found.keys() == change.told
    assert code == 1
    number = LANGUAGES.index(change.language)
    others = tuple(one for one in range(len(LANGUAGES)) if one != number)
    assert {which for which in found.values()} <= {(number,), others}


def test_every_quote_is_the_slice_of_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    _, data = compared(capsys)
    (group,) = data["groups"]
    texts = [Path(version["path"]).read_text(encoding="utf-8") for version in group["versions"]]
    pieces = [
        (text, piece)
        for fact in group["facts"]
        for text, passages in zip(texts, fact["passages"], strict=True)
        for piece in passages
    ]
    assert len(pieces) > len(LANGUAGES) * len(group["facts"]) / 2
    for text, piece in pieces:
        assert piece["quote"] == text[piece["start"] : piece["end"]]
        assert text.count("\n", 0, piece["start"]) + 1 == piece["line"]
        assert all(piece["start"] <= first < last <= piece["end"] for first, last in piece["marks"])
        assert piece["marks"]
