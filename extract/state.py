"""What a reader keeps in mind from clause to clause: actor, speaker, place, event.

Each slot remembers the span that set it, which a fact that inherits from it cites as context.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.clauses import Hedge
from extract.segments import Span
from extract.text import Mention

_MOST_NAMED = 16
_LEAD = 3
_LASTING = 3
_OFTEN = 2
"""A place stays in focus for so many paragraphs, unless the lead sets it or it is set again and again."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Mentions kept from an earlier clause, and the span they stand in."""

    members: tuple[Mention, ...]
    span: Span


@dataclass(slots=True)
class State:
    """The slots of the reading; None where nothing fills them.

    `actor` are the persons, institutions or places that act, `person` the last persons who did;
    `place` is the last place that acted or in which a sentence is set; `practice` the last practices named,
    which 这一做法 speaks of; `honour` the last honours; `event` the last event told of, `under_way` if it
    is said to be held, `main_event` the article's own; `hedge` is the plan or negation of a clause before
    that still holds; `speech_from` and `speech_to` bound what the `speaker` says. `convener` is who last
    convened a session,
    `named` are those named together.
    """

    actor: Slot | None = None
    person: Slot | None = None
    place: Slot | None = None
    practice: Slot | None = None
    honour: Slot | None = None
    event: Slot | None = None
    under_way: bool = False
    main_event: Slot | None = None
    speaker: Slot | None = None
    speech_from: int = 0
    speech_to: int = 0
    hedge: Hedge | None = None
    convener: Slot | None = None
    named: list[tuple[Mention, ...]] = field(default_factory=list)
    paragraph: int = 0
    _placed: int = 0
    _times: int = 0

    def note(self, members: list[Mention]) -> None:
        """Keep in mind who was named together; at most the last 16 groups are."""
        if members:
            self.named = [*self.named[1 - _MOST_NAMED :], tuple(members)]

    def set_place(self, slot: Slot) -> None:
        """Make a place the one in focus."""
        again = self.place is not None and self.place.members[-1].name == slot.members[-1].name
        self._times = self._times + 1 if again else 1
        self.place, self._placed = slot, self.paragraph

    def new_sentence(self) -> None:
        """Forget what holds within a sentence only."""
        self.hedge = None

    def new_paragraph(self) -> None:
        """Forget what holds within a paragraph only; the event is the main one again.

        The place stays for some paragraphs, that of the lead for all: a place named in passing somewhere in a
        long text is not where the rest of it happens.
        """
        self.paragraph += 1
        passing = self._placed > _LEAD and self._times < _OFTEN
        if passing and self.paragraph - self._placed > _LASTING:
            self.place = None
        self.event = self.main_event or self.event
        self.under_way = False
        self.actor = None
        self.practice = None
        self.honour = None
        self.person = None
        self.speaker = None
        self.hedge = None

    def in_speech(self, position: int) -> bool:
        """Tell whether the position lies in reported speech."""
        return self.speaker is not None and self.speech_from <= position < self.speech_to
