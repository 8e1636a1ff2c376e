// An answer as a graph: two of its columns as ends, laid out at once by springs, always alike for the same rows.
import { drawn, made } from "./elements.js";

const MOST = 150;
const ROUNDS = 260;
const WIDTH = 960;
const HEIGHT = 620;
const LONGEST = 14;
const FAR = 5;

/** Columns whose cells can be ends: entities, or names. */
export function endColumns(table) {
  const heads = [...table.tHead.rows[0].cells];
  return heads
    .map((head, place) => ({
      place,
      name: head.dataset.column,
      count: [...table.tBodies[0].rows].filter((row) => row.cells[place].dataset.node).length,
      entities: [...table.tBodies[0].rows].filter((row) => row.cells[place].dataset.type).length,
    }))
    .filter((column) => column.count)
    .sort((a, b) => (b.entities > 0) - (a.entities > 0) || a.place - b.place);
}

/** Nodes and edges of the rows between two columns, the best connected nodes only. */
function graphOf(table, from, to, also) {
  const nodes = new Map();
  const edges = new Map();
  const node = (cell) => {
    const id = cell.dataset.node;
    if (!nodes.has(id)) {
      nodes.set(id, { id, label: cell.dataset.label, type: cell.dataset.type || "", path: cell.dataset.path || "", degree: 0 });
    }
    return nodes.get(id);
  };
  for (const row of table.tBodies[0].rows) {
    const [one, other] = [row.cells[from], row.cells[to]];
    if (!one.dataset.node || !other.dataset.node || one.dataset.node === other.dataset.node) continue;
    const [a, b] = [node(one), node(other)];
    const key = `${a.id}\n${b.id}`;
    if (!edges.has(key)) {
      edges.set(key, { a, b, said: new Set(), count: 0 });
      a.degree += 1;
      b.degree += 1;
    }
    edges.get(key).count += 1;
    for (const place of also) if (row.cells[place].textContent.trim()) edges.get(key).said.add(row.cells[place].textContent.trim());
  }
  const kept = [...nodes.values()].sort((a, b) => b.degree - a.degree).slice(0, MOST);
  const isKept = new Set(kept);
  return { nodes: kept, edges: [...edges.values()].filter((edge) => isKept.has(edge.a) && isKept.has(edge.b)), all: nodes.size };
}

/** Give each node a place: springs along edges, near ones apart, all drawn to the middle; then fill the picture. */
function arrange({ nodes, edges }) {
  const ideal = 60;
  nodes.forEach((node, at) => {
    const angle = at * 2.399963; // the golden angle spreads them evenly
    const reach = ideal * 0.6 * Math.sqrt(at);
    node.x = reach * Math.cos(angle);
    node.y = reach * Math.sin(angle);
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    const heat = ideal * (1 - round / ROUNDS) + 0.5;
    for (const node of nodes) [node.dx, node.dy] = [-node.x * 0.09, -node.y * 0.13];
    for (let i = 0; i < nodes.length; i += 1) for (let j = i + 1; j < nodes.length; j += 1) push(nodes[i], nodes[j], ideal);
    for (const edge of edges) pull(edge, ideal);
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1;
      const step = Math.min(length, heat) / length;
      node.x += node.dx * step;
      node.y += node.dy * step;
    }
  }
  fill(nodes);
}

function push(a, b, ideal) {
  const [x, y] = [a.x - b.x, a.y - b.y];
  const apart = x * x + y * y + 1;
  if (apart > FAR * FAR * ideal * ideal) return;
  const force = (ideal * ideal) / apart;
  a.dx += x * force;
  a.dy += y * force;
  b.dx -= x * force;
  b.dy -= y * force;
}

function pull({ a, b }, ideal) {
  const [x, y] = [a.x - b.x, a.y - b.y];
  const force = Math.hypot(x, y) / ideal / 2;
  a.dx -= x * force;
  a.dy -= y * force;
  b.dx += x * force;
  b.dy += y * force;
}

/** Stretch the places to the size of the picture, each way by itself, but few nodes not too far apart. */
function fill(nodes) {
  for (const [axis, length] of [["x", WIDTH], ["y", HEIGHT]]) {
    const values = nodes.map((node) => node[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const wide = Math.min(length, 130 * Math.sqrt(nodes.length));
    for (const node of nodes) node[axis] = most > least ? ((node[axis] - least) / (most - least)) * wide : 0;
  }
}

function short(label) {
  const chars = [...label];
  return chars.length > LONGEST ? `${chars.slice(0, LONGEST - 1).join("")}…` : label;
}

function nodeDrawn(node) {
  const size = 14 + Math.min(14, 3 * Math.sqrt(node.degree));
  const picture = node.type
    ? drawn("image", { href: `/static/sign-${node.type.toLowerCase()}.svg`, x: -size / 2, y: -size / 2, width: size, height: size })
    : drawn("circle", { r: size / 3, class: "plain" });
  const group = drawn(
    node.path ? "a" : "g",
    { href: node.path || null, class: "node", transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})` },
    drawn("title", {}, node.label),
    picture,
    drawn("text", { y: size / 2 + 11, "text-anchor": "middle", lang: "zh-Hans" }, short(node.label)),
  );
  return group;
}

function edgeDrawn({ a, b, said, count }) {
  const line = drawn("line", { x1: a.x.toFixed(1), y1: a.y.toFixed(1), x2: b.x.toFixed(1), y2: b.y.toFixed(1), "stroke-width": Math.min(4, 0.8 + 0.4 * count) });
  line.append(drawn("title", {}, `${a.label} → ${b.label}${said.size ? `: ${[...said].slice(0, 6).join("、")}` : ""}`));
  return line;
}

/** Let the reader move and zoom the drawing. */
function movable(svg, box) {
  const apply = () => svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  const scale = () => box.width / svg.clientWidth;
  let from = null;
  let moved = false;
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const area = svg.getBoundingClientRect();
    const factor = event.deltaY > 0 ? 1.15 : 1 / 1.15;
    const [x, y] = [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
    box.x += box.width * x * (1 - factor);
    box.y += box.height * y * (1 - factor);
    box.width *= factor;
    box.height *= factor;
    apply();
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY };
    moved = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.abs(dx) + Math.abs(dy) > 3) moved = true;
    box.x -= dx * scale();
    box.y -= dy * scale();
    from = { x: event.clientX, y: event.clientY };
    apply();
  });
  svg.addEventListener("click", (event) => {
    if (moved) event.preventDefault();
  }, { capture: true });
  apply();
}

/** The drawing of two columns of a table; `words` are those of the page. */
export function graphDrawing(table, from, to, also, words) {
  const graph = graphOf(table, from, to, also);
  if (!graph.nodes.length) return made("p", { class: "quiet" }, words.none);
  arrange(graph);
  const svg = drawn("svg", { class: "result-graph", role: "img", "aria-label": words.title });
  svg.append(drawn("g", { class: "edges" }, graph.edges.map(edgeDrawn)), drawn("g", {}, graph.nodes.map(nodeDrawn)));
  const xs = graph.nodes.map((node) => node.x);
  const ys = graph.nodes.map((node) => node.y);
  const [left, top] = [Math.min(...xs) - 80, Math.min(...ys) - 40];
  movable(svg, { x: left, y: top, width: Math.max(...xs) - left + 80, height: Math.max(...ys) - top + 50 });
  const said = graph.all > graph.nodes.length ? `${words.cut.replace("{n}", graph.nodes.length)} · ${words.hint}` : words.hint;
  return made("figure", {}, svg, made("figcaption", { class: "quiet" }, said));
}
