import itertools
from pathlib import Path

from pyoxigraph import Literal

from kg import iris
from kg.identity.decisions import Decision, Reason, Verdict
from kg.ledger import is_written, ledger_quads
from kg.store import Store
from kg.vocabulary import DATA, GOV
from tests.kg.sample_facts import Sheet

ONE, OTHER, BARE = (f"{DATA}person/张衡之@{mark}" for mark in ("酒泉市委", "酒泉市政府", "3f2a9c01"))


def decision(verdict: Verdict, score: float, *pair: str, by: str | None = None) -> Decision:
    keys = tuple(sorted(pair))
    reasons = (Reason("same-place", 3.0, "620900"),)
    if by is None:
        return Decision((keys[0], keys[1]), verdict, score, reasons)
    return Decision((keys[0], keys[1]), verdict, score, reasons, by, "2024-05-31")


def test_a_decision_says_its_pair_verdict_score_reasons_and_who_decided() -> None:
    quads = list(ledger_quads([decision(Verdict.UNSURE, 1.5, ONE, OTHER, by="何闻道")]))
    assert {quad.graph_name for quad in quads} == {iris.LEDGER}
    said = {quad.predicate: quad.object.value for quad in quads if quad.predicate != GOV.pair}  # type: ignore[union-attr]
    assert said == {
        GOV.verdict: "unsure",
        GOV.score: "1.5",
        GOV.because: "same-place +3.0 620900",
        GOV.decidedBy: "何闻道",
        GOV.decidedOn: "2024-05-31",
    }


def test_only_what_joins_a_bare_mention_for_certain_is_left_out() -> None:
    assert is_written(decision(Verdict.POSITIVE, 9.0, ONE, OTHER))
    assert is_written(decision(Verdict.POSITIVE, 2.5, ONE, BARE))
    assert is_written(decision(Verdict.UNSURE, 1.0, ONE, BARE))
    assert is_written(decision(Verdict.POSITIVE, 9.0, ONE, BARE, by="何闻道"))
    assert not is_written(decision(Verdict.POSITIVE, 9.0, ONE, BARE))


def test_the_ledger_is_a_function_of_the_articles(tmp_path: Path) -> None:
    records = []
    for number, (holder, title) in enumerate(
        [("酒泉市委", "书记"), ("酒泉市政府", "市长"), ("绍兴市委", "书记"), ("浙江大学", "教授")]
    ):
        sheet = Sheet(str(number), "2020-01-01", f"{holder}{title}王军出席。")
        records.append(
            sheet.fact(("Person", "王军"), "holdsPost", ("Institution", holder), title=title).record()
        )
    ledgers = []
    for number, order in enumerate(itertools.permutations(records)):
        if number % 5 == 0:
            with Store.create(tmp_path / f"{number}.kg") as store:
                for record in order:
                    store.add([record])
                ledgers.append(set(store.database.quads_for_pattern(None, None, None, iris.LEDGER)))
    assert ledgers[0]
    assert all(each == ledgers[0] for each in ledgers)
    verdicts = {quad.object for quad in ledgers[0] if quad.predicate == GOV.verdict}
    assert {Literal("positive"), Literal("negative")} <= verdicts
