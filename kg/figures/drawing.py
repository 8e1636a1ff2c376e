"""What all figures share: the Chinese font, the look, how they are saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Literal

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from kg.appearance import GROUP_COLOURS, OTHER_COLOUR
from kg.errors import MeasureError

Format = Literal["png", "svg"]
Language = Literal["zh", "en"]
FORMATS: tuple[Format, ...] = ("png", "svg")

WIDTH = 7.2
"""Inches: the width of a page's text."""

INK = "#333333"
QUIET = "#8a8a8a"
FAINT = "#dddddd"
PALETTE = (*GROUP_COLOURS, OTHER_COLOUR)

_DPI = 300
# Simplified forms first: one character may look otherwise in Japan or on Taiwan.
_PREFERRED = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Microsoft YaHei", "Hiragino Sans GB", "Heiti SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei",
    "Droid Sans Fallback", "Arial Unicode MS", "Noto Sans CJK JP", "Noto Serif CJK SC", "SimSun",
)  # fmt: skip
_NEEDED = "治理枫桥经验绍兴酒泉党建县"


@lru_cache(maxsize=1)
def chinese_font() -> str:
    """Return the name of a font that has Chinese characters, from matplotlib's list of fonts.

    Raises MeasureError if there is none.
    """
    return font_among(font_manager.fontManager.ttflist)


def font_among(fonts: Iterable[font_manager.FontEntry]) -> str:
    """Return the name of the first of the fonts, those we prefer before others, with Chinese characters.

    Raises MeasureError if there is none.
    """
    listed = {font.name: font for font in fonts}
    for name in (*(name for name in _PREFERRED if name in listed), *sorted(listed)):
        font = listed[name]
        try:
            known = FT2Font(str(font.fname), face_index=getattr(font, "index", 0)).get_charmap()
        except (OSError, RuntimeError, TypeError):
            known = _charmap_of_first_face(str(font.fname))
        if all(ord(char) in known for char in _NEEDED):
            return str(name)
    raise MeasureError(
        "matplotlib finds no font with Chinese characters, so figures would show boxes",
        remedy="install one, such as Noto Sans CJK (Debian: fonts-noto-cjk), and remove matplotlib's font "
        f"cache, {matplotlib.get_cachedir()}",
    )


def _charmap_of_first_face(file: str) -> dict[int, int]:
    try:
        return dict(FT2Font(file).get_charmap())
    except (OSError, RuntimeError):
        return {}


@contextmanager
def look() -> Iterator[None]:
    """Draw in our look while the block runs. Raises MeasureError if there is no Chinese font."""
    settings = {
        "font.family": [chinese_font(), "DejaVu Sans"],
        "font.size": 8.5,
        "axes.titlesize": 9.5,
        "axes.titlelocation": "left",
        "axes.titlepad": 8,
        "axes.labelsize": 8.5,
        "axes.labelcolor": INK,
        "axes.edgecolor": QUIET,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.labelsize": 8,
        "ytick.labelsize": 8,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "text.color": INK,
        "legend.frameon": False,
        "legend.fontsize": 8,
        "grid.color": FAINT,
        "grid.linewidth": 0.5,
        # Outlines, so that the file looks alike where the font is not installed.
        "svg.fonttype": "path",
        "svg.hashsalt": "governance-kg",
    }
    with matplotlib.rc_context(settings):
        yield


def new_figure(height: float, width: float = WIDTH) -> Figure:
    """Return an empty figure of that size in inches."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def save(figure: Figure, out: IO[bytes], format: Format) -> None:
    """Write the figure to a binary stream; without a date or a version of the program in it."""
    metadata: dict[str, str | None] = (
        {"Software": None} if format == "png" else {"Date": None, "Creator": "governance-kg"}
    )
    figure.savefig(out, format=format, dpi=_DPI, metadata=metadata, facecolor="white")


def nothing(axes: Axes, language: Language) -> None:
    """Say on the axes that there is nothing to draw."""
    axes.set_axis_off()
    said = "没有数据" if language == "zh" else "nothing to draw"
    axes.text(0.5, 0.5, said, ha="center", va="center", color=QUIET, transform=axes.transAxes)


def shortened(label: str, most: int = 16) -> str:
    """Return the label with its middle left out where it is longer than that."""
    if len(label) <= most:
        return label
    half = (most - 1) // 2
    return f"{label[: most - 1 - half]}…{label[-half:]}"
