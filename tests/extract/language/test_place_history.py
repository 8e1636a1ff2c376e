"""Derivations on small invented code lists: two prefectures 甲市, 乙地区 of a province 990000."""

import pytest

from extract.language.place_editions import Edition, parent_of, without_gaps
from extract.language.place_history import StatedChange, history
from extract.language.place_register import Place

FRAME = {"990000": "甲乙省", "990100": "甲市", "992100": "乙山地区"}


def edition(month: str, **counties: str) -> Edition:
    return Edition(month, FRAME | {code.removeprefix("c"): name for code, name in counties.items()})


def rows(*editions: Edition, stated: tuple[StatedChange, ...] = ()) -> dict[tuple[str, str], Place]:
    places = history(editions, stated, frozenset(), "1900")
    return {(place.code, place.name): place for place in places}


RENEWED = [
    # what the code and name were, what they are in the next list, code of the successor
    ("county made a district", {"c990121": "上虞县"}, {"c990104": "上虞区"}, "990104"),
    ("new code for the old name", {"c990121": "和县"}, {"c992122": "和县"}, "992122"),
    ("renamed", {"c990121": "安西县"}, {"c990121": "瓜州县"}, "990121"),
    ("grown from two characters", {"c990121": "鄞县"}, {"c990104": "鄞州区"}, "990104"),
    ("made autonomous", {"c990121": "丰宁县"}, {"c990126": "丰宁满族自治县"}, "990126"),
    ("no grown name elsewhere", {"c990121": "鄞县"}, {"c992122": "鄞州区"}, None),
    ("gone for good", {"c990121": "金阊区"}, {}, None),
    ("every city has its 郊区", {"c990121": "郊区"}, {"c992122": "郊区"}, None),
]


@pytest.mark.parametrize(("case", "before", "after", "successor"), RENEWED)
def test_successor(case: str, before: dict[str, str], after: dict[str, str], successor: str | None) -> None:
    found = rows(edition("2001-12", **before), edition("2002-12", **after))
    ((code, name),) = before.items()
    ended = found[code.removeprefix("c"), name]
    assert (ended.valid_from, ended.valid_to, ended.successor) == (None, "2002-12", successor), case


def test_a_new_name_begins_where_the_old_one_ends() -> None:
    found = rows(edition("2001-12", c990121="安西县"), edition("2002-12", c990121="瓜州县"))
    assert found["990121", "瓜州县"] == Place(
        "990121", "瓜州县", "county", "990100", "2002-12", None, None, ("瓜州",)
    )


def test_a_code_given_to_another_county_is_no_rename() -> None:
    found = rows(edition("1991-12", c999017="蓬莱市", c990122="兖州县"), edition("1992-12", c999017="兖州市"))
    assert found["999017", "蓬莱市"].successor is None
    assert found["990122", "兖州县"].successor == "999017"


def test_two_that_change_codes_keep_their_identity() -> None:
    found = rows(
        edition("1981-12", c990121="东阳县", c990122="西阳县"),
        edition("1982-12", c990121="西阳县", c990122="东阳县"),
    )
    assert found["990121", "东阳县"].successor == "990122"
    assert found["990122", "西阳县"].successor == "990121"


def test_the_district_of_a_new_prefecture_city_follows_the_county_city() -> None:
    old = Edition("2001-12", FRAME | {"992101": "乙山市", "992122": "丙水县"})
    new = Edition(
        "2002-12",
        {"990000": "甲乙省", "990100": "甲市", "990900": "乙山市", "990902": "肃阳区", "990921": "丙水县"},
    )
    found = rows(old, new)
    assert found["992100", "乙山地区"].successor == "990900"
    assert found["992101", "乙山市"].successor == "990902"
    assert found["992122", "丙水县"].successor == "990921"


def test_a_prefecture_follows_its_counties_if_all_went_to_one_place() -> None:
    old = Edition("2018-12", FRAME | {"992102": "莱山区", "992103": "钢山区"})
    new = Edition("2019-12", {"990000": "甲乙省", "990100": "甲市", "990116": "莱山区", "990117": "钢山区"})
    assert rows(old, new)["992100", "乙山地区"].successor == "990100"


def test_statements_fill_the_years_between_the_last_two_lists_only() -> None:
    merged = StatedChange("2021", ("990102", "下河区"), ("990105", "拱山区"))
    older = StatedChange("2002", ("990103", "金阊区"), ("990105", "拱山区"))
    found = rows(
        edition("2001-12", c990102="下河区", c990103="金阊区", c990105="拱山区"),
        edition("2002-12", c990102="下河区", c990105="拱山区"),
        edition("2026-09", c990105="拱山区"),
        stated=(merged, older),
    )
    assert (found["990102", "下河区"].valid_to, found["990102", "下河区"].successor) == ("2021", "990105")
    assert (found["990103", "金阊区"].valid_to, found["990103", "金阊区"].successor) == ("2002-12", "990105")


def test_a_statement_that_overrules_holds_against_the_lists() -> None:
    found = rows(
        edition("2015-12", c990112="东陵区"),
        edition("2016-12", c990112="浑山区"),
        edition("2026-09", c990112="浑山区"),
        stated=(StatedChange("2014", ("990112", "东陵区"), ("990112", "浑山区"), overrules=True),),
    )
    assert found["990112", "东陵区"].valid_to == "2014"
    assert found["990112", "浑山区"].valid_from == "2014"


def test_a_statement_that_sends_a_district_to_a_namesake_far_away_is_not_believed() -> None:
    found = rows(
        edition("2019-04", c990103="矿山区", c992103="矿山区"),
        edition("2026-09", c992103="矿山区"),
        stated=(StatedChange("2019", ("990103", "矿山区"), ("992103", "矿山区")),),
    )
    assert found["990103", "矿山区"].successor is None


def test_gaps_are_closed() -> None:
    mended = without_gaps(
        [
            edition("1988-12", c990107="井山区"),
            edition("1989-12"),
            edition("1990-12", c990107="井山区"),
            edition("1996-12"),
        ]
    )
    assert ["990107" in one.names for one in mended] == [True, True, True, False]


def test_a_namesake_that_fills_the_gap_is_dropped() -> None:
    mended = without_gaps(
        [
            edition("1993-12", c990025="定山县"),
            edition("1994-12", c999025="定山县"),
            edition("1995-12", c990025="定山县"),
        ]
    )
    assert mended[1].names == FRAME | {"990025": "定山县"}


def test_a_return_after_many_years_is_no_gap() -> None:
    mended = without_gaps(
        [edition("1990-12", c990107="井山区"), edition("1991-12"), edition("2001-12", c990107="井山区")]
    )
    assert "990107" not in mended[1].names


@pytest.mark.parametrize(
    ("code", "names", "parent"),
    [
        ("990000", {}, None),
        ("990100", {}, "990000"),
        ("990121", {"990100": "甲市"}, "990100"),
        ("999004", {}, "990000"),
        ("500229", {"500200": "县"}, "500000"),
    ],
)
def test_parent(code: str, names: dict[str, str], parent: str | None) -> None:
    assert parent_of(code, names) == parent
