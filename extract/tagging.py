"""Words, tags and names: a spaCy tokenizer over a tagger of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.decoding import WordTagger
from extract.lac import LacEncoder
from extract.segments import Span, pieces
from extract.text import Word

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


class Tagger(Protocol):
    """What finds the words of sentences and their LAC tags."""

    def tag(self, sentences: Iterable[str]) -> list[list[Word]]:
        """Return the words of each sentence, in the order given; an empty sentence has none."""


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
        """Yield a Doc a text; a batch of texts is tagged together."""
        for text, spans, words in self._tagged(texts):
            yield self._doc(text, spans, words)

    def words(self, texts: Iterable[str]) -> Iterator[list[Word]]:
        """Yield the words of each text, those of its Doc, without making a Doc."""
        for _, _, words in self._tagged(texts):
            yield words

    def _tagged(self, texts: Iterable[str]) -> Iterator[tuple[str, list[Span], list[Word]]]:
        """Yield each text with the spans of its sentences and its words."""
        source = iter(texts)
        while batch := list(islice(source, BATCH_TEXTS)):
            cut = [pieces(text) for text in batch]
            tagged = iter(
                self._tagger.tag(text[s:e] for text, spans in zip(batch, cut, strict=True) for s, e in spans)
            )
            for text, spans in zip(batch, cut, strict=True):
                yield text, spans, _joined(text, spans, tagged)

    def _doc(self, text: str, spans: list[Span], words: list[Word]) -> Doc:
        first = {start for start, _ in spans} | {0}
        forms = [text[word.start : word.end] for word in words]
        return Doc(
            self.vocab,
            words=forms,
            spaces=[False] * len(words),
            tags=[word.tag for word in words],
            pos=[
                "SPACE" if form.isspace() else _UNIVERSAL.get(word.tag, "X")
                for form, word in zip(forms, words, strict=True)
            ],
            sent_starts=[word.start in first for word in words],
            ents=[f"B-{word.tag}" if word.tag in _NAMES else "O" for word in words],
        )


def _joined(text: str, spans: list[Span], tagged: Iterator[list[Word]]) -> list[Word]:
    """Return the words of a text: those of its sentences in their places, what lies between as marks."""
    words: list[Word] = []
    at = 0
    for start, end in spans:
        if at < start:
            words.append(Word(at, start, "w"))
        words += [Word(start + s, start + e, tag) for s, e, tag in next(tagged)]
        at = end
    if at < len(text):
        words.append(Word(at, len(text), "w"))
    return words


def words_of(doc: Doc) -> list[Word]:
    """Return the words of a Doc of this tokenizer, with the tags that it has now."""
    return [Word(token.idx, token.idx + len(token), token.tag_) for token in doc]


def load() -> Language:
    """Return the spaCy pipeline for Chinese governance news.

    Call it on a text, or `pipe` texts through it, as any spaCy `Language`:

    >>> doc = load()("市委书记主持会议。")
    >>> doc.text
    '市委书记主持会议。'
    """
    nlp = spacy.blank("zh")
    nlp.tokenizer = LacTokenizer(nlp.vocab, WordTagger(LacEncoder()))
    return nlp
