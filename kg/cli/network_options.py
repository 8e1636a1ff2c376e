"""The options by which commands choose a network: the view, what counts in it, how it is weighed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract.records import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.filters import Filters
    from kg.view_files import Weight

_WEIGHTS = ("relation", "articles", "shared", "shared_by_size")

_Command = TypeVar("_Command", bound=Callable[..., Any])


def network_options(command: _Command) -> _Command:
    """Give a command the options that `read_network_options` reads."""
    options = (
        click.option(
            "--view",
            default="all",
            show_default=True,
            metavar="NAME",
            help="Network; `govkg views` lists them.",
        ),
        click.option(
            "--place",
            "places",
            multiple=True,
            metavar="NAME",
            help="Only facts about those who stand in the place, given by name or code; may be repeated.",
        ),
        click.option("--since", default="", metavar="DATE", help="Only what held on or after the date."),
        click.option("--until", default="", metavar="DATE", help="Only what held on or before the date."),
        click.option(
            "--relation",
            "relations",
            multiple=True,
            metavar="NAME",
            help="Only this relation; may be repeated.",
        ),
        click.option(
            "--source", "sources", multiple=True, metavar="NAME", help="Only this source; may be repeated."
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.0,
            metavar="X",
            help="Leave out facts with less confidence than X, from 0 to 1.",
        ),
        click.option(
            "--weight",
            type=click.Choice(_WEIGHTS),
            help="Weigh edges by this rule in place of the view's own.",
        ),
        click.option(
            "--one-mode",
            type=click.Choice(ENTITY_TYPES),
            help="Tie the nodes of this type through the others, in place of a two-mode network.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def filters_of(given: dict[str, Any]) -> Filters:
    """Return the filters that the options of `network_options` ask for."""
    from kg.filters import Filters

    return Filters(
        places=given["places"],
        since=given["since"],
        until=given["until"],
        relations=given["relations"],
        sources=given["sources"],
        min_confidence=given["min_confidence"],
    )


def projection_of(given: dict[str, Any]) -> dict[str, Any]:
    """Return view, filters, weight and projection as the functions of the pipeline take them."""
    weight: Weight | None = given["weight"]
    return {
        "view": given["view"],
        "filters": filters_of(given),
        "weight": weight,
        "one_mode": given["one_mode"],
    }
