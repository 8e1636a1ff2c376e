from __future__ import annotations

import pytest

from kg.privacy.masks import masked, masked_in_address


@pytest.mark.parametrize(
    ("text", "names", "kept", "expected"),
    [
        ("居民柳青禾说", ["柳青禾"], [], "居民某某某说"),
        ("柳青禾和柳青", ["柳青", "柳青禾"], [], "某某某和某某"),
        ("镇长柳青禾看望居民柳青禾", ["柳青禾"], [(2, 5)], "镇长柳青禾看望居民某某某"),
        ("柳(青)禾", ["柳(青)禾"], [], "某某某某某"),
        ("无人", [], [], "无人"),
        ("无人", [""], [], "无人"),
    ],
)
def test_names_are_blotted_out(
    text: str, names: list[str], kept: list[tuple[int, int]], expected: str
) -> None:
    assert masked(text, names, kept) == expected
    assert len(masked(text, names, kept)) == len(text)


@pytest.mark.parametrize("form", ["柳青禾", "%E6%9F%B3%E9%9D%92%E7%A6%BE", "%e6%9f%b3%e9%9d%92%e7%a6%be"])
def test_names_in_addresses_are_blotted_out_in_every_writing(form: str) -> None:
    assert masked_in_address(f"https://a.example/{form}.html", ["柳青禾"]) == "https://a.example/某某某.html"
