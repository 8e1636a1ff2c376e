// What the reader does to the picture: every act can be undone and is written into the address.
const FIRST_NEIGHBOURS = 12; // that come in with an entity found by search
const MORE_NEIGHBOURS = 24; // that come in when an entity is expanded
const MOST_UNDONE = 100;
const notice = byId("notice");
/** What the stage shows: the working set, all of the view, or the diffusion of a practice. */
const mode = { name: "set" };
const undoable = [];
let pathStart = null;

function tell(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

/** The entities that the stage shows. */
function placesInSight() {
  if (mode.name === "all") return drawable.filter(isInAll);
  if (mode.name === "diffusion") return [diffusion.place, ...adoptersOf(diffusion.place).map((adopter) => adopter.place)];
  return visiblePlaces();
}

function showStatus() {
  const inSight = placesInSight().length;
  const says = word(filtersAnything() ? "statusFiltered" : "status", {
    shown: inSight, all: entities.length, passing: filtersAnything() ? passingEntities() : 0,
  });
  byId("status").textContent = says + (mode.name === "all" ? word("notDrawn") : "");
}

/** Bring everything on the page in line with the state. */
function refresh() {
  sift();
  if (chosen.place !== undefined && mode.name === "set" && !isVisible(chosen.place) && shown.has(chosen.place)) chosen = {};
  if (chosen.pair && !pairPasses(chosen.pair)) chosen = {};
  network.unselectAll();
  draw();
  if (chosen.place !== undefined && isVisible(chosen.place)) network.selectNodes([chosen.place], false);
  if (mode.name === "all") {
    fillAll();
    repaintAll();
  }
  if (mode.name === "diffusion") showDiffusion();
  showLegend();
  showStatus();
  showPanel();
  showFilters();
  byId("undo").disabled = undoable.length === 0;
}

function rememberForUndo() {
  undoable.push(addressText());
  if (undoable.length > MOST_UNDONE) undoable.shift();
}

/** Do what the reader asks, remember what was before if the picture changed, and write the address. */
function act(change) {
  tell("");
  const before = pictureText();
  const whole = addressText();
  change();
  refresh();
  if (pictureText() !== before) {
    undoable.push(whole);
    if (undoable.length > MOST_UNDONE) undoable.shift();
    byId("undo").disabled = false;
  }
  writeAddress();
}

function undo() {
  const before = undoable.pop();
  if (before === undefined) return;
  if (playing) stopPlaying();
  tell("");
  const kept = { language, drawer: drawer.hidden, theme: document.documentElement.dataset.theme };
  takeAddress(before);
  ({ language } = kept);
  drawer.hidden = kept.drawer;
  if (kept.theme) document.documentElement.dataset.theme = kept.theme;
  refresh();
  writeAddress();
}

/** Choose an entity, a pair, a path or nothing; if a path waits for its end, the entity is that end. */
function choose(choice) {
  if (pathStart !== null && choice.place !== undefined) {
    const start = pathStart;
    pathStart = null;
    if (choice.place !== start) return showPath(start, choice.place);
  }
  if (choice.place === undefined) pathStart = null;
  chosen = choice;
  panel.scrollTop = 0;
}

/** Open what the filters close, if the reader asks for an entity that they hide. */
function letThrough(place) {
  if (passes.entities[place]) return;
  if (filters.types.delete(entities[place].type)) tell(word("filtered", { n: named(typeOf.get(entities[place].type)) }));
  sift();
  if (passes.entities[place]) return;
  pinned.add(place);
  tell(word("pinnedThrough", { n: entities[place].label }));
}

/** Bring an entity and its nearest neighbours into the picture, choose it and move to it. */
function goTo(place) {
  if (pathStart !== null && pathStart !== place) {
    choose({ place });
    return;
  }
  if (mode.name === "all" && entities[place].drawn && passes.entities[place]) {
    choose({ place });
    centreInAll(place);
    return;
  }
  takeIntoPicture(place);
}

function takeIntoPicture(place) {
  setMode("set");
  if (!shown.has(place)) {
    if (!bringIn(place)) {
      tell(word("full", { n: MOST_SHOWN, left: 1 }));
      return;
    }
    letThrough(place);
    const left = bringNeighbours(place, FIRST_NEIGHBOURS);
    if (left) tell(word("full", { n: MOST_SHOWN, left }));
  } else letThrough(place);
  choose({ place });
  centre(place);
}

function expand(place) {
  if (!shown.has(place)) return takeIntoPicture(place);
  setMode("set");
  const before = shown.size;
  const left = bringNeighbours(place, MORE_NEIGHBOURS);
  if (left) tell(word("full", { n: MOST_SHOWN, left }));
  else if (shown.size === before) tell(word("nothingNew"));
  chosen = { place };
}

function collapse(place) {
  const taken = takeLeaves(place);
  tell(word(taken ? "collapsed" : "nothingToCollapse", { n: taken }));
}

function hide(place) {
  shown.delete(place);
  pinned.delete(place);
  if (hovered === place) hovered = null;
  chosen = {};
}

function pin(place) {
  if (pinned.delete(place)) return;
  if (!shown.has(place)) bringIn(place);
  pinned.add(place);
}

/** Leave only the entity and its neighbours in the picture. */
function keepNear(place) {
  if (!shown.has(place)) bringIn(place);
  keepOnly([place, ...neighbours[place].keys()]);
  setMode("set");
  fitAll();
}

function askForEnd(place) {
  pathStart = place;
  tell(word("pathAsk", { n: entities[place].label }));
}

function showPath(start, end) {
  const path = pathBetween(start, end);
  if (!path) {
    tell(word("noPath", { a: entities[start].label, b: entities[end].label }));
    return;
  }
  setMode("set");
  if (path.filter((place) => !shown.has(place)).length + shown.size > MOST_SHOWN) keepOnly([]);
  for (const place of path) bringIn(place);
  for (const place of path) if (!passes.entities[place]) pinned.add(place);
  chosen = { path };
  moveTo(wholeView(path));
}

/** Fill the picture with the best connected of what passes the filters. */
function pickAnew() {
  chooseAnew();
  chosen = {};
  setMode("set");
  fitAll();
}

function rearrange() {
  arrange();
  fitAll();
}

function reset() {
  pathStart = null;
  clearFilters();
  sift();
  pinned.clear();
  showOverview();
  chosen = {};
  setMode("set");
  fitOverview();
}

// ---- what the stage shows --------------------------------------------------------------------

function setMode(name) {
  if (name === "all" && !startAll()) {
    tell(word("noWebgl"));
    name = "set";
  }
  mode.name = name;
  all.open = name === "all";
  stage.hidden = name !== "set";
  all.box.hidden = name !== "all";
  diffusion.box.hidden = name !== "diffusion";
  byId("all-button").setAttribute("aria-pressed", String(name === "all"));
  if (name === "all") sizeAll();
}

function openAll() {
  const first = all.drawing === null;
  setMode(mode.name === "all" ? "set" : "all");
  if (mode.name === "all" && first) fitInAll();
}

function openDiffusion(place) {
  diffusion.place = place;
  setMode("diffusion");
}

function fit() {
  if (mode.name === "all") {
    fitInAll();
    repaintAll();
  } else fitAll();
  noteView();
}

network.on("click", (event) => act(() => {
  if (event.nodes.length) choose({ place: event.nodes[0] });
  else if (event.edges.length) choose({ pair: pairs.get(event.edges[0]) });
  else choose({});
}));
network.on("doubleClick", (event) => {
  if (event.nodes.length) act(() => expand(event.nodes[0]));
});
network.on("dragEnd", (event) => {
  if (event.nodes.length) {
    const before = addressText();
    for (const place of event.nodes) shown.set(place, network.getPosition(place));
    undoable.push(before);
    layLabels();
    byId("undo").disabled = false;
  }
  noteView();
});
network.on("zoom", noteView);
network.on("hoverNode", (event) => {
  hovered = event.node;
  layLabels();
});
network.on("blurNode", () => {
  hovered = null;
  layLabels();
});
