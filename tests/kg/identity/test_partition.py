from hypothesis import given
from hypothesis import strategies as st

from kg.identity.partition import Partition

PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12)


@given(PAIRS, PAIRS)
def test_what_is_forbidden_never_comes_together(
    forbidden: list[tuple[int, int]], joins: list[tuple[int, int]]
) -> None:
    partition = Partition(8)
    for one, other in forbidden:
        partition.forbid(one, other)
    for one, other in joins:
        joined = partition.join(one, other)
        assert joined == (partition.root(one) == partition.root(other))
    for one, other in forbidden:
        assert one == other or partition.root(one) != partition.root(other)
    assert sorted(number for each in partition.sets() for number in each) == list(range(8))


def test_what_is_forbidden_to_one_is_forbidden_to_all_with_it() -> None:
    partition = Partition(4)
    partition.forbid(0, 3)
    assert partition.join(0, 1)
    assert partition.join(3, 2)
    assert not partition.may_join(1, 2)
    assert not partition.join(1, 2)
    assert partition.sets() == [[0, 1], [2, 3]]
