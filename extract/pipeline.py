"""Articles become facts: the stages of extraction in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from extract.assembly import assemble
from extract.bundles import Bundle, find_bundles
from extract.captures import capture
from extract.clauses import RulePair, compile_triggers, find_triggers, read_clauses
from extract.dates import find_dates
from extract.frames import Reader, Statement
from extract.groups import Group, find_groups
from extract.jurisdiction import Jurisdictions
from extract.language.lexicon import Lexicon, read_lexicon
from extract.language.places import PlaceRegister, read_places
from extract.language.relations import Relation, read_relations
from extract.mentions.documents import find_documents, find_honours
from extract.mentions.events import find_events, implied_events, main_event
from extract.mentions.institutions import find_institutions
from extract.mentions.persons import find_persons
from extract.mentions.places import find_places
from extract.mentions.practices import find_practices
from extract.naming import Names
from extract.offices import Holder, find_holders
from extract.organs import Organs
from extract.phrases import Phrases
from extract.records import Article, ArticleFacts
from extract.scripts import to_simplified
from extract.segments import Span
from extract.standing import (
    listed_statements,
    office_statements,
    part_statements,
    place_name_statements,
    possessive_statements,
    rules_of,
)
from extract.tagging import load
from extract.text import EVENT, INSTITUTION, PLACE, PRACTICE, Mention, Text

_BATCH = 32


class Extractor:
    """Extracts facts from articles with one loaded model, lexicon and rule set."""

    def __init__(self, nlp: Language | None = None, relations: dict[str, Relation] | None = None) -> None:
        """Load the model, the lexicon, the register and the relation files, unless they are given.

        Raises LanguageDataError if any of them is not valid.
        """
        self._nlp = nlp or load()
        self._lexicon: Lexicon = read_lexicon()
        self._register: PlaceRegister = read_places()
        self._relations = relations or read_relations()
        self._triggers: Phrases[list[RulePair]] = compile_triggers(
            self._relations, self._lexicon.trigger_tables
        )

    def extract(self, articles: Iterable[Article]) -> Iterator[ArticleFacts]:
        """Yield the facts of each article, in the order given; memory is bounded by a batch of articles."""
        source = iter(articles)
        while batch := list(islice(source, _BATCH)):
            docs = self._nlp.pipe(self._nlp.tokenizer.pipe(map(_simplified, batch)))
            for article, doc in zip(batch, docs, strict=True):
                yield self._article(article, doc)

    def _article(self, article: Article, doc: Doc) -> ArticleFacts:
        text = Text.of(doc)
        reading = _Reading(self._lexicon, self._register, self._relations, self._triggers, text, article)
        return reading.facts()


class _Reading:
    """The reading of one article."""

    def __init__(
        self,
        lexicon: Lexicon,
        register: PlaceRegister,
        relations: dict[str, Relation],
        triggers: Phrases[list[RulePair]],
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

    def facts(self) -> ArticleFacts:
        """Return what the article states."""
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
        named += [item for bundle in bundles for item in bundle.items if item not in named]
        persons = find_persons(text, self._lexicon, frozenset((*article.authors, *article.editors)))
        persons = [p for p in persons if not _covered(p.span, [m.span for m in (*named, *places)])]
        holders = find_holders(text, self._lexicon, persons, institutions + places)
        mentions = _outermost(named + institutions + places)
        mentions += self._captured(mentions, holders)
        for mention in (*mentions, *persons):
            names.note_form(mention, article.text[mention.start : mention.end])
        groups = find_groups(text.raw, holders, mentions)
        statements = self._clause_statements(groups, holders, mentions, names, institutions)
        statements += self._standing_statements(groups, holders, mentions, bundles, places)
        visible = [m for m in mentions if not m.inside] + persons
        return assemble(article, statements, visible, names)

    def _named_things(self, organs: list[Mention]) -> list[Mention]:
        """Return events, practices, documents and honours, none inside another."""
        text, lexicon = self._text, self._lexicon
        found = [
            *find_documents(text, lexicon),
            *find_honours(text, lexicon),
            *find_events(text, lexicon, organs),
            *find_practices(text, lexicon, [o for o in organs if o.type == PLACE]),
        ]
        doctrines = [(f.start, f.end) for f in lexicon.doctrines.longest(text.raw)]
        found = _without_weak_events(found)
        return _outermost([m for m in found if not _covered(m.span, doctrines)])

    def _captured(self, mentions: list[Mention], holders: list[Holder]) -> list[Mention]:
        triggers = find_triggers(self._text, self._triggers, _masks(mentions, holders))
        lexicon = self._lexicon
        found = capture(
            self._text, triggers, mentions, lexicon.capture_heads, lexicon.name_breaks, lexicon.generic_words
        )
        doctrines = [(f.start, f.end) for f in lexicon.doctrines.longest(self._text.raw)]
        return [m for m in found if not any(m.start < end and start < m.end for start, end in doctrines)]

    def _clause_statements(
        self,
        groups: list[Group],
        holders: list[Holder],
        mentions: list[Mention],
        names: Names,
        institutions: list[Mention],
    ) -> list[Statement]:
        text = self._text
        triggers = find_triggers(text, self._triggers, _masks(mentions, holders))
        clauses = read_clauses(text, groups, triggers, self._lexicon.hedges)
        spans = [m.span for m in mentions if m.name]
        dates = [d for d in find_dates(text.raw, self._article.date) if not _covered((d.start, d.end), spans)]
        implied = implied_events(text, self._lexicon, institutions)
        main = main_event(text, mentions, names, self._article.title or "")
        return Reader(text, clauses, dates, implied, main).read()

    def _standing_statements(
        self,
        groups: list[Group],
        holders: list[Holder],
        mentions: list[Mention],
        bundles: list[Bundle],
        places: list[Mention],
    ) -> list[Statement]:
        text, relations = self._text, self._relations
        organs = Organs(self._lexicon).settle(holders)
        statements: list[Statement] = []
        for relation, rule in rules_of(relations, "office"):
            statements += office_statements(text, relation, rule, holders, organs)
        institutions = [m for m in mentions if m.type == INSTITUTION] + list(organs.values())
        for relation, rule in rules_of(relations, "part-name"):
            statements += part_statements(relation, rule, [m for m in institutions if m.type == INSTITUTION])
        for relation, rule in rules_of(relations, "place-name"):
            statements += place_name_statements(text, relation, rule, mentions, places)
        for relation, rule in rules_of(relations, "possessive"):
            statements += possessive_statements(text, relation, rule, groups)
        for relation, rule in rules_of(relations, "listed"):
            statements += listed_statements(relation, rule, bundles, text)
        return statements


def _masks(mentions: list[Mention], holders: list[Holder]) -> list[Span]:
    """Return the spans in which no word is a trigger: names and office chains."""
    return [m.span for m in mentions if m.name] + [(h.start, h.end) for h in holders]


def _covered(span: Span, spans: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _without_weak_events(mentions: list[Mention]) -> list[Mention]:
    """Drop events with a weak head (活动, 行动) where a practice of its own covers most of the name."""
    practices = [m for m in mentions if m.type == PRACTICE and m.strong]
    return [
        m
        for m in mentions
        if m.type != EVENT
        or m.strong
        or not any(
            m.start <= p.start and p.end <= m.end and 2 * (p.end - p.start) > m.end - m.start
            for p in practices
        )
    ]


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
