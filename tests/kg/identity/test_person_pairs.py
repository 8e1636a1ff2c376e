import pytest

from kg.identity.evidence import Evidence
from kg.identity.person_pairs import NEGATIVE, POSITIVE, compare_persons, name_weight
from tests.kg.identity.people import mention, profile

PARTY = ("酒泉市委", "书记", "620900")
GOVERNMENT = ("酒泉市政府", "市长", "620900")
SHAOXING = ("绍兴市委", "书记", "330600")
COMMON = "王军"


@pytest.mark.parametrize(
    ("one", "other", "reason", "verdict"),
    [
        (mention("a", COMMON, PARTY), mention("b", COMMON, PARTY), "same-post", "positive"),
        (
            mention("a", COMMON, PARTY),
            mention("b", COMMON, ("酒泉市委", "副书记", "620900")),
            "same-institution",
            "positive",
        ),
        (mention("a", COMMON, PARTY), mention("b", COMMON, GOVERNMENT), "same-place", "positive"),
        (
            mention("a", COMMON, ("酒泉市工商局", "局长", "620900"), date="2016-01-01"),
            mention("b", COMMON, ("酒泉市市场监管局", "局长", "620900"), date="2019-01-01"),
            "succeeding-institution",
            "positive",
        ),
        (
            mention("a", COMMON, company={"event/某会@2023"}),
            mention("b", COMMON, company={"event/某会@2023"}),
            "shared-event",
            "positive",
        ),
        (
            mention("a", COMMON, company={"郁望舒", "欧阳衡之"}),
            mention("b", COMMON, company={"郁望舒", "欧阳衡之"}),
            "shared-persons",
            "positive",
        ),
        (
            mention("a", COMMON, description="德国总统"),
            mention("b", COMMON, description="德国总统"),
            "same-description",
            "positive",
        ),
        (mention("a", COMMON, PARTY), mention("b", COMMON, SHAOXING), "two-places-at-once", "negative"),
        (
            mention("a", COMMON, PARTY, date="2010-01-01"),
            mention("b", COMMON, SHAOXING, date="2020-01-01"),
            "name",
            "unsure",
        ),
        (mention("a", COMMON, PARTY), mention("b", COMMON, description="歌手"), "two-careers", "negative"),
        (
            mention("a", COMMON, description="德国总统"),
            mention("b", COMMON, description="埃及议长"),
            "two-nations",
            "negative",
        ),
        (mention("a", COMMON), mention("b", COMMON, date="2012-01-01"), "name", "unsure"),
        (mention("a", "欧阳衡之"), mention("b", "欧阳衡之", date="2012-01-01"), "name", "positive"),
        (mention("a", number=0), mention("a", number=1), "same-article", "negative"),
    ],
)
def test_a_pair_is_decided_with_its_reasons(
    one: Evidence, other: Evidence, reason: str, verdict: str
) -> None:
    comparison = compare_persons(profile(one), profile(other))
    assert reason in {each.name for each in comparison.reasons}
    decision = comparison.decide(one.local.own, other.local.own, POSITIVE, NEGATIVE)
    assert decision.verdict.value == verdict
    assert decision.score == pytest.approx(sum(each.weight for each in decision.reasons))
    back = compare_persons(profile(other), profile(one))
    assert {(r.name, r.weight) for r in back.reasons} == {(r.name, r.weight) for r in comparison.reasons}


def test_former_offices_in_other_places_are_no_contradiction() -> None:
    one, other = mention("a", COMMON, PARTY), mention("b", COMMON, SHAOXING, former=True)
    names = {each.name for each in compare_persons(profile(one), profile(other)).reasons}
    assert "two-places-at-once" not in names


def test_the_office_of_another_state_is_none_of_ours() -> None:
    one = mention("a", COMMON, ("国务院", "总理"), description="印度总理")
    other = mention("b", COMMON, ("国务院", "总理"))
    names = {each.name for each in compare_persons(profile(one), profile(other)).reasons}
    assert "two-nations" in names
    assert "same-post" not in names


def test_rare_names_say_more_than_common_ones() -> None:
    assert name_weight("欧阳衡之") > name_weight("王建军") > name_weight("王军")
    assert name_weight("奥巴马", foreign=True) > name_weight("米勒", foreign=True)
