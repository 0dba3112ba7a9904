from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privaudit.errors import Fault, RuleError, UsageError
from privaudit.model import PackInfo
from privaudit.rulepack.load import builtin_folder, load_languages, load_rules, pack_folders
from privaudit.rulepack.schema import Condition, Rule, Scope, Takes
from tests.unit.rulepack.conftest import LANGUAGE, PACK, RULE, WORDS, Write, faults, load

X = "rules/x.yaml"
OF_X = RULE.format(id="x")
SHARED = "conditions:\n  both: {all: [complain, authority]}\nregions:\n  aside: {opened_by: [complain], takes: rest}\n"
PRIVATE = (
    "id: my-rule\nkind: practice\nseverity: note\nfind: {any: [my-word]}\n"
    "words:\n  en: {my-word: [synergy]}\nexamples:\n  en: {found: [Synergy.]}\n"
)


def test_a_pack_becomes_a_rule_set(write: Write) -> None:
    folder = write({"shared.yaml": SHARED})
    ruleset = load(folder)
    assert ruleset.packs == (PackInfo("house", "1.10", "2026-01-31"),)
    assert [rule.id for rule in ruleset.rules] == ["house-complaint"]
    assert ruleset.covered == ("en",)
    assert set(ruleset.words["en"]) == {"complain", "authority"}
    assert [(region.name, region.takes, region.opened_by) for region in ruleset.regions] == [
        ("aside", Takes.REST, ("complain",))
    ]
    assert ruleset.languages["en"].citation.article == ("article", "art.")
    assert ruleset.folder == str(folder)


def test_named_conditions_are_written_out_in_place(write: Write) -> None:
    rule = "id: x\nkind: disclosure\nseverity: error\npresent: {any: [nested, complain]}\n"
    shared = "conditions:\n  nested: {not: [both]}\n  both: {all: [complain, authority], within: section}\n"
    found = load(write({"shared.yaml": shared, "rules/x.yaml": rule})).rule("x")
    assert found is not None
    complain, authority = Condition("concept", "complain"), Condition("concept", "authority")
    both = Condition("all", parts=(complain, authority), within=Scope.SECTION)
    assert found.present == Condition("any", parts=(Condition("not", parts=(both,)), complain), within=Scope.BLOCK)


def test_words_and_examples_are_read_only_where_asked_for(write: Write) -> None:
    folder = write(
        {
            "words/sv/language.yaml": "language: sv\nname: Swedish\n",
            "words/sv/words.yaml": "language: sv\nwords: {complain: [klaga]}\n",
            "words/any/names.yaml": "language: any\nwords: {authority: [IMY]}\n",
            "words/en/words.yaml": WORDS + "examples: {house-complaint: {missing: [Nothing.]}}\n",
        }
    )
    everything = load_rules([folder], examples=True)
    assert set(everything.words) == {"any", "en", "sv"}
    assert len(everything.examples) == 1
    assert {"en", "sv"} <= set(everything.languages)
    swedish = load_rules([folder], languages={"sv"})
    assert set(swedish.words) == {"any", "sv"}
    assert not swedish.examples
    assert swedish.rules == everything.rules


def test_a_concept_may_have_words_in_languages_that_nobody_asked_for(write: Write) -> None:
    folder = write({"words/sv/language.yaml": "language: sv\nname: Swedish\n"})
    assert not load_rules([folder], languages={"sv"}).words
    (folder / "words/en/words.yaml").write_text("language: en\nwords:\n  complain: [complain]\n")
    with pytest.raises(RuleError, match="no language has words for 'authority'"):
        load_rules([folder], languages={"sv"})


def test_languages_alone_do_not_need_sound_rules(write: Write) -> None:
    folder = write({"rules/broken.yaml": "["})
    assert load_languages([folder])["en"].stop_words == ("the", "of", "and", "we")


def test_a_single_file_with_words_inside_is_a_pack_and_answers_for_its_languages(tmp_path: Path, write: Write) -> None:
    file = tmp_path / "any-name.yaml"
    file.write_text(PRIVATE)
    folder = write({})
    ruleset = load_rules([folder, file], examples=True)
    assert [pack.id for pack in ruleset.packs] == ["house", "any-name"]
    assert ruleset.words["en"]["my-word"][0].pattern == "synergy"
    assert [example.rule for example in ruleset.examples] == ["my-rule"]
    assert load_rules([file, folder]).covered == ("en",)


def test_a_folder_of_rule_files_uses_concepts_and_conditions_of_packs_before_it(tmp_path: Path, write: Write) -> None:
    folder = write({"shared.yaml": SHARED})
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.yml").write_text("id: any-id\nkind: practice\nseverity: note\nfind: {any: [both]}\noutside: [aside]\n")
    ruleset = load_rules([folder, own])
    assert [rule.id for rule in ruleset.rules] == ["house-complaint", "any-id"]
    assert ruleset.rules[1].concepts() == {"complain", "authority"}
    with pytest.raises(RuleError, match="unknown region 'aside'"):
        load_rules([own])


def test_a_rule_of_another_pack_cannot_be_redefined(tmp_path: Path, write: Write) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(RULE.format(id="house-complaint"))
    with pytest.raises(RuleError, match=r"rule 'house-complaint' is defined in .*house-complaint\.yaml:1 already"):
        load_rules([write({}), own])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"rules/other.yaml": RULE.format(id="x")},
            "other.yaml:1:5: rule 'x' stands in other.yaml; name the file x.yaml",
        ),
        ({X: OF_X + "outside: [asid]\n", "shared.yaml": SHARED}, "x.yaml:5:11: unknown region 'asid'"),
        ({X: OF_X + "covered_by: [house-complant]\n"}, "x.yaml:5:14: unknown rule 'house-complant'; did"),
        ({X: OF_X + "languages: [sv, xx]\n"}, "x.yaml:5:17: unknown language 'xx'"),
        ({X: OF_X + "topic: [complian]\n"}, "x.yaml:5:9: no language has words for 'complian'; did"),
        ({X: OF_X + "topic: [both]\n", "shared.yaml": SHARED}, "x.yaml:5:9: 'both' is a named condition"),
        (
            {X: OF_X + "requires: {rule: house-complaint, outcome: [found]}\n"},
            "x.yaml:5:45: 'house-complaint' is a disclosure rule and never 'found'",
        ),
        (
            {"shared.yaml": "conditions: {complain: {any: [authority]}}\n"},
            "words.yaml:3:3: 'complain' is also a condition in",
        ),
        ({"shared.yaml": "names: {complian: a complaint}\n"}, "shared.yaml:1:9: no language has words for 'complian'"),
        ({"shared.yaml": "names: {complain: ''}\n"}, "shared.yaml:1:19: "),
        ({"shared.yaml": "conditions: {a: {any: [b]}, b: {all: [a]}}\n"}, "shared.yaml:1:14: condition 'a' leads back"),
        (
            {"shared.yaml": "regions: {aside: {opened_by: [complain]}}\n"},
            "shared.yaml:1:11: region 'aside' needs 'takes'",
        ),
        (
            {"shared.yaml": "regions: {aside: {opened_by: [complain], takes: all}}\n"},
            "shared.yaml:1:49: unknown value of takes",
        ),
        (
            {"pack.yaml": PACK + "notice: [nothing]\n"},
            "pack.yaml:5:10: no language has words for 'nothing'; add some to",
        ),
        ({"pack.yaml": PACK + "licence: x\n"}, "pack.yaml:5:1: unknown key 'licence' in pack.yaml"),
        ({"pack.yaml": "id: house\nversion: 1\n"}, "pack.yaml:1:1: key 'languages' is missing"),
        (
            {"pack.yaml": PACK.replace("[en]", "[en, qq]")},
            "pack.yaml:3:17: unknown language 'qq': there is no words/qq/",
        ),
        (
            {"words/en/language.yaml": LANGUAGE.replace("en", "sv", 1)},
            "language.yaml:1:11: language 'sv' in the folder of 'en'",
        ),
        ({"words/en/language.yaml": LANGUAGE + "stopwords: []\n"}, "language.yaml:5:1: unknown key 'stopwords'"),
        ({"words/stray.yaml": WORDS}, "stray.yaml:0:0: belongs to no language; move it to words/xx/"),
    ],
)
def test_names_that_lead_nowhere_are_faults(write: Write, files: dict[str, str], expected: str) -> None:
    files = {"words/sv/language.yaml": "language: sv\nname: Swedish\n", **files}
    found = faults(write(files))
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_rules_must_not_wait_for_each_other(write: Write) -> None:
    first = RULE.format(id="a") + "requires: {rule: b, outcome: [present]}\n"
    second = RULE.format(id="b") + "covered_by: [a]\n"
    found = faults(write({"rules/a.yaml": first, "rules/b.yaml": second}))
    assert found == ["a.yaml:1:5: rules wait for each other (a -> b -> a); take one 'requires' or 'covered_by' away"]


def test_all_faults_of_all_files_come_at_once_in_the_order_of_files_and_lines(write: Write) -> None:
    found = faults(
        write(
            {
                "pack.yaml": PACK + "licence: x\n",
                "rules/a.yaml": "id: b\nkind: disclosures\nseverity: eror\n",
                "rules/c.yaml": "kind: [\n",
                "words/en/words.yaml": WORDS + "  more: x\n",
            }
        )
    )
    assert [one.split(": ")[0] for one in found] == [
        *("pack.yaml:5:1", "a.yaml:1:5", "a.yaml:2:7", "a.yaml:3:11", "c.yaml:1:8", "words.yaml:5:9")
    ]


def test_a_broken_file_does_not_make_the_names_that_it_defines_unknown(write: Write) -> None:
    found = faults(
        write(
            {
                "rules/a.yaml": "id: a\nkind: x\nseverity: note\n",
                "rules/b.yaml": RULE.format(id="b") + "covered_by: [a]\n",
                "words/en/words.yaml": WORDS + "\tmore: x\n",
                "words/en/also.yaml": "language: en\nexamples: {a: {present: [x]}}\n",
            }
        )
    )
    assert [one.split(": ")[0] for one in found] == ["a.yaml:2:7", "words.yaml:5:1"]
    found = faults(write({"shared.yaml": "regions: [", "rules/b.yaml": RULE.format(id="b") + "outside: [aside]\n"}))
    assert [one.split(":")[0] for one in found if "aside" in one] == []


def test_paths_below_the_current_folder_are_shown_as_people_write_them(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"rules/a.yaml": "["})
    monkeypatch.chdir(folder.parent)
    with pytest.raises(RuleError) as caught:
        load_rules([folder])
    assert caught.value.faults[0].path == "house/rules/a.yaml"
    monkeypatch.chdir(folder / "words")
    with pytest.raises(RuleError) as caught:
        load_rules([Path("..")])
    assert caught.value.faults[0].path == (folder / "rules/a.yaml").as_posix()


def test_packs_are_named_by_path_and_the_built_in_one_comes_first(tmp_path: Path, write: Write) -> None:
    folder = write({})
    assert pack_folders([str(folder), folder]) == (builtin_folder(), folder)
    assert pack_folders([folder], builtin=False) == (folder,)
    with pytest.raises(UsageError, match="no such rule pack"):
        pack_folders([tmp_path / "none"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no rule files"):
        pack_folders([tmp_path / "empty"])
    with pytest.raises(UsageError, match="--rules"):
        pack_folders([], builtin=False)


def test_the_built_in_pack_is_there() -> None:
    assert (builtin_folder() / "pack.yaml").is_file()


@given(at=st.integers(0, 400), cut=st.integers(0, 12), put=st.text("ab:- \n'\"[]{}&*!|#,x", max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_whatever_is_done_to_a_rule_file_it_loads_or_has_faults_in_its_lines(
    tmp_path: Path, at: int, cut: int, put: str
) -> None:
    text = PRIVATE + RULE.format(id="x").split("\n", 3)[3].replace("present", "applies_when") + "messages: {found: x}\n"
    text = text[:at] + put + text[at + cut :]
    file = tmp_path / "rule.yaml"
    file.write_text(text)
    rules: tuple[Rule, ...] = ()
    found: tuple[Fault, ...] = ()
    try:
        rules = load_rules([file], examples=True).rules
    except RuleError as error:
        found = error.faults
    assert len(rules) == (0 if found else 1)
    assert all(0 <= fault.line <= text.count("\n") + 1 for fault in found)
