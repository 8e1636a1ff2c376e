"""The pages' own scripts, style and signs, read once; nothing but these files is ever served."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.service.pages.looks import SIGNS, drawing

_FOLDER = resources.files("kg.service.pages") / "static"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@lru_cache(maxsize=1)
def _files() -> dict[str, bytes]:
    files = {file.name: file.read_bytes() for file in _FOLDER.iterdir() if _type_of(file.name)}
    signs = {f"sign-{kind.lower()}.svg": drawing(look).encode() for kind, look in SIGNS.items()}
    return {**files, **signs}


def _type_of(name: str) -> str:
    return next((media_type for ending, media_type in _TYPES.items() if name.endswith(ending)), "")


def _tag(name: str) -> str:
    return hashlib.sha256(_files()[name]).hexdigest()[:16]


def version(name: str) -> str:
    """Return the address of a file; raises KeyError for one that is not there."""
    _files()[name]
    return f"/static/{name}"


def static_file(request: Request) -> Response:
    """Answer with a file; a browser that has it already is told so."""
    name = request.path_params["name"]
    if name not in _files():
        return PlainTextResponse("not found\n", status_code=404)
    tag = f'"{_tag(name)}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(_files()[name], media_type=_type_of(name), headers=headers)
