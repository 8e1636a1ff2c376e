from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.pipeline import build
from tests.kg.explorer.page_blocks import block
from tests.kg.sample_facts import samples


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("focus") / "my.kg"
    build(folder, samples())
    return folder


def test_focus_and_depth_choose_a_part_of_the_view(store: Path, tmp_path: Path) -> None:
    sizes = []
    for depth in ("0", "1", "2"):
        page = tmp_path / f"{depth}.html"
        given = ["explore", "--store", str(store), "--focus", "枫桥经验", "--depth", depth, "-o", str(page)]
        result = CliRunner().invoke(main, given)
        assert result.exit_code == 0, result.stderr
        labels = block(page.read_text(encoding="utf-8"), "graph")["entities"]["label"]
        assert "枫桥经验" in labels
        sizes.append(len(labels))
    assert sizes[0] == 1 < sizes[1] < sizes[2]


def test_unknown_focus_is_an_error_with_a_remedy(store: Path, tmp_path: Path) -> None:
    given = ["explore", "--store", str(store), "--focus", "桥经", "-o", str(tmp_path / "page.html")]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 1
    assert "枫桥经验" in result.stderr
    assert not (tmp_path / "page.html").exists()
