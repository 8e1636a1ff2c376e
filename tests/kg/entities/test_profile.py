from pyoxigraph import NamedNode

from kg.entities.article import article_reading
from kg.entities.facts import attestations, facts_of
from kg.entities.profile import profile, successors_of
from kg.entities.reading import Reading
from kg.store import Store
from kg.vocabulary import DATA

TAO = f"{DATA}person/陶望舒@酒泉市委政法委"


def the(store: Store, label: str) -> str:
    """Return the IRI of the one entity that has the label."""
    (row,) = store.select(f'SELECT DISTINCT ?e WHERE {{ ?e rdfs:label "{label}"@zh-Hans }}')
    (term,) = row
    assert isinstance(term, NamedNode)
    return term.value


def test_a_person_has_offices_with_their_attestation(reading: Reading) -> None:
    person = profile(reading, TAO)
    assert [
        (office.post.label, office.is_former, office.first, office.last, office.statements)
        for office in person.offices
    ] == [
        ("酒泉市委政法委书记", False, "2023-06-28", "2024-02-05", 2),
        ("肃州区区长", True, "2024-05-01", "2024-05-01", 1),
    ]
    assert person.pinyin == "táo wàng shū"
    assert (person.statements, person.articles) == (7, 4)


def test_those_who_served_in_an_institution_are_its_offices(store: Store, reading: Reading) -> None:
    committee = profile(reading, the(store, "酒泉市委政法委"))
    assert [(office.person.label, office.title) for office in committee.offices] == [("陶望舒", "书记")]
    assert committee.aliases == ("中共酒泉市委政法委员会",)
    assert [place.label for place in committee.details.places] == ["酒泉市", "甘肃省"]


def test_a_fact_of_two_articles_is_one_with_both_sentences(reading: Reading) -> None:
    facts = facts_of(reading, TAO)
    (fact,) = [f for f in facts if f.relation == "holdsPost" and f.qualifiers.get("title") == "书记"]
    assert (fact.first, fact.last, fact.texts) == ("2023-06-28", "2024-02-05", 2)
    first, second = attestations(reading, fact)
    assert "陶望舒主持会议" in first.quotations[0].quote
    assert second.stated.article.date == "2024-02-05"
    assert second.stated.confidence == 0.9


def test_a_mere_plan_is_marked(store: Store, reading: Reading) -> None:
    (fact,) = facts_of(reading, the(store, "甘肃省"))
    assert fact.is_planned


def test_events_practices_and_neighbours_come_from_the_facts(reading: Reading) -> None:
    person = profile(reading, TAO)
    assert [(tie.entity.label, tie.days, tie.relations) for tie in person.events] == [
        ("酒泉市市域社会治理推进会议", ("2023-06-27",), [("chaired", False)]),
        ("座谈会", (), [("attended", False)]),
        ("肃州区调研", ("2024-05-31",), [("attended", False)]),
    ]
    assert [tie.entity.label for tie in person.practices] == ["新时代枫桥经验"]
    assert {tie.entity.label for tie in person.neighbours} >= {"酒泉市委政法委", "肃州区", "新时代枫桥经验"}


def test_who_practises_a_practice_stands_by_first_report(store: Store, reading: Reading) -> None:
    adopters = profile(reading, the(store, "枫桥经验")).adopters
    assert [(tie.entity.label, tie.first, tie.is_planned) for tie in adopters] == [
        ("绍兴市", "2024-05-01", False),
        ("甘肃省", "", True),
    ]


def test_versions_of_a_practice_lead_to_each_other(store: Store, reading: Reading) -> None:
    version = profile(reading, the(store, "新时代枫桥经验")).details
    assert [named.label for named in version.broader] == ["枫桥经验"]
    assert version.first_attested == "2024-02-05"
    whole = profile(reading, the(store, "枫桥经验")).details
    assert [named.label for named in whole.narrower] == ["新时代枫桥经验"]


def test_a_symmetric_relation_is_seen_from_both_ends_as_one(store: Store, reading: Reading) -> None:
    for one, other in (("酒泉市委政法委", "绍兴市委政法委"), ("绍兴市委政法委", "酒泉市委政法委")):
        iri = the(store, one)
        (group,) = [g for g in profile(reading, iri).groups if g.relation == "cooperatesWith"]
        assert not group.is_inverse
        assert [fact.other(iri).label for fact in group.facts] == [other]


def test_a_former_iri_leads_to_the_present_one(reading: Reading) -> None:
    former = profile(reading, TAO).former
    assert len(former) == 2
    assert all(successors_of(reading, iri) == [TAO] for iri in former)


def test_what_is_not_in_the_store_has_an_empty_profile(reading: Reading) -> None:
    nobody = profile(reading, f"{DATA}person/无名氏@某地")
    assert (nobody.facts, nobody.offices, nobody.statements) == ((), (), 0)


def test_an_article_says_whom_it_names_and_what_it_states(reading: Reading) -> None:
    article = article_reading(reading, f"{DATA}article/one")
    assert article.about.title == "报道one"
    assert [fact.relation for fact in article.facts] == [
        "hosted", "heldOn", "heldIn", "holdsPost", "chaired", "attended", "practises",
    ]  # fmt: skip
    assert ("陶望舒", "Person") in {(each.name, each.entity.type) for each in article.named}
