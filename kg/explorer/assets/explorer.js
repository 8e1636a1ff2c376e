// What the reader does: choosing, expanding, hiding, filtering, searching; keys, language and theme.
const FIRST_NEIGHBOURS = 12; // that come in with an entity found by search
const MORE_NEIGHBOURS = 24; // that come in when an entity is expanded
const byId = (id) => document.getElementById(id);
const searchBox = byId("search");
const results = byId("results");
const notice = byId("notice");

function tell(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

function showStatus() {
  const visible = [...shown.keys()].filter(isVisible).length;
  byId("status").textContent = word("status", { shown: visible, all: entities.length });
}

function choose(choice) {
  chosen = choice;
  network.unselectAll();
  refresh();
  if (choice.place !== undefined) network.selectNodes([choice.place], false);
}

function refresh() {
  draw();
  showLegend();
  showStatus();
  showPanel();
}

function centre(place) {
  const scale = Math.min(1.6, Math.max(0.9, network.getScale()));
  network.moveTo({ position: shown.get(place), scale, animation: false });
}

/** Switch a type on again if the reader asks for an entity that its filter would hide. */
function open(place) {
  const type = entities[place].type;
  if (closedTypes.delete(type)) tell(word("filtered", { n: named(typeOf.get(type)) }));
}

/** Bring an entity and its nearest neighbours in, choose it and move to it. */
function goTo(place) {
  tell("");
  open(place);
  if (!shown.has(place)) {
    if (!bringIn(place)) {
      tell(word("full", { n: MOST_SHOWN, left: 1 }));
      return;
    }
    const left = bringNeighbours(place, FIRST_NEIGHBOURS);
    if (left) tell(word("full", { n: MOST_SHOWN, left }));
  }
  choose({ place });
  centre(place);
}

function expand(place) {
  tell("");
  for (const other of neighbours[place].keys()) if (shown.has(other)) open(other);
  const before = shown.size;
  const left = bringNeighbours(place, MORE_NEIGHBOURS);
  if (left) tell(word("full", { n: MOST_SHOWN, left }));
  else if (shown.size === before) tell(word("nothingNew"));
  choose({ place });
}

function hide(place) {
  shown.delete(place);
  if (hovered === place) hovered = null;
  choose({});
}

function reset() {
  tell("");
  shown.clear();
  closedTypes.clear();
  for (const node of drawnNodes) shown.set(node.id, { x: node.x, y: node.y });
  choose({});
  fitOverview();
}

// ---- legend ------------------------------------------------------------------------------------

function showLegend() {
  const counts = new Map(graph.types.map((type) => [type.name, { shown: 0, all: 0 }]));
  entities.forEach((entity, place) => {
    const count = counts.get(entity.type);
    count.all += 1;
    if (shown.has(place)) count.shown += 1;
  });
  const entries = graph.types
    .filter((type) => counts.get(type.name).all)
    .map((type) => {
      const count = counts.get(type.name);
      const state = { "data-type": type.name, "aria-pressed": String(!closedTypes.has(type.name)) };
      return pressable(
        [sign(type), made("span", {}, named(type)), made("span", { class: "count" }, `${count.shown}/${count.all}`)],
        state,
        () => toggleType(type.name),
      );
    });
  const legend = byId("legend");
  const focused = legend.contains(document.activeElement) ? document.activeElement.dataset.type : null;
  legend.setAttribute("aria-label", word("legend"));
  legend.title = word("legend");
  legend.replaceChildren(...entries);
  if (focused) legend.querySelector(`[data-type="${focused}"]`).focus();
}

function toggleType(name) {
  tell("");
  if (!closedTypes.delete(name)) closedTypes.add(name);
  const gone = chosen.place !== undefined && !isVisible(chosen.place);
  choose(gone ? {} : chosen);
}

// ---- search ------------------------------------------------------------------------------------

let hits = [];
let active = -1;

function resultItem(place, row) {
  const entity = entities[place];
  const item = made(
    "li",
    { role: "option", id: `result-${row}`, "aria-selected": String(row === active) },
    sign(typeOf.get(entity.type)),
    made("bdi", { class: "name" }, entity.label),
    made("span", { class: "hint reading" }, entity.pinyin || ""),
    shown.has(place) ? made("span", { class: "hint" }, word("onCanvas")) : null,
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(place);
  });
  return item;
}

function showResults() {
  const items = hits.slice(0, MOST_RESULTS).map(resultItem);
  if (!hits.length) items.push(made("li", { class: "quiet" }, word("noResult")));
  else if (hits.length > MOST_RESULTS) {
    items.push(made("li", { class: "quiet" }, word("moreResults", { n: hits.length - MOST_RESULTS })));
  }
  results.replaceChildren(...items);
  results.hidden = false;
  searchBox.setAttribute("aria-expanded", "true");
  if (active >= 0) searchBox.setAttribute("aria-activedescendant", `result-${active}`);
}

function closeResults() {
  results.hidden = true;
  results.replaceChildren();
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

function look() {
  hits = found(searchBox.value);
  active = hits.length ? 0 : -1;
  if (searchBox.value.trim()) showResults();
  else closeResults();
}

function take(place) {
  closeResults();
  searchBox.value = "";
  searchBox.blur();
  goTo(place);
}

function searchKey(event) {
  if (event.isComposing) return; // the input method is still choosing characters
  const last = Math.min(hits.length, MOST_RESULTS) - 1;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (last < 0 || results.hidden) return;
    active = event.key === "ArrowDown" ? Math.min(last, active + 1) : Math.max(0, active - 1);
    showResults();
  } else if (event.key === "Enter" && active >= 0 && !results.hidden) {
    take(hits[active]);
  }
}

// ---- language, theme, keys ---------------------------------------------------------------------

function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function showWords() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  searchBox.placeholder = word("search");
  searchBox.setAttribute("aria-label", word("searchName"));
  for (const [id, text, hint] of [
    ["reset", "reset", "resetHint"],
    ["fit", "fit", "fitHint"],
    ["language", "language", null],
    ["theme", isDark() ? "themeLight" : "themeDark", null],
  ]) {
    byId(id).textContent = word(text);
    if (hint) byId(id).title = word(hint);
  }
  document.querySelector("h1").textContent = named(graph.title);
  tell("");
}

function changeLanguage() {
  language = language === "zh" ? "en" : "zh";
  showWords();
  refresh();
}

function changeTheme() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  takeTheme();
}

function takeTheme() {
  readColours();
  showWords();
  draw();
}

function globalKey(event) {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    searchBox.focus();
    searchBox.select();
  } else if (event.key === "Escape" && !event.isComposing) {
    if (searchBox.value || !results.hidden) {
      searchBox.value = "";
      closeResults();
    } else if (typing) {
      searchBox.blur();
    } else {
      tell("");
      choose({});
    }
  }
}

network.on("click", (event) => {
  tell("");
  if (event.nodes.length) choose({ place: event.nodes[0] });
  else if (event.edges.length) choose({ pair: pairs.get(event.edges[0]) });
  else choose({});
});
network.on("doubleClick", (event) => {
  if (event.nodes.length) expand(event.nodes[0]);
});
searchBox.addEventListener("input", look);
searchBox.addEventListener("focus", look);
searchBox.addEventListener("blur", closeResults);
searchBox.addEventListener("keydown", searchKey);
document.addEventListener("keydown", globalKey);
byId("reset").addEventListener("click", reset);
byId("fit").addEventListener("click", fitAll);
byId("language").addEventListener("click", changeLanguage);
byId("theme").addEventListener("click", changeTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", takeTheme);

readColours();
showWords();
reset();

/** For scripts that drive the page: entities are named by their IRI. */
window.explorer = Object.freeze({
  network,
  shown: () => [...shown.keys()].filter(isVisible).map((place) => entities[place].iri),
  chosen: () => (chosen.place === undefined ? null : entities[chosen.place].iri),
  labelBoxes: () => labels.map((label) => label.area),
  goTo: (iri) => goTo(placeOfIri.get(iri)),
  pointOf: (iri) => network.canvasToDOM(shown.get(placeOfIri.get(iri))),
});
