"""F01 to F21: rule packs and configurations that were not written by a friend."""

import functools
import time
from itertools import islice
from pathlib import Path

import pytest
import regex

from privaudit.match.pattern import Patterns, translate
from privaudit.match.shape import shape_of
from privaudit.rulepack.layout import builtin_folder
from privaudit.rulepack.lint import growing
from privaudit.rulepack.load import load_rules
from tests.unit.house import COMPLAINT, PLAIN, House, Result

# Takes exponential time where no match ends it; the sign that it needs stands in the sentence, but too early.
CATASTROPHE = r"(?:\w|\w\w)+[!?]"
LONG = "a" * 60
_PATTERNS = Patterns()
TRAP = f"(!) {LONG}"


def pattern(house: House, word: str) -> None:
    """Makes a word of the pack's `bicycle` this pattern."""
    quoted = word.replace("'", "''")
    words = f"language: en\nwords:\n  complain: [complain]\n  authority: [authority]\n  bicycle: ['{quoted}']\n"
    (house.pack / "words/en/words.yaml").write_text(words + "  tram: [trams?]\n  bus: [bus]\n")


def fails(house: House, *said: str) -> Result:
    """Checks that a run stops with exit code 2 and one line each for its faults, with all that is said in them."""
    house.write("notice.md", COMPLAINT)
    result = house.check("notice.md")
    assert result.code == 2, result
    assert result.out == ""
    for one in said:
        assert one in result.err
    assert all(line.startswith("error: ") for line in result.err.splitlines())
    return result


def test_f01_a_pattern_that_backtracks_makes_its_rule_inconclusive_and_no_other(house: House) -> None:
    """A pattern of a user takes exponential time on a sentence: that rule is inconclusive and named, the others are
    judged, and the run is incomplete (3) within the limit of one second a search.
    """
    pattern(house, CATASTROPHE)
    house.write("notice.md", f"{COMPLAINT}\nTrams run here. {TRAP} is no word.\n")
    began = time.process_time()
    report = house.report("notice.md")
    assert time.process_time() - began < 10
    outcomes = {one["rule"]: one["outcome"] for one in report["documents"][0]["verdicts"]}
    assert outcomes == {"complaint": "present", "bicycle": "inconclusive", "tram": "found"}
    assert report["documents"][0]["status"] == "partial"
    assert "bicycle" in report["documents"][0]["problems"][0]["message"]
    assert report["summary"]["exit_code"] == 3


def test_f01_white_space_that_repeats_takes_no_longer_than_the_text(house: House) -> None:
    r"""`\s+$` over a run of spaces takes quadratic time in an editor's text; a document's shadow has single spaces, so
    that a run of them never comes before a pattern.
    """
    pattern(house, r"bicycle\s+$")
    house.write("notice.md", f"{COMPLAINT}\nA bicycle{' ' * 60_000}.\n")
    assert house.check("notice.md").code == 0


def test_f01_patterns_of_links_and_stances_are_bounded_as_well(house: House) -> None:
    """A pattern for the target of a link is searched with the same limit as one for text."""
    words = (house.pack / "words/en/words.yaml").read_text().replace("[bicycles?]", f"[{{link: '{CATASTROPHE}'}}]")
    (house.pack / "words/en/words.yaml").write_text(words)
    house.write("notice.md", f"{COMPLAINT}\n[Here](https://example.org/!/{LONG}).\n")
    result = house.check("notice.md")
    assert result.code == 3
    assert "rule-inconclusive bicycle" in result.out


@pytest.mark.parametrize("word", [CATASTROPHE, "(?:a|a)*[!]"])
def test_f01_the_linter_tells_of_it_before_any_text_is_read(house: House, word: str) -> None:
    """What can be proved to take exponential time is told with file and line (1)."""
    pattern(house, word)
    result = house.run("rules", "lint", str(house.pack), "--no-builtin")
    assert result.code == 1
    place = f"{house.pack}/words/en/words.yaml:5:13"
    assert f"{place}: '{word}' grows faster than the text: the same text fits into a repeat" in result.out


@functools.cache
def built_in() -> list[tuple[str, bool]]:
    """The patterns of the built-in pack as the engine gets them, each with whether its case matters."""
    ruleset = load_rules([builtin_folder()])
    entries = [entry for words in ruleset.words.values() for concept in words.values() for entry in concept]
    return list(dict.fromkeys((entry.pattern, entry.exact) for entry in entries if entry.pattern is not None))


def test_f02_no_built_in_pattern_is_made_so_that_it_may_grow_faster_than_the_text() -> None:
    """A pattern of the built-in pack takes more than time in proportion to the text: impossible to ship, since every
    pattern is read for the four makings that lead there.
    """
    patterns = built_in()
    assert len(patterns) > 5000
    assert growing("(?:a+)+") != ""
    assert [written for written, exact in patterns if growing(written, exact)] == []


def adversaries(source: str, size: int) -> list[str]:
    """Texts of about a size that begin a match of the pattern again and again and never end one."""
    shape = shape_of(source)
    # The letters with which a match begins, where that is known.
    known = [letters for letters in shape.anchors if all(letters.values())]
    starts = [one.strip() for one in sorted(shape.words or (known or shape.anchors or ({},))[0])[:1]]
    texts = [" " * size, "aaaa bbbb " * (size // 10), "1" * size]
    for start in filter(None, starts):
        texts += [f"{start} " * (size // (len(start) + 1)), start + " a" * (size // 2)]
    return texts


def cost(found: "regex.Pattern[str]", text: str) -> float:
    """Seconds of this process for a search of a whole text, the least of a few."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        for _ in found.finditer(text):
            pass
        taken.append(time.process_time() - began)
        if taken[-1] < 0.01:
            break
    return min(taken)


def grows_when_measured(written: str, exact: bool) -> bool:
    """Whether a text of twice the length takes more than three times as long; less than ten milliseconds is no time.

    Whatever else the machine does may slow one measurement down, so a suspect is measured again, on longer texts.
    """
    return all(_grows(translate(written), exact, size) for size in (4000, 8000))


def _grows(source: str, exact: bool, size: int) -> bool:
    found = _PATTERNS.compiled(source, exact)
    half = adversaries(source, size)
    texts = enumerate(adversaries(source, 2 * size))
    return any((whole := cost(found, text)) > 0.01 and whole > 3 * cost(found, half[number]) for number, text in texts)


def test_f02_what_is_measured_tells_a_pattern_that_grows() -> None:
    assert grows_when_measured(r"bicycles?", True) is False
    assert grows_when_measured("x[^!]*!", True) is True


def test_f02_twice_the_text_takes_less_than_three_times_as_long() -> None:
    """The same, measured in time of this process: every fortieth pattern of the built-in pack (all of them with
    `python fuzz/redos.py`).
    """
    some = list(islice(built_in(), 0, None, 40))
    assert [written for written, exact in some if grows_when_measured(written, exact)] == []


def test_f03_a_match_behind_a_catastrophe_is_found_or_the_rule_inconclusive(house: House) -> None:
    """The engine gives a sentence up, and what matches in the next one is lost in silence: never clean. Here the rule
    is inconclusive, and the document was audited in part.
    """
    pattern(house, f"{CATASTROPHE}|bicycle")
    house.write("notice.md", f"{COMPLAINT}\n{TRAP} is no word.\n\nYour bicycle is safe.\n")
    report = house.report("notice.md")
    outcome = next(one["outcome"] for one in report["documents"][0]["verdicts"] if one["rule"] == "bicycle")
    assert outcome in {"found", "inconclusive"}
    assert outcome == "found" or report["summary"]["exit_code"] == 3


@pytest.mark.parametrize(
    "word", ["(?:bicycle){e<=3}", "(?r)bicycle", "(?<=my.*)bicycle", "bi(?R)?cycle", "(?b)(?:bicycle){i,d}"]
)
def test_f04_fuzzy_backward_and_recursive_patterns_are_refused(house: House, word: str) -> None:
    """Fuzzy matching, reverse search, recursion and unbounded look-behinds take time that nobody can tell beforehand:
    the schema of packs has none of them, and a pack with one is refused with file and line.
    """
    pattern(house, word)
    fails(house, "words.yaml:5:13:")


def test_f05_groups_nested_three_thousand_deep_are_a_fault_of_the_pack(house: House) -> None:
    """Compiling such a pattern breaks the interpreter's stack: refused with file and line before that."""
    pattern(house, "(" * 3000 + "x" + ")" * 3000)
    assert len(fails(house, "words.yaml:5:13:").err) < 300
    pattern(house, "(?:" * 1600 + "x" + ")" * 1600)
    fails(house, "words.yaml:5:13:")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(9 * [f'*{before}'])}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_f06_aliases_that_multiply_are_refused_before_anything_is_made_of_them(house: House) -> None:
    """Nine lists of nine aliases each stand for 400 million values. Packs and configurations have no aliases at all."""
    (house.pack / "rules/bomb.yaml").write_text(BOMB)
    assert "anchors are not understood" in fails(house).err
    (house.pack / "rules/bomb.yaml").unlink()
    house.write("privaudit.yaml", BOMB)
    assert "anchors are not understood" in fails(house).err
    shown = house.run("config", "show")
    assert (shown.code, shown.out) == (2, "")


def test_f07_an_anchor_that_holds_itself_is_refused_with_its_line(house: House) -> None:
    """`&a [*a]` loads as a list without an end in other tools."""
    (house.pack / "rules/circle.yaml").write_text("id: circle\nkind: &a [*a]\n")
    fails(house, "circle.yaml:2:7: anchors are not understood")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{not: "])
@pytest.mark.parametrize("times", [150, 1200, 20_000])
def test_f08_brackets_without_an_end_are_a_fault_and_no_traceback(house: House, opening: str, times: int) -> None:
    """Deep nesting is recursion in every YAML parser, and would be in what reads the values after it."""
    (house.pack / "rules/deep.yaml").write_text("id: deep\nkind: practice\nfind:\n  " + opening * times + "\n")
    fails(house, "deep.yaml:")


def test_f08_conditions_nested_deeply_but_closed_are_a_fault(house: House) -> None:
    """The same where every bracket is closed, so that the file is sound YAML."""
    find = "{not: [" * 2000 + "bicycle" + "]}" * 2000
    (house.pack / "rules/deep.yaml").write_text(f"id: deep\nkind: practice\nseverity: note\nfind: {find}\n")
    fails(house, "deep.yaml:")


def test_f09_a_key_that_stands_twice_is_a_fault_that_names_both_lines(house: House) -> None:
    """Other loaders keep the last value and say nothing."""
    (house.pack / "rules/twice.yaml").write_text("id: twice\nkind: practice\nid: thrice\n")
    fails(house, "twice.yaml:3:1: key 'id' stands twice", "line 1")


def test_f10_no_tag_makes_an_object(house: House, tmp_path: Path) -> None:
    """`!!python/object/apply` runs code under an unsafe loader. Nodes are composed and never constructed here, and no
    module names a loader that constructs anything.
    """
    trace = tmp_path / "trace"
    (house.pack / "rules/code.yaml").write_text(f"id: code\nkind: !!python/object/apply:os.system ['touch {trace}']\n")
    fails(house, "code.yaml:2:7: tags are not understood")
    assert not trace.exists()
    package = Path(__file__).parents[2] / "privaudit"
    loads = ("yaml.load", "unsafe_load", "full_load", "UnsafeLoader", "FullLoader", "pickle.load")
    # What processes of privaudit's own tell each other is read from no file.
    files = [file for file in package.rglob("*.py") if file.name != "processes.py"]
    assert [file for file in files if any(one in file.read_text() for one in loads)] == []


@pytest.mark.parametrize("value", ["no", "NO", "off", "1.10", "012", "12:30:45", "2018-05-25"])
def test_f11_every_scalar_is_text_as_it_is_written(house: House, value: str) -> None:
    """`lang: no` is Norwegian and no falsehood, and version 1.10 is not 1.1."""
    text = (house.pack / "pack.yaml").read_text().replace("'1.10'", value)
    (house.pack / "pack.yaml").write_text(text)
    house.write("notice.md", COMPLAINT)
    assert house.report("notice.md")["packs"][0]["version"] == value
    house.write("privaudit.yaml", "lang: no\n")
    assert 'lang: "no"' in house.run("config", "show").out


def test_f12_a_backspace_in_a_word_is_a_fault_that_tells_of_single_quotes(house: House) -> None:
    r"""`"\bword\b"` holds two backspaces, and matches nothing anywhere."""
    path = house.pack / "words/en/words.yaml"
    path.write_text(path.read_text().replace("[bicycles?]", r'["\bbicycle\b"]'))
    fails(house, "single quotes")
    path.write_text(path.read_text().replace(r"\bbicycle\b", r"\d bicycles"))
    fails(house, "single quotes")


def test_f13_a_number_of_five_thousand_digits_is_a_fault(house: House) -> None:
    """The interpreter refuses to make a number of it, with an error of its own kind."""
    find = f"{{any: [{{concept: bicycle, near: {{of: tram, words: {'9' * 5000}}}}}]}}"
    (house.pack / "rules/long.yaml").write_text(f"id: long\nkind: practice\nseverity: note\nfind: {find}\n")
    assert len(fails(house, "long.yaml:").err) < 9000
    (house.pack / "rules/long.yaml").unlink()
    house.write("privaudit.yaml", f"max_bytes: {'9' * 5000}\n")
    fails(house, "privaudit.yaml:1:12")


def test_f14_an_invalid_pattern_is_a_fault_with_its_place_and_position(house: House) -> None:
    """An unclosed bracket in a word: file, line, the word and the position in it, and exit code 2 from every command
    that would use it.
    """
    pattern(house, "bicycle(s")
    fails(house, "words.yaml:5:13", "'bicycle(s' is no pattern", "position")
    assert house.run("rules", "lint", str(house.pack), "--no-builtin").code == 2
    assert house.run("rules", "test", str(house.pack), "--no-builtin").code == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("severty: error\n", "unknown key 'severty' in a rule; did you mean 'severity'?"),
        ("severity: eror\n", "unknown severity 'eror'; did you mean 'error'?"),
        ("title: [a]\n", "title must be text, not a list"),
        ("languages: {en: yes}\n", "'languages' must be a list, not a mapping"),
    ],
)
def test_f15_unknown_fields_and_wrong_types_are_faults_with_the_nearest_name(
    house: House, line: str, said: str
) -> None:
    """A misspelt field that is passed over makes a rule that is silently another one."""
    (house.pack / "rules/x.yaml").write_text(f"id: x\nkind: practice\nfind: {{any: [bus]}}\n{line}")
    fails(house, "x.yaml:4", said)


def test_f16_a_rule_id_stands_once_in_all_packs(house: House) -> None:
    """The later of two rules with one id would win or lose unseen: a fault with both places, within a pack and across
    packs. There is no `override`.
    """
    (house.here / "twins").mkdir()
    for name in ("one", "two"):
        house.write(f"twins/{name}.yaml", (house.pack / "rules/bus.yaml").read_text().replace("id: bus", "id: twin"))
    twins = house.check("twins/one.yaml", "--rules", "twins")
    assert twins.code == 2
    assert "twins/two.yaml:1:5: rule 'twin' is defined in twins/one.yaml:1 already" in twins.err
    house.write("own.yaml", (house.pack / "rules/bus.yaml").read_text())
    house.write("notice.md", COMPLAINT)
    result = house.check("notice.md", "--rules", "own.yaml")
    assert result.code == 2
    assert "bus.yaml:1:5: rule 'bus' is defined in own.yaml:1 already" in result.err


@pytest.mark.parametrize("code", ["gr", "cz", "ua", "xx", "EN", "english"])
def test_f17_a_language_that_no_one_knows_is_a_fault(house: House, code: str) -> None:
    """Greek is `el` and Czech `cs`: a rule for `gr` would never run and no one would know."""
    path = house.pack / "rules/bus.yaml"
    path.write_text(path.read_text() + f"languages: [{code}]\n")
    fails(house, "bus.yaml:6:13")


@pytest.mark.parametrize("code", ["nb", "nn", "no"])
def test_f17_both_ways_of_writing_norwegian_are_norwegian(house: House, code: str) -> None:
    """Texts are marked `nb`, `nn` or `no`; the packs have one Norwegian, or none, and then say its name."""
    house.write("notice.md", PLAIN)
    result = house.run("check", "notice.md", "--rules", str(house.pack), "--no-builtin", "--lang", code)
    assert result.code == 3
    assert "no words for Norwegian" in result.out


def test_f18_a_rule_that_can_never_run_is_told_of(house: House) -> None:
    """A rule that requires an unknown one, or speaks languages without words, would be silent for ever: a fault, or
    advice of the linter.
    """
    path = house.pack / "rules/bus.yaml"
    whole = path.read_text()
    path.write_text(whole + "requires: {rule: complant, outcome: present}\n")
    fails(house, "bus.yaml:6:", "did you mean 'complaint'")
    path.write_text(whole.replace("[bus]", "[lorry]"))
    fails(house, "bus.yaml:5:", "no language has words for 'lorry'")
    (house.pack / "words/sv").mkdir()
    (house.pack / "words/sv/language.yaml").write_text("language: sv\nname: Swedish\n")
    path.write_text(whole + "languages: [sv]\n")
    linted = house.run("rules", "lint", str(house.pack), "--no-builtin")
    assert linted.code == 1
    assert f"{path}:1:1: rule 'bus' can find nothing in Swedish, which has no words for 'bus'; add some" in linted.out


def test_f19_packs_extend_nothing(house: House) -> None:
    """A pack that builds on files elsewhere could read anything. Packs have no `extends`, so that none can escape."""
    path = house.pack / "pack.yaml"
    path.write_text(path.read_text() + "extends: ../../etc\n")
    fails(house, "unknown key 'extends'")


def chain(house: House, length: int, last: str) -> None:
    """Configurations that extend each other in a row."""
    house.write("privaudit.yaml", "extends: c1.yaml\n")
    for number in range(1, length):
        house.write(f"c{number}.yaml", f"extends: c{number + 1}.yaml\n")
    house.write(f"c{length}.yaml", last)


def test_f19_configurations_extend_few_files_near_by_and_in_no_circle(house: House) -> None:
    """`extends` of the configuration: a chain of fifty, a circle, the network and what lies outside of the repository
    are refused in one line each, and a circle is written out.
    """
    chain(house, 10, "quiet: true\n")
    house.write("notice.md", COMPLAINT)
    assert house.check("notice.md").code == 0
    chain(house, 50, "quiet: true\n")
    fails(house, "is extended over 10 files")
    chain(house, 2, "extends: privaudit.yaml\n")
    fails(house, "circle: privaudit.yaml extends c1.yaml extends c2.yaml extends privaudit.yaml")
    house.write("privaudit.yaml", "extends: https://example.org/rules.yaml\n")
    fails(house, "is on the network, where privaudit reads nothing")
    (house.here / ".git").mkdir()
    (house.here.parent / "secret.yaml").write_text("quiet: true\n")
    house.write("privaudit.yaml", "extends: ../secret.yaml\n")
    fails(house, "lies outside of the repository")


def test_f20_no_rule_is_no_pass(house: House) -> None:
    """A pack without rules, or filters that leave none, finds nothing in anything: wrong use, not clean."""
    house.write("notice.md", COMPLAINT)
    assert house.check("notice.md", "--ignore", "disclosure,practice").code == 2
    for path in (house.pack / "rules").iterdir():
        path.unlink()
    result = house.check("notice.md")
    assert (result.code, result.out) == (2, "")


def test_f21_a_configuration_that_means_nothing_is_not_passed_over(house: House) -> None:
    """An unknown key, a missing baseline and a missing rule pack end the run (2), each with its place; suppressions
    that are expired or unused are findings, and errors with `--strict-suppressions`.
    """
    house.write("privaudit.yaml", "selct: [bus]\n")
    fails(house, "privaudit.yaml:1:1: unknown key 'selct'", "did you mean 'select'")
    house.write("privaudit.yaml", "baseline: none.json\n")
    fails(house, "privaudit.yaml:1:1: none.json: no such baseline")
    house.write("privaudit.yaml", "quiet: true\nrules:\n- none/\n")
    fails(house, "privaudit.yaml:3:3: none: no such rule pack")
    house.write("notice.md", f"{COMPLAINT}\nTrams run here.\n")
    unused = "suppressions:\n- {rule: bicycle, reason: None here., until: 2999-01-01}\n"
    house.write("privaudit.yaml", unused + "- {rule: tram, reason: Old., until: 2019-01-01}\n")
    result = house.check(".")
    assert "suppression-unused" in result.out
    assert "suppression-expired" in result.out
    assert result.code == 0
    assert house.check(".", "--strict-suppressions").code == 1
