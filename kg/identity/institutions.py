"""Names of institutions as identity sees them: places followed to the smallest, organs in short form."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extract.language.lexicon_files import TABLES, read_table
from extract.language.organ_forms import organ_forms
from extract.language.places import Place, read_places
from extract.records import Entity
from kg import iris
from kg.identity.lexicon import countries, country_abbreviations, country_before, country_of
from kg.identity.places import digest, last_of, namesakes
from kg.identity.surroundings import Surroundings
from kg.names import canonical_name

_LONGEST = 16
_LEVELS = {
    "省": ("province",),
    "市": ("prefecture", "county", "province"),
    "州": ("prefecture",),
    "盟": ("prefecture",),
    "县": ("county",),
    "区": ("county",),
    "旗": ("county",),
}
_COMPANY = ("有限责任公司", "股份有限公司", "有限公司")
_SPECIAL = (("香港特区", "香港特别行政区"), ("澳门特区", "澳门特别行政区"))
_BODIES = frozenset(
    [
        "国会",
        "议会",
        "参议院",
        "众议院",
        "上议院",
        "下议院",
        "联邦委员会",
        "国家杜马",
        "国民议会",
        "联邦议院",
        "最高法院",
        "宪法法院",
        "选举委员会",
        "政府",
        "内阁",
        "总统府",
        "总理府",
        "外交部",
        "国防部",
        "内政部",
        "财政部",
        "商务部",
        "司法部",
        "能源部",
        "卫生部",
        "教育部",
        "农业部",
        "交通部",
        "经济部",
        "情报部",
        "文化部",
        "科技部",
        "国务院",
        "央行",
        "中央银行",
        "军方",
        "空军",
        "海军",
        "陆军",
        "武装部队",
        "政府军",
        "政府代表团",
        "警方",
        "检方",
        "人民党",
        "社民党",
        "奥委会",
        "侦查委员会",
        "国家安全局",
        "国家安全委员会",
        "宪法委员会",
        "公共卫生部",
        "环保署",
        "紧急情况部",
    ]
)
"""Bodies that many states have, so that a country's name or abbreviation before them belongs to them."""

_LEGISLATURES = frozenset(
    ("国会", "议会", "参议院", "众议院", "上议院", "下议院", "政府", "内阁", "警方", "军方")
)
"""Of these, those that mean no state's in particular where none is named."""

_ANYBODYS = frozenset(("董事会", "理事会", "监事会", "代表团", "新闻中心", "组委会", "秘书处", "评委会"))
"""Bodies that any institution or event has."""


_OF_THEIR_OWN = ("大学", "学院", "学校", "中学", "小学", "日报", "晚报", "电视台", "代表团")
"""What takes the short name of a place into its own name (浙江师范大学)."""


class _Parsed(NamedTuple):
    """The places that open a name, the greatest first, and what follows them."""

    places: tuple[Place, ...]
    rest: str
    whole: bool
    """Whether the last place stands there by its full name."""


def institution_key(entity: Entity, around: Surroundings, local_iri: str) -> tuple[str, str]:
    """Return IRI and label of an institution by what its own article says."""
    name = _unified(canonical_name("Institution", entity.name))
    given = entity.attributes.get("place")
    hint = last_of(given) if isinstance(given, str) else None
    country = _country(name, entity, around)
    if country is not None:
        return _named(country)
    parsed = _opening(name, hint.code if hint else None)
    if parsed.places:
        return _placed(parsed, name)
    if _opens_with_namesake(name):
        return _apart(name, local_iri)
    relative = _relative(name, hint, around)
    if relative is not None:
        return relative
    organ = organ_forms().get(name)
    if name in central_organs():
        return _named(name)
    if name in _LEVEL_WORDS or name in _ANYBODYS or name in _LEGISLATURES or organ is not None:
        if hint is not None and organ is not None:
            return _with_code(hint, organ)
        central = _central_ending(name)
        return _named(central) if central is not None else _apart(name, local_iri)
    if name == "特别行政区政府":
        return _special_region(name, around, local_iri)
    return _named(name)


_LEVEL_WORDS = frozenset(("省委", "市委", "县委", "区委", "省政府", "市政府", "县政府", "区政府"))


def _unified(name: str) -> str:
    for short, full in _SPECIAL:
        if name.startswith(short):
            name = full + name.removeprefix(short)
    for ending in _COMPANY:
        rest = name.removesuffix(ending)
        if rest != name and rest.endswith(("集团", "公司")):
            return rest
    return name


def _country(name: str, entity: Entity, around: Surroundings) -> str | None:
    """The name with the state in full, where one stands in it or before it."""
    for length in (3, 2, 1):
        state = country_abbreviations().get(name[:length])
        if state is not None and name[length:] in _BODIES:
            return state + name[length:]
    state = country_of(name)
    if state is not None:
        for form, full in countries().items():
            if full == state and name.startswith(form) and name[len(form) :] in _BODIES:
                return state + name[len(form) :]
        return name
    if name in _BODIES:
        before = country_before(around.left_of(entity).rstrip())
        return before + name if before is not None else None
    return None


def _special_region(name: str, around: Surroundings, local_iri: str) -> tuple[str, str]:
    regions = [p.name for p in around.divisions.values() if p.name.endswith("特别行政区")]
    if len(regions) == 1:
        return _named(regions[0] + "政府")
    return _apart(name, local_iri)


def _relative(name: str, hint: Place | None, around: Surroundings) -> tuple[str, str] | None:
    """An organ that names only the level of its place (省社科院): with the place the article speaks of."""
    organ = organ_forms().get(name[1:])
    levels = _LEVELS.get(name[:1])
    if organ is None or levels is None:
        return None
    if hint is not None:
        chain = (hint, *read_places().parents(hint.code))
        place = next((p for p in chain if p.name.endswith(name[0]) and p.level in levels), None)
    else:
        place = around.ending_in(name[0], levels)
    return _with_code(place, organ) if place is not None else None


def _placed(parsed: _Parsed, name: str) -> tuple[str, str]:
    *_, last = parsed.places
    organ = organ_forms().get(parsed.rest)
    if organ is None and parsed.rest[:1] == last.name[-1:]:
        organ = organ_forms().get(parsed.rest[1:])
    if organ is not None:
        return _with_code(last, organ)
    if len(parsed.places) > 1 and parsed.whole:
        return _with_code(last, parsed.rest)
    if parsed.whole and len(namesakes(last.name)) > 1:
        return _with_code(last, parsed.rest)
    return _named(name)


def _with_code(place: Place, organ: str) -> tuple[str, str]:
    name = place.name + organ
    last = last_of(place.code) or place
    if [each.code for each in namesakes(place.name)] != [last.code]:
        return iris.entity("Institution", f"{name}@{last.code}"), name
    return _named(name)


def _named(name: str) -> tuple[str, str]:
    return iris.entity("Institution", name), name


def _apart(name: str, local_iri: str) -> tuple[str, str]:
    return iris.entity("Institution", f"{name}@{digest(local_iri)}"), name


def leading_places(name: str) -> tuple[tuple[Place, ...], str]:
    """Return the places that open a name, each in the one before, and what follows them.

    >>> [place.name for place in leading_places("甘肃省酒泉市委政法委")[0]]
    ['甘肃省', '酒泉市']
    """
    parsed = _opening(name, None)
    return parsed.places, parsed.rest


@lru_cache(maxsize=65536)
def _opening(name: str, hint: str | None, within: str | None = None) -> _Parsed:
    """Follow the places a name opens with, each in the one before; a short form needs a place or organ after it."""
    register = read_places()
    for length in range(min(len(name) - 1, _LONGEST), 1, -1):
        prefix, rest = name[:length], name[length:]
        found = [p for p in register.named(prefix) if within is None or _lies_in(p, within)]
        place = _one_of(found, hint)
        if place is None:
            continue
        deeper = _opening(rest, hint, place.code) if rest else _Parsed((), rest, False)
        whole = prefix == place.name
        if deeper.places:
            return _Parsed((place, *deeper.places), deeper.rest, deeper.whole)
        if whole or (rest in organ_forms() and not rest.endswith(_OF_THEIR_OWN)):
            return _Parsed((place,), rest, whole)
    return _Parsed((), name, False)


def _lies_in(place: Place, code: str) -> bool:
    return place.code != code and any(above.code == code for above in read_places().parents_of(place))


def _one_of(places: list[Place], hint: str | None) -> Place | None:
    """The place of several namesakes that lies in, or contains, what the extractor found; the only one else."""
    if len({p.code for p in places}) == 1:
        return places[0]
    if hint is not None:
        register = read_places()
        near = [p for p in places if register.within(p.code, hint) or register.within(hint, p.code)]
        if len({p.code for p in near}) == 1:
            return near[0]
    return None


def _opens_with_namesake(name: str) -> bool:
    """Whether the name opens with the full name of several divisions, none of which is known to be meant."""
    return any(len(namesakes(name[:length])) > 1 for length in range(2, min(len(name), _LONGEST)))


@lru_cache(maxsize=1)
def central_organs() -> frozenset[str]:
    """Return the names of the organs of the centre and of national bodies, as the lexicon has them."""
    columns = [column.name for column in TABLES["central_organs"]]
    return frozenset(row[columns.index("name")] for row in read_table("central_organs"))


@lru_cache(maxsize=1024)
def _central_ending(name: str) -> str | None:
    """The only organ of the centre whose name ends so: 国务院国资委 for 国资委."""
    found = [full for full in central_organs() if full.endswith(name) and full != name]
    return found[0] if len(found) == 1 else None
