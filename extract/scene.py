"""The scene that a rule looks at, and what fills its roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.clauses import Clause, Trigger
from extract.dates import DateMention
from extract.groups import Group
from extract.segments import Span
from extract.state import Slot, State
from extract.text import Mention, Text

INHERITED_COST = 0.06
"""What a fact loses of its confidence for each end that comes from another clause."""


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: mentions, or dates; `inherited` is the span outside the clause it comes from."""

    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    inherited: Span | None = None


@dataclass(slots=True)
class Scene:
    """What a source may look at: the clause, its trigger, the clauses near it in its sentence, the state.

    `referred` is the word by which the clause refers to an event (会议), if it does; `offices` has the
    organ or place of a person's first office, by the id of the person's mention.
    """

    text: Text
    clause: Clause
    trigger: Trigger
    sentence: Sequence[Clause]
    state: State
    dates: list[DateMention]
    offices: Mapping[int, Mention]
    referred: str = ""
    subject: Filler | None = None


def first_of(groups: list[Group], types: tuple[str, ...]) -> Filler | None:
    """Return the members of these types of the first group that has any."""
    for group in groups:
        members = group.of(types)
        if members:
            return Filler(tuple(members))
    return None


def from_slot(slot: Slot | None, types: tuple[str, ...]) -> Filler | None:
    """Return the members of these types that a slot keeps."""
    if slot is None:
        return None
    members = tuple(m for m in slot.members if m.type in types)
    return Filler(members, inherited=slot.span) if members else None
