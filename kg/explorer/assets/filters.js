// The filters: which statements count, and with them which entities and lines; how many each choice has.
const FAILS = { relation: 1, source: 2, confidence: 4, time: 8, place: 16 };
/** `types`, `relations`, `sources` are closed; `places` are asked for; months count from the year 0. */
const filters = {
  types: new Set(),
  relations: new Set(),
  sources: new Set(),
  places: new Set(),
  confidence: 0,
  from: null,
  to: null,
};

function monthsOf(date) {
  const found = /^(\d{4})(?:-(\d{2}))?/.exec(date || "");
  if (!found) return [-1, -1];
  const year = 12 * Number(found[1]);
  const month = found[2] ? Math.min(11, Math.max(0, Number(found[2]) - 1)) : null;
  return month === null ? [year, year + 11] : [year + month, year + month];
}

/** Statements in the order of their owners: facts first, then edges that have no fact of their own. */
const claims = [];
facts.forEach((fact, owner) => {
  const ends = endsOf(fact);
  for (const attestation of fact.evidence) {
    const article = articleOf(attestation);
    const [from, to] = monthsOf(article ? article.date : "");
    const source = article ? article.source : -1;
    claims.push({ owner, ends, relation: fact.relation, source, confidence: attestation.confidence, from, to });
  }
});
edges.forEach((edge, row) => {
  if (edge.facts.length) return;
  const owner = facts.length + row;
  const [from] = monthsOf(edge.first);
  const [, to] = monthsOf(edge.last || edge.first);
  const confidence = edge.confidence || 1;
  claims.push({ owner, ends: [edge.source, edge.target], relation: edge.relation, source: -1, confidence, from, to });
});

const dated = claims.filter((claim) => claim.from >= 0);
const period = {
  first: dated.reduce((least, claim) => Math.min(least, claim.from), Infinity),
  last: dated.reduce((most, claim) => Math.max(most, claim.to), -Infinity),
};
const placeRow = new Map(graph.places.map((place, row) => [place.code, row]));
/** For each place: its row and those of the places around it. */
const placesUp = graph.places.map((place) => {
  const rows = [];
  const seen = new Set();
  for (let code = place.code; placeRow.has(code) && !seen.has(code); code = graph.places[placeRow.get(code)].parent) {
    seen.add(code);
    rows.push(placeRow.get(code));
  }
  return rows;
});
/** For each entity: the rows of all places it stands in. */
const standsIn = entities.map(({ places }) => {
  if (!places) return NO_ROWS;
  return places.length === 1 ? placesUp[places[0]] : [...new Set(places.flatMap((row) => placesUp[row]))];
});
for (const claim of claims) claim.places = placesTogether(claim.ends.map((end) => standsIn[end]).filter((rows) => rows.length));

function placesTogether(lists) {
  if (lists.length < 2) return lists[0] || NO_ROWS;
  return [...new Set(lists.flat())];
}

const passes = {
  owners: new Uint8Array(facts.length + edges.length),
  edges: new Uint8Array(edges.length),
  entities: new Uint8Array(entities.length),
};
/** How many statements each choice would leave, the other filters standing; types count entities. */
let counts = { types: new Map(), relations: new Map(), sources: new Map(), places: [], months: new Map(), undated: 0 };

function filtersFacts() {
  return Boolean(
    filters.relations.size || filters.sources.size || filters.places.size || filters.confidence > 0 || filters.from !== null,
  );
}

function filtersAnything() {
  return filtersFacts() || filters.types.size > 0;
}

/** Which filters a statement fails. */
function failures(claim, asked) {
  let fails = 0;
  if (filters.relations.has(claim.relation)) fails |= FAILS.relation;
  if (filters.sources.has(claim.source)) fails |= FAILS.source;
  if (claim.confidence < filters.confidence) fails |= FAILS.confidence;
  if (filters.from !== null && (claim.from < 0 || claim.to < filters.from || claim.from > filters.to)) fails |= FAILS.time;
  if (asked && !claim.places.some((row) => asked.has(row))) fails |= FAILS.place;
  return fails;
}

function add(map, key, by = 1) {
  map.set(key, (map.get(key) || 0) + by);
}

function askedPlaces() {
  return filters.places.size ? new Set([...filters.places].map((code) => placeRow.get(code))) : null;
}

/** Apply the filters to all statements. */
function sift() {
  const asked = askedPlaces();
  const found = {
    types: new Map(), relations: new Map(), sources: new Map(),
    places: new Int32Array(graph.places.length), months: new Map(), undated: 0,
  };
  passes.owners.fill(0);
  const only = (fails, filter) => (fails & ~FAILS[filter]) === 0;
  for (const claim of claims) {
    const fails = failures(claim, asked);
    if (fails === 0) passes.owners[claim.owner] = 1;
    if (only(fails, "relation")) add(found.relations, claim.relation);
    if (only(fails, "source")) add(found.sources, claim.source);
    if (only(fails, "place")) for (const row of claim.places) found.places[row] += 1;
    if (only(fails, "time")) {
      if (claim.from < 0) found.undated += 1;
      else add(found.months, claim.from);
    }
  }
  const someFact = filtersFacts();
  passes.entities.fill(someFact ? 0 : 1);
  if (someFact) siftEntities(asked);
  edges.forEach((edge, row) => {
    passes.edges[row] = !someFact || edgePasses(edge, row) ? 1 : 0;
  });
  entities.forEach((entity, place) => {
    if (passes.entities[place]) add(found.types, entity.type);
    if (filters.types.has(entity.type)) passes.entities[place] = 0;
  });
  counts = found;
}

function siftEntities(asked) {
  for (const claim of claims) {
    if (passes.owners[claim.owner]) for (const end of claim.ends) passes.entities[end] = 1;
  }
  if (!asked || filters.relations.size || filters.sources.size || filters.confidence > 0 || filters.from !== null) return;
  standsIn.forEach((rows, place) => {
    if (rows.some((row) => asked.has(row))) passes.entities[place] = 1;
  });
}

/** Whether an edge is still supported; one that facts support from each side needs both sides. */
function edgePasses(edge, row) {
  if (!edge.facts.length) return passes.owners[facts.length + row] === 1;
  const kept = edge.facts.filter((fact) => passes.owners[fact]);
  if (!kept.length) return false;
  if (kept.some((fact) => facts[fact].relation === edge.relation)) return true;
  const names = (rows, end) => rows.some((fact) => facts[fact].subject === end || facts[fact].object === end);
  return [edge.source, edge.target].every((end) => names(kept, end) || !names(edge.facts, end));
}

function pairPasses(pair) {
  return pair.edges.some((edge) => passes.edges[edge.row]);
}

/** The facts of an edge or entity that the filters leave. */
function keptFacts(rows) {
  return rows.filter((row) => passes.owners[row]).map((row) => facts[row]);
}

/** Whether an attestation itself passes, for a fact passes if any of its attestations does. */
function attestationPasses(attestation) {
  const article = articleOf(attestation);
  const [from, to] = monthsOf(article ? article.date : "");
  if (filters.sources.has(article ? article.source : -1)) return false;
  if (attestation.confidence < filters.confidence) return false;
  return filters.from === null || (from >= 0 && to >= filters.from && from <= filters.to);
}

function clearFilters() {
  for (const name of ["types", "relations", "sources", "places"]) filters[name].clear();
  Object.assign(filters, { confidence: 0, from: null, to: null });
}

function monthText(month) {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

sift();
