from privaudit.evaluate.clusters import clusters
from privaudit.evaluate.labels import Labelled
from privaudit.evaluate.measure import Answers, interval, table, trivial
from privaudit.evaluate.tally import Counts

TEXT = " ".join(f"word{number}" for number in range(60))
OTHER = " ".join(f"other{number}" for number in range(60))


def labelled(name: str, labels: dict[str, str], outdated: dict[str, str] | None = None) -> Labelled:
    return Labelled(name, f"{name}.md", b"", "en", labels, outdated)


def test_near_copies_are_told_from_other_texts() -> None:
    assert clusters([TEXT, OTHER, TEXT.replace("word30", "here"), ""]) == ((0, 2), (1,), (3,))
    assert clusters([TEXT, f"{TEXT} {OTHER} {OTHER.upper()} a b c"]) == ((0,), (1,))


def test_an_interval_is_the_same_each_time_and_holds_the_figure() -> None:
    counts = [Counts(tp=number % 3, fn=1, fp=number % 2) for number in range(20)]
    groups = [(number,) for number in range(20)]
    first = interval(counts, groups, lambda one: one.disclosed.f1)
    assert first == interval(counts, groups, lambda one: one.disclosed.f1)
    assert first.low < first.value < first.high


def test_near_copies_make_an_interval_wider() -> None:
    counts = [Counts(tp=4, fn=1), Counts(tp=1, fn=4)] * 12
    apart = interval(counts, [(number,) for number in range(24)], lambda one: one.disclosed.recall)
    together = interval(counts, [tuple(range(start, 24, 6)) for start in range(6)], lambda one: one.disclosed.recall)
    assert together.high - together.low > apart.high - apart.low


def test_the_worst_element_comes_first_with_the_documents_where_it_fails() -> None:
    documents = [labelled("a", {"x": "present", "y": "absent"}), labelled("b", {"x": "present", "y": "present"})]
    answers = {"a": Answers({"x": "present", "y": "present"}, {}), "b": Answers({"x": "present", "y": "missing"}, {})}
    found = table("all", documents, answers, [(0,), (1,)])
    assert [row.element for row in found.rows] == ["y", "x"]
    assert found.rows[0].misses == (("a", "absent", "present"), ("b", "present", "missing"))
    assert found.counts.accuracy == 0.5
    assert found.mechanisms is None


def test_mechanisms_are_counted_where_they_are_labelled() -> None:
    documents = [labelled("a", {}, {"shield": "mentioned"}), labelled("b", {"x": "absent"})]
    answers = {"a": Answers({}, {"shield": "relied-on"}), "b": Answers({}, {"shield": "relied-on"})}
    found = table("all", documents, answers, [(0,), (1,)])
    assert found.mechanisms == (1, 0, 0, 0, 1)
    assert found.mechanism_misses == (("a", "shield mentioned", "relied-on"),)


def test_a_trivial_answer_says_the_same_of_all() -> None:
    documents = [labelled("a", {"x": "present", "y": "absent"})]
    counts = table("missing", documents, trivial(documents, "missing"), [(0,)]).counts
    assert (counts.disclosed.recall, counts.missing.precision, counts.missing.recall) == (0.0, 0.5, 1.0)
