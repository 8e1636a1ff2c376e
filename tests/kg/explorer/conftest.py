"""A headless Chromium that has no network, for tests that open the page as a reader would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card
    "--hide-scrollbars",
    "--window-size=1400,900",
)


_STARTED = """
const done = arguments[0];
function look(tries) {
  if (window.explorer) explorer.ready.then(done);
  else if (tries) setTimeout(() => look(tries - 1), 50);
  else done();
}
look(200);
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    """A running headless Chromium; the tests that ask for it are skipped where there is none."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    driver_path = shutil.which("chromedriver")
    if browser is None or driver_path is None:
        pytest.skip("no Chromium with chromedriver on the path")
    options = Options()
    options.binary_location = browser
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def opened(chromium: webdriver.Chrome, tmp_path: Path) -> Callable[[str], webdriver.Chrome]:
    """Return a function that opens a page's HTML from disk and clears what earlier pages logged."""

    def open_page(html: str, width: int = 1400, height: int = 900, fragment: str = "") -> webdriver.Chrome:
        page = tmp_path / "page.html"
        page.write_text(html, encoding="utf-8", newline="")
        chromium.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        chromium.get("about:blank")
        log(chromium, "browser")
        log(chromium, "performance")
        chromium.get(page.as_uri() + fragment)
        # a page that does not run has no explorer, and its tests say so
        chromium.execute_async_script(_STARTED)
        return chromium

    return open_page


def log(driver: webdriver.Chrome, name: str) -> list[dict[str, Any]]:
    """Return the entries of a browser log since it was last read."""
    entries: list[dict[str, Any]] = driver.get_log(name)  # type: ignore[no-untyped-call]
    return entries


def requests_made(driver: webdriver.Chrome) -> list[str]:
    """Return the addresses that the browser asked for since the log was read, the page's own left out."""
    addresses = []
    for entry in log(driver, "performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            addresses.append(message["params"]["request"]["url"])
    own = driver.current_url.split("#")[0]
    return [url for url in addresses if url.split("#")[0] != own and not url.startswith(("data:", "about:"))]
