"""The page as a reader meets it: opened from disk in a real browser without a network."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kg.explorer.page import write_page
from tests.kg.explorer.hostile_graph import HOSTILE, hostile_graph
from tests.kg.explorer.invented_graph import invented_graph
from tests.kg.explorer.reader import (
    Opened,
    assert_quiet,
    chosen,
    click_at,
    click_on,
    press,
    searched,
    shown,
    text_of,
)

LIMIT = 60
PRACTICE = "https://example.org/kg/practice/枫桥经验"


@pytest.fixture(scope="module")
def page() -> str:
    graph, facts = invented_graph(size=300)
    return write_page(graph, facts, title="基层治理网络", limit=LIMIT)


def test_opens_on_the_working_set_without_error_or_request(opened: Opened, page: str) -> None:
    driver = opened(page)
    graph, _ = invented_graph(size=300)
    assert len(shown(driver)) == LIMIT
    assert text_of(driver, "#status") == f"显示 {LIMIT} / 共 {len(graph)} 个实体"
    assert text_of(driver, "h1") == driver.title == "基层治理网络"
    assert_quiet(driver)


def test_labels_at_rest_do_not_cover_each_other(opened: Opened, page: str) -> None:
    driver = opened(page)
    boxes: list[dict[str, float]] = driver.execute_script("return explorer.labelBoxes()")
    assert len(boxes) > LIMIT * 0.7
    for place, one in enumerate(boxes):
        for other in boxes[:place]:
            apart = (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            )
            assert apart, (one, other)


@pytest.mark.parametrize("typed", ["枫桥", "fengqiao", "FengQiao jing", "fqjy", "fēngqiáo"])
def test_search_finds_by_characters_pinyin_and_initials(opened: Opened, page: str, typed: str) -> None:
    driver = opened(page)
    assert searched(driver, typed)[0] == "枫桥经验"
    driver.find_element(By.ID, "search").send_keys(Keys.ENTER)
    assert chosen(driver) == PRACTICE
    assert text_of(driver, "#panel h2") == "枫桥经验"
    assert_quiet(driver)


def test_search_brings_in_what_is_not_shown_with_its_neighbours(opened: Opened, page: str) -> None:
    driver = opened(page)
    graph, _ = invented_graph(size=300)
    before = set(shown(driver))
    absent = max(
        (n for n in graph if n not in before and graph.degree(n) <= 12), key=lambda n: (graph.degree(n), n)
    )
    names = searched(driver, graph.nodes[absent]["label"])
    assert names[0] == graph.nodes[absent]["label"]
    driver.find_element(By.CSS_SELECTOR, "#results li").click()
    assert chosen(driver) == absent
    now = set(shown(driver))
    assert absent in now
    assert before <= now
    assert set(graph.successors(absent)) | set(graph.predecessors(absent)) <= now
    canvas = driver.find_element(By.ID, "canvas").size
    point = driver.execute_script("return explorer.pointOf(arguments[0])", absent)
    assert abs(point["x"] - canvas["width"] / 2) < 2, "it is moved to the middle"
    assert closest_pair(driver) > 30, "nobody is put on top of anybody"


def closest_pair(driver: Chrome) -> float:
    """Return the least distance between two entities on the canvas, in pixels at scale 1."""
    distance: float = driver.execute_script(
        "const at = Object.values(explorer.network.getPositions()); let least = Infinity;"
        "at.forEach((a, i) => at.slice(i + 1).forEach((b) => {"
        "  least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y)); })); return least;"
    )
    return distance


def test_search_by_alias_and_without_result(opened: Opened) -> None:
    graph, facts = invented_graph(size=60)
    graph.nodes[PRACTICE]["aliases"] = "新时代“枫桥经验”; 枫桥式治理"
    driver = opened(write_page(graph, facts, title="别名", limit=20))
    assert searched(driver, "枫桥式")[0] == "枫桥经验"
    assert searched(driver, "fqszl")[0] == "枫桥经验"
    assert searched(driver, "查无此名") == []
    assert "没有找到" in text_of(driver, "#results")


def test_clicking_a_node_shows_its_facts_with_marked_sentences(opened: Opened, page: str) -> None:
    driver = opened(page)
    click_on(driver, PRACTICE)
    assert chosen(driver) == PRACTICE
    mark = driver.find_element(By.CSS_SELECTOR, "#panel blockquote mark")
    sentence = driver.find_element(By.CSS_SELECTOR, "#panel blockquote p").text
    assert "枫桥经验" in mark.text
    assert mark.text in sentence and len(mark.text) < len(sentence)
    footer = text_of(driver, "#panel blockquote footer")
    assert "纪事" in footer and "2023-" in footer and "置信度" in footer
    link = driver.find_element(By.CSS_SELECTOR, "#panel footer a")
    assert str(link.get_attribute("href")).startswith("https://example.org/news/")
    assert "noopener" in str(link.get_attribute("rel"))
    groups = [heading.text for heading in driver.find_elements(By.CSS_SELECTOR, "#panel h3")]
    assert any(group.startswith("实践者") for group in groups)


def test_clicking_the_other_entity_of_a_fact_goes_to_it(opened: Opened, page: str) -> None:
    driver = opened(page)
    driver.execute_script("explorer.goTo(arguments[0])", PRACTICE)
    other = driver.find_element(By.CSS_SELECTOR, "#panel .fact button.end")
    name = other.text
    other.click()
    assert text_of(driver, "#panel h2") == name
    assert name in text_of(driver, "#panel h2")
    assert "枫桥经验" in text_of(driver, "#panel")


def test_clicking_a_line_shows_what_joins_its_ends(opened: Opened, page: str) -> None:
    driver = opened(page)
    graph, _ = invented_graph(size=300)
    there = set(shown(driver))
    other = next(n for n in sorted(graph.predecessors(PRACTICE)) if n in there)
    ends = driver.execute_script("return arguments[0].map((iri) => explorer.pointOf(iri))", [PRACTICE, other])
    canvas = driver.find_element(By.ID, "canvas")
    x, y = (ends[0]["x"] + ends[1]["x"]) / 2, (ends[0]["y"] + ends[1]["y"]) / 2
    click_at(driver, canvas, x, y)
    assert text_of(driver, "#panel .kind") == "两者之间"
    assert driver.find_elements(By.CSS_SELECTOR, "#panel blockquote mark")


def test_keys_language_and_theme(opened: Opened, page: str) -> None:
    driver = opened(page)
    body = driver.find_element(By.TAG_NAME, "body")
    body.send_keys("/")
    assert driver.switch_to.active_element.get_attribute("id") == "search"
    driver.execute_script("explorer.goTo(arguments[0])", PRACTICE)
    driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    assert chosen(driver) is None
    driver.find_element(By.ID, "language").click()
    assert text_of(driver, "#status").startswith(f"Showing {LIMIT} of")
    assert text_of(driver, "h1") == "Local governance"
    assert "Practice" in text_of(driver, "#legend")
    before = body.value_of_css_property("background-color")
    press(driver, "look-menu")
    press(driver, "theme")
    assert body.value_of_css_property("background-color") != before
    assert_quiet(driver)


def test_narrow_screen_has_the_panel_below_and_no_sideways_scrolling(opened: Opened, page: str) -> None:
    driver = opened(page, 400, 800)
    panel, canvas = driver.find_element(By.ID, "panel").rect, driver.find_element(By.ID, "canvas").rect
    assert panel["y"] >= canvas["y"] + canvas["height"]
    assert panel["width"] == canvas["width"] == 400
    assert driver.execute_script("return document.documentElement.scrollWidth") == 400


@pytest.fixture(scope="module")
def hostile_page() -> str:
    graph, facts = hostile_graph()
    return write_page(graph, facts, title=HOSTILE[0], limit=len(HOSTILE))


def test_hostile_page_runs_nothing_and_shows_its_title_as_text(opened: Opened, hostile_page: str) -> None:
    driver = opened(hostile_page)
    assert driver.execute_script("return window.__hacked") is None
    assert driver.execute_script("return document.querySelector('h1').textContent") == HOSTILE[0]
    assert len(driver.find_elements(By.TAG_NAME, "script")) == 8
    assert not driver.find_elements(By.CSS_SELECTOR, "img, iframe, object, embed")
    assert_quiet(driver)


def test_hostile_names_and_titles_are_shown_as_text(opened: Opened, hostile_page: str) -> None:
    driver = opened(hostile_page)
    for number, text in enumerate(HOSTILE):
        driver.execute_script("explorer.goTo(arguments[0])", f"urn:hostile:{number}")
        seen: dict[str, Any] = driver.execute_script(
            "const at = (s) => document.querySelector(s).textContent;"
            "return {name: at('#panel h2'), quote: at('#panel blockquote p'), title: at('#panel .title')}"
        )
        written = text.replace("\ud800", "?")
        assert seen == {"name": written, "quote": written, "title": f"《{written}》"}
    searched(driver, "img")
    assert driver.execute_script("return window.__hacked") is None
    assert not driver.find_elements(By.CSS_SELECTOR, "img, iframe, object, embed")
    links = [a.get_attribute("href") for a in driver.find_elements(By.CSS_SELECTOR, "#panel a")]
    assert links == []
    assert_quiet(driver)
