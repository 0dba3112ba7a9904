from privaudit.corpus.seen import Seen, mark_of


def test_a_mark_is_new_once() -> None:
    seen = Seen()
    marks = [mark_of(f"id {number}") for number in range(20_000)]
    assert len(set(marks)) == 20_000
    assert all(seen.add(mark) for mark in marks)
    assert not any(seen.add(mark) for mark in marks)


def test_marks_that_want_the_same_slot_are_kept_apart() -> None:
    seen = Seen()
    marks = [1 + (number << 40) for number in range(50)]
    seen.update(marks[:25])
    assert [seen.add(mark) for mark in marks] == [False] * 25 + [True] * 25
