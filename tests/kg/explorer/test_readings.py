from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions

from extract.records import Article, ArticleFacts, Entity, Fact
from kg.explorer.facts import FactReading
from kg.explorer.readings import read_facts
from kg.store import Store

TEXT = "昨天，酒泉市委副书记田小满主持积分制现场会。肃州区将推行积分制。现场会于2023年6月举行。"


def spans(name: str) -> list[tuple[int, int]]:
    return [(at, at + len(name)) for at in range(len(TEXT)) if TEXT.startswith(name, at)]


def clause(text: str) -> tuple[int, int]:
    return TEXT.index(text), TEXT.index(text) + len(text)


def record() -> ArticleFacts:
    names = {
        "p1": ("Person", "田小满"),
        "i1": ("Institution", "酒泉市委"),
        "e1": ("Event", "积分制现场会"),
        "l1": ("Place", "肃州区"),
        "r1": ("Practice", "积分制"),
    }
    first = clause("酒泉市委副书记田小满主持积分制现场会")
    facts = [
        Fact(
            subject="p1",
            relation="holdsPost",
            object="i1",
            evidence=first,
            rule="r",
            confidence=0.9,
            qualifiers={"title": "副书记"},
        ),
        Fact(subject="p1", relation="chaired", object="e1", evidence=first, rule="r", confidence=0.8),
        Fact(
            subject="l1",
            relation="practises",
            object="r1",
            evidence=clause("肃州区将推行积分制"),
            rule="r",
            confidence=0.6,
            qualifiers={"modality": "planned"},
        ),
        Fact(
            subject="e1",
            relation="heldOn",
            object="2023-06",
            evidence=clause("现场会于2023年6月举行"),
            rule="r",
            confidence=0.7,
        ),
    ]
    return ArticleFacts(
        article=Article(
            id="a1",
            text=TEXT,
            title="现场会侧记",
            date="2023-07-01",
            source="乡音日报",
            url="https://example.org/a1",
        ),
        entities=[
            Entity(id=key, type=kind, name=name, mentions=spans(name)) for key, (kind, name) in names.items()
        ],
        facts=facts,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.create(tmp_path_factory.mktemp("store") / "kg")
    store.add([record()])
    return store


def read(store: Store, *names: str) -> dict[str, FactReading]:
    """Return the readings of the entities of those names, by relation."""
    entities = store.query("SELECT ?entity ?label WHERE { ?entity rdfs:label ?label }")
    assert isinstance(entities, QuerySolutions)
    wanted = {row["entity"].value for row in entities if row["label"].value in names}
    return {reading.relation: reading for reading in read_facts(store, wanted).values()}


def test_a_statement_is_read_with_its_quote_and_its_article(store: Store) -> None:
    reading = read(store, "田小满")["holdsPost"]
    assert (reading.subject_label, reading.object_label) == ("田小满", "酒泉市委")
    assert reading.confidence == 0.9
    assert reading.qualifiers == {"title": "副书记"}
    (quotation,) = reading.quotations
    assert quotation.sentence == "昨天，酒泉市委副书记田小满主持积分制现场会。"
    assert quotation.sentence[quotation.start : quotation.end] == "酒泉市委副书记田小满主持积分制现场会"
    assert (quotation.article_title, quotation.source) == ("现场会侧记", "乡音日报")
    assert (quotation.date, quotation.url) == ("2023-07-01", "https://example.org/a1")


def test_only_statements_about_the_entities_are_read(store: Store) -> None:
    assert read(store, "田小满").keys() == {"holdsPost", "chaired"}
    assert read(store, "积分制").keys() == {"practises"}
    assert read(store, "nobody") == {}


def test_a_date_stands_for_itself(store: Store) -> None:
    reading = read(store, "积分制现场会")["heldOn"]
    assert reading.object == reading.object_label == "2023-06"


def test_a_plan_says_that_it_is_one(store: Store) -> None:
    assert read(store, "肃州区")["practises"].qualifiers == {"planned": "true"}
