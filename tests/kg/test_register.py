import pytest

from kg.iris import REGISTER
from kg.register import area, iri_of, is_below_province, place_quads


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("酒泉市委政法委", "620900"),
        ("酒泉市肃州区委政法委", "620902"),
        ("甘肃省委政法委", "620000"),
        ("鼓楼区委", None),  # several districts have the name
        ("福州市鼓楼区委", "350102"),
        ("西北师范大学", None),
    ],
)
def test_the_area_of_an_institution_by_its_name(name: str, code: str | None) -> None:
    place = area(None, name)
    assert (place.code if place else None) == code


def test_a_code_decides_before_the_name() -> None:
    place = area("320106", "鼓楼区委")
    assert place is not None
    assert place.code == "320106"


def test_a_place_comes_with_what_contains_it() -> None:
    place = area(None, "肃州区委")
    assert place is not None
    quads = list(place_quads(place))
    subjects = list(dict.fromkeys(str(quad.subject).strip("<>").rsplit("/", 1)[1] for quad in quads))
    assert subjects == ["620902-肃州区", "620900-酒泉市", "620000-甘肃省"]
    assert {quad.graph_name for quad in quads} == {REGISTER}
    assert iri_of(place).endswith("place/620902-肃州区")


@pytest.mark.parametrize(
    ("code", "below"), [("620900", True), ("620902", True), ("620000", False), (None, False)]
)
def test_below_the_province(code: str | None, below: bool) -> None:
    assert is_below_province(code) is below
