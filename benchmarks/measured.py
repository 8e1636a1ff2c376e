"""How well each class, relation and rule is found, as the codebook tells it.

    python -m benchmarks.measured

extracts and compares with gold the sets of benchmarks.figures, and writes kg/codebook/measured.json.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks import figures
from extract.evaluate import Evaluation, ScoreTable, evaluate
from extract.pipeline import Extractor
from extract.records import ArticleFacts
from kg.codebook.measured import FILE, Measure, Measured, MeasuredSet, RuleMeasure
from kg.snapshot import versions

TARGET = Path(__file__).parent.parent / "kg" / "codebook" / FILE


def measured_set(name: str, records: list[ArticleFacts], gold: Path) -> MeasuredSet:
    """Return the figures of a set, all of whose articles have gold."""
    evaluation = evaluate(gold, records)
    return MeasuredSet(
        name=name.split(" ", 1)[0],
        articles=len(list(gold.glob("*.gold"))),
        classes=_measures(evaluation.entities),
        relations=_measures(evaluation.facts),
        rules=_rules(records, evaluation),
    )


def _measures(table: ScoreTable) -> dict[str, Measure]:
    return {name: Measure(s.right, s.wrong, s.missed) for name, s in sorted(table.rows.items())}


def _rules(records: Iterable[ArticleFacts], evaluation: Evaluation) -> dict[str, RuleMeasure]:
    found = Counter(fact.rule for record in records for fact in record.facts)
    wrong = Counter(mistake.rule for mistake in evaluation.errors if mistake.rule)
    return {rule: RuleMeasure(count, min(wrong[rule], count)) for rule, count in sorted(found.items())}


def main() -> None:
    """Write the figures."""
    extractor = Extractor()
    sets = []
    for name, articles, gold in figures.sets():
        sets.append(measured_set(name, list(extractor.extract(articles)), gold))
    digest = str(versions()["language data sha256"])
    written = msgspec.json.format(msgspec.json.encode(Measured(digest, tuple(sets))), indent=1)
    TARGET.write_bytes(written + b"\n")
    print(f"wrote {TARGET}", file=sys.stderr)


if __name__ == "__main__":
    main()
