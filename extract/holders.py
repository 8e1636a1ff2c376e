"""Persons with their offices, and lists of persons that share one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from extract.language.lexicon import Lexicon
from extract.offices import OWN_SCOPE, Chains, Office
from extract.segments import Span
from extract.stated_offices import StatedOffices
from extract.text import Mention, Text

_SHARED = re.compile(r"副|委员|成员|常委|专家|教授|代表|领导|秘书长|干部|队员|网格员|研究员|院士")
_LISTED = re.compile(r"[、，,]?(?:和|及|与|以及)?")
_SUMMED = re.compile(r"等(?:[0-9]+|[一二两三四五六七八九十]+)?[位名]?|[一二两三四五六七八九十]+[位名]")


@dataclass(slots=True, eq=False)
class Holder:
    """A person's name with the offices that stand beside it; `start` to `end` covers all of it."""

    person: Mention
    start: int
    end: int
    offices: list[Office] = field(default_factory=list)
    shared: bool = False


def find_holders(text: Text, lexicon: Lexicon, persons: list[Mention], organs: list[Mention]) -> list[Holder]:
    """Return every person mention with its offices, in the order of the text.

    `organs` are the institutions and places of the text. In a list, names without a title share the
    one before them where it is an office that several hold (副市长甲、乙).
    """
    chains = Chains(text, lexicon, organs)
    stated_offices = StatedOffices(text, lexicon, chains, organs)
    holders: list[Holder] = []
    for person in persons:
        offices = chains.before(person)
        after = [o for o in chains.after(person) if not offices or o.kind == "academic"]
        if after and offices:
            after[0].inherits = offices[-1]
        start = min((office.start for office in (*offices, *after)), default=person.start)
        start = min(start, person.start)
        end = after[-1].end if after else person.end
        apposed = stated_offices.apposed(person) if not offices and not after else []
        if apposed:
            end = apposed[-1].end
        stated, stated_end = stated_offices.of(person, start)
        holder = Holder(person, start, max(end, stated_end), offices + after + apposed + stated)
        if holders:
            _share(text.raw, holders[-1], holder)
        holders.append(holder)
        if stated and stated[0].told is not None:
            _share_stated(text.raw, holders, stated)
    _share_after(text, chains, holders)
    by_person = {id(holder.person): holder for holder in holders}
    for person, more in stated_offices.by_pronoun(persons):
        by_person[id(person)].offices.extend(more)
    return holders


def _share(raw: str, before: Holder, holder: Holder) -> None:
    """Let a name in a list share the title before it, or its title the organ before it."""
    between = raw[before.end : holder.start]
    if holder.offices:
        first = holder.offices[0]
        if (
            first.organ is None
            and first.inherits is None
            and not OWN_SCOPE.match(first.title)
            and before.offices
            and _LISTED.fullmatch(between)
        ):
            first.inherits = before.offices[-1]
            first.foreign = first.foreign or first.inherits.foreign
        return
    listed = before.offices and between in ("、", "和", "及", "与")
    if listed and (len(before.offices) == 1 or before.shared) and _SHARED.search(before.offices[-1].title):
        holder.offices = list(before.offices)
        holder.shared = True


def _share_stated(raw: str, holders: list[Holder], stated: list[Office]) -> None:
    """Let the names of a list before the last have what is stated of it: 选举甲、乙为副主任."""
    for before, holder in pairwise(reversed(holders)):
        if raw[holder.person.end : before.start] not in ("、", "和", "及", "与") or holder.offices:
            break
        holder.offices = list(stated)
        holder.shared = True


def _share_after(text: Text, chains: Chains, holders: list[Holder]) -> None:
    """Let a list of names have the title that sums it up: 甲、乙、丙等市领导, 甲、乙两位副县长."""
    run: list[Holder] = []
    for holder in holders:
        if run and text.raw[run[-1].end : holder.start] not in ("、", "和", "及", "与"):
            run = []
        run.append(holder)
        summed = _SUMMED.match(text.raw, holder.end)
        if summed is None or any(h.offices for h in run):
            continue
        offices = chains.opening(summed.end())
        for listed in run if offices and _SHARED.search(offices[-1].title) else []:
            listed.offices = list(offices)
            listed.shared = True


def office_evidence(holder: Holder, office: Office) -> Span:
    """Return the span that states the office: from the organ or title to the name."""
    return min(office.start, holder.person.start), max(office.end, holder.person.end)
