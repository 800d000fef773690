"""The citation network around one document: the reports that cite it, what else they cite, what is cited together."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from extractor import output
from extractor.linking.authorities.keys import read_key
from extractor.search.citing import Cited

TOGETHER = 2000
"""Pairs cited together that are kept, the heaviest first: they grow with the square of what a report cites."""


@dataclass(frozen=True, slots=True)
class Node:
    """A report (`kind` "report", id its source) or a cited document (`kind` "document", id its key)."""

    id: str
    kind: str
    label: str
    year: int | None
    weight: int


@dataclass(frozen=True, slots=True)
class Edge:
    """`cites`: a report and a document, weight its mentions; `cited_with`: two documents, weight the reports that cite
    both; `amends`, `replaces`, `repeals`: the document that does so and the one it is done to, weight the mentions."""

    source: str
    target: str
    kind: str
    weight: int


@dataclass(frozen=True, slots=True)
class Network:
    """The network; `key` is the document that it is drawn around."""

    key: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(database: sqlite3.Connection, key: str) -> Network:
    """The network around the document `key`: all reports that cite it and all that those cite by a whole key."""
    rows = database.execute(
        "SELECT d.source, d.year, c.key, c.relation, c.by FROM search_citations c JOIN search_documents d"
        " ON d.id = c.document WHERE c.document IN (SELECT document FROM search_citations WHERE key = ?)",
        (key,),
    )
    reports: dict[str, int | None] = {}
    cites: Counter[tuple[str, str]] = Counter()
    changes: Counter[tuple[str, str, str]] = Counter()
    for source, year, cited, relation, by in rows:
        if cited != key and not read_key(cited).whole:
            continue
        reports[source] = year
        cites[source, cited] += 1
        if by and relation in ("amends", "replaces", "repeals"):
            changes[by, cited, relation] += 1
    documents = Counter(cited for _, cited in cites)
    together: Counter[tuple[str, str]] = Counter()
    by_report: dict[str, list[str]] = {source: [] for source in reports}
    for source, cited in cites:
        by_report[source].append(cited)
    for cited_there in by_report.values():
        together.update(combinations(sorted(cited_there), 2))
    nodes = [Node(key, "document", key, None, documents.pop(key, 0))]
    nodes += [Node(k, "document", k, None, n) for k, n in documents.most_common()]
    nodes += [Node(s, "report", s, year, len(by_report[s])) for s, year in sorted(reports.items())]
    names = {n.id for n in nodes}
    edges = [Edge(s, k, "cites", n) for (s, k), n in sorted(cites.items())]
    edges += [Edge(a, b, "cited_with", n) for (a, b), n in together.most_common(TOGETHER)]
    edges += [Edge(a, b, kind, n) for (a, b, kind), n in sorted(changes.items()) if a in names]
    return Network(key, tuple(nodes), tuple(edges))


def near(database: sqlite3.Connection, cited: Cited, most: int) -> Network:
    """The part of the network that is nearest to a document: the `most` documents cited with it most often, and as many
    of the reports that mention it most. What these cite together beside it is left out."""
    others, sources = cited.cited_with[:most], list(cited.by_document)[:most]
    keys = [cited.key, *(other.key for other in others)]
    rows = database.execute(
        f"""SELECT d.source, d.year, c.key, count(*) FROM search_documents d
            JOIN search_citations c ON c.document = d.id
            WHERE d.source IN ({", ".join("?" * len(sources))})
            AND c.key IN ({", ".join("?" * len(keys))})
            GROUP BY d.source, c.key""",
        [*sources, *keys],
    ).fetchall()
    years = {source: year for source, year, _, _ in rows}
    weights = Counter(source for source, _, _, _ in rows)
    nodes = [Node(cited.key, "document", cited.key, None, len(cited.by_document))]
    nodes += [Node(other.key, "document", other.key, None, other.count) for other in others]
    nodes += [Node(source, "report", source, years[source], weights[source]) for source in sources if source in years]
    edges = [Edge(source, key, "cites", count) for source, _, key, count in rows]
    edges += [Edge(cited.key, other.key, "cited_with", other.count) for other in others]
    edges += [Edge(c.by, cited.key, c.relation, 1) for c in cited.changes if c.by in keys]
    return Network(cited.key, tuple(nodes), tuple(edges))


def as_json(made: Network) -> str:
    """The network as JSON: key, nodes, edges."""
    value: dict[str, Any] = {
        "key": made.key,
        "nodes": [asdict(n) for n in made.nodes],
        "edges": [asdict(e) for e in made.edges],
    }
    return output.as_json(value)


def as_graphml(made: Network) -> str:
    """The network as GraphML, for Gephi, yEd, NetworkX and igraph."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        '<key id="kind" for="all" attr.name="kind" attr.type="string"/>',
        '<key id="label" for="node" attr.name="label" attr.type="string"/>',
        '<key id="year" for="node" attr.name="year" attr.type="int"/>',
        '<key id="weight" for="all" attr.name="weight" attr.type="int"/>',
        '<graph edgedefault="directed">',
    ]
    for node in made.nodes:
        year = f'<data key="year">{node.year}</data>' if node.year is not None else ""
        lines.append(
            f'<node id={quoteattr(node.id)}><data key="kind">{node.kind}</data>'
            f'<data key="label">{escape(node.label)}</data>{year}<data key="weight">{node.weight}</data></node>'
        )
    for edge in made.edges:
        both = ' directed="false"' if edge.kind == "cited_with" else ""
        lines.append(
            f"<edge source={quoteattr(edge.source)} target={quoteattr(edge.target)}{both}>"
            f'<data key="kind">{edge.kind}</data><data key="weight">{edge.weight}</data></edge>'
        )
    return "\n".join([*lines, "</graph>", "</graphml>", ""])
