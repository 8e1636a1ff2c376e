"""A picture of the explorer page, with one entity opened, taken in a headless Chromium.

python -m benchmarks.picture PAGE.html PICTURE.png [NAME]
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_WIDTH, _HEIGHT = 1400, 860
_SETTLED_SECONDS = 1.5


def take(page: Path, picture: Path, name: str) -> None:
    """Open the page, search for the entity of that name, open it, and save what is seen."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    driver_path = shutil.which("chromedriver")
    if browser is None or driver_path is None:
        raise SystemExit("no Chromium with chromedriver on the path; `make browser` tells how to get one")
    options = Options()
    options.binary_location = browser
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        size = {"width": _WIDTH, "height": _HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.get(page.absolute().as_uri())
        search = driver.find_element(By.CSS_SELECTOR, "input[type=search]")
        search.send_keys(name)
        time.sleep(_SETTLED_SECONDS)
        search.send_keys(Keys.ENTER)
        time.sleep(_SETTLED_SECONDS)
        picture.parent.mkdir(exist_ok=True)
        driver.save_screenshot(str(picture))
    finally:
        driver.quit()


def main(arguments: list[str]) -> None:
    """Take the picture that the arguments ask for."""
    if len(arguments) not in (2, 3):
        raise SystemExit("usage: python -m benchmarks.picture PAGE.html PICTURE.png [NAME]")
    take(Path(arguments[0]), Path(arguments[1]), arguments[2] if len(arguments) == 3 else "枫桥经验")


if __name__ == "__main__":
    main(sys.argv[1:])
