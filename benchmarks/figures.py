"""How good the extraction is, as the table the README shows.

    python -m benchmarks.figures
    python -m benchmarks.figures unread

Extracts and compares with gold the sample articles, the cases, and where GOVKG_REFERENCE holds them
the five published articles and the corpus texts whose gold the rules were tuned on. Asked for the unread
texts, whose gold nobody who writes rules has seen, it shows their totals and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpora import articles_with_gold, reference
from extract.articles import ReadOptions, read_articles
from extract.errors import ArticleError
from extract.evaluate import Evaluation, Score, evaluate
from extract.pipeline import Extractor
from extract.records import Article

DATA = Path(__file__).parent.parent / "data"
TUNED = DATA / "gold" / "tuned"
UNREAD = DATA / "gold" / "unread"


def sets() -> Iterator[tuple[str, Iterable[Article], Path]]:
    """Yield name, articles and gold of each set there is."""
    yield "sample articles (`data/articles`)", _read(DATA / "articles"), DATA / "gold"
    yield "cases (`data/cases`)", _read(DATA / "cases"), DATA / "cases"
    folder = reference()
    if folder is None:
        return
    yield "five published articles¹", _read(folder / "articles"), folder / "gold"
    yield "corpus texts, tuned on¹ (`data/gold/tuned`)", articles_with_gold(folder, TUNED), TUNED


def unread() -> Iterator[tuple[str, Iterable[Article], Path]]:
    """Yield the set of unread texts."""
    folder = reference()
    if folder is not None:
        yield "corpus texts, unread¹ (`data/gold/unread`)", articles_with_gold(folder, UNREAD), UNREAD


def _read(folder: Path) -> Iterator[Article]:
    return read_articles([folder], options=ReadOptions(), on_error=_raise)


def row(name: str, articles: int, evaluation: Evaluation) -> str:
    """Return a line of the table."""
    cells = [name, str(articles), *_shares(evaluation.entities.overall), *_shares(evaluation.facts.overall)]
    return f"| {' | '.join(cells)} | {evaluation.evidence_grounded:.3f} |"


def _shares(score: Score) -> tuple[str, str, str]:
    return f"{score.precision:.2f}", f"{score.recall:.2f}", f"{score.f1:.2f}"


def _raise(error: ArticleError) -> None:
    raise error


def lines(compared: Iterable[tuple[str, Iterable[Article], Path]]) -> Iterator[str]:
    """Yield the lines of the table of these sets."""
    yield "| set | articles | entities P | R | F1 | facts P | R | F1 | grounded |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    extractor = Extractor()
    for name, articles, gold in compared:
        records = list(extractor.extract(articles))
        yield row(name, len(records), evaluate(gold, records))


def main() -> None:
    """Print the table."""
    for line in lines(unread() if sys.argv[1:] == ["unread"] else sets()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
