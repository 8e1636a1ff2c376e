import msgspec
import pytest

from extract.errors import FactsError
from extract.records import ArticleFacts, Fact
from kg.identity.keys import label_of
from kg.resolve import record_digest, resolve
from tests.kg.sample_facts import Sheet, samples


def own(record: ArticleFacts, name: str) -> str:
    return next(e.own for e in resolve(record).entities if e.name == name).removeprefix(
        "https://w3id.org/governance-kg/"
    )


@pytest.mark.parametrize(
    ("number", "name", "iri"),
    [
        (0, "酒泉市", "place/620900-酒泉市"),
        (0, "酒泉市委政法委", "institution/酒泉市委政法委"),
        (1, "中共酒泉市委政法委员会", "institution/酒泉市委政法委"),
        (0, "酒泉市市域社会治理推进会议", "event/酒泉市市域社会治理推进会议@2023"),
        (2, "座谈会", "event/座谈会@2024-05"),
        (3, "肃州区调研", "event/肃州区调研@2024-05-31"),
        (0, "陶望舒", "person/陶望舒@酒泉市委政法委"),
        (2, "陶望舒", "person/陶望舒@620902-肃州区"),
        (1, "新时代“枫桥经验”", "practice/新时代枫桥经验"),
    ],
)
def test_every_entity_has_an_iri_by_its_own_evidence(number: int, name: str, iri: str) -> None:
    assert own(samples()[number], name) == iri


def test_the_label_is_what_the_key_says() -> None:
    sheet = Sheet("一", "2015-04-01", "林芝地区实践枫桥经验。")
    sheet.entity("Place", "林芝地区", code="540400")
    for record in (*samples(), sheet.record()):
        for entity in resolve(record).entities:
            assert entity.label == label_of(entity.own)


def test_a_person_without_office_is_told_by_where_it_stands() -> None:
    iri = own(samples()[0], "柳青禾")
    assert iri.startswith("person/柳青禾@")
    assert len(iri) == len("person/柳青禾@") + 8


def test_places_of_one_name_differ_by_code() -> None:
    records = []
    for number, code in enumerate(("350102", "320106")):
        sheet = Sheet(str(number), "2024-01-01", "鼓楼区实践枫桥经验。")
        sheet.entity("Place", "鼓楼区", code=code)
        records.append(sheet.fact(("Place", "鼓楼区"), "practises", ("Practice", "枫桥经验")).record())
    assert own(records[0], "鼓楼区") == "place/350102-鼓楼区"
    assert own(records[1], "鼓楼区") == "place/320106-鼓楼区"


def test_organs_whose_place_is_not_said_are_one_only_within_their_article() -> None:
    records = []
    for number in range(2):
        sheet = Sheet(str(number), "2024-01-01", "市住建委实践枫桥经验。")
        sheet.entity("Institution", "市住建委", candidates=[])
        records.append(
            sheet.fact(("Institution", "市住建委"), "practises", ("Practice", "枫桥经验")).record()
        )
    one, other = (own(record, "市住建委") for record in records)
    assert one.startswith("institution/市住建委@")
    assert one != other


def test_the_digest_does_not_depend_on_where_the_file_lies() -> None:
    record = samples()[0]
    moved = msgspec.structs.replace(record, article=msgspec.structs.replace(record.article, path="/x/y.txt"))
    other = msgspec.structs.replace(record, article=msgspec.structs.replace(record.article, title="另题"))
    assert record_digest(moved) == record_digest(record) != record_digest(other)


def _fact(subject: str, relation: str, obj: str, **qualifiers: str) -> Fact:
    return Fact(
        subject=subject,
        relation=relation,
        object=obj,
        evidence=(0, 1),
        rule="r",
        confidence=0.5,
        qualifiers=qualifiers,
    )


@pytest.mark.parametrize(
    ("fact", "problem"),
    [
        (_fact("p0", "chairs", "e1"), "unknown relation 'chairs'"),
        (_fact("p0", "chaired", "e9"), "'e9', which is no entity"),
        (_fact("e1", "chaired", "e1"), "会议 is Event; chaired takes Person"),
        (_fact("p0", "chaired", "p0"), "takes Event"),
        (_fact("e1", "heldOn", "昨日"), "'昨日' is no date"),
        (_fact("p0", "chaired", "e1", mood="x"), "has no qualifier 'mood'"),
    ],
)
def test_a_fact_outside_the_contract_names_article_and_remedy(fact: Fact, problem: str) -> None:
    sheet = Sheet("坏", None, "某某主持会议。")
    sheet.entity("Person", "某某")
    sheet.entity("Event", "会议")
    sheet.facts.append(fact)
    with pytest.raises(FactsError) as caught:
        resolve(sheet.record())
    assert problem in str(caught.value)
    assert str(caught.value).startswith("坏:")


def test_an_article_whose_date_is_none_is_refused() -> None:
    with pytest.raises(FactsError, match="'昨日'"):
        resolve(Sheet("一", "昨日", "正文。").record())
