// What the page knows: entities, edges, facts and who states them, and who is next to whom.
if (typeof DecompressionStream === "undefined") {
  byId("panel").textContent = `${WORDS_ZH.cannotOpen} ${WORDS_EN.cannotOpen}`;
  return;
}
const graph = await packedJson("graph-data");
const typeOf = new Map(graph.types.map((type) => [type.name, type]));
const entities = rowsOf(graph.entities);
const edges = rowsOf(graph.edges);
const facts = rowsOf(graph.facts);
const articles = rowsOf(graph.articles);

for (const entity of entities) {
  entity.type = graph.types[entity.type].name;
  entity.short = entity.short || entity.label;
}
for (const edge of edges) {
  edge.relation = graph.relationNames[edge.relation];
  edge.facts = edge.facts || [];
}
for (const fact of facts) {
  fact.relation = graph.relationNames[fact.relation];
  fact.qualifiers = fact.qualifiers || {};
  fact.evidence = [];
}
rowsOf(graph.attestations).forEach((attestation) => facts[attestation.fact].evidence.push(attestation));

/** The article of an attestation, if it has a sentence. */
function articleOf(attestation) {
  return attestation.sentence < 0 ? null : articles[graph.sentences.article[attestation.sentence]];
}

/** A pair of entities and all edges between them; drawn as one line. */
const pairs = new Map();
// most entities of a large store stand alone: they share one empty map and list, which nobody writes to
const NONE = new Map();
const NO_ROWS = [];
/** For each entity: its neighbours and the pair that joins them. */
const neighbours = new Array(entities.length).fill(NONE);
/** For each entity: the facts that name it. */
const factsOf = new Array(entities.length).fill(NO_ROWS);

function pairId(a, b) {
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

/** The entities that a fact names, each once. */
function endsOf(fact) {
  const ends = typeof fact.subject === "number" ? [fact.subject] : [];
  if (typeof fact.object === "number" && fact.object !== fact.subject) ends.push(fact.object);
  return ends;
}

function joinTo(place, other, pair) {
  if (neighbours[place] === NONE) neighbours[place] = new Map();
  neighbours[place].set(other, pair);
}

edges.forEach((edge, row) => {
  edge.row = row;
  const id = pairId(edge.source, edge.target);
  if (!pairs.has(id)) {
    const [a, b] = edge.source < edge.target ? [edge.source, edge.target] : [edge.target, edge.source];
    pairs.set(id, { id, a, b, edges: [], weight: 0 });
  }
  const pair = pairs.get(id);
  pair.edges.push(edge);
  pair.weight += edge.weight;
  if (edge.source !== edge.target) {
    joinTo(edge.source, edge.target, pair);
    joinTo(edge.target, edge.source, pair);
  }
});

facts.forEach((fact, place) => {
  for (const end of endsOf(fact)) {
    if (factsOf[end] === NO_ROWS) factsOf[end] = [];
    factsOf[end].push(place);
  }
});

const connection = neighbours.map((around) => {
  let sum = 0;
  for (const pair of around.values()) sum += pair.weight;
  return sum;
});

/** Neighbours of an entity, the most strongly joined first. */
function rankedNeighbours(place) {
  const around = neighbours[place];
  return [...around.keys()].sort(
    (a, b) => around.get(b).weight - around.get(a).weight || connection[b] - connection[a] || a - b,
  );
}

/** What an edge says: the office held, or else its relation. */
function saidBy(edge) {
  return named(edge.says || graph.relations[edge.relation]);
}

/** What edges say, each once. */
function sayings(some) {
  return [...new Set(some.map(saidBy))];
}

// ---- what comes after the first picture: names that search reads, texts that the panel shows -------

let texts = null;
const namesReady = painted()
  .then(() => packedJson("names-data"))
  .then((columns) => {
    rowsOf(columns).forEach((row, place) => Object.assign(entities[place], {
      pinyin: row.pinyin || "",
      aliases: row.aliases || [],
      keys: row.keys ? row.keys.split(" ") : [],
    }));
  });
const textsReady = namesReady
  .then(() => packedJson("texts-data"))
  .then((tables) => {
    texts = { sentences: tables.sentences, articles: tables.articles };
  });
