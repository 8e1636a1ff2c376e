"""What opens an office without naming its organ in full: a bare level, a kind of organ, a department.

镇|党委书记 is an office of some town, 学院|院长 of some school, 办公厅|主任 of a department of the organ
before.
"""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon, Organ
from extract.language.organ_forms import bare_organ
from extract.phrases import Found
from extract.text import Text

_LONGEST_DEPARTMENT = 10
_LEVELS = ("街道", "居民区", "社区", "镇", "乡", "村", "省", "市", "区", "县", "州", "盟", "旗")
_OWN_KINDS = frozenset({"academic", "business", "judicial", "media", "social"})
"""The kinds of organs that a title may name without its place: 学院院长, 公司董事长."""
_OUTSIDE_NAMES = frozenset({"w", "p", "c", "v", "u", "r", "d", "TIME", "xc"})
_PARTY_GROUPS = ("党委", "党组", "党总支", "党支部", "支部", "纪委")
_SEPARATOR = re.compile(r"(?:、(?:现任|现)?|兼任|兼)$")
_NOUNS = frozenset({"n", "vn", "nz"})
_QUARTER_ORGANS = {"居委会": "社区", "居民委员会": "社区", "村委会": "村", "村民委员会": "村"}
"""The organs that say by themselves what they govern."""


def before_separator(raw: str, position: int) -> int:
    """Return where a chain goes on to the left of an office: before 、, 、现任 or 兼, or the position."""
    found = _SEPARATOR.search(raw, max(0, position - 3), position)
    return found.start() if found is not None else position


class TitleOpenings:
    """Reads what stands before the titles of a text, or opens a title's own name."""

    def __init__(self, text: Text, lexicon: Lexicon) -> None:
        """Prepare to read."""
        self._text, self._raw, self._lexicon = text, text.raw, lexicon

    def kind_in(self, name: str) -> tuple[str, str]:
        """Split a title that opens with the kind of an organ: 学院院长 is the 院长 of a 学院."""
        head = self._lexicon.heads.starting(name, 0)
        if head is None or head.value.kind not in _OWN_KINDS:
            return "", name
        rest = self._lexicon.titles.starting(name, head.end)
        if rest is None or rest.end < len(name):
            return "", name
        return head.value.name, rest.value.name

    def bare_before(self, position: int) -> str:
        """Return the kind of organ that stands alone before a title (学院|院长, 局|党委书记), or ""."""
        if position == 0 or not self._text.starts_word(position):
            return ""
        word = self._text.word_at(position - 1)
        kind = self._raw[word.start : position]
        head = self._lexicon.heads.ending(self._raw, position)
        listed = self._lexicon.title_organs.starting(kind, 0) is not None
        known = listed or (head is not None and head.start == word.start)
        if not known or word.tag not in ("n", "nz"):
            return ""
        return kind if word.start == 0 or self._text.word_at(word.start - 1).tag in _OUTSIDE_NAMES else ""

    def level_before(self, position: int) -> str:
        """Return the bare level whose party group or the like the title leads: 镇|党委书记."""
        level = next((lv for lv in _LEVELS if self._raw.endswith(lv, 0, position)), "")
        at = position - len(level)
        if not level or not self._text.starts_word(at):
            return ""
        return level if at == 0 or self._text.word_at(at - 1).tag in _OUTSIDE_NAMES else ""

    def department_before(self, position: int) -> int | None:
        """Return where a department begins that is named without its organ: 、办公厅|主任."""
        head = self._lexicon.heads.ending(self._raw, position)
        if head is None or not self._text.starts_word(position):
            return None
        at = self._text.word_at(position - 1).start
        least = max(0, position - _LONGEST_DEPARTMENT)
        while at > least and self._text.word_at(at - 1).tag in _NOUNS:
            at = self._text.word_at(at - 1).start
        return at if before_separator(self._raw, at) < at <= head.start and position - at > 1 else None

    def quarter_of(self, organ: str, start: int) -> str:
        """Return the level of an organ that is named without its place: 居委会 is of some 社区."""
        if not self._text.starts_word(start):
            return ""
        before = self._text.word_at(start - 1).tag if start else "w"
        return _QUARTER_ORGANS.get(organ, "") if before in _OUTSIDE_NAMES else ""

    def stands_bare(self, tail: Found[Organ]) -> bool:
        """Tell whether an organ is named without its place, after a mark or a particle: 由住建委副主任."""
        if not bare_organ(tail.value.name) or not self._text.starts_word(tail.start):
            return False
        return tail.start == 0 or self._text.word_at(tail.start - 1).tag in _OUTSIDE_NAMES

    def split_title(self, name: str) -> tuple[str, str] | None:
        """Split a title that opens with an organ: 党工委副书记 is 副书记 of the 党工委."""
        tail = self._lexicon.tails.starting(name, 0)
        if tail is None or tail.value.name in _PARTY_GROUPS:
            return None
        rest = self._lexicon.titles.starting(name, tail.end)
        return (tail.value.name, rest.value.name) if rest is not None and rest.end == len(name) else None
