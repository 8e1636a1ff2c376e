"""Commands about networks: which there are, and what is measured in them."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.network_options import filters_of, network_options
from kg.cli.store_option import copying, reading_options
from kg.cli.terminal import print_table, tell
from kg.measures.results import RESULTS, Result, cell_text
from kg.spreadsheet import safe_cell
from kg.whole_files import whole_file

if TYPE_CHECKING:
    from kg.view_files import View

_FORMATS = ("table", "csv", "json")
_PLACES = 3  # significant, on the terminal
# On the terminal there is no room for these; CSV and JSON have them.
_ONLY_IN_FILES = frozenset(
    ["pinyin", "iri", "statements", "component", "in_strength", "out_strength", "in_degree", "out_degree"]
)


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def views(name: str | None, as_json: bool) -> None:
    """List the network views; with NAME tell all about one: what its nodes, edges, weights and dates mean.

    \b
    Examples:
      govkg views
      govkg views coattendance
    """
    from kg.view_files import read_views, view_named

    if as_json:
        import msgspec

        chosen = [view_named(name)] if name else list(read_views().values())
        click.echo(json.dumps(msgspec.to_builtins(chosen), ensure_ascii=False, indent=1))
    elif name:
        _tell_view(view_named(name))
    else:
        rows = (
            [view.name, view.title.zh, view.title.en, view.mode, view.direction, view.weight, view.nodes.en]
            for view in read_views().values()
        )
        print_table(("view", "题目", "title", "mode", "direction", "weight", "nodes"), rows)


def _tell_view(view: View) -> None:
    from kg.view_files import WEIGHT_RULES

    modes = {"one": "one-mode", "two": "two-mode", "mixed": "one- and two-mode"}
    click.echo(f"{view.name}: {view.title.zh} / {view.title.en} ({modes[view.mode]}, {view.direction})")
    told = (("nodes", view.nodes), ("edges", view.edges), ("dates", view.dates))
    for what, text in told:
        click.echo(f"\n{what:<8}{text.zh}\n{'':<8}{text.en}")
    click.echo("")
    for rule in view.weights:
        mark = " (the view's own)" if rule == view.weight else ""
        click.echo(f"{'weight':<8}{rule}{mark}: {WEIGHT_RULES[rule]}")
    click.echo(f"\n{view.query.sparql.strip()}")


@click.command()
@reading_options
@network_options
@click.option(
    "--result",
    "names",
    multiple=True,
    type=click.Choice(RESULTS),
    metavar="NAME",
    help=f"Only this result; may be repeated. One of {', '.join(RESULTS)}.",
)
@click.option(
    "--practice", "practices", multiple=True, metavar="NAME", help="Only this practice; may be repeated."
)
@click.option(
    "--top", type=click.IntRange(min=1), default=10, show_default=True, help="Rows on the terminal."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    help="Of what is printed.",
)
@click.option(
    "--csv",
    "csv_folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write every result there as CSV, with all rows.",
)
@click.option(
    "--figures",
    "figure_folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the figures there.",
)
@click.option(
    "--figure-format",
    "figure_formats",
    multiple=True,
    type=click.Choice(("png", "svg")),
    default=("png",),
    show_default=True,
    help="May be repeated.",
)
@click.option(
    "--language", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="Of figures."
)
@click.option("--engine", type=click.Choice(("networkx", "igraph")), help="By default igraph if installed.")
@click.option(
    "--communities",
    type=click.Choice(("louvain", "leiden")),
    default="louvain",
    show_default=True,
    help="Leiden needs igraph.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of communities and of estimates.")
@click.option(
    "--pivots",
    type=click.IntRange(min=1),
    metavar="N",
    help="Estimate betweenness from N nodes; by default exact unless that takes minutes.",
)
def stats(
    store_path: Path | None,
    endpoint: str | None,
    names: tuple[str, ...],
    practices: tuple[str, ...],
    top: int,
    form: str,
    csv_folder: Path | None,
    figure_folder: Path | None,
    figure_formats: tuple[str, ...],
    language: str,
    **given: Any,
) -> None:
    """Measure a network: the whole, its nodes, communities, brokerage, mixing, years; and practices.

    Practices, in the view diffusion: who adopted what first, how it spread, and by which ways it may
    have come. What each measure is, and after whom, is told in the documentation of kg.measures.

    \b
    Examples:
      govkg stats --view coattendance --store my.kg
      govkg stats --view diffusion --practice 枫桥经验 --store my.kg
      govkg stats --view offices --place 甘肃省 --csv tables/ --figures figures/ --store my.kg
    """
    from kg.statistics import Ask, Statistics

    ask = Ask(
        filters=filters_of(given),
        weight=given["weight"],
        one_mode=given["one_mode"],
        engine=given["engine"],
        method=given["communities"],
        seed=given["seed"],
        pivots=given["pivots"],
        practices=practices or None,
    )
    with copying(store_path, endpoint) as store:
        found = Statistics(store, given["view"], ask)
        missing = [name for name in names if name not in found.names()]
        if missing:
            raise click.UsageError(
                f"the view {given['view']} has no {missing[0]}: its edges lead from no practice"
            )
        wanted = [name for name in found.names() if not names or name in names]
        if form == "csv" and len(wanted) != 1:
            raise click.UsageError("csv on stdout takes one --result; --csv FOLDER writes them all")
        results = found.results(wanted)
        _print(results, form, top)
        written = _write_csv(results, csv_folder, given["view"]) if csv_folder else []
        if figure_folder:
            from kg.figures.gallery import write_figures

            written += write_figures(found, figure_folder, figure_formats, language)  # type: ignore[arg-type]
    for name in written:
        tell(f"wrote {name}")


def _print(results: list[Result], form: str, top: int) -> None:
    if form == "json":
        told = [
            {"name": each.name, "title": each.title.en, "about": each.about, "rows": _records(each)}
            for each in results
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif form == "csv":
        sys.stdout.buffer.write(_csv(results[0]))
    else:
        for number, each in enumerate(results):
            if number:
                click.echo("")
            _print_table(each, top)


def _records(found: Result) -> list[dict[str, object]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def _print_table(found: Result, top: int) -> None:
    click.echo(f"{found.title.zh} / {found.title.en}" + (f" ({found.about})" if found.about else ""))
    if not found.rows:
        click.echo("nothing")
        return
    shown = [place for place, name in enumerate(found.columns) if name not in _ONLY_IN_FILES]
    rows = found.rows if found.name == "overview" else found.rows[:top]
    print_table(
        [found.columns[place].replace("_", " ") for place in shown],
        [[cell_text(row[place], _PLACES) for place in shown] for row in rows],
    )
    if len(rows) < len(found.rows):
        click.echo(f"… {len(found.rows) - len(rows):,} more")


def _csv(found: Result) -> bytes:
    """Return the result as CSV, with a byte order mark, and without formulas."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(found.columns)
    for row in found.rows:
        table.writerow([safe_cell(cell) if isinstance(cell, str) else cell_text(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def _write_csv(results: list[Result], folder: Path, view: str) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for each in results:
        target = folder / f"{view}-{each.name}.csv"
        with whole_file(target) as out:
            out.write(_csv(each))
        written.append(str(target))
    return written
