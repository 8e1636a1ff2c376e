"""Profiles: what several mentions together say of whom they mean."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache

from extract.language.places import read_places
from kg.identity.descriptions import callings, split_description
from kg.identity.evidence import Evidence, Office
from kg.identity.institutions import central_organs
from kg.identity.keys import parts
from kg.identity.lexicon import country_of
from kg.identity.places import present_code
from kg.identity.successions import successors
from kg.register import is_below_province

CHINA = "中国"
"""The state of every office that names no other."""

_USUAL = 20
"""Of so many articles one is enough to count as company."""

_SEATS = ("代表", "委员")
"""Seats in assemblies, which people of every walk of life hold."""

_CENTRAL = ("全国", "中央", "国家", "国务院", "最高")
_KINDS = {
    "party": "state",
    "government": "state",
    "congress": "state",
    "cppcc": "state",
    "judicial": "state",
    "supervision": "state",
    "diplomatic": "state",
    "role": "folk",
}


class Profile:
    """Mentions that are taken for one, and what they say together.

    `key` is the key that stands for them in decisions, `mentions` their evidence.
    """

    def __init__(self, key: str, mentions: Iterable[Evidence]) -> None:
        """Take the mentions together."""
        self.key = key
        self.mentions = tuple(mentions)

    @classmethod
    def joined(cls, profiles: Iterable[Profile]) -> Profile:
        """Return one profile of several; its key is the first that sorts among those with offices, if any."""
        every = list(profiles)
        key = min((not each.offices, each.key) for each in every)[1]
        return cls(key, (mention for each in every for mention in each.mentions))

    @cached_property
    def articles(self) -> frozenset[str]:
        """The articles of the mentions."""
        return frozenset(mention.article for mention in self.mentions)

    @cached_property
    def nations(self) -> frozenset[str]:
        """The states whose offices are named, by what stands before the name or by the institution."""
        found = set()
        for mention in self.mentions:
            nation = _described_nation(mention)
            if nation:
                found.add(nation)
            elif mention.offices:
                found.update(_nation_of(office) for office in mention.offices)
        return frozenset(found)

    @cached_property
    def offices(self) -> Mapping[Office, tuple[str, str]]:
        """The offices with the first and last day of the articles that give them.

        What an article calls 德国总理 holds no office of ours: such offices are left out.
        """
        found: dict[Office, tuple[str, str]] = {}
        for mention in self.mentions:
            if _described_nation(mention):
                continue
            for office in mention.offices:
                day = mention.date or ""
                first, last = found.get(office, (day, day))
                found[office] = (min(first, day) or day, max(last, day))
        return found

    @cached_property
    def holders(self) -> frozenset[str]:
        """The keys of the institutions and places of office."""
        return frozenset(office.holder for office in self.offices)

    @cached_property
    def holder_names(self) -> frozenset[str]:
        """The names of the institutions and places of office."""
        return frozenset(parts(holder).name for holder in self.holders)

    @cached_property
    def successions(self) -> list[tuple[str, str]]:
        """Which of these were taken over, and by what."""
        return [(name, later) for name in sorted(self.holder_names) for later in successors(name)]

    @cached_property
    def areas(self) -> frozenset[str]:
        """The divisions of office below the province, by the code of today."""
        codes = (office.code for office in self.offices)
        return frozenset(present_code(code) for code in codes if code and is_below_province(code))

    @cached_property
    def provinces(self) -> frozenset[str]:
        """The provinces of office."""
        found = (_province(office.code) for office in self.offices if office.code)
        return frozenset(code for code in found if code)

    @cached_property
    def is_high(self) -> bool:
        """Whether one of the offices is of the state and of a province or the centre."""
        return any(_is_high(office.holder, office.code) for office in self.offices)

    @cached_property
    def descriptions(self) -> frozenset[str]:
        """The callings that stand beside the name."""
        found = (mention.local.description for mention in self.mentions)
        return frozenset(each for each in found if each)

    @cached_property
    def careers(self) -> frozenset[str]:
        """The walks of life that offices and callings belong to."""
        found = {split_description(each)[2] for each in self.descriptions}
        for office in self.offices:
            if not office.title.endswith(_SEATS):
                kind = _title_kind(office.title)
                found.add(kind if kind and kind != "generic" else _kind_of_holder(office.holder))
        return frozenset(_KINDS.get(kind, kind) for kind in found if kind and kind != "generic")

    @property
    def is_told(self) -> bool:
        """Whether an office or a calling says who this is."""
        return bool(self.offices or self.careers or self.nations)

    @cached_property
    def company(self) -> Mapping[str, int]:
        """What stands in the same articles, and in how many of them."""
        if len(self.mentions) == 1:
            return dict.fromkeys(self.mentions[0].company, 1)
        return Counter(key for mention in self.mentions for key in mention.company)

    @property
    def often(self) -> int:
        """In how many articles something must stand beside to belong to the usual company."""
        return 1 + len(self.mentions) // _USUAL

    @cached_property
    def days(self) -> list[str]:
        """The days of the articles, sorted."""
        return sorted(mention.date for mention in self.mentions if mention.date)

    @cached_property
    def event_days(self) -> list[tuple[str, str]]:
        """The first and last days an event is dated to, sorted."""
        return sorted({days for mention in self.mentions for days in mention.days})

    def nearest(self, day: str) -> int | None:
        """Return how many days lie between the day and the nearest article; None where there is none."""
        at = bisect_left(self.days, day)
        return min((days_between(day, each) for each in self.days[max(0, at - 1) : at + 1]), default=None)


def days_between(one: str, other: str) -> int:
    """Return the days between two ISO dates."""
    return abs(_ordinal(one) - _ordinal(other))


@lru_cache(maxsize=16384)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _described_nation(mention: Evidence) -> str:
    description = mention.local.description
    return split_description(description)[0] if description else ""


def _nation_of(office: Office) -> str:
    return country_of(parts(office.holder).name) or CHINA


@lru_cache(maxsize=16384)
def _province(code: str) -> str | None:
    place = read_places().province_of(code)
    return place.code if place is not None else None


@lru_cache(maxsize=16384)
def _is_high(holder: str, code: str | None) -> bool:
    name = parts(holder).name
    if country_of(name) is not None or _kind_of_holder(holder) not in ("state", ""):
        return False
    return (
        name in central_organs()
        or name.startswith(_CENTRAL)
        or (code is not None and not is_below_province(code) and len(name) <= 10)
    )


@lru_cache(maxsize=16384)
def _title_kind(title: str) -> str:
    """The kind of the longest calling that ends a title, so that 常务副校长 is what 副校长 is."""
    for start in range(len(title) - 1):
        kind = callings().get(title[start:])
        if kind is not None:
            return kind
    return ""


@lru_cache(maxsize=16384)
def _kind_of_holder(holder: str) -> str:
    found = parts(holder)
    if found.type == "place":
        return "state"
    name = found.name
    if name.endswith(("大学", "学院", "研究院", "研究所", "科学院", "社科院", "中学", "小学", "学校")):
        return "academic"
    if name.endswith(("公司", "集团", "银行", "厂", "合作社")):
        return "business"
    if name.endswith(("村", "社区", "村委会", "村党支部", "居委会")):
        return "village"
    if name.endswith(("委", "政府", "局", "厅", "部", "院", "人大", "政协", "常委会", "党组")):
        return "state"
    return ""
