"""Texts in our own words, long enough to tell printings of one from texts that share a pattern."""

from __future__ import annotations

import random

_PLACES = ("柳溪镇", "松岭街道", "青禾乡", "石桥镇", "白鹭湾社区", "望江街道", "云台乡", "杏花村")
_WHO = ("网格员", "调解员", "镇干部", "村民代表", "志愿者", "社区民警", "法律顾问", "楼栋长")
_DOES = ("走访了", "登记了", "化解了", "上报了", "回访了", "讨论了", "整理了", "公示了")
_WHAT = ("邻里纠纷", "安全隐患", "停车难题", "用水账目", "老旧线路", "夜间噪声", "垃圾清运", "积分兑换")


def text(seed: int, sentences: int = 20) -> str:
    """Return a text that is like no other: who did what where, and how often."""
    chance = random.Random(seed)
    return "".join(
        f"{chance.choice(_PLACES)}的{chance.choice(_WHO)}与{chance.choice(_WHO)}{chance.choice(_DOES)}"
        f"{chance.choice(_WHAT)}和{chance.choice(_WHAT)}，前后共{chance.randint(2, 900)}件。"
        for _ in range(sentences)
    )


def sentences(of: str) -> list[str]:
    """Return the sentences of a text."""
    return [f"{sentence}。" for sentence in of.split("。") if sentence]
