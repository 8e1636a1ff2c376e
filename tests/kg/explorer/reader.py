"""What a reader does with a page, and what the reader then sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.kg.explorer.conftest import log, requests_made

Opened = Callable[..., Chrome]


def shown(driver: Chrome) -> list[str]:
    """Return the IRIs of the entities in sight."""
    found: list[str] = driver.execute_script("return explorer.shown()")
    return found


def chosen(driver: Chrome) -> str | None:
    iri: str | None = driver.execute_script("return explorer.chosen()")
    return iri


def text_of(driver: Chrome, selector: str) -> str:
    return driver.find_element(By.CSS_SELECTOR, selector).text


def all_texts(driver: Chrome, selector: str) -> list[str]:
    return [element.text for element in driver.find_elements(By.CSS_SELECTOR, selector)]


def press(driver: Chrome, identifier: str) -> None:
    """Press the button with that id."""
    driver.find_element(By.ID, identifier).click()


def strike(driver: Chrome, *keys: str) -> None:
    """Type keys on the page itself, no field in focus."""
    driver.execute_script("document.activeElement.blur()")
    ActionChains(driver).send_keys(*keys).perform()


def searched(driver: Chrome, text: str) -> list[str]:
    """Type into the search box and return the names found, the first of which is highlighted."""
    box = driver.find_element(By.ID, "search")
    box.clear()
    box.send_keys(text)
    return all_texts(driver, "#results .name")


def search_and_take(driver: Chrome, text: str) -> None:
    searched(driver, text)
    driver.find_element(By.ID, "search").send_keys(Keys.ENTER)


def click_at(driver: Chrome, element: WebElement, x: float, y: float, times: int = 1) -> None:
    """Click on a point of an element, in pixels from its top left corner."""
    actions = ActionChains(driver).move_to_element_with_offset(
        element, round(x - element.size["width"] / 2), round(y - element.size["height"] / 2)
    )
    (actions.click() if times == 1 else actions.double_click()).pause(0.5).perform()


def click_on(driver: Chrome, iri: str, times: int = 1) -> None:
    """Click on an entity of the picture."""
    point: dict[str, float] = driver.execute_script("return explorer.pointOf(arguments[0])", iri)
    click_at(driver, driver.find_element(By.ID, "canvas"), point["x"], point["y"], times)


def choice(driver: Chrome, name: str) -> WebElement:
    """Return the check box of that name in the drawer of filters."""
    return driver.find_element(
        By.XPATH, f'//*[@id="filters"]//label[span[@class="name"][text()="{name}"]]/input'
    )


def count_of(driver: Chrome, name: str) -> int:
    """Return the count beside a choice in the drawer of filters."""
    return int(choice(driver, name).find_element(By.XPATH, "../span[@class='count']").text)


def set_slider(driver: Chrome, identifier: str, value: float) -> None:
    driver.execute_script(
        "const slider = document.getElementById(arguments[0]); slider.value = arguments[1];"
        "slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change'));",
        identifier,
        value,
    )


def fragment(driver: Chrome) -> str:
    text: str = driver.execute_script("return location.hash")
    return text


def assert_quiet(driver: Chrome) -> None:
    """Assert that the page logged nothing and asked nobody for anything."""
    entries: list[dict[str, Any]] = log(driver, "browser")
    assert [entry for entry in entries if "GL Driver Message" not in entry["message"]] == []
    assert requests_made(driver) == []
    assert driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)") == []
