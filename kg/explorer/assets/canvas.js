// The canvas: vis-network draws nodes and lines where we put them; labels are drawn by us.
const ALWAYS_NAMED = 12; // the most important entities bear their names however crowded it is
const NAMED_LINES = 12; // a chosen entity with more lines than this has too many to name each

/** What is chosen: {place}, {pair}, {path: places} or nothing. */
let chosen = {};
let hovered = null;

const nodeSet = new vis.DataSet(overviewNodes);
const edgeSet = new vis.DataSet(blockJson("drawn-edges"));
const stage = byId("canvas");
const network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, blockJson("drawn-options"));

/** Entities that the choice is about: they stay bright, the others step back. */
function litPlaces() {
  if (chosen.path) return new Set(chosen.path);
  if (chosen.place !== undefined) {
    const around = [...neighbours[chosen.place]].filter(([other, pair]) => isVisible(other) && pairPasses(pair));
    return new Set([chosen.place, ...around.map(([other]) => other)]);
  }
  if (chosen.pair) return new Set([chosen.pair.a, chosen.pair.b]);
  return null;
}

function isLitPair(pair) {
  if (chosen.path) return pairsAlong(chosen.path).includes(pair);
  if (chosen.place !== undefined) return pair.a === chosen.place || pair.b === chosen.place;
  return chosen.pair === pair;
}

function nodeDrawing(place, lit) {
  const colour = colourOf(place);
  const edge = pinned.has(place) ? colours.ink : colours.paper;
  const strong = { background: colour, border: colours.ink };
  return {
    id: place,
    label: entities[place].short,
    group: entities[place].type,
    size: radiusOf(place),
    ...shown.get(place),
    color: { background: colour, border: edge, highlight: strong, hover: strong },
    opacity: !lit || lit.has(place) ? 1 : 0.22,
    borderWidth: place === chosen.place || pinned.has(place) ? 2.5 : 1,
  };
}

function arrowsOf(pair) {
  const passing = pair.edges.filter((edge) => passes.edges[edge.row] && !edge.mutual);
  const arrow = (enabled) => ({ enabled, scaleFactor: 0.45 });
  return {
    to: arrow(passing.some((edge) => edge.target === pair.b)),
    from: arrow(passing.some((edge) => edge.target === pair.a)),
  };
}

function edgeDrawing(pair, anyChoice) {
  const lit = isLitPair(pair);
  return {
    id: pair.id,
    from: pair.a,
    to: pair.b,
    arrows: arrowsOf(pair),
    width: Math.min(6, 1.2 + 0.5 * Math.sqrt(pair.weight)) * (lit ? 1.3 : 1),
    color: {
      color: lit ? colours.strong : colours.line,
      highlight: colours.strong,
      hover: colours.strong,
      opacity: lit ? 0.95 : anyChoice ? 0.18 : 0.75,
    },
  };
}

/** Make a set of vis-network hold just these drawings, touching only what changed. */
function brought(set, drawings, before) {
  const kept = new Map(drawings.map((drawing) => [drawing.id, JSON.stringify(drawing)]));
  const gone = set.getIds().filter((id) => !kept.has(id));
  if (gone.length) set.remove(gone);
  const changed = drawings.filter((drawing) => before.get(drawing.id) !== kept.get(drawing.id));
  if (changed.length) set.update(changed);
  return kept;
}

let drawnBefore = { nodes: new Map(), edges: new Map() };

/** Bring the canvas in line with what is shown, filtered and chosen. */
function draw() {
  if (looks.size === "betweenness") {
    measureBetweenness(visiblePlaces(), (place) =>
      [...neighbours[place]].filter(([other, pair]) => isVisible(other) && pairPasses(pair)).map(([other]) => other),
    );
  }
  const lit = litPlaces();
  drawnBefore = {
    nodes: brought(nodeSet, visiblePlaces().map((place) => nodeDrawing(place, lit)), drawnBefore.nodes),
    edges: brought(edgeSet, visiblePairs().map((pair) => edgeDrawing(pair, lit !== null)), drawnBefore.edges),
  };
  layLabels();
}

// ---- labels -----------------------------------------------------------------------------------

let labels = [];
let labelsAt = null; // the scale the labels were laid for

function layLabels() {
  labelsAt = null;
  network.redraw();
}

function labelledNodes(scale) {
  const lit = litPlaces();
  const importance = (place) =>
    (place === chosen.place ? 4e9 : 0) + (place === hovered ? 2e9 : 0) + (lit && lit.has(place) ? 1e9 : 0) + connection[place];
  const places = visiblePlaces();
  places.sort((a, b) => importance(b) - importance(a) || a - b);
  return places.map((place, order) => ({
    place,
    text: entities[place].short,
    x: shown.get(place).x * scale,
    y: shown.get(place).y * scale,
    radius: radiusOf(place) * scale,
    must: order < ALWAYS_NAMED || place === chosen.place || place === hovered || (chosen.place === undefined && lit !== null && lit.has(place)),
  }));
}

function labelledLines(scale) {
  const lit = visiblePairs().filter(isLitPair);
  if (lit.length > NAMED_LINES) return [];
  return lit.map((pair) => {
    const [a, b] = [shown.get(pair.a), shown.get(pair.b)];
    const along = (share) => [(b.x - a.x) * share * scale, (b.y - a.y) * share * scale];
    const said = sayings(pair.edges.filter((edge) => passes.edges[edge.row]));
    const text = said.length > 2 ? `${said[0]} +${said.length - 1}` : said.join(" · ");
    return { pair, text, x: a.x * scale, y: a.y * scale, offsets: [0.5, 0.6, 0.4, 0.7, 0.3].map(along) };
  });
}

function placeLabels(context, scale) {
  if (labelsAt === scale) return;
  labels = placedLabels(context, labelledNodes(scale), labelledLines(scale));
  labelsAt = scale;
}

function labelColour(label, lit) {
  if (label.pair !== undefined) return colours.strong;
  return !lit || lit.has(label.place) ? colours.ink : colours.faint;
}

function drawLabels(context) {
  const scale = network.getScale();
  placeLabels(context, scale);
  const lit = litPlaces();
  context.save();
  context.scale(1 / scale, 1 / scale);
  prepareLabels(context);
  for (const label of labels) {
    const ofLine = label.pair !== undefined;
    const from = shown.get(ofLine ? label.pair.a : label.place);
    if (!from) continue;
    writeLabel(context, label, from.x * scale, from.y * scale, label.place === chosen.place && !ofLine, labelColour(label, lit));
  }
  context.restore();
}

network.on("afterDrawing", drawLabels);
