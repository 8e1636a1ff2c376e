"""Blocks: the keys that could be one, and who is who in a block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.identity.clusters import Matcher, cluster
from kg.identity.decisions import Comparison, Decision
from kg.identity.event_pairs import NEGATIVE as EVENT_NEGATIVE
from kg.identity.event_pairs import POSITIVE as EVENT_POSITIVE
from kg.identity.event_pairs import compare_events, core_of
from kg.identity.evidence import Evidence
from kg.identity.keys import is_division, label_of, parts
from kg.identity.locality_pairs import NEGATIVE as LOCALITY_NEGATIVE
from kg.identity.locality_pairs import POSITIVE as LOCALITY_POSITIVE
from kg.identity.locality_pairs import compare_localities, compare_practices, practice_core
from kg.identity.memory import Memory
from kg.identity.person_pairs import NEGATIVE as PERSON_NEGATIVE
from kg.identity.person_pairs import POSITIVE as PERSON_POSITIVE
from kg.identity.person_pairs import compare_by_name, compare_persons
from kg.identity.places import digest, is_digest
from kg.identity.profiles import Profile
from kg.identity.verdicts import NO_VERDICTS, Verdicts
from kg.vocabulary import DATA

Members = Mapping[str, Evidence]
"""The mentions of a block, by local IRI."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a local entity is taken for: canonical IRI, label, and whether a person acts in public.

    `replaces` says that its key is the IRI of nothing any more, and leads to this one.
    """

    iri: str
    label: str
    public: bool = True
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Identified:
    """Who is who in a block, by local IRI, and the decisions behind it."""

    identities: dict[str, Identity] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    memory: Memory | None = field(default=None, compare=False, repr=False)


@lru_cache(maxsize=262144)
def block_of(key: str) -> str | None:
    """Return the block of a key, None for one that is never compared.

    >>> block_of("https://w3id.org/governance-kg/person/张伟@酒泉市委")
    'person/张伟'
    """
    found = parts(key)
    if found.type == "person":
        return f"person/{found.name}"
    if found.type == "event":
        return f"event/{core_of(found.name)}@{found.mark[:4]}"
    if found.type == "place" and not is_division(key):
        return f"place/{found.name}"
    if found.type == "practice":
        return f"practice/{practice_core(found.name)}"
    return None


_MATCHERS = {
    "person": Matcher(
        compare_persons,
        PERSON_POSITIVE,
        PERSON_NEGATIVE,
        lambda profile: profile.is_told,
        lambda profile: (*sorted(profile.holders | profile.areas | profile.descriptions), "all"),
        compare_by_name,
    ),
    "event": Matcher(
        compare_events,
        EVENT_POSITIVE,
        EVENT_NEGATIVE,
        lambda profile: True,
        lambda profile: (*(day[0] for day in profile.event_days), *profile.days[:1]),
    ),
    "place": Matcher(
        compare_localities,
        LOCALITY_POSITIVE,
        LOCALITY_NEGATIVE,
        lambda profile: bool(parts(profile.key).mark),
        lambda profile: (parts(profile.key).mark[:2],),
    ),
    "practice": Matcher(
        compare_practices,
        LOCALITY_POSITIVE,
        LOCALITY_NEGATIVE,
        lambda profile: True,
        lambda profile: ("all",),
    ),
}


_SMALL = 20
"""Blocks of so many mentions are worked out anew each time, rather than remembered."""

_ALONE = Matcher(lambda one, other: Comparison(()), 1.0, -1.0, lambda profile: True, lambda profile: ())
"""For keys that only a ruling joins."""


def home_of(key: str) -> str:
    """Return the block of a key, which for one that is never compared is the key itself."""
    return block_of(key) or key


def is_block(home: str) -> bool:
    """Return whether a home is a block, and not a key that is never compared."""
    return not home.startswith(DATA)


def identify(members: Members, verdicts: Verdicts = NO_VERDICTS, before: Memory | None = None) -> Identified:
    """Return who is who among the mentions of one block, or of several that curators' verdicts join.

    `before` is what was worked out of the block when it was a little different.
    """
    memory = Memory(before)
    profiles = _profiles(members, verdicts, memory)
    numbers = {mention.local.iri: n for n, profile in enumerate(profiles) for mention in profile.mentions}
    kinds = {block_of(profile.mentions[0].local.own) for profile in profiles}
    kind = (kinds.pop() or "").partition("/")[0] if len(kinds) == 1 else ""
    found = cluster(
        profiles,
        _MATCHERS.get(kind, _ALONE),
        [(numbers[a], numbers[b]) for a, b in verdicts.same],
        [(numbers[a], numbers[b]) for a, b in verdicts.different],
        memory,
    )
    memory.close()
    decisions = {decision.pair: decision for decision in found.decisions}
    decisions.update((decision.pair, decision) for decision in verdicts.decisions)
    identities = _identities(found.groups, verdicts)
    ordered = tuple(decisions[pair] for pair in sorted(decisions))
    return Identified(identities, ordered, memory if len(members) > _SMALL else None)


def _profiles(members: Members, verdicts: Verdicts, memory: Memory) -> list[Profile]:
    """The mentions by key; those that a curator tells from others are by themselves."""
    grouped: dict[str, list[Evidence]] = {}
    for local in sorted(members):
        own = members[local].local.own
        key = f"{own}~{digest(local)}" if local in verdicts.single else own
        grouped.setdefault(key, []).append(members[local])
    return [memory.profile(key, grouped[key]) for key in sorted(grouped)]


def _identities(groups: Iterable[list[Profile]], verdicts: Verdicts) -> dict[str, Identity]:
    """Who each mention is.

    A cluster has the first of its keys that says most; of two that share it, as only a curator can
    bring about, the one whose mentions sort first, and the other has a digest behind it.
    """
    clusters: dict[str, list[Evidence]] = {}
    for group in sorted(groups, key=lambda group: min(m.local.iri for p in group for m in p.mentions)):
        mentions = [mention for profile in group for mention in profile.mentions]
        own = min((_rank(mention.local.own), mention.local.own) for mention in mentions)[1]
        first = min(mention.local.iri for mention in mentions)
        clusters[f"{own}~{digest(first)}" if own in clusters else own] = mentions
    identities: dict[str, Identity] = {}
    for iri, mentions in clusters.items():
        named = [verdicts.names[m.local.iri] for m in mentions if m.local.iri in verdicts.names]
        label = max(named)[1] if named else label_of(iri.partition("~")[0])
        public = any(mention.local.public for mention in mentions)
        for mention in mentions:
            replaces = mention.local.own not in clusters
            identities[mention.local.iri] = Identity(iri, label, public, replaces)
    return identities


def _rank(key: str) -> int:
    """Keys that say where somebody or something belongs go before those that do not, institutions first."""
    mark = parts(key).mark
    if not mark:
        return 2
    if is_digest(mark):
        return 3
    return 1 if parts(key).type == "person" and mark[0].isdigit() else 0
