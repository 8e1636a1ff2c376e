"""Statements that need no clause: offices beside names, names that hold another name, listed items."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from extract.bundles import Bundle
from extract.groups import Group
from extract.holders import Holder, office_evidence
from extract.language.lexicon import Lexicon
from extract.language.relations import Relation, Rule
from extract.naming import fold
from extract.nesting import is_department, wholes
from extract.office_spells import OfficeSpells
from extract.offices import ROLE, Office
from extract.segments import Span
from extract.statements import Statement
from extract.text import PLACE, PRACTICE, Mention, Text

_LEAST_WHOLE = 3
_COMPANY_FORM = re.compile(r"(?:股份|有限责任|有限)*公司")
"""What a company's short name leaves out: 中国航空集团|有限公司."""
_STANDING_BODY = re.compile(r"(?:常委会|常务委员会|委员会)(?=.)")
"""What a longer name goes on with that is no part of the shorter: its own organs belong to it."""
_SITE = "网"
_INHERITED_COST = 0.04
_SHARED_COST = 0.08
_CANDIDATE_COST = 0.1
_PROVINCE_CODE = "0000"
_LARGE = "00"
"""How the codes of provinces and prefectures end: their officials speak of what is done elsewhere, too."""
_REPORTED = ("stance", "reports")
_LEAST_CANDIDATE = 5
_AFTER_CANDIDATE = frozenset("、，。；等的入获被成建运作是已")
"""What stands after the mere name of a practice; 案 or 发生 would make something else of it."""
_PLACE_HEAD = re.compile(r"(?:经验|模式|做法|样本|样板|方案|实践|路径)$")


def rules_of(relations: dict[str, Relation], kind: str) -> list[tuple[Relation, Rule]]:
    """Return the rules of a kind, each with its relation."""
    return [
        (relation, rule) for relation in relations.values() for rule in relation.rules if rule.kind == kind
    ]


def office_statements(
    text: Text,
    relation: Relation,
    rule: Rule,
    holders: list[Holder],
    organs: dict[int, Mention],
    spells: OfficeSpells,
) -> Iterator[Statement]:
    """Yield a statement for each office whose organ is known; `organs` maps an office's id to its organ."""
    for holder in holders:
        for office in holder.offices:
            organ = organs.get(id(office))
            if organ is None or not office.title or office.kind == ROLE:
                continue
            span = _within_sentence(text, office_evidence(holder, office), office)
            former = (("former", "true"),) if office.former else ()
            inherited = _context(organ, span) + _context(holder.person, span)
            cost = _INHERITED_COST * bool(inherited) + _SHARED_COST * holder.shared
            qualifiers = (("title", office.title), *former, *spells.qualifiers(office))
            yield Statement.by(
                relation, rule, holder.person, organ, span, inherited, cost=cost, qualifiers=qualifiers
            )


def _context(organ: Mention, span: Span) -> tuple[Span, ...]:
    if organ.start < span[1] and span[0] < organ.end:
        return ()
    return (organ.span,)


def _within_sentence(text: Text, span: Span, office: Office) -> Span:
    """Return the part of a span in the sentence that names the office."""
    sentence = text.locator.at(office.start)
    return max(span[0], sentence.start), min(span[1], sentence.end)


def part_statements(
    relation: Relation, rule: Rule, institutions: list[Mention], lexicon: Lexicon
) -> Iterator[Statement]:
    """Yield a statement for each institution whose name opens with another's.

    The other is named in the text too, or is plain from the name itself (extract/nesting.py).
    """
    alone: dict[str, Mention] = {}
    for mention in institutions:
        alone.setdefault(fold(mention.name), mention)
    done: set[str] = set()
    for mention in institutions:
        name = fold(mention.name)
        if name in done:
            continue
        done.add(name)
        inner = mention
        for whole in _wholes_of(mention, alone, lexicon):
            yield Statement.by(relation, rule, inner, whole, mention.span, (whole.span, inner.span))
            inner = whole


def _wholes_of(mention: Mention, alone: dict[str, Mention], lexicon: Lexicon) -> list[Mention]:
    """Return what the institution is part of, the innermost first."""
    name = fold(mention.name)
    plain = wholes(mention, lexicon)
    least = len(fold(plain[0].name)) if plain else _LEAST_WHOLE - 1
    opening = (name[:n] for n in range(len(name) - 1, least, -1) if name[:n] in alone)
    named = next((whole for whole in opening if _goes_on(name, len(whole))), None)
    medium = lexicon.media.starting(name, 0)
    if named is not None and (medium is None or medium.end < len(name)):
        return [alone[named], *wholes(alone[named], lexicon)]
    return [alone.get(fold(whole.name), whole) for whole in plain]


def _goes_on(name: str, length: int) -> bool:
    """Tell whether what follows the opening of a name can be a part of what the opening names.

    Not 中国网|络电视台, 全国人大|常委会某委员会, 中国航空集团|有限公司.
    """
    if _COMPANY_FORM.fullmatch(name, length) or _STANDING_BODY.match(name, length):
        return False
    return name[length - 1] != _SITE or is_department(name[length:])


def place_name_statements(
    text: Text, relation: Relation, rule: Rule, practices: list[Mention], places: list[Mention]
) -> Iterator[Statement]:
    """Yield a statement for each practice that is called after a place: “甘肃经验”."""
    by_start = {p.start: p for p in places if p.places}
    for mention in practices:
        if mention.type != PRACTICE:
            continue
        start = mention.start + (text.raw[mention.start] in "“‘「")
        place = by_start.get(start)
        rest = text.raw[place.end : mention.end].rstrip("”’」") if place is not None else ""
        if place is not None and _PLACE_HEAD.fullmatch(rest):
            yield Statement.by(relation, rule, mention, place, mention.span)


def possessive_statements(
    text: Text, relation: Relation, rule: Rule, groups: list[Group], known: Collection[str]
) -> Iterator[Statement]:
    """Yield a statement for each thing that stands right after those whose it is, or after them and 的.

    A quoted name that says by no word of its own what it is counts if the article speaks of it elsewhere
    as such a thing: `known` holds the names, folded, of what takes part in its facts.

    Of several places only the last one's it may be; institutions own a text together. After an institution a
    practice counts if it is quoted and nothing stands between: 静宁县法院“三三制”调解法. So does a mere
    quoted name after a place smaller than a province: 滨海新区“海港夜班车”入选….
    """
    for before, group in pairwise(groups):
        if text.raw[before.end : group.start] not in ("", "的"):
            continue
        if len(before.members) > 1 and before.of((PLACE,)):
            continue
        for owner in before.of(rule.subject_types or relation.domain):
            for owned in group.of(rule.object_types or relation.range):
                sentence = text.locator.at(owned.start)
                quoted = owner.end == owned.start and text.raw[owned.start] in "“‘"
                if owned.type == PRACTICE and owner.type != PLACE and not quoted:
                    continue
                said = owned.strong or fold(owned.name) in known
                likely = said or (quoted and _is_likely_own(text, owner, owned))
                if not likely or owned.kind == "bundle" or owner.start < sentence.start:
                    continue
                span = (owner.start, max(owned.end, owner.end))
                cost = 0.0 if said else _CANDIDATE_COST
                yield Statement.by(relation, rule, owner, owned, span, cost=cost)


def _is_likely_own(text: Text, owner: Mention, owned: Mention) -> bool:
    """Tell whether a quoted name right after a place is likely the name of a practice there."""
    small = owner.type == PLACE and not (owner.places and owner.places[-1].endswith(_PROVINCE_CODE))
    named = owned.type == PRACTICE and owned.end - owned.start >= _LEAST_CANDIDATE
    return small and named and text.raw[owned.end : owned.end + 1] in _AFTER_CANDIDATE


def title_statements(
    text: Text, relation: Relation, rule: Rule, titled: list[Mention], institutions: list[Mention]
) -> Iterator[Statement]:
    """Yield a statement for each title that says who issued it: 《某某县委关于…的意见》."""
    by_start = {m.start: m for m in institutions}
    for mention in titled:
        issuer = by_start.get(mention.start + 1)
        if mention.type in relation.range and issuer is not None and text.raw.startswith("关于", issuer.end):
            yield Statement.by(relation, rule, issuer, mention, mention.span)


def listed_statements(
    relation: Relation, rule: Rule, bundles: list[Bundle], text: Text
) -> Iterator[Statement]:
    """Yield a statement for each item of a numbered bundle."""
    for bundle in bundles:
        for item in bundle.items:
            sentence = text.locator.at(item.start)
            evidence = max(item.start, sentence.start), min(max(item.end, item.start + 1), sentence.end)
            together = sentence.start <= bundle.whole.start < sentence.end
            span = (
                (min(evidence[0], bundle.whole.start), max(evidence[1], bundle.whole.end))
                if together
                else evidence
            )
            context = () if together else (bundle.whole.span,)
            yield Statement.by(relation, rule, item, bundle.whole, span, context)


def told_statements(
    relation: Relation, rule: Rule, statements: list[Statement], offices: Mapping[int, Mention]
) -> Iterator[Statement]:
    """Yield a statement for each practice that an official of a small place reports on as his own.

    `offices` has the place of a person's first office, by the id of the person's mention. It counts only
    where the article says nowhere whose practice it is, and for names of the article's own.
    """
    known = {
        fold(s.object.name)
        for s in statements
        if s.relation == relation.name and isinstance(s.object, Mention)
    }
    for said in statements:
        place = offices.get(id(said.subject))
        if said.relation != rule.implied_by or _REPORTED not in said.qualifiers or place is None:
            continue
        told = said.object
        if not isinstance(told, Mention) or told.kind or not told.strong or fold(told.name) in known:
            continue
        small = place.kind == "locality" or (place.places and not place.places[-1].endswith(_LARGE))
        if place.type == PLACE and small:
            yield Statement.by(relation, rule, place, told, said.evidence, (*said.context, place.span))


def whole_statements(relation: Relation, rule: Rule, statements: list[Statement]) -> Iterator[Statement]:
    """Yield for each statement about a part the same about the whole that it is part of."""
    whole_of = {
        id(s.subject): s.object
        for s in statements
        if s.relation == rule.implied_by and isinstance(s.object, Mention)
    }
    for said in statements:
        whole = whole_of.get(id(said.object)) if said.relation == relation.name else None
        if whole is not None:
            context = (said.evidence, *said.context, said.subject.span)
            told = Statement.by(relation, rule, said.subject, whole, whole.span, context)
            yield told.as_planned() if said.planned else told


def implied_statements(relation: Relation, rule: Rule, statements: list[Statement]) -> Iterator[Statement]:
    """Yield the statements of another relation that say this one too, read from object to subject."""
    for said in statements:
        if said.relation == rule.implied_by and isinstance(said.object, Mention):
            told = Statement.by(relation, rule, said.object, said.subject, said.evidence, said.context)
            yield told.as_planned() if said.planned else told
