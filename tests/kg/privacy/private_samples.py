"""Articles that name residents in every place where a name can stand; all people are invented."""

from __future__ import annotations

from extract.records import ArticleFacts
from tests.kg.sample_facts import Sheet, samples

RESIDENT = "乔望山"
NEIGHBOUR = "葛小雨"
HIDDEN = (RESIDENT, NEIGHBOUR)


def visit() -> ArticleFacts:
    """A report whose id, title, address, event, practice and organ are named after a resident."""
    sheet = Sheet(
        f"2024/慰问{RESIDENT}",
        "2024-06-03",
        f"6月2日，走访居民{RESIDENT}活动在肃州区举行。居民{RESIDENT}和{NEIGHBOUR}参加座谈。"
        f"区长祁连川介绍了{RESIDENT}调解法，{RESIDENT}工作室揭牌。{RESIDENT}获得好邻居称号。",
    )
    sheet.article.title = f"走访居民{RESIDENT}"
    sheet.article.url = f"https://news.example/{RESIDENT}.html"
    event = ("Event", f"走访居民{RESIDENT}活动")
    for name in HIDDEN:
        sheet.entity("Person", name, f"{name[0]}大爷", public=False)
        sheet.fact(("Person", name), "attended", event)
    sheet.fact(event, "heldIn", ("Place", "肃州区"))
    sheet.fact(("Person", "祁连川"), "holdsPost", ("Place", "肃州区"), title="区长")
    sheet.fact(("Person", "祁连川"), "holdsPost", ("Institution", f"{RESIDENT}工作室"), title="主任")
    sheet.fact(("Person", "祁连川"), "discussed", ("Practice", f"{RESIDENT}调解法"))
    sheet.fact(("Person", RESIDENT), "received", ("Honour", "好邻居"))
    return sheet.record()


def namesake() -> ArticleFacts:
    """An official of the resident's name elsewhere."""
    sheet = Sheet("2024/06/04", "2024-06-04", f"绍兴市委政法委书记{RESIDENT}出席座谈会。")
    sheet.fact(("Person", RESIDENT), "holdsPost", ("Institution", "绍兴市委政法委"), title="书记")
    sheet.fact(("Person", RESIDENT), "attended", ("Event", "座谈会"))
    return sheet.record()


def both() -> ArticleFacts:
    """An official and a resident of one name in one report."""
    text = f"诸暨市副市长{NEIGHBOUR}主持会议。居民{NEIGHBOUR}参加会议。"
    sheet = Sheet("both", "2024-06-05", text)
    sheet.fact(("Person", NEIGHBOUR), "holdsPost", ("Place", "诸暨市"), title="副市长")
    sheet.fact(("Person", NEIGHBOUR), "chaired", ("Event", "会议"))
    record = sheet.record()
    official = record.entities[0]
    first, second = official.mentions
    official.mentions = [first]
    resident = type(official)(
        id="p9", type="Person", name=NEIGHBOUR, mentions=[second], attributes={"public": False}
    )
    record.entities.append(resident)
    attending = type(record.facts[0])(
        subject="p9",
        relation="attended",
        object=record.facts[1].object,
        evidence=(text.index("居民"), len(text)),
        rule="attended/test",
        confidence=0.9,
    )
    record.facts.append(attending)
    return record


def records() -> list[ArticleFacts]:
    return [*samples(), visit(), namesake(), both()]
