"""Every lexicon file is valid, large enough and holds what the extractor leans on; bad files are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import LanguageDataError
from extract.language.lexicon_files import TABLES, Row, read_rows, read_table, split_list
from extract.offices import HOME

SIZES = {
    "titles": 1200,
    "title_modifiers": 120,
    "organ_tails": 1000,
    "institution_heads": 500,
    "central_organs": 300,
    "surnames": 600,
    "practices": 400,
    "practice_heads": 250,
    "honours": 200,
    "honour_heads": 180,
    "event_heads": 450,
    "document_heads": 180,
    "media": 200,
    "speech_verbs": 100,
    "doctrines": 80,
    "not_persons": 400,
    "generic_organs": 250,
}

ENTRIES: list[tuple[str, Row]] = [
    ("titles", ("市长", "government", "", "政府", "市长")),
    ("titles", ("组织部长", "party", "", "委组织部", "部长")),
    ("titles", ("检察长", "judicial", "", "检察院", "检察长")),
    ("titles", ("副镇长", "government", "vice-township", "政府", "副镇长")),
    ("titles", ("二级调研员", "government", "county", "", "")),
    ("titles", ("居民", "role", "", "", "")),
    ("title_modifiers", ("原", "former")),
    ("title_modifiers", ("常务副", "deputy")),
    ("title_modifiers", ("副部级", "rank")),
    ("organ_tails", ("委", "party", "1", "委员会")),
    ("organ_tails", ("委政法委", "party", "1", "委员会政法委员会")),
    ("organ_tails", ("综治办", "government", "1", "社会治安综合治理办公室")),
    ("organ_tails", ("团市委", "mass", "0", "共青团市委员会")),
    ("institution_heads", ("研究院", "academic", "strong")),
    ("institution_heads", ("办公室", "government", "weak")),
    ("surnames", ("王", "5", "single")),
    ("surnames", ("欧阳", "4", "compound")),
    ("practice_heads", ("工作法", "experience", "strong")),
    ("honour_heads", ("称号", "strong")),
    ("event_heads", ("推进会", "conference", "strong")),
    ("event_heads", ("圆桌论坛", "session", "strong")),
    ("event_heads", ("调研", "inspection", "weak")),
    ("document_heads", ("实施意见", "strong")),
    ("speech_verbs", ("坦言", "reports", "")),
    ("generic_organs", ("有关部门",)),
    ("doctrines", ("习近平新时代中国特色社会主义思想",)),
]


def by_name(table: str) -> dict[str, Row]:
    return {row[0]: row for row in read_table(table)}


def spellings(table: str, aliases: int) -> list[str]:
    """Return every name and alias of a table; `aliases` is the column that holds the aliases."""
    return [word for row in read_table(table) for word in (row[0], *split_list(row[aliases]))]


@pytest.mark.parametrize("table", TABLES)
def test_table_is_valid_and_large_enough(table: str) -> None:
    assert len(read_table(table)) >= SIZES.get(table, 1)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry[0]}-{entry[1][0]}")
def test_key_entry(entry: tuple[str, Row]) -> None:
    table, row = entry
    assert by_name(table)[row[0]] == row


@pytest.mark.parametrize(
    ("table", "aliases"), [("central_organs", 1), ("practices", 2), ("honours", 1), ("media", 1)]
)
def test_no_spelling_names_two_things(table: str, aliases: int) -> None:
    words = spellings(table, aliases)
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize(
    ("table", "spelling", "name"),
    [
        ("central_organs", "中组部", "中央组织部"),
        ("central_organs", "中共中央政法委员会", "中央政法委"),
        ("media", "甘肃日报社", "甘肃日报"),
    ],
)
def test_alias_leads_to_name(table: str, spelling: str, name: str) -> None:
    assert spelling in split_list(by_name(table)[name][1])


def test_practices_know_versions_and_origins() -> None:
    practices = by_name("practices")
    assert practices["新时代枫桥经验"][3] == "枫桥经验"
    assert "绍兴市" in split_list(practices["枫桥经验"][4])
    assert practices["接诉即办"][4] == "北京市"
    assert practices["志愿服务"][5] == "weak"
    assert {row[3] for row in practices.values()} - {""} <= set(practices)


@pytest.mark.parametrize("table", ["practices", "honours"])
def test_names_and_aliases_carry_no_quotation_marks(table: str) -> None:
    aliases = 2 if table == "practices" else 1
    assert [word for word in spellings(table, aliases) if set(word) & set("“”‘’\"'")] == []


def test_title_that_names_its_organ_says_the_post_in_it() -> None:
    assert [row for row in read_table("titles") if bool(row[3]) != bool(row[4])] == []


def test_organs_of_titles_are_known() -> None:
    known = {row[0] for table in ("organ_tails", "central_organs") for row in read_table(table)}
    assert sorted({row[3] for row in read_table("titles")} - known - {"", HOME}) == []


def test_words_that_may_be_names_are_no_not_persons() -> None:
    words = {row[0] for row in read_table("not_persons")}
    assert words.isdisjoint({"汪洋", "罗阳", "林田", "雷锋", "习近平", "毛泽东"})


HEADER = "# columns: modifier, kind\n"
BAD_FILES = [
    ("原\tformer\n", "# columns: modifier, kind", "names the columns is missing"),
    (HEADER + "原\n", "bad.tsv:2", "1 cells where 2 are due"),
    (HEADER + "原\tformer\textra\n", "bad.tsv:2", "3 cells where 2 are due"),
    (HEADER + "原\tformer\n前\tformer\n原\trank\n", "bad.tsv:4", "stands already in line 2"),
    (HEADER + " 原\tformer\n", "bad.tsv:2", "stray spaces"),
    (HEADER + "原\tformer \n", "bad.tsv:2", "stray spaces"),
    (HEADER + "-\tformer\n", "bad.tsv:2", "empty"),
    (HEADER + "原\tfromer\n", "bad.tsv:2", "cannot be 'fromer'"),
    (HEADER + "原;原\tformer\n", "bad.tsv:2", "names something twice"),
]


@pytest.mark.parametrize(("text", "where", "what"), BAD_FILES, ids=[case[2] for case in BAD_FILES])
def test_bad_file_is_named_with_its_line(tmp_path: Path, text: str, where: str, what: str) -> None:
    file = tmp_path / "bad.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageDataError) as caught:
        read_rows(file, TABLES["title_modifiers"])
    assert where in str(caught.value)
    assert what in str(caught.value)


def test_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "bad.tsv"
    file.write_bytes((HEADER + "时任\tformer\n").encode("gb18030"))
    with pytest.raises(LanguageDataError, match=r"bad\.tsv: cannot be read"):
        read_rows(file, TABLES["title_modifiers"])


def test_unknown_table_names_the_tables() -> None:
    with pytest.raises(LanguageDataError, match="the tables are titles, "):
        read_table("verbs")


def test_hyphen_is_read_as_nothing(tmp_path: Path) -> None:
    file = tmp_path / "media.tsv"
    file.write_text("# columns: name, aliases\n\n# 中央\n人民网\t-\n", encoding="utf-8")
    assert read_rows(file, TABLES["media"]) == [("人民网", "")]
