// The search box and its list of results.
const searchBox = byId("search");
const results = byId("results");
let hits = [];
let active = -1;

function resultItem(place, row) {
  const entity = entities[place];
  const item = made(
    "li",
    { role: "option", id: `result-${row}`, "aria-selected": String(row === active) },
    sign(typeOf.get(entity.type)),
    made("bdi", { class: "name" }, entity.label),
    made("span", { class: "hint reading" }, aliasFound(entity) || entity.pinyin || ""),
    isVisible(place) ? made("span", { class: "hint" }, word("onCanvas")) : null,
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(place);
  });
  return item;
}

/** The alias that answers what was typed where the name does not. */
function aliasFound(entity) {
  const typed = folded(searchBox.value);
  if (folded(entity.label).includes(typed)) return "";
  return (entity.aliases || []).find((alias) => folded(alias).includes(typed)) || "";
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
  act(() => goTo(place));
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

searchBox.addEventListener("input", look);
searchBox.addEventListener("focus", look);
searchBox.addEventListener("blur", closeResults);
searchBox.addEventListener("keydown", searchKey);
namesReady.then(() => {
  if (document.activeElement === searchBox) look();
});
