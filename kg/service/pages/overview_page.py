"""The overview page: what is in the graph, what it covers, and how far it can be trusted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from extract.language.relations import Text
from extract.records import ENTITY_TYPES
from kg.codebook.measured import SET_NAMES, Measure, MeasuredSet, measured
from kg.entities.overview import BANDS, Coverage
from kg.questions import TOPICS, Question, questions
from kg.service.pages.ontology_page import are_figures_stale
from kg.service.pages.rendering import render
from kg.service.pages.state import PageStates
from kg.term_labels import ontology_terms

_MOST_SOURCES = 12
_HEATS = 4
_QUESTIONS_A_TOPIC = 2
_LEAST_GAP = 0.05
"""Share of the width that the figure of a year takes."""
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month as a bar: its name, its number, and where it stands in per cent."""

    month: str
    articles: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its articles in all and by year, each with a shade from 0 to 4."""

    name: str
    total: int
    years: tuple[tuple[int, int], ...]


class OverviewPage:
    """Answers with the overview."""

    def __init__(self, states: PageStates) -> None:
        """Describe the state published last."""
        self._states = states

    def routes(self) -> list[BaseRoute]:
        """Return the route of the page."""
        return [Route("/", self.page)]

    def page(self, request: Request) -> Response:
        """Answer with the page."""
        with self._states.reading() as state:
            found = state.overview
            index = state.index
            number = state.number
        everything = index.search("", limit=0)
        best = {
            kind: index.search("", kinds=(kind,), limit=6).hits
            for kind in ("Person", "Institution", "Practice")
        }
        sets = measured().sets
        return render(
            request,
            "overview.html",
            found=found,
            state=number,
            months=month_bars(found.coverage.months),
            ticks=year_ticks(found.coverage.months),
            years=sorted(found.coverage.years),
            sources=source_rows(found.coverage),
            other_sources=max(0, len(found.coverage.sources) - _MOST_SOURCES),
            bands=[(bound, found.trust.bands[bound]) for bound in BANDS],
            provinces=everything.provinces.most_common(34),
            best=best,
            is_stale=are_figures_stale(),
            sets=[(SET_NAMES.get(each.name, Text(each.name, each.name)), each) for each in sets],
            classes=_measures(sets, ENTITY_TYPES, "classes"),
            relations=_measures(sets, [name for name, _ in found.statements.most_common()], "relations"),
            questions=_of_each_topic(),
        )


def _of_each_topic() -> list[Question]:
    listed = list(questions().values())
    return [q for topic in TOPICS for q in [q for q in listed if q.topic == topic][:_QUESTIONS_A_TOPIC]]


def _measures(
    sets: tuple[MeasuredSet, ...], names: list[str] | tuple[str, ...], part: str
) -> list[tuple[Text, list[Measure | None]]]:
    terms = ontology_terms()
    return [(terms[name].label, [getattr(each, part).get(name) for each in sets]) for name in names]


def _months_from(first: str, last: str) -> list[str]:
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    end = int(last[:4]) * 12 + int(last[5:]) - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def month_bars(months: Counter[str]) -> list[MonthBar]:
    """Return a bar for each month from the first to the last that has articles."""
    if not months:
        return []
    every = _months_from(min(months), max(months))
    width = 100 / len(every)
    most = max(months.values())
    return [
        MonthBar(
            month,
            months[month],
            round(at * width, 3),
            round(width * 0.82, 3),
            round(100 * months[month] / most, 2),
        )
        for at, month in enumerate(every)
        if months[month]
    ]


def year_ticks(months: Counter[str]) -> list[tuple[float, str]]:
    """Return where years begin on the axis of the months, in per cent, so many as can be read."""
    if not months:
        return []
    every = _months_from(min(months), max(months))
    ticks = [(at, month[:4]) for at, month in enumerate(every) if month.endswith("-01") or at == 0]
    if len(ticks) > 1 and (ticks[1][0] - ticks[0][0]) / len(every) < _LEAST_GAP:
        del ticks[0]  # the years would be written over each other
    step = -(-len(ticks) // _MOST_TICKS)
    return [(round(100 * at / len(every), 2), year) for at, year in ticks[::step]]


def source_rows(coverage: Coverage) -> list[SourceRow]:
    """Return the sources with most articles, their years shaded by the number of articles."""
    years = sorted(coverage.years)
    best = coverage.sources.most_common(_MOST_SOURCES)
    most = max((count for counts in coverage.source_years.values() for count in counts.values()), default=1)
    return [
        SourceRow(
            source,
            total,
            tuple(_shaded(coverage, source, year, most) for year in years),
        )
        for source, total in best
    ]


def _shaded(coverage: Coverage, source: str, year: str, most: int) -> tuple[int, int]:
    count = coverage.source_years.get(source, Counter())[year]
    return count, -(-_HEATS * count // most)
