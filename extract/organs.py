"""The organ of each office: named beside the title, inherited in the chain, or implied by the title."""

from __future__ import annotations

from extract.antecedents import Antecedents
from extract.holders import Holder
from extract.language.lexicon import Lexicon
from extract.language.organ_forms import bare_organ
from extract.mentions.places import COUNTRY
from extract.offices import HOME, Office
from extract.text import DEICTIC, INSTITUTION, PLACE, Mention

_OF_VILLAGERS = "村民"
_WITH_DEPARTMENTS = frozenset({"party", "government", "congress", "cppcc", "supervision", "judicial", "mass"})


class Organs:
    """Settles and keeps the organ of every office of an article."""

    def __init__(self, lexicon: Lexicon, antecedents: Antecedents) -> None:
        """Start with none; `antecedents` gives the organs that bare titles speak of."""
        self._central = lexicon.central
        self._antecedents = antecedents
        self._of: dict[int, Mention | None] = {}
        self.new: list[Mention] = []

    def settle(self, holders: list[Holder]) -> dict[int, Mention]:
        """Return the organ of each office that has one, by the office's id; `new` are organs only implied."""
        for holder in holders:
            for office in holder.offices:
                self._organ(office)
            if holder.offices:
                self._take([office for office in holder.offices if self._of[id(office)] is None])
        return {key: organ for key, organ in self._of.items() if organ is not None}

    def _take(self, offices: list[Office]) -> None:
        """Give a chain without an organ the one it speaks of."""
        antecedent = self._antecedents.of(offices)
        if antecedent is not None:
            for office in offices:
                office.title = _without_organ(office.title, antecedent.name)
            self._of.update((id(office), antecedent) for office in offices if not office.implied)

    def _organ(self, office: Office) -> Mention | None:
        key = id(office)
        if key not in self._of:
            organ = self._find(office)
            self._of[key] = organ
        return self._of[key]

    def _find(self, office: Office) -> Mention | None:
        if office.foreign and office.organ is None and office.implied:
            base = self._organ(office.inherits) if office.inherits is not None else None
            return base if base is not None and base.kind == COUNTRY else None
        if office.implied == HOME:
            return self._add(Mention(office.start, office.end, PLACE, HOME))
        if office.organ is not None:
            return self._implied(office, office.organ) if office.implied else office.organ
        if office.level:
            place = Mention(office.start, office.end, PLACE, "", level=office.level, kind=DEICTIC)
            return self._implied(office, place) if office.implied else self._add(place)
        before = self._organ(office.inherits) if office.inherits is not None else None
        if office.within or (office.bare and _has_departments(before)):
            return self._department(office, before) if before is not None else None
        if office.implied:
            if self._is_central(office.implied):
                return self._add(Mention(office.start, office.end, INSTITUTION, office.implied))
            return self._implied(office, before) if before is not None else self._bare(office)
        return before

    def _bare(self, office: Office) -> Mention | None:
        """Return the organ that a title names without its place (住建委副主任), if it says which kind."""
        if not bare_organ(office.implied):
            return None
        return self._add(Mention(office.start, office.end, INSTITUTION, office.implied))

    def _is_central(self, name: str) -> bool:
        found = self._central.starting(name, 0)
        return found is not None and found.end == len(name)

    def _implied(self, office: Office, base: Mention) -> Mention:
        """Return the organ that the title implies in the place of `base`, or `base` if it has none."""
        tail = office.implied
        if self._is_central(tail):
            return self._add(Mention(office.start, office.end, INSTITUTION, tail))
        if base.type == PLACE:
            prefix, level = (base.level, base.level) if base.kind == DEICTIC else (base.name, "")
        else:
            prefix, level = (base.level, base.level) if base.level else (base.core, "")
        if base.type == INSTITUTION and base.name.endswith(tail):
            return base
        if base.type == INSTITUTION and base.kind not in ("party", "government", ""):
            return self._department(office, base) or base
        if not prefix:
            return base
        # 村 and 村委会 are 村委会, but 村 and 村民委员会 are both said.
        whole = tail.startswith(_OF_VILLAGERS)
        once = level and tail.startswith(level) and not whole
        name = tail if once else prefix + (tail if whole else _unrepeated(prefix, tail))
        implied = Mention(office.start, office.end, INSTITUTION, name, level=level, places=base.places)
        implied.core = base.core or (base.name if base.type == PLACE else "")
        return self._add(implied)

    def _department(self, office: Office, base: Mention) -> Mention | None:
        """Return the department of an organ that the title leads: 省政府…、办公厅主任."""
        if base.type == PLACE:
            return None
        name = base.name + (office.implied or office.bare).removeprefix("委")
        mention = Mention(office.start, office.end, INSTITUTION, name, level=base.level, places=base.places)
        mention.core = base.core
        return self._add(mention)

    def _add(self, mention: Mention) -> Mention:
        self.new.append(mention)
        return mention


def _has_departments(organ: Mention | None) -> bool:
    """Tell whether a kind of office named after an organ is its own: 某市人大常委会副秘书长、研究室|主任."""
    return organ is not None and organ.type == INSTITUTION and organ.kind in _WITH_DEPARTMENTS


def _unrepeated(place: str, tail: str) -> str:
    """Return a tail without the level that the place's name ends with: 水南街道 and 街道办事处."""
    level = next((lv for lv in ("街道", "社区", "村") if place.endswith(lv) and tail.startswith(lv)), "")
    return tail.removeprefix(level)


def _without_organ(title: str, organ: str) -> str:
    """Return a title without the kind of organ that it names again: 学院院长 of a 学院 is its 院长."""
    ends = (at for at in range(len(title) - 2, 1, -1) if organ.endswith(title[:at]))
    return title[next(ends, 0) :]
