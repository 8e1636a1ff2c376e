"""The scripts and the style of the page, and the policy that names them."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

from extract.errors import GovkgError

TEMPLATE = "explorer.html"
STYLE = "explorer.css"

_ASSETS = resources.files("kg.explorer") / "assets"
# In the order in which they need each other; they share one scope.
_SCRIPTS = (
    "words_zh.js", "words_en.js", "words.js", "blocks.js", "elements.js", "graph.js", "filters.js",
    "looks.js", "working_set.js", "arrangement.js", "paths.js", "labels.js", "canvas.js", "view.js",
    "shaders.js", "full_drawing.js", "full_canvas.js", "full_gestures.js", "diffusion.js", "offices.js",
    "facts.js", "panel.js", "search.js", "search_box.js", "legend.js", "filter_panel.js", "timeline.js",
    "address.js", "acts.js", "citation.js", "picture.js", "tables.js", "menus.js", "keys.js",
    "explorer.js",
)  # fmt: skip
_VIS_NETWORK = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")


def asset(name: str) -> str:
    """Return the text of a file of the page."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def application() -> str:
    """Return our scripts as one, in a scope of its own that may wait for the data."""
    body = "\n".join(asset(name) for name in _SCRIPTS)
    return f'(async () => {{\n"use strict";\n{body}}})();\n'


def vis_network() -> str:
    """Return vis-network as pyvis's wheel carries it, without the address of its source map."""
    file = resources.files("pyvis").joinpath(*_VIS_NETWORK)
    if not file.is_file():
        raise GovkgError(
            "the installed pyvis does not carry vis-network 9.1.2",
            file=str(file),
            remedy="install pyvis 0.3.2",
        )
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", file.read_text(encoding="utf-8"))


def policy(scripts: list[str], style: str) -> str:
    """Return the content security policy: these scripts, this style, no connection to anywhere."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
