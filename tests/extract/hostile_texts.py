"""Texts that make a careless engine quadratic, run through the engine as a program of its own.

`python -m tests.extract.hostile_texts` writes the facts of each text as a line.
"""

from __future__ import annotations

import sys

from extract.pipeline import Extractor
from extract.records import Article, write_facts


def hostile_texts() -> dict[str, str]:
    """Return each text by what is bad about it."""
    return {
        "endless enumeration marks": "、" * 100_000,
        "endless clause": "静宁县推进社会治理工作" * 18_182,
        "endless word": "治" * 50_000,
        "nested quotes": "“" * 10_000 + "静宁县" + "”" * 10_000,
        "quotes that never close": "“静宁县" * 10_000,
        "nested titles": "《" * 10_000 + "静宁县" + "》" * 10_000,
        "mixed brackets": "“‘《（" * 5_000,
        "empty lines": "\n" * 50_000 + "静宁县举行论坛。",
        "sentence ends": "。" * 50_000,
        "a list of quoted names": "静宁县推广" + "“积分制”" * 5_000 + "。",
        "a list of persons": "静宁县副县长" + "、".join(f"姚立{c}" for c in "群新文" * 2_000) + "出席。",
        "a chain of offices": "静宁县委书记、" * 3_000 + "姚立群出席会议。",
        "triggers in one clause": "静宁县" + "召开" * 10_000 + "会议。",
        "captures in one article": "静宁县荣获先进。" * 5_000,
        "speech after speech": "姚立群指出，要推进“积分制”。" * 2_000,
        "a name of joined parts": "姚·" * 20_000,
        "bundles": "十大项目" * 10_000,
        "one sentence over and over": "静宁县委书记姚立群主持会议。" * 15_000,
        "a person a sentence": "".join(f"县长姚立{chr(0x4E00 + n)}出席会议。" for n in range(8_000)),
        "dates": "2023年6月27日至29日" * 3_000,
    }


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(hostile_texts())
    texts = hostile_texts()
    write_facts(Extractor().extract(Article(id=name, text=texts[name]) for name in wanted), sys.stdout.buffer)
