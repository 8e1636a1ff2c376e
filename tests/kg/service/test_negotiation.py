from collections.abc import Sequence

import pytest

from kg.service.negotiation import choose

OFFERED = ("text/html", "text/turtle", "application/json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/*", "text/html"),
        ("application/*", "application/json"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle ; charset=utf-8", "text/turtle"),
        ("text/turtle;q=0.8, application/json;q=0.9", "application/json"),
        ("text/*;q=0.3, text/turtle;q=0.7, */*;q=0.5", "text/turtle"),
        ("text/html;q=0, */*", "text/turtle"),
        ("*/*;q=0.1, text/turtle;q=0.05", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json;q=nonsense", "application/json"),
        ("application/json;q=7", "application/json"),
        ("text/turtle;q=nan", "text/turtle"),
        ("image/png", None),
        ("*/*;q=0", None),
        (",;=,", None),
    ],
)
def test_the_type_that_is_liked_best(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize("offered", [OFFERED, tuple(reversed(OFFERED))])
def test_of_two_liked_alike_the_first_offered(offered: Sequence[str]) -> None:
    assert choose("application/json, text/turtle, text/html", offered) == offered[0]
