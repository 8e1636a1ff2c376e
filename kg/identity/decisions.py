"""Decisions: whether two keys are one, how sure that is, why, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

RULES = "identity rules 2"
"""The version of what decides by itself, named as the decider of its decisions."""


class Verdict(Enum):
    """What a decision says of its pair."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for (weight above 0) or against, with what it was seen in."""

    name: str
    weight: float
    detail: str = ""

    def __str__(self) -> str:
        """Return the reason as the ledger has it: `same-institution +4.0 酒泉市委`."""
        return f"{self.name} {self.weight:+.1f} {self.detail}".rstrip()


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of two keys, the one that sorts first standing first.

    `score` is the sum of the reasons' weights. Rules decide without a date, so that the same facts give
    the same ledger; a curator's decision has the day of the ruling.
    """

    pair: tuple[str, str]
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    decided_by: str = RULES
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What speaks for two keys' being one, and against it."""

    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """The sum of the weights."""
        return round(sum(reason.weight for reason in self.reasons), 2)

    def decide(self, one: str, other: str, positive: float, negative: float) -> Decision:
        """Return the decision that the score gives between the two thresholds."""
        score = self.score
        verdict = Verdict.UNSURE
        if score >= positive:
            verdict = Verdict.POSITIVE
        elif score <= negative:
            verdict = Verdict.NEGATIVE
        first, second = sorted((one, other))
        return Decision((first, second), verdict, score, self.reasons)
