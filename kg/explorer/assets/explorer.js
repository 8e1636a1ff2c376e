// The page begins: words and colours, the buttons, the state that the address asks for, the first picture.
function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function showWords() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  searchBox.placeholder = word("search");
  searchBox.setAttribute("aria-label", word("searchName"));
  for (const id of ["open-filters", "undo", "reset", "fit", "all-button", "language"]) {
    byId(id).textContent = word(id);
    byId(id).title = word(`${id}-hint`);
  }
  byId("all-button").hidden = drawable.length === 0;
  drawer.setAttribute("aria-label", word("open-filters"));
  document.querySelector("h1").textContent = named(graph.title);
  document.querySelector("h1").title = named(graph.title);
  showMenus();
}

function changeLanguage() {
  language = language === "zh" ? "en" : "zh";
  tell("");
  showWords();
  refresh();
  writeAddress();
}

function changeTheme() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  takeTheme();
  writeAddress();
}

function takeTheme() {
  readColours();
  showWords();
  refresh();
}

function toggleDrawer() {
  drawer.hidden = !drawer.hidden;
  showFilters();
  resized();
  writeAddress();
}

function resized() {
  if (mode.name === "all") {
    sizeAll();
    repaintAll();
  } else if (mode.name === "diffusion") showDiffusion();
}

/** Show the state of a fragment, or what the page opens on where the fragment says nothing. */
function openAt(fragment) {
  if (!fragment.replace(/^#/, "")) {
    showOverview();
    if (graph.first !== undefined && shown.has(graph.first)) chosen = { place: graph.first };
    refresh(); // the legend takes room from the picture, so the view is fitted after it stands
    network.setSize("100%", "100%");
    fitOverview();
    return;
  }
  const view = takeAddress(fragment);
  readColours();
  showWords();
  refresh();
  network.setSize("100%", "100%"); // else vis-network moves the view when it finds that its room has changed
  if (!takeView(view)) fit();
}

byId("undo").addEventListener("click", undo);
byId("reset").addEventListener("click", () => act(reset));
byId("fit").addEventListener("click", fit);
byId("all-button").addEventListener("click", () => act(openAll));
byId("open-filters").addEventListener("click", toggleDrawer);
byId("language").addEventListener("click", changeLanguage);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", takeTheme);
new ResizeObserver(resized).observe(byId("stage"));
window.addEventListener("hashchange", () => {
  if (location.hash.slice(1) !== lastWritten) openAt(location.hash);
});

readColours();
showWords();
openAt(location.hash);
document.body.classList.add("ready");
const firstPicture = painted().then(() => performance.now());
textsReady.then(() => {
  if (!panel.querySelector("#citation")) showPanel();
});

/** For scripts that drive the page: entities are named by their IRI. */
const placeOfIri = new Map(entities.map((entity, place) => [entity.iri, place]));
window.explorer = Object.freeze({
  network,
  ready: Promise.all([firstPicture, textsReady]).then(() => true),
  firstPicture,
  shown: () => placesInSight().map((place) => entities[place].iri),
  chosen: () => (chosen.place === undefined ? null : entities[chosen.place].iri),
  labelBoxes: () => labels.map((label) => label.area),
  goTo: (iri) => act(() => goTo(placeOfIri.get(iri))),
  pointOf: (iri) => network.canvasToDOM(shown.get(placeOfIri.get(iri))),
  pointInAll: (iri) => seenAt(placeOfIri.get(iri)),
  panAll: panInAll,
  drawingOf: (iri) => nodeSet.get(placeOfIri.get(iri)),
});
