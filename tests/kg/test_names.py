import pytest

from kg.names import broader_practice, canonical_name, is_relative_alias


@pytest.mark.parametrize(
    ("kind", "name", "wanted"),
    [
        ("Institution", "中共酒泉市委政法委员会", "酒泉市委政法委"),
        ("Institution", "酒泉市委政法委", "酒泉市委政法委"),
        ("Institution", "中国共产党酒泉市委员会", "酒泉市委"),
        ("Institution", "中共酒泉市委", "酒泉市委"),
        ("Institution", "中共中央组织部", "中共中央组织部"),
        ("Institution", "酒泉市纪律检查委员会", "酒泉市纪委"),
        ("Institution", "酒泉市人民政府", "酒泉市政府"),
        ("Institution", "学术委员会", "学术委员会"),
        ("Institution", "浙江大学", "浙江大学"),
        ("Practice", "“枫桥经验”", "枫桥经验"),
        ("Practice", "新时代“枫桥经验”", "新时代枫桥经验"),
        ("Document", "《平安建设规划》", "平安建设规划"),
        ("Document", "《甲》和《乙》", "《甲》和《乙》"),
        ("Place", "枫桥 镇", "枫桥镇"),
        ("Honour", "“长安杯”", "长安杯"),
    ],
)
def test_written_forms_share_a_canonical_name(kind: str, name: str, wanted: str) -> None:
    assert canonical_name(kind, name) == wanted


@pytest.mark.parametrize("name", ["陕西省", "山西省", "李伟", "黎威"])
def test_characters_are_identity(name: str) -> None:
    assert canonical_name("Place", name) == name


def test_a_version_of_a_practice_leads_to_it() -> None:
    assert broader_practice("新时代枫桥经验") == "枫桥经验"
    assert broader_practice("枫桥经验") is None
    assert broader_practice("新时代某某未知办法") is None


@pytest.mark.parametrize(
    ("kind", "alias", "name", "relative"),
    [
        ("Institution", "市委政法委", "酒泉市委政法委", True),
        ("Institution", "中共酒泉市委政法委", "酒泉市委政法委", False),
        ("Place", "酒泉", "酒泉市", False),
        ("Person", "望舒", "陶望舒", False),
    ],
)
def test_the_tail_of_a_name_is_no_name(kind: str, alias: str, name: str, relative: bool) -> None:
    assert is_relative_alias(kind, alias, name) is relative
