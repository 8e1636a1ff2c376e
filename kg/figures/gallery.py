"""The figures of a view: which there are, and how each is drawn from its statistics."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from kg.figures.charts import draw_brokerage, draw_centrality, draw_degrees, draw_mixing, draw_years
from kg.figures.drawing import Format, Language, look, save
from kg.figures.network_picture import draw_network
from kg.figures.practice_charts import (
    draw_adoption_curves,
    draw_first_adopters,
    draw_paths,
    draw_spread,
)
from kg.statistics import Statistics
from kg.whole_files import whole_files

Drawer = Callable[[], Figure]


def figures(found: Statistics, language: Language = "zh") -> dict[str, Drawer]:
    """Return the figures that the view has by name; each draws when it is called, within `look()`."""
    labels = [str(found.graph.nodes[node].get("label") or node) for node in found.ties.nodes]
    drawers: dict[str, Drawer] = {
        "network": lambda: draw_network(found.graph, _communities(found), language),
        "centrality": lambda: draw_centrality(
            labels,
            {
                name: getattr(found.positions, name).tolist()
                for name in ("degree", "strength", "betweenness", "pagerank")
            },
            language,
        ),
        "degrees": lambda: draw_degrees(found.ties.degrees.tolist(), language),
        "years": lambda: draw_years(found.years, language),
    }
    for by in ("level", "province"):
        # A figure with nothing in it would only be in the way.
        if found.mixing(by)[1].any():
            drawers[f"mixing-{by}"] = partial(_mixing, found, by, language)
        if found.brokerage(by).any():
            drawers[f"brokerage-{by}"] = partial(_brokerage, found, labels, by, language)
    if found.adoptions:
        drawers |= {
            "adoption-curves": lambda: draw_adoption_curves(found.adoptions, language),
            "first-adopters": lambda: draw_first_adopters(found.adoptions, language),
            "spread": lambda: draw_spread(found.adoptions, language),
            "paths": lambda: draw_paths(found.adoptions, found.paths, language),
        }
    return drawers


def write_figures(
    found: Statistics, folder: Path, formats: Iterable[Format] = ("png",), language: Language = "zh"
) -> list[str]:
    """Write every figure of the view into a folder, made if it is not there; return the names of the files.

    Files are called after view and figure. Raises MeasureError without a Chinese font, ExportError
    where the folder cannot be written to.
    """
    written: list[str] = []
    formats = tuple(formats)
    with look():
        folder.mkdir(parents=True, exist_ok=True)
        for name, draw in figures(found, language).items():
            figure = draw()
            targets = [folder / f"{found.graph.graph['view']}-{name}.{format}" for format in formats]
            with whole_files(targets) as streams:
                for format, stream in zip(formats, streams, strict=True):
                    save(figure, stream, format)
            written += map(str, targets)
    return written


def _communities(found: Statistics) -> dict[str, int]:
    return dict(zip(found.ties.nodes, found.positions.community.tolist(), strict=True))


def _mixing(found: Statistics, by: str, language: Language) -> Figure:
    return draw_mixing(*found.mixing(by), language)


def _brokerage(found: Statistics, labels: list[str], by: str, language: Language) -> Figure:
    said = {"province": ("省际中介", "between provinces"), "level": ("层级间中介", "between levels")}[by]
    return draw_brokerage(labels, found.brokerage(by), said[0 if language == "zh" else 1], language)
