// The address: the fragment says what is shown, filtered, chosen and how, so that a link is a picture.
const TOKEN_PRIME = 68719476503; // times the base below still within what a number holds exactly
const TOKEN_BASE = 65599;
let tokens = null;
let placeOfToken = null;

/** A short name for each entity that is made from its IRI alone, so that links outlive a new page. */
function makeTokens() {
  tokens = [];
  placeOfToken = new Map();
  entities.forEach((entity, place) => {
    let hash = 0;
    for (let at = 0; at < entity.iri.length; at += 1) hash = (hash * TOKEN_BASE + entity.iri.charCodeAt(at)) % TOKEN_PRIME;
    let token = hash.toString(36);
    while (placeOfToken.has(token)) token += "_";
    tokens.push(token);
    placeOfToken.set(token, place);
  });
}

function tokenOf(place) {
  if (!tokens) makeTokens();
  return tokens[place];
}

function placeNamed(token) {
  if (!tokens) makeTokens();
  return placeOfToken.get(token);
}

function placed(place) {
  const point = shown.get(place);
  return `${tokenOf(place)}.${Math.round(point.x)}.${Math.round(point.y)}`;
}

/** What differs from the picture the page opened on; the whole picture where that is shorter. */
function pictureParts() {
  const before = new Map(overviewNodes.map((node) => [node.id, node]));
  const isNew = (place) => !before.has(place) || Math.abs(before.get(place).x - shown.get(place).x) + Math.abs(before.get(place).y - shown.get(place).y) > 1;
  const added = [...shown.keys()].filter(isNew);
  const gone = [...before.keys()].filter((place) => !shown.has(place));
  if (shown.size < added.length + gone.length) return { only: [...shown.keys()].map(placed).join("~") || "-" };
  return { add: added.map(placed).join("~"), gone: gone.map(tokenOf).join("~") };
}

function choiceText() {
  if (chosen.path) return `path~${tokenOf(chosen.path[0])}~${tokenOf(chosen.path.at(-1))}`;
  if (chosen.pair) return `${tokenOf(chosen.pair.a)}~${tokenOf(chosen.pair.b)}`;
  return chosen.place === undefined ? "" : tokenOf(chosen.place);
}

function written(parts) {
  return Object.entries(parts)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}

/** The state without what is chosen and how it is looked at: what undo goes back to. */
function pictureText() {
  return written({
    ...pictureParts(),
    pin: [...pinned].map(tokenOf).join("~"),
    types: [...filters.types].join("~"),
    rel: [...filters.relations].join("~"),
    src: [...filters.sources].map((row) => (row < 0 ? "" : graph.sources[row])).map(encodeURIComponent).join("~"),
    nosrc: filters.sources.has(-1) ? "1" : "",
    place: [...filters.places].join("~"),
    conf: filters.confidence ? String(filters.confidence) : "",
    time: filters.from === null ? "" : `${monthText(filters.from)}~${monthText(filters.to)}`,
  });
}

function viewText() {
  if (mode.name === "all") return [all.view.x.toFixed(1), all.view.y.toFixed(1), all.view.scale.toFixed(4)].join("~");
  const at = network.getViewPosition();
  return [at.x.toFixed(1), at.y.toFixed(1), network.getScale().toFixed(4)].join("~");
}

/** The whole state. */
function addressText() {
  const rest = written({
    sel: choiceText(),
    mode: mode.name === "set" ? "" : mode.name === "all" ? "all" : `diffusion~${tokenOf(diffusion.place)}`,
    colour: looks.colour === "type" ? "" : looks.colour,
    size: looks.size === "neighbours" ? "" : looks.size,
    at: viewText(),
    lang: language === "zh" ? "" : language,
    theme: document.documentElement.dataset.theme || "",
    drawer: drawer.hidden ? "" : "1",
  });
  return [pictureText(), rest].filter(Boolean).join("&");
}

let lastWritten = "";
function writeAddress() {
  const text = addressText();
  if (text === lastWritten) return;
  lastWritten = text;
  try {
    history.replaceState(null, "", `#${text}`);
  } catch {
    // a page inside a notebook has no address of its own
  }
}

let noting = null;
/** The view moved: write it down once it rests. */
function noteView() {
  clearTimeout(noting);
  noting = setTimeout(writeAddress, 250);
}

function readParts(text) {
  const parts = {};
  for (const part of text.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    try {
      parts[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
    } catch {
      // a broken part of a link is passed over
    }
  }
  return parts;
}

function list(text) {
  return text ? text.split("~").filter(Boolean) : [];
}

function takePlaced(text) {
  for (const item of list(text)) {
    const [token, x, y] = item.split(".");
    const place = placeNamed(token);
    if (place !== undefined && shown.size < MOST_SHOWN) shown.set(place, { x: Number(x) || 0, y: Number(y) || 0 });
  }
}

function takePicture(parts) {
  shown.clear();
  pinned.clear();
  if (parts.only) takePlaced(parts.only);
  else {
    showOverview();
    for (const token of list(parts.gone)) shown.delete(placeNamed(token));
    takePlaced(parts.add);
  }
  for (const token of list(parts.pin)) if (shown.has(placeNamed(token))) pinned.add(placeNamed(token));
}

function takeFilters(parts) {
  clearFilters();
  for (const name of list(parts.types)) if (typeOf.has(name)) filters.types.add(name);
  for (const name of list(parts.rel)) if (Object.hasOwn(graph.relations, name)) filters.relations.add(name);
  for (const name of list(parts.src).map(readable)) if (graph.sources.includes(name)) filters.sources.add(graph.sources.indexOf(name));
  if (parts.nosrc) filters.sources.add(-1);
  for (const code of list(parts.place)) if (placeRow.has(code)) filters.places.add(code);
  filters.confidence = Math.min(1, Math.max(0, Number(parts.conf) || 0));
  const [from, to] = list(parts.time).map((text) => monthsOf(text)[0]);
  if (from >= 0 && to >= from) setPeriod(from, to);
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function takeChoice(text) {
  const names = list(text);
  const [one, other] = names.slice(-2).map(placeNamed);
  chosen = {};
  if (names[0] === "path" && one !== undefined && other !== undefined) {
    const path = pathBetween(one, other);
    if (path) chosen = { path };
  } else if (names.length === 2 && pairs.has(pairId(one, other))) chosen = { pair: pairs.get(pairId(one, other)) };
  else if (names.length === 1 && one !== undefined) chosen = { place: one };
}

/** Bring the page into the state that a fragment describes; what it does not know is passed over. */
function takeAddress(text) {
  const parts = readParts(text);
  takeFilters(parts);
  takePicture(parts);
  sift();
  takeChoice(parts.sel);
  looks.colour = parts.colour === "community" ? "community" : "type";
  looks.size = MEASURES.includes(parts.size) ? parts.size : "neighbours";
  language = parts.lang === "en" ? "en" : "zh";
  if (parts.theme === "dark" || parts.theme === "light") document.documentElement.dataset.theme = parts.theme;
  drawer.hidden = !parts.drawer;
  const [name, token] = list(parts.mode);
  if (name === "diffusion" && placeNamed(token) !== undefined) openDiffusion(placeNamed(token));
  else setMode(name === "all" ? "all" : "set");
  return list(parts.at).map(Number);
}

/** Look at the part of the picture that a link names. */
function takeView([x, y, scale]) {
  if (![x, y, scale].every(Number.isFinite)) return false;
  if (mode.name === "all") {
    Object.assign(all.view, { x, y, scale: Math.min(6, Math.max(0.01, scale)) });
    repaintAll();
  } else moveTo({ position: { x, y }, scale: Math.min(5, Math.max(0.05, scale)) });
  return true;
}
