"""The ledger: decisions on identity as RDF, in `…/graph/ledger`.

    <decision/…> gov:pair ?key, ?other ; gov:verdict "positive" | "negative" | "unsure" ; gov:score 4.2 ;
        gov:because "same-place +3.0 620900; name +1.4 张衡之" ; gov:decidedBy "identity rules 2" ;
        gov:decidedOn "2024-05-31"^^xsd:date .             # the day of a ruling only

The pair are keys, which lead to entities as `…/graph/identity` says. Decisions that join a mention without
office, or the like, to others with a high score are not written: they are most, and nobody doubts them;
`Store.decisions` works out all of a name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg import iris
from kg.identity.decisions import RULES, Decision, Verdict
from kg.identity.keys import parts
from kg.identity.places import is_digest
from kg.terms import day_literal, decimal
from kg.vocabulary import DATA, GOV

CERTAIN = 3.0
"""From this score on, a decision by rule that joins what has no key of its own is not written."""

_DIGEST_LENGTH = 16


def is_written(decision: Decision) -> bool:
    """Return whether the ledger holds the decision."""
    if decision.verdict is not Verdict.POSITIVE or decision.decided_by != RULES or decision.score < CERTAIN:
        return True
    return not any(is_digest(parts(key).mark) for key in decision.pair)


def ledger_quads(decisions: Iterable[Decision]) -> Iterator[Quad]:
    """Yield the decisions that the ledger holds."""
    for decision in decisions:
        if is_written(decision):
            yield from _quads(decision)


def _quads(decision: Decision) -> Iterator[Quad]:
    name = hashlib.sha256(" ".join(decision.pair).encode()).hexdigest()[:_DIGEST_LENGTH]
    node = NamedNode(f"{DATA}decision/{name}")
    for key in decision.pair:
        yield Quad(node, GOV.pair, NamedNode(key), iris.LEDGER)
    yield Quad(node, GOV.verdict, Literal(decision.verdict.value), iris.LEDGER)
    yield Quad(node, GOV.score, decimal(decision.score), iris.LEDGER)
    because = "; ".join(map(str, decision.reasons))
    if because:
        yield Quad(node, GOV.because, Literal(because), iris.LEDGER)
    yield Quad(node, GOV.decidedBy, Literal(decision.decided_by), iris.LEDGER)
    if decision.date is not None:
        yield Quad(node, GOV.decidedOn, day_literal(decision.date), iris.LEDGER)
