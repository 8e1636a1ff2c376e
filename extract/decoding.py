"""From the scores of tags at each character to the words of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from extract.text import Word

WINDOW_CHARACTERS = 1 << 16
"""How many characters are decoded together at most; bounds memory, not results."""
_ROUNDING = 0.01
"""More than what rounding adds up to over the longest sentence."""

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]


class Encoder(Protocol):
    """What scores tags; `tags` are their names, B and I apart, and `transitions` the scores between them."""

    tags: list[str]
    transitions: Floats

    def scores(self, texts: list[str]) -> list[Floats]:
        """Return the score of each tag at each character of texts that come longest first.

        Texts of equal length share an array of shape (texts, characters, tags).
        """


class WordTagger:
    """Finds the words of sentences and their tags with an encoder."""

    def __init__(self, encoder: Encoder) -> None:
        """Take the scores of tags from `encoder`."""
        self._encoder = encoder
        self._labels = [tag.rsplit("-", 1)[0] for tag in encoder.tags]
        self._opens = np.array([not tag.endswith("-I") for tag in encoder.tags])

    def tag(self, sentences: Iterable[str]) -> list[list[Word]]:
        """Return the words of each sentence, in the order given; an empty sentence has none."""
        texts = list(sentences)
        words: list[list[Word]] = [[] for _ in texts]
        for window in _windows(texts):
            paths = decode(self._encoder.scores([texts[i] for i in window]), self._encoder.transitions)
            for index, path in zip(window, paths, strict=True):
                words[index] = self._words(path)
        return words

    def _words(self, path: Numbers) -> list[Word]:
        opens = self._opens[path]
        opens[0] = True
        starts = opens.nonzero()[0]
        tags = path[starts].tolist()
        begins = starts.tolist()
        return [
            Word(start, end, self._labels[tag])
            for start, end, tag in zip(begins, [*begins[1:], len(path)], tags, strict=True)
        ]


def _windows(texts: list[str]) -> Iterator[list[int]]:
    """Yield the numbers of the texts that are not empty, in windows, the longest first in each."""
    window: list[int] = []
    size = 0
    for index, text in enumerate(texts):
        if window and size + len(text) > WINDOW_CHARACTERS:
            yield sorted(window, key=lambda i: -len(texts[i]))
            window, size = [], 0
        if text:
            window.append(index)
            size += len(text)
    if window:
        yield sorted(window, key=lambda i: -len(texts[i]))


def decode(emissions: list[Floats], transitions: Floats) -> Iterator[Numbers]:
    """Yield the best tag path of each sentence (Viterbi, 1967).

    `emissions` are batches of shape (sentences, length, tags), longer sentences first. All sentences go
    forward together, a character at a time. Where one tag leads the others by more than all that the
    transitions on both sides of it could make good, it is on the best path: what follows is counted from it
    alone, and the score is the same number to the bit as if all tags had been tried.
    """
    lengths = np.repeat([len(e[0]) for e in emissions], [len(e) for e in emissions])
    if not len(lengths):
        return
    # The sentences that go on at each character are the first so many.
    active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    offsets = np.concatenate(([0], np.cumsum(active)))
    scores = np.empty((int(offsets[-1]), len(transitions)), dtype=np.float32)
    first = 0
    for batch in emissions:
        rows = offsets[: batch.shape[1], None] + np.arange(first, first + len(batch))
        scores[rows] = batch.transpose(1, 0, 2)
        first += len(batch)
    best = scores.argmax(axis=1)
    reach = 2 * float(transitions.max() - transitions.min()) + _ROUNDING
    near = scores > (scores[np.arange(len(scores)), best] - reach)[:, None]
    undecided = (np.count_nonzero(near, axis=1) > 1).nonzero()[0]
    bounds = np.searchsorted(undecided, offsets)
    for at in range(1, len(active)):
        before = slice(offsets[at - 1], offsets[at - 1] + active[at])
        reached = scores[before][np.arange(active[at]), best[before]][:, None] + transitions[best[before]]
        rows = undecided[bounds[at - 1] : np.searchsorted(undecided, before.stop)]
        reached[rows - before.start] = (scores[rows][:, :, None] + transitions).max(axis=1)
        scores[offsets[at] : offsets[at + 1]] += reached
    into = np.ascontiguousarray(transitions.T)
    for at in range(len(active) - 1, -1, -1):
        rows = undecided[bounds[at] : bounds[at + 1]]
        going = active[at + 1] if at + 1 < len(active) else 0
        cut = np.searchsorted(rows, offsets[at] + going)
        best[rows[cut:]] = scores[rows[cut:]].argmax(axis=1)
        after = best[rows[:cut] + active[at]]
        best[rows[:cut]] = (scores[rows[:cut]] + into[after]).argmax(axis=1)
    for number, length in enumerate(lengths):
        yield best[offsets[:length] + number]
