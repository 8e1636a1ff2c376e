// How entities look: coloured by type or community, as large as the chosen measure says.
const looks = { colour: "type", size: "neighbours" };
const MEASURES = ["neighbours", "weight", "articles", "betweenness", "same"];
const NO_GROUP = "#a5a5a5";
const colours = {};
let betweenness = new Map();

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ink", "paper", "sheet", "quiet", "faint", "rule", "line", "strong", "accent"]) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

function colourOf(place) {
  const entity = entities[place];
  if (looks.colour === "community") return graph.communities[entity.community] || NO_GROUP;
  return typeOf.get(entity.type).colour;
}

/** The value of the chosen measure; one that is 0 for all is drawn smallest. */
function measure(place) {
  if (looks.size === "weight") return connection[place];
  if (looks.size === "articles") return entities[place].articles || 0;
  if (looks.size === "betweenness") return betweenness.get(place) || 0;
  return neighbours[place].size;
}

const MOST_BETWEENNESS = 60; // what the highest in the picture is scaled to
const greatest = new Map();

/** The greatest value of the chosen measure. */
function greatestMeasure() {
  if (looks.size === "betweenness") return MOST_BETWEENNESS;
  if (!greatest.has(looks.size)) {
    greatest.set(looks.size, entities.reduce((most, _, place) => Math.max(most, measure(place)), 1));
  }
  return greatest.get(looks.size);
}

/**
 * The radius of an entity in pixels at scale 1. The area grows with the measure; where the greatest would
 * be too large for the picture, it grows more slowly, so that hubs still differ from each other.
 */
function radiusOf(place) {
  const [smallest, largest] = graph.radii;
  const enlarged = typeOf.get(entities[place].type).enlarged;
  if (looks.size === "same") return 1.4 * smallest * enlarged;
  const room = Math.log(largest / smallest) / Math.log(1 + greatestMeasure() / 3);
  return smallest * (1 + measure(place) / 3) ** Math.min(0.5, room) * enlarged;
}

/** Set the betweenness of the entities in a picture, so that the highest is drawn as large as a hub. */
function measureBetweenness(places, nextTo) {
  const found = new Map(places.map((place) => [place, 0]));
  for (const source of places) {
    const order = [];
    const before = new Map([[source, []]]);
    const ways = new Map([[source, 1]]);
    const steps = new Map([[source, 0]]);
    const waiting = [source];
    for (let at = 0; at < waiting.length; at += 1) {
      const place = waiting[at];
      order.push(place);
      for (const other of nextTo(place)) {
        if (!steps.has(other)) {
          steps.set(other, steps.get(place) + 1);
          before.set(other, []);
          ways.set(other, 0);
          waiting.push(other);
        }
        if (steps.get(other) === steps.get(place) + 1) {
          ways.set(other, ways.get(other) + ways.get(place));
          before.get(other).push(place);
        }
      }
    }
    const share = new Map();
    for (const place of order.reverse()) {
      for (const earlier of before.get(place)) {
        const part = (ways.get(earlier) / ways.get(place)) * (1 + (share.get(place) || 0));
        share.set(earlier, (share.get(earlier) || 0) + part);
      }
      if (place !== source) found.set(place, found.get(place) + (share.get(place) || 0));
    }
  }
  const most = Math.max(1e-9, ...found.values());
  betweenness = new Map([...found].map(([place, value]) => [place, (MOST_BETWEENNESS * value) / most]));
}
