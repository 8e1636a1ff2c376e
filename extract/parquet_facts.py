"""Facts as Parquet: one article a row, the fields of the contract as columns, nested where it nests.

What has no fixed shape (an entity's attributes, a fact's qualifiers) is JSON in a column of text, so that
every reader of Parquet can open it and nothing of the record is lost.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from extract.errors import FactsError
from extract.records import ArticleFacts

SUFFIX = ".parquet"
_ROWS_AT_ONCE = 256
_INSTALL = "install the extra: pip install 'governance-kg[parquet]'"


def _schema(pa: Any) -> Any:
    span = pa.list_(pa.int32(), 2)
    text, texts = pa.string(), pa.list_(pa.string())
    entity = [
        ("id", text),
        ("type", text),
        ("name", text),
        ("aliases", texts),
        ("mentions", pa.list_(span)),
        ("attributes", text),
    ]
    fact = [
        ("subject", text),
        ("relation", text),
        ("object", text),
        ("evidence", span),
        ("rule", text),
        ("confidence", pa.float64()),
        ("qualifiers", text),
        ("context", pa.list_(span)),
    ]
    article = [
        (name, text)
        for name in ("id", "text", "path", "url", "title", "date", "source", "language", "sha256")
    ]
    return pa.schema(
        [
            *article,
            ("authors", texts),
            ("editors", texts),
            ("entities", pa.list_(pa.struct(entity))),
            ("facts", pa.list_(pa.struct(fact))),
        ]
    )


def to_parquet(records: Iterable[ArticleFacts]) -> bytes:
    """Return the records as a Parquet file."""
    pa, parquet = _pyarrow()
    table = pa.Table.from_pylist([_row(record) for record in records], schema=_schema(pa))
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def read_parquet(stream: IO[bytes], file: str) -> Iterator[ArticleFacts]:
    """Yield the records of a Parquet file, some rows in memory at a time.

    Raises FactsError naming the file where it is none, or has other columns.
    """
    pa, parquet = _pyarrow()
    try:
        source = parquet.ParquetFile(stream)
        for batch in source.iter_batches(batch_size=_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield _record(row)
    except (pa.ArrowException, KeyError, TypeError, msgspec.MsgspecError) as error:
        remedy = "write it with `govkg extract --dask … --parts parquet`"
        raise FactsError(f"no facts in Parquet ({error})", file=file, remedy=remedy) from error


def _row(record: ArticleFacts) -> dict[str, Any]:
    article: dict[str, Any] = msgspec.to_builtins(record.article)
    return {
        **article,
        "entities": [
            {**msgspec.to_builtins(entity), "attributes": _json(entity.attributes)}
            for entity in record.entities
        ],
        "facts": [
            {
                **msgspec.to_builtins(fact),
                "qualifiers": _json(fact.qualifiers),
                "context": [list(span) for span in fact.context],
            }
            for fact in record.facts
        ],
    }


def _record(row: dict[str, Any]) -> ArticleFacts:
    entities, facts = row.pop("entities"), row.pop("facts")
    for entity in entities:
        entity["attributes"] = msgspec.json.decode(entity["attributes"])
    for fact in facts:
        fact["qualifiers"] = msgspec.json.decode(fact["qualifiers"])
    return msgspec.convert({"article": row, "entities": entities, "facts": facts}, ArticleFacts)


def _json(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value).decode()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise FactsError("Parquet needs the package pyarrow", remedy=_INSTALL) from error
    return pa, parquet
