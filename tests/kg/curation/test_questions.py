"""What curators are asked: what is unsure, with its sentences, the most consequential first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.records import ArticleFacts
from kg.curation.answers import append_rulings, read_rulings_file, ruling_of
from kg.curation.questions import FactQuestion, PairQuestion, questions
from kg.curation.sheet import read_sheet, write_sheet
from kg.curation.unmet import unmet
from kg.errors import RulingsError
from kg.rulings import COLUMNS, Rename, Signed, read_rulings
from kg.store import Store
from tests.kg.sample_facts import Sheet, samples

BY = Signed("某编者", "2024-07-01")


def doubtful() -> list[ArticleFacts]:
    """Two of one name in different careers, and two facts of low confidence, one of them twice."""
    official = Sheet("official", "2024-06-04", "绍兴市委政法委书记乔望山出席平安建设推进会议。")
    official.fact(("Person", "乔望山"), "holdsPost", ("Institution", "绍兴市委政法委"), title="书记")
    official.fact(("Person", "乔望山"), "attended", ("Event", "平安建设推进会议"))
    resident = Sheet("resident", "2024-06-05", "居民乔望山获得好邻居称号。居民乔望山参加志愿活动。")
    resident.entity("Person", "乔望山", public=False)
    resident.fact(("Person", "乔望山"), "received", ("Honour", "好邻居"))
    resident.facts[-1].confidence = 0.6
    post = Sheet("post", "2024-06-06", "肃州区副区长祁连川调研。肃州区副区长祁连川说。")
    for confidence in (0.5, 0.55):
        post.fact(("Person", "祁连川"), "holdsPost", ("Place", "肃州区"), title="副区长")
        post.facts[-1].confidence = confidence
    return [official.record(), resident.record(), post.record()]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "a.kg") as made:
        made.add(doubtful())
        yield made


def test_the_most_consequential_come_first(store: Store) -> None:
    pair, post, honour = questions(store.database)
    assert isinstance(pair, PairQuestion)
    assert {pair.first.label, pair.second.label} == {"乔望山"}
    assert pair.weight == 0.5
    assert pair.reasons
    assert {q.sentence for end in (pair.first, pair.second) for q in end.quotations} == {
        "绍兴市委政法委书记乔望山出席平安建设推进会议。",
        "居民乔望山获得好邻居称号。",
    }
    assert isinstance(post, FactQuestion) and isinstance(honour, FactQuestion)
    assert (post.relation, post.confidence, post.qualifiers) == ("holdsPost", 0.55, {"title": "副区长"})
    assert (honour.subject.reference, honour.object.label) == ("article/resident#person/乔望山,2", "好邻居")
    assert honour.quotations[0].article == "resident"


def test_only_facts_below_the_threshold_are_asked_about(store: Store) -> None:
    assert [q for q in questions(store.database, low=0.3) if isinstance(q, FactQuestion)] == []
    assert len([q for q in questions(store.database, low=1) if isinstance(q, FactQuestion)]) == 4


def test_answers_become_rulings_and_the_questions_are_gone(store: Store) -> None:
    pair, post, honour = questions(store.database)
    rulings = [ruling_of(pair, "different", BY), ruling_of(post, "right", BY), ruling_of(honour, "wrong", BY)]
    store.curate(rulings)

    assert questions(store.database) == []
    assert not list(store.select("SELECT ?o { ?s gov:received ?o }"))
    (post_row,) = store.select(
        "SELECT ?rule { GRAPH ?g { ?s gov:rule ?rule FILTER(CONTAINS(?rule, 'curation')) } }"
    )
    assert post_row["rule"].value == "curation/missing"


def test_one_answer_more_makes_them_one(store: Store) -> None:
    pair, *_ = questions(store.database)
    store.curate([ruling_of(pair, "same", BY)])
    people = list(store.select('SELECT ?p { ?p a gov:Person ; rdfs:label "乔望山"@zh-Hans }'))
    assert len(people) == 1
    assert not any(isinstance(question, PairQuestion) for question in questions(store.database))


def test_a_store_that_is_sure_asks_nothing(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add(samples()[1:2])
        assert questions(store.database) == []


# The sheet.


def filled(sheet: str, answers: dict[str, str], encoding: str) -> bytes:
    """The sheet as a spreadsheet saves it once answers stand in its first column, by what is asked."""
    lines = sheet.removeprefix("\ufeff").split("\r\n")
    for number, line in enumerate(lines):
        for asked, answer in answers.items():
            if asked in line:
                lines[number] = answer + line
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_filled_sheet_gives_rulings(store: Store, encoding: str) -> None:
    answers = {"same / different": "same", ",received,": "Wrong", ",holdsPost,": "right"}
    data = filled(write_sheet(questions(store.database)), answers, encoding)
    rulings = read_sheet(data, "sheet.csv", BY)
    assert [ruling.kind for ruling in rulings] == ["same", "missing", "wrong"]
    assert all(ruling.signed == BY for ruling in rulings)
    store.curate(rulings)
    assert questions(store.database) == []


def test_rows_left_empty_rule_nothing(store: Store) -> None:
    assert read_sheet(write_sheet(questions(store.database)).encode(), "sheet.csv", BY) == []


def test_days_as_spreadsheets_write_them_and_cells_kept_from_being_formulas() -> None:
    row = "rename;person/乔望山@绍兴市委政法委;;'=乔望水;;;编者;2024/7/1;"
    (ruling,) = read_sheet(f"{';'.join(COLUMNS)}\n{row}\n".encode(), "sheet.csv", BY)
    assert (ruling.signed.date, ruling.signed.by) == ("2024-07-01", "编者")
    assert isinstance(ruling, Rename)
    assert ruling.name == "=乔望水"


@pytest.mark.parametrize(
    ("text", "entry", "problem"),
    [
        ("a,b\n", 1, "does not name the columns"),
        (f"{','.join(COLUMNS)}\nmaybe,person/甲@乙,,person/甲@丙\n", 2, "'maybe' is no ruling"),
        (f"{','.join(COLUMNS)}\n\nsame,person/甲@乙,,nobody\n", 2, "refers to nothing"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_where(text: str, entry: int, problem: str) -> None:
    with pytest.raises(RulingsError, match=problem) as caught:
        read_sheet(text.encode(), "sheet.csv", BY)
    assert (caught.value.file, caught.value.entry) == ("sheet.csv", entry)


# The file of rulings.


def test_rulings_are_added_to_the_end_of_their_file_once(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "rulings.tsv"
    first, second, _ = (
        ruling_of(q, a, BY)
        for q, a in zip(questions(store.database), ("same", "right", "wrong"), strict=True)
    )
    assert append_rulings(file, [first]) == 1
    before = file.read_bytes()
    assert append_rulings(file, [first, second]) == 1
    assert file.read_bytes().startswith(before)
    assert [ruling.kind for ruling in read_rulings_file(file)] == ["same", "missing"]


def test_a_contradiction_leaves_the_file_as_it_was(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "rulings.tsv"
    pair, *_ = questions(store.database)
    append_rulings(file, [ruling_of(pair, "same", BY)])
    before = file.read_bytes()
    with pytest.raises(RulingsError, match="ruled different here and the same elsewhere"):
        append_rulings(file, [ruling_of(pair, "different", BY)])
    assert file.read_bytes() == before


def test_rulings_that_mean_nothing_here_are_found(store: Store) -> None:
    lines = [
        "\t".join(COLUMNS),
        "same\tperson/乔望山@绍兴市委政法委\t\tarticle/resident#person/乔望山\t\t\t编者\t2024-07-01",
        "same\tperson/乔望山@绍兴市委政法委\t\tarticle/resident#person/乔望水\t\t\t编者\t2024-07-01",
        "rename\tperson/无此人@某地\t\t某某\t\t\t编者\t2024-07-01",
        "missing\tperson/新人@某地\tholdsPost\tinstitution/新机构\ttitle=主任\t公告\t编者\t2024-07-01",
    ]
    rulings = read_rulings(lines, "rulings.tsv")
    assert list(unmet(store.database, rulings)) == rulings[1:3]
