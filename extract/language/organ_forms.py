"""Forms of organs: the short and the full form of what follows a place in an institution's name.

The forms are the lexicon's (organ_tails.tsv). Of several short forms of one organ the first that the
table gives stands for all.
"""

from __future__ import annotations

from functools import lru_cache

from extract.language.lexicon_files import TABLES, read_table

_PLACE_SUFFIX = "省市区县州盟旗镇乡"
_LEAST_BARE = 3
_STANDING = ("局", "厅", "委", "院")


@lru_cache(maxsize=1)
def organ_forms() -> dict[str, str]:
    """Return every form of an organ after a place, with its usual short form.

    >>> organ_forms()["住房和城乡建设局"]
    '住建局'
    """
    columns = [column.name for column in TABLES["organ_tails"]]
    short: dict[str, str] = {}
    forms: dict[str, str] = {}
    for row in read_table("organ_tails"):
        entry = dict(zip(columns, row, strict=True))
        tail, full = entry["tail"], entry["abbreviation_of"] or entry["tail"]
        forms.setdefault(tail, short.setdefault(full, tail))
        forms.setdefault(full, short[full])
    return forms


def shortened(name: str) -> str:
    """Return a folded name with the longest form of an organ at its end made short, if a place is before."""
    place, organ = split_organ(name)
    return place + organ if place else name


def split_organ(name: str) -> tuple[str, str]:
    """Return the place that opens a name and the short form of the organ after it; both empty if none."""
    forms = organ_forms()
    for start in range(1, len(name)):
        short = forms.get(name[start:])
        if short is not None:
            return (name[:start], short) if name[start - 1] in _PLACE_SUFFIX else ("", "")
    return "", ""


def bare_organ(name: str) -> str:
    """Return the short form of a standing organ that a text names without its place (住建委), or "".

    Groups and offices that any place may set up (巡视组, 专班) say too little by themselves.
    """
    short = organ_forms().get(name, "") if len(name) >= _LEAST_BARE else ""
    return short if short[-1:] in _STANDING and not short.startswith("委") else ""
