import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity.blocks import block_of, identify
from kg.identity.evidence import Evidence
from kg.identity.verdicts import Verdicts
from kg.vocabulary import DATA
from tests.kg.identity.people import mention

JIUQUAN = ("酒泉市委", "书记", "620900")
SHAOXING = ("绍兴市委", "书记", "330600")
COMMON = "王军"


def members(*mentions: Evidence) -> dict[str, Evidence]:
    return {each.local.iri: each for each in mentions}


def groups(*mentions: Evidence, verdicts: Verdicts | None = None) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    identified = identify(members(*mentions), verdicts or Verdicts())
    for local, identity in identified.identities.items():
        found.setdefault(identity.iri, set()).add(local.removeprefix(f"{DATA}article/").split("#")[0])
    return {frozenset(group) for group in found.values()}


@pytest.mark.parametrize(
    ("key", "block"),
    [
        ("person/张伟@酒泉市委", "person/张伟"),
        ("event/酒泉市市域社会治理推进会议@2023", "event/市域社会治理推进会@2023"),
        ("event/市域社会治理推进会@2023-06-27", "event/市域社会治理推进会@2023"),
        ("place/枫桥镇@330681", "place/枫桥镇"),
        ("place/620900-酒泉市", None),
        ("practice/市域社会治理现代化试点工作", "practice/市域社会治理现代化试点"),
        ("practice/新时代枫桥经验", "practice/新时代枫桥经验"),
        ("institution/酒泉市委", None),
    ],
)
def test_keys_that_could_be_one_share_a_block(key: str, block: str | None) -> None:
    assert block_of(DATA + key) == block


def test_what_speaks_against_keeps_apart_what_others_would_join() -> None:
    between = mention("c", COMMON, ("东方学会", "会长"), JIUQUAN, SHAOXING, date="2010-01-01")
    one, other = mention("a", COMMON, JIUQUAN), mention("b", COMMON, SHAOXING)
    assert not any({"a", "b"} <= group for group in groups(one, other, between))


def test_without_office_one_joins_whom_it_stands_beside() -> None:
    bare = mention("c", COMMON, company={"institution/酒泉市委", "郁望舒"})
    jiuquan = mention("a", COMMON, JIUQUAN, company={"郁望舒"})
    assert groups(jiuquan, mention("b", COMMON, SHAOXING), bare) == {frozenset("ac"), frozenset("b")}


def test_without_office_and_two_that_fit_one_stays_apart() -> None:
    bare = mention("c", COMMON, company={"institution/酒泉市委", "institution/绍兴市委"})
    found = groups(mention("a", COMMON, JIUQUAN), mention("b", COMMON, SHAOXING), bare)
    assert frozenset("c") in found


def test_without_office_in_both_articles_a_shared_event_makes_one() -> None:
    event = {"event/东西部社会治理大会@2024"}
    found = groups(
        mention("a", COMMON, company=event), mention("b", COMMON, company=event), mention("c", COMMON)
    )
    assert frozenset("ab") in found


def test_two_of_a_name_in_one_article_are_two() -> None:
    found = identify(members(mention("a", "欧阳衡之"), mention("a", "欧阳衡之", number=1)))
    assert len({identity.iri for identity in found.identities.values()}) == 2


def test_the_iri_says_an_office_rather_than_nothing_and_is_a_members_key() -> None:
    found = identify(members(mention("a", "欧阳衡之", JIUQUAN), mention("b", "欧阳衡之")))
    assert {i.iri for i in found.identities.values()} == {f"{DATA}person/欧阳衡之@酒泉市委"}
    assert {i.replaces for i in found.identities.values()} == {True, False}


def test_who_acts_in_public_anywhere_is_public() -> None:
    hidden, seen = mention("a", "欧阳衡之", public=False), mention("b", "欧阳衡之")
    assert {i.public for i in identify(members(hidden)).identities.values()} == {False}
    assert {i.public for i in identify(members(hidden, seen)).identities.values()} == {True}


def test_a_curators_word_goes_before_any_score() -> None:
    one, other = mention("a", COMMON, JIUQUAN), mention("b", COMMON, SHAOXING)
    pair = ((one.local.iri, other.local.iri),)
    assert groups(one, other) == {frozenset("a"), frozenset("b")}
    assert groups(one, other, verdicts=Verdicts(same=pair)) == {frozenset("ab")}
    two = mention("b", COMMON, JIUQUAN)
    apart = Verdicts(
        different=((one.local.iri, two.local.iri),), single=frozenset((one.local.iri, two.local.iri))
    )
    assert groups(one, two) == {frozenset("ab")}
    assert groups(one, two, verdicts=apart) == {frozenset("a"), frozenset("b")}


def test_every_cluster_of_several_keys_has_a_decision_for_each_join() -> None:
    found = identify(
        members(mention("a", COMMON, JIUQUAN), mention("b", COMMON, ("酒泉市政府", "市长", "620900")))
    )
    (decision,) = found.decisions
    assert (decision.verdict.value, decision.date) == ("positive", None)
    assert {reason.name for reason in decision.reasons} >= {"same-place", "name"}


def test_of_many_none_is_compared_with_itself() -> None:
    holders = [(f"第{number}协会", "会长") for number in range(60)]
    found = identify(members(*(mention(f"a{n}", COMMON, held) for n, held in enumerate(holders))))
    assert found.decisions
    assert all(one != other for one, other in (decision.pair for decision in found.decisions))
    days = [f"2023-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 21)]
    events = {}
    for number, day in enumerate(days):
        one = mention(f"a{number}", date=day)
        local = replace(one.local, type="Event", own=f"{DATA}event/工作推进会议@{day}")
        events[local.iri] = replace(one, local=local, days=((day, day),))
    assert all(one != other for one, other in (decision.pair for decision in identify(events).decisions))


MENTIONS = st.builds(
    lambda name, offices, company, description, day: (name, offices, company, description, day),
    st.just(COMMON),
    st.lists(st.sampled_from([JIUQUAN, SHAOXING, ("浙江大学", "教授", "330100")]), max_size=2, unique=True),
    st.sets(st.sampled_from(["郁望舒", "event/某会@2023", "institution/酒泉市委", "institution/绍兴市委"])),
    st.sampled_from([None, "歌手", "德国总统", "航天员"]),
    st.sampled_from(["2010-01-01", "2020-01-01", "2020-01-05", None]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MENTIONS, min_size=2, max_size=6), st.randoms())
def test_the_order_of_mentions_makes_no_difference(drawn: list, chance) -> None:  # type: ignore[type-arg, no-untyped-def]
    mentions = [
        mention(f"a{n}", name, *offices, company=company, description=description, date=day)
        for n, (name, offices, company, description, day) in enumerate(drawn)
    ]
    expected = identify(members(*mentions))
    chance.shuffle(mentions)
    assert identify(members(*mentions)) == expected


def test_all_orders_of_a_few_give_the_same() -> None:
    mentions = [
        mention("a", COMMON, JIUQUAN),
        mention("b", COMMON, SHAOXING),
        mention("c", COMMON, company={"institution/酒泉市委"}),
        mention("d", COMMON, company={"event/某会@2023"}),
    ]
    results = [identify(members(*order)) for order in itertools.permutations(mentions)]
    assert all(result == results[0] for result in results)
