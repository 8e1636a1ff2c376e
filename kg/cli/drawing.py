"""Commands that write what a store holds: the explorer page, and files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.explorer_options import focus_options
from kg.cli.store_option import store_option
from kg.cli.terminal import tell
from kg.whole_files import STDOUT

_NETWORKS = ("gexf", "graphml", "csv")
_DATASETS = ("turtle", "trig", "nquads", "jsonld")
_ALSO = {"gephi": "gexf", "ttl": "turtle", "nq": "nquads", "json-ld": "jsonld"}


class _Format(click.Choice[str]):
    """A format, under any name it goes by."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        known = _ALSO.get(value, value) if isinstance(value, str) else value
        return super().convert(known, param, ctx)


_view_option = click.option(
    "--view", default="all", show_default=True, metavar="NAME", help="Network: all, offices, events, …"
)
_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out facts with less confidence than X, from 0 to 1.",
)


@click.command()
@store_option()
@click.option("-o", "--output", required=True, metavar="FILE", help="HTML file to write.")
@_view_option
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Open on at most N entities (default 150)."
)
@click.option("--title", help="Title of the page; by default that of the view.")
@focus_options
@_confidence_option
def explore(
    store_path: Path,
    output: str,
    view: str,
    limit: int | None,
    title: str | None,
    focus: tuple[str, ...],
    depth: int,
    min_confidence: float,
) -> None:
    """Write a page to explore a network in the browser, in one file, without network access.

    \b
    Examples:
      govkg explore --store my.kg -o graph.html
      govkg explore --store my.kg --view offices --title 任职 -o offices.html
      govkg explore --store my.kg --view coattendance --focus 枫桥经验 --depth 2 -o page.html
    """
    from kg.pipeline import explore as write_explorer
    from kg.store import Store

    with Store.open(store_path) as store:
        page = write_explorer(
            store,
            output,
            view=view,
            title=title,
            limit=limit,
            min_confidence=min_confidence,
            focus=focus,
            depth=depth,
        )
    tell(f"wrote {output}: {page.entities:,} entities, {page.relations:,} relations")


@click.command()
@click.argument("form", metavar="FORMAT", type=_Format((*_NETWORKS, *_DATASETS)))
@store_option()
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="File to write (csv: a folder); `-` is stdout."
)
@_view_option
@_confidence_option
def export(form: str, store_path: Path, output: str, view: str, min_confidence: float) -> None:
    """Write a store for other programs.

    FORMAT is gexf (for Gephi), graphml or csv (node and edge tables) for a network view; turtle,
    trig, nquads or jsonld for the whole dataset.

    \b
    Examples:
      govkg export gexf --view offices --store my.kg -o offices.gexf
      govkg export csv --store my.kg -o tables/
      govkg export trig --store my.kg -o my.trig
    """
    from kg.store import Store

    with Store.open(store_path) as store:
        if form in _NETWORKS:
            from kg.pipeline import export_network

            target = _table_target(output, view) if form == "csv" else output
            names = export_network(store, target, form, view=view, min_confidence=min_confidence)
        else:
            from kg.rdf_export import export as export_dataset

            export_dataset(store, output, form)
            names = [] if output == STDOUT else [output]
    for name in names:
        tell(f"wrote {name}")


def _table_target(output: str, view: str) -> str:
    """Return what the tables are named after: `NAME.csv` as given, else the view's name in a folder."""
    if output == STDOUT or output.lower().endswith(".csv"):
        return output
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / f"{view}.csv")
