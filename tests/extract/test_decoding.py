"""Decoding: the best path, however much of it is settled without trying."""

from __future__ import annotations

import numpy as np
import pytest

from extract.decoding import Floats, decode


@pytest.mark.parametrize("spread", [0.05, 1.0, 20.0])
def test_the_path_is_the_one_that_trying_all_tags_gives(spread: float) -> None:
    random = np.random.default_rng(20261121)
    transitions = random.normal(size=(7, 7), scale=0.1).astype(np.float32)
    shapes = [(2, 40), (1, 40), (5, 9), (3, 2), (4, 1)]
    emissions = [
        random.normal(size=(count, length, 7), scale=spread).astype(np.float32) for count, length in shapes
    ]

    found = [path.tolist() for path in decode(emissions, transitions)]
    assert found == [_best_path(sentence, transitions) for batch in emissions for sentence in batch]


def _best_path(emissions: Floats, transitions: Floats) -> list[int]:
    scores = [emissions[0]]
    for emission in emissions[1:]:
        scores.append((scores[-1][:, None] + transitions).max(axis=0) + emission)
    path = [int(scores[-1].argmax())]
    for before in reversed(scores[:-1]):
        path.append(int((before + transitions[:, path[-1]]).argmax()))
    return path[::-1]
