"""The same figures as the reference scorer's, on runs made from gold and then spoilt."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extract.evaluate import evaluate
from extract.records import ENTITY_TYPES, Article, ArticleFacts, Entity, Fact, Span, read_facts, write_facts


def reference() -> Path:
    folder = os.environ.get("GOVKG_REFERENCE")
    if not folder or not (Path(folder) / "score.py").is_file():
        pytest.skip("GOVKG_REFERENCE names no folder with score.py")
    return Path(folder)


_ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Spoiler:
    """Makes a run of one article from its gold: some lines dropped, some spoilt, some said twice."""

    def __init__(self, text: str, seed: int) -> None:
        self.text = text
        self.rng = random.Random(seed)
        self.entities: list[Entity] = []
        self.by_name: dict[str, Entity] = {}
        self.facts: list[Fact] = []

    def add_entity(self, kind: str, names: list[str]) -> None:
        rng = self.rng
        if rng.random() < 0.15:
            return
        for _ in range(2 if rng.random() < 0.1 else 1):
            name = rng.choice(names)
            if rng.random() < 0.2:
                other_names = [name[1:] or name, f"桃城市{name}", f"{name}工作", f"中共{name}", f"“{name}”"]
                name = rng.choice(other_names)
            found = Entity(
                id=f"x{len(self.entities)}",
                type=rng.choice(ENTITY_TYPES) if rng.random() < 0.1 else kind,
                name=name,
                aliases=rng.sample(names, rng.randrange(len(names) + 1)),
                mentions=[self.span(form) for form in names if form in self.text],
            )
            self.entities.append(found)
            self.by_name.update(dict.fromkeys(names, found))

    def add_fact(self, subject: str, relation: str, to: str, qualifiers: dict[str, str]) -> None:
        rng = self.rng
        known = subject in self.by_name and (to in self.by_name or _ISO_DATE.fullmatch(to))
        if not known or rng.random() < 0.2:
            return
        spoil = rng.random()
        if spoil < 0.1:
            relation = rng.choice(["attended", "practises", "holdsPost", "heldOn", "cooperatesWith"])
        elif spoil < 0.2:
            subject = rng.choice(sorted(self.by_name))
        elif spoil < 0.3:
            to = rng.choice(sorted(self.by_name))
        elif spoil < 0.35:
            qualifiers["former"] = "true"
        elif spoil < 0.4 and "title" in qualifiers:
            qualifiers["title"] = rng.choice(["书记", "副主任", qualifiers["title"] + "助理"])
        ends = [self.by_name[subject], *([self.by_name[to]] if to in self.by_name else [])]
        spans = [end.mentions[0] if end.mentions else (0, 9) for end in ends]
        made = Fact(
            subject=ends[0].id,
            relation=relation,
            object=self.by_name[to].id if to in self.by_name else to,
            evidence=self.around(spans[0]),
            context=[self.around(span) for span in spans if rng.random() < 0.6],
            rule=f"{relation}/spoilt",
            confidence=round(rng.random(), 2),
            qualifiers=qualifiers,
        )
        self.facts += [made] * (2 if rng.random() < 0.1 else 1)

    def span(self, name: str) -> Span:
        start = self.text.find(name)
        return start, start + len(name)

    def around(self, span: Span) -> Span:
        start = max(0, span[0] - self.rng.randrange(12))
        return start, min(len(self.text), span[1] + self.rng.randrange(12))


def spoilt_run(gold: Path, articles: Path, seed: int) -> ArticleFacts:
    text = (articles / f"{gold.stem}.txt").read_text(encoding="utf-8")
    spoiler = Spoiler(text, seed)
    lines = [line.split("|") for line in gold.read_text(encoding="utf-8").splitlines()]
    for mark, *fields in lines:
        if mark in {"E", "E?"}:
            spoiler.add_entity(fields[0], fields[1:])
    for mark, *fields in lines:
        if mark in {"F", "F?"}:
            subject, relation, to, *rest = fields
            spoiler.add_fact(subject, relation, to, dict(item.split("=", 1) for item in rest))
    spoiler.rng.shuffle(spoiler.entities)
    spoiler.rng.shuffle(spoiler.facts)
    return ArticleFacts(
        article=Article(id=gold.stem, text=text), entities=spoiler.entities, facts=spoiler.facts
    )


@pytest.mark.parametrize("seed", range(8))
def test_same_figures_as_the_reference_scorer(tmp_path: Path, seed: int) -> None:
    folder = reference()
    gold_files = sorted((folder / "gold").glob("*.gold"))
    # one article is left out of every run, so that a missing one is counted alike
    kept = [path for number, path in enumerate(gold_files) if number != seed % len(gold_files)]
    facts_file = tmp_path / "facts.jsonl"
    with facts_file.open("wb") as out:
        write_facts(
            (spoilt_run(path, folder / "articles", 100 * seed + n) for n, path in enumerate(kept)), out
        )

    command = [sys.executable, str(folder / "score.py"), str(folder / "gold"), str(facts_file)]
    scored = subprocess.run(
        [*command, "--json", "--errors"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    with facts_file.open("rb") as lines:
        evaluation = evaluate(folder / "gold", read_facts(lines, str(facts_file)))

    theirs, end = json.JSONDecoder().raw_decode(scored.stdout)
    ours = evaluation.as_json()
    assert theirs["facts"]["ALL"]["found"] > 100, "the spoilt run says something"
    assert 0.1 < theirs["evidence_grounded"] < 0.9
    assert {name: ours[name] for name in theirs} == theirs
    their_errors = [line.split("\t")[:3] for line in scored.stdout[end:].splitlines() if line]
    our_errors = [str(mistake).split("\t")[:3] for mistake in evaluation.errors]
    assert sorted(our_errors) == sorted(their_errors)
