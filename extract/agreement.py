"""Agreement of one article's facts with its gold: which answers are right, and what was missed.

Entities are matched first, one answer to a gold entity; facts are then compared over the gold
entities, so that a fact is right under whatever accepted name its ends were found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from extract.gold import Gold, GoldEntity, GoldFact, fold_name
from extract.language.relations import Relation
from extract.records import ArticleFacts, Entity, Fact, Span

_PARTLY_NAMED = {"Event", "Practice", "Document", "Honour"}
"""Types whose names have no fixed bounds, so that most of the name is enough."""
_AREA_NAMED = {"Place", "Institution"}
"""Types whose names may carry the areas they lie in before them."""
_SHARE_OF_NAME = 0.6
_AREA = re.compile(r".+[省市区县州盟旗]")
_DOUBLED_UNIT = re.compile(r"([部厅局处科室])\1(?=长|主任)")
_GOVERNMENT_OF_PLACE = re.compile(r"(?<=[省市区县州旗镇乡])政府(?=(?:常务)?副?[省市区县州旗镇乡]长)")
_SENTENCE_END = frozenset("。！？!?\n")


class Verdict(Enum):
    """What comparison says of an answer; a repeated or optional one counts for nothing."""

    RIGHT = "right"
    WRONG = "wrong"
    DUPLICATE = "duplicate"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Claim:
    """What two facts must share to say the same thing.

    `ends` are gold entities by place or a date, in order unless the relation is symmetric. An
    office has the person as its only end and stands for institution and title by their joined
    forms (`offices`), of which one in common is enough.
    """

    relation: str
    ends: tuple[int | str, ...]
    offices: frozenset[str] = frozenset()
    former: bool = False


@dataclass
class EntityAgreement:
    """Which gold entity each answer stands for, and what is thought of each answer, by entity id."""

    gold_of: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    found: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class ArticleAgreement:
    """One article compared: verdicts on its entities and facts in their order, and what was missed."""

    gold: Gold
    record: ArticleFacts
    entities: tuple[Verdict, ...]
    facts: tuple[Verdict, ...]
    grounded: tuple[bool, ...]
    missed_entities: tuple[GoldEntity, ...]
    missed_facts: tuple[GoldFact, ...]


def compare(gold: Gold, record: ArticleFacts, relations: dict[str, Relation]) -> ArticleAgreement:
    """Return how the facts of an article agree with its gold."""
    matched = match_entities(gold.entities, record.entities, record.article.text)
    verdicts, missed = _FactComparison(gold, record, relations, matched.gold_of).run()
    return ArticleAgreement(
        gold=gold,
        record=record,
        entities=tuple(matched.verdicts[entity.id] for entity in record.entities),
        facts=tuple(verdicts),
        grounded=grounded_facts(record),
        missed_entities=tuple(
            entity
            for index, entity in enumerate(gold.entities)
            if not entity.optional and index not in matched.found
        ),
        missed_facts=tuple(missed),
    )


# Entities


@dataclass(frozen=True)
class _Answer:
    """An entity found, with its names folded; `names` has the aliases that stand in the text."""

    id: str
    type: str
    name: str
    names: frozenset[str]

    def akin(self, gold: GoldEntity) -> bool:
        """Whether the name shares half of the characters of some gold name."""
        return any(2 * len(set(self.name) & set(name)) >= len(set(name)) for name in gold.names)


_Test = Callable[[_Answer, GoldEntity], bool]

_TESTS: tuple[_Test, ...] = (
    lambda answer, gold: answer.name in gold.names,
    lambda answer, gold: bool(gold.names & answer.names) and answer.akin(gold),
    lambda answer, gold: names_agree(gold, {answer.name}),
    lambda answer, gold: names_agree(gold, answer.names) and answer.akin(gold),
)
"""From strict to lenient: every answer is tried with one before any is tried with the next."""


def match_entities(gold: Sequence[GoldEntity], found: Sequence[Entity], text: str) -> EntityAgreement:
    """Return which gold entity each entity found stands for, best matches first.

    A second answer for the same gold entity is a duplicate; one without a gold entity is wrong.
    """
    agreement = EntityAgreement()
    answers = _answers(found, text)
    for test in _TESTS:
        for answer in answers:
            if answer.id not in agreement.gold_of:
                _place(answer, gold, test, agreement)
    for answer in answers:
        agreement.verdicts.setdefault(answer.id, Verdict.WRONG)
    return agreement


def _answers(found: Sequence[Entity], text: str) -> list[_Answer]:
    body = fold_name(text)
    answers = []
    for entity in found:
        name = fold_name(entity.name)
        aliases = (fold_name(alias) for alias in entity.aliases if alias)
        in_text = {alias for alias in aliases if not body or alias in body}
        answers.append(_Answer(entity.id, entity.type, name, frozenset({name, *in_text})))
    return answers


def _place(answer: _Answer, gold: Sequence[GoldEntity], test: _Test, agreement: EntityAgreement) -> None:
    for index, entity in enumerate(gold):
        if entity.type != answer.type or not test(answer, entity):
            continue
        agreement.gold_of[answer.id] = index
        if entity.optional:
            agreement.verdicts[answer.id] = Verdict.OPTIONAL
        elif index in agreement.found:
            agreement.verdicts[answer.id] = Verdict.DUPLICATE
        else:
            agreement.found.add(index)
            agreement.verdicts[answer.id] = Verdict.RIGHT
        return


def names_agree(gold: GoldEntity, names: set[str] | frozenset[str]) -> bool:
    """Return whether one of the folded names is acceptable for the gold entity."""
    if gold.names & names:
        return True
    pairs = [(wanted, name) for wanted in gold.names for name in names]
    if gold.type in _PARTLY_NAMED:
        return any(_mostly_within(wanted, name) or _mostly_within(name, wanted) for wanted, name in pairs)
    if gold.type in _AREA_NAMED:
        return any(_with_areas_before(wanted, name) for wanted, name in pairs)
    return False


def _mostly_within(part: str, whole: str) -> bool:
    return bool(part) and part in whole and len(part) >= _SHARE_OF_NAME * len(whole)


def _with_areas_before(wanted: str, name: str) -> bool:
    return name.endswith(wanted) and bool(_AREA.fullmatch(name.removesuffix(wanted)))


# Facts


def office(institution: str, title: str) -> str:
    """Return institution and title joined, so that the border between them does not matter.

    市委 + 组织部长 equals 市委组织部 + 部长, and 市政府 + 副市长 equals 市 + 副市长.
    """
    joined = _DOUBLED_UNIT.sub(r"\1", fold_name(institution + title))
    return _GOVERNMENT_OF_PLACE.sub("", joined)


class _FactComparison:
    """Compares the facts of one article, given which gold entity each answer stands for."""

    def __init__(
        self, gold: Gold, record: ArticleFacts, relations: dict[str, Relation], gold_of: dict[str, int]
    ) -> None:
        self.gold = gold
        self.record = record
        self.relations = relations
        self.gold_of = gold_of
        self.entities = {entity.id: entity for entity in reversed(record.entities)}
        self.wanted: dict[Claim, GoldFact] = {}
        self.required: set[Claim] = set()
        for fact in gold.facts:
            claim = self.gold_claim(fact)
            self.wanted.setdefault(claim, fact)
            if not fact.optional:
                self.required.add(claim)

    def run(self) -> tuple[list[Verdict], list[GoldFact]]:
        """Return the verdict on each fact, and the required gold facts that none of them states."""
        stated: set[Claim] = set()
        wrong: set[tuple[str, ...]] = set()
        verdicts = [self.judge(fact, stated, wrong) for fact in self.record.facts]
        unstated = self.required - stated
        missed = [fact for claim, fact in self.wanted.items() if claim in unstated]
        return verdicts, missed

    def judge(self, fact: Fact, stated: set[Claim], wrong: set[tuple[str, ...]]) -> Verdict:
        claim = self.claim(fact)
        if claim is not None and claim in self.wanted:
            if claim in stated:
                return Verdict.DUPLICATE
            stated.add(claim)
            return Verdict.RIGHT if claim in self.required else Verdict.OPTIONAL
        if self.touches_optional(fact):
            return Verdict.OPTIONAL
        said = (fact.subject, fact.relation, fact.object, fact.qualifiers.get("title", ""))
        if said in wrong:
            return Verdict.DUPLICATE
        wrong.add(said)
        return Verdict.WRONG

    def gold_claim(self, fact: GoldFact) -> Claim:
        if self.is_office(fact.relation) and isinstance(fact.object, int):
            names = self.gold.entities[fact.object].names
            offices = frozenset(office(name, fact.title) for name in names)
            return Claim(fact.relation, (fact.subject,), offices, fact.former)
        return self.plain_claim(fact.relation, fact.subject, fact.object)

    def claim(self, fact: Fact) -> Claim | None:
        """Return what the fact says over gold entities, or None where it speaks of others."""
        subject = self.gold_of.get(fact.subject)
        if subject is None:
            return None
        if self.is_office(fact.relation):
            return self.office_claim(fact, subject)
        to = fact.object if self.takes_date(fact.relation) else self.gold_of.get(fact.object)
        return None if to is None else self.plain_claim(fact.relation, subject, to)

    def plain_claim(self, relation: str, subject: int, to: int | str) -> Claim:
        ends: tuple[int | str, ...] = (subject, to)
        if relation in self.relations and self.relations[relation].symmetric:
            ends = tuple(sorted(ends, key=str))
        return Claim(relation, ends)

    def office_claim(self, fact: Fact, subject: int) -> Claim | None:
        """Return the first gold claim about the person that has an office in common with the fact."""
        institution = self.entities.get(fact.object)
        names = [institution.name, *institution.aliases] if institution else [fact.object]
        if fact.object in self.gold_of:
            names += self.gold.entities[self.gold_of[fact.object]].names
        offices = {office(name, fact.qualifiers.get("title", "")) for name in names}
        former = fact.qualifiers.get("former", "").lower() == "true"
        for claim in self.wanted:
            same_person = claim.relation == fact.relation and claim.ends == (subject,)
            if same_person and claim.former == former and claim.offices & offices:
                return claim
        return None

    def touches_optional(self, fact: Fact) -> bool:
        ends = [fact.subject] if self.takes_date(fact.relation) else [fact.subject, fact.object]
        return any(self.gold.entities[self.gold_of[end]].optional for end in ends if end in self.gold_of)

    def is_office(self, relation: str) -> bool:
        return relation in self.relations and "title" in self.relations[relation].qualifiers

    def takes_date(self, relation: str) -> bool:
        return relation in self.relations and "Date" in self.relations[relation].range


# Evidence


def grounded_facts(record: ArticleFacts) -> tuple[bool, ...]:
    """Return for each fact whether its evidence supports it.

    It does where it is one sentence or less of the text, mentions the subject or the object, and
    whatever it does not mention is mentioned in one of the fact's `context` spans.
    """
    mentions = {entity.id: entity.mentions for entity in record.entities}
    return tuple(_is_grounded(fact, record.article.text, mentions) for fact in record.facts)


def _is_grounded(fact: Fact, text: str, mentions: dict[str, list[Span]]) -> bool:
    start, stop = fact.evidence
    if not 0 <= start < stop <= len(text) or _SENTENCE_END & set(text[start:stop].strip()[:-1]):
        return False
    ends = [mentions[end] for end in (fact.subject, fact.object) if end in mentions]
    direct = any(_overlap(fact.evidence, mentioned) for mentioned in ends)
    spans = (fact.evidence, *fact.context)
    return direct and all(any(_overlap(span, mentioned) for span in spans) for mentioned in ends)


def _overlap(span: Span, mentions: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in mentions)
