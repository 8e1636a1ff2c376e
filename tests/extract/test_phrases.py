"""Many strings sought at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.phrases import Phrases

ORGANS = Phrases({"市委": 1, "市委政法委": 2, "政法委": 3, "委": 4})
TEXT = "县市委政法委开会"


def test_every_gives_overlapping_occurrences_in_the_order_of_their_ends() -> None:
    found = [TEXT[f.start : f.end] for f in ORGANS.every(TEXT)]

    assert sorted(found) == sorted(["市委", "委", "市委政法委", "政法委", "委"])
    ends = [f.end for f in ORGANS.every(TEXT)]
    assert ends == sorted(ends)


def test_longest_gives_the_leftmost_and_of_these_the_longest() -> None:
    assert [(f.start, f.end, f.value) for f in ORGANS.longest(TEXT)] == [(1, 6, 2)]
    assert [f.value for f in ORGANS.longest("政法委市委")] == [3, 1]


def test_a_span_bounds_what_is_found() -> None:
    assert [f.value for f in ORGANS.longest(TEXT, 2)] == [4, 3]
    assert [f.value for f in ORGANS.longest(TEXT, 0, 3)] == [1]


def test_starting_and_ending_give_the_longest_at_a_position() -> None:
    starting, ending = ORGANS.starting(TEXT, 1), ORGANS.ending(TEXT, 6)

    assert starting is not None and starting.value == 2
    assert ending is not None and ending.value == 2
    assert ORGANS.starting(TEXT, 0) is None
    assert ORGANS.ending(TEXT, 8) is None
    assert [f.value for f in ORGANS.all_ending(TEXT, 6)] == [2, 3, 4]


def test_no_phrases_and_no_text_give_nothing() -> None:
    empty: Phrases[int] = Phrases({"": 1})

    assert not list(empty.every(TEXT))
    assert empty.starting(TEXT, 0) is None
    assert not ORGANS.longest("")


@given(st.sets(st.text("甲乙丙", min_size=1, max_size=4), max_size=6), st.text("甲乙丙丁", max_size=30))
def test_every_finds_what_a_plain_search_finds(phrases: set[str], text: str) -> None:
    found = {(f.start, f.end) for f in Phrases({p: p for p in phrases}).every(text)}

    assert found == {(at, at + len(p)) for p in phrases for at in range(len(text)) if text.startswith(p, at)}


def test_a_phrase_that_the_text_cuts_short_is_not_found() -> None:
    organs = Phrases({"县委统战部": 1})

    assert organs.starting("县委统战", 0) is None
    assert organs.ending("委统战部", 4) is None


def test_half_a_character_stands_where_nothing_is_found() -> None:
    assert [(f.start, f.end) for f in ORGANS.longest("\ud800政法委")] == [(1, 4)]
