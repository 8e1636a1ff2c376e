from __future__ import annotations

import pytest

from kg.explorer.search_keys import search_keys


@pytest.mark.parametrize(
    ("names", "pinyin", "keys"),
    [
        (["枫桥经验"], "", ["fengqiaojingyan", "fqjy"]),
        (["吕梁"], "", ["lvliang", "ll"]),
        (["单雄"], "Shàn Xióng", ["danxiong", "dx", "shanxiong"]),
        (["吕"], "lǚ", ["lv", "l"]),
        (["“五治”融合"], "", ["wuzhironghe", "wzrh"]),
        (["AI治理2.0"], "", ["aizhili20", "azl20"]),
        (["陕西省", "陕"], "", ["shanxisheng", "sxs", "shan", "s"]),
        (["……"], "", []),
        ([], "", []),
    ],
)
def test_search_keys(names: list[str], pinyin: str, keys: list[str]) -> None:
    assert search_keys(names, pinyin) == keys
