"""View files: which networks can be seen in the graph, one file a view.

A view is a projection of the store to a network: what its nodes and its edges mean, a query that
finds the edges, and how an edge is weighed. Adding a view is adding a file to `kg/views/`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal

import msgspec

from extract.language.relations import Text
from kg.errors import ViewError

_STATED = ("source", "target", "statement")
_SHARED = ("member", "via", "statement")

_SELECT = re.compile(r"^\s*SELECT\b(.*?)\bWHERE\b", re.IGNORECASE | re.DOTALL | re.MULTILINE)
Weight = Literal["relation", "articles", "shared", "shared_by_size"]
"""The rules by which an edge is weighed."""

WEIGHT_RULES: Mapping[Weight, str] = MappingProxyType(
    {
        "relation": "the weight in its relation's file, however often it is stated",
        "articles": "the number of articles that state it",
        "shared": "the number of things its ends share",
        "shared_by_size": "each shared thing counts 1 / (its members - 1), so that a meeting of two binds "
        "more than a congress (Newman 2001, Physical Review E 64, 016132)",
    }
)
"""What each rule counts."""

STATED_WEIGHTS: tuple[Weight, ...] = ("relation", "articles")
SHARED_WEIGHTS: tuple[Weight, ...] = ("shared", "shared_by_size")

_VARIABLE = re.compile(r"\?(\w+)")


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The query of a view; the prefixes of the vocabulary and `graph:` are known to it."""

    sparql: str


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the edges of a view held: `by` lists where that is looked for, the first that tells counts.

    - `stated`: the period that the statement itself gives (`from`, `until`);
    - `event`: the days of a dated thing, as an event is, at either end of it;
    - `article`: the days that the date of its article can mean.
    """

    by: tuple[Literal["stated", "event", "article"], ...]
    zh: str
    en: str


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One network view.

    The query finds the edges in one of two ways, told apart by what it selects:

    - `?source ?target ?statement`: the statement supports an edge from source to target, of the
      statement's relation;
    - `?member ?via ?statement`: the statement ties a member to something that several members
      share, and every two members that share anything get one edge, named after the view and
      labelled with `edge`. Such a view is undirected.

    `mode` says what the nodes are to each other: "one" where any two can be tied, "two" where edges
    lead from nodes of one kind to nodes of another, "mixed" for both.

    `direction` is how edges run; "relation" leaves that to each relation (symmetric ones run both
    ways). `weight` names the rule of WEIGHT_RULES that weighs an edge unless another is asked for.

    With `isolated`, entities without an edge are nodes too.
    """

    name: str
    title: Text
    nodes: Text
    edges: Text
    mode: Literal["one", "two", "mixed"]
    direction: Literal["relation", "directed", "undirected"]
    weight: Weight
    dates: Dates
    query: Query
    edge: Text | None = None
    isolated: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether its edges tie members through what they share."""
        return self.edge is not None

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The rules that its edges can be weighed by."""
        return SHARED_WEIGHTS if self.is_shared else STATED_WEIGHTS


def read_view(file: Traversable) -> View:
    """Return the view a TOML file describes.

    Raises ViewError naming the file and what is wrong with it.
    """
    try:
        view = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), View)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as exc:
        raise ViewError(str(exc), file=file.name, remedy="see all.toml for the shape of a view file") from exc
    if f"{view.name}.toml" != file.name:
        raise ViewError(
            f"the view calls itself {view.name!r}", file=file.name, remedy="name the file after the view"
        )
    _check(view, file.name)
    return view


def _check(view: View, file: str) -> None:
    select = _SELECT.search(view.query.sparql)
    found = set(_VARIABLE.findall(select[1])) if select else set()
    expected = _SHARED if view.is_shared else _STATED
    if found != set(expected):
        names = " ".join(f"?{name}" for name in expected)
        why = "with" if view.is_shared else "without"
        raise ViewError(
            f"the query does not select {names}",
            file=file,
            entry="query",
            remedy=f"a view {why} [edge] selects these by name, and nothing else",
        )
    shared_weight = view.weight in SHARED_WEIGHTS
    if shared_weight != view.is_shared or (view.is_shared and view.direction != "undirected"):
        raise ViewError(
            f"weight {view.weight!r} and direction {view.direction!r} do not go with the query",
            file=file,
            remedy="a view through shared things has [edge], is undirected and weighs by what is shared",
        )


def read_views() -> dict[str, View]:
    """Return every view by name, in the order of the names; raises ViewError for an invalid file."""
    folder = resources.files("kg") / "views"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    return {view.name: view for view in map(read_view, files)}


def view_named(name: str) -> View:
    """Return the view of that name; raises ViewError with the valid names, the nearest first."""
    views = read_views()
    if name not in views:
        close = get_close_matches(name, views, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise ViewError(f"unknown view {name!r}", remedy=f"{hint}choose one of {', '.join(views)}")
    return views[name]
