// The canvas: vis-network draws nodes and lines where we put them; labels are drawn by us.
const MOST_SHOWN = 400;
const ROOM = 54; // between the centres of neighbours that are brought in, at scale 1
const ALWAYS_NAMED = 12; // the most important entities bear their names however crowded it is
const NAMED_LINES = 12; // a chosen entity with more lines than this has too many to name each

/** Where the entities on the canvas stand, in the order they came. */
const shown = new Map();
const closedTypes = new Set();
/** What is chosen: {place} or {pair} or nothing. */
let chosen = {};
let hovered = null;

const drawnNodes = blockJson("drawn-nodes");
const nodeSet = new vis.DataSet(drawnNodes);
const edgeSet = new vis.DataSet(blockJson("drawn-edges"));
const stage = document.getElementById("canvas");
const network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, blockJson("drawn-options"));

const colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ink", "paper", "faint", "line", "strong"]) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
  const groups = {};
  for (const type of graph.types) {
    const colour = { background: type.colour, border: colours.paper };
    const lit = { background: type.colour, border: colours.ink };
    groups[type.name] = { shape: type.shape, color: { ...colour, highlight: lit, hover: lit } };
  }
  network.setOptions({ groups });
}

function isVisible(place) {
  return shown.has(place) && !closedTypes.has(entities[place].type);
}

/** Entities that the choice is about: they stay bright, the others step back. */
function litPlaces() {
  if (chosen.place !== undefined) {
    return new Set([chosen.place, ...[...neighbours[chosen.place].keys()].filter(isVisible)]);
  }
  if (chosen.pair) return new Set([chosen.pair.a, chosen.pair.b]);
  return null;
}

function isLitPair(pair) {
  if (chosen.place !== undefined) return pair.a === chosen.place || pair.b === chosen.place;
  return chosen.pair === pair;
}

function nodeDrawing(place, lit) {
  const entity = entities[place];
  return {
    id: place,
    label: entity.short,
    group: entity.type,
    size: entity.size,
    ...shown.get(place),
    opacity: !lit || lit.has(place) ? 1 : 0.22,
    borderWidth: place === chosen.place ? 2 : 1,
  };
}

function arrowsOf(pair) {
  const to = pair.edges.some((edge) => !edge.mutual && edge.target === pair.b);
  const from = pair.edges.some((edge) => !edge.mutual && edge.target === pair.a);
  const arrow = (enabled) => ({ enabled, scaleFactor: 0.45 });
  return { to: arrow(to), from: arrow(from) };
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

function visiblePairs() {
  const visible = new Map();
  for (const place of shown.keys()) {
    if (!isVisible(place)) continue;
    for (const [other, pair] of neighbours[place]) if (isVisible(other)) visible.set(pair.id, pair);
  }
  return [...visible.values()];
}

function brought(set, drawings) {
  const kept = new Set(drawings.map((drawing) => drawing.id));
  const gone = set.getIds().filter((id) => !kept.has(id));
  if (gone.length) set.remove(gone);
  set.update(drawings);
}

/** Bring the canvas in line with what is shown, filtered and chosen. */
function draw() {
  const lit = litPlaces();
  brought(nodeSet, [...shown.keys()].filter(isVisible).map((place) => nodeDrawing(place, lit)));
  brought(edgeSet, visiblePairs().map((pair) => edgeDrawing(pair, lit !== null)));
  layLabels();
}

// ---- places for entities that come in -------------------------------------------------------

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
        x: anchor.x + distance * Math.cos(away + turn),
        y: anchor.y + distance * Math.sin(away + turn),
      };
      if (isFree(point, ROOM)) return point;
    }
  }
}

/** Put an entity on the canvas near those it is joined to; false if the canvas is full. */
function bringIn(place) {
  if (shown.has(place)) return true;
  if (shown.size >= MOST_SHOWN) return false;
  const joined = [...neighbours[place].keys()].filter((other) => shown.has(other));
  const anchor = middle(joined.map((other) => shown.get(other)));
  shown.set(place, freePoint(anchor, joined.length === 0 && shown.size === 0 ? 0 : ROOM));
  return true;
}

/** Bring in up to `most` neighbours around an entity; the number that the canvas had no room for. */
function bringNeighbours(place, most) {
  const coming = rankedNeighbours(place).filter((other) => !shown.has(other)).slice(0, most);
  const anchor = shown.get(place);
  let left = 0;
  for (const other of coming) {
    if (shown.size >= MOST_SHOWN) left += 1;
    else shown.set(other, freePoint(anchor, 1.6 * ROOM));
  }
  return left;
}

function hiddenNeighbours(place) {
  let count = 0;
  for (const other of neighbours[place].keys()) if (!isVisible(other)) count += 1;
  return count;
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
  const places = [...shown.keys()].filter(isVisible);
  places.sort((a, b) => importance(b) - importance(a) || a - b);
  return places.map((place, order) => ({
    place,
    text: entities[place].short,
    x: shown.get(place).x * scale,
    y: shown.get(place).y * scale,
    radius: entities[place].size * scale,
    must:
      order < ALWAYS_NAMED || place === chosen.place || place === hovered || (chosen.pair !== undefined && lit.has(place)),
  }));
}

function labelledLines(scale) {
  const lit = visiblePairs().filter(isLitPair);
  if (lit.length > NAMED_LINES) return [];
  return lit.map((pair) => {
    const [a, b] = [shown.get(pair.a), shown.get(pair.b)];
    const along = (share) => [(b.x - a.x) * share * scale, (b.y - a.y) * share * scale];
    const names = relationNames(pair);
    const text = names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(" · ");
    return { pair, text, x: a.x * scale, y: a.y * scale, offsets: [0.5, 0.6, 0.4, 0.7, 0.3].map(along) };
  });
}

function drawLabel(context, label, from, scale) {
  const x = from.x * scale + label.dx;
  const top = from.y * scale + label.dy - ((label.lines.length - 1) * LINE_PIXELS) / 2;
  label.lines.forEach((line, row) => {
    context.strokeText(line, x, top + row * LINE_PIXELS);
    context.fillText(line, x, top + row * LINE_PIXELS);
  });
}

function drawLabels(context) {
  const scale = network.getScale();
  if (labelsAt !== scale) {
    labels = placedLabels(context, labelledNodes(scale), labelledLines(scale));
    labelsAt = scale;
  }
  const lit = litPlaces();
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.paper;
  for (const label of labels) {
    const ofLine = label.pair !== undefined;
    context.font = `${label.place === chosen.place && !ofLine ? "bold " : ""}${LABEL_PIXELS}px ${LABEL_FONT}`;
    context.fillStyle = ofLine ? colours.strong : !lit || lit.has(label.place) ? colours.ink : colours.faint;
    drawLabel(context, label, shown.get(ofLine ? label.pair.a : label.place), scale);
  }
  context.restore();
}

network.on("afterDrawing", drawLabels);
network.on("dragEnd", (event) => {
  for (const place of event.nodes) shown.set(place, network.getPosition(place));
  if (event.nodes.length) layLabels();
});
network.on("hoverNode", (event) => {
  hovered = event.node;
  layLabels();
});
network.on("blurNode", () => {
  hovered = null;
  layLabels();
});

// ---- the view ---------------------------------------------------------------------------------

const MARGIN_X = 90; // room at the edges for the labels of the outermost entities
const MARGIN_Y = 34;
const DUST = 0.25; // below this scale an overview is dust: a telephone begins with a part of it
const PART_SCALE = 0.4;

/** The middle of what is visible, and the scale at which all of it can be seen with its labels. */
function wholeView() {
  const points = [...shown.keys()].filter(isVisible).map((place) => shown.get(place));
  if (!points.length) return { position: { x: 0, y: 0 }, scale: 1 };
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(
    (stage.clientWidth - 2 * MARGIN_X) / Math.max(1, right - left),
    (stage.clientHeight - 2 * MARGIN_Y) / Math.max(1, bottom - top),
    1.4,
  );
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.05, scale) };
}

function fitAll() {
  network.moveTo({ ...wholeView(), animation: false });
}

/** Show all that is visible, or its best connected part where all of it would be too small to read. */
function fitOverview() {
  const whole = wholeView();
  if (whole.scale >= DUST || !graph.overview.length) {
    network.moveTo({ ...whole, animation: false });
    return;
  }
  network.moveTo({ position: shown.get(graph.overview[0]), scale: PART_SCALE, animation: false });
}
