import pytest

from kg.entities.search_index import SearchIndex, search_index
from kg.store import Store


@pytest.fixture(scope="module")
def index(store: Store) -> SearchIndex:
    return search_index(store.database)


def names(index: SearchIndex, text: str, **asked: object) -> list[str]:
    return [hit.entry.named.label for hit in index.search(text, **asked).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("陶望舒", "陶望舒"),
        ("taowangshu", "陶望舒"),
        ("tao wang shu", "陶望舒"),
        ("táo wàngshū", "陶望舒"),
        ("tws", "陶望舒"),
        ("TAOWANG", "陶望舒"),
        ("新时代枫桥经验", "新时代枫桥经验"),
        ("“枫桥经验”", "枫桥经验"),
        ("fqjy", "枫桥经验"),
        ("620900", "酒泉市"),
        ("中共酒泉市委政法委员会", "酒泉市委政法委"),
    ],
)
def test_a_name_is_found_by_any_of_its_forms(index: SearchIndex, typed: str, first: str) -> None:
    assert names(index, typed)[0] == first


def test_the_same_name_comes_before_one_that_begins_with_it(index: SearchIndex) -> None:
    found = names(index, "酒泉市")
    assert found[0] == "酒泉市"
    assert set(found[1:]) == {"酒泉市委政法委", "酒泉市市域社会治理推进会议"}


def test_an_alias_that_answers_is_told(index: SearchIndex) -> None:
    assert [hit.alias for hit in index.search("中共酒泉").hits] == ["中共酒泉市委政法委员会"]


def test_a_place_narrows_a_search_down(index: SearchIndex) -> None:
    assert names(index, "陶 甘肃") == ["陶望舒"]
    assert names(index, "陶 浙江") == []
    assert names(index, "政法委", place="浙江省") == ["绍兴市委政法委"]


def test_types_and_provinces_are_counted_and_chosen(index: SearchIndex) -> None:
    found = index.search("政法委")
    assert found.types["Institution"] == 2
    assert found.provinces == {"甘肃省": 1, "浙江省": 1}
    assert set(names(index, "酒泉", kinds=("Event",))) == {"酒泉市市域社会治理推进会议"}


def test_one_or_two_letters_match_the_beginning_of_readings_only(index: SearchIndex) -> None:
    assert "陶望舒" in names(index, "ta")
    assert "陶望舒" not in names(index, "ws")
    assert "陶望舒" in names(index, "wangshu")


def test_nothing_typed_lists_all_and_pages_join(index: SearchIndex) -> None:
    every = names(index, "", limit=1000)
    assert len(every) == index.search("").total
    assert names(index, "", limit=4) + names(index, "", limit=4, offset=4) == every[:8]


@pytest.mark.parametrize("typed", ["", " ", "\n", "\n\n陶", "%", "*", "陶\n望舒", "<b>", "\u0000", "，"])
def test_odd_input_finds_or_does_not_find_and_never_fails(index: SearchIndex, typed: str) -> None:
    index.search(typed)


def test_names_can_be_looked_up_exactly(index: SearchIndex) -> None:
    assert [entry.named.type for entry in index.called("新时代枫桥经验")] == ["Practice"]
    assert [entry.named.label for entry in index.called("中共酒泉市委政法委员会")] == ["酒泉市委政法委"]
    assert index.called("无此名") == []


def test_an_empty_store_can_be_searched(tmp_path: object) -> None:
    with Store.create(f"{tmp_path}/empty.kg") as empty:
        index = search_index(empty.database)
        assert index.search("陶").total == 0
        assert index.search("").total == 0
