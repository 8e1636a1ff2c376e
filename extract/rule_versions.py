"""Which version of the rules an extraction rests on, and what two versions of them may tell apart.

A version has two parts. `base` is a digest of everything that may bear on any article: the code, the model,
the register of places, rules that no word sets off. `words` are the entries of lexicon tables and the
triggers of relation files, each with a digest of what it says. Where two versions have one base, they give
an article the same facts unless a word that they differ in was there to be found: in the article, or in
another string that the lexicon was asked about while reading it (extract.watched_lexicon).

What changes no fact is in neither: labels, definitions, examples, weights of network views. Confidence is
calibrated when all is done, so that new weights of calibration redo nothing.
"""

from __future__ import annotations

import hashlib

import msgspec

Words = dict[str, dict[str, bytes]]
"""Table, word, digest of what the table says of it."""


class RuleVersion(msgspec.Struct, frozen=True):
    """A version of the rules; see the module."""

    base: str
    words: Words

    def digest(self) -> str:
        """Return the SHA-256 that names the version."""
        return hashlib.sha256(msgspec.msgpack.encode(self, order="sorted")).hexdigest()

    def changed_words(self, other: RuleVersion) -> frozenset[str] | None:
        """Return the words that the versions do not say the same of, or None if all may be different."""
        if self.base != other.base or self.words.keys() != other.words.keys():
            return None
        return frozenset(
            word
            for table, entries in self.words.items()
            for word, _ in entries.items() ^ other.words[table].items()
        )
