"""How well mentions are brought together: B-cubed against data/reconciliation, beside merging all and none.

    python -m benchmarks.reconciliation FACTS.jsonl [--part final] [--errors]

FACTS is what `govkg extract` writes for the corpus; identities are those of all its articles together, as a
build gives them. Merging all takes each name for one, merging none every mention for itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from extract.records import ArticleFacts, read_facts
from kg.identity.blocks import home_of, identify
from kg.identity.evidence import COMPARED, Evidence, evidence_of, sketch_of
from kg.identity.gold import GoldMention, b_cubed, read_gold
from kg.iris import article as article_iri
from kg.names import fold
from kg.resolve import LocalEntity, resolve

GOLD = Path(__file__).parents[1] / "data" / "reconciliation"
TYPES = {"person": "Person", "place": "Place", "institution": "Institution"}


def identified(records: Iterable[ArticleFacts], wanted: set[str]) -> tuple[list[LocalEntity], dict[str, str]]:
    """Return the entities of the wanted articles, and the canonical IRI of each by local IRI."""
    blocks: dict[str, dict[str, Evidence]] = {}
    entities: list[LocalEntity] = []
    for record in records:
        article = resolve(record)
        if record.article.id in wanted:
            entities += article.entities
        for evidence in evidence_of(sketch_of(article)):
            blocks.setdefault(home_of(evidence.local.own), {})[evidence.local.iri] = evidence
    canonical = {entity.iri: entity.own for entity in entities}
    for home in sorted({home_of(e.own) for e in entities if e.type in COMPARED}):
        for local, identity in identify(blocks.get(home, {})).identities.items():
            canonical[local] = identity.iri
    return entities, canonical


def mentioned(gold: GoldMention, kind: str, entities: list[LocalEntity]) -> LocalEntity | None:
    """Return the entity of the type that covers the gold mention's character, or else has its name."""
    iri = article_iri(gold.article)
    own = [e for e in entities if e.type == kind and e.iri.startswith(iri + "#")]
    for entity in own:
        if any(start <= gold.character < end for start, end in entity.mentions):
            return entity
    named = [e for e in own if fold(e.name) == fold(gold.name)]
    return named[0] if len(named) == 1 else None


def main() -> None:
    """Print the scores of each type as a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("facts", type=Path)
    options.add_argument("--part", choices=("tuning", "final", "all"), default="final")
    options.add_argument(
        "--errors", action="store_true", help="list the clusters that are not as in the gold"
    )
    chosen = options.parse_args()
    gold = {
        kind: [
            m
            for m in read_gold((GOLD / f"{kind}.tsv").read_text(encoding="utf-8").splitlines(), f"{kind}.tsv")
            if chosen.part in (m.part, "all")
        ]
        for kind in TYPES
    }
    wanted = {mention.article for mentions in gold.values() for mention in mentions}
    with chosen.facts.open("rb") as lines:
        entities, canonical = identified(read_facts(lines, str(chosen.facts)), wanted)
    by_article: dict[str, list[LocalEntity]] = {}
    for each in entities:
        by_article.setdefault(each.iri.split("#", 1)[0], []).append(each)
    columns = "    P     R    F1"
    print(f"{'':12} {'found':>9} {'clusters':>8}  ours{columns}   all{columns}  none{columns}")
    for kind, mentions in gold.items():
        pairs = [
            (mention, entity)
            for mention in mentions
            if (entity := mentioned(mention, TYPES[kind], by_article.get(article_iri(mention.article), [])))
        ]
        clusters = [mention.cluster for mention, _ in pairs]
        ours = [canonical[entity.iri] for _, entity in pairs]
        scores = (
            b_cubed(clusters, ours),
            b_cubed(clusters, [mention.name for mention, _ in pairs]),
            b_cubed(clusters, range(len(pairs))),
        )
        print(
            f"{kind:12} {len(pairs):4}/{len(mentions):4} {len(set(clusters)):8}  "
            + "         ".join(f"{s.precision:.3f} {s.recall:.3f} {s.f1:.3f}" for s in scores)
        )
        if chosen.errors:
            for line in errors(pairs, canonical):
                print("   ", line)


def errors(pairs: list[tuple[GoldMention, LocalEntity]], canonical: dict[str, str]) -> list[str]:
    """Return a line for each gold cluster that is split, and each of ours that mixes several."""
    split: dict[str, dict[str, list[str]]] = {}
    mixed: dict[str, set[str]] = {}
    for mention, entity in pairs:
        iri = canonical[entity.iri].rsplit("/", 1)[1]
        split.setdefault(mention.cluster, {}).setdefault(iri, []).append(mention.article)
        mixed.setdefault(iri, set()).add(mention.cluster)
    lines = [
        f"split {cluster}: {dict(sorted(found.items()))}"
        for cluster, found in sorted(split.items())
        if len(found) > 1
    ]
    return lines + [f"mixed {iri}: {sorted(found)}" for iri, found in sorted(mixed.items()) if len(found) > 1]


if __name__ == "__main__":
    main()
