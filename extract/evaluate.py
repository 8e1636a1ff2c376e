"""Evaluation of a run: its facts against gold files, as figures and as a list of what is wrong.

Precision, recall and F1 are micro-averaged over all articles, by type, by relation and overall.
The definition is the annotation guide's; how one article is compared is in `agreement`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from extract.agreement import ArticleAgreement, Verdict, compare
from extract.gold import Gold, GoldFact, gold_files, read_gold
from extract.language.relations import read_relations
from extract.records import Article, ArticleFacts
from extract.reliability import Outcome, ReliabilityBin, area_under_roc, bins, calibration_error


@dataclass
class Score:
    """How many answers are right, wrong and missed; precision, recall and F1 are shares, 0 to 1."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def gold(self) -> int:
        """How many answers were wanted."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """How many answers were given and count."""
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """Share of the answers given that are right."""
        return _share(self.right, self.found)

    @property
    def recall(self) -> float:
        """Share of the answers wanted that were given."""
        return _share(self.right, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.precision * self.recall, self.precision + self.recall)

    def as_json(self) -> dict[str, float | int]:
        """Return the figures, shares rounded to four places."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: round(value, 4) for name, value in shares.items()} | {
            "gold": self.gold,
            "found": self.found,
        }


@dataclass
class ScoreTable:
    """Scores by type or relation."""

    rows: dict[str, Score] = field(default_factory=dict)

    def row(self, name: str) -> Score:
        """Return the score of a type or relation, a new one where there is none."""
        return self.rows.setdefault(name, Score())

    @property
    def overall(self) -> Score:
        """The sum of all rows."""
        rows = self.rows.values()
        return Score(sum(r.right for r in rows), sum(r.wrong for r in rows), sum(r.missed for r in rows))

    def named_rows(self) -> Iterator[tuple[str, Score]]:
        """Yield each row with its name, in the order of the names, and last the sum as ALL."""
        yield from sorted(self.rows.items())
        yield "ALL", self.overall


@dataclass
class GoldCount:
    """How many gold facts a relation has, and in how many articles a required one stands."""

    required: int = 0
    optional: int = 0
    articles: int = 0


@dataclass(frozen=True)
class Mistake:
    """One thing a run got wrong: `problem` is wrong, duplicate or missed, `rule` that of a wrong fact."""

    article: str
    unit: str
    problem: str
    type: str
    what: str
    rule: str = ""

    def __str__(self) -> str:
        """Return the mistake as tab-separated fields."""
        fields = [self.article, f"{self.unit} {self.problem}", self.type, self.what, self.rule]
        return "\t".join(fields if self.rule else fields[:-1])


@dataclass
class Evaluation:
    """Figures of a run over all gold articles, and every mistake behind them."""

    entities: ScoreTable = field(default_factory=ScoreTable)
    facts: ScoreTable = field(default_factory=ScoreTable)
    outcomes: list[Outcome] = field(default_factory=list)
    gold_counts: dict[str, GoldCount] = field(default_factory=dict)
    evidence_grounded: float = 0.0
    articles_missing: list[str] = field(default_factory=list)
    errors: list[Mistake] = field(default_factory=list)

    @property
    def reliability(self) -> list[ReliabilityBin]:
        """Facts that gold finds right or wrong, by confidence, in ten bins of equal width."""
        return bins(self.outcomes)

    def as_json(self) -> dict[str, object]:
        """Return all tables as plain values, shares rounded to four places; mistakes are left out."""
        return {
            "entities": {name: score.as_json() for name, score in self.entities.named_rows()},
            "facts": {name: score.as_json() for name, score in self.facts.named_rows()},
            "evidence_grounded": round(self.evidence_grounded, 4),
            "articles_missing": self.articles_missing,
            "reliability": [
                {
                    "from": bin_.low,
                    "to": bin_.high,
                    "facts": bin_.facts,
                    "confidence": round(bin_.confidence, 4),
                    "right": round(bin_.share_right, 4),
                }
                for bin_ in self.reliability
            ],
            "calibration_error": round(calibration_error(self.outcomes), 4),
            "area_under_roc": None if (area := area_under_roc(self.outcomes)) is None else round(area, 4),
            "gold_counts": {
                name: {"required": count.required, "optional": count.optional, "articles": count.articles}
                for name, count in self.gold_counts.items()
            },
        }

    def render(self) -> str:
        """Return the tables as text for a terminal, newline at the end."""
        parts = [_score_lines("entities", self.entities), _score_lines("facts", self.facts)]
        parts.append(self._reliability_lines())
        parts.append(self._gold_lines())
        last = [f"evidence grounded  {self.evidence_grounded:.3f}"]
        if self.articles_missing:
            last.append(f"articles missing from the run: {', '.join(self.articles_missing)}")
        parts.append(last)
        return "\n\n".join("\n".join(lines) for lines in parts) + "\n"

    def _reliability_lines(self) -> list[str]:
        lines = [_line("confidence", ["facts", "mean", "right"])]
        for bin_ in self.reliability:
            shares = [f"{bin_.confidence:.3f}", f"{bin_.share_right:.3f}"] if bin_.facts else ["-", "-"]
            lines.append(_line(f"{bin_.low:.1f} to {bin_.high:.1f}", [str(bin_.facts), *shares]))
        area = area_under_roc(self.outcomes)
        lines.append(
            f"expected calibration error, 10 bins of equal width  {calibration_error(self.outcomes):.3f}"
        )
        lines.append(f"area under ROC, right against wrong  {'-' if area is None else f'{area:.3f}'}")
        return lines

    def _gold_lines(self) -> list[str]:
        lines = [_line("gold facts", ["wanted", "optional", "articles"])]
        for name, count in self.gold_counts.items():
            lines.append(_line(name, [str(count.required), str(count.optional), str(count.articles)]))
        return lines


def evaluate(gold_dir: Path, records: Iterable[ArticleFacts], *, min_confidence: float = 0.0) -> Evaluation:
    """Return how far the records agree with the gold files of a folder; less sure facts count as not given.

    The gold file X.gold is compared with the first record whose path (its id, where it has none)
    has a stem that begins with X, else with the record whose id is X; an article that no record
    is for counts as missed altogether. Raises GoldError where the folder holds no gold or one of
    its files is not valid.
    """
    run = [_sure(record, min_confidence) for record in records]
    relations = read_relations()
    evaluation = Evaluation(gold_counts={name: GoldCount() for name in relations})
    grounded: list[bool] = []
    for path in gold_files(gold_dir):
        gold = read_gold(path)
        record = _record_for(gold.id, run)
        if record is None:
            evaluation.articles_missing.append(gold.id)
            record = ArticleFacts(article=Article(id=gold.id, text=""))
        agreement = compare(gold, record, relations)
        _count_entities(agreement, evaluation)
        _count_facts(agreement, evaluation)
        _count_gold(gold, evaluation)
        grounded.extend(agreement.grounded)
    evaluation.evidence_grounded = _share(sum(grounded), len(grounded))
    return evaluation


def _sure(record: ArticleFacts, min_confidence: float) -> ArticleFacts:
    kept = [fact for fact in record.facts if fact.confidence >= min_confidence]
    return ArticleFacts(article=record.article, entities=record.entities, facts=kept)


def _record_for(gold_id: str, run: Sequence[ArticleFacts]) -> ArticleFacts | None:
    for record in run:
        if PurePath(record.article.path or record.article.id).stem.startswith(gold_id):
            return record
    return next((record for record in run if record.article.id == gold_id), None)


def _count_entities(agreement: ArticleAgreement, evaluation: Evaluation) -> None:
    table, article = evaluation.entities, agreement.gold.id
    for entity, verdict in zip(agreement.record.entities, agreement.entities, strict=True):
        if verdict is Verdict.RIGHT:
            table.row(entity.type).right += 1
        elif verdict in {Verdict.WRONG, Verdict.DUPLICATE}:
            table.row(entity.type).wrong += 1
            evaluation.errors.append(Mistake(article, "entity", verdict.value, entity.type, entity.name))
    for missed in agreement.missed_entities:
        table.row(missed.type).missed += 1
        evaluation.errors.append(Mistake(article, "entity", "missed", missed.type, missed.name))


def _count_facts(agreement: ArticleAgreement, evaluation: Evaluation) -> None:
    table, article = evaluation.facts, agreement.gold.id
    names = {entity.id: entity.name for entity in agreement.record.entities}
    for fact, verdict in zip(agreement.record.facts, agreement.facts, strict=True):
        if verdict not in {Verdict.RIGHT, Verdict.WRONG}:
            continue
        evaluation.outcomes.append((fact.confidence, verdict is Verdict.RIGHT))
        if verdict is Verdict.RIGHT:
            table.row(fact.relation).right += 1
            continue
        table.row(fact.relation).wrong += 1
        subject, to = names.get(fact.subject, fact.subject), names.get(fact.object, fact.object)
        said = f"{subject} → {to} {' '.join(fact.qualifiers.values())}".rstrip()
        evaluation.errors.append(Mistake(article, "fact", "wrong", fact.relation, said, fact.rule))
    for missed in agreement.missed_facts:
        table.row(missed.relation).missed += 1
        said = _said(agreement.gold, missed)
        evaluation.errors.append(Mistake(article, "fact", "missed", missed.relation, said))


def _count_gold(gold: Gold, evaluation: Evaluation) -> None:
    for fact in gold.facts:
        count = evaluation.gold_counts[fact.relation]
        count.required += not fact.optional
        count.optional += fact.optional
    for relation in {fact.relation for fact in gold.facts if not fact.optional}:
        evaluation.gold_counts[relation].articles += 1


def _said(gold: Gold, fact: GoldFact) -> str:
    to = fact.object if isinstance(fact.object, str) else gold.entities[fact.object].name
    former = "former" if fact.former else ""
    return " ".join(filter(None, [gold.entities[fact.subject].name, "→", to, fact.title, former]))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _score_lines(title: str, table: ScoreTable) -> list[str]:
    lines = [_line(title, ["P", "R", "F1", "gold", "found"])]
    for name, score in table.named_rows():
        shares = [f"{value:.3f}" for value in (score.precision, score.recall, score.f1)]
        lines.append(_line(name, [*shares, str(score.gold), str(score.found)]))
    return lines


def _line(name: str, cells: Sequence[str]) -> str:
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in name)
    return name + " " * (17 - width) + "".join(f"{cell:>9}" for cell in cells)
