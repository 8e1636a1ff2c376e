// Paths: the shortest way between two entities over lines that pass the filters.

/** The entities on a shortest way, of equally short ones the most strongly joined; null if there is none. */
function pathBetween(start, end) {
  const before = new Map([[start, null]]);
  let edgeOfSearch = [start];
  while (edgeOfSearch.length && !before.has(end)) {
    const reached = new Map();
    for (const place of edgeOfSearch) {
      for (const [other, pair] of neighbours[place]) {
        if (before.has(other) || !pairPasses(pair)) continue;
        if (!passes.entities[other] && !pinned.has(other) && other !== end) continue;
        const best = reached.get(other);
        if (!best || pair.weight > best.weight) reached.set(other, { place, weight: pair.weight });
      }
    }
    for (const [other, { place }] of reached) before.set(other, place);
    edgeOfSearch = [...reached.keys()].sort((a, b) => connection[b] - connection[a] || a - b);
  }
  if (!before.has(end)) return null;
  const path = [];
  for (let place = end; place !== null; place = before.get(place)) path.unshift(place);
  return path;
}

/** The pairs along a path. */
function pairsAlong(path) {
  return path.slice(1).map((place, step) => neighbours[place].get(path[step]));
}
