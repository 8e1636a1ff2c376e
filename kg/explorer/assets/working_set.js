// The working set: which entities are in the picture, where they stand, which are pinned.
const MOST_SHOWN = 400;
const ROOM = 54; // between the centres of neighbours that are brought in, at scale 1

/** Where the entities of the picture stand, in the order they came. */
const shown = new Map();
/** Entities that stay through filters, collapsing, hiding the rest and choosing anew. */
const pinned = new Set();
const overviewNodes = blockJson("drawn-nodes");

function isVisible(place) {
  return shown.has(place) && (passes.entities[place] === 1 || pinned.has(place));
}

function visiblePlaces() {
  return [...shown.keys()].filter(isVisible);
}

function visiblePairs() {
  const visible = new Map();
  for (const place of shown.keys()) {
    if (!isVisible(place)) continue;
    for (const [other, pair] of neighbours[place]) {
      if (isVisible(other) && pairPasses(pair)) visible.set(pair.id, pair);
    }
  }
  return [...visible.values()];
}

/** Entities next to one, over lines that pass the filters. */
function openNeighbours(place) {
  return rankedNeighbours(place).filter((other) => passes.entities[other] && pairPasses(neighbours[place].get(other)));
}

function isFree(point, room) {
  for (const other of shown.values()) {
    if (Math.hypot(other.x - point.x, other.y - point.y) < room) return false;
  }
  return true;
}

function middle(points) {
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), { x: 0, y: 0 });
  return points.length ? { x: sum.x / points.length, y: sum.y / points.length } : { x: 0, y: 0 };
}

/** The nearest free point to `anchor` on widening rings, beginning away from the rest of the picture. */
function freePoint(anchor, nearest) {
  const centre = middle([...shown.values()]);
  const away = Math.atan2(anchor.y - centre.y, anchor.x - centre.x) || 0;
  for (let distance = nearest; ; distance += ROOM / 2) {
    const steps = Math.max(8, Math.round((2 * Math.PI * distance) / ROOM));
    for (let step = 0; step < steps; step += 1) {
      const turn = (step % 2 ? -1 : 1) * Math.ceil(step / 2) * ((2 * Math.PI) / steps);
      const point = {
        x: Math.round(anchor.x + distance * Math.cos(away + turn)),
        y: Math.round(anchor.y + distance * Math.sin(away + turn)),
      };
      if (isFree(point, ROOM)) return point;
    }
  }
}

/** Put an entity into the picture near those it is joined to; false if the picture is full. */
function bringIn(place) {
  if (shown.has(place)) return true;
  if (shown.size >= MOST_SHOWN) return false;
  const joined = [...neighbours[place].keys()].filter((other) => shown.has(other));
  const anchor = middle(joined.map((other) => shown.get(other)));
  shown.set(place, freePoint(anchor, joined.length === 0 && shown.size === 0 ? 0 : ROOM));
  return true;
}

/** Bring in up to `most` neighbours around an entity; the number that the picture had no room for. */
function bringNeighbours(place, most) {
  const coming = openNeighbours(place).filter((other) => !shown.has(other)).slice(0, most);
  const anchor = shown.get(place);
  let left = 0;
  for (const other of coming) {
    if (shown.size >= MOST_SHOWN) left += 1;
    else shown.set(other, freePoint(anchor, 1.6 * ROOM));
  }
  return left;
}

function hiddenNeighbours(place) {
  return openNeighbours(place).filter((other) => !isVisible(other)).length;
}

/** Take out the neighbours that hang on this entity alone; how many they were. */
function takeLeaves(place) {
  const leaves = [...neighbours[place].keys()].filter(
    (other) => shown.has(other) && !pinned.has(other) && [...neighbours[other].keys()].every((far) => far === place || !shown.has(far)),
  );
  for (const leaf of leaves) shown.delete(leaf);
  return leaves.length;
}

/** Leave only these entities and the pinned ones. */
function keepOnly(places) {
  const kept = new Set([...places, ...pinned]);
  for (const place of [...shown.keys()]) if (!kept.has(place)) shown.delete(place);
}

/** Show what the page opened on. */
function showOverview() {
  const kept = new Map([...pinned].filter((place) => shown.has(place)).map((place) => [place, shown.get(place)]));
  shown.clear();
  for (const node of overviewNodes) shown.set(node.id, { x: node.x, y: node.y });
  for (const [place, point] of kept) if (!shown.has(place)) shown.set(place, point);
}

/** The weight of the lines of each entity that pass the filters. */
function passingWeights() {
  const weight = new Map();
  for (const pair of pairs.values()) {
    if (pair.a === pair.b || !passes.entities[pair.a] || !passes.entities[pair.b] || !pairPasses(pair)) continue;
    add(weight, pair.a, pair.weight);
    add(weight, pair.b, pair.weight);
  }
  return weight;
}

/**
 * The best connected entities that pass the filters, at most `wanted`, so that they hang together: each is
 * joined to one before it where that can be, and one with more ties to those before it comes first.
 */
function bestConnected(wanted) {
  const weight = passingWeights();
  const seeds = [...weight.keys()].sort((a, b) => weight.get(b) - weight.get(a) || a - b);
  const taken = new Set();
  const ties = new Map();
  const score = (place) => weight.get(place) * ties.get(place) ** 2;
  while (taken.size < Math.min(wanted, seeds.length)) {
    let next = null;
    for (const place of ties.keys()) {
      if (next === null || score(place) > score(next) || (score(place) === score(next) && place < next)) next = place;
    }
    if (next === null) next = seeds.find((place) => !taken.has(place));
    taken.add(next);
    ties.delete(next);
    for (const [other, pair] of neighbours[next]) {
      if (weight.has(other) && !taken.has(other) && pairPasses(pair)) add(ties, other);
    }
  }
  return [...taken];
}

/** Make the picture anew of what passes the filters, as large as the page opened on, at least 60. */
function chooseAnew() {
  const wanted = Math.min(MOST_SHOWN, Math.max(60, overviewNodes.length));
  const some = bestConnected(wanted);
  for (let place = 0; some.length < Math.min(20, wanted) && place < entities.length; place += 1) {
    if (passes.entities[place] && !some.includes(place)) some.push(place);
  }
  shown.clear();
  for (const place of [...pinned, ...some]) if (shown.size < MOST_SHOWN) shown.set(place, { x: 0, y: 0 });
  arrange();
}
