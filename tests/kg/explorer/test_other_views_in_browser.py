"""The drawing of all entities, the diffusion of a practice, offices over time, looks."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from kg.explorer.facts import FactReading, Quotation
from kg.explorer.page import write_page
from tests.kg.explorer.invented_graph import invented_graph
from tests.kg.explorer.reader import (
    Opened,
    all_texts,
    assert_quiet,
    chosen,
    click_at,
    fragment,
    press,
    search_and_take,
    shown,
    strike,
    text_of,
)

PRACTICE = "https://example.org/kg/practice/枫桥经验"


@pytest.fixture(scope="module")
def page() -> str:
    graph, facts = invented_graph(size=300)
    return write_page(graph, facts, title="基层治理网络", limit=60)


def painted(driver: Chrome) -> int:
    """Return how many pixels of the drawing of all are not empty."""
    driver.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0], 50))")
    count: int = driver.execute_script(
        "explorer.panAll(0, 0);"
        "const canvas = document.getElementById('all-names');"
        "const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
        "let count = 0; for (let at = 3; at < data.length; at += 4) if (data[at]) count += 1; return count;"
    )
    return count


def test_all_entities_are_drawn_named_and_chosen(opened: Opened, page: str) -> None:
    driver = opened(page)
    graph, _ = invented_graph(size=300)
    press(driver, "all-button")
    if not driver.find_element(By.ID, "all").is_displayed():
        pytest.skip("this Chromium has no WebGL")
    assert set(shown(driver)) == {node for node in graph if graph.degree(node)}
    assert painted(driver) > 1000
    point = driver.execute_script("return explorer.pointInAll(arguments[0])", PRACTICE)
    click_at(driver, driver.find_element(By.ID, "all"), point["x"], point["y"])
    assert text_of(driver, "#panel h2") == graph.nodes[str(chosen(driver))]["label"]
    driver.find_element(By.CSS_SELECTOR, '#legend [data-type="Person"]').click()
    assert not [iri for iri in shown(driver) if "/person/" in iri]
    link = fragment(driver)
    again = opened(page, fragment=link)
    assert again.find_element(By.ID, "all").is_displayed()
    assert not [iri for iri in shown(again) if "/person/" in iri]
    assert_quiet(again)


def test_dragging_and_the_wheel_move_the_drawing_of_all(opened: Opened, page: str) -> None:
    driver = opened(page)
    strike(driver, "a")
    if not driver.find_element(By.ID, "all").is_displayed():
        pytest.skip("this Chromium has no WebGL")

    def point() -> dict[str, float]:
        at: dict[str, float] = driver.execute_script("return explorer.pointInAll(arguments[0])", PRACTICE)
        return at

    before = point()
    box = driver.find_element(By.ID, "all")
    ActionChains(driver).move_to_element(box).click_and_hold().move_by_offset(60, -40).release().perform()
    after = point()
    assert abs(after["x"] - before["x"] - 60) < 2 and abs(after["y"] - before["y"] + 40) < 2
    strike(driver, "+")
    middle = box.size["width"] / 2
    assert abs((point()["x"] - middle) - 1.25 * (after["x"] - middle)) < 2


def diffusion_page() -> str:
    """A practice that begins in 绍兴, and reaches two other provinces."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(view="all", title="扩散")
    facts: dict[str, FactReading] = {}
    graph.add_node("urn:p", label="积分制", type="Practice")
    places = {
        "绍兴市": ("330600", "2019-05-02"),
        "酒泉市": ("620900", "2021-03-01"),
        "肃州区": ("620902", "2022"),
        "成都市": ("510100", None),
    }
    for number, (name, (code, date)) in enumerate(places.items()):
        graph.add_node(f"urn:{number}", label=name, type="Place", code=code)
        for turn, day in enumerate([date, "2023-01-01"] if date else [None]):
            said = Quotation(f"{name}推行积分制。", 0, 3, "见闻", "乡音日报", day)
            facts[f"s{number}{turn}"] = FactReading(
                "practises", f"urn:{number}", name, "urn:p", "积分制", 0.9, {}, (said,)
            )
        graph.add_edge(f"urn:{number}", "urn:p", "practises", relation="practises", label="实践", weight=1.0,
                       statements=[f"s{number}0", f"s{number}1"])  # fmt: skip
    facts["o"] = FactReading("originatedIn", "urn:p", "积分制", "urn:0", "绍兴市", 0.9, {}, ())
    return write_page(graph, facts, title="扩散")


def test_diffusion_shows_adopters_by_province_in_the_order_of_first_attestation(opened: Opened) -> None:
    driver = opened(diffusion_page())
    search_and_take(driver, "积分制")
    press(driver, "diffuse")
    assert all_texts(driver, "#diffusion svg > text[font-weight]") == ["浙江省", "甘肃省", "四川省"]
    assert all_texts(driver, "#diffusion .adopter text") == ["1 绍兴市", "2 酒泉市", "3 肃州区", "4 成都市"]
    titles: list[str] = driver.execute_script(
        "return [...document.querySelectorAll('#diffusion .adopter title')].map((t) => t.textContent)"
    )
    assert titles[0] == "1. 绍兴市，2019-05，发源地" and titles[3].endswith("无日期")
    across: list[float] = driver.execute_script(
        "return [...document.querySelectorAll('.adopter')]"
        ".map((mark) => mark.children[1].getBoundingClientRect().x)"
    )
    assert across == sorted(across)
    driver.find_element(By.CSS_SELECTOR, "#diffusion .adopter").click()
    assert text_of(driver, "#panel h2") == "绍兴市"
    link = fragment(driver)
    strike(driver, Keys.ESCAPE)
    assert driver.find_element(By.ID, "canvas").is_displayed()
    assert not driver.find_element(By.ID, "diffusion").is_displayed()
    assert opened(diffusion_page(), fragment=link).find_element(By.ID, "diffusion").is_displayed()


def test_offices_stand_on_a_time_axis(opened: Opened) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(view="offices", title="任职")
    graph.add_node("urn:who", label="田小满", type="Person")
    facts: dict[str, FactReading] = {}
    for number, (title, days) in enumerate(
        {"副县长": ("2019-02-01", "2020-06-01"), "县长": ("2021-01-01",)}.items()
    ):
        graph.add_node(f"urn:{number}", label=f"某县政府{number}", type="Institution")
        graph.add_edge("urn:who", f"urn:{number}", "holdsPost", relation="holdsPost", label=title, weight=1.0,
                       statements=[f"s{number}{turn}" for turn in range(len(days))])  # fmt: skip
        for turn, day in enumerate(days):
            said = Quotation(f"{title}田小满出席。", 0, 5, "见闻", "乡音日报", day)
            facts[f"s{number}{turn}"] = FactReading(
                "holdsPost",
                "urn:who",
                "田小满",
                f"urn:{number}",
                f"某县政府{number}",
                0.9,
                {"title": title},
                (said,),
            )
    driver = opened(write_page(graph, facts, title="任职"))
    search_and_take(driver, "田小满")
    assert all_texts(driver, "#panel .offices .office") == ["某县政府0 副县长", "某县政府1 县长"]
    bars: list[Any] = driver.execute_script(
        "return [...document.querySelectorAll('.offices .bar')]"
        ".map((bar) => [bar.x.baseVal.value, bar.width.baseVal.value])"
    )
    assert bars[0][1] > bars[1][1] and bars[0][0] + bars[0][1] < bars[1][0]


def test_colour_by_community_and_size_by_measure(opened: Opened, page: str) -> None:
    driver = opened(page)

    def look(iri: str) -> list[Any]:
        node: dict[str, Any] = driver.execute_script("return explorer.drawingOf(arguments[0])", iri)
        return [node["color"]["background"], node["size"]]

    before = look(PRACTICE)
    press(driver, "look-menu")
    Select(driver.find_element(By.ID, "colour-by")).select_by_value("community")
    Select(driver.find_element(By.ID, "size-by")).select_by_value("same")
    after = look(PRACTICE)
    assert after[0] != before[0] and after[1] != before[1]
    assert driver.find_elements(By.CSS_SELECTOR, "#legend .group")
    Select(driver.find_element(By.ID, "size-by")).select_by_value("betweenness")
    link, sized = fragment(driver), look(PRACTICE)
    driver = opened(page, fragment=link)
    assert look(PRACTICE) == sized
    assert_quiet(driver)
