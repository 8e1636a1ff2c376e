"""Whether a cache gives what a cold run gives after any change of a rule, and how much it saves.

    python -m benchmarks.changed_rules [--texts 300] [--edits 40] [--seed 1]

Fills a cache from texts of the corpus that GOVKG_REFERENCE holds. Then edits rules one at a time, drawn by
the seed: takes an entry out of a lexicon table, puts one in that stands in some text, takes a trigger out of
a rule, gives a rule another confidence or a context that forbids it; and compares what the cache gives with
a run without one. Exits 1 if any article differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.corpora import reference
from extract.chunk_extractor import ChunkExtractor
from extract.chunks import Job, Outcome, chunks_of
from extract.facts_cache import FactsCache, PackedRules
from extract.inputs import find_files
from extract.language.lexicon import Lexicon, read_lexicon
from extract.language.relations import Relation, read_relations
from extract.phrases import Phrases
from extract.read_options import ReadOptions
from extract.rule_fingerprints import Rules
from extract.sources import Item, Source, find_sources
from extract.tagging import load

LONGEST_NEW_ENTRY = 4


class Edits:
    """Edits of the installed rules, drawn at random."""

    def __init__(self, chance: random.Random, texts: list[str]) -> None:
        self._chance = chance
        self._texts = texts
        self._lexicon = read_lexicon()
        self._relations = read_relations()

    def draw(self) -> tuple[str, Rules]:
        """Return an edit in words, and the rules after it."""
        kind = self._chance.choice((self._entry_less, self._entry_more, self._rule))
        said, lexicon, relations = kind()
        return said, Rules.of(lexicon, relations)

    def _table(self) -> tuple[str, Any]:
        tables = [
            (field.name, table)
            for field in fields(self._lexicon)
            if isinstance(table := getattr(self._lexicon, field.name), Phrases | frozenset)
        ]
        return self._chance.choice(tables)

    def _entry_less(self) -> tuple[str, Lexicon, dict[str, Relation]]:
        name, table = self._table()
        words = sorted(table if isinstance(table, frozenset) else table.entries())
        # One that stands somewhere, most often, so that there is something to be found no more.
        known = [word for word in words if any(word in text for text in self._texts)]
        word = self._chance.choice(known or words)
        return f"{name}: without {word}", self._with(name, table, {word}, {}), self._relations

    def _entry_more(self) -> tuple[str, Lexicon, dict[str, Relation]]:
        name, table = self._table()
        text = self._chance.choice(self._texts)
        at = self._chance.randrange(max(1, len(text) - LONGEST_NEW_ENTRY))
        word = text[at : at + self._chance.randint(1, LONGEST_NEW_ENTRY)].strip() or "某"
        like = None if isinstance(table, frozenset) else self._chance.choice(list(table.entries().values()))
        return f"{name}: with {word!r}", self._with(name, table, set(), {word: like}), self._relations

    def _with(self, name: str, table: Any, out: set[str], new: dict[str, Any]) -> Lexicon:
        if isinstance(table, frozenset):
            changed: Any = (table - out) | set(new)
        else:
            kept = {word: value for word, value in table.entries().items() if word not in out}
            changed = Phrases({**kept, **new})
        edit: dict[str, Any] = {name: changed}
        return replace(self._lexicon, **edit)

    def _rule(self) -> tuple[str, Lexicon, dict[str, Relation]]:
        relation = self._chance.choice(
            [r for r in self._relations.values() if any(x.triggers for x in r.rules)]
        )
        rules = list(relation.rules)
        number = self._chance.choice([n for n, rule in enumerate(rules) if rule.triggers])
        rule = rules[number]
        word = self._chance.choice(rule.triggers)
        changes: list[tuple[str, dict[str, Any]]] = [
            (f"without {word}", {"triggers": tuple(t for t in rule.triggers if t != word)}),
            ("less sure", {"confidence": rule.confidence / 2}),
            ("not before 了", {"not_after": (*rule.not_after, "了")}),
            ("with 的", {"triggers": (*rule.triggers, "的")}),
        ]
        said, change = self._chance.choice(changes)
        rules[number] = msgspec.structs.replace(rule, **change)
        edited = msgspec.structs.replace(relation, rules=tuple(rules))
        relations = {**self._relations, relation.name: edited}
        return f"{relation.name}/{rule.id}: {said}", self._lexicon, relations


def outcomes(items: list[Item], extractor: ChunkExtractor) -> list[Outcome]:
    return [outcome for chunk in chunks_of(items) for outcome in extractor.outcomes(chunk)]


def corpus_items(folder: Path, count: int) -> Iterator[Item]:
    files = sorted((folder / "corpus").glob("*.jsonl.xz"))
    found = find_files(files, base=None, on_error=lambda error: None)
    return islice((i for i in find_sources(found, options=ReadOptions()) if isinstance(i, Source)), count)


def main() -> int:
    """Compare after each edit; return the exit status."""
    parser = argparse.ArgumentParser(description="Compare a cache with cold runs after changes of rules.")
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = reference()
    if folder is None:
        return 0
    nlp = load()
    items = list(corpus_items(folder, given.texts))
    edits = Edits(random.Random(given.seed), [i.fields["text"] for i in items if isinstance(i, Source)])
    wrong = redone = changed = 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "facts.cache")
        with FactsCache(path, write=True) as cache:
            extractor = ChunkExtractor(Job(cache=str(path)), nlp=nlp)
            before = outcomes(items, extractor)
            entries = [outcome.entry for outcome in before if outcome.entry is not None]
            cache.put(entries, PackedRules.of(extractor.version))
        for number in range(1, given.edits + 1):
            said, rules = edits.draw()
            cold = outcomes(items, ChunkExtractor(Job(), rules, nlp))
            warm = outcomes(items, ChunkExtractor(Job(cache=str(path)), rules, nlp))
            differ = sum(one.line != other.line for one, other in zip(cold, warm, strict=True))
            again = sum(not outcome.cached for outcome in warm)
            moved = sum(one.line != other.line for one, other in zip(cold, before, strict=True))
            wrong, redone, changed = wrong + differ, redone + again, changed + moved
            told = f"{moved:>5} changed {again:>5} redone {differ:>5} wrong"
            print(f"{number:>3} {said:<48} {told}", flush=True)
    share = redone / (given.edits * len(items))
    print(f"{given.edits} edits of rules, {len(items)} texts each")
    print(f"{changed} records changed, {redone} redone ({share:.0%}), {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
