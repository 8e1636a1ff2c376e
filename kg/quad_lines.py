"""Lines of canonical N-Quads, taken apart without making terms of them: fast, for whole datasets."""

from __future__ import annotations

from typing import NamedTuple

_END = b" .\n"


class QuadLine(NamedTuple):
    """Subject, predicate and graph as IRIs ("" for the default graph), and the object as it is written."""

    subject: str
    predicate: str
    object: str
    graph: str


def read_line(line: bytes) -> QuadLine:
    """Return the parts of a line that this program wrote.

    >>> read_line(b'<a:s> <a:p> "b <c>"^^<a:d> <a:g> .' + bytes([10])).object
    '"b <c>"^^<a:d>'
    """
    subject, predicate, rest = line.removesuffix(_END).decode("utf-8").split(" ", 2)
    before, space, last = rest.rpartition(" ")
    has_graph = bool(space) and last.startswith("<") and '"' not in last
    obj, graph = (before, last[1:-1]) if has_graph else (rest, "")
    return QuadLine(subject[1:-1], predicate[1:-1], obj, graph)


def iri_of(obj: str) -> str:
    """Return the IRI that an object is, "" if it is a literal."""
    return obj[1:-1] if obj.startswith("<") else ""


_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "\\": "\\"}


def text_of(obj: str) -> str:
    r"""Return the text of a literal, without language and datatype; an IRI as it is.

    >>> text_of('"a \\"b\\""@zh-hans')
    'a "b"'
    """
    if not obj.startswith('"'):
        return iri_of(obj)
    body = obj[1 : obj.rindex('"')]
    if "\\" not in body:
        return body
    text, parts = [], iter(body.split("\\"))
    text.append(next(parts))
    for part in parts:
        if not part:  # an escaped backslash: the next part follows it as it is
            text.append("\\" + next(parts, ""))
        elif part[0] in "uU":
            width = 4 if part[0] == "u" else 8
            text.append(chr(int(part[1 : 1 + width], 16)) + part[1 + width :])
        else:
            text.append(_ESCAPES[part[0]] + part[1:])
    return "".join(text)


def language_of(obj: str) -> str:
    """Return the language tag of a literal in lower case, "" if it has none."""
    tag = obj[obj.rindex('"') + 1 :] if obj.startswith('"') else ""
    return tag[1:].lower() if tag.startswith("@") else ""
