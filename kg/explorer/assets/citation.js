// The citation: which snapshot the picture came from, and what part of it is seen.

function filterWords() {
  const parts = [];
  const closed = (set, names) => [...set].map(names).join("、");
  if (filters.from !== null) parts.push(`${monthText(filters.from)} — ${monthText(filters.to)}`);
  if (filters.places.size) parts.push([...filters.places].map((code) => graph.places[placeRow.get(code)].zh).join("、"));
  if (filters.types.size) parts.push(word("without", { n: closed(filters.types, (name) => named(typeOf.get(name))) }));
  if (filters.relations.size) parts.push(word("without", { n: closed(filters.relations, (name) => named(graph.relations[name])) }));
  if (filters.sources.size) parts.push(word("without", { n: closed(filters.sources, (row) => graph.sources[row] || word("noSource")) }));
  if (filters.confidence) parts.push(`${word("confidence")} ≥ ${filters.confidence.toFixed(2)}`);
  return parts.join(language === "zh" ? "；" : "; ");
}

/** The citation in one line: title, view, corpus, version and digest of the snapshot, what is seen. */
function citation() {
  const { snapshot } = graph;
  const parts = [word("cited", { title: named(graph.title), view: graph.view || "–", version: snapshot.version || "" }).trim()];
  if (graph.asked) parts.push(word("asked", { n: graph.asked }));
  if (snapshot.articles) {
    const days = snapshot.first ? word("citedDays", { first: snapshot.first, last: snapshot.last }) : "";
    parts.push(word("citedArticles", { n: snapshot.articles, days }));
  }
  if (snapshot.digest) parts.push(word("citedDigest", { n: snapshot.digest.slice(0, 16) }));
  parts.push(word("citedSeen", { n: placesInSight().length, all: entities.length }));
  const filtersAre = filterWords();
  if (filtersAre) parts.push(word("citedFilters", { n: filtersAre }));
  return `${parts.join(language === "zh" ? "；" : "; ")}${language === "zh" ? "。" : "."}`;
}

/** Show the citation where it can be copied, with the link to this picture. */
function showCitation() {
  const text = made("textarea", { readonly: "", rows: 9, "aria-label": word("cite"), id: "citation" });
  text.value = `${citation()}\n${location.href.length < 2000 ? location.href : ""}`.trim();
  const close = pressable("×", { class: "close", "aria-label": word("close") }, () => showPanel());
  panel.replaceChildren(close, made("h2", {}, word("cite")), made("p", { class: "quiet" }, word("citeHint")), text);
  text.select();
}
