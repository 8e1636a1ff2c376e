"""Article records made by hand for the tests of the networks; people and events are invented."""

from __future__ import annotations

from extract.records import Article, ArticleFacts, Entity, Fact

_TYPES = {"p": "Person", "i": "Institution", "l": "Place", "e": "Event", "w": "Practice", "h": "Honour"}


def article(
    id_: str,
    date: str | None,
    entities: dict[str, str],
    *facts: tuple[str, ...],
    confidence: float = 0.9,
    codes: dict[str, str] | None = None,
) -> ArticleFacts:
    """Return a record: entities by id (whose first letter tells the type), facts as subject, relation,
    object and qualifiers written `name=value`; `codes` are those of places."""
    text = "。".join(entities.values()) + "。"
    return ArticleFacts(
        article=Article(id=id_, text=text, date=date, title=id_, source="示例报"),
        entities=[
            Entity(
                id=key,
                type=_TYPES[key[0]],
                name=name,
                mentions=[(text.index(name), text.index(name) + len(name))],
                attributes={"code": codes[key]} if codes and key in codes else {},
            )
            for key, name in entities.items()
        ],
        facts=[
            Fact(
                subject=subject,
                relation=relation,
                object=object_,
                evidence=(0, len(text)),
                rule=f"{relation}/test",
                confidence=confidence,
                qualifiers=dict(q.split("=", 1) for q in qualifiers),
            )
            for subject, relation, object_, *qualifiers in facts
        ],
    )


# 万俟青禾 chairs a meeting that 呼延若水 and 司徒望舒 attend; printed twice with a month between.
MEETING = article(
    "a1",
    "2023-06-28",
    {
        "p1": "万俟青禾", "p2": "呼延若水", "p3": "司徒望舒",
        "i1": "酒泉市委政法委", "i2": "西北师范大学", "l1": "酒泉市",
        "e1": "酒泉市基层治理经验座谈会", "w1": "主动创稳",
    },
    ("p1", "holdsPost", "i1", "title=书记"),
    ("p1", "holdsPost", "i2", "title=客座研究员"),
    ("p2", "holdsPost", "i2", "title=院长", "former=true"),
    ("p1", "chaired", "e1"),
    ("p1", "addressed", "e1"),
    ("p2", "attended", "e1"),
    ("p3", "attended", "e1"),
    ("i1", "hosted", "e1"),
    ("e1", "heldOn", "2023-06-27"),
    ("e1", "heldIn", "l1"),
    ("i1", "cooperatesWith", "i2"),
    ("i1", "practises", "w1"),
    ("p2", "discussed", "w1"),
    codes={"l1": "620900"},
)  # fmt: skip
REPRINT = article(
    "a2",
    "2023-07-30",
    {
        "p1": "万俟青禾",
        "i1": "酒泉市委政法委",
        "e1": "酒泉市基层治理经验座谈会",
        "l2": "诸暨市",
        "w1": "枫桥经验",
    },
    ("p1", "holdsPost", "i1", "title=书记"),
    ("p1", "holdsPost", "i1", "title=副书记", "former=true"),
    ("p1", "chaired", "e1"),
    ("w1", "originatedIn", "l2"),
    ("l2", "practises", "w1"),
    confidence=0.6,
    codes={"l2": "330681"},
)
PLAN = article(
    "a3",
    None,
    {"p4": "澹台长风", "e2": "明年拟办的治理创新论坛", "h1": "平安示范奖"},
    ("p4", "attended", "e2", "modality=planned"),
)
