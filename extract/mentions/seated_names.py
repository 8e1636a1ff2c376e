"""Names in the seat of a name: right after a title, right before a verb, whatever the tagger made of them.

区长虎平全程陪同, 副省长宣成致辞, 县长祁连，: a surname with one or two characters that make no common
word, and behind them a mark, a verb of the genre or an adverb.
"""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.text import Text

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SIZES = (4, 3, 2)
_LEAST_TITLE = 2
_LONGEST_SURNAME = 2
_MARKS_AFTER = frozenset("、，,。；;：:）)（( 　等和与及\n")
_NO_NAME = re.compile(r"[的了和与及等是在于各该本此其这那每]")
"""What stands in no given name; some are surnames (于, 和)."""
_SURELY_PERSONAL = ("一行", "同志", "先生", "女士")
"""What makes a name even of a common word: 副教授蓝天|一行."""
_LAST_CHARACTER = re.compile(r"和[、，。；：）]")
"""No conjunction stands before a mark: the character is a name's (魏凤|和、)."""
_ROLE = "role"
_FUNCTION_TAGS = frozenset({"d", "p", "f", "u", "r", "c", "m"})


def seated_names(text: Text, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the names that stand in the seat of one, in the order of the text."""
    found = []
    for title in lexicon.titles.longest(text.raw):
        if title.end - title.start < _LEAST_TITLE or title.value.kind == _ROLE:
            continue
        end = next(
            (e for size in _SIZES if _is_seated(text, lexicon, title.end, e := title.end + size)), None
        )
        if end is not None:
            found.append((title.end, end))
    return found


def _is_seated(text: Text, lexicon: Lexicon, start: int, end: int) -> bool:
    name = text.raw[start:end]
    own = _LONGEST_SURNAME if name[:_LONGEST_SURNAME] in lexicon.surnames else 1
    if len(name) != end - start or not _HAN.fullmatch(name) or _NO_NAME.search(name, own):
        return False
    surely = text.raw.startswith(_SURELY_PERSONAL, end)
    if (
        (name in lexicon.common_words and not surely)
        or name in lexicon.not_persons
        or not _named_so(text, lexicon, start, end)
    ):
        return False
    if lexicon.titles.ending(name, len(name)) is not None or name in lexicon.name_breaks:
        return False
    return _goes_on(text, lexicon, end) and not _ends_before(text, lexicon, start, end)


def _ends_before(text: Text, lexicon: Lexicon, start: int, end: int) -> bool:
    """Tell whether a shorter name ends before a word that would be its last character: 费南|也, 仓决|陪同."""
    if text.word_at(start).tag == "PER" and text.word_at(start).end == end:
        return False
    cuts = range(start + _LONGEST_SURNAME, end)
    return any(lexicon.name_followers.starting(text.raw, cut) is not None for cut in cuts)


def _named_so(text: Text, lexicon: Lexicon, start: int, end: int) -> bool:
    """Tell whether a name of a size may be one: by its surname, or because the tagger says so too."""
    name = text.raw[start:end]
    word = text.word_at(start)
    if word.tag == "PER" and (word.start, word.end) == (start, end):
        return True
    compound = name[:_LONGEST_SURNAME] in lexicon.surnames
    function = word.end - start == 1 and word.tag in _FUNCTION_TAGS
    if name[0] in lexicon.surname_lookalikes or (function and not compound):
        return False
    if len(name) == max(_SIZES):
        return compound
    return (compound and len(name) > _LONGEST_SURNAME) or name[0] in lexicon.surnames


def _goes_on(text: Text, lexicon: Lexicon, position: int) -> bool:
    """Tell whether a name may end here: at a mark, or before what a person does or how."""
    if _LAST_CHARACTER.match(text.raw, position):
        return False
    if text.raw[position : position + 1] in _MARKS_AFTER or position >= len(text.raw):
        return True
    return lexicon.name_followers.starting(text.raw, position) is not None
