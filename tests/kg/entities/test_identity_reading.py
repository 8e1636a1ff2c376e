import re
from importlib import resources

import pytest

from kg.entities.identity import BASES, basis_of, identity_of, mention, reasons_in
from kg.entities.reading import Reading
from kg.service.pages.words import BASES as BASIS_WORDS
from kg.service.pages.words import REASONS
from kg.store import Store
from kg.vocabulary import DATA
from tests.kg.entities.test_profile import TAO, the


def test_the_decisions_on_a_person_are_told_with_reasons(reading: Reading) -> None:
    found = identity_of(reading, TAO)
    assert sum(len(group.locals) for group in found.keys) == 4
    joined, doubtful = found.decisions
    assert (joined.verdict, joined.is_within, joined.other.iri) == ("positive", True, TAO)
    assert {reason.name for reason in joined.reasons} >= {"name", "same-province"}
    assert round(sum(reason.weight for reason in joined.reasons), 1) == round(joined.score, 1)
    assert (doubtful.verdict, doubtful.is_within) == ("unsure", False)
    assert doubtful.other.iri == f"{DATA}person/陶望舒@浙江大学"
    assert found.unread == 0


def test_a_mention_is_named_as_its_article_names_it(store: Store, reading: Reading) -> None:
    (group,) = identity_of(reading, the(store, "枫桥经验")).keys
    assert {mention(reading, local).name for local in group.locals} == {"枫桥经验", "“枫桥经验”"}


@pytest.mark.parametrize(
    ("key", "basis"),
    [
        ("place/620900-酒泉市", "code"),
        ("place/枫桥镇@330681", "name-in-place"),
        ("institution/酒泉市委", "name"),
        ("institution/朝阳区法院@110105", "name-in-place"),
        ("person/陶望舒@酒泉市委政法委", "name-and-office"),
        ("event/全国政法工作会议@2024", "name-and-date"),
        ("practice/枫桥经验", "name"),
    ],
)
def test_what_a_key_is_made_of(key: str, basis: str) -> None:
    assert basis_of(DATA + key) == basis


def test_reasons_keep_a_detail_that_holds_the_mark_between_reasons() -> None:
    found = list(reasons_in("ruling +0.0 seen at a meeting; asked him; name +1.4 李云"))
    assert [(reason.name, reason.weight, reason.detail) for reason in found] == [
        ("ruling", 0.0, "seen at a meeting; asked him"),
        ("name", 1.4, "李云"),
    ]


def test_every_reason_of_the_rules_has_words() -> None:
    named: set[str] = set()
    for file in [*(resources.files("kg") / "identity").iterdir(), resources.files("kg") / "curated.py"]:
        if file.name.endswith(".py"):
            for call in re.findall(r"Reason\(([^)]*)", file.read_text(encoding="utf-8")):
                # the first argument is a name, or one of two
                named.update(re.findall(r'"([a-z-]+)"', call.split(", ")[0]))
    assert len(named) > 15
    assert named - {"reason"} <= REASONS.keys()


def test_every_basis_has_words() -> None:
    assert set(BASES) == BASIS_WORDS.keys()
