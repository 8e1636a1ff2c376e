"""Statements over mentions become facts over entities."""

from __future__ import annotations

from typing import NamedTuple

from extract.dates import DateMention
from extract.naming import Named, Names
from extract.records import Article, ArticleFacts, Entity, Fact
from extract.segments import Span
from extract.statements import Qualifiers, Statement
from extract.text import DEICTIC, DOCUMENT, EVENT, HONOUR, INSTITUTION, PERSON, PLACE, PRACTICE, Mention

_PREFIX = {PERSON: "p", INSTITUTION: "i", PLACE: "l", EVENT: "e", PRACTICE: "c", DOCUMENT: "d", HONOUR: "h"}
_ONLY_IN_FACTS = frozenset({EVENT})


def assemble(
    article: Article,
    statements: list[Statement],
    mentions: list[Mention],
    names: Names,
    symmetric: frozenset[str] = frozenset(),
) -> ArticleFacts:
    """Return the article's entities and facts.

    `mentions` are what the text names for itself, `symmetric` the relations that hold both ways. An entity is
    given if it is named so, or takes part in a fact; an organ whose place the article does not say only if it
    takes part. A fact that several statements make is given once, with the most confident of them.
    """
    facts = _facts(statements, names, symmetric)
    used = {id(end) for _, ends in facts.values() for end in ends}
    shown = {id(n) for m in mentions if _shown(m) and (n := names.of(m)) is not None and not n.unplaced}
    entities: dict[int, Entity] = {}
    counters: dict[str, int] = {}
    for named in names.all():
        if id(named) not in used and id(named) not in shown:
            continue
        counters[named.type] = counters.get(named.type, 0) + 1
        entities[id(named)] = _entity(named, f"{_PREFIX[named.type]}{counters[named.type]}", article.text)
    return ArticleFacts(
        article=article,
        entities=list(entities.values()),
        facts=[_fact(statement, ends, entities) for statement, ends in facts.values()],
    )


def _shown(mention: Mention) -> bool:
    return mention.strong and not mention.inside and mention.type not in _ONLY_IN_FACTS


_MORE = frozenset({"date", "modality", "stage", "stance", "practice", "from", "until", "manner"})
"""Qualifiers that say more of the same fact; the others (title, end …) make it another."""
_DONE = 8


class _Key(NamedTuple):
    """What tells facts apart; the ends of a symmetric relation in any order."""

    relation: str
    between: object
    qualifiers: Qualifiers


_Stated = tuple[Statement, tuple[Named, ...]]


def _facts(statements: list[Statement], names: Names, symmetric: frozenset[str]) -> dict[_Key, _Stated]:
    """Return the best statement of each distinct fact, in the order of the text."""
    best: dict[_Key, _Stated] = {}
    for statement in sorted(statements, key=lambda s: (s.evidence, s.relation)):
        subject = names.of(statement.subject)
        if subject is None:
            continue
        if isinstance(statement.object, DateMention):
            ends: tuple[Named, ...] = (subject,)
            between: object = (id(subject), statement.object.value)
        else:
            found = names.of(statement.object)
            if found is None or found is subject:
                continue
            ends = (subject, found)
            both = (id(subject), id(found))
            between = frozenset(both) if statement.relation in symmetric else both
        key = _Key(statement.relation, between, statement.qualifiers)
        known = best.get(key)
        if known is None or statement.confidence > known[0].confidence:
            best[key] = (statement, ends)
    return _without_vaguer(best)


def _without_vaguer(facts: dict[_Key, _Stated]) -> dict[_Key, _Stated]:
    """Leave out a fact that says less beside the same that says more, and a plan beside what was done."""
    most: dict[_Key, int] = {}
    for key in facts:
        bare = _bare(key)
        most[bare] = max(most.get(bare, 0), _told(key))
    return {key: stated for key, stated in facts.items() if _told(key) == most[_bare(key)]}


def _bare(key: _Key) -> _Key:
    return key._replace(qualifiers=tuple(q for q in key.qualifiers if q[0] not in _MORE))


def _told(key: _Key) -> int:
    """Return how much a fact tells: a plan less than what was done, a qualifier more than none."""
    names = {name for name, _ in key.qualifiers}
    return _DONE * ("modality" not in names) + len(names & _MORE - {"modality"})


def _entity(named: Named, identifier: str, text: str) -> Entity:
    attributes = dict(named.attributes)
    if named.type == INSTITUTION:
        kind = next((m.kind for m in named.mentions if m.kind and m.kind not in ("captured", DEICTIC)), "")
        if kind:
            attributes["kind"] = kind
        code = next((m.places[-1] for m in named.mentions if m.places), None)
        if code:
            attributes["place"] = code
    if named.type == EVENT:
        attributes["kind"] = named.mentions[0].kind
    spans = sorted({m.span for m in named.mentions})
    return Entity(
        id=identifier,
        type=named.type,
        name=named.name,
        aliases=[a for a in named.aliases if a in text],
        mentions=spans,
        attributes=attributes,
    )


def _fact(statement: Statement, ends: tuple[Named, ...], entities: dict[int, Entity]) -> Fact:
    return Fact(
        subject=entities[id(ends[0])].id,
        relation=statement.relation,
        object=statement.object.value
        if isinstance(statement.object, DateMention)
        else entities[id(ends[1])].id,
        qualifiers=dict(statement.qualifiers),
        evidence=statement.evidence,
        rule=statement.rule,
        confidence=statement.confidence,
        context=_context(statement, ends),
    )


def _context(statement: Statement, ends: tuple[Named, ...]) -> list[Span]:
    """Return the spans a fact inherits from: its rule's, and those that gave relative names their place."""
    spans = set(statement.context)
    for mention, named in zip((statement.subject, statement.object), ends, strict=False):
        inherited = named.inherited.get((mention.start, mention.end))
        if inherited is not None:
            spans.add(inherited)
    start, end = statement.evidence
    return sorted(s for s in spans if not (start <= s[0] and s[1] <= end))
