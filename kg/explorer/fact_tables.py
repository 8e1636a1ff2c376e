"""The tables of facts: what is stated, by which sentence, of which article."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg.explorer.blocks import columns
from kg.explorer.facts import FactReading, Quotation

Row = dict[str, Any]


class _Table:
    """Rows without repeats; a row's place in it is its number."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._places: dict[str, int] = {}

    def place(self, row: Row) -> int:
        key = json.dumps(row, sort_keys=True)
        if key not in self._places:
            self._places[key] = len(self.rows)
            self.rows.append(row)
        return self._places[key]


class FactTables:
    """The facts of the page; statements that say the same are one fact with several attestations."""

    def __init__(self, entities: Mapping[str, int]) -> None:
        """Begin without facts; `entities` gives the number of each entity of the page."""
        self._entities = entities
        self._facts: list[Row] = []
        self._attestations = _Table()
        self._sentences = _Table()
        self._articles = _Table()
        self._sources = _Table()
        self._places: dict[tuple[object, ...], int] = {}
        self._of_statement: dict[str, int] = {}

    def add(self, statement: str, reading: FactReading) -> None:
        """Take in a statement's reading; one without a sentence is attested all the same."""
        qualifiers = tuple(sorted(reading.qualifiers.items()))
        key = (reading.relation, reading.subject, reading.object, qualifiers)
        if key not in self._places:
            self._places[key] = len(self._facts)
            self._facts.append(
                {
                    "relation": reading.relation,
                    "subject": self._end(reading.subject, reading.subject_label),
                    "object": self._end(reading.object, reading.object_label),
                    "qualifiers": dict(qualifiers),
                }
            )
        place = self._places[key]
        self._of_statement[statement] = place
        for quotation in reading.quotations or (None,):
            sentence = -1 if quotation is None else self._sentence(quotation)
            self._attestations.place(
                {"fact": place, "sentence": sentence, "confidence": round(reading.confidence, 3)}
            )

    def of(self, statements: Sequence[str]) -> list[int]:
        """Return the rows of the statements that have a reading, in order, without repeats."""
        found = (self._of_statement.get(statement) for statement in statements)
        return list(dict.fromkeys(place for place in found if place is not None))

    def numbers(self, relations: Mapping[str, int]) -> Row:
        """Return the tables that filters read; `relations` gives the number of each relation."""
        facts = ({**fact, "relation": relations[fact["relation"]]} for fact in self._facts)
        return {
            "facts": columns(facts, ("relation", "subject", "object", "qualifiers")),
            "attestations": columns(self._attestations.rows, ("fact", "sentence", "confidence")),
            "sentences": columns(self._sentences.rows, ("article",)),
            "articles": columns(self._articles.rows, ("source", "date")),
            "sources": [row["name"] for row in self._sources.rows],
        }

    def texts(self) -> Row:
        """Return the tables that are only read: sentences and the titles and addresses of articles."""
        return {
            "sentences": columns(self._sentences.rows, ("before", "quote", "after")),
            "articles": columns(self._articles.rows, ("title", "url")),
        }

    def _end(self, iri: str, label: str) -> int | str:
        place = self._entities.get(iri)
        return (label or iri) if place is None else place

    def _sentence(self, quotation: Quotation) -> int:
        article = self._articles.place(
            {
                "source": self._sources.place({"name": quotation.source or ""}),
                "date": quotation.date,
                "title": quotation.article_title,
                "url": quotation.url,
            }
        )
        length = len(quotation.sentence)
        start = min(max(0, quotation.start), length)
        end = min(max(start, quotation.end), length)
        # the page counts UTF-16 units, we count characters: hand over the three parts instead
        text = quotation.sentence
        return self._sentences.place(
            {"article": article, "before": text[:start], "quote": text[start:end], "after": text[end:]}
        )
