// The drawer of filters: relations, places, sources, confidence; each choice with how much it would leave.
const FIRST_CHOICES = 10;
const drawer = byId("filters");
const totals = { relations: new Map(counts.relations), sources: new Map(counts.sources), places: counts.places.slice() };
const opened = { places: new Set(), lists: new Set() };

function choiceRow(label, count, on, change, only) {
  const box = made("input", { type: "checkbox" });
  box.checked = on;
  box.addEventListener("change", () => act(change));
  const row = made("label", { class: "choice" }, box, made("span", { class: "name" }, label), made("span", { class: "count" }, String(count)));
  return made("div", { class: "row" }, row, only ? pressable(word("only"), { class: "only" }, () => act(only)) : null);
}

/** A list of choices that are on unless closed, the most frequent first, the long tail folded. */
function closedChoices(key, names, closed) {
  const ordered = [...totals[key].keys()].sort((a, b) => totals[key].get(b) - totals[key].get(a) || String(a).localeCompare(String(b)));
  const isOpen = opened.lists.has(key);
  const rows = (isOpen ? ordered : ordered.slice(0, FIRST_CHOICES)).map((value) =>
    choiceRow(
      names(value),
      counts[key].get(value) || 0,
      !closed.has(value),
      () => toggle(closed, value),
      ordered.length > 1 ? () => {
        const alone = !closed.has(value) && closed.size === ordered.length - 1;
        closed.clear();
        if (!alone) for (const other of ordered) if (other !== value) closed.add(other);
      } : null,
    ),
  );
  if (!isOpen && ordered.length > FIRST_CHOICES) {
    rows.push(pressable(word("showRest", { n: ordered.length - FIRST_CHOICES }), { class: "more" }, () => {
      opened.lists.add(key);
      showFilters();
    }));
  }
  return rows;
}

function childrenOf(code) {
  return graph.places
    .map((place, row) => ({ ...place, row }))
    .filter((place) => place.parent === code && totals.places[place.row] > 0)
    .sort((a, b) => totals.places[b.row] - totals.places[a.row] || a.row - b.row);
}

/** A place, and the places in it once it is opened. */
function placeNode(place) {
  const inside = childrenOf(place.code);
  const isOpen = opened.places.has(place.code);
  const fold = inside.length
    ? pressable(isOpen ? "▾" : "▸", { class: "fold", "aria-expanded": String(isOpen), "aria-label": place.zh }, () => {
        toggle(opened.places, place.code);
        showFilters();
      })
    : made("span", { class: "fold" });
  const row = choiceRow(place.zh, counts.places[place.row], filters.places.has(place.code), () => toggle(filters.places, place.code), null);
  row.prepend(fold);
  return made("li", {}, row, isOpen ? made("ul", {}, inside.map(placeNode)) : null);
}

function confidenceRow() {
  const slider = made("input", { type: "range", min: 0, max: 1, step: 0.05, id: "confidence", "aria-label": word("confidence") });
  slider.value = filters.confidence;
  const says = made("output", {}, `≥ ${filters.confidence.toFixed(2)}`);
  slider.addEventListener("input", () => {
    says.textContent = `≥ ${Number(slider.value).toFixed(2)}`;
  });
  slider.addEventListener("change", () => act(() => {
    filters.confidence = Number(slider.value);
  }));
  return made("div", { class: "row" }, slider, says);
}

function section(title, content, note) {
  return made("section", {}, made("h3", {}, title), note ? made("p", { class: "quiet" }, note) : null, content);
}

function passingEntities() {
  let sum = 0;
  for (const passing of passes.entities) sum += passing;
  return sum;
}

/** Draw the drawer anew, where it was scrolled to and with the same thing in focus. */
function showFilters() {
  byId("open-filters").setAttribute("aria-expanded", String(!drawer.hidden));
  byId("open-filters").classList.toggle("on", filtersAnything());
  if (drawer.hidden) return;
  if (playing && byId("play") && byId("play").textContent === word("pause")) {
    followPeriod();
    return;
  }
  const top = drawer.scrollTop;
  const focusable = () => [...drawer.querySelectorAll("input, button")];
  const focused = focusable().indexOf(document.activeElement);
  const visible = visiblePlaces().length;
  drawer.replaceChildren(
    made(
      "div",
      { class: "actions" },
      pressable(word("chooseAnew"), { id: "anew", title: word("chooseAnewHint") }, () => act(pickAnew)),
      pressable(word("clearFilters"), { id: "clear" }, () => act(clearFilters)),
    ),
    made("p", { class: "quiet" }, word("passing", { n: passingEntities(), shown: visible })),
    section(word("time"), timeline()),
    section(word("relationsTitle"), closedChoices("relations", (name) => named(graph.relations[name]), filters.relations), word("countsStatements")),
    ...(childrenOf("").length ? [section(word("places"), made("ul", { class: "tree" }, childrenOf("").map(placeNode)), word("placesHint"))] : []),
    section(word("sources"), closedChoices("sources", (row) => graph.sources[row] || word("noSource"), filters.sources)),
    section(word("confidence"), confidenceRow()),
  );
  drawer.scrollTop = top;
  if (focused >= 0 && focusable()[focused]) focusable()[focused].focus();
}
