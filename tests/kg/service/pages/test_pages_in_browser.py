"""The pages as a reader uses them, in a real browser: every test ends with nobody but the service asked."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.kg.service.pages.conftest import HOSTILE, PHONE, WIDE, Open, assert_quiet
from tests.kg.service.running_service import RunningService

_SECONDS = 20
PERSON = "/person/陶望舒@酒泉市委政法委"


def waited(driver: Chrome, selector: str) -> WebElement:
    """Return the first element of a selector that can be seen, waiting for it."""

    def seen(_: Chrome) -> WebElement | None:
        found = driver.find_elements(By.CSS_SELECTOR, selector)
        return next((element for element in found if element.is_displayed()), None)

    found: WebElement = WebDriverWait(driver, _SECONDS).until(seen)  # type: ignore[assignment]
    return found


def texts(driver: Chrome, selector: str) -> list[str]:
    found: list[str] = driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())", selector
    )
    return found


def answered(driver: Chrome) -> None:
    waited(driver, "#answer table.answer, #answer .problem")


def fits(driver: Chrome) -> bool:
    """Return whether nothing makes the page scroll sideways."""
    wide: int = driver.execute_script("return document.documentElement.scrollWidth")
    own: int = driver.execute_script("return document.documentElement.clientWidth")
    return wide <= own


# Search.


def test_a_name_typed_in_pinyin_is_suggested_and_opened_by_keys(opened: Open, pages: RunningService) -> None:
    driver = opened("/search")
    driver.find_element(By.TAG_NAME, "body").send_keys("/")
    box = driver.switch_to.active_element
    assert box.get_attribute("id") == "search"
    box.send_keys("qilian")
    waited(driver, ".suggestions [role=option]")
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant")
    box.send_keys(Keys.ENTER)
    WebDriverWait(driver, _SECONDS).until(lambda d: "/person/" in d.current_url)
    assert texts(driver, "h1") == ["祁连川"]
    assert_quiet(driver, pages)


def test_results_are_narrowed_down_by_type_and_place(opened: Open, pages: RunningService) -> None:
    driver = opened("/search?q=政法委")
    assert len(texts(driver, ".hits > li")) == 2
    driver.find_element(By.LINK_TEXT, "浙江省").click()
    assert [text.partition("\n")[0] for text in texts(driver, ".hits .entity")] == ["绍兴市委政法委"]
    assert_quiet(driver, pages)


# An entity.


def test_an_entity_page_shows_offices_facts_and_identity(opened: Open, pages: RunningService) -> None:
    driver = opened(PERSON)
    assert texts(driver, ".timeline .post") == ["书记", "区长"]
    bars = driver.find_elements(By.CSS_SELECTOR, ".timeline svg.bar rect")
    first, second = (bar.rect for bar in bars[:2])
    assert first["width"] > second["width"]
    assert first["x"] < second["x"]
    assert "酒泉市委政法委书记陶望舒主持会议，酒泉市推行主动创稳。" in texts(driver, "blockquote mark")
    assert texts(driver, ".decisions .badge") == ["同一", "未定"]
    driver.find_element(By.CSS_SELECTOR, ".timeline a.post").click()
    assert texts(driver, "h1") == ["酒泉市委政法委书记"]
    assert_quiet(driver, pages)


def test_a_fact_leads_to_its_statement_in_the_article(opened: Open, pages: RunningService) -> None:
    driver = opened("/article/one#f4")
    target = driver.find_element(By.CSS_SELECTOR, ":target")
    assert "陶望舒主持会议" in target.text
    assert_quiet(driver, pages)


# Questions.


def test_a_question_is_asked_with_a_suggested_name(opened: Open, pages: RunningService) -> None:
    driver = opened("/query?question=offices-of")
    field = driver.find_element(By.CSS_SELECTOR, "input[data-names]")
    field.send_keys("taows")
    field.send_keys(Keys.BACKSPACE, "angshu")
    waited(driver, ".control .suggestions [role=option]")
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert field.get_attribute("value") == "陶望舒"
    field.send_keys(Keys.ENTER)
    answered(driver)
    assert "肃州区区长" in texts(driver, "table.answer td")
    assert "p.official=" in driver.current_url
    share = driver.find_element(By.CSS_SELECTOR, "a.share").get_attribute("href")
    assert share is not None
    driver.get(share)
    assert "肃州区区长" in texts(driver, "table.answer td")
    assert_quiet(driver, pages)


def test_a_table_is_sorted_and_seen_as_a_graph(opened: Open, pages: RunningService) -> None:
    query = "SELECT ?person ?event ?how { VALUES ?how { gov:attended gov:chaired } ?person ?how ?event }"
    driver = opened(f"/query?run=1&query={quote(query)}")
    head = driver.find_element(By.CSS_SELECTOR, "table.answer th button")
    head.click()
    first = texts(driver, "table.answer td:first-child")
    head.click()
    assert texts(driver, "table.answer td:first-child") == first[::-1] != first
    driver.find_element(By.CSS_SELECTOR, "button[data-view=graph]").click()
    waited(driver, ".result-graph")
    assert set(texts(driver, ".result-graph .node > text")) >= {"陶望舒", "柳青禾", "座谈会"}
    assert len(driver.find_elements(By.CSS_SELECTOR, ".result-graph line")) == len(first)
    assert not driver.find_element(By.CSS_SELECTOR, ".view-table").is_displayed()
    assert_quiet(driver, pages)


def write(driver: Chrome, text: str) -> WebElement:
    area = driver.find_element(By.CSS_SELECTOR, "textarea")
    area.send_keys(Keys.CONTROL, "a")
    area.send_keys(Keys.DELETE)
    area.send_keys(text)
    return area


@pytest.mark.parametrize("typed", ["renzhi", "任职于", "holds p", "gov:holdsP"])
def test_the_editor_completes_a_term_by_any_of_its_names(
    opened: Open, pages: RunningService, typed: str
) -> None:
    driver = opened("/query")
    area = write(driver, f"SELECT ?a {{ ?a {typed.split()[0]}")
    waited(driver, ".at-caret [role=option]")
    offered = texts(driver, ".at-caret [role=option] code")
    assert "gov:holdsPost" in offered
    area.send_keys(Keys.ARROW_DOWN * offered.index("gov:holdsPost"), Keys.ENTER)
    assert area.get_attribute("value") == "SELECT ?a { ?a gov:holdsPost "
    assert "gov:holdsPost" in texts(driver, ".editor .layer .t-term")
    assert_quiet(driver, pages)


def test_the_editor_completes_names_within_quotes(opened: Open, pages: RunningService) -> None:
    driver = opened("/query")
    area = write(driver, 'SELECT ?b { ?a rdfs:label "qilian')
    waited(driver, ".at-caret [role=option]")
    area.send_keys(Keys.ENTER)
    assert area.get_attribute("value") == 'SELECT ?b { ?a rdfs:label "祁连川"@zh-Hans'
    area.send_keys(" ; gov:spokeAt ?b }", Keys.ESCAPE)
    area.send_keys(Keys.CONTROL, Keys.ENTER)
    answered(driver)
    assert texts(driver, "table.answer td") == ["座谈会"]
    assert_quiet(driver, pages)


def test_the_coloured_text_lies_exactly_over_what_is_typed(opened: Open, pages: RunningService) -> None:
    driver = opened("/query")
    write(driver, "# 注释\nSELECT ?人 {\n?人 a gov:Person\n}" + "\n# " + "很长的一行" * 60)
    layer, area = (driver.find_element(By.CSS_SELECTOR, f".editor > {name}") for name in ("pre", "textarea"))
    assert layer.rect == area.rect
    same = (
        "const [a, b] = arguments;"
        r" return a.textContent === b.value + '\n' && b.scrollHeight <= a.clientHeight;"
    )
    assert driver.execute_script(same, layer, area)
    assert_quiet(driver, pages)


def test_a_mistake_selects_its_line(opened: Open, pages: RunningService) -> None:
    driver = opened("/query")
    area = write(driver, "SELECT ?a {\n")
    area.send_keys("?a a gvo:Person }", Keys.ESCAPE)
    driver.find_element(By.CSS_SELECTOR, "#ask button.primary").click()
    waited(driver, "#answer .problem")
    chosen = driver.execute_script(
        "const a = arguments[0]; return a.value.slice(a.selectionStart, a.selectionEnd)", area
    )
    assert "gvo:Person" in chosen
    assert_quiet(driver, pages)


def test_a_running_query_can_be_stopped(opened: Open, pages: RunningService) -> None:
    driver = opened("/query")
    area = write(driver, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    area.send_keys(Keys.ESCAPE)
    area.send_keys(Keys.CONTROL, Keys.ENTER)
    waited(driver, "#stop").click()
    WebDriverWait(driver, _SECONDS).until(
        lambda d: d.find_element(By.CSS_SELECTOR, "#ask .primary").is_enabled()
    )
    assert texts(driver, "#answer")[0] == ""
    write(driver, "SELECT ?p { ?p a gov:Person }").send_keys(Keys.ESCAPE)
    driver.find_element(By.CSS_SELECTOR, "#ask button.primary").click()
    answered(driver)
    assert "祁连川" in texts(driver, "table.answer td")
    assert_quiet(driver, pages)


def test_questions_are_filtered_while_typing(opened: Open, pages: RunningService) -> None:
    driver = opened("/query", language="en")
    every = len(
        [item for item in driver.find_elements(By.CSS_SELECTOR, ".question-list li") if item.is_displayed()]
    )
    driver.find_element(By.ID, "find-question").send_keys("offices")
    left = [
        item.text
        for item in driver.find_elements(By.CSS_SELECTOR, ".question-list li")
        if item.is_displayed()
    ]
    assert 0 < len(left) < every
    assert "The offices of an official, with the sentences" in left
    assert_quiet(driver, pages)


# Every page, as it looks and behaves.

PATHS = (
    "/", "/search?q=tao", "/query", "/query?question=offices-of&run=1&p.official=陶望舒", PERSON,
    f"{PERSON}?relation=holdsPost&side=subject", "/article/one", "/place/620900-酒泉市", "/nothing/here",
    "/membership/陶望舒@酒泉市委政法委/酒泉市委政法委/书记", "/ontology",
)  # fmt: skip


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_scrolls_sideways_or_asks_elsewhere(
    opened: Open, pages: RunningService, language: str, width: int
) -> None:
    for path in PATHS[:8] + PATHS[9:]:
        driver = opened(path, language, width)
        assert fits(driver), path
        assert_quiet(driver, pages)


def test_a_page_can_be_walked_with_the_tab_key(opened: Open, pages: RunningService) -> None:
    driver = opened(PERSON)
    ActionChains(driver).send_keys(Keys.TAB).perform()
    assert driver.switch_to.active_element.get_attribute("href").endswith("#content")  # type: ignore[union-attr]
    reached = set()
    for _ in range(12):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        reached.add(driver.switch_to.active_element.text)
    assert "查询" in reached
    assert_quiet(driver, pages)


def test_nothing_in_an_articles_texts_runs_or_draws(opened: Open, pages: RunningService) -> None:
    hit = json.loads(pages.request("GET", f"/search.json?q={quote('祁连川')}").body)["hits"][0]
    event = json.loads(pages.request("GET", f"/search.json?q={quote('会议<img')}").body)["hits"][0]
    graph = "SELECT ?a ?b { ?a gov:chaired ?b }"
    for path in (
        hit["path"], event["path"], "/article/x%22%3E%3Cscript%3E", "/search?q=" + quote(HOSTILE), "/",
        f"/query?run=1&query={quote(graph)}", f"/query?run=1&query={quote(HOSTILE)}",
    ):  # fmt: skip
        driver = opened(path)
        assert driver.title != "hacked", path
        assert driver.find_elements(By.CSS_SELECTOR, "img[src=x], main script, title script") == []
        assert_quiet(driver, pages)
    driver = opened(f"/query?run=1&query={quote(graph)}")
    driver.find_element(By.CSS_SELECTOR, "button[data-view=graph]").click()
    waited(driver, ".result-graph")
    driver.find_element(By.ID, "search").send_keys("会")
    waited(driver, ".suggestions [role=option]")
    assert driver.title != "hacked"
    assert driver.find_elements(By.CSS_SELECTOR, "img[src=x]") == []
    assert_quiet(driver, pages)
