"""Reconciliation gold: mentions of the corpus with the cluster each belongs to, and how near a run comes.

A gold file is a table with tabs between its columns: part (tuning or final), cluster, article, character at
which the mention stands in the article's text, and the name under which it was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from extract.errors import GoldError

PARTS = ("tuning", "final")
COLUMNS = ("part", "cluster", "article", "character", "name")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One mention and the cluster it belongs to."""

    part: str
    cluster: str
    article: str
    character: int
    name: str


@dataclass(frozen=True, slots=True)
class Score:
    """B-cubed precision, recall and F1, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_gold(lines: Iterable[str], file: str) -> list[GoldMention]:
    """Return the mentions of a gold file.

    Raises GoldError naming file and line where the head or a row does not keep the format.
    """
    found = []
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if number == 1:
            if tuple(cells) != COLUMNS:
                raise _bad(file, number, "the first line does not name the columns")
            continue
        if len(cells) != len(COLUMNS) or cells[0] not in PARTS or not cells[3].isdigit():
            raise _bad(file, number, "is no mention")
        found.append(GoldMention(cells[0], cells[1], cells[2], int(cells[3]), cells[4]))
    return found


def _bad(file: str, number: int, problem: str) -> GoldError:
    remedy = f"write {', '.join(COLUMNS)} with tabs between them; part is {' or '.join(PARTS)}"
    return GoldError(problem, file=file, entry=number, remedy=remedy)


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> Score:
    """Return the B-cubed score of clusters, both given as a label for each mention.

    >>> b_cubed("aab", "xxy").f1
    1.0
    """
    wanted, made = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    count = len(gold)
    precision = sum(n * n / made[label] for (_, label), n in both.items())
    recall = sum(n * n / wanted[label] for (label, _), n in both.items())
    return Score(precision / count, recall / count) if count else Score(0.0, 0.0)
