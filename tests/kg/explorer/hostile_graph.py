"""A network whose every name, sentence, title, relation and address tries to run as something."""

from __future__ import annotations

import networkx as nx

from kg.explorer.facts import FactReading, Quotation

HOSTILE = (
    "</title><script>window.__hacked=1</script>",
    "<script>window.__hacked=1</script>",
    "</script><script>window.__hacked=1</script>",
    "<!--<script>window.__hacked=1//-->",
    "<img src=x onerror=window.__hacked=1>",
    "<svg onload=window.__hacked=1>",
    "<a href='javascript:window.__hacked=1'>href</a>",
    '" onmouseover="window.__hacked=1',
    "' onfocus='window.__hacked=1' autofocus='",
    "{{ 7*7 }}{% include 'x' %}{# #}",
    "${window.__hacked=1}`",
    "\\u003cscript>window.__hacked=1\\u003c/script>",
    "&lt;b&gt;&amp;amp;",
    "\u202e反向书写\u202c\u2066隔离",
    "长" * 1000,
    "__proto__",
    "constructor",
    "0",
    "控制\x01\x07\x1b[31m符",
    "半个\ud800字符\u2028换行",
)
ADDRESSES = (
    "javascript:window.__hacked=1",
    "data:text/html,<script>window.__hacked=1</script>",
    "JaVaScRiPt:window.__hacked=1",
    "file:///etc/passwd",
    "//example.org/x",
    "ht tp://[",
)


def hostile_graph() -> tuple[nx.MultiDiGraph[str], dict[str, FactReading]]:
    """Return the network, its nodes named `urn:hostile:0` and so on, and a reading for each edge."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(view=HOSTILE[1], title=HOSTILE[2], title_en=HOSTILE[3])
    facts: dict[str, FactReading] = {}
    for number, text in enumerate(HOSTILE):
        graph.add_node(
            f"urn:hostile:{number}",
            label=text,
            type="Practice",
            pinyin=text,
            aliases=text,
            code=text,
            level=text,
        )
    for number, text in enumerate(HOSTILE):
        ends = f"urn:hostile:{number}", f"urn:hostile:{(number + 1) % len(HOSTILE)}"
        graph.add_edge(
            *ends,
            text,
            relation=text,
            label=text,
            label_en=text,
            weight=1.0,
            first=text,
            statements=[f"s{number}"],
        )
        quotation = Quotation(text, 0, len(text) // 2, text, text, text, ADDRESSES[number % len(ADDRESSES)])
        facts[f"s{number}"] = FactReading(text, ends[0], text, "2023", text, 0.5, {text: text}, (quotation,))
    return graph, facts
