import io

import pytest

from kg.errors import RulingsError
from kg.rulings import COLUMNS, FactRuling, Pair, Reference, Rename, Signed, read_rulings, write_rulings
from kg.rulings import ruling_id as id_of

HEAD = "\t".join(COLUMNS)
SIGNED = Signed("何闻道", "2024-05-31", "见简历")


def line(
    ruling: str,
    subject: str,
    relation: str = "",
    obj: str = "",
    qualifiers: str = "",
    source: str = "",
    by: str = "何闻道",
    date: str = "2024-05-31",
    note: str = "见简历",
) -> str:
    return "\t".join((ruling, subject, relation, obj, qualifiers, source, by, date, note))


def read(*lines: str) -> list[Pair | Rename | FactRuling]:
    return read_rulings([HEAD, *lines], "rulings.tsv")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            line("same", "person/陶望舒@酒泉市委", obj="article/甲-1#person/陶望舒"),
            Pair(
                "same", Reference("Person", "陶望舒@酒泉市委"), Reference("Person", "陶望舒", "甲-1"), SIGNED
            ),
        ),
        (
            line("different", "article/甲-1#person/陶望舒,315", obj="article/甲-1#person/陶望舒,20"),
            Pair(
                "different",
                Reference("Person", "陶望舒", "甲-1", 315),
                Reference("Person", "陶望舒", "甲-1", 20),
                SIGNED,
            ),
        ),
        (
            line("rename", "https://w3id.org/governance-kg/place/枫桥镇", obj="诸暨市枫桥镇"),
            Rename(Reference("Place", "枫桥镇"), "诸暨市枫桥镇", SIGNED),
        ),
        (
            line(
                "wrong",
                "article/甲-1#person/陶望舒",
                "holdsPost",
                "article/甲-1#institution/酒泉市委",
                "title=书记",
            ),
            FactRuling(
                "wrong",
                Reference("Person", "陶望舒", "甲-1"),
                "holdsPost",
                Reference("Institution", "酒泉市委", "甲-1"),
                None,
                SIGNED,
                {"title": "书记"},
            ),
        ),
        (
            line("missing", "event/某会@2023", "heldOn", "2023-06", source="会议手册，第2页"),
            FactRuling(
                "missing",
                Reference("Event", "某会@2023"),
                "heldOn",
                None,
                "2023-06",
                SIGNED,
                {},
                "会议手册，第2页",
            ),
        ),
    ],
)
def test_a_line_says_a_ruling_and_is_written_back(text: str, meant: Pair | Rename | FactRuling) -> None:
    assert read(text) == [meant]
    out = io.StringIO()
    assert write_rulings([meant], out) == 1
    assert read_rulings(out.getvalue().splitlines(), "x") == [meant]


def test_comments_blank_lines_missing_last_cells_and_a_byte_order_mark_do_no_harm() -> None:
    text = ["\ufeff" + HEAD, "", "# 手写", "rename\tplace/甲\t\t乙镇\t\t\t何闻道\t2024-05-31"]
    assert read_rulings(text, "x") == [
        Rename(Reference("Place", "甲"), "乙镇", Signed("何闻道", "2024-05-31"))
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (line("equal", "person/甲", obj="person/乙"), "'equal' is no ruling"),
        (line("same", "甲", obj="person/乙"), "'甲' refers to nothing"),
        (line("same", "article/1#e-p1", obj="person/乙"), "'article/1#e-p1' refers to nothing"),
        (line("same", "person/甲", obj="place/乙"), "Person and Place are never one"),
        (line("same", "person/甲", obj="person/甲"), "both references are the same"),
        (line("same", "person/甲", obj="person/乙", by=""), "nobody has signed"),
        (line("same", "person/甲", obj="person/乙", date="昨日"), "'昨日' is no day"),
        (line("same", "person/甲", relation="heldOn", obj="person/乙"), "same has no relation"),
        (line("rename", "person/甲"), "a rename without a new name"),
        (line("wrong", "person/甲", "knows", "person/乙"), "'knows' is no relation"),
        (line("wrong", "person/甲", "holdsPost", "event/乙"), "Event cannot stand there"),
        (line("wrong", "person/甲", "holdsPost", "institution/乙", "title"), "'title' is no qualifier"),
        (line("wrong", "person/甲", "holdsPost", "institution/乙", "mood=x"), "no qualifier 'mood'"),
        (line("wrong", "event/甲", "heldOn", "昨日"), "'昨日' is no date"),
        (line("wrong", "event/甲", "heldOn", "2023", source="x"), "wrong has no source"),
        (line("missing", "event/甲", "heldOn", "2023"), "not said where the fact is known from"),
        (line("rename", "person/甲", obj="乙") + "\t更多", "10 columns instead of 9"),
    ],
)
def test_a_line_that_is_no_ruling_is_named_with_file_and_remedy(text: str, problem: str) -> None:
    with pytest.raises(RulingsError) as caught:
        read(line("rename", "person/丙", obj="丁"), text)
    assert problem in caught.value.problem
    assert str(caught.value).startswith("rulings.tsv:3: ")
    assert caught.value.remedy


def test_a_file_without_head_says_what_the_head_is() -> None:
    with pytest.raises(RulingsError, match="does not name the columns"):
        read_rulings([line("rename", "person/丙", obj="丁")], "x")


def test_same_by_way_of_another_and_different_contradict_each_other() -> None:
    with pytest.raises(RulingsError, match="ruled different here"):
        read(
            line("same", "person/甲@1", obj="person/甲@2"),
            line("different", "person/甲@3", obj="person/甲@1"),
            line("same", "person/甲@2", obj="person/甲@3"),
        )


def test_the_id_of_a_ruling_depends_on_all_it_says() -> None:
    one, other = read(line("rename", "person/甲", obj="乙"), line("rename", "person/甲", obj="乙", note=""))
    assert id_of(one) != id_of(other)
    assert id_of(one) == id_of(read(line("rename", "person/甲", obj="乙"))[0])
