"""Relation files: what each relation means, and the rules that find it.

Read by `extract` to match and by `kg` to write the ontology; nobody else names a relation.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from extract.errors import LanguageDataError


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same words in Chinese and in English."""

    zh: str
    en: str


class Inverse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The relation read from object to subject."""

    name: str
    zh: str
    en: str


class Qualifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a fact of the relation may add; `type` is string, boolean or date.

    `values` are those there may be, with their labels; without them a string is free.
    """

    type: str
    zh: str
    en: str
    values: dict[str, Text] = {}


class Projection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a network view weighs an edge of this relation; 0 keeps it out of networks."""

    weight: float


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and the facts of the relation that it states, as `subject|object|qualifier=value`.

    No facts make it a negative example: the relation must find nothing in it. `date` stands for the
    article's date.
    """

    text: str
    facts: tuple[str, ...] = ()
    date: str | None = None


class Capture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a trigger makes of an unnamed phrase on its right: an entity of `type`.

    A quoted name counts if `quoted`; a phrase counts if it ends in a head of the lexicon table `heads`
    and has at least `least` characters; items joined by 、 count one by one. With `across` the phrase may
    hold 的 and verbs, as titles of documents do. With `open` a phrase of nouns that ends its clause counts
    whatever it ends in.
    """

    type: str
    quoted: bool = True
    heads: str = ""
    least: int = 4
    across: bool = False
    open: bool = False


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which a text states the relation.

    `kind` says what is read: `trigger` (words with a subject and an object around them), `speech` (the
    same, and what is said after them), `office` (an office beside a name), `part-name` (a name that holds
    another), `place-name` (a name that holds its place), `listed` (a numbered bundle and its items),
    `possessive` (those right before what is their own), `title` (a title that opens with its issuer),
    `implied` (each fact of the relation `implied_by`, read from object to subject), `told` (what an official
    reports by the relation `implied_by`, of the place where the office is held), `whole` (what is said of a
    part says it of the whole too, where `implied_by` makes it one).
    `trigger_tables` name lexicon tables whose words are triggers too, with the contexts that forbid them;
    what a table says of the word becomes the fact's `qualifier`, if one is named; `topic` names the
    qualifier that holds the practice which follows the object.
    An object whose name ends in one of `personal` is for a person only.
    With `candidates` it takes names of the lexicon that are ordinary words too, as a rule that captures does.
    `subject` and `object` list sources (see extract.slots), the first that is filled wins. A trigger
    counts only if no string of `not_before` stands right before it, none of `not_after` right after it
    (`#` stands for any number), none of `object_not_after` right after its object, one of `needs`, if
    there are any, in its clause, one of `company` in its sentence, one of `led_by` before it there, one
    of `opens` at the head of its clause, one of `ending` at its end, none of `without` before it in its
    clause or closing the one before, and, if it `closes`, only at the end of its clause. Its subject's
    name ends in none of `subject_not_ending`, its object is called none of `object_not_named`. A rule
    that `convenes` tells of an event's being held: the event it finds is the one under way from there
    on. One without `visits` takes no inspection or call for the event; one that is `transitive` does not
    fall back on the event under way where its trigger governs another noun.
    """

    id: str
    confidence: float
    examples: tuple[Example, ...]
    kind: str = "trigger"
    implied_by: str = ""
    triggers: tuple[str, ...] = ()
    trigger_tables: tuple[str, ...] = ()
    qualifier: str = ""
    topic: str = ""
    personal: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    object_not_after: tuple[str, ...] = ()
    subject_not_ending: tuple[str, ...] = ()
    object_not_named: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    closes: bool = False
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    capture: Capture | None = None
    candidates: bool = False
    hedged: bool = True
    convenes: bool = False
    visits: bool = True
    transitive: bool = False


class Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One relation: meaning, domain, range and the rules that find it."""

    name: str
    symmetric: bool
    domain: tuple[str, ...]
    range: tuple[str, ...]
    label: Text
    definition: Text
    projection: Projection
    inverse: Inverse | None = None
    qualifiers: dict[str, Qualifier] = {}
    rules: tuple[Rule, ...] = ()


def read_relation(file: Traversable) -> Relation:
    """Return the relation a TOML file describes.

    Raises LanguageDataError naming the file and the key that is wrong.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        relation = msgspec.convert(table, Relation)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as exc:
        raise LanguageDataError(
            str(exc), file=file.name, remedy="see chaired.toml for the shape of a relation file"
        ) from exc
    if f"{relation.name}.toml" != file.name:
        raise LanguageDataError(
            f"the relation calls itself {relation.name!r}",
            file=file.name,
            remedy="name the file after the relation",
        )
    return relation


def read_relations() -> dict[str, Relation]:
    """Return every relation by name, in the order of the names."""
    folder = resources.files("extract.language") / "relations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {relation.name: relation for relation in map(read_relation, files)}
