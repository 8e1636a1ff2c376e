// The visible subgraph as files for other programs: GEXF, CSV and JSON.
const GEXF_NODE = [["type", "string"], ["pinyin", "string"], ["aliases", "string"], ["code", "string"], ["level", "string"], ["community", "string"], ["articles", "integer"], ["first", "string"], ["last", "string"]];
const GEXF_EDGE = [["relation", "string"], ["confidence", "double"], ["facts", "integer"], ["first", "string"], ["last", "string"]];
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

/** The entities in sight and the edges between them that pass the filters. */
function seenGraph() {
  const places = placesInSight();
  const inSight = new Set(places);
  const some = edges.filter((edge) => inSight.has(edge.source) && inSight.has(edge.target) && passes.edges[edge.row]);
  return { places, edges: some };
}

function nodeRow(place) {
  const entity = entities[place];
  return {
    id: entity.iri, label: entity.label, type: entity.type, pinyin: entity.pinyin || "", aliases: (entity.aliases || []).join("; "),
    code: entity.code || "", level: entity.level || "", community: entity.community || "", articles: entity.articles || 0,
    first: entity.first || "", last: entity.last || "",
  };
}

function edgeRow(edge) {
  return {
    source: entities[edge.source].iri, target: entities[edge.target].iri, relation: edge.relation, label: saidBy(edge), weight: edge.weight,
    directed: !edge.mutual, confidence: edge.confidence || "", facts: keptFacts(edge.facts).length, first: edge.first || "", last: edge.last || "",
  };
}

function cell(value) {
  const text = String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv(rows, names) {
  return `\ufeff${[names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function nodesCsv() {
  return csv(seenGraph().places.map(nodeRow), ["id", "label", ...GEXF_NODE.map(([name]) => name)]);
}

function edgesCsv() {
  return csv(seenGraph().edges.map(edgeRow), ["source", "target", "relation", "label", "weight", "directed", ...GEXF_EDGE.slice(1).map(([name]) => name)]);
}

function factJson(fact) {
  const end = (value) => (typeof value === "number" ? { id: entities[value].iri, label: entities[value].label } : { label: value });
  return {
    relation: fact.relation, subject: end(fact.subject), object: end(fact.object), qualifiers: fact.qualifiers,
    attestations: fact.evidence.filter(attestationPasses).map((one) => {
      const said = textsOf(one);
      return said ? { confidence: one.confidence, sentence: said.before + said.quote + said.after, quote: said.quote, title: said.title, source: said.source, date: said.date, url: said.url } : { confidence: one.confidence };
    }),
  };
}

/** The subgraph as node-link JSON, with the facts behind each edge and what to cite. */
function graphJson() {
  const { places, edges: some } = seenGraph();
  const links = some.map((edge) => ({ ...edgeRow(edge), facts: keptFacts(edge.facts).map(factJson) }));
  const about = { title: graph.title, view: graph.view, snapshot: graph.snapshot, citation: citation(), address: addressText() };
  return `${JSON.stringify({ directed: true, multigraph: true, graph: about, nodes: places.map(nodeRow), links }, null, 1)}\n`;
}

const GEXF = "http://gexf.net/1.3";
const VIZ = "http://gexf.net/1.3/viz";

function xmlDocument() {
  const document_ = document.implementation.createDocument(GEXF, "gexf", null);
  document_.documentElement.setAttribute("version", "1.3");
  document_.documentElement.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:viz", VIZ);
  return document_;
}

function whereSeen(place) {
  if (mode.name === "all") return entities[place];
  return shown.get(place) || { x: 0, y: 0 };
}

/** The subgraph as GEXF 1.3 with the colours, sizes and places of the picture. */
function gexf() {
  const xml = xmlDocument();
  const node = (parent, name, attributes = {}, space = GEXF) => {
    const element = xml.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, plain(value));
    parent.append(element);
    return element;
  };
  const values = (parent, columns, row) => {
    const some = columns.map(([name], number) => [number, row[name]]).filter(([, value]) => value !== "");
    if (!some.length) return;
    const box = node(parent, "attvalues");
    for (const [number, value] of some) node(box, "attvalue", { for: number, value });
  };
  const root = xml.documentElement;
  const meta = node(root, "meta");
  node(meta, "creator").textContent = "governance-kg";
  node(meta, "description").textContent = plain(citation());
  const body = node(root, "graph", { defaultedgetype: "directed", mode: "static" });
  for (const [kind, columns] of [["node", GEXF_NODE], ["edge", GEXF_EDGE]]) {
    const box = node(body, "attributes", { class: kind, mode: "static" });
    columns.forEach(([title, type], id) => node(box, "attribute", { id, title, type }));
  }
  const { places, edges: some } = seenGraph();
  const nodes = node(body, "nodes");
  for (const place of places) {
    const row = nodeRow(place);
    const element = node(nodes, "node", { id: row.id, label: row.label });
    values(element, GEXF_NODE, row);
    const [r, g, b] = rgb(colourOf(place)).map((part) => Math.round(part * 255));
    node(element, "viz:color", { r, g, b }, VIZ);
    const at = whereSeen(place);
    node(element, "viz:position", { x: at.x, y: -at.y, z: 0 }, VIZ);
    node(element, "viz:size", { value: round1(radiusOf(place)) }, VIZ);
  }
  const lines = node(body, "edges");
  some.forEach((edge, id) => {
    const row = edgeRow(edge);
    const element = node(lines, "edge", { id, source: row.source, target: row.target, type: row.directed ? "directed" : "undirected", label: row.label, weight: row.weight });
    values(element, GEXF_EDGE, row);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml)}\n`;
}
