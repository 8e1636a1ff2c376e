// The view of the working set: what part of it is in sight, and how large.
const MARGIN_X = 90; // room at the edges for the labels of the outermost entities
const MARGIN_Y = 46;
const DUST = 0.25; // below this scale an overview is dust: a telephone begins with a part of it
const PART_SCALE = 0.4;

/** The middle of what is visible, and the scale at which all of it can be seen with its labels. */
function wholeView(places = visiblePlaces()) {
  const points = places.map((place) => shown.get(place));
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

function moveTo(view) {
  network.moveTo({ ...view, animation: false });
}

function fitAll() {
  moveTo(wholeView());
}

/** Show all that is visible, or its best connected part where all of it would be too small to read. */
function fitOverview() {
  const whole = wholeView();
  const first = visiblePlaces()[0];
  if (whole.scale >= DUST || first === undefined) moveTo(whole);
  else moveTo({ position: shown.get(first), scale: PART_SCALE });
}

function centre(place) {
  const scale = Math.min(1.6, Math.max(0.9, network.getScale()));
  moveTo({ position: shown.get(place), scale });
}

function zoom(by) {
  moveTo({ position: network.getViewPosition(), scale: Math.min(5, Math.max(0.05, network.getScale() * by)) });
}

/** Move the view by pixels of the screen. */
function pan(dx, dy) {
  const scale = network.getScale();
  const at = network.getViewPosition();
  moveTo({ position: { x: at.x + dx / scale, y: at.y + dy / scale }, scale });
}
