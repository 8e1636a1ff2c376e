// What the page knows: entities, edges, facts, sentences and articles, and who is next to whom.
function blockJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

const graph = blockJson("graph-data");
const entities = graph.entities;
const typeOf = new Map(graph.types.map((type) => [type.name, type]));
const placeOfIri = new Map(entities.map((entity, place) => [entity.iri, place]));

/** A pair of entities and all edges between them; drawn as one line. */
const pairs = new Map();
/** For each entity: its neighbours and the pair that joins them. */
const neighbours = entities.map(() => new Map());
/** For each entity: the facts that name it. */
const factsOf = entities.map(() => []);

function pairId(a, b) {
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

for (const edge of graph.edges) {
  const id = pairId(edge.source, edge.target);
  if (!pairs.has(id)) {
    const [a, b] = edge.source < edge.target ? [edge.source, edge.target] : [edge.target, edge.source];
    pairs.set(id, { id, a, b, edges: [], weight: 0 });
  }
  const pair = pairs.get(id);
  pair.edges.push(edge);
  pair.weight += edge.weight;
  if (edge.source !== edge.target) {
    neighbours[edge.source].set(edge.target, pair);
    neighbours[edge.target].set(edge.source, pair);
  }
}

graph.facts.forEach((fact, place) => {
  for (const end of new Set([fact.subject, fact.object])) {
    if (typeof end === "number") factsOf[end].push(place);
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

/** What the edges of a pair say, each once. */
function relationNames(pair) {
  return [...new Set(pair.edges.map(saidBy))];
}
