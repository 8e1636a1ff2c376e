from __future__ import annotations

import pytest

from extract.errors import GovkgError
from extract.records import ENTITY_TYPES
from kg.appearance import TYPE_COLOURS
from kg.explorer.appearance import TYPE_LOOKS, canvas_label, look_of


def test_every_type_has_a_look_and_a_shape_and_colour_of_its_own() -> None:
    assert tuple(TYPE_LOOKS) == ENTITY_TYPES
    assert len({look.shape for look in TYPE_LOOKS.values()}) == len(ENTITY_TYPES)
    assert len({TYPE_COLOURS[name] for name in TYPE_LOOKS}) == len(ENTITY_TYPES)


def test_unknown_type_is_named_with_the_valid_ones() -> None:
    with pytest.raises(GovkgError, match=r"urn:x.*'Animal'.*Person, Institution"):
        look_of("urn:x", "Animal")


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("枫桥经验", "枫桥经验"),
        ("九个字的一个名称呀", "九个字的一个名称呀"),
        ("敦煌市乡村振兴与社会治理研究院", "敦煌市乡村振兴与\n社会治理研究院"),
        ("“最多跑一次”改革工作推进", "“最多跑一次”\n改革工作推进"),
        ("两 行\n之间\t的", "两 行 之间 的"),
        ("两个词之间  有一个空白", "两个词之间\n有一个空白"),
        ("长" * 1000, "长" * 9 + "\n" + "长" * 8 + "…"),
        ("", ""),
    ],
)
def test_canvas_label(label: str, shown: str) -> None:
    assert canvas_label(label) == shown
    assert shown.count("\n") <= 1
