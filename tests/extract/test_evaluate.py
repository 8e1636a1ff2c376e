"""Evaluation: figures worked out by hand, by type, by relation and overall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.errors import GoldError
from extract.evaluate import Evaluation, evaluate
from extract.records import Article, ArticleFacts, Entity, Fact

TEXT = "云溪市委副书记钱一舟出席调解工作推进会并讲话。云溪市推行“夜间听诉”。"

GOLD = """E|Person|钱一舟
E|Institution|云溪市委|中共云溪市委
E|Place|云溪市
E|Event|全市调解工作推进会
E|Practice|夜间听诉
E?|Institution|云溪市委组织部
F|钱一舟|holdsPost|云溪市委|title=副书记
F|钱一舟|addressed|全市调解工作推进会
F|钱一舟|attended|全市调解工作推进会
F|云溪市|practises|夜间听诉
F?|云溪市委|practises|夜间听诉
"""


def entity(id_: str, type_: str, name: str, *aliases: str) -> Entity:
    return Entity(id=id_, type=type_, name=name, aliases=list(aliases))


def fact(subject: str, relation: str, to: str, confidence: float = 0.9, **qualifiers: str) -> Fact:
    return Fact(
        subject=subject,
        relation=relation,
        object=to,
        evidence=(0, 24),
        rule=f"{relation}/by-hand",
        confidence=confidence,
        qualifiers=qualifiers,
    )


def record(entities: list[Entity], facts: list[Fact], id_: str = "a1", text: str = TEXT) -> ArticleFacts:
    return ArticleFacts(article=Article(id=id_, text=text), entities=entities, facts=facts)


RIGHT_ENTITIES = [
    entity("p", "Person", "钱一舟"),
    entity("i", "Institution", "中共云溪市委员会"),
    entity("l", "Place", "云溪市"),
    entity("e", "Event", "调解工作推进会"),
    entity("m", "Practice", "夜间听诉"),
]
OPTIONAL_ENTITY = entity("x", "Institution", "云溪市委组织部")
RIGHT_FACTS = [
    fact("p", "holdsPost", "i", title="副书记"),
    fact("p", "addressed", "e"),
    fact("p", "attended", "e"),
    fact("l", "practises", "m"),
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "a1.gold").write_text(GOLD, encoding="utf-8")
    return tmp_path


def figures(evaluation: Evaluation) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return right, wrong and missed of entities and of facts."""
    entities, facts = evaluation.entities.overall, evaluation.facts.overall
    return (entities.right, entities.wrong, entities.missed), (facts.right, facts.wrong, facts.missed)


def test_a_run_that_says_all_is_perfect(gold: Path) -> None:
    evaluation = evaluate(gold, [record(RIGHT_ENTITIES, RIGHT_FACTS)])

    assert figures(evaluation) == ((5, 0, 0), (4, 0, 0))
    assert evaluation.facts.overall.f1 == 1.0
    assert evaluation.errors == []


def test_precision_recall_and_f1_worked_out(gold: Path) -> None:
    # Entities: two of five found and one invented: P 2/3, R 2/5, F1 = 2*(2/3)(2/5)/(2/3+2/5) = 1/2.
    # Facts: one of four found, one wrong title: P 1/2, R 1/4, F1 1/3.
    run = record(
        [
            entity("p", "Person", "钱一舟"),
            entity("i", "Institution", "云溪市委"),
            entity("x", "Person", "孙二河"),
        ],
        [fact("p", "holdsPost", "i", title="副书记"), fact("p", "holdsPost", "i", title="书记")],
    )

    evaluation = evaluate(gold, [run])

    assert figures(evaluation) == ((2, 1, 3), (1, 1, 3))
    entities, facts = evaluation.entities.overall, evaluation.facts.overall
    assert (entities.precision, entities.recall, entities.f1) == pytest.approx((2 / 3, 2 / 5, 1 / 2))
    assert (facts.precision, facts.recall, facts.f1) == pytest.approx((1 / 2, 1 / 4, 1 / 3))
    people = evaluation.entities.rows["Person"]
    assert (people.right, people.wrong, people.missed) == (1, 1, 0)
    assert [str(mistake) for mistake in evaluation.errors] == [
        "a1\tentity wrong\tPerson\t孙二河",
        "a1\tentity missed\tPlace\t云溪市",
        "a1\tentity missed\tEvent\t全市调解工作推进会",
        "a1\tentity missed\tPractice\t夜间听诉",
        "a1\tfact wrong\tholdsPost\t钱一舟 → 云溪市委 书记\tholdsPost/by-hand",
        "a1\tfact missed\taddressed\t钱一舟 → 全市调解工作推进会",
        "a1\tfact missed\tattended\t钱一舟 → 全市调解工作推进会",
        "a1\tfact missed\tpractises\t云溪市 → 夜间听诉",
    ]


@pytest.mark.parametrize(
    ("extra_entities", "extra_facts", "expected"),
    [
        pytest.param([OPTIONAL_ENTITY], [], ((5, 0, 0), (4, 0, 0)), id="optional entity"),
        pytest.param([entity("x", "Person", "钱一舟")], [], ((5, 1, 0), (4, 0, 0)), id="second answer"),
        pytest.param([entity("x", "Person", "云溪市")], [], ((5, 1, 0), (4, 0, 0)), id="wrong type"),
        pytest.param([], [fact("i", "practises", "m")], ((5, 0, 0), (4, 0, 0)), id="optional fact"),
        pytest.param([], [fact("l", "practises", "m")], ((5, 0, 0), (4, 0, 0)), id="right fact said twice"),
        pytest.param([], [fact("p", "chaired", "e")] * 2, ((5, 0, 0), (4, 1, 0)), id="wrong fact said twice"),
        pytest.param(
            [OPTIONAL_ENTITY],
            [fact("p", "holdsPost", "x", title="部长")],
            ((5, 0, 0), (4, 0, 0)),
            id="fact about an optional entity",
        ),
        pytest.param(
            [],
            [fact("p", "holdsPost", "i", title="副书记", former="true")],
            ((5, 0, 0), (4, 1, 0)),
            id="former does not agree",
        ),
    ],
)
def test_what_more_is_said(
    gold: Path,
    extra_entities: list[Entity],
    extra_facts: list[Fact],
    expected: tuple[tuple[int, int, int], tuple[int, int, int]],
) -> None:
    run = record([*RIGHT_ENTITIES, *extra_entities], [*RIGHT_FACTS, *extra_facts])

    assert figures(evaluate(gold, [run])) == expected


def test_a_symmetric_fact_is_right_either_way(tmp_path: Path) -> None:
    (tmp_path / "a1.gold").write_text(
        "E|Place|云溪市\nE|Place|桃城县\nF|云溪市|cooperatesWith|桃城县\n", encoding="utf-8"
    )
    places = [entity("a", "Place", "云溪市"), entity("b", "Place", "桃城县")]

    evaluation = evaluate(tmp_path, [record(places, [fact("b", "cooperatesWith", "a")])])

    assert figures(evaluation) == ((2, 0, 0), (1, 0, 0))


def test_a_date_is_compared_as_written(tmp_path: Path) -> None:
    (tmp_path / "a1.gold").write_text("E|Event|推进会\nF|推进会|heldOn|2021-03-05\n", encoding="utf-8")
    event = [entity("e", "Event", "推进会")]

    right = evaluate(tmp_path, [record(event, [fact("e", "heldOn", "2021-03-05")])])
    wrong = evaluate(tmp_path, [record(event, [fact("e", "heldOn", "2021-03")])])

    assert figures(right)[1] == (1, 0, 0)
    assert figures(wrong)[1] == (0, 1, 1)


def test_share_of_grounded_evidence(gold: Path) -> None:
    mentioned = [Entity(id="p", type="Person", name="钱一舟", mentions=[(7, 10)])]
    # 0-23 is the first sentence; 0-30 runs into the second.
    facts = [
        Fact(subject="p", relation="heldOn", object="2021", evidence=(0, end), rule="r", confidence=1.0)
        for end in (23, 23, 23, 30)
    ]

    assert evaluate(gold, [record(mentioned, facts)]).evidence_grounded == 0.75


def test_an_article_the_run_lacks_is_missed_altogether(gold: Path) -> None:
    (gold / "b2.gold").write_text("E|Person|孙二河\n", encoding="utf-8")

    evaluation = evaluate(gold, [record(RIGHT_ENTITIES, RIGHT_FACTS)])

    assert evaluation.articles_missing == ["b2"]
    assert figures(evaluation)[0] == (5, 0, 1)


def test_articles_are_found_by_stem_of_path_and_else_by_id(gold: Path) -> None:
    by_path = record(RIGHT_ENTITIES, RIGHT_FACTS, "4711")
    by_path.article.path = "news/a1-2021.txt"
    by_id = record(RIGHT_ENTITIES, RIGHT_FACTS, "a1")
    by_id.article.path = "news/table.csv#3"

    for run in (by_path, by_id):
        assert evaluate(gold, [run]).articles_missing == []


def test_reliability_of_confidences(gold: Path) -> None:
    facts = [
        fact("p", "holdsPost", "i", 0.92, title="副书记"),
        fact("p", "addressed", "e", 0.94),
        fact("p", "chaired", "e", 0.9),
        fact("l", "practises", "m", 1.0),
        fact("p", "spokeAt", "e", 0.3),
        fact("i", "practises", "m", 0.3),  # optional: says nothing about reliability
    ]

    evaluation = evaluate(gold, [record(RIGHT_ENTITIES, facts)])

    bins = {bin_.low: bin_ for bin_ in evaluation.reliability}
    assert (bins[0.9].facts, bins[0.9].right) == (4, 3)
    assert bins[0.9].confidence == pytest.approx(0.94)
    assert bins[0.9].share_right == pytest.approx(3 / 4)
    assert (bins[0.3].facts, bins[0.3].right) == (1, 0)
    plain = evaluation.as_json()
    assert plain["calibration_error"] == pytest.approx((4 * 0.19 + 0.3) / 5)
    assert plain["area_under_roc"] == 1.0


def test_less_sure_facts_count_as_not_given(gold: Path) -> None:
    facts = [fact("p", "addressed", "e", 0.94), fact("p", "spokeAt", "e", 0.3)]

    def found(least: float) -> int:
        return evaluate(gold, [record(RIGHT_ENTITIES, facts)], min_confidence=least).facts.overall.found

    assert [found(least) for least in (0.0, 0.3, 0.31, 0.95)] == [2, 2, 1, 0]


def test_gold_counts_tell_how_much_gold_a_relation_has(gold: Path) -> None:
    (gold / "b2.gold").write_text(
        "E|Place|桃城县\nE|Practice|夜间听诉\nF|桃城县|practises|夜间听诉\n", encoding="utf-8"
    )

    counts = evaluate(gold, []).gold_counts

    practises, hosted = counts["practises"], counts["hosted"]
    assert (practises.required, practises.optional, practises.articles) == (2, 1, 2)
    assert (hosted.required, hosted.optional, hosted.articles) == (0, 0, 0)


def test_rendered_table_and_json(gold: Path) -> None:
    evaluation = evaluate(gold, [record(RIGHT_ENTITIES, RIGHT_FACTS[:3])])

    lines = evaluation.render().splitlines()
    assert "practises" in evaluation.render()
    heading = next(line.split() for line in lines if line.startswith("facts"))
    assert heading == ["facts", "P", "R", "F1", "gold", "found"]
    overall = [line.split() for line in lines if line.startswith("ALL")]
    assert overall == [
        ["ALL", "1.000", "1.000", "1.000", "5", "5"],
        ["ALL", "1.000", "0.750", "0.857", "4", "3"],
    ]
    plain: Any = json.loads(json.dumps(evaluation.as_json()))
    assert plain["facts"]["ALL"] == {"precision": 1.0, "recall": 0.75, "f1": 0.8571, "gold": 4, "found": 3}


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold files"):
        evaluate(tmp_path, [])
