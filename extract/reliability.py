"""How far confidences can be believed: reliability by bins, calibration error, and the power to rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10
"""Confidences from 0 to 1 fall into so many bins of equal width."""

Outcome = tuple[float, bool]
"""The confidence a fact was given, and whether it is right."""


@dataclass
class ReliabilityBin:
    """The facts given a confidence from `low` up to `high` that gold finds right or wrong."""

    low: float
    high: float
    facts: int = 0
    right: int = 0
    confidence_sum: float = 0.0

    @property
    def confidence(self) -> float:
        """Mean confidence given."""
        return self.confidence_sum / self.facts if self.facts else 0.0

    @property
    def share_right(self) -> float:
        """Share that is right: calibrated confidences equal it."""
        return self.right / self.facts if self.facts else 0.0


def bins(outcomes: Iterable[Outcome]) -> list[ReliabilityBin]:
    """Return the outcomes in ten bins of equal width; the last holds confidence 1 too."""
    found = [ReliabilityBin(number / BINS, (number + 1) / BINS) for number in range(BINS)]
    for confidence, right in outcomes:
        # Half a hundredth of a bin keeps 0.3 in the bin that begins at 0.3.
        bin_ = found[min(int(confidence * BINS + 1e-9), BINS - 1)]
        bin_.facts += 1
        bin_.right += right
        bin_.confidence_sum += confidence
    return found


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Return the expected calibration error: how far mean confidence and share right lie apart.

    Bins count by their facts (10 of equal width); 0 is best, and the value where there are no facts.
    """
    off = sum(abs(bin_.confidence - bin_.share_right) * bin_.facts for bin_ in bins(outcomes))
    return off / len(outcomes) if outcomes else 0.0


def area_under_roc(outcomes: Sequence[Outcome]) -> float | None:
    """Return how often a right fact has more confidence than a wrong one, ties as half.

    None where all facts are right or all wrong.
    """
    ordered = sorted(outcomes)
    right = sum(is_right for _, is_right in outcomes)
    wrong = len(outcomes) - right
    if not right or not wrong:
        return None
    pairs = 0.0
    wrong_below = 0
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        tied_right = sum(is_right for _, is_right in ordered[at:end])
        tied_wrong = end - at - tied_right
        pairs += tied_right * (wrong_below + tied_wrong / 2)
        wrong_below += tied_wrong
        at = end
    return pairs / (right * wrong)
