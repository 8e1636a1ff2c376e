"""One article compared: which names are accepted, which offices are equal, which evidence holds."""

import pytest

from extract.agreement import Verdict, grounded_facts, match_entities, office
from extract.gold import GoldEntity, fold_name
from extract.records import Article, ArticleFacts, Entity, Fact


def entity(id_: str, type_: str, name: str, *aliases: str) -> Entity:
    return Entity(id=id_, type=type_, name=name, aliases=list(aliases))


@pytest.mark.parametrize(
    ("type_", "gold_names", "found", "verdict"),
    [
        ("Person", ["钱一舟"], entity("x", "Person", "钱一舟"), Verdict.RIGHT),
        ("Person", ["钱一舟"], entity("x", "Person", "一舟"), Verdict.WRONG),
        ("Place", ["云溪市"], entity("x", "Place", "南江省云溪市"), Verdict.RIGHT),
        ("Place", ["云溪市"], entity("x", "Place", "云溪"), Verdict.WRONG),
        ("Institution", ["云溪市委"], entity("x", "Institution", "市委", "云溪市委"), Verdict.RIGHT),
        ("Institution", ["云溪大学"], entity("x", "Institution", "桃城医院", "云溪大学"), Verdict.WRONG),
        ("Institution", ["桃城大学"], entity("x", "Institution", "大学", "桃城大学"), Verdict.WRONG),
        # six tenths of the length: 6 of 10 characters is enough, 5 of 10 is not
        ("Practice", ["一二三四五六七八九十"], entity("x", "Practice", "一二三四五六"), Verdict.RIGHT),
        ("Practice", ["一二三四五六七八九十"], entity("x", "Practice", "一二三四五"), Verdict.WRONG),
        ("Document", ["云溪市调解办法"], entity("x", "Document", "《云溪市调解办法（试）》"), Verdict.RIGHT),
        ("Institution", ["云溪市调解协会"], entity("x", "Institution", "云溪市调解协"), Verdict.WRONG),
    ],
)
def test_which_names_are_accepted(type_: str, gold_names: list[str], found: Entity, verdict: Verdict) -> None:
    wanted = GoldEntity(type_, gold_names[0], frozenset(map(fold_name, gold_names)), optional=False)

    matched = match_entities([wanted], [found], "云溪市委和云溪大学在云溪市开会")

    assert matched.verdicts["x"] is verdict


def test_an_exact_name_wins_over_a_longer_one_that_comes_first() -> None:
    wanted = [GoldEntity("Event", "调解工作推进会", frozenset({"调解工作推进会"}), optional=False)]
    found = [entity("long", "Event", "全市调解工作推进会"), entity("exact", "Event", "调解工作推进会")]

    matched = match_entities(wanted, found, "")

    assert matched.verdicts == {"exact": Verdict.RIGHT, "long": Verdict.DUPLICATE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("云溪市委", "组织部部长"), ("云溪市委组织部", "部长")),
        (("云溪市委组织部", "部长"), ("云溪市委", "组织部长")),
        (("云溪市政府", "副市长"), ("云溪市", "副市长")),
        (("云溪市人民政府", "常务副市长"), ("云溪市", "常务副市长")),
        (("云溪大学", "党委书记"), ("云溪大学党委", "书记")),
    ],
)
def test_the_border_of_institution_and_title_does_not_matter(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert office(*one) == office(*other)


def test_an_office_of_the_government_is_not_one_of_the_party() -> None:
    assert office("云溪市政府", "秘书长") != office("云溪市", "秘书长")


#       0123456789012345678901234567890123456789
BODY = "钱一舟出席推进会。他强调，要推行夜间听诉。"


@pytest.mark.parametrize(
    ("evidence", "context", "grounded"),
    [
        ((0, 9), [], True),
        ((0, 8), [], True),
        ((9, 21), [(0, 3)], False),  # the subject in context, but the event nowhere
        ((0, 21), [], False),  # two sentences
        ((0, 4), [], False),  # the event is not mentioned
        ((0, 4), [(5, 8)], True),
        ((3, 5), [(0, 8)], False),  # evidence itself mentions neither
    ],
)
def test_grounded_evidence(evidence: tuple[int, int], context: list[tuple[int, int]], grounded: bool) -> None:
    run = ArticleFacts(
        article=Article(id="a1", text=BODY),
        entities=[
            Entity(id="p", type="Person", name="钱一舟", mentions=[(0, 3)]),
            Entity(id="e", type="Event", name="推进会", mentions=[(5, 8)]),
        ],
        facts=[
            Fact(
                subject="p",
                relation="attended",
                object="e",
                evidence=evidence,
                context=context,
                rule="attended/by-hand",
                confidence=1.0,
            )
        ],
    )

    assert grounded_facts(run) == (grounded,)
