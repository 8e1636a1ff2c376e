"""What reads from outside, on inputs that Hypothesis makes: an error of ours with a remedy, or none.

The same targets run under a coverage-guided fuzzer by `make fuzz`.
"""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.targets import TARGETS


@lru_cache
def seeds(name: str) -> list[bytes]:
    return TARGETS[name].seeds()


@st.composite
def inputs(draw: st.DrawFn, name: str) -> bytes:
    """Draw bytes, or a seed of the target with a few pieces replaced."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=400))
    data = bytearray(draw(st.sampled_from(seeds(name))))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        data[start : start + draw(st.integers(0, 6))] = draw(st.binary(max_size=6))
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_errors_of_ours(name: str) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(inputs(name))
    def check(data: bytes) -> None:
        TARGETS[name].run(data)

    check()


def test_the_targets_do_what_they_say() -> None:
    assert not TARGETS["articles"].run(b"\x00" + "酒泉市委召开会议。".encode())
    assert TARGETS["articles"].run(b"\x00")
    assert TARGETS["queries"].run(b"SELECT * WHERE {")
    assert not TARGETS["queries"].run(b"ASK { ?s ?p ?o }")
