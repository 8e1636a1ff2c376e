"""Mentions of invented people, for tests of identity."""

from __future__ import annotations

from kg.identity.evidence import Beside, Evidence, Office
from kg.identity.keys import parts
from kg.identity.places import digest
from kg.identity.profiles import Profile
from kg.resolve import LocalEntity
from kg.vocabulary import DATA

_TYPES = {"person": "Person", "institution": "Institution", "event": "Event", "place": "Place"}


def mention(
    article: str,
    name: str = "张衡之",
    *offices: tuple[str, str] | tuple[str, str, str],
    date: str | None = "2020-01-01",
    company: set[str] | None = None,
    description: str | None = None,
    public: bool = True,
    former: bool = False,
    number: int = 0,
) -> Evidence:
    """Return a mention; an office is institution, title and maybe the code of its division."""
    iri = f"{DATA}article/{article}"
    local = f"{iri}#e-p{number}"
    held = tuple(
        Office(f"{DATA}institution/{office[0]}", office[2] if len(office) > 2 else None, office[1], former)
        for office in offices
    )
    mark = min((each.holder.rsplit("/", 1)[1] for each in held), default=digest(local))
    own = f"{DATA}person/{name}@{mark}"
    entity = LocalEntity(local, "Person", name, own, name, public=public, description=description)
    keys = [f"{DATA}{key}" if "/" in key else f"{DATA}person/{key}@x" for key in sorted(company or ())]
    beside = [LocalEntity("", _TYPES[parts(key).type], "", key, "", code="620900") for key in keys]
    return Evidence(entity, iri, date, Beside(lambda: beside), held)


def profile(evidence: Evidence) -> Profile:
    """Return the profile of one mention."""
    return Profile(evidence.local.own, (evidence,))
