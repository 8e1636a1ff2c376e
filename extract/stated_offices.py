"""Offices that a text states in words: 任命某某为…, 某某曾任…, 某某是…的…, 他还担任…, …由某某担任."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon
from extract.offices import Chains, Office
from extract.text import Mention, Text

_TAKES = re.compile(
    r"(?:同志)?(?:在)?(?:(?P<adverb>此前曾|此前|曾经|曾先后|曾|原|历任)|现|已|新|正式|还|并|同时){0,2}"
    r"(?:担任|出任|任|兼任|当选为|当选|升任|接任|改任|调任|(?P<leaves>辞去|卸任|不再担任))(?:了|过)?(?P<chain>[^，。；：\n]{2,40})"
)
_AS = re.compile(r"(?:同志)?(?:为|任|担任)(?P<chain>[^，。；：\n]{2,40})")
_REMOVED = re.compile(r"(?:同志)?的?(?P<chain>[^，。；：\n]{2,40})职务")
_PRONOUN = re.compile(
    r"[他她](?:(?P<adverb>此前曾|此前|曾经|曾先后|曾)|现|还|目前|同时|并){0,2}"
    r"(?:担任|出任|任|兼任|当选为|当选|是)(?:了|过)?(?P<chain>[^，。；：\n]{2,40})"
)
_IS = re.compile(r"(?:是|系|为)")
_OF = re.compile(r"的?(?:一[名位个])?")
_APPOINTS = re.compile(r"(?:任命|选举|推选|聘任|聘请|补选|推举|增补)\s*$")
_REMOVES = re.compile(r"(?:免去|撤销|罢免|接受)\s*$")
_PAST = re.compile(r"此前|曾|原|历任|辞去|卸任|不再")
_PERIOD = re.compile(r"[^，。；]{0,2}(?:期间|时期)")
_APPOSED = re.compile(r"[，,（(：:]\s*([^，,；;。！？（）()：:\n]{4,60})(?=[；;。）)]|[，,]|$)")
_BY = re.compile(r"由$")
_TAKES_OVER = re.compile(r"(?:担任|兼任|出任|接任)(?=[，。；、]|$)")
_ENDS = frozenset("，。；、！？,;")
_VERB_REACH = 6


class StatedOffices:
    """Reads the offices that words give to the persons of a text."""

    def __init__(self, text: Text, lexicon: Lexicon, chains: Chains, organs: list[Mention]) -> None:
        """Prepare to read; `organs` are the institutions and places of the text."""
        self._text, self._raw = text, text.raw
        self._lexicon, self._chains = lexicon, chains
        self._by_start: dict[int, Mention] = {}
        for mention in organs:
            known = self._by_start.get(mention.start)
            if known is None or mention.end > known.end:
                self._by_start[mention.start] = mention

    def apposed(self, person: Mention) -> list[Office]:
        """Return the offices that stand after the name and a mark: 李某某，某区政协委员、二级调研员；."""
        opening = _APPOSED.match(self._raw, person.end)
        if opening is None:
            return []
        begin, end = opening.span(1)
        offices = self._chains.back_from(end, begin)
        if offices and offices[0].organ is None and not offices[0].implied:
            return []
        return offices

    def of(self, person: Mention, start: int) -> tuple[list[Office], int]:
        """Return the offices that a verb gives the person, and where they end.

        `start` is where what stands before the name begins.
        """
        before = self._raw[max(0, person.start - _VERB_REACH) : person.start]
        removed = _REMOVED.match(self._raw, person.end) if _REMOVES.search(before) else None
        named = _AS.match(self._raw, person.end) if _APPOINTS.search(before) else None
        opening = _TAKES.match(self._raw, person.end) or removed or named
        if opening is None:
            offices = self._identified(person) or self._taken_over(person, start)
            return offices, max((office.end for office in offices), default=person.end)
        offices = self._chains.spanning(*opening.span("chain"))
        self._mark(offices, opening, opening is removed)
        return offices, offices[-1].end if offices else person.end

    def _mark(self, offices: list[Office], opening: re.Match[str], removed: bool) -> None:
        """Mark as former what the words around say is over: 曾任, 免去…职务, 担任…期间."""
        groups = opening.groupdict()
        word = groups.get("adverb") or groups.get("leaves") or ""
        over = bool(offices) and _PERIOD.match(self._raw, offices[-1].end) is not None
        for office in offices:
            office.former = office.former or removed or over or bool(word and _PAST.search(word))

    def _identified(self, person: Mention) -> list[Office]:
        """Return the office in 某某是某院的一名医师."""
        verb = _IS.match(self._raw, person.end)
        organ = self._by_start.get(verb.end()) if verb is not None else None
        if organ is None:
            return []
        link = _OF.match(self._raw, organ.end)
        at = link.end() if link is not None else organ.end
        title = self._lexicon.titles.starting(self._raw, at)
        if title is None or self._raw[title.end : title.end + 1] not in _ENDS or at == organ.end:
            return []
        return [Office(organ.start, title.end, title.value.name, organ, kind=title.value.kind)]

    def _taken_over(self, person: Mention, start: int) -> list[Office]:
        """Return the offices before 由 in 某中心主任由某某担任."""
        by = _BY.search(self._raw, max(0, start - 1), start)
        if by is None or _TAKES_OVER.match(self._raw, person.end) is None:
            return []
        return self._chains.ending(by.start())

    def by_pronoun(self, persons: list[Mention]) -> list[tuple[Mention, list[Office]]]:
        """Return the offices that a pronoun's clause gives, with the person last named before it.

        Only where that sentence or the one before names nobody else.
        """
        found = []
        before = 0
        for match in _PRONOUN.finditer(self._raw):
            while before < len(persons) and persons[before].end <= match.start():
                before += 1
            person = self._meant(persons, before, match.start())
            offices = self._chains.spanning(*match.span("chain")) if person is not None else []
            if person is not None and offices and offices[0].organ is not None:
                self._mark(offices, match, False)
                found.append((person, offices))
        return found

    def _meant(self, persons: list[Mention], before: int, position: int) -> Mention | None:
        if before == 0:
            return None
        number = self._text.locator.index(position)
        last = persons[before - 1]
        sentence = self._text.sentences[number]
        near = self._text.locator.at(last.start)
        if near.paragraph != sentence.paragraph or self._text.locator.index(last.start) < number - 1:
            return None
        rivals = {p.name for p in persons[max(0, before - 3) : before] if p.start >= near.start}
        return last if len(rivals) == 1 else None
