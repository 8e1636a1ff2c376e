from pathlib import Path

import msgspec
import pytest

from extract.records import ArticleFacts
from kg.errors import ExportError
from kg.rulings import COLUMNS, read_rulings
from kg.snapshot import write_snapshot
from kg.snapshot_description import About
from kg.snapshot_diff import FactChange, SnapshotDiff, diff
from kg.store import Store
from tests.kg.sample_facts import Sheet, samples


def snapshot(path: Path, records: list[ArticleFacts]) -> Path:
    with Store.create(path.with_suffix(".kg")) as store:
        store.add(records)
        return write_snapshot(store, path, About()).folder


def compared(folder: Path, before: list[ArticleFacts], after: list[ArticleFacts]) -> SnapshotDiff:
    return diff(snapshot(folder / "before", before), snapshot(folder / "after", after))


def article(name: str, *facts: tuple[tuple[str, str], str, tuple[str, str]], **titles: str) -> ArticleFacts:
    sheet = Sheet(name, "2024-05-01", "".join(f"{s[1]}与{o[1]}有关。" for s, _, o in facts))
    for subject, relation, obj in facts:
        sheet.fact(subject, relation, obj, **titles)
    return sheet.record()


PLACE, OTHER = ("Place", "酒泉市"), ("Place", "绍兴市")
PRACTICE, SECOND = ("Practice", "主动创稳"), ("Practice", "枫桥经验")


def test_the_same_articles_are_the_same(tmp_path: Path) -> None:
    found = compared(tmp_path, samples(), list(reversed(samples())))
    assert found.is_empty
    assert found == SnapshotDiff([], [], [], [], [], [], [], [], 0, 0)


def test_a_new_fact_and_a_new_statement_of_an_old_one(tmp_path: Path) -> None:
    one = article("a1", (PLACE, "practises", PRACTICE))
    two = article("a2", (PLACE, "practises", PRACTICE), (OTHER, "practises", SECOND))
    found = compared(tmp_path, [one], [one, two])
    assert (found.articles_added, found.articles_removed, found.articles_changed) == (["a2"], [], [])
    assert found.facts_added == [FactChange("绍兴市", "practises", "枫桥经验", gained=1, articles=("a2",))]
    assert found.facts_supported_otherwise == [
        FactChange("酒泉市", "practises", "主动创稳", gained=1, articles=("a2",))
    ]
    assert not found.facts_removed
    back = diff(tmp_path / "after", tmp_path / "before")
    assert back.facts_removed == [FactChange("绍兴市", "practises", "枫桥经验", lost=1, articles=("a2",))]
    assert back.articles_removed == ["a2"]
    assert (back.quads_added, back.quads_removed) == (found.quads_removed, found.quads_added)


def test_a_statement_that_only_has_another_number_has_not_changed(tmp_path: Path) -> None:
    first, second = (PLACE, "practises", PRACTICE), (OTHER, "practises", SECOND)
    before = article("a1", first, second)
    after = msgspec.structs.replace(before, facts=before.facts[::-1])
    found = compared(tmp_path, [before], [after])
    assert found.articles_changed == ["a1"]
    assert not (found.facts_added or found.facts_removed or found.facts_supported_otherwise)
    surer = msgspec.structs.replace(
        before, facts=[msgspec.structs.replace(before.facts[0], confidence=0.5), before.facts[1]]
    )
    (tmp_path / "next").mkdir()
    found = compared(tmp_path / "next", [before], [surer])
    assert found.facts_supported_otherwise == [
        FactChange("酒泉市", "practises", "主动创稳", changed=1, articles=("a1",))
    ]


def test_offices_held_and_held_before_plans_and_symmetric_facts(tmp_path: Path) -> None:
    person, organ = ("Person", "祁连川"), ("Institution", "绍兴市委政法委")
    allied = ("Institution", "酒泉市委政法委")
    none = article("a0", (PLACE, "practises", PRACTICE))
    found = compared(
        tmp_path,
        [none],
        [
            none,
            article("a1", (person, "holdsPost", organ), title="副书记"),
            article("a2", (person, "holdsPost", organ), title="科长", former="true"),
            article("a3", (OTHER, "practises", SECOND), modality="planned"),
            article("a4", (organ, "cooperatesWith", allied)),
        ],
    )
    assert [(f.subject, f.relation, f.object, f.gained, f.articles) for f in found.facts_added] == [
        ("祁连川", "formerlyHeldPost", "绍兴市委政法委科长", 1, ("a2",)),
        ("祁连川", "holdsPost", "绍兴市委政法委副书记", 1, ("a1",)),
        ("绍兴市委政法委", "cooperatesWith", "酒泉市委政法委", 1, ("a4",)),
    ]


def test_dates_are_facts_too(tmp_path: Path) -> None:
    sheet = Sheet("a1", "2024-05-01", "五月三日，全市基层治理推进大会召开。")
    event = ("Event", "全市基层治理推进大会")
    sheet.fact(event, "heldOn", "2024-05-03")
    found = compared(tmp_path, [], [sheet.record()])
    assert [(f.relation, f.object) for f in found.facts_added] == [("heldOn", "2024-05-03")]


def test_who_is_taken_for_someone_else(tmp_path: Path) -> None:
    """Two people of one name whom a curator rules to be one."""
    person = ("Person", "张衡之")
    one = article("a1", (person, "holdsPost", ("Institution", "酒泉市委")), title="副书记")
    two = article("a2", (person, "holdsPost", ("Institution", "绍兴市委")), title="副书记")
    keys = ["person/张衡之@绍兴市委", "person/张衡之@酒泉市委"]
    line = f"same\t{keys[0]}\t\t{keys[1]}\t\t\t何闻道\t2024-05-31\t"
    with Store.create(tmp_path / "a.kg") as store:
        store.add([one, two])
        before = write_snapshot(store, tmp_path / "before", About()).folder
        store.curate(read_rulings(["\t".join(COLUMNS), line], "rulings.tsv"))
        after = write_snapshot(store, tmp_path / "after", About()).folder
    found = diff(before, after)
    (change,) = found.identities
    assert [change.before, change.after] in (keys, keys[::-1])
    assert change.articles in (("a1",), ("a2",))
    assert {(f.subject, f.relation) for f in found.facts_added} == {("张衡之", "holdsPost")}
    assert len(found.facts_added) == len(found.facts_removed) == 1
    assert not found.articles_changed
    back = diff(after, before)
    assert [(each.before, each.after) for each in back.identities] == [(change.after, change.before)]
    assert (tmp_path / "after" / "curation.nq").read_bytes()
    assert not (tmp_path / "before" / "curation.nq").read_bytes()


def test_what_is_no_snapshot_is_named(tmp_path: Path) -> None:
    good = snapshot(tmp_path / "good", samples())
    with pytest.raises(ExportError, match=r"holds no dataset\.nq; name a folder that `govkg snapshot` wrote"):
        diff(good, tmp_path)
    with pytest.raises(ExportError, match="there is no such file"):
        diff(tmp_path / "none", good)
    lines = (good / "dataset.nq").read_bytes().splitlines(keepends=True)
    (tmp_path / "shuffled.nq").write_bytes(b"".join([lines[1], lines[0], *lines[2:]]))
    with pytest.raises(ExportError, match="line 2 comes before the line above it"):
        diff(good, tmp_path / "shuffled.nq")
    (tmp_path / "cut.nq").write_bytes(b"".join(lines)[:-7])
    with pytest.raises(ExportError, match="is no whole N-Quads line"):
        diff(good, tmp_path / "cut.nq")
    assert diff(good, good / "dataset.nq").is_empty
