"""The lexicon as the recognisers use it: tables read once, phrases compiled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extract.language.lexicon_files import read_table, split_list
from extract.phrases import Phrases

_ANY = "…"
"""Opens an entry that stands for every word which ends so."""
_WEAK_TOO = "institution_heads"
"""What a verb of founding governs may end in a weak head: 成立调查组."""


@dataclass(frozen=True, slots=True)
class Title:
    """An office or occupation: the organ it implies, as a tail after a place, and the post there."""

    name: str
    kind: str
    rank: str
    organ: str
    post: str


@dataclass(frozen=True, slots=True)
class Organ:
    """A tail or head of institution names: kind, full form, and whether it needs something before it."""

    name: str
    kind: str
    strong: bool
    full: str = ""


@dataclass(frozen=True, slots=True)
class KnownPractice:
    """A practice of the lexicon under its canonical name; a weak one is also an ordinary phrase."""

    name: str
    kind: str
    version_of: str
    origins: tuple[str, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class TriggerWord:
    """What a table of triggers says of a word: contexts that forbid it, and what it says of the fact."""

    forbids: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class OfficeVerb:
    """A verb of offices: where its person stands and what becomes of the office, and how."""

    seat: str
    manner: str


@dataclass(frozen=True, slots=True)
class HedgeWord:
    """A word of plans, hopes and negations: how far it reaches, and whether it announces a plan."""

    scope: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every table, ready to be searched for."""

    titles: Phrases[Title]
    title_organs: Phrases[tuple[str, ...]]
    modifiers: dict[str, str]
    modifier_phrases: Phrases[str]
    tails: Phrases[Organ]
    heads: Phrases[Organ]
    central: Phrases[str]
    media: Phrases[str]
    countries: Phrases[str]
    generic_organs: frozenset[str]
    surnames: dict[str, int]
    not_persons: dict[str, str]
    doctrines: Phrases[str]
    practices: Phrases[KnownPractice]
    practice_names: dict[str, KnownPractice]
    practice_heads: Phrases[bool]
    honours: Phrases[str]
    event_heads: Phrases[Organ]
    document_heads: Phrases[bool]
    name_breaks: frozenset[str]
    event_breaks: frozenset[str]
    hard_breaks: frozenset[str]
    common_words: frozenset[str]
    name_followers: Phrases[str]
    surname_lookalikes: frozenset[str]
    event_citations: Phrases[str]
    event_modifiers: frozenset[str]
    event_openers: Phrases[str]
    glued_verbs: Phrases[bool]
    holding_verbs: Phrases[str]
    office_verbs: Phrases[OfficeVerb]
    not_practices: frozenset[str]
    not_practice_endings: tuple[str, ...]
    head_lookalikes: frozenset[str]
    lookalike_endings: Phrases[str]
    generic_words: frozenset[str]
    visit_verbs: Phrases[str]
    trigger_tables: dict[str, dict[str, TriggerWord]]
    convened_bodies: Phrases[str]
    hedges: Phrases[HedgeWord]
    capture_heads: dict[str, Phrases[bool]]


def _with_aliases(table: str) -> dict[str, str]:
    """Return every name and alias of a table, each with its canonical name."""
    names: dict[str, str] = {}
    for name, aliases, *_ in read_table(table):
        names.setdefault(name, name)
        for alias in split_list(aliases):
            names.setdefault(alias, name)
    return names


def _pairs(table: str) -> dict[str, str]:
    """Return a table of two columns by its first."""
    return {row[0]: row[1] for row in read_table(table)}


def _strengths(table: str) -> Phrases[bool]:
    return Phrases({row[0]: row[-1] == "strong" for row in read_table(table)})


def _practices() -> dict[str, KnownPractice]:
    forms: dict[str, KnownPractice] = {}
    rows = [
        (
            KnownPractice(name, kind, version_of, split_list(origins), strength == "strong"),
            split_list(aliases),
        )
        for name, kind, aliases, version_of, origins, strength in read_table("practices")
    ]
    for practice, aliases in rows:
        for form in (practice.name, *aliases):
            forms.setdefault(form, practice)
    return forms


def _name_followers() -> Phrases[str]:
    """Return what may follow the name of a person who acts."""
    tables = ("name_followers", "speech_verbs", "visit_verbs")
    return Phrases({row[0]: row[0] for table in tables for row in read_table(table)})


def _trigger_tables() -> dict[str, dict[str, TriggerWord]]:
    """Return the tables of triggers by name; those of practice verbs are one a use."""
    tables = {
        "speech_verbs": {
            verb: TriggerWord(split_list(forbids), stance)
            for verb, stance, forbids in read_table("speech_verbs")
        },
        "visit_verbs": {row[0]: TriggerWord((), "") for row in read_table("visit_verbs")},
    }
    for verb, use, stage, forbids in read_table("practice_verbs"):
        table = tables.setdefault(f"practice_verbs.{use}", {})
        table[verb] = TriggerWord(split_list(forbids), stage)
    return tables


@lru_cache(maxsize=1)
def read_lexicon() -> Lexicon:
    """Return the compiled lexicon.

    Raises LanguageDataError naming the file and line that is not valid.
    """
    titles = {
        name: Title(name, kind, rank, organ, post) for name, kind, rank, organ, post in read_table("titles")
    }
    modifiers = _pairs("title_modifiers")
    tails = {t: Organ(t, kind, level == "0", full) for t, kind, level, full in read_table("organ_tails")}
    heads = {h: Organ(h, kind, strength == "strong") for h, kind, strength in read_table("institution_heads")}
    practices = _practices()
    return Lexicon(
        titles=Phrases(titles),
        title_organs=Phrases({title: split_list(organs) for title, organs in read_table("title_organs")}),
        modifiers=modifiers,
        modifier_phrases=Phrases({m: m for m in modifiers}),
        tails=Phrases(tails),
        heads=Phrases(heads),
        central=Phrases(_with_aliases("central_organs")),
        media=Phrases(_with_aliases("media")),
        countries=Phrases(_with_aliases("countries")),
        generic_organs=frozenset(row[0] for row in read_table("generic_organs")),
        surnames={surname: int(weight) for surname, weight, _ in read_table("surnames")},
        not_persons=_pairs("not_persons"),
        doctrines=Phrases({row[0]: row[0] for row in read_table("doctrines")}),
        practices=Phrases(practices),
        practice_names=practices,
        practice_heads=_strengths("practice_heads"),
        honours=Phrases(_with_aliases("honours")),
        event_heads=Phrases(
            {
                head: Organ(head, kind, strength == "strong")
                for head, kind, strength in read_table("event_heads")
            }
        ),
        document_heads=_strengths("document_heads"),
        name_breaks=frozenset(word for word, _ in read_table("name_breaks")),
        event_breaks=frozenset(
            word for word, scope in read_table("name_breaks") if scope in ("any", "plain")
        ),
        hard_breaks=frozenset(word for word, scope in read_table("name_breaks") if scope == "any"),
        glued_verbs=Phrases({verb: after == "any" for verb, after in read_table("glued_verbs")}),
        holding_verbs=Phrases({row[0]: row[0] for row in read_table("holding_verbs")}),
        office_verbs=Phrases(
            {verb: OfficeVerb(seat, manner) for verb, seat, manner in read_table("office_verbs")}
        ),
        common_words=frozenset(row[0] for row in read_table("common_words")),
        surname_lookalikes=frozenset(row[0] for row in read_table("surname_lookalikes")),
        name_followers=_name_followers(),
        event_citations=Phrases({row[0]: row[0] for row in read_table("event_citations")}),
        event_modifiers=frozenset(row[0] for row in read_table("event_modifiers")),
        event_openers=Phrases({row[0]: row[0] for row in read_table("event_openers")}),
        head_lookalikes=frozenset(row[0] for row in read_table("head_lookalikes")),
        lookalike_endings=Phrases({row[0]: row[0] for row in read_table("head_lookalikes")}),
        generic_words=frozenset(row[0] for row in read_table("generic_words")),
        visit_verbs=Phrases({row[0]: row[0] for row in read_table("visit_verbs")}),
        not_practices=frozenset(row[0] for row in read_table("not_practices")),
        not_practice_endings=tuple(
            row[0].removeprefix(_ANY) for row in read_table("not_practices") if row[0].startswith(_ANY)
        ),
        trigger_tables=_trigger_tables(),
        convened_bodies=Phrases(_pairs("convened_bodies")),
        hedges=Phrases(
            {word: HedgeWord(scope, mood == "planned") for word, scope, mood in read_table("hedges")}
        ),
        capture_heads={
            name: Phrases(
                {row[0]: True for row in read_table(name) if row[-1] == "strong" or name == _WEAK_TOO}
            )
            for name in ("institution_heads", "practice_heads", "honour_heads", "document_heads")
        },
    )
