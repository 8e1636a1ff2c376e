from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import networkx as nx
import numpy as np
import pytest
from matplotlib import font_manager
from PIL import Image

from kg.errors import MeasureError
from kg.figures.drawing import chinese_font, font_among, look, save, shortened
from kg.figures.gallery import figures, write_figures
from kg.figures.network_picture import LARGEST_DRAWN, draw_network
from kg.statistics import Statistics
from kg.store import Store
from kg.view_files import read_views
from tests.kg.hand_made_graphs import meeting_network
from tests.kg.invented_articles import MEETING, PLAN, REPRINT
from tests.kg.invented_spread import SPREAD

# A character that no font has would be drawn as a box.
pytestmark = pytest.mark.filterwarnings("error:Glyph")


@pytest.fixture(scope="module", autouse=True)
def font() -> str:
    try:
        return chinese_font()
    except MeasureError:
        pytest.skip("there is no font with Chinese characters")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        store.add([MEETING, REPRINT, PLAN, *SPREAD])
        yield store


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        yield store


def pixels(file: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(file).convert("L"))


def test_every_figure_is_written_in_both_formats(store: Store, tmp_path: Path) -> None:
    names = write_figures(Statistics(store, "diffusion"), tmp_path, ("png", "svg"), "en")
    assert len(names) == 16 and {Path(name).suffix for name in names} == {".png", ".svg"}
    assert {Path(name).name for name in names} >= {"diffusion-network.png", "diffusion-paths.svg"}
    for name in map(Path, names):
        if name.suffix == ".png":
            assert pixels(name).min() < 100 and pixels(name).shape[1] > 900
        else:
            assert ElementTree.parse(name).getroot().tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("view", read_views())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_can_be_drawn_full_and_empty(store: Store, empty: Store, view: str, language: str) -> None:
    with look():
        for each in (store, empty):
            for draw in figures(Statistics(each, view), language).values():  # type: ignore[arg-type]
                save(draw(), io.BytesIO(), "svg")


@pytest.mark.parametrize("format", ["png", "svg"])
def test_the_same_bytes_each_time(store: Store, format: str) -> None:
    written = []
    for _ in range(2):
        out = io.BytesIO()
        with look():
            save(figures(Statistics(store, "offices"))["network"](), out, format)  # type: ignore[arg-type]
        written.append(out.getvalue())
    assert written[0] == written[1]
    assert b"Matplotlib" not in written[0][:2000]


def test_of_a_large_network_the_best_connected_are_drawn() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="大网", title_en="Large")
    for number in range(LARGEST_DRAWN + 50):
        graph.add_node(f"n{number}", label=f"节点{number}", type="Person")
        graph.add_edge("n0", f"n{number}", weight=1.0 + number)
    with look():
        title = draw_network(graph, {}).axes[0].get_title("left")
    assert title == f"大网（{LARGEST_DRAWN + 50} 个节点中的 {LARGEST_DRAWN} 个：最大连通部分中联系最强者）"


def test_types_are_told_apart_in_the_key() -> None:
    with look():
        zh, en = (draw_network(meeting_network(), {}, language) for language in ("zh", "en"))
    assert {text.get_text() for text in zh.axes[0].get_legend().get_texts()} == {
        "人物",
        "机构",
        "活动",
        "地方",
    }
    assert "Institution" in {text.get_text() for text in en.axes[0].get_legend().get_texts()}


def test_without_a_chinese_font_the_error_says_what_to_do() -> None:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    latin = [
        font_manager.ttfFontProperty(font_manager.get_font(str(file)))
        for file in folder.glob("DejaVuSans*.ttf")
    ]
    assert latin
    with pytest.raises(
        MeasureError, match=r"no font with Chinese characters.*install one, such as Noto Sans CJK"
    ):
        font_among(latin)


def test_long_labels_keep_their_ends() -> None:
    assert shortened("长春市启动新时代城市基层治理新探索调研活动") == "长春市启动新时代…新探索调研活动"
    assert len(shortened("长" * 40, 14)) == 14
    assert shortened("绍兴市") == "绍兴市"
