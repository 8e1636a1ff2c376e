"""Fits confidence to gold: `make calibrate` writes `extract/language/calibration.toml`.

    python -m benchmarks.calibrate [--check]

Facts of the texts below are compared with their gold, and a logistic regression tells from the signals
of a fact (`extract.calibration`) how often it is right. Rules do better on texts they were written with,
and on texts in our own words; so each kind of text has an offset of its own, fitted beside the signals and
left out of the file. Confidence is then about real texts that no rule was written with.

- `data/gold`, `data/cases`, `data/gold/tuned` and the five articles under GOVKG_REFERENCE: tuned, the first
  two in our own words.
- `data/judged`: facts of corpus texts that were judged one by one (see benchmarks.judged).
- `data/calibration/*.gold`: gold of real texts that no rule was written with. The more of it the better.
- `data/calibration/first-sight.jsonl`: what earlier rules found in texts that they had not been written with.

Gold belongs to an article of the same name, in `data/articles`, in its own folder, or in the corpora under
GOVKG_REFERENCE. With --check nothing is written. Either way a fit on one half of the articles is judged on
the other half, both ways, and the mean of ten such halvings is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora import corpus_articles
from benchmarks.judged import EARLIER, KEPT, facts_of, kept_rows
from extract.agreement import Verdict, compare
from extract.articles import ReadOptions, read_articles
from extract.calibration import OWN, Calibration, signals_of
from extract.errors import ArticleError
from extract.gold import gold_files, read_gold
from extract.language.relations import read_relations
from extract.pipeline import Extractor
from extract.records import Article, ArticleFacts
from extract.reliability import Outcome, area_under_roc, calibration_error

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TARGET = ROOT / "extract" / "language" / "calibration.toml"
FIRST_SIGHT_FILE = DATA / "calibration" / "first-sight.jsonl"
FRESH = "fresh"
FIRST_SIGHT, FIRST_SIGHT_OWN = "first sight", "first sight, own words"
TUNED, TUNED_OWN = "tuned", "tuned, own words"
KINDS = (FIRST_SIGHT, FIRST_SIGHT_OWN, TUNED, TUNED_OWN)
"""The kinds of texts besides fresh ones; what one adds to the odds is fitted and left out of the file."""
FOLDS = 2
REPEATS = 10

_HOLDS_BACK = {OWN: 4.0, "rule": 4.0, "relation": 3.0, "kind": 0.1, FIRST_SIGHT: 10.0, "other": 4.0}
"""How strongly each sort of weight is held to its start: as so many facts would hold it."""
_OWN_START = 0.5
_FIRST_SIGHT_START = -0.6
"""Rules have become better since they were first tried on a text; by how much, only fresh gold tells."""
_LEAST_WEIGHT = 0.005

HEADER = """\
# What the signals of a fact say about how often it is right, as log odds; `make calibrate` writes this.
# own: the rule's own confidence, as log odds; the others add their weight where they are given.
"""

Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Observation:
    """A fact that gold finds right or wrong: its article, the kind of text that is, its signals."""

    article: str
    kind: str
    signals: dict[str, float]
    right: bool


@dataclass(frozen=True)
class GoldSet:
    """A folder of gold, and where its articles are."""

    gold: Path
    articles: Path
    kind: str


def gold_sets(reference: Path | None) -> Iterator[GoldSet]:
    """Yield the sets of gold there are."""
    sets = [
        GoldSet(DATA / "gold", DATA / "articles", TUNED_OWN),
        GoldSet(DATA / "cases", DATA / "cases", TUNED_OWN),
        GoldSet(DATA / "gold" / "tuned", DATA / "gold" / "tuned", TUNED),
        GoldSet(DATA / "calibration", DATA / "calibration", FRESH),
    ]
    if reference is not None:
        sets.append(GoldSet(reference / "gold", reference / "articles", TUNED))
    for one in sets:
        if one.gold.is_dir() and any(one.gold.glob("*.gold")):
            yield one
        else:
            print(f"skipped: there is no gold in {one.gold}", file=sys.stderr)


def corpus_texts(reference: Path | None, wanted: set[str]) -> dict[str, Article]:
    """Return the texts of the reference corpora that have one of these ids."""
    articles = corpus_articles(reference) if reference is not None else ()
    return {article.id: article for article in articles if article.id in wanted}


def observations(extractor: Extractor, one: GoldSet, corpus: dict[str, Article]) -> Iterator[Observation]:
    """Yield what a set's gold says about the facts found in its articles."""
    relations = read_relations()
    articles = list(read_articles([one.articles], options=ReadOptions(), on_error=_ignore))
    for path in gold_files(one.gold):
        gold = read_gold(path)
        article = _article_for(gold.id, articles) or corpus.get(gold.id)
        if article is None:
            print(f"skipped: no text for {path.name}", file=sys.stderr)
            continue
        (record,) = extractor.extract([article])
        agreement = compare(gold, record, relations)
        yield from observed(record, agreement.facts, gold.id, one.kind)


def observed(
    record: ArticleFacts, verdicts: Sequence[Verdict], article: str, kind: str
) -> Iterator[Observation]:
    """Yield an observation for each fact that gold finds right or wrong; optional ones say nothing."""
    for signals, verdict in zip(signals_of(record), verdicts, strict=True):
        if verdict in (Verdict.RIGHT, Verdict.WRONG):
            yield Observation(article, kind, signals, verdict is Verdict.RIGHT)


def _article_for(gold_id: str, articles: Iterable[Article]) -> Article | None:
    return next((a for a in articles if gold_id in (a.id, Path(a.path or a.id).stem)), None)


def _ignore(error: ArticleError) -> None:
    """Gold files lie between the articles of a folder; what else cannot be read has no gold."""


def judged(extractor: Extractor, corpus: dict[str, Article]) -> Iterator[Observation]:
    """Yield what was judged of facts that are still found as they were."""
    kept = judged_rows()
    verdicts = {_place_of(row): row["right"] == "yes" for row in kept}
    for article in sorted({row["id"] for row in kept} & corpus.keys()):
        (record,) = extractor.extract([corpus[article]])
        for row, signals in zip(facts_of(record), signals_of(record), strict=True):
            verdict = verdicts.get(_place_of(row))
            if verdict is not None:
                yield Observation(article, FRESH, signals, verdict)


def judged_rows() -> list[dict[str, str]]:
    """Return all facts that were ever judged, the last judgement of one last."""
    return [*kept_rows(EARLIER), *kept_rows(KEPT)]


def _place_of(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("id", "subject", "relation", "object", "start", "end"))


def first_sight(file: Path) -> Iterator[Observation]:
    """Yield the observations that a file keeps, one JSON object a line."""
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Observation(row["article"], row["kind"], row["signals"], row["right"])


def fit(rows: Sequence[Observation]) -> Calibration:
    """Return the weights under which the rows are most likely, each held to its start; always the same.

    Newton's method on the penalised likelihood, which has one maximum.
    """
    names = [*sorted({name for row in rows for name in row.signals}), *KINDS]
    signals = np.array([[_with_kind(row).get(name, 0.0) for name in names] + [1.0] for row in rows])
    right = np.array([float(row.right) for row in rows])
    start = np.array([_start(name) for name in names] + [0.0])
    hold = np.array([_hold(name) for name in names] + [0.01])
    weights = _newton(signals, right, start, hold)
    # Weights of rules and texts that are no more, and such as hardly count, are left out.
    known = {
        name: round(float(weight), 3)
        for name, weight in zip(names, weights[:-1], strict=True)
        if name not in KINDS and abs(weight) >= _LEAST_WEIGHT
    }
    articles = len({row.article for row in rows})
    return Calibration(
        intercept=round(float(weights[-1]), 3), facts=len(rows), articles=articles, weights=known
    )


def _newton(signals: Matrix, right: Matrix, start: Matrix, hold: Matrix) -> Matrix:
    weights = start.copy()
    for _ in range(100):
        share = 1 / (1 + np.exp(-signals @ weights))
        slope = signals.T @ (share - right) + hold * (weights - start)
        curve = (signals.T * (share * (1 - share))) @ signals + np.diag(hold)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-10:
            break
    return weights


def _with_kind(row: Observation) -> dict[str, float]:
    return {**row.signals, row.kind: 1.0}


def _start(name: str) -> float:
    return {OWN: _OWN_START, FIRST_SIGHT: _FIRST_SIGHT_START}.get(name, 0.0)


def _hold(name: str) -> float:
    sort = "kind" if name in KINDS else name.partition(" ")[0]
    return _HOLDS_BACK.get(name, _HOLDS_BACK.get(sort, _HOLDS_BACK["other"]))


def cross_validated(rows: Sequence[Observation], seed: int) -> dict[str, list[Outcome]]:
    """Return by kind of text what a fit on one half of the articles says about the other half, both ways."""
    articles = sorted({row.article for row in rows})
    np.random.default_rng(seed).shuffle(articles)
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    outcomes: dict[str, list[Outcome]] = {}
    for number in range(FOLDS):
        calibration = fit([row for row in rows if fold[row.article] != number])
        for row in rows:
            if fold[row.article] == number:
                outcome = calibration.confidence(row.signals), row.right
                outcomes.setdefault(row.kind, []).append(outcome)
    return outcomes


def report(rows: Sequence[Observation]) -> Iterator[str]:
    """Yield a line a kind of text: error and power of confidences on articles they were not fitted on."""
    runs = [cross_validated(rows, seed) for seed in range(REPEATS)]
    yield f"{'':26}{'facts':>8}{'right':>8}{'mean':>8}{'ECE':>8}{'AUC':>8}"
    for kind in sorted({row.kind for row in rows}):
        found = [run[kind] for run in runs if kind in run]
        error = np.mean([calibration_error(outcomes) for outcomes in found])
        areas = [area for outcomes in found if (area := area_under_roc(outcomes)) is not None]
        right = np.mean([r for outcomes in found for _, r in outcomes])
        mean = np.mean([c for outcomes in found for c, _ in outcomes])
        power = f"{np.mean(areas):8.3f}" if areas else f"{'-':>8}"
        yield f"{kind:26}{len(found[0]):8}{right:8.3f}{mean:8.3f}{error:8.3f}{power}"


def written(calibration: Calibration) -> str:
    """Return the data file of the weights."""
    lines = [
        HEADER.rstrip("\n"),
        f"# Fitted on {calibration.facts} facts of {calibration.articles} articles.",
        "",
        f"intercept = {calibration.intercept}",
        f"facts = {calibration.facts}",
        f"articles = {calibration.articles}",
        "",
        "[weights]",
        *(f'"{name}" = {weight}' for name, weight in sorted(calibration.weights.items())),
    ]
    return "\n".join(lines) + "\n"


def _current(rows: Iterable[Observation]) -> list[Observation]:
    """Return the rows without the names of rules that the relation files no longer hold."""
    rules = {f"rule {r.name}/{rule.id}" for r in read_relations().values() for rule in r.rules}
    return [
        replace(
            row,
            signals={n: v for n, v in row.signals.items() if not n.startswith("rule ") or n in rules},
        )
        for row in rows
    ]


def gather() -> list[Observation]:
    """Return all observations there are, in the same order every time."""
    named = os.environ.get("GOVKG_REFERENCE")
    reference = Path(named) if named else None
    sets = list(gold_sets(reference))
    wanted = {path.stem for one in sets for path in one.gold.glob("*.gold")}
    corpus = corpus_texts(reference, wanted | {row["id"] for row in judged_rows()})
    extractor = Extractor(own_confidence=True)
    rows = [row for one in sets for row in observations(extractor, one, corpus)]
    return _current([*rows, *judged(extractor, corpus), *first_sight(FIRST_SIGHT_FILE)])


def main() -> int:
    parser = argparse.ArgumentParser(description="Fit confidence to gold.")
    parser.add_argument("--check", action="store_true", help="write nothing, only judge the fit")
    check = parser.parse_args().check
    rows = gather()
    for line in report(rows):
        print(line)
    if not check:
        TARGET.write_text(written(fit(rows)), encoding="utf-8")
        print(f"wrote {TARGET.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
