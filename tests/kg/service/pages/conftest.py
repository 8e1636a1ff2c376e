"""A service over the sample articles and one whose every text is hostile, and a browser to look at it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from extract.records import Article, ArticleFacts, Entity, Fact
from kg.store import Store
from tests.kg.explorer.conftest import chromium, log  # noqa: F401 - a fixture
from tests.kg.sample_facts import samples
from tests.kg.service.running_service import RunningService, serving

MARKUP = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
HOSTILE = f'会"议{MARKUP}' + "&lt;b&gt;{{ 7*7 }}%s\u202e"
WIDE, PHONE = 1280, 390

Open = Callable[..., webdriver.Chrome]


def hostile_article() -> ArticleFacts:
    """Return an article with markup in every text that a page shows."""
    sentence = f"祁连川（{MARKUP}）主持{HOSTILE}。"
    return ArticleFacts(
        article=Article(
            id='x"><script>',
            text=sentence,
            date="2024-03-01",
            title=f"标题</title>{MARKUP}",
            source=f"来源{MARKUP}",
            url="https://example.org/\"><script>document.title='hacked'</script>",
            authors=[MARKUP],
        ),
        entities=[
            Entity(id="p1", type="Person", name="祁连川", aliases=[MARKUP], mentions=[(0, 3)]),
            Entity(id="e1", type="Event", name=HOSTILE, mentions=[]),
            Entity(id="i1", type="Institution", name=f"某局{MARKUP}", mentions=[]),
        ],
        facts=[
            Fact(
                subject="p1",
                relation="chaired",
                object="e1",
                evidence=(0, len(sentence)),
                rule=f"chaired/{MARKUP}",
                confidence=0.5,
            ),
            Fact(
                subject="p1",
                relation="holdsPost",
                object="i1",
                evidence=(0, 3),
                rule="holdsPost/x",
                confidence=0.9,
                qualifiers={"title": f"局长{MARKUP}"},
            ),
        ],
    )


@pytest.fixture(scope="session")
def pages_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "pages.kg"
    with Store.create(path) as store:
        store.add([*samples(), hostile_article()])
    return path


@pytest.fixture(scope="session")
def pages(pages_store: Path) -> Iterator[RunningService]:
    """A service that all tests leave as it was."""
    with serving(pages_store, "--timeout", 10, "--workers", 3) as running:
        yield running


@pytest.fixture
def opened(pages: RunningService, chromium: webdriver.Chrome) -> Open:  # noqa: F811
    """Return a function that opens a page in a language and at a width, what was logged before forgotten."""

    def open_page(path: str, language: str = "zh", width: int = WIDE) -> webdriver.Chrome:
        chromium.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        chromium.get(f"{pages.address}language?to={language}&back=/search")
        log(chromium, "browser")
        log(chromium, "performance")
        chromium.get(pages.address.rstrip("/") + path)
        return chromium

    return open_page


def addresses_asked(driver: webdriver.Chrome) -> list[str]:
    """Return every address that the browser asked for since the log was read."""
    messages = [json.loads(entry["message"])["message"] for entry in log(driver, "performance")]
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]


def assert_quiet(driver: webdriver.Chrome, pages: RunningService) -> None:
    """Assert that nothing failed, no policy was broken, and nobody but the service was asked."""
    assert [entry for entry in log(driver, "browser") if "favicon" not in entry["message"]] == []
    asked = addresses_asked(driver)
    assert asked
    assert [url for url in asked if not url.startswith((pages.address, "data:"))] == []
