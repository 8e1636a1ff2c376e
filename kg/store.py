"""The store: a folder with an Oxigraph database that one writer works on, and the state that readers see.

Adding, replacing and removing articles is done in batches of whole articles, each batch one transaction
over all graphs, so that a crash leaves a store that opens and holds only whole articles; the next
writer goes on from there. Readers, of any number and at any time, open the state that a writer published
last: with `publish`, or by closing the store. A lock on `store.json` keeps a second writer out.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from extract.errors import FactsError, GovkgError
from extract.records import ENTITY_TYPES, ArticleFacts
from kg import iris
from kg.affected import KnownBlocks, decisions_on
from kg.changes import Changes, plan, update_text
from kg.errors import QueryError, StoreError
from kg.identity.decisions import Decision
from kg.published import PublishedStates
from kg.reading import answer
from kg.reprints import Print, Reprints
from kg.resolve import ResolvedArticle, resolve
from kg.rulings import Ruling, ruling_line
from kg.sparql import Term
from kg.statements import FACTS
from kg.store_folder import DATABASE, MANIFEST, UNPUBLISHED, check_manifest, make_folder, open_database
from kg.store_lock import StoreLock
from kg.stored import Stored
from kg.text_signature import signature
from kg.validation.added import broken_by
from kg.vocabulary import DCTERMS, GOV, RDF

_BATCH_FACTS = 1000

_QUADS_IN_MEMORY = 200_000
"""How many quads are written before Oxigraph is told to move them to disk; it would keep gigabytes."""

OnError = Callable[[GovkgError], None]


class Added(NamedTuple):
    """How many articles were added, replaced, found to be stored already, and refused."""

    added: int
    replaced: int
    unchanged: int
    refused: int


class StoredArticleEntry(NamedTuple):
    """What the store says of an article in a list: id, title, date as written, source."""

    id: str
    title: str | None
    date: str | None
    source: str | None


class Store:
    """An open store; a context manager. Get one from `Store.open` or `Store.create`."""

    def __init__(self, path: Path, db: ox.Store, lock: StoreLock, *, writable: bool, state: int = 0) -> None:
        """Hold an open database and its lock."""
        self.path = path
        self._db: ox.Store | None = db
        self._lock = lock
        self._writable = writable
        self._unpublished = path / UNPUBLISHED
        self._is_published = PublishedStates(path).is_there() and not self._unpublished.exists()
        self.state = state
        """The number of the published state that is read; 0 for a writer."""
        self._blocks = KnownBlocks()
        self._rulings: list[Ruling] | None = None
        self._reprints: Reprints | None = None
        self._quads_in_memory = 0

    @classmethod
    def create(cls, path: str | Path) -> Store:
        """Make a new store in a folder that is empty or not there yet, and open it for writing.

        Raises StoreError if the folder holds anything or cannot be written.
        """
        folder = Path(path)
        make_folder(folder)
        store = cls.open(folder, write=True)
        store.publish()
        return store

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False) -> Store:
        """Open the store in a folder.

        For reading that is the state published last, whatever a writer does meanwhile. Raises
        StoreError if there is no store, if its format is another, or, for writing, if somebody else
        writes to it.
        """
        folder = Path(path)
        check_manifest(folder)
        if write:
            state, database, lock = 0, folder / DATABASE, StoreLock(folder / MANIFEST, exclusive=True)
        else:
            state, database, lock = PublishedStates(folder).hold()
        try:
            db = open_database(database, write)
        except BaseException:
            lock.release()
            raise
        return cls(folder, db, lock, writable=write, state=state)

    def close(self) -> None:
        """Publish what a writer has not published, give database and lock back; twice is no error."""
        try:
            if self._writable and self._db is not None:
                self.publish()
        finally:
            self._db = None
            self._blocks = (
                KnownBlocks()
            )  # what is known of blocks is partly still to be read from the database
            self._lock.release()

    def __enter__(self) -> Store:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    @property
    def database(self) -> ox.Store:
        """The Oxigraph database, for reading; raises StoreError once the store is closed."""
        if self._db is None:
            raise StoreError("the store is closed", file=str(self.path), remedy="open it again")
        return self._db

    # Writing.

    def add(
        self,
        records: Iterable[ArticleFacts],
        on_error: OnError | None = None,
        *,
        replace: bool = False,
        on_progress: Callable[[int], None] | None = None,
    ) -> Added:
        """Add the articles; one that is stored already with the same record changes nothing.

        A record that does not keep the contract, or (unless `replace`) one whose id is stored with
        other content, gives an error: handed to `on_error` where there is one, so that the others
        are still added, else raised after the batch before it is written. `on_progress` is told how
        many records have been seen, batch by batch.
        """
        self._check_writable()
        counts = dict.fromkeys(Added._fields, 0)
        seen = 0
        for batch in self._batches(records, on_error, counts):
            self._write_batch(batch, replace, on_error, counts)
            seen += len(batch)
            if on_progress is not None:
                on_progress(seen)
        return Added(**counts)

    def replace(self, records: Iterable[ArticleFacts], on_error: OnError | None = None) -> Added:
        """Add the articles, each in the place of the stored one with its id."""
        return self.add(records, on_error, replace=True)

    def remove(self, article_id: str) -> None:
        """Remove an article and everything that it alone supported.

        Raises StoreError if there is no article of that id.
        """
        self._check_writable()
        iri = iris.article(article_id)
        if not Stored(self.database).digests([iri]):
            raise StoreError(
                f"there is no article {article_id!r}",
                file=str(self.path),
                remedy="`govkg articles` lists the ids",
            )
        self._apply(plan(Stored(self.database), [iri], [], self._blocks, self.rulings()), [iri], [])

    def curate(self, rulings: Iterable[Ruling]) -> None:
        """Let these curators' rulings hold, all of them and no others, and decide what is stored by them.

        They hold for articles that come later too. The same articles and rulings give the same store,
        whichever came first.
        """
        self._check_writable()
        wanted = {ruling_line(ruling): ruling for ruling in rulings}
        changes = plan(Stored(self.database), [], [], self._blocks, self.rulings(), wanted.values())
        broken = broken_by(self.database, changes)
        if broken is not None:
            raise broken
        self._rulings = None
        self._apply(changes, [], [])
        self._rulings = [wanted[line] for line in sorted(wanted)]

    def rulings(self) -> list[Ruling]:
        """Return the curators' rulings that hold, by their lines."""
        if self._rulings is None:
            self._rulings = Stored(self.database).rulings()
        return self._rulings

    def decisions(self, name: str, kind: str = "Person") -> list[Decision]:
        """Return all decisions on those of a type and name, with those that the ledger leaves out."""
        return decisions_on(Stored(self.database), f"{kind.lower()}/{name}", self.rulings())

    def _batches(
        self, records: Iterable[ArticleFacts], on_error: OnError | None, counts: dict[str, int]
    ) -> Iterator[list[ResolvedArticle]]:
        """Yield resolved articles in batches of a few thousand facts, no id twice in one."""
        batch: dict[str, ResolvedArticle] = {}
        size = 0
        for record in records:
            try:
                article = resolve(record)
            except FactsError as error:
                if on_error is None:
                    if batch:
                        yield list(batch.values())
                    raise
                counts["refused"] += 1
                on_error(error)
                continue
            if batch and (size >= _BATCH_FACTS or article.iri in batch):
                yield list(batch.values())
                batch, size = {}, 0
            batch[article.iri] = article
            size += len(record.facts) + len(record.entities)
        if batch:
            yield list(batch.values())

    def _write_batch(
        self, batch: list[ResolvedArticle], replace: bool, on_error: OnError | None, counts: dict[str, int]
    ) -> None:
        stored = Stored(self.database)
        digests = stored.digests(article.iri for article in batch)
        removed, added = [], []
        conflicts: list[ResolvedArticle] = []
        for article in batch:
            digest = digests.get(article.iri)
            if digest == article.digest:
                counts["unchanged"] += 1
            elif digest is None:
                added.append(article)
            elif replace:
                removed.append(article.iri)
                added.append(article)
            else:
                conflicts.append(article)
        self._write_sound(removed, added, on_error, counts)
        for article in conflicts:
            error = StoreError(
                f"the article {article.record.article.id!r} is stored with other content",
                file=str(self.path),
                remedy="replace it, or give the new one another id",
            )
            self._refuse(error, on_error, counts)

    def _write_sound(
        self,
        removed: list[str],
        added: list[ResolvedArticle],
        on_error: OnError | None,
        counts: dict[str, int],
    ) -> None:
        """Write the articles; those that would break the ontology's shapes are refused, one by one."""
        if not added:
            return
        changes = plan(Stored(self.database), removed, added, self._blocks, self.rulings())
        broken = broken_by(self.database, changes)
        if broken is None:
            self._apply(changes, removed, [_print(article) for article in added])
            counts["replaced"] += len(removed)
            counts["added"] += len(added) - len(removed)
        elif len(added) == 1:
            broken.file = added[0].record.article.path
            self._refuse(broken, on_error, counts)
        else:
            for article in added:
                leaving = [article.iri] if article.iri in removed else []
                self._write_sound(leaving, [article], on_error, counts)

    def _refuse(self, error: GovkgError, on_error: OnError | None, counts: dict[str, int]) -> None:
        counts["refused"] += 1
        if on_error is None:
            raise error
        on_error(error)

    def _apply(self, changes: Changes, removed: list[str], printed: list[Print]) -> None:
        """Write the changes of all graphs, reprints among them, in one transaction."""
        self._mark_unpublished()
        reprints = self._reprints
        if removed or printed:
            reprints = reprints or Reprints(self.database)
            self._reprints = None  # what is kept in memory is trusted again once the database agrees
            deletes, inserts = reprints.change(removed, printed)
            changes.deletes |= deletes
            changes.inserts |= inserts
        if changes.deletes or changes.dropped:
            self.database.update(update_text(changes))
        else:
            self.database.extend(sorted(changes.inserts, key=str))  # in order is twice as fast
        self._reprints = reprints
        self._quads_in_memory += len(changes.deletes) + len(changes.inserts)
        if self._quads_in_memory > _QUADS_IN_MEMORY:
            self.database.flush()
            self._quads_in_memory = 0
        self._blocks.update(changes.blocks)

    def _mark_unpublished(self) -> None:
        """Note on disk, before anything is written, that the published state is no longer the last."""
        if self._is_published:
            self._unpublished.touch()
            self._is_published = False

    def publish(self) -> None:
        """Make what was written so far the state that readers open; nothing happens if they do already.

        Raises StoreError if it cannot be written.
        """
        self._check_writable()
        if self._is_published:
            return
        PublishedStates(self.path).publish(self.database)
        self._unpublished.unlink(missing_ok=True)
        self._is_published = True

    def _check_writable(self) -> None:
        if not self._writable:
            raise StoreError(
                "the store is open for reading", file=str(self.path), remedy="open it with write=True"
            )

    def optimize(self) -> None:
        """Compact the database after a large load; reading is quicker afterwards."""
        self._check_writable()
        self._mark_unpublished()
        self.database.optimize()

    # Reading.

    def is_superseded(self) -> bool:
        """Return whether a writer has published another state since this one was opened for reading."""
        return not self._writable and PublishedStates(self.path).is_superseded(self.state, self._lock)

    def articles(self) -> list[StoredArticleEntry]:
        """Return the stored articles by id."""
        found = []
        for quad in self.database.quads_for_pattern(None, GOV.recordDigest, None, None):
            article = quad.subject
            values = {
                q.predicate: q.object.value
                for q in self.database.quads_for_pattern(article, None, None, quad.graph_name)
                if isinstance(q.object, ox.Literal)
            }
            found.append(
                StoredArticleEntry(
                    values[DCTERMS.identifier],
                    values.get(DCTERMS.title),
                    values.get(DCTERMS.issued),
                    values.get(GOV.source),
                )
            )
        return sorted(found, key=lambda entry: entry.id)

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL 1.1 query over the dataset; `bindings` are terms for its variables.

        Project prefixes may be used undeclared. `default_graphs` and `named_graphs` are IRIs of graphs
        that the query is asked of instead of those it names. Raises QueryError for a syntax error, an
        update, SERVICE, or a graph that the store lacks: nothing is fetched and nothing is written.
        """
        return answer(
            self.database, sparql, bindings or {}, default_graphs=default_graphs, named_graphs=named_graphs
        )

    def select(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """Answer a SELECT query as `query` does; raises QueryError for any other form."""
        answer = self.query(sparql, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("this is no SELECT query", remedy="ask for rows with SELECT")
        return answer

    def article_count(self) -> int:
        """Return how many articles are stored."""
        return self._count(None, GOV.recordDigest, None, None)

    def fact_count(self) -> int:
        """Return how many statements are stored."""
        return self._count(None, RDF.predicate, None, None)

    def counts(self) -> dict[str, int]:
        """Return how many articles, entities of each type, statements, direct triples and quads there are."""
        found = {"articles": self.article_count()}
        for kind in ENTITY_TYPES:
            found[kind] = self._count(None, RDF.type, GOV[kind], FACTS)
        found["facts"] = self.fact_count()
        found["triples"] = self._count(None, None, None, FACTS)
        found["quads"] = len(self.database)
        return found

    def _count(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        obj: NamedNode | None,
        graph: ox.DefaultGraph | None,
    ) -> int:
        return sum(1 for _ in self.database.quads_for_pattern(subject, predicate, obj, graph))

    def quads(self) -> Iterator[Quad]:
        """Yield every quad of the dataset, in no order."""
        yield from self.database

    def dump(self, out: IO[bytes]) -> int:
        """Write the dataset as N-Quads sorted by line; return how many lines. Equal data, equal bytes."""
        buffer = io.BytesIO()
        self.database.dump(buffer, RdfFormat.N_QUADS)
        lines = buffer.getvalue().splitlines(keepends=True)
        lines.sort()
        out.writelines(lines)
        return len(lines)


def _print(article: ResolvedArticle) -> Print:
    return Print(
        article.iri,
        article.date.earliest if article.date is not None else None,
        signature(article.record.article.text),
    )
