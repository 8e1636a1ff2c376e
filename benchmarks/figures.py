"""How good the extraction is, as the table the README shows.

    python -m benchmarks.figures

Extracts and compares with gold the sample articles, the cases, and where GOVKG_REFERENCE holds them
the five real articles.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from extract.articles import ReadOptions, read_articles
from extract.errors import ArticleError
from extract.evaluate import Evaluation, Score, evaluate
from extract.pipeline import Extractor

DATA = Path(__file__).parent.parent / "data"


def sets() -> Iterator[tuple[str, Path, Path]]:
    """Yield name, articles and gold of each set there is."""
    yield "sample articles (`data/articles`)", DATA / "articles", DATA / "gold"
    yield "cases (`data/cases`)", DATA / "cases", DATA / "cases"
    reference = Path(os.environ.get("GOVKG_REFERENCE") or "/nonexistent")
    if (reference / "gold").is_dir():
        yield "five published articles (not in the repository)", reference / "articles", reference / "gold"
    else:
        print("skipped: GOVKG_REFERENCE names no folder with gold", file=sys.stderr)


def row(name: str, articles: int, evaluation: Evaluation) -> str:
    """Return a line of the table."""
    cells = [name, str(articles), *_shares(evaluation.entities.overall), *_shares(evaluation.facts.overall)]
    return f"| {' | '.join(cells)} | {evaluation.evidence_grounded:.3f} |"


def _shares(score: Score) -> tuple[str, str, str]:
    return f"{score.precision:.2f}", f"{score.recall:.2f}", f"{score.f1:.2f}"


def _raise(error: ArticleError) -> None:
    raise error


def lines() -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| set | articles | entities P | R | F1 | facts P | R | F1 | grounded |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    extractor = Extractor()
    for name, folder, gold in sets():
        articles = read_articles([folder], options=ReadOptions(), on_error=_raise)
        records = list(extractor.extract(articles))
        yield row(name, len(records), evaluate(gold, records))


def main() -> None:
    """Print the table."""
    for line in lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
