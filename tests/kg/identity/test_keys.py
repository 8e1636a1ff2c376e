"""Keys by an entity's own article, as a table: type, name, attributes, what else the article says."""

import pytest

from extract.records import Article, ArticleFacts, Entity
from kg.identity.keys import KeyParts, keys_of, label_of, parts
from kg.vocabulary import DATA


def key(text: str, kind: str, name: str, *others: tuple[str, str, str], **attributes: object) -> str:
    """Return the key of the entity of that name in an article of that text; `others` are coded places."""
    entities = []
    for number, (each, form, code) in enumerate(others):
        start = text.index(form)
        entities.append(
            Entity(
                id=f"l{number}",
                type="Place",
                name=each,
                mentions=[(start, start + len(form))],
                attributes={"code": code},
            )
        )
    at = text.index(name) if name in text else 0
    entities.append(
        Entity(id="x", type=kind, name=name, mentions=[(at, at + len(name))], attributes=attributes)
    )
    record = ArticleFacts(article=Article(id="甲", text=text), entities=entities)
    return keys_of(record, f"{DATA}article/甲", None)["x"].removeprefix(DATA)


GANSU = ("甘肃省", "甘肃", "620000")


@pytest.mark.parametrize(
    ("text", "name", "others", "attributes", "expected"),
    [
        ("中共酒泉市委政法委员会通报", "中共酒泉市委政法委员会", [], {}, "酒泉市委政法委"),
        ("甘肃省酒泉市委召开会议", "甘肃省酒泉市委", [], {}, "酒泉市委"),
        ("河北正定县委书记", "河北正定县委", [], {}, "正定县委"),
        ("甘肃社科院发布报告", "甘肃社科院", [], {}, "甘肃省社科院"),
        ("甘肃省社会科学院发布报告", "甘肃省社会科学院", [], {}, "甘肃省社科院"),
        ("在甘肃，省社科院发布报告", "省社科院", [GANSU], {}, "甘肃省社科院"),
        ("省社科院发布报告", "省社科院", [], {"place": "620900"}, "甘肃省社科院"),
        ("三沙市市委书记", "三沙市市委", [], {}, "三沙市委"),
        ("北京市朝阳区人民法院宣判", "北京市朝阳区人民法院", [], {}, "朝阳区法院@110105"),
        ("朝阳区法院宣判", "朝阳区法院", [], {"place": "220104"}, "朝阳区法院@220104"),
        ("浙江师范大学举办论坛", "浙江师范大学", [], {}, "浙江师范大学"),
        ("北京大学举办论坛", "北京大学", [], {}, "北京大学"),
        ("俄外交部表示", "俄外交部", [], {}, "俄罗斯外交部"),
        ("俄罗斯国防部长表示", "国防部", [], {}, "俄罗斯国防部"),
        ("我国国防部发布", "国防部", [], {}, "国防部"),
        ("日本国会议员", "国会", [], {}, "日本国会"),
        ("香港特区政府表示", "香港特区政府", [], {}, "香港特别行政区政府"),
        ("国务院新闻办举行发布会，国资委介绍", "国资委", [], {}, "国务院国资委"),
        ("远洋海运集团有限公司成立", "远洋海运集团有限公司", [], {}, "远洋海运集团"),
    ],
)
def test_institutions(
    text: str,
    name: str,
    others: list[tuple[str, str, str]],
    attributes: dict[str, object],
    expected: str,
) -> None:
    assert key(text, "Institution", name, *others, **attributes) == f"institution/{expected}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("宣传部负责人介绍", "宣传部"),
        ("国会议员表示", "国会"),
        ("董事会通过决议", "董事会"),
        ("朝阳区法院宣判", "朝阳区法院"),
        ("省社科院发布报告", "省社科院"),
    ],
)
def test_an_organ_that_could_be_anybodys_stays_by_itself(text: str, name: str) -> None:
    mark = parts(DATA + key(text, "Institution", name)).mark
    assert len(mark) == 8
    assert not mark.isdigit() or len(mark) != 6


@pytest.mark.parametrize(
    ("text", "name", "others", "attributes", "expected"),
    [
        ("酒泉市", "酒泉市", [], {"code": "620900"}, "620900-酒泉市"),
        ("亚东县", "亚东县", [], {"code": "542334"}, "540233-亚东县"),
        ("林县人民", "林县", [], {}, "410521-林县"),
        ("林芝地区", "林芝地区", [], {}, "540400-林芝市"),
        ("江阴市华西村", "华西村", [], {"code": "320281"}, "华西村@320281"),
        ("在诸暨枫桥镇", "枫桥镇", [("诸暨市", "诸暨", "330681")], {}, "枫桥镇@330681"),
        ("在诸暨召开。枫桥镇发言", "枫桥镇", [("诸暨市", "诸暨", "330681")], {}, "枫桥镇@330681"),
        ("某某村的变化", "某某村", [], {}, "某某村"),
    ],
)
def test_places(
    text: str,
    name: str,
    others: list[tuple[str, str, str]],
    attributes: dict[str, object],
    expected: str,
) -> None:
    assert key(text, "Place", name, *others, **attributes) == f"place/{expected}"


def test_a_namesake_that_nothing_tells_apart_stays_by_itself() -> None:
    assert parts(DATA + key("鼓楼区的变化", "Place", "鼓楼区")).mark not in ("", "320106", "350102")


@pytest.mark.parametrize(
    ("iri", "said"),
    [
        ("person/唐盛利@甘肃省委政法委", ("person", "唐盛利", "甘肃省委政法委")),
        ("person/张伟@3f2a9c01", ("person", "张伟", "3f2a9c01")),
        ("place/620900-酒泉市", ("place", "酒泉市", "620900")),
        ("institution/朝阳区法院@110105", ("institution", "朝阳区法院", "110105")),
        ("practice/A@B", ("practice", "A@B", "")),
        ("event/某会%20议@2023", ("event", "某会 议", "2023")),
    ],
)
def test_a_key_is_read_back(iri: str, said: tuple[str, str, str]) -> None:
    assert parts(DATA + iri) == KeyParts(*said)
    assert label_of(DATA + iri) == said[1]
