"""Offices that a text states in words: 任命某某为…, 某某当选…, 某某是…的…, 他还担任…, …由某某担任."""

from __future__ import annotations

import re

from extract.language.lexicon import Lexicon, OfficeVerb
from extract.offices import Chains, Office
from extract.phrases import Found
from extract.text import Mention, Text

_ADVERBS = re.compile(
    r"(?:同志)?(?:[（(][^（()）。\n]{1,12}[）)])?(?:在此次|此次|在)?(?P<past>此前曾|此前|曾经|曾先后|曾|原)?"
    r"(?:现|已|新|正式|还|并|同时|目前|先后|近日|日前|今年|去年|随后|后|于(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?){0,3}"
)
_LIFE = re.compile(
    r"[，,]?(?:男|女|[\u4e00-\u9fff]{1,4}族|(?:现年|今年)?[0-9]{2}岁)[，,](?:[^。；\n]{0,80}?[，,])?"
    r"(?=曾任|历任|现任|先后任|任|曾担任)"
)
"""What a curriculum vitae tells between the name and the first office: ，男，汉族，1968年生，|曾任."""
_SO = re.compile(r"(?:了|过|为){0,2}")
_CHAIN = re.compile(r"[^，。；：\n]{2,40}")
_AS = re.compile(r"(?:同志)?(?:为|任|担任|出任)(?P<chain>[^，。；：\n]{2,40})")
_REMOVED = re.compile(r"(?:同志)?的?(?:辞去)?(?P<chain>[^，。；：\n]{2,40}?)(?:的?职务|的请求)")
_PRONOUN = re.compile(
    r"[他她](?:(?P<past>此前曾|此前|曾经|曾先后|曾)|现|还|目前|同时|并){0,2}"
    r"(?:担任|出任|任|兼任|当选为|当选|是)(?:了|过)?(?P<chain>[^，。；：\n]{2,40})"
)
_IS = re.compile(r"(?:是|系|为)")
_OF = re.compile(r"的?(?:一[名位个])?")
_PERIOD = re.compile(r"[^，。；]{0,2}(?:期间|时期)")
_APPOSED = re.compile(r"[，,（(：:]\s*([^，,；;。！？（）()：:\n]{4,60})(?=[；;。）)]|[，,]|$)")
_BY = re.compile(r"由$")
_TAKES_OVER = re.compile(r"(?:担任|兼任|出任|接任)(?=[，。；、]|$)")
_ENDS = frozenset("，。；、！？,;")
_LISTED = frozenset("、和与及，,；;")
_NEXT = re.compile(
    r"[，,；;](?:后|其后|之后|随后|又|再|并|期间|其间|自|从|起|至今|今年|去年|同年|当年"
    r"|(?:(?:19|20)\d\d年)?(?:[0-9]{1,2}月份?)?(?:[0-9]{1,2}日)?){0,4}"
)
"""What may stand between one office of a career and the verb of the next: ，2019年8月又|任."""
_RELIEVED = re.compile(r"[，,；;](?:同时)?(?P<verb>免去|撤销)其(?P<chain>[^，。；：\n]{2,40}?)的?职务")
_MOST_NEXT = 12
_SENTENCE_REACH = 200


class StatedOffices:
    """Reads the offices that words give to the persons of a text."""

    def __init__(self, text: Text, lexicon: Lexicon, chains: Chains, organs: list[Mention]) -> None:
        """Prepare to read; `organs` are the institutions and places of the text."""
        self._text, self._raw = text, text.raw
        self._lexicon, self._chains = lexicon, chains
        self._verbs = lexicon.office_verbs
        self._by_start: dict[int, Mention] = {}
        self._before: Office | None = None
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
        offices = self._appointed(person, start) or self._taken(person)
        if not offices:
            offices = self._identified(person) or self._taken_over(person, start)
        return offices, max((office.end for office in offices), default=person.end)

    def _appointed(self, person: Mention, start: int) -> list[Office]:
        """Return the offices in 任命某某为…, 免去某某的…职务, and in a list that such a verb opens."""
        verb = self._verbs.ending(self._raw, start)
        if verb is not None and verb.value.seat == "removes":
            removed = _REMOVED.match(self._raw, person.end)
            return self._told(removed.span("chain"), verb, removed) if removed is not None else []
        named = _AS.match(self._raw, person.end)
        if named is None:
            return []
        if verb is None and self._raw[start - 1 : start] in _LISTED:
            verb = self._opens_list(start)
        if verb is None or verb.value.seat != "appoints":
            return []
        return self._told(named.span("chain"), verb, named)

    def _opens_list(self, position: int) -> Found[OfficeVerb] | None:
        """Return the last verb of appointing in the sentence before the position."""
        begin = max(self._text.locator.at(position).start, position - _SENTENCE_REACH)
        verbs = [v for v in self._verbs.longest(self._raw, begin, position) if v.value.seat == "appoints"]
        return verbs[-1] if verbs else None

    def _taken(self, person: Mention) -> list[Office]:
        """Return the offices in 某某当选…, and those that the sentence goes on with: …，后任…."""
        life = _LIFE.match(self._raw, person.end)
        adverbs = _ADVERBS.match(self._raw, life.end() if life is not None else person.end)
        at = adverbs.end() if adverbs is not None else person.end
        offices = self._governed(at, adverbs)
        latest = offices
        for _ in range(_MOST_NEXT):
            relieved = _RELIEVED.match(self._raw, latest[-1].end) if latest else None
            verb = self._verbs.starting(self._raw, relieved.start("verb")) if relieved is not None else None
            if relieved is not None and verb is not None:
                return offices + self._told(relieved.span("chain"), verb, relieved)
            following = _NEXT.match(self._raw, latest[-1].end) if latest else None
            further = _ADVERBS.match(self._raw, following.end()) if following is not None else None
            latest = self._governed(further.end(), further) if further is not None else []
            if not latest:
                break
            offices = offices + latest
        return offices

    def _governed(self, position: int, adverbs: re.Match[str] | None) -> list[Office]:
        """Return the offices that a verb at the position governs."""
        verb = self._verbs.starting(self._raw, position)
        if verb is None or verb.value.seat not in ("takes", "leaves", "past"):
            return []
        so = _SO.match(self._raw, verb.end)
        chain = _CHAIN.match(self._raw, so.end() if so is not None else verb.end)
        return self._told(chain.span(), verb, adverbs) if chain is not None else []

    def _told(
        self, span: tuple[int, int], verb: Found[OfficeVerb], around: re.Match[str] | None
    ) -> list[Office]:
        """Return the chain in the span with what the verb and the words around it say of the offices."""
        offices = self._chains.spanning(*span)
        past = around is not None and bool(around.groupdict().get("past"))
        over = past or verb.value.seat in ("removes", "leaves", "past")
        self._mark(offices, over)
        for office in offices:
            office.manner, office.told = verb.value.manner, verb.start
        if offices and verb.value.seat == "appoints":
            self._inherit(offices)
        return offices

    def _inherit(self, offices: list[Office]) -> None:
        """Let 副主任 in a list of elections take the organ of the office before it in the sentence."""
        first, before = offices[0], self._before
        same = before is not None and self._text.locator.at(before.start) is self._text.locator.at(
            first.start
        )
        if first.organ is None and same:
            first.inherits = before
        self._before = offices[0]

    def _mark(self, offices: list[Office], over: bool) -> None:
        """Mark as former what the words around say is over: 曾任, 免去…职务, 担任…期间."""
        ended = bool(offices) and _PERIOD.match(self._raw, offices[-1].end) is not None
        for office in offices:
            office.former = office.former or over or ended

    def _identified(self, person: Mention) -> list[Office]:
        """Return the offices in 某某是某院的一名医师, 某某是某社区原妇联主席."""
        verb = _IS.match(self._raw, person.end)
        organ = self._by_start.get(verb.end()) if verb is not None else None
        if organ is None:
            return []
        link = _OF.match(self._raw, organ.end)
        at = link.end() if link is not None else organ.end
        title = self._lexicon.titles.starting(self._raw, at)
        if title is None or self._raw[title.end : title.end + 1] not in _ENDS or at == organ.end:
            chain = _CHAIN.match(self._raw, organ.start)
            offices = self._chains.spanning(*chain.span()) if chain is not None else []
            return offices if offices and self._raw[offices[-1].end : offices[-1].end + 1] in _ENDS else []
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
                self._mark(offices, bool(match["past"]))
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
