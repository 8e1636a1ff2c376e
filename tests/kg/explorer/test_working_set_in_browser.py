"""The working set as a reader handles it: expand, collapse, hide, pin, keep, path, undo, link."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kg.explorer.page import write_page
from tests.kg.explorer.invented_graph import invented_graph
from tests.kg.explorer.reader import (
    Opened,
    all_texts,
    assert_quiet,
    chosen,
    click_on,
    fragment,
    press,
    search_and_take,
    shown,
    strike,
    text_of,
)

LIMIT = 60
PRACTICE = "https://example.org/kg/practice/枫桥经验"


@pytest.fixture(scope="module")
def page() -> str:
    graph, facts = invented_graph(size=300)
    return write_page(graph, facts, title="基层治理网络", limit=LIMIT)


def around(iri: str) -> set[str]:
    graph, _ = invented_graph(size=300)
    return {iri, *nx.all_neighbors(graph, iri)}


def test_double_click_expands_and_hide_and_reset_undo_it(opened: Opened, page: str) -> None:
    driver = opened(page)
    click_on(driver, PRACTICE, times=2)
    grown = shown(driver)
    assert len(grown) > LIMIT
    press(driver, "hide")
    assert PRACTICE not in shown(driver)
    assert len(shown(driver)) == len(grown) - 1
    press(driver, "reset")
    assert len(shown(driver)) == LIMIT
    assert PRACTICE in shown(driver)


def test_every_step_can_be_undone(opened: Opened, page: str) -> None:
    driver = opened(page)
    assert not driver.find_element(By.ID, "undo").is_enabled()
    pictures = [sorted(shown(driver))]
    search_and_take(driver, "枫桥经验")
    for key in ("e", "c", "k", "h"):
        strike(driver, key)
        if sorted(shown(driver)) != pictures[-1]:
            pictures.append(sorted(shown(driver)))
    assert len(pictures) >= 4
    while len(pictures) > 1:
        assert sorted(shown(driver)) == pictures.pop()
        strike(driver, "u")
    assert sorted(shown(driver)) == pictures[0]
    assert not driver.find_element(By.ID, "undo").is_enabled()
    assert_quiet(driver)


def test_collapse_takes_out_what_hangs_on_the_node_alone(opened: Opened, page: str) -> None:
    driver = opened(page)
    search_and_take(driver, "枫桥经验")
    strike(driver, "k", "e")
    before = set(shown(driver))
    assert before == around(PRACTICE) & before
    strike(driver, "c")
    graph, _ = invented_graph(size=300)
    stays = {
        iri for iri in before if iri == PRACTICE or set(nx.all_neighbors(graph, iri)) & before - {PRACTICE}
    }
    assert set(shown(driver)) == stays < before
    assert "收起" in text_of(driver, "#notice")


def test_keep_only_leaves_the_neighbours_and_the_pinned(opened: Opened, page: str) -> None:
    driver = opened(page)
    other = next(iri for iri in shown(driver) if iri not in around(PRACTICE))
    driver.execute_script("explorer.goTo(arguments[0])", other)
    press(driver, "pin")
    assert driver.find_element(By.ID, "pin").text.startswith("取消钉住")
    driver.execute_script("explorer.goTo(arguments[0])", PRACTICE)
    press(driver, "keep")
    left = set(shown(driver))
    assert {PRACTICE, other} <= left <= around(PRACTICE) | {other}
    driver.find_element(By.CSS_SELECTOR, '#legend [data-type="Practice"]').click()
    for type_ in ("Person", "Institution", "Place", "Event"):
        driver.find_element(By.CSS_SELECTOR, f'#legend [data-type="{type_}"]').click()
    assert shown(driver) == [other], "what is pinned stays through filters"


def test_path_between_two_is_the_shortest_and_is_brought_in(opened: Opened, page: str) -> None:
    driver = opened(page)
    graph, _ = invented_graph(size=300)
    ties = nx.Graph(graph)
    far = max(
        (node for node, steps in nx.single_source_shortest_path_length(ties, PRACTICE).items() if steps == 4),
    )
    search_and_take(driver, "枫桥经验")
    press(driver, "path")
    assert "路径的另一端" in text_of(driver, "#notice")
    search_and_take(driver, graph.nodes[far]["label"])
    assert text_of(driver, "#panel .kind") == "最短路径，4 步"
    names = all_texts(driver, "#panel .path .end")
    assert names[0] == "枫桥经验" and names[-1] == graph.nodes[far]["label"]
    assert len(names) == 5
    iri_of = {graph.nodes[node]["label"]: node for node in ties}
    assert all(ties.has_edge(iri_of[a], iri_of[b]) for a, b in pairwise(names))
    assert {iri_of[name] for name in names} <= set(shown(driver))
    driver.find_element(By.CSS_SELECTOR, "#panel .step button").click()
    assert driver.find_elements(By.CSS_SELECTOR, "#panel blockquote mark")


def test_no_path_is_said(opened: Opened) -> None:
    graph, facts = invented_graph(size=60)
    graph.add_node("urn:lone", label="孤山书院", type="Institution")
    driver = opened(write_page(graph, facts, title="孤", limit=200))
    search_and_take(driver, "枫桥经验")
    strike(driver, "t")
    search_and_take(driver, "孤山书院")
    assert "没有路径" in text_of(driver, "#notice")


def positions(driver: Chrome) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = driver.execute_script(
        "return Object.fromEntries(explorer.shown().map((iri) => [iri, explorer.pointOf(iri)]))"
    )
    return found


def test_a_link_reproduces_the_picture(opened: Opened, page: str) -> None:
    driver = opened(page)
    search_and_take(driver, "枫桥经验")
    strike(driver, "k", "e", "p")
    driver.find_element(By.CSS_SELECTOR, '#legend [data-type="Event"]').click()
    strike(driver, "+", "+")
    driver.execute_async_script("setTimeout(arguments[0], 400)")
    link, before, panel = fragment(driver), positions(driver), text_of(driver, "#panel")
    driver = opened(page, fragment=link)
    after = positions(driver)
    assert after.keys() == before.keys()
    for iri, point in before.items():
        assert abs(after[iri]["x"] - point["x"]) < 2 and abs(after[iri]["y"] - point["y"]) < 2
    assert chosen(driver) == PRACTICE
    assert text_of(driver, "#panel") == panel
    assert_quiet(driver)


def test_a_link_of_a_path_is_a_link_for_a_page_made_anew(opened: Opened, page: str) -> None:
    driver = opened(page)
    search_and_take(driver, "枫桥经验")
    strike(driver, "t")
    graph, facts = invented_graph(size=300)
    search_and_take(driver, graph.nodes[max(graph)]["label"])
    path, link = text_of(driver, "#panel"), fragment(driver)
    graph.add_node("https://example.org/kg/a", label="新来的", type="Person")
    driver = opened(write_page(graph, facts, title="新页", limit=LIMIT), fragment=link)
    assert text_of(driver, "#panel") == path


@pytest.mark.parametrize(
    "broken",
    ["#only=", "#add=zz.a.b~%E0%A4%A~&sel=nobody&time=x~y&at=a~b~c&mode=diffusion~q", "#=&&&", "#types=%"],
)
def test_a_broken_link_is_passed_over(opened: Opened, page: str, broken: str) -> None:
    driver = opened(page, fragment=broken)
    assert len(shown(driver)) == LIMIT
    assert_quiet(driver)


def test_full_picture_says_what_is_left_out(opened: Opened) -> None:
    graph, facts = invented_graph(size=900)
    driver = opened(write_page(graph, facts, title="满", limit=395))
    told = []
    for iri in sorted(graph, key=lambda n: (-graph.degree(n), n))[:12]:
        driver.execute_script("explorer.goTo(arguments[0])", iri)
        if chosen(driver) == iri:
            press(driver, "expand")
        told.append(text_of(driver, "#notice"))
    assert len(shown(driver)) == 400
    assert any("未能显示" in notice for notice in told)


def test_arrows_go_to_the_neighbour_in_that_direction(opened: Opened, page: str) -> None:
    driver = opened(page)
    search_and_take(driver, "枫桥经验")
    at = driver.execute_script("return explorer.pointOf(arguments[0])", PRACTICE)
    strike(driver, Keys.ARROW_RIGHT)
    right = chosen(driver)
    assert right in around(PRACTICE) - {PRACTICE}
    assert driver.execute_script("return explorer.pointOf(arguments[0])", right)["x"] > at["x"]
