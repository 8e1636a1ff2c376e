"""Office chains: the offices that stand before or after a person's name.

酒泉市委常委、市委政法委书记徐志强 holds two offices. Reading goes from the name to the left: title, its
modifiers, the organ before it, a separator, the next title. An office that names no organ takes the
one before it in its chain, or the organ its title implies there (组织部长 after 市委: 市委组织部).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from extract.language.lexicon import Lexicon, Title
from extract.mentions.places import COUNTRY
from extract.text import PLACE, Mention, Text
from extract.title_openings import TitleOpenings, before_separator

_COURTESY = re.compile(r"(?:[（(][^（()），。\n]{1,8}[）)])?(?:同志|先生|女士|的(?:年轻)?)?\s*$")
"""What may stand between a title and a name: 副厅长（正厅级）某某, 担任县委书记的某某."""
_LONGEST_COURTESY = 14
_CHAIN_OPENINGS = frozenset("，,。！？；;：:、\n（(“”》　")
"""Marks after which a chain of offices begins that a comma joins to the next: …教授，某某研究院院长某某."""
_LEVEL_TITLE = re.compile(
    r"^(?:常务)?副?代?(省|市|区|县|州|盟|旗|镇|乡)长$|^(省|市|区|县|州|盟|旗|镇|乡)领导$|^(自治区)(?:常务)?副?主席$"
)
_VILLAGE_TITLE = re.compile(r"^(村|社区|居民区|镇|乡|街道)(?=党|两委|支|书记|主任|委会|居委会|妇联|团)(.+)$")
_CANDIDATE = re.compile(r"(?:正式|初步)?(?:候选|人选|提名)")
_GAP = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{1,8}")
_LONGEST_CHAIN = 12
HOME = "中国"
"""What the offices of the state are held in that name no organ: 国家主席 (titles.tsv)."""
ROLE = "role"
"""The kind of titles that say what a person without an office is: 村民, 志愿者."""
_OF_A_STATE = frozenset({"national", "sub-national"})
OWN_SCOPE = re.compile(r"国家|全国")


@dataclass(slots=True, eq=False)
class Office:
    """An office as the text names it.

    `organ` is the institution or place before the title; None where it is to be inherited from the
    office before, or, with `level`, found from the article's places. `implied` is the tail of the organ
    that the title implies, or, with `within`, a department of the organ before; `bare` is the kind of an
    organ named before and not here (学院院长); a `foreign` office is none of China's; `title` is the post
    within the organ that results. `manner` says how it was come by or left, and `told` where the verb stands
    that says so, if one does.
    """

    start: int
    end: int
    title: str
    organ: Mention | None = None
    implied: str = ""
    level: str = ""
    within: bool = False
    foreign: bool = False
    bare: str = ""
    former: bool = False
    kind: str = ""
    inherits: Office | None = None
    manner: str = ""
    told: int | None = None


class Chains:
    """Reads the offices that stand beside the persons of a text."""

    def __init__(self, text: Text, lexicon: Lexicon, organs: list[Mention]) -> None:
        """Prepare to read; `organs` are the institutions and places of the text."""
        self._raw = text.raw
        self._text = text
        self._lexicon = lexicon
        self._openings = TitleOpenings(text, lexicon)
        self._by_end: dict[int, Mention] = {}
        for mention in organs:
            known = self._by_end.get(mention.end)
            if known is None or mention.start < known.start:
                self._by_end[mention.end] = mention
        self._ends = sorted(self._by_end)
        self._by_start = {self._by_end[end].start: self._by_end[end] for end in self._ends}

    def before(self, person: Mention) -> list[Office]:
        """Return the offices before the name, in the order of the text."""
        offices = self.ending(self._before_courtesy(person.start))
        at = offices[0].start if offices else 0
        if self._raw[at - 1 : at] in ("，", ","):
            offices = self._before_comma(at - 1) + offices
        self._inherit(offices)
        return offices

    def _before_courtesy(self, position: int) -> int:
        courtesy = _COURTESY.search(self._raw, max(0, position - _LONGEST_COURTESY), position)
        return courtesy.start() if courtesy is not None else position

    def _before_comma(self, end: int) -> list[Office]:
        """Return the chain that fills the clause before a comma: it is the same person's, it names none."""
        offices = self.ending(end)
        at = offices[0].start if offices else end
        opens = at == 0 or self._raw[at - 1] in _CHAIN_OPENINGS
        return offices if offices and opens and offices[0].organ is not None else []

    def after(self, person: Mention) -> list[Office]:
        """Return the office that follows the name at once: 李某某副市长, 某某学校李某某老师."""
        found = self._lexicon.titles.starting(self._raw, person.end)
        if found is None or len(found.value.name) < 2:
            return []
        following = self._text.word_at(found.end - 1)
        if following.end > found.end:
            return []
        organ = self._by_end.get(person.start)
        office = self._office(found.start, found.end, found.value.name, found.value, organ)
        if organ is not None:
            office.start = organ.start
            return [office]
        if office.level or found.value.kind == "academic":
            return [office]
        return []

    def opening(self, begin: int) -> list[Office]:
        """Return the one office that begins at the position, with its organ or none: 等|市领导."""
        organ = self._by_start.get(begin)
        at = organ.end if organ is not None else begin
        found = self._lexicon.titles.starting(self._raw, at)
        return self.back_from(found.end, begin) if found is not None else []

    def ending(self, end: int) -> list[Office]:
        """Return the chain of offices that ends at the position, in the order of the text."""
        offices: list[Office] = []
        at = end
        while len(offices) < _LONGEST_CHAIN:
            office = self._ending(at)
            if office is None:
                break
            offices.insert(0, office)
            at = before_separator(self._raw, office.start)
            if at == office.start:
                break
        return offices

    def spanning(self, begin: int, limit: int) -> list[Office]:
        """Return the chain of offices that begins right at `begin` and ends latest before `limit`."""
        titles = self._lexicon.titles.every(self._raw, begin, limit)
        # 镇长候选人 holds no office yet.
        ends = sorted({t.end for t in titles if not _CANDIDATE.match(self._raw, t.end)}, reverse=True)
        for end in ends:
            offices = self.back_from(end, begin)
            if offices:
                return offices
        return []

    def back_from(self, end: int, begin: int) -> list[Office]:
        """Return the chain of offices that fills the span, or none."""
        offices: list[Office] = []
        at = end
        while at > begin and len(offices) < _LONGEST_CHAIN:
            office = self._ending(at, begin)
            if office is None or office.start < begin:
                return []
            offices.insert(0, office)
            at = before_separator(self._raw, office.start)
            if at == office.start > begin:
                return []
        self._inherit(offices)
        return offices

    def _organ_at(self, position: int, title: Title) -> Mention | None:
        """Return the organ before a title, also one that 的 parts from it: 某某社区的|网格员."""
        organ = self._by_end.get(position)
        if organ is None and title.kind != ROLE and self._raw[position - 1 : position] == "的":
            organ = self._by_end.get(position - 1)
        return organ

    def _ending(self, end: int, least: int = 0) -> Office | None:
        """Return the office that ends at the position; no word before `least` belongs to it."""
        titles = self._lexicon.titles.all_ending(self._raw, end)
        readings = [(found.value, *self._modified(found.start)) for found in titles]
        # A title that begins where an organ ends is read there, though a longer one would swallow its name.
        # An institution says more than the place that opens its name: 街道办事处|主任, not 街道|办事处主任.
        found = [
            (organ, title, former)
            for title, start, former in readings
            if (organ := self._organ_at(start, title) or self._by_end.get(start + len(former))) is not None
        ]
        if found:
            organ, title, former = min(found, key=lambda reading: reading[0].type == PLACE)
            return self._named(organ, end, title, former, least)
        for title, start, former in readings:
            office = self._without_organ(start, end, title, former)
            if office is not None:
                return office
        return None

    def _modified(self, start: int) -> tuple[int, str]:
        """Walk left over the modifiers of a title; return where they begin, and the word that says former."""
        while (modifier := self._lexicon.modifier_phrases.ending(self._raw, start)) is not None:
            kind = self._lexicon.modifiers[modifier.value]
            if start in self._by_end or (kind == "joint" and self._separates(modifier.start)):
                break
            start = modifier.start
            if kind == "former":
                return start, modifier.value
        return start, ""

    def _separates(self, position: int) -> bool:
        """Tell whether 兼 at the position joins two offices, of which the first ends there."""
        return self._lexicon.titles.ending(self._raw, position) is not None

    def _named(self, organ: Mention, end: int, title: Title, former: str, least: int = 0) -> Office:
        """Return the office at an organ; 原 may also stand before the organ."""
        begin = organ.start
        before = self._lexicon.modifier_phrases.ending(self._raw, begin)
        known = before is not None and before.start >= least
        if not former and known and before is not None and self._lexicon.modifiers[before.value] == "former":
            former, begin = before.value, before.start
        if self._raw.endswith("中共", 0, begin):
            begin -= len("中共")
        name = self._raw[organ.end : end].removeprefix("的").removeprefix(former)
        return self._office(begin, end, name, title, organ, former)

    def _without_organ(self, start: int, end: int, title: Title, former: str) -> Office | None:
        """Return the office whose organ is a few nouns before the title, is a bare tail, or is not said."""
        organ = self._near(start)
        if organ is not None:
            return self._named(organ, end, title, former)
        name = self._raw[start + len(former) : end]
        split = None if title.organ else self._openings.split_title(name)
        if split is not None:
            office = self._office(start, end, name, title, None, former)
            office.implied, office.title = split
            office.level = office.level or self._openings.quarter_of(office.implied, start)
            return office
        level = self._openings.level_before(start)
        if level:
            office = self._office(start - len(level), end, name, title, None, former)
            office.level = level
            return office
        tail = self._lexicon.tails.ending(self._raw, start)
        if (
            tail is not None
            and len(tail.value.name) > 1
            and (
                before_separator(self._raw, tail.start) < tail.start
                or self._openings.stands_bare(tail)
                or self._openings.quarter_of(tail.value.name, tail.start)
            )
        ):
            office = self._office(tail.start, end, name, title, None, former)
            office.implied, office.title = tail.value.name, name
            office.level = self._openings.quarter_of(tail.value.name, tail.start)
            return office
        department = self._openings.department_before(start)
        if department is not None and self._lexicon.countries.starting(self._raw, department) is None:
            office = self._office(department, end, name, title, None, former)
            office.implied, office.title, office.within = self._raw[department:start], name, True
            return office
        office = self._office(start, end, name, title, None, former)
        office.bare = self._openings.bare_before(start)
        office.start -= len(office.bare)
        if not office.bare and not title.organ:
            office.bare, office.title = self._openings.kind_in(office.title)
        return office

    def _near(self, position: int) -> Mention | None:
        """Return the organ a few nouns before the title: 组织工作部 + 组织一处 + 处长."""
        at = bisect_left(self._ends, position) - 1
        if at < 0:
            return None
        organ = self._by_end[self._ends[at]]
        gap = self._raw[organ.end : position]
        headed = self._lexicon.heads.ending(gap, len(gap)) is not None
        if "兼" in gap or not _GAP.fullmatch(gap) or (organ.type == PLACE and (headed or len(gap) > 4)):
            return None
        for word in self._text.words_from(organ.end, position):
            if word.tag in ("u", "p", "c", "r", "d", "PER", "TIME"):
                return None
            if word.tag == "v" and organ.type == PLACE:
                return None
        return None if organ.kind == COUNTRY else organ

    def _office(
        self, start: int, end: int, name: str, title: Title, organ: Mention | None, former: str = ""
    ) -> Office:
        office = Office(start, end, name, organ, former=bool(former), kind=title.kind)
        level = _LEVEL_TITLE.match(name)
        village = _VILLAGE_TITLE.match(name)
        if organ is None and level:
            office.level = next(filter(None, level.groups()))
        elif organ is None and village:
            office.level, office.title = village.groups()
            if title.organ:
                office.implied, office.title = title.organ, title.post
        elif organ is not None and (organ.kind == COUNTRY or self._abroad(organ)):
            office.foreign = organ.name != HOME
        elif title.organ and title.organ != "政府" and name.endswith(title.name):
            office.foreign = title.rank in _OF_A_STATE and self._follows_noun(start)
            prefix = name.removesuffix(title.name)
            if not prefix:
                office.implied, office.title = title.organ, title.post
                office.level = office.level or self._openings.quarter_of(title.organ, start)
        return office

    def _abroad(self, organ: Mention) -> bool:
        """Tell whether an organ's name opens with another country's: 古巴共产党中央委员会."""
        country = self._lexicon.countries.starting(organ.name, 0)
        return country is not None and country.value != HOME

    def _follows_noun(self, position: int) -> bool:
        """Tell whether a noun says of what state a title is: 越共中央|总书记. Titles of China's need none."""
        if position == 0 or position in self._by_end:
            return position in self._by_end and self._by_end[position].kind == COUNTRY
        word = self._text.word_at(position - 1)
        return word.end <= position and word.tag in ("n", "nz", "LOC", "ORG", "j", "nw", "PER")

    def _inherit(self, offices: list[Office]) -> None:
        previous: Office | None = None
        for office in offices:
            if office.organ is None and previous is not None and not OWN_SCOPE.match(office.title):
                office.inherits = previous
                # 原 at the head of a chain says so of the offices that share its organ.
                if previous.former and not (office.implied or office.level or office.kind == "academic"):
                    office.former = True
            if previous is not None and previous.foreign and office.organ is None:
                office.foreign = True
            previous = office
