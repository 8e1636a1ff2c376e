// The side panel: what is known of the chosen entity or pair, each fact with its sentences.
const FIRST_FACTS = 8;
const panel = document.getElementById("panel");

/** An element with text and children; text is never read as markup. */
function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children.flat()) if (child !== null) element.append(child);
  return element;
}

function pressable(text, attributes, action) {
  const button = made("button", { type: "button", ...attributes }, text);
  button.addEventListener("click", action);
  return button;
}

const SVG = "http://www.w3.org/2000/svg";
const OUTLINES = {
  square: "2,2 14,2 14,14 2,14",
  triangle: "8,1 15,14 1,14",
  triangleDown: "8,15 15,2 1,2",
  diamond: "8,0.5 15.5,8 8,15.5 0.5,8",
  star: "8,0.5 10,6 15.7,6 11.2,9.5 12.9,15 8,11.7 3.1,15 4.8,9.5 0.3,6 6,6",
  hexagon: "4,1.5 12,1.5 15.5,8 12,14.5 4,14.5 0.5,8",
};

/** The sign of a type, as the canvas draws it. */
function sign(type) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  const outline = document.createElementNS(SVG, type.shape === "dot" ? "circle" : "polygon");
  if (type.shape === "dot") {
    for (const [name, value] of [["cx", 8], ["cy", 8], ["r", 7]]) outline.setAttribute(name, value);
  } else {
    outline.setAttribute("points", OUTLINES[type.shape]);
  }
  outline.setAttribute("fill", type.colour);
  svg.append(outline);
  return svg;
}

/** A link to the article if its address is one of the web's, else nothing. */
function articleLink(article) {
  if (!article.url) return null;
  let address;
  try {
    address = new URL(article.url);
  } catch {
    return null;
  }
  if (address.protocol !== "http:" && address.protocol !== "https:") return null;
  return made("a", { href: address.href, rel: "noopener noreferrer", target: "_blank" }, `${word("article")} ↗`);
}

function quoted(evidence) {
  const sentence = graph.sentences[evidence.sentence];
  const article = graph.articles[sentence.article];
  const sure = `${word("confidence")} ${evidence.confidence.toFixed(2)}`;
  const origin = [article.source, article.date].filter(Boolean).join("，");
  return made(
    "blockquote",
    {},
    made("p", {}, sentence.before, made("mark", {}, sentence.quote), sentence.after),
    made(
      "footer",
      {},
      made("span", { class: "title" }, article.title ? `《${article.title}》` : word("untitled")),
      origin ? made("span", {}, origin) : null,
      made("span", {}, sure),
      articleLink(article),
    ),
  );
}

/** One end of a fact: a button to the entity if the page has it, else its name or date. */
function endOf(end) {
  if (typeof end !== "number") return made("span", { class: "end" }, end);
  const entity = entities[end];
  return pressable([sign(typeOf.get(entity.type)), made("bdi", {}, entity.label)], { class: "end" }, () => goTo(end));
}

function qualifierLines(fact) {
  return Object.entries(fact.qualifiers).map(([name, value]) => {
    const names = Object.hasOwn(graph.qualifiers, name) ? graph.qualifiers[name] : null;
    const label = names ? named(names) : name;
    if (names && names.type === "boolean") {
      return value === "true" ? made("span", { class: "qualifier" }, label) : null;
    }
    return made("span", { class: "qualifier" }, made("i", {}, label), made("bdi", {}, value));
  });
}

/** A fact as a line and its sentences; seen from an entity only the other end is named. */
function factItem(fact, from) {
  const ends =
    from === undefined
      ? [endOf(fact.subject), made("span", { class: "relation" }, named(graph.relations[fact.relation])), endOf(fact.object)]
      : [endOf(fact.subject === from ? fact.object : fact.subject)];
  const sentences = fact.evidence.map(quoted);
  if (!sentences.length) sentences.push(made("p", { class: "quiet" }, word("noSentence")));
  return made("li", { class: "fact" }, made("div", { class: "says" }, ends, qualifierLines(fact)), sentences);
}

/** A list that shows its first items and a button for the rest. */
function longList(facts, from) {
  const list = made("ul", { class: "facts" }, facts.slice(0, FIRST_FACTS).map((fact) => factItem(fact, from)));
  const rest = facts.slice(FIRST_FACTS);
  if (!rest.length) return [list];
  const more = pressable(word("showRest", { n: rest.length }), { class: "more" }, () => {
    list.append(...rest.map((fact) => factItem(fact, from)));
    more.remove();
  });
  return [list, more];
}

/** The facts of an entity by relation and side, offices first, then the larger groups. */
function factGroups(place) {
  const groups = new Map();
  for (const fact of factsOf[place].map((row) => graph.facts[row])) {
    const names = graph.relations[fact.relation];
    const asObject = fact.subject !== place && names.inverse;
    const key = `${fact.relation} ${asObject ? "<" : ">"}`;
    if (!groups.has(key)) {
      groups.set(key, { name: named(asObject ? names.inverse : names), office: Boolean(names.office), facts: [] });
    }
    groups.get(key).facts.push(fact);
  }
  return [...groups.values()].sort((a, b) => b.office - a.office || b.facts.length - a.facts.length);
}

function detail(name, ...values) {
  const told = values.flat().filter((value) => value !== "" && value !== null && value !== undefined);
  return told.length ? [made("dt", {}, name), made("dd", {}, told)] : [];
}

function span(first, last) {
  if (!first && !last) return "";
  return first === last || !last ? first : `${first || "…"} — ${last}`;
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
    detail(word("mentions"), count),
    detail(word("seen"), span(entity.first, entity.last)),
  );
}

function actions(place) {
  const hidden = hiddenNeighbours(place);
  return made(
    "div",
    { class: "actions" },
    pressable(hidden ? word("expandMore", { n: hidden }) : word("expand"), { id: "expand" }, () => expand(place)),
    pressable(word("locate"), { id: "locate" }, () => centre(place)),
    pressable(word("hide"), { id: "hide" }, () => hide(place)),
  );
}

function entityPanel(place) {
  const entity = entities[place];
  const type = typeOf.get(entity.type);
  const groups = factGroups(place).map((group) =>
    made(
      "section",
      {},
      made("h3", {}, group.name, made("span", { class: "count" }, String(group.facts.length))),
      longList(group.facts, place),
    ),
  );
  return [
    made("p", { class: "kind" }, sign(type), named(type)),
    made("h2", {}, made("bdi", {}, entity.label)),
    entity.pinyin ? made("p", { class: "pinyin", lang: "zh-Latn" }, entity.pinyin) : null,
    details(entity),
    actions(place),
    ...(groups.length ? groups : [made("p", { class: "quiet" }, word("noFacts"))]),
  ];
}

function edgeItem(edge) {
  const facts = (edge.facts || []).map((row) => graph.facts[row]);
  const seen = span(edge.first, edge.last);
  return made(
    "section",
    {},
    made("h3", {}, made("bdi", {}, saidBy(edge)), made("span", { class: "count" }, String(facts.length))),
    made(
      "p",
      { class: "quiet" },
      made("bdi", {}, entities[edge.source].label),
      edge.mutual ? " ↔ " : " → ",
      made("bdi", {}, entities[edge.target].label),
      `，${word("strength")} ${edge.weight}`,
      seen ? `，${seen}` : "",
    ),
    longList(facts),
  );
}

function pairPanel(pair) {
  return [
    made("p", { class: "kind" }, word("edgeFacts")),
    made("div", { class: "pair" }, endOf(pair.a), endOf(pair.b)),
    ...pair.edges.map(edgeItem),
  ];
}

function welcomePanel() {
  const joined = graph.overview.filter((place) => connection[place] > 0);
  const places = joined.sort((a, b) => connection[b] - connection[a] || a - b).slice(0, 10);
  return [
    made("h2", {}, word("welcome")),
    ...WORDS[language].welcomeText.map((text) => made("p", {}, text)),
    made("p", { class: "quiet" }, word("keys")),
    ...(places.length
      ? [made("h3", {}, word("most")), made("ul", { class: "most" }, places.map((place) => made("li", {}, endOf(place))))]
      : []),
  ];
}

/** Show what is known of the choice, or how to begin. */
function showPanel() {
  let content;
  if (chosen.place !== undefined) content = entityPanel(chosen.place);
  else if (chosen.pair) content = pairPanel(chosen.pair);
  else content = welcomePanel();
  const close =
    chosen.place === undefined && !chosen.pair
      ? null
      : pressable("×", { class: "close", "aria-label": word("close"), title: word("close") }, () => choose({}));
  panel.replaceChildren(...[close, ...content].filter((part) => part !== null));
  panel.scrollTop = 0;
}
