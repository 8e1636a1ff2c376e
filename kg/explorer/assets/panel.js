// The side panel: what is known of the chosen entity, pair or path; without a choice, how to begin.
const panel = byId("panel");

function detail(name, ...values) {
  const told = values.flat().filter((value) => value !== "" && value !== 0 && value !== null && value !== undefined);
  return told.length ? [made("dt", {}, name), made("dd", {}, told)] : [];
}

function span(first, last) {
  if (!first && !last) return "";
  return first === last || !last ? first : `${first || "…"} — ${last}`;
}

function communityOf(entity) {
  if (!entity.community) return "";
  const swatch = drawn("svg", { viewBox: "0 0 10 10", class: "swatch", "aria-hidden": "true" });
  swatch.append(drawn("rect", { width: 10, height: 10, fill: graph.communities[entity.community] || NO_GROUP }));
  return made("span", {}, swatch, entity.community);
}

function details(entity) {
  const aliases = (entity.aliases || []).map((alias) => made("bdi", { class: "alias" }, alias));
  const count = entity.mentions ? word("times", { n: entity.mentions, articles: entity.articles || "–" }) : "";
  return made(
    "dl",
    {},
    detail(word("aliases"), aliases),
    detail(word("code"), entity.code),
    detail(word("level"), LEVELS[language][entity.level] || entity.level),
    detail(word("community"), communityOf(entity)),
    detail(word("mentions"), count),
    detail(word("seen"), span(entity.first, entity.last)),
  );
}

/** What can be done with an entity; each button bears its key. */
function actions(place) {
  const hidden = hiddenNeighbours(place);
  const action = (id, text, does, key) =>
    pressable([text, key ? made("kbd", {}, key) : null], { id }, does);
  const inPicture = mode.name === "set" && shown.has(place);
  return made(
    "div",
    { class: "actions" },
    inPicture ? null : action("bring", word("bring"), () => act(() => takeIntoPicture(place))),
    action("expand", hidden ? word("expandMore", { n: hidden }) : word("expand"), () => act(() => expand(place)), "E"),
    action("collapse", word("collapse"), () => act(() => collapse(place)), "C"),
    action("hide", word("hide"), () => act(() => hide(place)), "H"),
    action("pin", word(pinned.has(place) ? "unpin" : "pin"), () => act(() => pin(place)), "P"),
    action("keep", word("keepOnly"), () => act(() => keepNear(place)), "K"),
    action("path", word("pathFrom"), () => askForEnd(place), "T"),
    action("locate", word("locate"), () => act(() => goTo(place))),
    practiceHasDiffusion(place) ? action("diffuse", word("diffusion"), () => act(() => openDiffusion(place)), "D") : null,
  );
}

function officeSection(place) {
  const chart = officeChart(place, Math.min(360, panel.clientWidth - 44 || 340));
  return chart ? made("section", {}, made("h3", {}, word("officesOverTime")), chart) : null;
}

function entityPanel(place) {
  const entity = entities[place];
  const type = typeOf.get(entity.type);
  const all = factsOf[place].length;
  const groups = factGroups(place);
  const told = groups.reduce((sum, group) => sum + group.facts.length, 0);
  return [
    made("p", { class: "kind" }, sign(type), named(type)),
    made("h2", {}, made("bdi", {}, entity.label)),
    entity.pinyin ? made("p", { class: "pinyin", lang: "zh-Latn" }, entity.pinyin) : null,
    details(entity),
    actions(place),
    told < all ? made("p", { class: "quiet filtered" }, word("factsFiltered", { n: all - told })) : null,
    officeSection(place),
    ...groups.map((group) =>
      made(
        "section",
        {},
        made("h3", {}, group.name, made("span", { class: "count" }, String(group.facts.length))),
        longList(group.facts, place),
      ),
    ),
    told || all ? null : relatedSection(place),
  ];
}

/** Where no fact is known, at least to whom the entity is joined. */
function relatedSection(place) {
  const around = rankedNeighbours(place).slice(0, 40);
  if (!around.length) return made("p", { class: "quiet" }, word("noFacts"));
  const items = around.map((other) => made("li", {}, endOf(other), made("span", { class: "relation" }, ` ${sayings(neighbours[place].get(other).edges).join("、")}`)));
  return made("section", {}, made("h3", {}, word("joinedTo")), made("ul", { class: "most" }, items));
}

function edgeItem(edge) {
  const kept = keptFacts(edge.facts);
  const seen = span(edge.first, edge.last);
  return made(
    "section",
    {},
    made("h3", {}, made("bdi", {}, saidBy(edge)), made("span", { class: "count" }, String(kept.length))),
    made(
      "p",
      { class: "quiet" },
      made("bdi", {}, entities[edge.source].label),
      edge.mutual ? " ↔ " : " → ",
      made("bdi", {}, entities[edge.target].label),
      `，${word("strength")} ${Math.round(edge.weight * 100) / 100}`,
      seen ? `，${seen}` : "",
    ),
    longList(kept),
  );
}

function pairPanel(pair) {
  return [
    made("p", { class: "kind" }, word("edgeFacts")),
    made("div", { class: "pair" }, endOf(pair.a), endOf(pair.b)),
    ...pair.edges.filter((edge) => passes.edges[edge.row]).map(edgeItem),
  ];
}

function pathPanel(path) {
  const steps = path.slice(1).flatMap((place, step) => {
    const pair = neighbours[path[step]].get(place);
    const said = sayings(pair.edges.filter((edge) => passes.edges[edge.row])).join("、");
    return [
      made("li", { class: "step" }, pressable(`↓ ${said}`, { class: "more" }, () => act(() => choose({ pair })))),
      made("li", {}, endOf(place)),
    ];
  });
  return [
    made("p", { class: "kind" }, word("pathOf", { n: path.length - 1 })),
    made("ul", { class: "path" }, made("li", {}, endOf(path[0])), steps),
    made("p", { class: "quiet" }, word("pathHint")),
  ];
}

function welcomePanel() {
  const joined = graph.overview.filter((place) => connection[place] > 0 && passes.entities[place]);
  const places = joined.sort((a, b) => connection[b] - connection[a] || a - b).slice(0, 10);
  return [
    made("h2", {}, word("welcome")),
    ...WORDS[language].welcomeText.map((text) => made("p", {}, text)),
    ...(places.length
      ? [made("h3", {}, word("most")), made("ul", { class: "most" }, places.map((place) => made("li", {}, endOf(place))))]
      : []),
    made("h3", {}, word("keysTitle")),
    made("dl", { class: "keys" }, WORDS[language].keys.flatMap(([key, does]) => [made("dt", {}, made("kbd", {}, key)), made("dd", {}, does)])),
  ];
}

/** Show what is known of the choice, or how to begin. */
function showPanel() {
  let content;
  if (chosen.path) content = pathPanel(chosen.path);
  else if (chosen.place !== undefined) content = entityPanel(chosen.place);
  else if (chosen.pair) content = pairPanel(chosen.pair);
  else content = welcomePanel();
  const none = chosen.place === undefined && !chosen.pair && !chosen.path;
  const attributes = { class: "close", "aria-label": word("close"), title: word("close") };
  const close = none ? null : pressable("×", attributes, () => act(() => choose({})));
  const focused = panel.contains(document.activeElement) ? document.activeElement.id : "";
  panel.replaceChildren(...[close, ...content].filter((part) => part !== null));
  if (focused && byId(focused)) byId(focused).focus();
}
