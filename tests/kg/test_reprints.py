import io
import itertools
import random
from pathlib import Path

import msgspec
from pyoxigraph import Literal

from extract.records import ArticleFacts
from kg.answers import run_query
from kg.store import Store
from tests.kg.invented_texts import sentences, text
from tests.kg.sample_facts import Sheet

CLAIM = "柳溪镇推行积分制。"
OTHER = text(77)


def printing(article: str, date: str | None, of: str, head: str = "") -> ArticleFacts:
    """An article that prints a text and states the same claim as every other."""
    sheet = Sheet(article, date, CLAIM + head + of)
    sheet.fact(("Place", "柳溪镇"), "practises", ("Practice", "积分制"))
    return sheet.record()


def articles() -> list[ArticleFacts]:
    """Five printings of one text, of which one came out a year later and one is undated; another text."""
    one = text(5)
    return [
        printing("b-first", "2024-03-01", one),
        printing("a-later", "2024-03-04", one, "本报讯。"),
        printing("c-cut", "2024-03-09", "".join(sentences(one)[:15])),
        printing("d-undated", None, one, "（转载）"),
        printing("e-year", "2025-03-01", one),
        printing("f-other", "2024-03-01", OTHER),
    ]


def reprints(store: Store) -> dict[str, str]:
    rows = store.select(
        "SELECT ?a ?f { GRAPH <https://w3id.org/governance-kg/graph/reprints> { ?a gov:reprintOf ?f } }"
    )
    return {_id(row["a"]): _id(row["f"]) for row in rows}


def _id(term: object) -> str:
    return str(term).rstrip(">").rsplit("/", 1)[1]


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump(out)
    return out.getvalue()


def test_reprints_lead_to_the_first_printing(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add(article for article in articles() if article.article.id != "d-undated")
        assert reprints(store) == {"a-later": "b-first", "c-cut": "b-first"}
        store.add(articles())
        # The undated one can have come out at any time, so it joins the year after to the year before.
        assert reprints(store) == dict.fromkeys(("a-later", "c-cut", "d-undated", "e-year"), "b-first")


def test_the_order_makes_no_difference(tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate(itertools.permutations(articles())):
        if number % 37:
            continue
        with Store.create(tmp_path / f"{number}.kg") as store:
            for article in order:
                store.add([article])
            found.add(dump(store))
    assert len(found) == 1


def test_any_sequence_of_changes_ends_where_a_fresh_build_does(tmp_path: Path) -> None:
    chance = random.Random(7)
    pool = articles()
    present: dict[str, ArticleFacts] = {}
    with Store.create(tmp_path / "changed.kg") as store:
        for number in range(60):
            record = chance.choice(pool)
            name = record.article.id
            if name in present and chance.random() < 0.5:
                store.remove(name)
                del present[name]
            else:
                date = chance.choice(["2024-03-02", "2024-06-01", None, record.article.date])
                body = chance.choice([record.article.text, CLAIM + OTHER])
                changed = msgspec.structs.replace(record.article, date=date, text=body)
                present[name] = msgspec.structs.replace(record, article=changed)
                store.replace([present[name]])
            if number % 12 == 11:
                with Store.create(tmp_path / f"{number}.kg") as fresh:
                    fresh.add(present.values())
                    assert dump(store) == dump(fresh), number
    with Store.open(tmp_path / "changed.kg", write=True) as store:
        for name in list(present):
            store.remove(name)
        assert dump(store) == b""


def test_a_reopened_store_goes_on_with_the_reprints_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    for article in articles():
        with Store.create(path) if not path.exists() else Store.open(path, write=True) as store:
            store.add([article])
    with Store.open(path) as store, Store.create(tmp_path / "b.kg") as fresh:
        fresh.add(articles())
        assert dump(store) == dump(fresh)


def test_how_many_sources_say_so(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add(articles())
        result = run_query(store, "sources", {"entity": "柳溪镇"})
        row = dict(zip(result.columns, result.rows[0], strict=True))
    assert len(result.rows) == 1
    assert row["texts"] == Literal(2)
    assert row["articles"] == Literal(6)
    assert row["outlets"] == Literal(1)
    assert row["other"] == Literal("积分制", language="zh-hans")
