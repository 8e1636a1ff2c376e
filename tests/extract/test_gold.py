"""Gold files are read as written, and every mistake in one is named with its line."""

from pathlib import Path

import pytest

from extract.errors import GoldError
from extract.gold import fold_name, gold_files, read_gold

VALID = """# a comment

E|Person|钱一舟
E|Institution|云溪市委|中共云溪市委员会
E?|Event|调解工作推进会
F|钱一舟|holdsPost|中共云溪市委员会|title=副书记|former=true
F?|调解工作推进会|heldOn|2021-03
"""


def write(folder: Path, text: str, name: str = "a1.gold") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_entities_facts_and_options(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path, VALID))

    assert gold.id == "a1"
    assert [(e.type, e.name, e.optional) for e in gold.entities] == [
        ("Person", "钱一舟", False),
        ("Institution", "云溪市委", False),
        ("Event", "调解工作推进会", True),
    ]
    assert gold.entities[1].names == {"云溪市委"}, "both names fold to one form"
    post, date = gold.facts
    assert (post.subject, post.relation, post.object) == (0, "holdsPost", 1)
    assert (post.title, post.former, post.optional) == ("副书记", True, False)
    assert (date.subject, date.object, date.optional) == (2, "2021-03", True)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("中共云溪市委员会", "云溪市委"),
        ("中国共产党云溪市委员会", "云溪市委"),
        ("中共中央组织部", "中共中央组织部"),
        ("中共中央委员会", "中央"),
        ("云溪市委政法委员会", "云溪市委政法委"),
        ("云溪市人民政府", "云溪市政府"),
        ("“三治 融合”", "三治融合"),
        ("云溪大学（ＭＰＡ）中心", "云溪大学MPA中心"),
    ],
)
def test_folds_names(written: str, folded: str) -> None:
    assert fold_name(written) == folded


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("X|Person|钱一舟", "unknown line mark 'X'"),
        ("E|Person", "without type or name"),
        ("E|Animal|钱一舟", "unknown type 'Animal'"),
        ("F|钱一舟|addressed", "too few fields"),
        ("F|钱一舟|admired|云溪市委", "unknown relation 'admired'"),
        ("F|钱一舟|holdsPost|云溪县委|title=书记", "no entity named '云溪县委'"),
        ("F|孙二河|holdsPost|云溪市委|title=书记", "no entity named '孙二河'"),
        ("F|云溪市委|holdsPost|云溪市委|title=书记", "is of type Institution, the relation takes Person"),
        ("F|钱一舟|holdsPost|云溪市委|rank=正处", "no qualifier 'rank'"),
        ("F|钱一舟|holdsPost|云溪市委|书记", "no qualifier '书记'"),
        ("F|调解工作推进会|heldOn|去年三月", "'去年三月' is no date"),
    ],
)
def test_names_file_and_line_of_a_mistake(tmp_path: Path, line: str, problem: str) -> None:
    path = write(tmp_path, VALID + line + "\n")

    with pytest.raises(GoldError) as raised:
        read_gold(path)

    assert str(raised.value).startswith(f"{path}:8: ")
    assert problem in raised.value.problem
    assert raised.value.remedy


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a1.gold"
    path.write_bytes("E|Person|钱一舟".encode("gb18030"))

    with pytest.raises(GoldError, match="not UTF-8"):
        read_gold(path)


def test_gold_files_come_in_order_and_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold files"):
        gold_files(tmp_path)
    write(tmp_path, VALID, "b.gold")
    write(tmp_path, VALID, "a.gold")
    write(tmp_path, VALID, "a.txt")
    assert [path.name for path in gold_files(tmp_path)] == ["a.gold", "b.gold"]
