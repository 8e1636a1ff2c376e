"""What single words say: descriptions, successions, rarity, cores of names, countries."""

import pytest

from extract.records import Article, ArticleFacts, Entity
from kg.identity.descriptions import description_of, split_description
from kg.identity.event_pairs import core_of
from kg.identity.lexicon import TABLES, country_before, country_of, read_table
from kg.identity.locality_pairs import practice_core
from kg.identity.opening_places import leading_places
from kg.identity.rarity import commonness
from kg.identity.successions import successors


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("德国总统张衡之表示", ["张衡之"], "德国总统"),
        ("德国前总统张衡之表示", ["张衡之"], "德国总统"),
        ("航天员陶望舒、张衡之返回", ["张衡之", "陶望舒"], "航天员"),
        ("张衡之教授认为", ["张衡之"], "教授"),
        ("会见张衡之", ["张衡之"], None),
        ("女教师。张衡之", ["张衡之"], None),
    ],
)
def test_what_stands_beside_a_name(text: str, names: list[str], expected: str | None) -> None:
    entities = [
        Entity(
            id=str(n),
            type="Person",
            name=name,
            mentions=[(text.index(name), text.index(name) + len(name))],
        )
        for n, name in enumerate(names)
    ]
    record = ArticleFacts(article=Article(id="甲", text=text), entities=entities)
    assert description_of(entities[0], record) == expected


def test_a_description_is_split_into_country_calling_and_kind() -> None:
    assert split_description("德国总统") == ("德国", "总统", "foreign")
    assert split_description("航天员") == ("", "航天员", "space")


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("酒泉市工商局", ("酒泉市市场监管局",)),
        ("国家质检总局", ("国家市场监管总局",)),
        ("酒泉市委", ()),
        ("工商局", ()),
    ],
)
def test_who_took_over(name: str, later: tuple[str, ...]) -> None:
    assert successors(name) == later


@pytest.mark.parametrize(
    ("rarer", "commoner"),
    [("王建军", "王军"), ("欧阳衡之", "王建军"), ("奥尔忠尼启则", "米勒"), ("郁望舒", "王伟")],
)
def test_rarer_names_count_as_rarer(rarer: str, commoner: str) -> None:
    assert commonness(rarer) < commonness(commoner)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("酒泉市市域社会治理推进会议", "市域社会治理推进会"),
        ("全省市域社会治理推进会", "市域社会治理推进会"),
        ("座谈会", "座谈会"),
        ("第十二届东西部大会", "第十二届东西部大会"),
    ],
)
def test_cores_of_events(name: str, core: str) -> None:
    assert core_of(name) == core


def test_cores_of_practices() -> None:
    assert practice_core("网格化管理工作") == "网格化管理"
    assert practice_core("平安建设") == "平安建设"


def test_places_before_an_organ_are_followed_down() -> None:
    places, rest = leading_places("河北正定县委")
    assert [place.name for place in places] == ["河北省", "正定县"]
    assert rest == "委"
    assert leading_places("人民网")[0] == ()


def test_countries_are_known_by_any_of_their_names() -> None:
    assert country_of("俄罗斯联邦委员会") == "俄罗斯"
    assert country_before("应阿联酋") == "阿拉伯联合酋长国"
    assert country_of("酒泉市委") is None


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read(name: str) -> None:
    assert len(read_table(name)) > 50
