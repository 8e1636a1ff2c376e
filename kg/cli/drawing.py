"""Commands that write what a store holds: the explorer page, and files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.explorer_options import focus_options
from kg.cli.network_options import network_options, projection_of
from kg.cli.private_option import private_option
from kg.cli.store_option import copying, reading_options
from kg.cli.terminal import tell
from kg.whole_files import STDOUT

_NETWORKS = ("gexf", "graphml", "pajek", "dot", "json", "csv", "parquet")
_DATASETS = ("turtle", "trig", "nquads", "jsonld")
_ALSO = {
    "gephi": "gexf", "net": "pajek", "graphviz": "dot", "node-link": "json",
    "ttl": "turtle", "nq": "nquads", "json-ld": "jsonld",
}  # fmt: skip
_TABLES = ("csv", "parquet")


class _Format(click.Choice[str]):
    """A format, under any name it goes by."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        known = _ALSO.get(value, value) if isinstance(value, str) else value
        return super().convert(known, param, ctx)


@click.command()
@reading_options
@click.option("-o", "--output", required=True, metavar="FILE", help="HTML file to write.")
@network_options
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Open on at most N entities (default 150)."
)
@click.option("--title", help="Title of the page; by default that of the view.")
@focus_options
@private_option("show")
@click.option(
    "--layout",
    "arrangement",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="GEXF from Gephi whose positions and communities the page takes over.",
)
@click.option(
    "--group-by",
    "group_column",
    metavar="COLUMN",
    help="Column of that GEXF that holds the groups; by default its communities.",
)
def explore(
    store_path: Path | None,
    endpoint: str | None,
    output: str,
    limit: int | None,
    title: str | None,
    focus: tuple[str, ...],
    depth: int,
    arrangement: Path | None,
    group_column: str | None,
    private: str,
    **given: Any,
) -> None:
    """Write a page to explore a network in the browser, in one file, without network access.

    \b
    Examples:
      govkg explore --store my.kg -o graph.html
      govkg explore --store my.kg --view offices --place 甘肃省 -o offices.html
      govkg explore --store my.kg --view offices --layout laid-out.gexf -o offices.html
      govkg explore --store my.kg --view coattendance --focus 枫桥经验 --depth 2 -o page.html
    """
    if group_column is not None and arrangement is None:
        raise click.UsageError("--group-by names a column of the GEXF that --layout gives")
    from kg.pipeline import explore as write_explorer
    from kg.privacy.stores import PrivatePeople, shown_store

    with copying(store_path, endpoint) as whole, shown_store(whole, PrivatePeople(private)) as store:
        page = write_explorer(
            store,
            output,
            title=title,
            limit=limit,
            focus=focus,
            depth=depth,
            arrangement=arrangement,
            group_column=group_column,
            **projection_of(given),
        )
    tell(f"wrote {output}: {page.entities:,} entities, {page.relations:,} relations")


@click.command()
@click.argument("form", metavar="FORMAT", type=_Format((*_NETWORKS, *_DATASETS)))
@reading_options
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="File to write (csv and parquet: a folder); `-` is stdout.",
)
@network_options
@private_option("show")
@click.option(
    "--measures", is_flag=True, help="Give the nodes their degree, betweenness, community and so on."
)
def export(
    form: str,
    store_path: Path | None,
    endpoint: str | None,
    output: str,
    measures: bool,
    private: str,
    **given: Any,
) -> None:
    """Write a store for other programs.

    FORMAT is gexf (also called gephi), graphml, pajek, dot, json (node-link), csv or parquet (node and
    edge tables) for a network view; turtle, trig, nquads or jsonld for the whole dataset.

    \b
    Examples:
      govkg export gephi --view coattendance --store my.kg -o net.gexf
      govkg export csv --view offices --since 2023 --store my.kg -o tables/
      govkg export trig --store my.kg -o my.trig
    """
    from kg.privacy.stores import PrivatePeople, shown_store

    with copying(store_path, endpoint) as whole, shown_store(whole, PrivatePeople(private)) as store:
        if form in _NETWORKS:
            from kg.pipeline import export_network

            target = _table_target(output, given["view"], form) if form in _TABLES else output
            written = export_network(store, target, form, measures=measures, **projection_of(given))
            told = [f"{name}: {written.nodes:,} nodes, {written.edges:,} edges" for name in written.files]
        else:
            _refuse_network_options(form)
            from kg.rdf_export import export as export_dataset

            export_dataset(store, output, form)
            told = [] if output == STDOUT else [output]
    for line in told:
        tell(f"wrote {line}")


def _refuse_network_options(form: str) -> None:
    """Raise a usage error for an option that a dataset has no use for."""
    context = click.get_current_context()
    commandline = click.core.ParameterSource.COMMANDLINE
    own = ("form", "store_path", "endpoint", "output", "private")
    for parameter in context.command.params:
        name = parameter.name or ""
        if name not in own and context.get_parameter_source(name) is commandline:
            raise click.UsageError(
                f"{parameter.opts[0]} chooses a network; {form} writes the whole dataset, so leave it out"
            )


def _table_target(output: str, view: str, form: str) -> str:
    """Return what the tables are named after: a name as given, else the view's name in a folder."""
    if output == STDOUT or output.lower().endswith(f".{form}"):
        return output
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / f"{view}.{form}")
