"""What one process does with chunks: from where articles are to their facts as lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

from extract.articles import read_source
from extract.calibration import read_calibration
from extract.chunks import Job, Outcome
from extract.errors import ArticleError
from extract.facts_cache import FactsCache, entry_of, key_of, seen_in
from extract.pipeline import Extractor
from extract.records import Article, ArticleFacts, encode
from extract.rule_fingerprints import Rules, installed_rules
from extract.rule_versions import RuleVersion
from extract.sources import Failure, Item, Source
from extract.watched_lexicon import Watch


class ChunkExtractor:
    """Does a job, chunk by chunk; the language model is loaded when an article first needs it."""

    def __init__(self, job: Job, rules: Rules | None = None, nlp: Language | None = None) -> None:
        """Prepare for the job, with the rules and the model installed unless others are given.

        Raises CacheError where the job's cache cannot be read.
        """
        self._job = job
        self._rules = rules or installed_rules()
        self._nlp = nlp
        self._options = job.read_options()
        self._calibration = read_calibration()
        self._watch = Watch()
        self._extractor: Extractor | None = None
        self._cache = FactsCache(Path(job.cache), self._rules.version) if job.cache is not None else None

    @property
    def version(self) -> RuleVersion:
        """The version of the rules it works with."""
        return self._rules.version

    def outcomes(self, items: Sequence[Item]) -> list[Outcome]:
        """Return what becomes of each item, in order."""
        read = [self._read(item) for item in items]
        known = [self._known(thing) for thing in read]
        missing = [
            (item, article)
            for item, article, outcome in zip(items, read, known, strict=True)
            if outcome is None and isinstance(article, Article) and isinstance(item, Source)
        ]
        made = iter(self._extracted(missing))
        outcomes = [outcome if outcome is not None else next(made) for outcome in known]
        for item, outcome in zip(items, outcomes, strict=True):
            outcome.position = item.position
        return outcomes

    def _read(self, item: Item) -> Article | Failure:
        if isinstance(item, Failure):
            return item
        try:
            return read_source(item, self._options)
        except ArticleError as error:
            return Failure.of(error)

    def _known(self, read: Article | Failure) -> Outcome | None:
        """Return the outcome of what failed or was read before."""
        if isinstance(read, Failure):
            return Outcome(failure=read)
        if self._cache is None:
            return None
        found = self._cache.get(key_of(read, self._job.manner), seen_in(read))
        if found is None:
            return None
        record = ArticleFacts(article=read, entities=found.entities, facts=found.facts)
        outcome = self._given(record)
        outcome.cached = True
        return outcome

    def _extracted(self, sources: list[tuple[Source, Article]]) -> list[Outcome]:
        try:
            return self._outcomes_of([article for _, article in sources])
        except Exception:
            return [self._alone(source, article) for source, article in sources]

    def _alone(self, source: Source, article: Article) -> Outcome:
        """Return the outcome of one article of a chunk in which something went wrong that never should."""
        try:
            return self._outcomes_of([article])[0]
        except Exception as error:
            problem = (
                f"left out: reading it ended in an error of the program ({type(error).__name__}: {error})"
            )
            remedy = "please report it, with the article"
            return Outcome(failure=Failure(problem, source.file, source.entry, remedy))

    def _outcomes_of(self, articles: list[Article]) -> list[Outcome]:
        if not articles:
            return []
        records = self._loaded().extract(articles)
        return [self._outcome(article, record) for article, record in zip(articles, records, strict=True)]

    def _outcome(self, article: Article, record: ArticleFacts) -> Outcome:
        if self._cache is None:
            return self._given(record)
        asked = self._watch.take(seen_in(article))
        entry = entry_of(key_of(article, self._job.manner), asked, record)
        outcome = self._given(record)
        outcome.entry = entry
        return outcome

    def _given(self, record: ArticleFacts) -> Outcome:
        """Return the outcome of a record whose confidences are not calibrated yet."""
        record = self._calibration.apply(record)
        record.facts = [fact for fact in record.facts if fact.confidence >= self._job.min_confidence]
        return Outcome(
            line=encode(record),
            characters=len(record.article.text),
            entities=len(record.entities),
            facts=len(record.facts),
        )

    def _loaded(self) -> Extractor:
        if self._extractor is None:
            lexicon = self._rules.lexicon
            self._extractor = Extractor(
                self._nlp,
                self._rules.relations,
                lexicon=self._watch.watched(lexicon) if self._cache is not None else lexicon,
                with_planned=self._job.with_planned,
                own_confidence=True,
            )
        return self._extractor
