"""Articles become facts: the stages of extraction in their order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from spacy.language import Language

from extract.antecedents import Antecedents
from extract.assembly import assemble
from extract.bundles import Bundle, find_bundles
from extract.calibration import read_calibration
from extract.captures import capture
from extract.clauses import Firing, compile_triggers, find_hits, find_triggers, read_clauses
from extract.dates import DateMention, find_dates
from extract.frames import Reader
from extract.groups import Group, find_groups
from extract.holders import Holder, find_holders
from extract.jurisdiction import Jurisdictions
from extract.language.lexicon import Lexicon, read_lexicon
from extract.language.places import PlaceRegister, read_places
from extract.language.relations import Relation, read_relations
from extract.main_event import main_event, name_by_head, name_convened
from extract.mentions.anaphors import find_anaphors
from extract.mentions.documents import find_documents, find_honours
from extract.mentions.events import find_events
from extract.mentions.implied_events import implied_sessions
from extract.mentions.institutions import find_institutions
from extract.mentions.persons import find_persons
from extract.mentions.places import find_countries, find_places
from extract.mentions.practices import find_practices, find_recurrences
from extract.mentions.visits import find_visits
from extract.namesakes import part_namesakes
from extract.naming import Names, fold
from extract.office_spells import OfficeSpells
from extract.offices import ROLE
from extract.organs import Organs
from extract.phrases import Phrases
from extract.records import Article, ArticleFacts
from extract.scripts import to_simplified
from extract.segments import Cover, Span
from extract.standing import (
    implied_statements,
    listed_statements,
    office_statements,
    part_statements,
    place_name_statements,
    possessive_statements,
    rules_of,
    title_statements,
    told_statements,
    whole_statements,
)
from extract.statements import Statement
from extract.tagging import load, words_of
from extract.text import EVENT, INSTITUTION, PLACE, PRACTICE, QUOTE, VISIT, Mention, Text, Word

_BATCH = 64
_GOVERNING = ("党委", "党工委", "人民政府", "政府", "党支部", "党总支", "居委会", "村委会", "委")
"""What may follow a place in the name of the body that leads it."""
_TOWN = re.compile(r"(?:(?![省市区县州盟旗镇乡道])[\u4e00-\u9fff]){1,8}(?:社区|居民区|街道|[镇乡村])$")


class Extractor:
    """Extracts facts from articles with one loaded model, lexicon and rule set."""

    def __init__(
        self,
        nlp: Language | None = None,
        relations: dict[str, Relation] | None = None,
        *,
        lexicon: Lexicon | None = None,
        with_planned: bool = False,
        own_confidence: bool = False,
    ) -> None:
        """Load the model, the lexicon, the register and the relation files, unless they are given.

        Components that are added to `nlp` may change tags before the rules read them.

        With `with_planned`, what is only announced comes out too, with the qualifier modality=planned. With
        `own_confidence`, confidences are the rules' own, not calibrated. Raises LanguageDataError if any of
        them is not valid.
        """
        self._with_planned = with_planned
        self._calibration = None if own_confidence else read_calibration()
        self._nlp = nlp or load()
        self._tokenizer: Any = self._nlp.tokenizer
        self._lexicon: Lexicon = lexicon or read_lexicon()
        self._register: PlaceRegister = read_places()
        self._relations = relations or read_relations()
        self._triggers: Phrases[list[Firing]] = compile_triggers(
            self._relations, self._lexicon.trigger_tables
        )

    def extract(self, articles: Iterable[Article]) -> Iterator[ArticleFacts]:
        """Yield the facts of each article, in the order given; memory is bounded by a batch of articles."""
        source = iter(articles)
        while batch := list(islice(source, _BATCH)):
            texts = [_simplified(article) for article in batch]
            for article, raw, words in zip(batch, texts, self._words(texts), strict=True):
                text = Text.of(words, raw, self._lexicon.glued_verbs)
                reading = _Reading(
                    self._lexicon, self._register, self._relations, self._triggers, text, article
                )
                record = reading.facts(self._with_planned)
                yield self._calibration.apply(record) if self._calibration is not None else record

    def _words(self, texts: list[str]) -> Iterator[list[Word]]:
        """Yield the words of each text; Docs are made only where components of the pipeline ask for them."""
        if self._nlp.pipeline:
            yield from map(words_of, self._nlp.pipe(self._tokenizer.pipe(texts)))
        else:
            yield from self._tokenizer.words(texts)


class _Reading:
    """The reading of one article."""

    def __init__(
        self,
        lexicon: Lexicon,
        register: PlaceRegister,
        relations: dict[str, Relation],
        triggers: Phrases[list[Firing]],
        text: Text,
        article: Article,
    ) -> None:
        self._lexicon, self._register, self._relations, self._triggers = (
            lexicon,
            register,
            relations,
            triggers,
        )
        self._text, self._article = text, article
        self._hits = find_hits(text, triggers)
        self._doctrines = Cover((f.start, f.end) for f in lexicon.doctrines.longest(text.raw))

    def facts(self, with_planned: bool) -> ArticleFacts:
        """Return what the article states, and what it only announces if that is wanted."""
        text, article = self._text, self._article
        places = find_places(text, self._register, article.date)
        institutions = find_institutions(text, self._lexicon, places)
        jurisdictions = Jurisdictions(
            text,
            places,
            institutions,
            self._register,
            article.title or "",
            article.source or "",
            article.date,
        )
        names = Names(jurisdictions, self._register)
        named = self._named_things(institutions + places)
        bundles = find_bundles(text, [m for m in named if m.type == PRACTICE])
        known = {id(m) for m in named}
        named += [item for bundle in bundles for item in bundle.items if id(item) not in known]
        named += find_recurrences(text, [m for m in named if m.type == PRACTICE])
        persons = find_persons(text, self._lexicon, frozenset((*article.authors, *article.editors)))
        # Whom a visit is paid to is somebody; in other names a person is part of the name.
        taken = Cover(m.span for m in (*named, *places) if m.kind != VISIT)
        persons = [p for p in persons if not taken.holds(*p.span)]
        countries = find_countries(text, self._lexicon)
        holders = find_holders(text, self._lexicon, persons, institutions + places + countries)
        mentions = _outermost(named + institutions + places)
        mentions += self._captured(mentions, holders)
        mentions += find_anaphors(text, self._lexicon, mentions)
        mentions = [m for m in mentions if m.kind != QUOTE]
        name_convened(text, mentions, self._lexicon)
        antecedents = Antecedents(text, self._lexicon, institutions + mentions)
        organs = Organs(self._lexicon, antecedents).settle(holders)
        part_namesakes(holders, organs, self._register.within)
        for mention in (*mentions, *persons):
            names.note_form(mention, article.text[mention.start : mention.end])
        main = main_event(text, mentions, names, article.title or "")
        if main is None:
            name_by_head(mentions)
            main = main_event(text, mentions, names, article.title or "")
        _mark_private(holders, names)
        groups = find_groups(text.raw, holders, mentions, self._lexicon.titles)
        dates = find_dates(text.raw, article.date)
        offices = _first_offices(text, holders, organs, places)
        statements = self._clause_statements(groups, holders, mentions, main, institutions, offices, dates)
        statements += self._standing_statements(
            groups, holders, mentions, bundles, places, organs, institutions, OfficeSpells(text, dates),
            statements,
        )  # fmt: skip
        for relation, rule in rules_of(self._relations, "told"):
            statements += told_statements(relation, rule, list(statements), offices)
        for relation, rule in rules_of(self._relations, "whole"):
            statements += whole_statements(relation, rule, list(statements))
        for relation, rule in rules_of(self._relations, "implied"):
            statements += implied_statements(relation, rule, list(statements))
        statements = [s for s in statements if with_planned or not s.planned]
        visible = [m for m in mentions if not m.inside] + persons
        symmetric = frozenset(r.name for r in self._relations.values() if r.symmetric)
        return assemble(article, statements, visible, names, symmetric)

    def _named_things(self, organs: list[Mention]) -> list[Mention]:
        """Return events, practices, documents and honours, none inside another."""
        text, lexicon = self._text, self._lexicon
        events = find_events(text, lexicon, organs)
        events = sorted([*events, *find_visits(text, lexicon, events)], key=lambda m: m.start)
        found = [
            *find_documents(text, lexicon),
            *find_honours(text, lexicon),
            *events,
            *find_practices(text, lexicon, [o for o in organs if o.type == PLACE]),
        ]
        found = _without_quoted_events(_without_weak_events(found))
        return _outermost([m for m in found if not self._doctrines.holds(*m.span)])

    def _captured(self, mentions: list[Mention], holders: list[Holder]) -> list[Mention]:
        triggers = find_triggers(self._text, self._hits, _masks(mentions, holders))
        lexicon = self._lexicon
        found = capture(
            self._text, triggers, mentions, lexicon.capture_heads, lexicon.name_breaks, lexicon.generic_words
        )
        return [m for m in found if not self._doctrines.touches(*m.span)]

    def _clause_statements(
        self,
        groups: list[Group],
        holders: list[Holder],
        mentions: list[Mention],
        main: Mention | None,
        institutions: list[Mention],
        offices: dict[int, Mention],
        dates: list[DateMention],
    ) -> list[Statement]:
        text = self._text
        triggers = find_triggers(text, self._hits, _masks(mentions, holders))
        clauses = read_clauses(text, groups, triggers, self._lexicon.hedges)
        named = Cover(m.span for m in mentions if m.name)
        dates = [d for d in dates if not named.holds(d.start, d.end)]
        implied = implied_sessions(text, self._lexicon, institutions)
        references = [m for m in mentions if m.type == EVENT and not m.name]
        return Reader(text, clauses, dates, implied, references, main, offices).read()

    def _standing_statements(
        self,
        groups: list[Group],
        holders: list[Holder],
        mentions: list[Mention],
        bundles: list[Bundle],
        places: list[Mention],
        organs: dict[int, Mention],
        organs_named: list[Mention],
        spells: OfficeSpells,
        stated: list[Statement],
    ) -> list[Statement]:
        text, relations = self._text, self._relations
        statements: list[Statement] = []
        known = {fold(end.name) for s in stated for end in s.ends if end.type == PRACTICE}
        for relation, rule in rules_of(relations, "office"):
            statements += office_statements(text, relation, rule, holders, organs, spells)
        institutions = [m for m in mentions if m.type == INSTITUTION] + list(organs.values())
        for relation, rule in rules_of(relations, "part-name"):
            parts = [m for m in institutions if m.type == INSTITUTION]
            statements += part_statements(relation, rule, parts, self._lexicon)
        for relation, rule in rules_of(relations, "place-name"):
            statements += place_name_statements(text, relation, rule, mentions, places)
        for relation, rule in rules_of(relations, "possessive"):
            statements += possessive_statements(text, relation, rule, groups, known)
        for relation, rule in rules_of(relations, "title"):
            statements += title_statements(text, relation, rule, mentions, organs_named)
        for relation, rule in rules_of(relations, "listed"):
            statements += listed_statements(relation, rule, bundles, text)
        return statements


def _first_offices(
    text: Text, holders: list[Holder], organs: dict[int, Mention], places: list[Mention]
) -> dict[int, Mention]:
    """Return the organ of each holder's first office that has one, by the id of the person's mention.

    For a party committee or a government it is the place that the committee is of. A mention without an
    office has that of the person's mention before.
    """
    ending_at = {p.end: p for p in places}
    found: dict[int, Mention] = {}
    by_name: dict[str, Mention] = {}
    for holder in holders:
        name = holder.person.core or holder.person.name
        organ = next((organs[id(o)] for o in holder.offices if id(o) in organs and not o.former), None)
        if organ is not None:
            by_name.setdefault(name, _governed(text, organ, ending_at))
        if name in by_name:
            found[id(holder.person)] = by_name[name]
    return found


def _governed(text: Text, organ: Mention, ending_at: dict[int, Mention]) -> Mention:
    """Return the place that a committee or a government is of, or the organ itself."""
    tail = next((t for t in _GOVERNING if text.raw.endswith(t, organ.start, organ.end)), "")
    place = ending_at.get(organ.end - len(tail)) if tail else None
    if place is None and tail:
        town = _TOWN.search(text.raw, organ.start, organ.end - len(tail))
        place = Mention(*town.span(), PLACE, town.group(), kind="locality") if town is not None else None
    return place or organ


def _mark_private(holders: list[Holder], names: Names) -> None:
    """Mark as private the persons whom the text calls residents and the like, and gives no office."""
    officials = {h.person.name for h in holders if any(o.kind != ROLE for o in h.offices)}
    for holder in holders:
        if holder.offices and holder.person.name not in officials:
            names.set_attribute(holder.person, "public", False)


def _masks(mentions: list[Mention], holders: list[Holder]) -> list[Span]:
    """Return the spans in which no word is a trigger: names and office chains.

    A phrase that may be a practice's name hides nothing unless it is quoted: 对口帮扶 is mostly a verb.
    """
    names = [m.span for m in mentions if m.name and (m.strong or m.type != PRACTICE or m.kind == "")]
    return names + [(h.start, h.end) for h in holders]


def _without_weak_events(mentions: list[Mention]) -> list[Mention]:
    """Drop events with a weak head (活动, 行动) where a practice of its own covers most of the name."""
    practices = sorted(m.span for m in mentions if m.type == PRACTICE and m.strong)
    return [m for m in mentions if m.type != EVENT or m.strong or not _mostly(m, practices)]


def _without_quoted_events(mentions: list[Mention]) -> list[Mention]:
    """Drop quoted names that are candidates only where an event's own name ends at their quotation mark."""
    ends = {m.end for m in mentions if m.type == EVENT and m.strong and m.name}
    return [m for m in mentions if m.type != PRACTICE or m.strong or m.end - 1 not in ends]


def _mostly(event: Mention, practices: list[Span]) -> bool:
    """Tell whether one of the practices lies in the event's name and is more than half of it."""
    first = bisect_left(practices, (event.start, 0))
    last = bisect_left(practices, (event.end, 0))
    inside = [(start, end) for start, end in practices[first:last] if end <= event.end]
    return any(2 * (end - start) > event.end - event.start for start, end in inside)


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that do not lie in another, longer first; of equals the first given."""
    kept: list[Mention] = []
    reach = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.start >= reach:
            kept.append(mention)
            reach = mention.end
    return kept


def _simplified(article: Article) -> str:
    """Return the text in simplified characters, one for one, so that offsets hold for the original."""
    return to_simplified(article.text) if article.language == "zh-Hant" else article.text


def extract(articles: Iterable[Article]) -> Iterator[ArticleFacts]:
    """Yield the facts of each article (see Extractor)."""
    return Extractor().extract(articles)
