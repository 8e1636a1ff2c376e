"""Sample articles and cases: all can be read, all have gold, and the words are our own."""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from extract.articles import ReadOptions, read_articles
from extract.errors import ArticleError
from extract.gold import fold_name, gold_files, read_gold
from extract.records import Article

DATA = Path(__file__).parent.parent / "data"
LONGEST_QUOTATION = 24
LONGEST_NAME = 90


@cache
def articles(folder: str) -> dict[str, Article]:
    errors: list[ArticleError] = []
    read = read_articles([DATA / folder], options=ReadOptions(), on_error=errors.append)
    by_id = {article.id: article for article in read}
    assert not errors
    return by_id


@pytest.mark.parametrize(("folder", "gold", "count"), [("articles", "gold", 22), ("cases", "cases", 36)])
def test_every_article_has_gold_and_every_gold_an_article(folder: str, gold: str, count: int) -> None:
    ids = sorted(articles(folder))

    assert len(ids) == count
    assert ids == [path.stem for path in gold_files(DATA / gold)]
    assert not [(one, other) for one in ids for other in ids if one != other and other.startswith(one)]


@pytest.mark.parametrize(("folder", "count"), [("tuned", 51), ("unread", 41)])
def test_gold_of_corpus_texts_can_be_read_and_holds_names_only(folder: str, count: int) -> None:
    gold = [read_gold(path) for path in gold_files(DATA / "gold" / folder)]

    assert len(gold) == count
    names = [name for one in gold for entity in one.entities for name in entity.names]
    assert all(len(name) <= LONGEST_NAME and "。" not in name for name in names)


@pytest.mark.parametrize(
    "path", [*gold_files(DATA / "gold"), *gold_files(DATA / "cases")], ids=lambda p: p.stem
)
def test_gold_is_valid_and_names_people_who_stand_in_the_text(path: Path) -> None:
    gold = read_gold(path)
    body = fold_name(articles("articles" if path.parent.name == "gold" else "cases")[path.stem].text)

    people = [entity for entity in gold.entities if entity.type == "Person" and not entity.optional]
    assert not [person.name for person in people if not any(name in body for name in person.names)]
    assert [fact for fact in gold.facts if not fact.optional]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("04-suzhou-honour.txt", "gb18030"),
        ("08-changchun-agreement.txt", "gb18030"),
        ("12-qingdao-measures.txt", "big5hkscs"),
        ("15-shaoxing-adoption.txt", "utf-16"),
        ("17-cities-foundations.html", "gb18030"),
    ],
)
def test_encodings_are_kept(name: str, encoding: str) -> None:
    data = (DATA / "articles" / name).read_bytes()

    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert "社" in data.decode(encoding)


def squeezed(text: str) -> str:
    """Return the text without white space, full-width forms folded."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_no_long_run_of_words_is_taken_from_the_real_articles() -> None:
    folder = os.environ.get("GOVKG_REFERENCE")
    if not folder or not (Path(folder) / "articles").is_dir():
        pytest.skip("GOVKG_REFERENCE names no folder with articles")
    real = [squeezed(path.read_text(encoding="utf-8")) for path in (Path(folder) / "articles").glob("*.txt")]
    runs = {
        text[start : start + LONGEST_QUOTATION]
        for text in real
        for start in range(len(text) - LONGEST_QUOTATION + 1)
    }
    assert len(runs) > 1000

    taken = [
        (article.id, squeezed(article.text)[start : start + LONGEST_QUOTATION])
        for name in ("articles", "cases")
        for article in articles(name).values()
        for start in range(len(squeezed(article.text)))
        if squeezed(article.text)[start : start + LONGEST_QUOTATION] in runs
    ]
    assert not taken
