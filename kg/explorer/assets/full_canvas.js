// The second canvas: all entities that are joined to another, drawn with WebGL where WebGL is to be had.
const NAMED_IN_ALL = 70;
const NEAR = 12; // pixels within which a point is meant
const all = {
  box: byId("all"),
  canvas: byId("all-points"),
  names: byId("all-names"),
  drawing: null,
  view: { x: 0, y: 0, scale: 0.1, density: 1 },
  open: false,
  labels: [],
  hovered: null,
  waiting: false,
  stale: true, // whether the names have to be placed anew
  rest: null,
  moving: false,
  slow: false, // whether drawing takes too long to be done at every step of a movement
  lastStep: 0,
  drawnView: null,
};
const REST_MILLISECONDS = 140;
const SLOW_MILLISECONDS = 45;

function isInAll(place) {
  return entities[place].drawn && passes.entities[place] === 1;
}

/** Make the drawing when it is first asked for; false where the browser cannot. */
function startAll() {
  if (!all.drawing) {
    all.drawing = fullDrawing(all.canvas);
    if (all.drawing) listenToAll();
  }
  return all.drawing !== null;
}

function sizeAll() {
  all.view.density = window.devicePixelRatio || 1;
  for (const canvas of [all.canvas, all.names]) {
    canvas.width = Math.round(all.box.clientWidth * all.view.density);
    canvas.height = Math.round(all.box.clientHeight * all.view.density);
  }
}

function pointOf(place) {
  const entity = entities[place];
  return { at: [entity.x, entity.y], colour: colourOf(place), radius: radiusOf(place), shape: typeOf.get(entity.type).shape };
}

function lineOf(pair) {
  return [[entities[pair.a].x, entities[pair.a].y], [entities[pair.b].x, entities[pair.b].y]];
}

/** Give the drawing what passes the filters, and what is chosen once more on its own. */
function fillAll() {
  all.drawnView = null;
  const visible = drawable.filter(isInAll).sort((a, b) => neighbours[a].size - neighbours[b].size || a - b);
  const lines = [...pairs.values()].filter((pair) => pair.a !== pair.b && isInAll(pair.a) && isInAll(pair.b) && pairPasses(pair));
  all.visible = visible;
  all.drawing.take("all", visible.map(pointOf), lines.map(lineOf));
  const lit = litInAll();
  all.lit = lit;
  const litLines = lit ? lines.filter((pair) => lit.has(pair.a) && lit.has(pair.b) && isLitPair(pair)) : [];
  all.drawing.take("lit", lit ? visible.filter((place) => lit.has(place)).map(pointOf) : [], litLines.map(lineOf));
}

function litInAll() {
  if (chosen.path) return new Set(chosen.path);
  if (chosen.pair) return new Set([chosen.pair.a, chosen.pair.b]);
  if (chosen.place === undefined) return null;
  return new Set([chosen.place, ...openNeighbours(chosen.place)]);
}

/** Move the picture as a whole, as it was last drawn; false where too little of it would be in sight. */
function shiftAll() {
  const { view, drawnView } = all;
  const grown = view.scale / drawnView.scale;
  const [dx, dy] = [(drawnView.x - view.x) * view.scale, (drawnView.y - view.y) * view.scale];
  if (Math.abs(dx) > all.box.clientWidth / 3 || Math.abs(dy) > all.box.clientHeight / 3 || grown > 1.6 || grown < 0.7) return false;
  const transform = `translate(${dx}px, ${dy}px) scale(${grown})`;
  all.canvas.style.transform = transform;
  all.names.style.transform = transform;
  return true;
}

/** Whether the last steps of a movement came too slowly. */
function noteStep() {
  const now = performance.now();
  if (all.moving && now - all.lastStep > SLOW_MILLISECONDS && now - all.lastStep < 1000) all.slow = true;
  all.lastStep = all.moving ? now : 0;
}

function paintAll() {
  all.waiting = false;
  if (!all.open) return;
  noteStep();
  if (all.moving && all.slow && all.drawnView && shiftAll()) return;
  all.canvas.style.transform = "";
  all.names.style.transform = "";
  all.drawnView = { ...all.view };
  const { drawing, view, lit } = all;
  drawing.clear();
  drawing.drawLines("all", view, colours.line, lit ? 0.06 : Math.min(0.5, 0.12 + view.scale * 0.5));
  drawing.drawPoints("all", view, lit ? 0.18 : 0.95);
  if (lit) {
    drawing.drawLines("lit", view, colours.strong, 0.8);
    drawing.drawPoints("lit", view, 1);
  }
  nameAll();
}

/** Paint at the next frame; names are placed anew, while the view moves only once it rests. */
function repaintAll(moving = false) {
  clearTimeout(all.rest);
  if (moving) all.rest = setTimeout(repaintAll, REST_MILLISECONDS);
  else all.stale = true;
  all.moving = moving;
  if (all.waiting) return;
  all.waiting = true;
  requestAnimationFrame(paintAll);
}

/** Where an entity stands on the screen. */
function seenAt(place) {
  const { x, y, scale } = all.view;
  return {
    x: (entities[place].x - x) * scale + all.box.clientWidth / 2,
    y: (entities[place].y - y) * scale + all.box.clientHeight / 2,
  };
}

/** The entities in sight that bear their names: the chosen, its neighbours, then the best connected. */
function namedInAll() {
  const inSight = all.visible.filter((place) => {
    const at = seenAt(place);
    return at.x > -20 && at.y > -20 && at.x < all.box.clientWidth + 20 && at.y < all.box.clientHeight + 20;
  });
  const rank = (place) => (place === chosen.place ? 4e9 : 0) + (place === all.hovered ? 2e9 : 0) + (all.lit && all.lit.has(place) ? 1e9 : 0) + neighbours[place].size;
  inSight.sort((a, b) => rank(b) - rank(a) || a - b);
  return inSight.slice(0, NAMED_IN_ALL).map((place) => ({
    place,
    text: entities[place].short,
    ...seenAt(place),
    radius: Math.max(SMALLEST_POINT / 2, radiusOf(place) * pointScale(all.view.scale)),
    must: place === chosen.place || place === all.hovered,
  }));
}

function nameAll() {
  const context = all.names.getContext("2d");
  context.setTransform(all.view.density, 0, 0, all.view.density, 0, 0);
  context.clearRect(0, 0, all.box.clientWidth, all.box.clientHeight);
  if (all.stale) all.labels = placedLabels(context, namedInAll(), []);
  all.stale = false;
  prepareLabels(context);
  for (const label of all.labels) {
    const at = seenAt(label.place);
    const dim = all.lit && !all.lit.has(label.place);
    writeLabel(context, label, at.x, at.y, label.place === chosen.place, dim ? colours.faint : colours.ink);
  }
}

/** Show all that passes the filters; stragglers at the rim may fall outside. */
function fitInAll() {
  const places = drawable.filter(isInAll);
  if (!places.length) return;
  const [xs, ys] = ["x", "y"].map((axis) => places.map((place) => entities[place][axis]).sort((a, b) => a - b));
  const cut = Math.floor(places.length * 0.01);
  const [left, right, top, bottom] = [xs[cut], xs.at(-1 - cut), ys[cut], ys.at(-1 - cut)];
  all.view.x = (left + right) / 2;
  all.view.y = (top + bottom) / 2;
  const scale = Math.min((all.box.clientWidth - 60) / Math.max(60, right - left), (all.box.clientHeight - 60) / Math.max(60, bottom - top));
  all.view.scale = Math.min(1.5, scale);
}

function centreInAll(place) {
  if (!entities[place].drawn) return;
  Object.assign(all.view, { x: entities[place].x, y: entities[place].y, scale: Math.max(all.view.scale, 0.5) });
}

function zoomInAll(by, x = all.box.clientWidth / 2, y = all.box.clientHeight / 2) {
  const { view } = all;
  const [dx, dy] = [x - all.box.clientWidth / 2, y - all.box.clientHeight / 2];
  const before = view.scale;
  view.scale = Math.min(6, Math.max(0.01, before * by));
  view.x += dx / before - dx / view.scale;
  view.y += dy / before - dy / view.scale;
  repaintAll(true);
}

function panInAll(dx, dy) {
  all.view.x += dx / all.view.scale;
  all.view.y += dy / all.view.scale;
  repaintAll(true);
}

/** The entity nearest to a place on the screen, if one is near. */
function nearestInAll(x, y) {
  let best = null;
  let least = NEAR;
  for (const place of all.visible) {
    const at = seenAt(place);
    const distance = Math.hypot(at.x - x, at.y - y);
    if (distance <= least) [best, least] = [place, distance];
  }
  return best;
}
