"""How well extraction was measured to find each class, relation and rule, against gold.

The figures are in measured.json beside this, written by `python -m benchmarks.measured`.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from extract.language.relations import Text
from kg.errors import OntologyError

FILE = "measured.json"

SET_NAMES = {
    "sample": Text("样例报道（自撰；规则参照过）", "sample articles (our own; rules were tuned on them)"),
    "cases": Text("疑难案例（自撰）", "cases (our own, harder)"),
    "five": Text("五篇已刊报道（规则参照过）", "five published articles (rules were tuned on them)"),
    "corpus": Text("语料报道（规则参照过）", "corpus texts (rules were tuned on them)"),
}
"""What the sets of articles are called, by the first word of their names in benchmarks.figures."""


class Measure(msgspec.Struct, frozen=True):
    """Right, wrong and missed ones against gold."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of those found that is right; None where none was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of those there are that was found; None where there are none."""
        return _share(self.right, self.right + self.missed)

    @property
    def gold(self) -> int:
        """How many there are."""
        return self.right + self.missed


class RuleMeasure(msgspec.Struct, frozen=True):
    """Facts that a rule found, and how many of them are wrong."""

    found: int
    wrong: int

    @property
    def precision(self) -> float | None:
        """The share of facts found that is not wrong."""
        return _share(self.found - self.wrong, self.found)


class MeasuredSet(msgspec.Struct, frozen=True):
    """The figures of one set of articles: by class, by relation, by rule (relation/rule)."""

    name: str
    articles: int
    classes: dict[str, Measure]
    relations: dict[str, Measure]
    rules: dict[str, RuleMeasure]


class Measured(msgspec.Struct, frozen=True):
    """All figures, and the digest of the language data they were measured with."""

    language_data: str
    sets: tuple[MeasuredSet, ...]


def measured(file: Traversable | None = None) -> Measured:
    """Return the figures; raises OntologyError if the file is not valid."""
    source = file or resources.files("kg.codebook") / FILE
    try:
        return msgspec.json.decode(source.read_bytes(), type=Measured)
    except (OSError, msgspec.DecodeError) as exc:
        remedy = "write it anew with `python -m benchmarks.measured`"
        raise OntologyError(f"no figures can be read ({exc})", file=source.name, remedy=remedy) from exc


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
