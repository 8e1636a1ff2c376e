import hashlib
import io
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from extract.errors import FactsError, GovkgError
from extract.records import ArticleFacts, Fact
from kg.errors import StoreError
from kg.store import Store
from kg.store_folder import FORMAT, damage_told_by
from tests.kg.sample_facts import Sheet, many, samples

ROOT = Path(__file__).parents[2]


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump(out)
    return out.getvalue()


def built(path: Path, records: list[ArticleFacts]) -> bytes:
    with Store.create(path) as store:
        store.add(records)
        return dump(store)


def test_adding_an_article_twice_changes_nothing(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        assert store.add(samples()).added == 5
        before = dump(store)
        assert store.add(samples()) == (0, 0, 5, 0)
        assert dump(store) == before
    with Store.open(tmp_path / "a.kg", write=True) as store:
        assert store.add(reversed(samples())).unchanged == 5
        assert dump(store) == before


def test_the_order_of_articles_makes_no_difference(tmp_path: Path) -> None:
    records = samples()
    wanted = built(tmp_path / "all.kg", records)
    for number, order in enumerate(itertools.permutations(range(5))):
        if number % 6:
            continue
        with Store.create(tmp_path / f"{number}.kg") as store:
            for index in order:
                store.add([records[index]])
            assert dump(store) == wanted, order


@pytest.mark.parametrize("number", range(5))
def test_removing_an_article_restores_what_was_before(tmp_path: Path, number: int) -> None:
    records = samples()
    article = records.pop(number)
    with Store.create(tmp_path / "a.kg") as store:
        store.add(records)
        before = dump(store)
        store.add([article])
        assert dump(store) != before
        store.remove(article.article.id)
        assert dump(store) == before


def test_removing_everything_leaves_nothing(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add(samples())
        for entry in store.articles():
            store.remove(entry.id)
        assert dump(store) == b""


def test_any_sequence_of_changes_ends_where_a_fresh_build_does(tmp_path: Path) -> None:
    pool = samples() + list(many(12, facts=6))
    chance = random.Random(20240205)
    present: dict[str, ArticleFacts] = {}
    with Store.create(tmp_path / "changed.kg") as store:
        for _ in range(40):
            record = chance.choice(pool)
            if record.article.id in present and chance.random() < 0.6:
                store.remove(record.article.id)
                del present[record.article.id]
            else:
                kept = msgspec.structs.replace(
                    record, facts=record.facts[: chance.randint(1, len(record.facts))]
                )
                store.replace([kept])
                present[record.article.id] = kept
        changed = dump(store)
    assert changed == built(tmp_path / "fresh.kg", list(present.values()))


def test_replacing_an_article_leaves_no_trace_of_the_old_one(tmp_path: Path) -> None:
    one, two, *_ = samples()
    revised = Sheet(one.article.id, "2023-07-01", "酒泉市实践主动创稳。")
    revised.fact(("Place", "酒泉市"), "practises", ("Practice", "主动创稳"))
    with Store.create(tmp_path / "a.kg") as store:
        store.add([one, two])
        assert store.replace([revised.record()]) == (0, 1, 0, 0)
        replaced = dump(store)
    assert replaced == built(tmp_path / "b.kg", [revised.record(), two])


def test_another_article_under_a_stored_id_is_refused_and_the_rest_added(tmp_path: Path) -> None:
    one, two, *_ = samples()
    other = msgspec.structs.replace(one, facts=one.facts[:1])
    errors: list[GovkgError] = []
    with Store.create(tmp_path / "a.kg") as store:
        store.add([one])
        before = dump(store)
        with pytest.raises(StoreError, match="stored with other content; replace it"):
            store.add([other])
        assert dump(store) == before
        assert store.add([other, two], errors.append) == (1, 0, 0, 1)
        assert [entry.id for entry in store.articles()] == ["one", "two"]
    assert len(errors) == 1


def test_a_record_that_breaks_the_contract_is_named_and_the_rest_added(tmp_path: Path) -> None:
    one, two, *_ = samples()
    fact = Fact(subject="p9", relation="chaired", object="e1", evidence=(0, 2), rule="r", confidence=1.0)
    broken = msgspec.structs.replace(two, facts=[fact])
    errors: list[GovkgError] = []
    with Store.create(tmp_path / "a.kg") as store:
        assert store.add([broken, one], errors.append) == (1, 0, 0, 1)
        assert [entry.id for entry in store.articles()] == ["one"]
    assert isinstance(errors[0], FactsError)
    assert "two" in str(errors[0])


def test_without_a_handler_the_first_bad_record_stops_and_what_came_before_stays(tmp_path: Path) -> None:
    one, two, three, *_ = samples()
    broken = msgspec.structs.replace(two, article=msgspec.structs.replace(two.article, date="昨日"))
    with Store.create(tmp_path / "a.kg") as store:
        with pytest.raises(FactsError, match="'昨日'"):
            store.add([one, broken, three])
        assert [entry.id for entry in store.articles()] == ["one"]


def test_counts_and_list(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.kg") as store:
        store.add(samples())
        counts = store.counts()
        articles = store.articles()
    assert counts["articles"] == 5
    assert counts["facts"] == sum(len(record.facts) for record in samples())
    assert counts["Institution"] == 3
    assert counts["quads"] > counts["triples"] > 0
    assert articles[0] == ("five", "报道five", None, "甘肃政法网")
    assert articles[-1].date == "2024-02-05"


def test_closed_stores_say_so(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "a.kg")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.counts()


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        (None, "it has no store.json"),
        ("not json", "does not say which format"),
        ("[]", "does not say which format"),
        ('{"format": 99}', f"has format 99, this version reads {FORMAT}"),
    ],
)
def test_a_folder_that_is_no_store_of_ours(tmp_path: Path, manifest: str | None, problem: str) -> None:
    if manifest is not None:
        (tmp_path / "store.json").write_text(manifest)
    with pytest.raises(StoreError, match=problem) as caught:
        Store.open(tmp_path)
    assert caught.value.remedy


def test_missing_store_and_file_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder; make a store with `govkg build`"):
        Store.open(tmp_path / "none.kg")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file, not a store"):
        Store.open(tmp_path / "file")
    with pytest.raises(StoreError, match="not an empty folder"):
        Store.create(tmp_path)


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    built(tmp_path / "a.kg", samples())
    for database in ("db", "published/2/db"):
        (tmp_path / "a.kg" / database / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "a.kg", write=True)
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        Store.open(tmp_path / "a.kg")
    assert "build the store again" in str(caught.value)


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    with Store.create(path):
        with pytest.raises(StoreError, match="being written by another program; try again") as caught:
            Store.open(path, write=True)
        assert "reading is possible meanwhile" in str(caught.value)
    Store.open(path, write=True).close()


def test_readers_see_what_was_published_last_while_a_writer_writes(tmp_path: Path) -> None:
    one, two, three, *_ = samples()
    path = tmp_path / "a.kg"
    with Store.create(path) as writer:
        with Store.open(path) as reader:
            assert dump(reader) == b""
        writer.add([one])
        writer.publish()
        published = dump(writer)
        with Store.open(path) as early:
            writer.add([two])
            writer.optimize()
            assert dump(early) == published
            with Store.open(path) as late:
                assert dump(late) == published
            writer.publish()
            writer.add([three])
            writer.publish()
            writer.optimize()
            assert dump(early) == published, "a state stays as long as somebody reads it"
            with pytest.raises(StoreError, match="open for reading"):
                early.add([two])
        whole = dump(writer)
    with Store.open(path) as one_reader, Store.open(path) as other:
        assert dump(one_reader) == dump(other) == whole


def test_states_that_nobody_reads_are_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    with Store.create(path) as writer:
        reader = Store.open(path)
        for record in samples():
            writer.add([record])
            writer.publish()
        assert _states(path) == ["1", "6"]
        reader.close()
        writer.remove("one")
        writer.publish()
        assert _states(path) == ["7"]
    Store.open(path, write=True).close()
    assert _states(path) == ["7"], "where nothing changed nothing is published"


def _states(path: Path) -> list[str]:
    return sorted(state.name for state in (path / "published").iterdir() if state.is_dir())


def test_a_reader_in_another_process_does_not_hinder_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    built(path, samples())
    script = (
        "import sys; from kg.store import Store\n"
        "with Store.open(sys.argv[1]) as s:\n"
        " print(len(list(s.quads())), flush=True); sys.stdin.readline()\n"
        " print(len(list(s.quads())), flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin is not None and reader.stdout is not None
        before = reader.stdout.readline()
        with Store.open(path, write=True) as writer:
            for entry in writer.articles():
                writer.remove(entry.id)
                writer.publish()
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert int(before) > 0
        assert reader.stdout.readline() == before
    with Store.open(path) as store:
        assert dump(store) == b""


def test_what_a_killed_publication_left_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    whole = built(path, samples())
    (path / "published" / "2.part" / "db").mkdir(parents=True)
    (path / "published" / "9").mkdir()
    (path / "published" / "current.part").write_text("9")
    (path / "unpublished").touch()
    with Store.open(path) as reader:
        assert dump(reader) == whole
    Store.open(path, write=True).close()
    assert not (path / "unpublished").exists()
    with Store.open(path) as reader:
        assert dump(reader) == whole


def test_what_a_killed_creation_left_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    path.mkdir()
    (path / ".store.json.part").write_text('{"form')
    (path / "unpublished").touch()
    assert built(path, samples()) == built(tmp_path / "b.kg", samples())


def test_a_store_in_which_nothing_was_published_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    built(path, samples())
    (path / "published" / "current").unlink()
    with pytest.raises(StoreError, match="nothing has been published in the store yet"):
        Store.open(path)
    (path / "published" / "current").write_text("one")
    with pytest.raises(StoreError, match="does not say which state") as caught:
        Store.open(path)
    assert "delete it and run `govkg build`" in str(caught.value)
    (path / "published" / "current").unlink()
    Store.open(path, write=True).close()
    with Store.open(path) as reader:
        assert reader.counts()["articles"] == 5


def test_the_manifest_names_format_and_tool(tmp_path: Path) -> None:
    Store.create(tmp_path / "a.kg").close()
    manifest = json.loads((tmp_path / "a.kg" / "store.json").read_text())
    assert manifest["format"] == FORMAT
    assert manifest["tool"].startswith("governance-kg ")


_WRITER = """
import sys
from kg.store import Store
from tests.kg.sample_facts import many
with Store.create(sys.argv[1]) as store:
    for record in many(400):
        store.add([record])
        print(record.article.id, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("acknowledged", [3, 17])
def test_kill_leaves_a_store_of_whole_articles(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "a.kg"
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for _ in range(acknowledged):
        assert writer.stdout.readline()
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with Store.open(path) as reader:
        assert dump(reader) == b"", "nothing was published"
    with Store.open(path, write=True) as store:
        stored = [entry.id for entry in store.articles()]
        after = dump(store)
    with Store.open(path) as reader:
        assert dump(reader) == after
    assert len(stored) >= acknowledged
    assert after == built(tmp_path / "b.kg", list(many(len(stored))))


_PUBLISHER = """
import sys
from kg.store import Store
from tests.kg.sample_facts import many
with Store.open(sys.argv[1], write=True) as store:
    for record in many(400):
        store.add([record])
        store.publish()
        print(record.article.id, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_readers_and_kills_at_any_moment_find_whole_published_states(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    Store.create(path).close()
    chance = random.Random(5)
    acknowledged = seen = 0
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", _PUBLISHER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        until = time.monotonic() + chance.uniform(0.05, 0.6)
        while time.monotonic() < until:
            with Store.open(path) as reader:
                now = reader.article_count()
                assert now >= seen, "a later reader sees no earlier state"
                seen = now
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged = max(acknowledged, len(writer.stdout.readlines()) + 1)
        writer.wait()
        writer.stdout.close()
    with Store.open(path) as reader:
        published = dump(reader)
        assert reader.article_count() >= acknowledged
        assert published == built(tmp_path / "b.kg", list(many(reader.article_count())))
    Store.open(path, write=True).close()
    with Store.open(path) as reader:
        assert reader.article_count() >= acknowledged


def test_two_runs_in_other_processes_give_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from kg.store import Store; from tests.kg.sample_facts import samples\n"
        "with Store.create(sys.argv[1]) as s: s.add(samples()); s.dump(sys.stdout.buffer)"
    )
    digests = set()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        digests.add(hashlib.sha256(run.stdout).hexdigest())
    assert len(digests) == 1


def test_damage_that_shows_while_reading_is_told_with_the_remedy() -> None:
    block = "block checksum mismatch: stored = 1, computed = 2  in /x/db/000019.sst offset 8 size 4"
    said = RuntimeError(f"Corruption: {block}")
    told = damage_told_by(said)
    assert told is not None
    assert told.file == "/x/db/000019.sst"
    assert "block checksum mismatch" in told.problem and "facts files" in (told.remedy or "")
    assert damage_told_by(RuntimeError("something else")) is None
