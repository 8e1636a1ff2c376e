"""The text under study: words, sentences, brackets, and the mentions found in it.

Offsets are characters, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.phrases import Phrases
from extract.segments import Locator, Sentence, Span, brackets, sentences

PERSON, INSTITUTION, PLACE = "Person", "Institution", "Place"
EVENT, PRACTICE, DOCUMENT, HONOUR = "Event", "Practice", "Document", "Honour"
VISIT = "inspection"
"""The kind of events that are inspections, calls and study tours."""
DEICTIC = "deictic"
"""The kind of a mention that names nothing itself: 该市, 学校."""
QUOTE = "quote"
"""The kind of a quoted name that is no practice, kept because a trigger may make something else of it."""

_NAMES = frozenset({"PER", "ORG", "LOC", "nt"})
_GLUING = _NAMES | {"n", "nw", "nz"}
_LEAST_GLUED = 2
_MARKS_AFTER = frozenset("、，。；：）")
_FORMER = re.compile(
    r"(?<=[会部局委院心所处室司厅办团社校府县市区镇乡])原(?=$|党[委组]|党总支|党支部|纪委|妇联|工会|团[委工]|人大|政协|居委会|村委会|书记|主任)"
)
"""The word before a former title that the tagger glues to the organ before it: 管理局|原|党组."""


class Word(NamedTuple):
    """A word of the tagger, with its LAC tag."""

    start: int
    end: int
    tag: str


@dataclass(slots=True, eq=False)
class Mention:
    """A span that names an entity.

    `name` is what the mention calls it, resolved later: relative names keep the level they speak of
    in `level` (省, 市, 区 …). `places` are the register codes that the surface names, outermost
    first. `core` is the part that identifies it where the surface says more (“X”模式: X).
    """

    start: int
    end: int
    type: str
    name: str
    level: str = ""
    places: tuple[str, ...] = ()
    core: str = ""
    kind: str = ""
    strong: bool = True
    inside: bool = False

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end


@dataclass(slots=True)
class Text:
    """An article's text as the recognisers read it."""

    raw: str
    words: list[Word]
    sentences: list[Sentence]
    locator: Locator
    quotes: list[Span]
    titles: list[Span]
    parentheses: list[Span]
    _starts: list[int] = field(default_factory=list)
    _opening: frozenset[int] = frozenset()

    @classmethod
    def of(cls, words: list[Word], raw: str, glued_verbs: Phrases[bool]) -> Text:
        """Return a text of these words, which cover it, with its sentences and brackets.

        `glued_verbs` are verbs that the tagger leaves at the end of names, true if of other nouns too.
        """
        words = _with_last_character(_unglued(words, raw, glued_verbs), raw)
        starts = [word.start for word in words]
        spans = sentences(raw)
        return cls(
            raw,
            words,
            spans,
            Locator(spans),
            brackets(raw, "“‘「『"),
            brackets(raw, "《〈"),
            brackets(raw, "（("),
            starts,
            frozenset(starts),
        )

    def word_index(self, position: int) -> int:
        """Return the number of the word that holds the position."""
        return bisect_right(self._starts, position) - 1

    def word_at(self, position: int) -> Word:
        """Return the word that holds the position."""
        return self.words[self.word_index(position)]

    def starts_word(self, position: int) -> bool:
        """Tell whether a word starts at the position."""
        return position in self._opening

    def ends_word(self, position: int) -> bool:
        """Tell whether a word ends at the position."""
        return position == len(self.raw) or self.starts_word(position)

    def words_from(self, position: int, end: int) -> list[Word]:
        """Return the words that start within the span, in order."""
        return self.words[bisect_left(self._starts, position) : bisect_left(self._starts, end)]


def _with_last_character(words: list[Word], raw: str) -> list[Word]:
    """Return the words, a name that ends in 和 whole: in 魏凤|和、 no conjunction stands before the mark."""
    whole: list[Word] = []
    for word in words:
        last = whole[-1] if whole else None
        if (
            raw[word.start : word.end] == "和"
            and raw[word.end : word.end + 1] in _MARKS_AFTER
            and last is not None
            and last.tag == "PER"
            and last.end - last.start == _LEAST_GLUED
        ):
            whole[-1] = Word(last.start, word.end, last.tag)
        else:
            whole.append(word)
    return whole


def _unglued(words: list[Word], raw: str, verbs: Phrases[bool]) -> list[Word]:
    """Return the words, a verb at the end of a name as a word of its own."""
    ends = {found.end for found in verbs.every(raw)}
    result: list[Word] = []
    for word in words:
        former = _FORMER.search(raw[word.start : word.end]) if word.tag == "ORG" else None
        if former is not None and former.start() >= _LEAST_GLUED:
            at = word.start + former.start()
            result += (Word(word.start, at, word.tag), Word(at, at + 1, "a"))
            if at + 1 < word.end:
                result.append(Word(at + 1, word.end, "n"))
            continue
        found = verbs.ending(raw, word.end) if word.end in ends and word.tag in _GLUING else None
        if found is not None and not found.value and word.tag not in _NAMES:
            found = None
        if found is None or found.start - word.start < _LEAST_GLUED:
            result.append(word)
        else:
            result.append(Word(word.start, found.start, word.tag))
            result.append(Word(found.start, word.end, "v"))
    return result
