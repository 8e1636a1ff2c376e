"""The page inside a notebook: a sandboxed frame that cannot reach what is around it."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

import kg
from tests.kg.explorer.conftest import log
from tests.kg.explorer.invented_graph import invented_graph


def test_a_notebook_shows_the_page_in_a_frame(chromium: Chrome, tmp_path: Path) -> None:
    graph, _ = invented_graph(size=60)
    notebook = tmp_path / "notebook.html"
    frame = kg.explore(graph, limit=30)._repr_html_()
    notebook.write_text(f"<!DOCTYPE html><meta charset='utf-8'><body>{frame}", encoding="utf-8")
    log(chromium, "browser")
    chromium.get(notebook.as_uri())
    chromium.switch_to.frame(chromium.find_element(By.TAG_NAME, "iframe"))
    chromium.execute_async_script(
        "const done = arguments[0];"
        "(function look() { if (window.explorer) explorer.ready.then(done); else setTimeout(look, 50); })();"
    )
    assert len(chromium.execute_script("return explorer.shown()")) == 30
    box = chromium.find_element(By.ID, "search")
    box.send_keys("枫桥")
    assert chromium.find_element(By.CSS_SELECTOR, "#results .name").text == "枫桥经验"
    chromium.find_element(By.CSS_SELECTOR, "#results li").click()
    assert chromium.find_element(By.CSS_SELECTOR, "#panel h2").text == "枫桥经验"
    assert log(chromium, "browser") == []
    chromium.switch_to.default_content()
