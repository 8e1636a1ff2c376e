"""What a build adds is checked against the shapes before it is written."""

from __future__ import annotations

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg.changes import Changes
from kg.errors import ShapeError
from kg.validation.checking import Violation, violations
from kg.validation.data import ChangedData
from kg.validation.words import findings
from kg.vocabulary import DATA

_REMEDY = (
    "correct the facts of the article, or have the relation files and the ontology say that it may be so"
)


def broken_by(db: ox.Store, changes: Changes) -> ShapeError | None:
    """Return what a change would break first, in plain words; None if the dataset stays sound.

    Articles' graphs that go whole are not looked at: what they alone supported goes with them.
    """
    broken = next(violations(ChangedData(db, changes.deletes, changes.inserts)), None)
    return None if broken is None else _error(broken, changes.inserts)


def _error(broken: Violation, inserts: set[Quad]) -> ShapeError:
    """The violation in words; what is not stored yet is looked up among what would come."""
    coming = ox.Store()
    coming.extend(inserts)
    (finding,) = findings(coming, [broken])
    told = f"{finding.message} {finding.about}"
    if finding.found:
        told += f"; {finding.found}"
    if finding.sentence:
        told += f" (“{finding.sentence}”)"
    return ShapeError(told, entry=finding.article or _tail(broken), remedy=_REMEDY)


def _tail(broken: Violation) -> str:
    assert isinstance(broken.focus, NamedNode)
    return broken.focus.value.removeprefix(DATA)
