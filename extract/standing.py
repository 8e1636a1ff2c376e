"""Statements that need no clause: offices beside names, names that hold another name, listed items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.bundles import Bundle
from extract.frames import Statement
from extract.groups import Group
from extract.language.relations import Relation, Rule
from extract.naming import fold
from extract.offices import Holder, Office, office_evidence
from extract.segments import Span
from extract.text import PLACE, PRACTICE, Mention, Text

_PLACE_HEAD = re.compile(r"(?:经验|模式|做法|样本|样板|方案|实践|路径)$")


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
            if organ is None or not office.title:
                continue
            span = _within_sentence(text, office_evidence(holder, office), holder.person)
            qualifiers = [("title", office.title)]
            if office.former:
                qualifiers.append(("former", "true"))
            inherited = _context(office, organ, span)
            cost = 0.04 * bool(inherited) + 0.08 * holder.shared
            yield Statement(
                holder.person, relation.name, organ, f"{relation.name}/{rule.id}", round(rule.confidence - cost, 2),
                span, inherited, tuple(qualifiers),
            )  # fmt: skip


def _context(office: Office, organ: Mention, span: Span) -> tuple[Span, ...]:
    if organ.start < span[1] and span[0] < organ.end:
        return ()
    return (organ.span,)


def _within_sentence(text: Text, span: Span, person: Mention) -> Span:
    sentence = text.locator.at(person.start)
    return max(span[0], sentence.start), min(span[1], sentence.end)


def part_statements(relation: Relation, rule: Rule, institutions: list[Mention]) -> Iterator[Statement]:
    """Yield a statement for each institution whose name opens with another's that the text names by itself."""
    alone: dict[str, Mention] = {}
    for mention in institutions:
        alone.setdefault(fold(mention.name), mention)
    done = set()
    for mention in institutions:
        name = fold(mention.name)
        wholes = [n for n in alone if n != name and name.startswith(n) and len(n) >= 3]
        if not wholes or name in done:
            continue
        done.add(name)
        whole = alone[max(wholes, key=len)]
        yield Statement(
            mention,
            relation.name,
            whole,
            f"{relation.name}/{rule.id}",
            rule.confidence,
            mention.span,
            (whole.span,),
        )


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
            yield Statement(
                mention, relation.name, place, f"{relation.name}/{rule.id}", rule.confidence, mention.span
            )


def possessive_statements(
    text: Text, relation: Relation, rule: Rule, groups: list[Group]
) -> Iterator[Statement]:
    """Yield a statement for each practice that stands right after a place, or after a place and 的."""
    for before, group in pairwise(groups):
        if text.raw[before.end : group.start] not in ("", "的") or len(before.members) > 1:
            continue
        for owner in before.of(relation.domain):
            for owned in group.of(relation.range):
                sentence = text.locator.at(owned.start)
                if owner.type != PLACE or owned.kind == "bundle" or owner.start < sentence.start:
                    continue
                span = (owner.start, max(owned.end, owner.end))
                yield Statement(
                    owner, relation.name, owned, f"{relation.name}/{rule.id}", rule.confidence, span
                )


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
            yield Statement(
                item,
                relation.name,
                bundle.whole,
                f"{relation.name}/{rule.id}",
                rule.confidence,
                span,
                context,
            )
