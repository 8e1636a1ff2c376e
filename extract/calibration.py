"""Confidence: how sure a rule is, turned into the share of such facts that is right.

A rule file says how sure the rule is by itself, and the engine takes something off for each end that is
inherited. What that is worth was measured on gold: `calibration.toml` gives the weight of each signal, a
logistic regression that `benchmarks.calibrate` fits. A signal or rule without a weight counts nothing.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from extract.errors import LanguageDataError
from extract.records import ArticleFacts, Entity, Fact, Span

OWN = "own"
"""The signal that is the rule's own confidence, as log odds; all others are there or not."""
_FLOOR, _CEILING = 0.02, 0.99
_LONG_EVIDENCE, _VERY_LONG_EVIDENCE = 60, 140
_FAR_APART = 25
_AFAR = 150
_CROWD = 4
_LONG_NAME, _SHORT_NAME = 16, 3


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of signals; `facts` and `articles` are how many they were fitted on."""

    intercept: float
    facts: int
    articles: int
    weights: dict[str, float]

    def confidence(self, signals: dict[str, float]) -> float:
        """Return the share of facts with these signals that is right, from 0.02 to 0.99."""
        odds = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signals.items())
        return round(min(max(1 / (1 + math.exp(-odds)), _FLOOR), _CEILING), 2)

    def apply(self, record: ArticleFacts) -> ArticleFacts:
        """Return the record with calibrated confidences in the place of the rules' own."""
        for fact, signals in zip(record.facts, signals_of(record), strict=True):
            fact.confidence = self.confidence(signals)
        return record


@lru_cache(maxsize=1)
def read_calibration() -> Calibration:
    """Return the weights that come with the rules.

    Raises LanguageDataError naming the file if it is not valid.
    """
    return calibration_from(resources.files("extract.language") / "calibration.toml")


def calibration_from(file: Traversable) -> Calibration:
    """Return the weights of a file; raises LanguageDataError naming it if it is not valid."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Calibration)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as exc:
        raise LanguageDataError(
            f"no weights can be read ({exc})", file=file.name, remedy="write it anew with `make calibrate`"
        ) from exc


def signals_of(record: ArticleFacts) -> list[dict[str, float]]:
    """Return for each fact of a record that is not calibrated the signals that tell how sure it is."""
    entities = {entity.id: entity for entity in record.entities}
    officials = {fact.subject for fact in record.facts if "title" in fact.qualifiers}
    crowds = Counter((fact.relation, fact.evidence) for fact in record.facts)
    return [
        {OWN: _log_odds(fact.confidence)}
        | dict.fromkeys(_names(fact, entities, officials, crowds[(fact.relation, fact.evidence)]), 1.0)
        for fact in record.facts
    ]


def _log_odds(share: float) -> float:
    held = min(max(share, _FLOOR), _CEILING)
    return math.log(held / (1 - held))


def _names(fact: Fact, entities: dict[str, Entity], officials: set[str], crowd: int) -> list[str]:
    subject, object_ = entities[fact.subject], entities.get(fact.object)
    names = [f"rule {fact.rule}", f"relation {fact.relation}", *_ends("subject", subject)]
    if object_ is not None:
        names += _ends("object", object_)
        names += _arrangement(fact, subject, object_)
    if fact.context:
        names.append("inherits twice" if len(fact.context) > 1 else "inherits once")
    if any(fact.evidence[0] - end > _AFAR for _, end in fact.context):
        names.append("inherits from afar")
    if subject.type == "Person" and subject.id not in officials:
        names.append("subject person without office")
    length = fact.evidence[1] - fact.evidence[0]
    if length > _LONG_EVIDENCE:
        names.append("very long evidence" if length > _VERY_LONG_EVIDENCE else "long evidence")
    if crowd >= _CROWD:
        names.append("many facts of one clause")
    return names


def _ends(role: str, entity: Entity) -> list[str]:
    """Return what an end of a fact tells by itself."""
    names = [f"{role} {entity.type}"]
    if len(entity.mentions) == 1:
        names.append(f"{role} named once")
    if len(entity.name) > _LONG_NAME:
        names.append(f"{role} long {entity.type}")
    if len(entity.name) <= _SHORT_NAME and entity.type not in ("Person", "Place"):
        names.append(f"{role} short {entity.type}")
    if entity.type == "Institution" and "kind" not in entity.attributes:
        names.append(f"{role} institution of no kind")
    if entity.type == "Place" and "code" not in entity.attributes:
        names.append(f"{role} place of no code")
    return names


def _arrangement(fact: Fact, subject: Entity, object_: Entity) -> list[str]:
    """Return how the two ends lie to each other in the evidence."""
    first, second = _within(subject.mentions, fact.evidence), _within(object_.mentions, fact.evidence)
    if not first or not second:
        return []
    gap, before = min(
        (max(two[0] - one[1], one[0] - two[1]), one[0] < two[0]) for one in first for two in second
    )
    names = [] if before else ["object before subject"]
    return [*names, "ends far apart"] if gap > _FAR_APART else names


def _within(mentions: list[Span], evidence: Span) -> list[Span]:
    return [span for span in mentions if evidence[0] <= span[0] and span[1] <= evidence[1]]
