// The keyboard: everything that the mouse does with the picture.
const PAN_STEP = 60;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The visible neighbour of an entity that lies most in a direction; null if none does. */
function neighbourTowards(place, [dx, dy]) {
  const from = shown.get(place);
  let best = null;
  let least = Infinity;
  for (const [other, pair] of neighbours[place]) {
    if (!isVisible(other) || !pairPasses(pair)) continue;
    const at = shown.get(other);
    const [x, y] = [at.x - from.x, at.y - from.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along > 0 && aside <= 1.5 * along && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
  }
  return best;
}

function arrowKey(direction) {
  if (mode.name === "all") {
    panInAll(PAN_STEP * direction[0], PAN_STEP * direction[1]);
    noteView();
    return;
  }
  if (chosen.place === undefined || !isVisible(chosen.place)) {
    pan(PAN_STEP * direction[0], PAN_STEP * direction[1]);
    noteView();
    return;
  }
  const next = neighbourTowards(chosen.place, direction);
  if (next !== null) act(() => choose({ place: next }));
}

const LETTERS = {
  e: () => expand(chosen.place),
  c: () => collapse(chosen.place),
  h: () => hide(chosen.place),
  p: () => pin(chosen.place),
  k: () => keepNear(chosen.place),
  d: () => practiceHasDiffusion(chosen.place) && openDiffusion(chosen.place),
};

function letterKey(key) {
  if (key === "u") undo();
  else if (key === "f") toggleDrawer();
  else if (key === "a") act(openAll);
  else if (key === "t" && chosen.place !== undefined) askForEnd(chosen.place);
  else if (key === "0") fit();
  else if (key === "+" || key === "=") zoomBy(1.25);
  else if (key === "-") zoomBy(0.8);
  else if (LETTERS[key] && chosen.place !== undefined) act(LETTERS[key]);
  else return false;
  return true;
}

function zoomBy(by) {
  if (mode.name === "all") zoomInAll(by);
  else zoom(by);
  noteView();
}

function escapeKey(typing) {
  if (searchBox.value || !results.hidden) {
    searchBox.value = "";
    closeResults();
  } else if (typing) document.activeElement.blur();
  else if (pathStart !== null) {
    pathStart = null;
    tell("");
  } else if (mode.name === "diffusion") act(() => setMode("set"));
  else act(() => choose({}));
}

function globalKey(event) {
  if (event.isComposing || event.altKey) return;
  const at = event.target instanceof Element ? event.target : document.body;
  const typing = at.matches("input, textarea, select");
  if (event.key === "Escape") escapeKey(typing);
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !at.matches("input[type=search], textarea")) {
    event.preventDefault();
    undo();
  } else if (event.ctrlKey || event.metaKey || typing) return;
  else if (event.key === "/") {
    event.preventDefault();
    searchBox.focus();
    searchBox.select();
  } else if (ARROWS[event.key] && !panel.contains(at) && !drawer.contains(at)) {
    event.preventDefault();
    arrowKey(ARROWS[event.key]);
  } else if (letterKey(event.key.toLowerCase())) event.preventDefault();
}

document.addEventListener("keydown", globalKey);
