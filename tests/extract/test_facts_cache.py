"""The cache of facts: what it gives back is what a run without it would find, whatever rule has changed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
from spacy.language import Language

from extract.articles import ReadOptions
from extract.chunk_extractor import ChunkExtractor
from extract.chunks import Job, Outcome, chunks_of
from extract.facts_cache import CacheError, FactsCache, PackedRules, delete
from extract.inputs import find_files
from extract.language.lexicon import Lexicon, read_lexicon
from extract.language.relations import Relation, read_relations
from extract.phrases import Phrases
from extract.rule_fingerprints import Rules, installed_rules
from extract.sources import Item, find_sources

DATA = Path(__file__).parent.parent.parent / "data"
CORPUS_TEXTS = 100

Edit = Callable[[Lexicon, dict[str, Relation]], tuple[Lexicon, dict[str, Relation]]]


@pytest.fixture(scope="module")
def items() -> list[Item]:
    """The sample articles and cases, and corpus texts where there are any."""
    found = list(_items([DATA / "articles", DATA / "cases"]))
    reference = os.environ.get("GOVKG_REFERENCE")
    if reference:
        corpus = sorted(Path(reference).glob("corpus/*.jsonl.xz"))
        found += islice(_items(corpus), CORPUS_TEXTS)
    return found


def _items(inputs: list[Path]) -> Any:
    options = ReadOptions()
    return find_sources(find_files(inputs, base=None, on_error=_fail), options=options)


def _fail(error: Exception) -> None:
    raise error


def outcomes(items: list[Item], extractor: ChunkExtractor) -> list[Outcome]:
    return [outcome for chunk in chunks_of(items) for outcome in extractor.outcomes(chunk)]


def lines(found: list[Outcome]) -> list[bytes]:
    return [outcome.line for outcome in found]


@pytest.fixture(scope="module")
def filled(items: list[Item], nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with what the installed rules find."""
    path = tmp_path_factory.mktemp("cache") / "facts.cache"
    with FactsCache(path, write=True) as cache:
        extractor = ChunkExtractor(Job(cache=str(path)), nlp=nlp)
        found = outcomes(items, extractor)
        entries = [outcome.entry for outcome in found if outcome.entry is not None]
        cache.put(entries, PackedRules.of(extractor.version))
    assert len(entries) == len(items)
    return path


def test_what_was_read_before_is_not_read_again(items: list[Item], filled: Path, nlp: Language) -> None:
    cold = outcomes(items, ChunkExtractor(Job(), nlp=nlp))

    warm = outcomes(items, ChunkExtractor(Job(cache=str(filled)), nlp=nlp))

    assert lines(warm) == lines(cold)
    assert all(outcome.cached and outcome.entry is None for outcome in warm)
    assert not any(outcome.cached for outcome in cold)


def test_options_that_change_facts_are_told_apart(items: list[Item], filled: Path, nlp: Language) -> None:
    few = items[:30]
    planned = outcomes(few, ChunkExtractor(Job(cache=str(filled), with_planned=True), nlp=nlp))
    sure = outcomes(few, ChunkExtractor(Job(cache=str(filled), min_confidence=0.9), nlp=nlp))

    assert not any(outcome.cached for outcome in planned)
    assert lines(planned) == lines(outcomes(few, ChunkExtractor(Job(with_planned=True), nlp=nlp)))
    assert all(outcome.cached for outcome in sure)
    assert lines(sure) == lines(outcomes(few, ChunkExtractor(Job(min_confidence=0.9), nlp=nlp)))


# Changed rules.


def _with_rule(relation: str, number: int, **changes: Any) -> Edit:
    """Change one rule of a relation file; a change may be a function of the old value."""

    def edit(lexicon: Lexicon, relations: dict[str, Relation]) -> tuple[Lexicon, dict[str, Relation]]:
        old = relations[relation]
        rules = list(old.rules)
        said = {k: v(getattr(rules[number], k)) if callable(v) else v for k, v in changes.items()}
        rules[number] = msgspec.structs.replace(rules[number], **said)
        new = msgspec.structs.replace(old, rules=tuple(rules))
        return lexicon, {**relations, relation: new}

    return edit


def _without_words(table: str, *words: str) -> Edit:
    def edit(lexicon: Lexicon, relations: dict[str, Relation]) -> tuple[Lexicon, dict[str, Relation]]:
        old = getattr(lexicon, table)
        if isinstance(old, Phrases):
            assert set(words) <= old.entries().keys()
            kept = {word: value for word, value in old.entries().items() if word not in words}
            new: Any = Phrases(kept)
        else:
            assert set(words) <= old
            new = old - set(words)
        return replace(lexicon, **{table: new}), relations

    return edit


def _with_phrase(table: str, word: str, like: str) -> Edit:
    def edit(lexicon: Lexicon, relations: dict[str, Relation]) -> tuple[Lexicon, dict[str, Relation]]:
        old = getattr(lexicon, table).entries()
        changed: Any = {table: Phrases({**old, word: old[like]})}
        return replace(lexicon, **changed), relations

    return edit


EDITS: dict[str, Edit] = {
    "a trigger more": _with_rule("attended", 0, triggers=lambda old: (*old, "见证")),
    "a trigger less": _with_rule("addressed", 0, triggers=lambda old: old[1:]),
    "a context that forbids": _with_rule("addressed", 0, not_after=("，",)),
    "a rule surer of itself": _with_rule("chaired", 0, confidence=0.51),
    "a title less": _without_words("titles", "主任"),
    "a title more": _with_phrase("titles", "总召集人", "书记"),
    "an event's head less": _without_words("event_heads", "座谈会"),
    "a break less": _without_words("name_breaks", "推进"),
    "a hedge less": _without_words("hedges", "将"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_rule_gives_what_a_cold_run_gives(
    name: str, items: list[Item], filled: Path, nlp: Language
) -> None:
    rules = Rules.of(*EDITS[name](read_lexicon(), read_relations()))
    cold = outcomes(items, ChunkExtractor(Job(), rules, nlp))

    warm = outcomes(items, ChunkExtractor(Job(cache=str(filled)), rules, nlp))

    assert lines(warm) == lines(cold)
    assert any(outcome.cached for outcome in warm)


def test_edits_change_facts_and_redo_only_some_articles(
    items: list[Item], filled: Path, nlp: Language
) -> None:
    before = lines(outcomes(items, ChunkExtractor(Job(cache=str(filled)), nlp=nlp)))
    rules = Rules.of(*EDITS["a trigger less"](read_lexicon(), read_relations()))

    warm = outcomes(items, ChunkExtractor(Job(cache=str(filled)), rules, nlp))

    changed = [was != outcome.line for was, outcome in zip(before, warm, strict=True)]
    redone = [not outcome.cached for outcome in warm]
    assert 0 < sum(changed) <= sum(redone) < len(items) / 2
    assert not any(was and not again for was, again in zip(changed, redone, strict=True))


@pytest.mark.parametrize(
    "edit",
    [
        _with_rule("holdsPost", 0, confidence=0.4),  # an office beside a name needs no trigger
        lambda lexicon, relations: (replace(lexicon, not_practice_endings=("工作",)), relations),
    ],
    ids=["a rule that no word sets off", "a table that is not asked for words"],
)
def test_what_may_bear_on_all_redoes_all(edit: Edit, items: list[Item], filled: Path, nlp: Language) -> None:
    rules = Rules.of(*edit(read_lexicon(), read_relations()))

    warm = outcomes(items[:20], ChunkExtractor(Job(cache=str(filled)), rules, nlp))

    assert not any(outcome.cached for outcome in warm)


def test_what_changes_no_fact_redoes_nothing(items: list[Item], filled: Path, nlp: Language) -> None:
    relations = read_relations()
    relabelled = {
        name: msgspec.structs.replace(
            relation,
            label=relation.definition,
            rules=tuple(msgspec.structs.replace(rule, examples=()) for rule in relation.rules),
        )
        for name, relation in relations.items()
    }
    rules = Rules.of(read_lexicon(), relabelled)

    assert rules.version == installed_rules().version
    warm = outcomes(items, ChunkExtractor(Job(cache=str(filled)), rules, nlp))
    assert all(outcome.cached for outcome in warm)


# Files.


def test_a_damaged_entry_is_read_anew(items: list[Item], tmp_path: Path, nlp: Language) -> None:
    path = tmp_path / "facts.cache"
    with FactsCache(path, write=True) as cache:
        extractor = ChunkExtractor(Job(cache=str(path)), nlp=nlp)
        found = outcomes(items[:3], extractor)
        entries = [outcome.entry for outcome in found if outcome.entry is not None]
        entries[1].facts = entries[1].facts[:-3] + b"xyz"
        cache.put(entries, PackedRules.of(extractor.version))

    again = outcomes(items[:3], ChunkExtractor(Job(cache=str(path)), nlp=nlp))

    assert [outcome.cached for outcome in again] == [True, False, True]
    assert lines(again) == lines(found)


@pytest.mark.parametrize("content", [b"no database at all, but longer than a header of one" * 3, None])
def test_what_is_no_cache_is_told_and_left_alone(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "other"
    if content is not None:
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as table:
            table.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()

    with pytest.raises(CacheError, match="cannot be used as a cache") as told:
        FactsCache(path, write=True)

    assert told.value.file == str(path)
    assert path.read_bytes() == before


def test_a_cache_is_deleted_with_what_is_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "facts.cache"
    cache = FactsCache(path, write=True)

    delete(path)

    cache.close()
    assert list(tmp_path.iterdir()) == []
