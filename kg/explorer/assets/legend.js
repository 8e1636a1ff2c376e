// The legend: the shape and colour of each type, how many are in sight; pressing one hides or shows it.
const FIRST_GROUPS = 6;

function showLegend() {
  const inSight = new Map();
  for (const place of placesInSight()) add(inSight, entities[place].type);
  const total = new Map();
  for (const entity of entities) add(total, entity.type);
  const entries = graph.types
    .filter((type) => total.has(type.name))
    .map((type) => {
      const tinted = looks.colour === "community" ? { ...type, colour: colours.quiet } : type;
      const state = { "data-type": type.name, "aria-pressed": String(!filters.types.has(type.name)) };
      const count = `${inSight.get(type.name) || 0}/${counts.types.get(type.name) || 0}`;
      return pressable(
        [sign(tinted), made("span", {}, named(type)), made("span", { class: "count" }, count)],
        state,
        () => act(() => toggle(filters.types, type.name)),
      );
    });
  const legend = byId("legend");
  const focused = legend.contains(document.activeElement) ? document.activeElement.dataset.type : null;
  legend.setAttribute("aria-label", word("legend"));
  legend.title = word("legend");
  legend.replaceChildren(...entries, ...(looks.colour === "community" ? groupEntries() : []));
  if (focused) legend.querySelector(`[data-type="${focused}"]`).focus();
}

/** The largest communities in sight, each named by its best connected member. */
function groupEntries() {
  const groups = new Map();
  for (const place of placesInSight()) {
    const { community } = entities[place];
    if (!community) continue;
    const group = groups.get(community) || { community, size: 0, best: place };
    group.size += 1;
    if (connection[place] > connection[group.best]) group.best = place;
    groups.set(community, group);
  }
  return [...groups.values()].sort((a, b) => b.size - a.size).slice(0, FIRST_GROUPS).map((group) => {
    const swatch = drawn("svg", { viewBox: "0 0 10 10", class: "swatch", "aria-hidden": "true" });
    swatch.append(drawn("rect", { width: 10, height: 10, fill: graph.communities[group.community] || NO_GROUP }));
    return made("span", { class: "group" }, swatch, word("groupOf", { n: entities[group.best].short.replace("\n", "") }), made("span", { class: "count" }, String(group.size)));
  });
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
}
