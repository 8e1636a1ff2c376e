"""Articles with facts made by hand: real places and institutions, invented people and events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.records import Article, ArticleFacts, Entity, Fact

CODES = {"酒泉市": "620900", "甘肃省": "620000", "肃州区": "620902", "绍兴市": "330600", "诸暨市": "330681"}


class Sheet:
    """Writes one article: entities by name, facts by the sentence that says them."""

    def __init__(self, article_id: str, date: str | None, text: str) -> None:
        self.article = Article(
            id=article_id, text=text, date=date, title=f"报道{article_id}", source="甘肃政法网"
        )
        self.entities: dict[str, Entity] = {}
        self.facts: list[Fact] = []

    def entity(self, kind: str, name: str, *aliases: str, **attributes: object) -> str:
        """Note an entity once and return its id."""
        known = self.entities.get(name)
        if known is None:
            if name in CODES:
                attributes.setdefault("code", CODES[name])
            mentions = [
                (found.start(), found.end())
                for form in (name, *aliases)
                for found in re.finditer(re.escape(form), self.article.text)
            ]
            known = Entity(
                id=f"{kind[0].lower()}{len(self.entities)}",
                type=kind,
                name=name,
                aliases=list(aliases),
                mentions=mentions,
                attributes=dict(attributes),
            )
            self.entities[name] = known
        return known.id

    def fact(
        self, subject: tuple[str, str], relation: str, obj: tuple[str, str] | str, **qualifiers: str
    ) -> Sheet:
        """Note a fact; its evidence is the first sentence that names its subject."""
        subject_id = self.entity(*subject)
        object_id = obj if isinstance(obj, str) else self.entity(*obj)
        self.facts.append(
            Fact(
                subject=subject_id,
                relation=relation,
                object=object_id,
                evidence=self._sentence(subject[1]),
                rule=f"{relation}/test",
                confidence=0.9,
                qualifiers=qualifiers,
            )
        )
        return self

    def _sentence(self, name: str) -> tuple[int, int]:
        for found in re.finditer(r"[^。]+。", self.article.text):
            if name in found.group():
                return found.span()
        return 0, min(10, len(self.article.text))

    def record(self) -> ArticleFacts:
        """Return the article's facts."""
        return ArticleFacts(
            article=self.article, entities=list(self.entities.values()), facts=list(self.facts)
        )


def samples() -> list[ArticleFacts]:
    """Return five articles that share people, institutions and practices."""
    one = Sheet(
        "one",
        "2023-06-28",
        "6月27日，酒泉市委政法委召开市域社会治理推进会议。酒泉市委政法委书记陶望舒主持会议，酒泉市推行主动创稳。"
        "居民柳青禾参加会议。",
    )
    meeting = ("Event", "酒泉市市域社会治理推进会议")
    one.entity("Person", "柳青禾", public=False)
    one.fact(("Institution", "酒泉市委政法委"), "hosted", meeting)
    one.fact(meeting, "heldOn", "2023-06-27").fact(meeting, "heldIn", ("Place", "酒泉市"))
    one.fact(("Person", "陶望舒"), "holdsPost", ("Institution", "酒泉市委政法委"), title="书记")
    one.fact(("Person", "陶望舒"), "chaired", meeting)
    one.fact(("Person", "柳青禾"), "attended", meeting)
    one.fact(("Place", "酒泉市"), "practises", ("Practice", "主动创稳"))

    two = Sheet(
        "two",
        "2024-02-05",
        "中共酒泉市委政法委员会书记陶望舒强调，要学习新时代“枫桥经验”。枫桥经验发源于诸暨市。"
        "酒泉市委政法委与绍兴市委政法委签订合作协议。",
    )
    committee = ("Institution", "中共酒泉市委政法委员会")
    two.fact(("Person", "陶望舒"), "holdsPost", committee, title="书记")
    two.fact(("Person", "陶望舒"), "discussed", ("Practice", "新时代“枫桥经验”"))
    two.fact(("Practice", "枫桥经验"), "originatedIn", ("Place", "诸暨市"))
    two.fact(committee, "cooperatesWith", ("Institution", "绍兴市委政法委"))

    three = Sheet(
        "three",
        "2024-05",
        "肃州区原区长陶望舒出席座谈会。绍兴市实践枫桥经验，绍兴市委政法委副书记祁连川介绍做法。",
    )
    talk = ("Event", "座谈会")
    three.fact(("Person", "陶望舒"), "holdsPost", ("Place", "肃州区"), title="区长", former="true")
    three.fact(("Person", "陶望舒"), "attended", talk)
    three.fact(("Person", "祁连川"), "holdsPost", ("Institution", "绍兴市委政法委"), title="副书记")
    three.fact(("Person", "祁连川"), "spokeAt", talk)
    three.fact(("Place", "绍兴市"), "practises", ("Practice", "枫桥经验"))

    four = Sheet("four", "2024-06-01", "陶望舒在肃州区调研，酒泉市委政法委参加调研。")
    visit = ("Event", "肃州区调研")
    four.fact(("Person", "陶望舒"), "attended", visit).fact(visit, "heldOn", "2024-05-31")
    four.fact(("Institution", "酒泉市委政法委"), "attended", visit)
    four.fact(visit, "heldIn", ("Place", "肃州区"))

    five = Sheet("five", None, "浙江大学教授陶望舒介绍“枫桥经验”。甘肃省将推行枫桥经验。")
    five.fact(("Person", "陶望舒"), "holdsPost", ("Institution", "浙江大学"), title="教授")
    five.fact(("Person", "陶望舒"), "discussed", ("Practice", "“枫桥经验”"))
    five.fact(("Place", "甘肃省"), "practises", ("Practice", "“枫桥经验”"), modality="planned")
    return [sheet.record() for sheet in (one, two, three, four, five)]


def many(count: int, facts: int = 10) -> Iterator[ArticleFacts]:
    """Yield articles by a fixed rule, for load and for crashes: a few hundred people recur."""
    for number in range(count):
        people = [f"测{chr(0x4E00 + (number * 7 + k) % 300)}云" for k in range(facts // 2)]
        organ = f"酒泉市第{number % 50}委员会办公室"
        text = "。".join(f"{organ}主任{person}出席第{number}次全体工作会议" for person in people) + "。"
        sheet = Sheet(f"many/{number:05d}", f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}", text)
        for person in people:
            sheet.fact(("Person", person), "holdsPost", ("Institution", organ), title="主任")
            sheet.fact(("Person", person), "attended", ("Event", f"第{number}次全体工作会议"))
        yield sheet.record()
