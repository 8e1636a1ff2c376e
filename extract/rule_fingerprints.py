"""The version of the rules of this installation, made out of its code, lexicon and relation files."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from extract.clauses import compile_triggers
from extract.code_version import files_digest
from extract.language.lexicon import Lexicon, read_lexicon
from extract.language.lexicon_files import TABLES
from extract.language.relations import Projection, Qualifier, Relation, Rule, Text, read_relations
from extract.phrases import Phrases
from extract.rule_versions import RuleVersion, Words

TRIGGERS = "triggers"
"""The table of `words` that holds what sets off rules."""

SET_OFF_BY_WORDS = frozenset({"trigger", "speech"})
"""The kinds of rules that do nothing where none of their triggers stands."""

READ_WITH_PAGES = frozenset({"byline_labels", "byline_words", "furniture", "common_characters"})
"""Lexicon tables that bear on what an article is, not on what is found in it."""

READ_ELSEWHERE = frozenset({"organ_tails"})
"""Lexicon tables that are read by other modules too than extract.language.lexicon."""

_SAYS_NOTHING = Text("", "")
_DIGEST_BYTES = 8


class Rules(NamedTuple):
    """What facts are found with, and the version that names it."""

    lexicon: Lexicon
    relations: dict[str, Relation]
    version: RuleVersion

    @classmethod
    def of(cls, lexicon: Lexicon, relations: dict[str, Relation]) -> Rules:
        """Return the rules of a lexicon and relations, with all else as it is installed."""
        bare = bare_relations(relations)
        return cls(lexicon, bare, version_of(lexicon, bare, _base()))


@lru_cache(maxsize=1)
def installed_rules() -> Rules:
    """Return the rules of this installation."""
    return Rules.of(read_lexicon(), read_relations())


@lru_cache(maxsize=1)
def _base() -> str:
    return files_digest(_bears_on_all)


def bare_relations(relations: dict[str, Relation]) -> dict[str, Relation]:
    """Return the relations with what changes no fact taken out of them, so that it cannot change one."""
    return {name: _bare(relation) for name, relation in relations.items()}


def _bare(relation: Relation) -> Relation:
    return msgspec.structs.replace(
        relation,
        label=_SAYS_NOTHING,
        definition=_SAYS_NOTHING,
        projection=Projection(0),
        inverse=None,
        qualifiers={
            name: Qualifier(qualifier.type, "", "") for name, qualifier in relation.qualifiers.items()
        },
        rules=tuple(msgspec.structs.replace(rule, examples=()) for rule in relation.rules),
    )


def version_of(lexicon: Lexicon, relations: dict[str, Relation], base: str) -> RuleVersion:
    """Return the version that a lexicon, bare relations, and all else as `base` make."""
    words: Words = {}
    others: list[str] = [base]
    for field in fields(lexicon):
        if field.name == "trigger_tables":
            continue  # bears on facts through the triggers alone
        table = getattr(lexicon, field.name)
        entries = _entries(table)
        if entries is None:
            others.append(f"{field.name} {table!r}")
        else:
            words |= {".".join((field.name, *inner)): found for inner, found in entries.items()}
    triggers = compile_triggers(relations, lexicon.trigger_tables)
    words[TRIGGERS] = {
        word: _digest("".join(f"{_head(f.relation)} {f.rule!r} {f.value!r}" for f in firings))
        for word, firings in triggers.entries().items()
    }
    others += [f"{_head(relation)} {rule!r}" for relation, rule in _standing(relations)]
    return RuleVersion(hashlib.sha256("\n".join(others).encode()).hexdigest(), words)


def _standing(relations: dict[str, Relation]) -> list[tuple[Relation, Rule]]:
    """Return the rules that no word sets off."""
    return [
        (relation, rule)
        for relation in relations.values()
        for rule in relation.rules
        if rule.kind not in SET_OFF_BY_WORDS
    ]


def _head(relation: Relation) -> str:
    """Return what a relation says for all of its rules."""
    return repr(msgspec.structs.replace(relation, rules=()))


def _entries(table: Any) -> dict[tuple[str, ...], dict[str, bytes]] | None:
    """Return the words of a table of the lexicon, or those of the tables in it; None if it has none."""
    if isinstance(table, Phrases):
        return {(): {word: _digest(repr(value)) for word, value in table.entries().items()}}
    if isinstance(table, frozenset):
        return {(): dict.fromkeys(table, b"")}
    if not isinstance(table, dict):
        return None
    if all(isinstance(value, Phrases) for value in table.values()):
        return {(name,): found[()] for name, inner in table.items() if (found := _entries(inner))}
    return {(): {word: _digest(repr(value)) for word, value in table.items()}}


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest()


def _bears_on_all(path: str) -> bool:
    """Tell whether a file of the package may bear on any article in a way that `words` do not tell."""
    folder, _, name = path.rpartition("/")
    table = name.removesuffix(".tsv")
    if folder == "language/relations" or path == "language/calibration.toml":
        return False
    if folder == "language/lexicon" and name != table:
        return table not in READ_WITH_PAGES and (table not in TABLES or table in READ_ELSEWHERE)
    return True
