"""How many facts of a sample are right, judged one by one against their sentences.

    python -m benchmarks.judged draw OUT.jsonl       facts to judge, with their sentences
    python -m benchmarks.judged keep JUDGED.jsonl    writes data/judged/facts.tsv
    python -m benchmarks.judged                      the table of what was judged

The sample is stratified by relation: so many facts of each (all there are of the rare ones), the rest by how
often a relation is found. The facts of a relation are drawn at random, the seed is recorded. Texts that have
unread gold are never drawn. What is kept names the text, the fact and where its evidence stands, no sentence.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import corpus_articles, reference
from extract.pipeline import Extractor
from extract.records import Article, ArticleFacts

SEED = 20261122
TEXTS = 3000
FACTS = 300
LEAST = 12
DATA = Path(__file__).parents[1] / "data"
UNREAD = DATA / "gold" / "unread"
KEPT = DATA / "judged" / "facts.tsv"
EARLIER = DATA / "judged" / "earlier.tsv"
"""Judged of earlier rules, which were then mended by them: they say nothing of how good the rules are now."""
COLUMNS = ("id", "subject", "relation", "object", "qualifiers", "start", "end", "rule", "right", "remark")

Row = dict[str, object]


def facts_of(record: ArticleFacts) -> list[Row]:
    """Return the facts of an article as rows to judge, each with its sentence and its contexts."""
    text = record.article.text
    names = {entity.id: entity.name for entity in record.entities}
    return [
        {
            "id": record.article.id,
            "subject": names[fact.subject],
            "relation": fact.relation,
            "object": names.get(fact.object, fact.object),
            "qualifiers": dict(fact.qualifiers),
            "start": fact.evidence[0],
            "end": fact.evidence[1],
            "rule": fact.rule,
            "date": record.article.date,
            "evidence": text[slice(*fact.evidence)],
            "before": text[max(0, fact.evidence[0] - 120) : fact.evidence[0]],
            "context": [text[start:end] for start, end in fact.context],
        }
        for fact in record.facts
    ]


def draw(folder: Path, seed: int, least: int) -> list[Row]:
    """Return the sample, in the order of relation, text and place."""
    unread = {gold.stem for gold in UNREAD.glob("*.gold")}
    articles = [article for article in corpus_articles(folder) if article.id not in unread]
    choice = random.Random(seed)
    local = [a for a in articles if not a.id.startswith("xwlb")]
    rows = [
        row for record in Extractor().extract(_sample(choice, local, articles)) for row in facts_of(record)
    ]
    by_relation: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_relation[str(row["relation"])].append(row)
    chosen: list[Row] = []
    for relation in sorted(by_relation):
        share = round(FACTS * len(by_relation[relation]) / len(rows) / 2)
        found = by_relation[relation]
        chosen += choice.sample(found, min(len(found), max(least, share)))
    return sorted(chosen, key=lambda row: (row["relation"], row["id"], row["start"]))


def _sample(choice: random.Random, local: list[Article], articles: list[Article]) -> list[Article]:
    """Return all the local texts, and so many of the others that there are 3,000."""
    others = [article for article in articles if article.id.startswith("xwlb")]
    return [*local, *choice.sample(others, min(len(others), TEXTS - len(local)))]


def keep(judged: Path) -> None:
    """Write the judged rows of a file to the data folder; raises ValueError where a judgement is missing."""
    rows = [json.loads(line) for line in judged.read_text(encoding="utf-8").splitlines()]
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("w", encoding="utf-8") as out:
        print("# columns: " + ", ".join(COLUMNS), file=out)
        for row in rows:
            if row.get("right") not in ("yes", "no"):
                raise ValueError(f"no judgement of {row['id']} {row['subject']} {row['relation']}")
            row["qualifiers"] = ";".join(f"{k}={v}" for k, v in row["qualifiers"].items())
            print("\t".join(str(row.get(column) or "-") for column in COLUMNS), file=out)


def kept_rows(file: Path = KEPT) -> list[dict[str, str]]:
    """Return the judged facts that a file keeps, by column."""
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def lines() -> Iterator[str]:
    """Yield the lines of a table: how many of the judged facts are right, by relation and overall."""
    verdicts = Counter((row["relation"], row["right"]) for row in kept_rows())
    yield "| relation | judged | right | share |"
    yield "|---|--:|--:|--:|"
    for relation in sorted({relation for relation, _ in verdicts}):
        yield _row(relation, verdicts[(relation, "yes")], verdicts[(relation, "no")])
    right = sum(number for (_, verdict), number in verdicts.items() if verdict == "yes")
    yield _row("all", right, sum(verdicts.values()) - right)


def _row(name: str, right: int, wrong: int) -> str:
    return f"| {name} | {right + wrong} | {right} | {right / (right + wrong):.2f} |"


def main() -> int:
    """Draw, keep or show; return the exit status."""
    parser = argparse.ArgumentParser(description="How many facts of a sample are right.")
    parser.add_argument("what", nargs="?", choices=("draw", "keep", "table"), default="table")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--least", type=int, default=LEAST, help="facts of each relation at least")
    given = parser.parse_args()
    if given.what == "table":
        print("\n".join(lines()))
        return 0
    if given.file is None:
        parser.error("name the file")
    if given.what == "keep":
        keep(given.file)
        return 0
    folder = reference()
    if folder is None:
        return 2
    with given.file.open("w", encoding="utf-8") as out:
        for row in draw(folder, given.seed, given.least):
            print(json.dumps(row, ensure_ascii=False), file=out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
