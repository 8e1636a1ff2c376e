"""The filters as a reader sets them: what stays in sight, the counts, the link, play."""

from __future__ import annotations

import time

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from kg.explorer.facts import FactReading
from kg.explorer.page import write_page
from tests.kg.explorer.invented_graph import Graph, invented_graph
from tests.kg.explorer.reader import (
    Opened,
    all_texts,
    assert_quiet,
    choice,
    chosen,
    count_of,
    fragment,
    press,
    set_slider,
    shown,
    text_of,
)

LIMIT = 60


def network() -> tuple[Graph[str], dict[str, FactReading]]:
    return invented_graph(size=300)


@pytest.fixture(scope="module")
def page() -> str:
    graph, facts = network()
    return write_page(graph, facts, title="基层治理网络", limit=LIMIT)


@pytest.fixture
def driver(opened: Opened, page: str) -> Chrome:
    """The page with its drawer of filters open."""
    browser = opened(page)
    press(browser, "open-filters")
    return browser


def named_by(facts: list[FactReading]) -> set[str]:
    return {end for fact in facts for end in (fact.subject, fact.object)}


def test_legend_filters_by_type_and_counts(driver: Chrome) -> None:
    people = [iri for iri in shown(driver) if "/person/" in iri]
    button = driver.find_element(By.CSS_SELECTOR, '#legend [data-type="Person"]')
    assert button.text.split()[-1].startswith(f"{len(people)}/")
    button.click()
    assert not [iri for iri in shown(driver) if "/person/" in iri]
    pressed = driver.find_element(By.CSS_SELECTOR, '#legend [data-type="Person"]')
    assert pressed.get_attribute("aria-pressed") == "false"
    driver.execute_script("explorer.goTo(arguments[0])", people[0])
    assert chosen(driver) == people[0], "asking for a person switches the type on again"
    assert set(people) <= set(shown(driver))


def test_closing_a_relation_takes_its_statements_out(driver: Chrome) -> None:
    _, facts = network()
    before = set(shown(driver))
    assert count_of(driver, "任职于") == sum(fact.relation == "holdsPost" for fact in facts.values())
    choice(driver, "任职于").click()
    assert set(shown(driver)) == before & named_by([f for f in facts.values() if f.relation != "holdsPost"])
    press(driver, "clear")
    assert set(shown(driver)) == before


def test_one_relation_alone(driver: Chrome) -> None:
    _, facts = network()
    before = set(shown(driver))
    row = choice(driver, "出席").find_element(By.XPATH, "../..")
    driver.execute_script("arguments[0].click()", row.find_element(By.CSS_SELECTOR, ".only"))
    assert set(shown(driver)) == before & named_by([f for f in facts.values() if f.relation == "attended"])
    assert count_of(driver, "任职于") == sum(fact.relation == "holdsPost" for fact in facts.values())


def test_source_counts_follow_the_other_filters(driver: Chrome) -> None:
    _, facts = network()
    some = [fact for fact in facts.values() if fact.quotations[0].source == "乡音日报"]
    source = str(next(iter(facts.values())).quotations[0].source)
    some = [fact for fact in facts.values() if fact.quotations[0].source == source]
    assert count_of(driver, source) == len(some)
    set_slider(driver, "confidence", 0.8)
    sure = [fact for fact in some if fact.confidence >= 0.8]
    assert 0 < count_of(driver, source) == len(sure) < len(some)
    choice(driver, source).click()
    others = [f for f in facts.values() if f.quotations[0].source != source and f.confidence >= 0.8]
    assert set(shown(driver)) <= named_by(others)


def test_place_tree_asks_for_a_province(driver: Chrome) -> None:
    graph, facts = network()
    tree = all_texts(driver, "#filters .tree > li .name")
    assert "浙江省" in tree
    before = set(shown(driver))
    choice(driver, "浙江省").click()
    left = set(shown(driver))
    assert left < before and left
    beside = {node for node in graph if str(graph.nodes[node].get("code", "")).startswith("33")}
    touched = named_by([fact for fact in facts.values() if {fact.subject, fact.object} & beside])
    assert beside & before <= left
    assert left & touched
    assert driver.find_element(By.CSS_SELECTOR, "#open-filters.on")


def test_time_slider_shows_the_graph_of_a_period(driver: Chrome) -> None:
    _, facts = network()
    set_slider(driver, "to", 12 * 2023 + 2)
    spring = [fact for fact in facts.values() if str(fact.quotations[0].date) < "2023-04"]
    assert set(shown(driver)) <= named_by(spring)
    assert text_of(driver, "#period-text") == "2023-01 — 2023-03"
    assert "筛选后" in text_of(driver, "#status")
    press(driver, "anew")
    assert set(shown(driver)) <= named_by(spring)
    assert len(shown(driver)) == min(LIMIT, len(named_by(spring)))


def test_play_grows_the_graph_to_its_end(driver: Chrome) -> None:
    press(driver, "play")
    seen = set()
    for _ in range(100):
        seen.add(text_of(driver, "#period-text"))
        if driver.find_element(By.ID, "play").text.startswith("▶"):
            break
        time.sleep(0.2)
    assert len(seen) > 4
    assert text_of(driver, "#period-text") == "2023-01 — 2023-12"
    assert len(shown(driver)) == LIMIT


def test_a_link_reproduces_the_filters(driver: Chrome, opened: Opened, page: str) -> None:
    choice(driver, "出席").click()
    choice(driver, "浙江省").click()
    set_slider(driver, "confidence", 0.6)
    set_slider(driver, "from", 12 * 2023 + 3)
    status, drawer, seen = text_of(driver, "#status"), text_of(driver, "#filters"), sorted(shown(driver))
    again = opened(page, fragment=fragment(driver))
    assert (text_of(again, "#status"), text_of(again, "#filters"), sorted(shown(again))) == (
        status,
        drawer,
        seen,
    )
    assert_quiet(again)


def test_edges_without_facts_are_filtered_by_their_own_dates(opened: Opened) -> None:
    graph, _ = network()
    driver = opened(write_page(graph, {}, title="无事实", limit=LIMIT))
    press(driver, "open-filters")
    set_slider(driver, "to", 12 * 2023)
    january = {end for a, b, row in graph.edges(data=True) if row["first"] < "2023-02" for end in (a, b)}
    assert set(shown(driver)) <= january
    assert shown(driver)


def test_facts_that_are_filtered_out_are_said_in_the_panel(driver: Chrome) -> None:
    practice = "https://example.org/kg/practice/枫桥经验"
    driver.execute_script("explorer.goTo(arguments[0])", practice)
    set_slider(driver, "confidence", 0.9)
    _, facts = network()
    about = [fact for fact in facts.values() if practice in (fact.subject, fact.object)]
    low = {(f.relation, f.subject, f.object) for f in about} - {
        (f.relation, f.subject, f.object) for f in about if f.confidence >= 0.9
    }
    assert text_of(driver, "#panel .filtered") == f"另有 {len(low)} 条事实被筛选隐去"
