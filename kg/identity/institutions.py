"""Names of institutions as identity sees them: places followed to the smallest, organs in short form."""

from __future__ import annotations

from functools import lru_cache

from extract.language.lexicon_files import TABLES, read_table, split_list
from extract.language.organ_forms import organ_forms
from extract.language.places import Place, read_places
from extract.records import Entity
from kg import iris
from kg.identity.lexicon import (
    common_bodies,
    countries,
    country_abbreviations,
    country_before,
    country_of,
    institution_aliases,
    last_country,
)
from kg.identity.opening_places import LONGEST, Opening, opening
from kg.identity.places import digest, last_of, namesakes
from kg.identity.surroundings import Surroundings
from kg.names import canonical_name, fold

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
_REGIONAL = ("特别行政区政府", "特区政府")
_SAYING = ("通报", "声明", "公报", "消息")
"""What a body gives out, where it stands right behind its name (俄罗斯国防部通报)."""

_BODIES_ABOVE = ("国务院", "全国人大", "全国政协")


def institution_key(entity: Entity, around: Surroundings, local_iri: str) -> str:
    """Return the key of an institution by what its own article says."""
    folded = _unified(fold(entity.name))
    name = folded if country_of(folded) is not None else canonical_name("Institution", folded)
    given = entity.attributes.get("place")
    hint = last_of(given) if isinstance(given, str) else None
    country = _country(name, entity, around)
    if country is not None:
        return _named(country)
    parsed = opening(name, hint.code if hint else None)
    if parsed.places:
        return _placed(parsed, name)
    if _opens_with_namesake(name):
        return _apart(name, local_iri)
    if name[:1] in _LEVELS and name[1:] in organ_forms():
        return _relative(name, hint, around) or _apart(name, local_iri)
    if entity.attributes.get("candidates") == []:
        # Extraction says that the article nowhere names the place of this organ.
        return _apart(name, local_iri)
    organ = organ_forms().get(name)
    if name in central_organs():
        return _named(name)
    if name in common_bodies("any", "part") or organ is not None:
        if hint is not None and organ is not None:
            return _with_code(hint, organ)
        central = _central_ending(name, around)
        return _named(central) if central is not None else _apart(name, local_iri)
    if name == "特别行政区政府":
        return _special_region(name, around, local_iri)
    return _named(name)


def _unified(name: str) -> str:
    for short, full in _SPECIAL:
        if name.startswith(short):
            name = full + name.removeprefix(short)
        elif name.startswith(full[:2]) and name.endswith(_REGIONAL):
            name = full + "政府"
    for ending in _SAYING:
        rest = name.removesuffix(ending)
        if country_of(rest) is not None and rest.endswith(tuple(common_bodies("organ", "any"))):
            name = rest
    for ending in _COMPANY:
        rest = name.removesuffix(ending)
        if rest != name and rest.endswith(("集团", "公司")):
            name = rest
            break
    return institution_aliases().get(name, name)


def _country(name: str, entity: Entity, around: Surroundings) -> str | None:
    """The name with the state in full, where one stands in it or before it."""
    for length in (3, 2, 1):
        state = country_abbreviations().get(name[:length])
        if state is not None and name[length:] in common_bodies("organ", "any"):
            return state + name[length:]
    state = country_of(name)
    if state is not None:
        for form, full in countries().items():
            if full == state and name.startswith(form) and name[len(form) :] in common_bodies("organ", "any"):
                return state + name[len(form) :]
        return name
    if name in common_bodies("organ", "any"):
        left = around.left_of(entity).rstrip()
        before = country_before(left) or (last_country(left) if name in common_bodies("any") else None)
        return before + name if before is not None else None
    return None


def _special_region(name: str, around: Surroundings, local_iri: str) -> str:
    regions = [region for short, region in _SPECIAL if short[:2] in around.record.article.text]
    if len(regions) == 1:
        return _named(regions[0] + "政府")
    return _apart(name, local_iri)


def _relative(name: str, hint: Place | None, around: Surroundings) -> str | None:
    """An organ that names only the level of its place (省社科院): with the place the article speaks of."""
    organ, levels = organ_forms()[name[1:]], _LEVELS[name[0]]
    if hint is not None:
        chain = (hint, *read_places().parents(hint.code))
        place = next((p for p in chain if p.name.endswith(name[0]) and p.level in levels), None)
    else:
        place = around.ending_in(name[0], levels)
    return _with_code(place, organ) if place is not None else None


def _placed(parsed: Opening, name: str) -> str:
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


def _with_code(place: Place, organ: str) -> str:
    name = place.name + organ
    last = last_of(place.code) or place
    if [each.code for each in namesakes(place.name)] != [last.code]:
        return iris.entity("Institution", f"{name}@{last.code}")
    return _named(name)


def _named(name: str) -> str:
    return iris.entity("Institution", name)


def _apart(name: str, local_iri: str) -> str:
    return iris.entity("Institution", f"{name}@{digest(local_iri)}")


def _opens_with_namesake(name: str) -> bool:
    """Whether the name opens with the full name of several divisions, none of which is known to be meant."""
    return any(len(namesakes(name[:length])) > 1 for length in range(2, min(len(name), LONGEST)))


@lru_cache(maxsize=1)
def central_organs() -> frozenset[str]:
    """Return the names of the organs of the centre and of national bodies, as the lexicon has them."""
    columns = [column.name for column in TABLES["central_organs"]]
    return frozenset(row[columns.index("name")] for row in read_table("central_organs"))


@lru_cache(maxsize=1024)
def _endings(name: str) -> tuple[tuple[str, str], ...]:
    """The organs under a body of the centre one of whose names ends so, each after the body."""
    columns = [column.name for column in TABLES["central_organs"]]
    found: set[tuple[str, str]] = set()
    for row in read_table("central_organs"):
        full = row[columns.index("name")]
        for form in (full, *split_list(row[columns.index("aliases")])):
            found.update(
                (above, full) for above in _BODIES_ABOVE if form.startswith(above) and form.endswith(name)
            )
    return tuple(sorted(found))


def _central_ending(name: str, around: Surroundings) -> str | None:
    """The organ of the centre that an article means, which speaks of the body above it or of no place."""
    text = around.record.article.text
    found = {full for above, full in _endings(name) if above in text or not around.divisions}
    return found.pop() if len(found) == 1 else None
