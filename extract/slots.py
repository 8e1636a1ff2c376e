"""The sources from which a rule fills its subject and object.

- `left`: the first group before the trigger that no preposition governs, after the trigger before it if
  there is one. `roll`: that one, with those whom the clauses before only list (市领导甲、乙，各县负责人).
  `nearest`: the last group before the trigger. `every-left`: all before it. `adjacent`: the
  one right before it.
- `doer`: as `left`, but not a place that others come from (台湾青年). `patient`: as `left`, but not the
  group after 由 or 被. `agent`: that one. `located`: the group that 在, 赴, 来到 govern.
- `partner`: the group after 与, 同 or 联合. `party`: as `left`, but not a partner. `parties`:
  both together.
- `right`: the first group after the trigger. `direct`: that one, if no other verb governs it. `recipient`:
  the first group before the honour that the trigger bestows. `governed`: the last group before the trigger
  that a preposition governs. `among`: the last group of a clause before that opens with 在. `visited`: that
  right after the trigger. `owner`: the group that an attributive clause describes (… 的赣州市);
  `described` that one where the trigger's own object shows the clause to be such (获得奖章的…), and nobody
  else.
  `enumerated`: those whom a list names after the trigger (发言的有…).
- `abutting`: the group that starts where the trigger ends. `visit`: the visit that the rest of the sentence
  tells of (来到某村，走访慰问…).
- `others`: the members of the subject's own group.
- `risen`: the group that 最早从 or 最早在 governs.
- `disposed`: the group right after 把 or 将.
- `following`: the first group of a later clause of the sentence that no preposition governs. `towards`:
  the group that 向 governs.
- `convened`: the body whose session (会议, 全会) the clause opens with. `presiding`: that of the session
  under way.
- `carried`: the actor of the clauses before; `carried-party`: that one, unless a word that names nobody
  stands before the partner (促成公司与…). `continued`: that one or the place in focus, unless a bare verb
  opens the sentence. `place`: the place in focus.
- `focus`: the place in focus, where the clause names nobody before the trigger. `opening`: the quoted name
  that opens the clause, if the lexicon does not know it: what an article calls its own.
- `sentence-event`: the event of the sentence. `event`: that one, the one under way, or the article's main
  one. `main`: that one at once.
- `office`: the organ or place in which the persons on the left hold their first office; `speaker`: that of
  the speaker.
- `under-way`: the visit under way. `honours`: the honours named last.
- `home`: the place in which who acts, here or in the clause before, holds the first office.
- `topic`: the practices named before, which 这一做法 speaks of.
- `date`: the dates of the clause or the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extract import clause_slots, date_slots, memory_slots, roll_calls
from extract.scene import Filler, Scene

_AGENT_SAID = re.compile(r"(?:[，,、]|分别|联合|共同)由")

SOURCES: dict[str, Callable[[Scene, tuple[str, ...]], Filler | None]] = {
    "left": clause_slots.left,
    "nearest": clause_slots.nearest,
    "roll": roll_calls.roll,
    "every-left": clause_slots.every_left,
    "doer": clause_slots.doer,
    "patient": clause_slots.patient,
    "party": clause_slots.party,
    "partner": clause_slots.partner,
    "agent": clause_slots.agent,
    "right": clause_slots.right,
    "direct": clause_slots.direct,
    "governed": clause_slots.governed_by,
    "parties": clause_slots.parties,
    "recipient": clause_slots.recipient,
    "among": clause_slots.among,
    "located": clause_slots.located,
    "visited": clause_slots.visited,
    "abutting": clause_slots.abutting,
    "visit": clause_slots.visit,
    "owner": clause_slots.owner,
    "described": clause_slots.described,
    "enumerated": clause_slots.enumerated,
    "following": clause_slots.following,
    "towards": clause_slots.towards,
    "disposed": clause_slots.disposed,
    "risen": clause_slots.risen,
    "others": memory_slots.others,
    "carried": memory_slots.carried,
    "carried-party": memory_slots.carried_party,
    "continued": memory_slots.continued,
    "place": memory_slots.place,
    "focus": memory_slots.focus,
    "opening": clause_slots.opening,
    "event": memory_slots.event,
    "convened": memory_slots.convened,
    "presiding": memory_slots.presiding,
    "sentence-event": memory_slots.sentence_event,
    "main": memory_slots.main,
    "adjacent": clause_slots.adjacent,
    "date": date_slots.date,
    "under-way": memory_slots.under_way,
    "honours": memory_slots.honours,
    "topic": memory_slots.topic,
    "office": memory_slots.office,
    "speaker": memory_slots.speaker,
    "home": memory_slots.home,
}


def fill(scene: Scene, sources: tuple[str, ...], types: tuple[str, ...]) -> Filler | None:
    """Return what the first source that yields anything yields; an agent that is said but unknown is none."""
    for source in sources:
        found = SOURCES[source](scene, types)
        if found is not None:
            return found
        if source == "agent" and _agent_said(scene):
            return None
        if source == "described" and clause_slots.describes(scene):
            return None
    return None


def _agent_said(scene: Scene) -> bool:
    raw, start, end = scene.text.raw, scene.clause.start, scene.trigger.start
    return raw.startswith("由", start, end) or _AGENT_SAID.search(raw, start, end) is not None
