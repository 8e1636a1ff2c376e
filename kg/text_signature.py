"""Text signatures: whether two texts are printings of one, told from about 200 bytes of each.

A text is folded to its letters and digits and cut into overlapping pieces of five characters. For each
of 63 orders of all possible pieces (minwise hashing) the signature keeps 16 bits of the piece that
comes first. The share of equal places of two signatures estimates the share of pieces that the texts
have in common; those that have most in common almost surely agree in one of 21 bands of three places.
It also keeps how many different pieces there are, and which numbers: what a daily bulletin says in the
words of the day before differs from it in its numbers. Nothing depends on the machine, on Python's hash
seed, or on other texts.
"""

from __future__ import annotations

import base64
import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

PIECE = 5
BANDS, BAND_PLACES = 21, 3
PLACES = BANDS * BAND_PLACES

LEAST_IN_COMMON = 0.4
"""The share of pieces in common below which two texts are not compared any further."""

LEAST_OF_SHORTER = 0.85
"""The share of the shorter text's pieces that the longer one has: a printing can be cut, or have a head
of its own."""

LEAST_NUMBERS = 0.7
"""The share of the numbers of the text with fewer of them that the other one has."""

LEAST_PIECES = 100
"""Texts with fewer pieces are printings of one only if they are the same: news in brief follow patterns."""

_MOST_NUMBERS = 64
_AT_ONCE = 4096
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

_Hashes: TypeAlias = NDArray[np.uint64]


@dataclass(frozen=True)
class TextSignature:
    """What is kept of a text: how many different pieces, the places, and the least hashes of its numbers."""

    pieces: int
    places: bytes
    numbers: frozenset[int]

    @cached_property
    def _values(self) -> NDArray[np.uint16]:
        return np.frombuffer(self.places, dtype="<u2")

    def bands(self) -> list[bytes]:
        """Return the bands, none of an empty text: texts that agree in none are not worth comparing."""
        if not self.pieces:
            return []
        size = 2 * BAND_PLACES
        return [bytes((band,)) + self.places[band * size : (band + 1) * size] for band in range(BANDS)]

    def is_printing_of(self, other: TextSignature) -> bool:
        """Return whether the two texts are printings of one, the same either way."""
        common = float(np.count_nonzero(self._values == other._values)) / PLACES
        shorter = min(self.pieces, other.pieces)
        if not shorter or common < (LEAST_IN_COMMON if shorter >= LEAST_PIECES else 1.0):
            return False
        shared = common * (self.pieces + other.pieces) / (1 + common)
        if shared < LEAST_OF_SHORTER * shorter:
            return False
        return self._numbers_agree(other)

    def _numbers_agree(self, other: TextSignature) -> bool:
        ours, theirs = _comparable(self.numbers, other.numbers)
        return len(ours & theirs) >= LEAST_NUMBERS * min(len(ours), len(theirs))

    def as_text(self) -> str:
        """Return the signature as Base64."""
        numbers = sorted(self.numbers)
        packed = struct.pack(f"<I{len(numbers)}I", self.pieces, *numbers)
        return base64.b64encode(self.places + packed).decode("ascii")


def from_text(text: str) -> TextSignature:
    """Return the signature that `as_text` wrote."""
    raw = base64.b64decode(text)
    rest = raw[2 * PLACES :]
    pieces, *numbers = struct.unpack(f"<{len(rest) // 4}I", rest)
    return TextSignature(pieces, raw[: 2 * PLACES], frozenset(numbers))


def signature(text: str) -> TextSignature:
    """Return the signature of a text.

    >>> one, other = signature("甲县召开基层治理现场会。"), signature("甲县召开“基层治理”现场会")
    >>> one.is_printing_of(other)
    True
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    letters = "".join(char for char in folded if char.isalnum())
    if not letters:
        return TextSignature(0, bytes(2 * PLACES), frozenset())
    pieces = _pieces(letters)
    lowest = np.full(PLACES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(pieces), _AT_ONCE):
        ordered = pieces[start : start + _AT_ONCE, None] * _FACTORS + _SUMMANDS
        np.minimum(lowest, ordered.min(axis=0), out=lowest)
    places = (_mixed(lowest) & np.uint64(0xFFFF)).astype("<u2").tobytes()
    numbers = sorted({_number_hash(found) for found in _NUMBER.findall(folded)})
    return TextSignature(len(pieces), places, frozenset(numbers[:_MOST_NUMBERS]))


def _comparable(ours: frozenset[int], theirs: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Both, as far as both are complete: where only the least hashes were kept, those above are unknown."""
    limits = [max(numbers) for numbers in (ours, theirs) if len(numbers) == _MOST_NUMBERS]
    if not limits:
        return ours, theirs
    limit = min(limits)
    return frozenset(n for n in ours if n <= limit), frozenset(n for n in theirs if n <= limit)


def _number_hash(number: str) -> int:
    codes = np.array([len(number), *map(ord, number)], dtype=np.uint64)
    found = np.zeros(1, dtype=np.uint64)
    for code in codes:
        found = _mixed(found + code)
    return int(found[0] >> np.uint64(32))


def _pieces(letters: str) -> _Hashes:
    """Return one well-mixed number for each different piece of five characters."""
    codes = np.frombuffer(letters.ljust(PIECE).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    found = np.zeros(len(codes) - PIECE + 1, dtype=np.uint64)
    for place in range(PIECE):
        found = _mixed(found + codes[place : place + len(found)])
    return np.unique(found)


def _mixed(numbers: _Hashes) -> _Hashes:
    """Spread the numbers over all 64 bits (the finaliser of SplitMix64)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


_FACTORS = _mixed(np.arange(PLACES, dtype=np.uint64)) | np.uint64(1)
_SUMMANDS = _mixed(np.arange(PLACES, 2 * PLACES, dtype=np.uint64))
