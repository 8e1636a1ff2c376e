"""Canonical names: what each mention is called in full, and which mentions are one entity.

Persons are one entity a name, but for namesakes (extract/namesakes.py). Institutions and events whose name
opens with a bare level get the place that level means here. Names that differ only in marks, in 中共 or 人民
before an organ, or in a trailing 工作 or 建设 are one entity; the fullest form is its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from extract.jurisdiction import Jurisdictions
from extract.language.organ_forms import bare_organ, shortened, split_organ
from extract.language.places import PlaceRegister
from extract.segments import Span
from extract.text import DEICTIC, EVENT, INSTITUTION, PERSON, PLACE, PRACTICE, VISIT, Mention

UNPLACED = "candidates"
"""The attribute of an organ whose place the article does not say: the places it may be of, none so far."""

_MARKS = re.compile(r"[\s“”‘’\"'《》〈〉「」『』·•]+")
_PARTY = re.compile(r"^(?:中国共产党|中共)(?=.)(?!中央)")
_FULL_FORMS = (
    (re.compile(r"(?<=[省市区县州盟旗镇乡])委员会"), "委"),
    (re.compile(r"政法委员会"), "政法委"),
    (re.compile(r"人民政府"), "政府"),
)
_PLACES_BEFORE = re.compile(r"[\u4e00-\u9fff]+[省市州盟]")
_LEAST_REST = 4
_LEAST_SHARED = 6
_LEARNT = ("全会", "两会")
"""What other events speak of in their names: 六中全会|新闻发布会."""
_LEAST_SUFFIX = 3
"""A short name (庆祝大会) is the end of the only event in full (…开放30周年庆祝大会)."""
_SHARE_OF_PAIRS = 0.6
_HEAD = 2
"""Events whose names end in other heads (升旗仪式, 大会) are others."""
_MOST_COMPARED = 128
"""An event is compared with so many others at most, so that an endless list of them costs linear time."""
_SESSIONS = re.compile(r"[一二三四五六七八九十百\d]+(?=[届次])")
_PRACTICE_TAIL = re.compile(r"(?:建设工作|试点工作|试点|建设|工作)$")
_EVENT_NOISE = re.compile(
    r"^(?:(?:19|20)\d\d年?度?|第[一二三四五六七八九十百\d]+[届次]|首届)|(?:举行|召开|举办)$"
)


@dataclass(slots=True, eq=False)
class Named:
    """An entity of the article: its name, other forms found, its mentions, and what a mention inherits.

    `inherited` maps a mention to the span that its relative name took its place from.
    """

    type: str
    key: str
    name: str
    forms: dict[str, int] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    inherited: dict[Span, Span] = field(default_factory=dict)
    attributes: dict[str, object] = field(default_factory=dict)

    @property
    def unplaced(self) -> bool:
        """Whether it is an organ whose place the article does not say (市住建委): another one an article."""
        return UNPLACED in self.attributes

    @property
    def aliases(self) -> list[str]:
        """Other forms that stand in the text, in the order of first use."""
        return [form for form in self.forms if form != self.name]


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """Return the form of a name by which mentions are compared.

    >>> fold("中共酒泉市委政法委员会")
    '酒泉市委政法委'
    """
    text = _PARTY.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", name)))
    for pattern, short in _FULL_FORMS:
        text = pattern.sub(short, text)
    return text


class Names:
    """The entities of one article, looked up or made by mention."""

    def __init__(self, jurisdictions: Jurisdictions, register: PlaceRegister) -> None:
        """Start with no entity; relative names are resolved by `jurisdictions`."""
        self._jurisdictions = jurisdictions
        self._register = register
        self._by_key: dict[tuple[str, str], Named] = {}
        self._of: dict[int, Named] = {}
        self._events: list[tuple[Named, set[str], bool]] = []
        self._by_rest: dict[str, list[Named]] = {}
        self._by_organ: dict[str, list[Named]] = {}

    def all(self) -> list[Named]:
        """Return the entities in the order of their first mention."""
        return sorted(self._by_key.values(), key=lambda n: min(m.start for m in n.mentions))

    def of(self, mention: Mention) -> Named | None:
        """Return the entity of a mention, made if it is new; None where its name stays unresolved."""
        known = self._of.get(id(mention))
        if known is not None:
            return known
        resolved = self._resolve(mention)
        if resolved is None:
            return None
        name, code, inherited = resolved
        name = name.strip()
        entity = self._entity(mention, name, code)
        entity.mentions.append(mention)
        bare = mention.name if mention.level else bare_organ(name)
        if mention.type == INSTITUTION and entity.name == name == bare:
            entity.attributes.setdefault(UNPLACED, [])
        if inherited is not None and not _overlap(inherited, mention.span):
            entity.inherited[mention.span] = inherited
        self._of[id(mention)] = entity
        return entity

    def set_attribute(self, mention: Mention, name: str, value: object) -> None:
        """Note an attribute of the mention's entity, if it has one."""
        entity = self.of(mention)
        if entity is not None:
            entity.attributes[name] = value

    def _resolve(self, mention: Mention) -> tuple[str, str | None, Span | None] | None:
        name = mention.name
        if mention.type == PLACE and mention.kind != DEICTIC:
            # The codes of a locality are those of the county it lies in, not its own.
            own = mention.places and mention.kind != "locality"
            return name, mention.places[-1] if own else None, None
        if not mention.level:
            return (name, None, None) if name else None
        referent = self._jurisdictions.referent(mention.level, mention.start)
        if referent is None:
            return (name, None, None) if mention.type == INSTITUTION and name != mention.level else None
        if mention.type == PLACE:
            return referent.name, referent.code, referent.span
        mention.places = (referent.code,) if referent.code else ()
        prefix = self._qualified(referent.name, referent.code)
        return prefix + name.removeprefix("全").removeprefix(mention.level), None, referent.span

    def _qualified(self, name: str, code: str | None) -> str:
        """Put the containing place before the name of a county that several bear (鼓楼区)."""
        places = self._register.named(name)
        if code is None or all(place.code == code or not place.current for place in places):
            return name
        parents = self._register.parents(code)
        return parents[0].name + name if parents and parents[0].name != name else name

    def _entity(self, mention: Mention, name: str, code: str | None) -> Named:
        key = code or _key(mention, name)
        entity = self._by_key.get((mention.type, key)) or self._akin(mention, key)
        if entity is None:
            entity = Named(mention.type, key, name)
            self._by_key[(mention.type, key)] = entity
            self._note(entity, mention.kind == VISIT)
            if code:
                entity.attributes["code"] = code
        elif _fuller(mention.type, name, entity.name):
            entity.forms.setdefault(entity.name, 0)
            entity.name = name
        entity.forms.setdefault(name, mention.start)
        return entity

    def note_form(self, mention: Mention, surface: str) -> None:
        """Keep how the text writes an entity, unless it is a relative name or the name itself."""
        entity = self.of(mention)
        bare = surface.strip("“”‘’「」『』《》〈〉 　")
        if entity is None or mention.level or mention.kind == DEICTIC or mention.type == PERSON:
            return
        if bare:
            entity.forms.setdefault(bare, mention.start)

    def _akin(self, mention: Mention, key: str) -> Named | None:
        """Return the event this one names in other words, if there is just one such."""
        if mention.type not in (EVENT, INSTITUTION):
            return None
        matches = (
            self._same_events(key, mention.kind == VISIT)
            if mention.type == EVENT
            else self._same_institutions(key)
        )
        return matches[0] if len(matches) == 1 else None

    def _same_events(self, key: str, visit: bool) -> list[Named]:
        """Return the events of that name; to meet those of a conference is not the conference."""
        pairs = _pairs(key)
        near = self._events[-_MOST_COMPARED:]
        return [n for n, others, v in near if v == visit and _same_event(key, pairs, n.key, others)]

    def _same_institutions(self, key: str) -> list[Named]:
        """Return the institutions whose name is this one but for a larger place before either."""
        bare = bare_organ(key)
        if bare:
            return self._by_organ.get(bare, [])
        shorter = (self._by_key.get((INSTITUTION, rest)) for rest in _without_places(key))
        return [n for n in shorter if n is not None] + self._by_rest.get(key, [])

    def _note(self, entity: Named, visit: bool) -> None:
        """Index a new entity by what _akin asks for."""
        if entity.type == EVENT:
            self._events.append((entity, _pairs(entity.key), visit))
        elif entity.type == INSTITUTION:
            for rest in _without_places(entity.key):
                self._by_rest.setdefault(rest, []).append(entity)
            organ = split_organ(entity.key)[1]
            if organ:
                self._by_organ.setdefault(organ, []).append(entity)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _key(mention: Mention, name: str) -> str:
    if mention.type == PERSON:
        return fold(mention.core or name)
    if mention.type == PRACTICE:
        folded = fold(mention.core or name)
        shorter = _PRACTICE_TAIL.sub("", folded)
        return shorter if len(shorter) >= 3 else folded
    if mention.type == EVENT:
        return _EVENT_NOISE.sub("", fold(name)) or fold(name)
    return shortened(fold(name)) if mention.type == INSTITUTION else fold(name)


def _fuller(kind: str, name: str, known: str) -> bool:
    """Tell whether a name should replace the one known: fuller for institutions and events."""
    if kind in (PERSON, PLACE, PRACTICE):
        return False
    return len(fold(name)) > len(fold(known)) and kind == INSTITUTION


def _same_event(one: str, pairs: set[str], other: str, other_pairs: set[str]) -> bool:
    """Tell whether two names are one event's: one holds the other, or they share most pairs of characters.

    Sessions with other numbers (第四次会议, 第五次会议) are other events.
    """
    numbers, other_numbers = _SESSIONS.findall(one), _SESSIONS.findall(other)
    if numbers and other_numbers and numbers != other_numbers:
        return False
    if one.endswith(other) or other.endswith(one):
        return min(len(one), len(other)) >= _LEAST_SUFFIX
    if one.endswith(_LEARNT) or other.endswith(_LEARNT):
        return False
    if one in other or other in one:
        return min(len(one), len(other)) >= _LEAST_SHARED
    if one[-_HEAD:] != other[-_HEAD:]:
        return False
    shared = len(pairs & other_pairs)
    return shared >= _LEAST_SHARED and shared >= _SHARE_OF_PAIRS * min(len(pairs), len(other_pairs))


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


def _without_places(name: str) -> Iterator[str]:
    """Yield what is left of an institution's name without larger places before it: 浙江省|宁波市鄞州区…."""
    prefix = _PLACES_BEFORE.match(name)
    for at in range(2, prefix.end() + 1 if prefix is not None else 0):
        if name[at - 1] in "省市州盟" and len(name) - at >= _LEAST_REST and name[at] not in "省市区县":
            yield name[at:]
