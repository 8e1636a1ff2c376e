"""Statements that need no clause: offices beside names, names that hold another name, listed items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.bundles import Bundle
from extract.groups import Group
from extract.holders import Holder, office_evidence
from extract.language.relations import Relation, Rule
from extract.naming import fold
from extract.segments import Span
from extract.statements import Statement
from extract.text import DOCUMENT, INSTITUTION, PLACE, PRACTICE, Mention, Text

_LEAST_WHOLE = 3
_INHERITED_COST = 0.04
_SHARED_COST = 0.08
_UNIVERSITY = re.compile(r"([\u4e00-\u9fff]{2,12}?大学)(?=[\u4e00-\u9fff]{3,})(?!堂|生|城)")
_PLACE_HEAD = re.compile(r"(?:经验|模式|做法|样本|样板|方案|实践|路径)$")


ROLE = "role"
"""The kind of titles that say what a person without an office is: 村民, 志愿者."""


def rules_of(relations: dict[str, Relation], kind: str) -> list[tuple[Relation, Rule]]:
    """Return the rules of a kind, each with its relation."""
    return [
        (relation, rule) for relation in relations.values() for rule in relation.rules if rule.kind == kind
    ]


def office_statements(
    text: Text, relation: Relation, rule: Rule, holders: list[Holder], organs: dict[int, Mention]
) -> Iterator[Statement]:
    """Yield a statement for each office whose organ is known; `organs` maps an office's id to its organ."""
    for holder in holders:
        for office in holder.offices:
            organ = organs.get(id(office))
            if organ is None or not office.title or office.kind == ROLE:
                continue
            span = _within_sentence(text, office_evidence(holder, office), holder.person)
            former = (("former", "true"),) if office.former else ()
            inherited = _context(organ, span)
            cost = _INHERITED_COST * bool(inherited) + _SHARED_COST * holder.shared
            qualifiers = (("title", office.title), *former)
            yield Statement.by(
                relation, rule, holder.person, organ, span, inherited, cost=cost, qualifiers=qualifiers
            )


def _context(organ: Mention, span: Span) -> tuple[Span, ...]:
    if organ.start < span[1] and span[0] < organ.end:
        return ()
    return (organ.span,)


def _within_sentence(text: Text, span: Span, person: Mention) -> Span:
    sentence = text.locator.at(person.start)
    return max(span[0], sentence.start), min(span[1], sentence.end)


def part_statements(relation: Relation, rule: Rule, institutions: list[Mention]) -> Iterator[Statement]:
    """Yield a statement for each institution whose name opens with another's that the text names too."""
    alone: dict[str, Mention] = {}
    for mention in institutions:
        alone.setdefault(fold(mention.name), mention)
    for mention in institutions:
        whole = _university(mention)
        if whole is not None:
            alone.setdefault(whole.name, whole)
    done = set()
    for mention in institutions:
        name = fold(mention.name)
        opening = next(
            (name[:n] for n in range(len(name) - 1, _LEAST_WHOLE - 1, -1) if name[:n] in alone), None
        )
        if opening is None or name in done:
            continue
        done.add(name)
        whole = alone[opening]
        yield Statement.by(relation, rule, mention, whole, mention.span, (whole.span,))


def _university(mention: Mention) -> Mention | None:
    """Return the university whose school or institute the name is, plain from the name itself."""
    match = _UNIVERSITY.match(mention.name)
    if match is None or mention.level:
        return None
    name = match.group(1)
    return Mention(mention.start, mention.start + len(name), INSTITUTION, name, kind="academic")


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
    text: Text, relation: Relation, rule: Rule, groups: list[Group]
) -> Iterator[Statement]:
    """Yield a statement for each thing that stands right after those whose it is, or after them and 的.

    Of several places only the last one's it may be; institutions own a text together.
    """
    for before, group in pairwise(groups):
        if text.raw[before.end : group.start] not in ("", "的"):
            continue
        if len(before.members) > 1 and before.of((PLACE,)):
            continue
        for owner in before.of(rule.subject_types or relation.domain):
            for owned in group.of(rule.object_types or relation.range):
                sentence = text.locator.at(owned.start)
                if not owned.strong and owned.type == DOCUMENT:
                    continue
                if owned.kind == "bundle" or owner.start < sentence.start:
                    continue
                span = (owner.start, max(owned.end, owner.end))
                yield Statement.by(relation, rule, owner, owned, span)


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
