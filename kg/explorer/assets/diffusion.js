// The diffusion of a practice: who adopted it, in the order of first attestation, by province.
const ADOPTIONS = { practises: "subject", originatedIn: "object" };
const ROW_PIXELS = 34;
const AXIS_PIXELS = 40;
const diffusion = { box: byId("diffusion"), place: null };

function provinceOf(place) {
  for (const row of standsIn[place]) if (!graph.places[row].parent) return row;
  return -1;
}

/** The adopters of a practice: {place, month, origin, certain}, the earliest first, the undated last. */
function adoptersOf(practice) {
  const found = new Map();
  const note = (place, month, origin) => {
    const known = found.get(place) || { place, month: -1, origin: false };
    if (month >= 0 && (known.month < 0 || month < known.month)) known.month = month;
    known.origin = known.origin || origin;
    found.set(place, known);
  };
  for (const row of factsOf[practice]) {
    const fact = facts[row];
    const end = ADOPTIONS[fact.relation] && passes.owners[row] ? fact[ADOPTIONS[fact.relation]] : null;
    if (typeof end !== "number" || end === practice) continue;
    for (const attestation of fact.evidence.filter(attestationPasses)) {
      const article = articleOf(attestation);
      note(end, monthsOf(article ? article.date : "")[0], fact.relation === "originatedIn");
    }
  }
  for (const [other, pair] of neighbours[practice]) {
    for (const edge of pair.edges) {
      if (edge.facts.length || !ADOPTIONS[edge.relation] || !passes.edges[edge.row]) continue;
      note(other, monthsOf(edge.first)[0], edge.relation === "originatedIn");
    }
  }
  const late = (adopter) => (adopter.month < 0 ? Infinity : adopter.month);
  return [...found.values()].sort((a, b) => (late(a) === late(b) ? a.place - b.place : late(a) - late(b)));
}

function practiceHasDiffusion(place) {
  return entities[place].type === "Practice" && adoptersOf(place).length > 0;
}

/** The rows of the picture: provinces in the order of their first adopter. */
function provinceRows(adopters) {
  const rows = new Map();
  for (const adopter of adopters) {
    const province = provinceOf(adopter.place);
    if (!rows.has(province)) rows.set(province, []);
    rows.get(province).push(adopter);
  }
  return [...rows];
}

/** Steps of the time axis, in months, so that its years do not crowd. */
function axisMonths(first, last, width) {
  const step = [1, 3, 6, 12, 24, 60, 120].find((months) => (width * months) / Math.max(1, last - first) > 52) || 120;
  const ticks = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) ticks.push(month);
  return { ticks, text: (month) => (month % 12 === 0 ? String(Math.floor(month / 12)) : word("monthOf", { n: (month % 12) + 1 })) };
}

/** Lines of adopters within a province: one that would stand over the label before it goes a line down. */
function inLines(adopters, across, right) {
  const ends = [];
  return adopters.map((adopter) => {
    const x = across(adopter);
    const width = 44 + 13 * Math.min(14, entities[adopter.place].label.length);
    const left = x + width > right;
    const [from, to] = left ? [x - width, x + 8] : [x - 8, x + width];
    let line = ends.findIndex((end) => end < from);
    if (line < 0) line = ends.length;
    ends[line] = to;
    return { ...adopter, x, line, left };
  });
}

/** The picture of a practice's diffusion as SVG, as wide as asked; texts and marks that can be pressed. */
function diffusionDrawing(practice, width) {
  const adopters = adoptersOf(practice);
  const known = adopters.filter((adopter) => adopter.month >= 0).map((adopter) => adopter.month);
  const [first, last] = known.length ? [Math.min(...known) - 1, Math.max(...known) + 1] : [0, 1];
  const left = Math.min(130, width * 0.24);
  const right = width - 20 - (known.length < adopters.length ? Math.min(150, width * 0.25) : 0);
  const across = (adopter) => (adopter.month < 0 ? right + 20 : left + ((adopter.month - first) / (last - first)) * (right - left));
  const order = new Map(adopters.map((adopter, number) => [adopter.place, number + 1]));
  const svg = drawn("svg", { width, xmlns: SVG, "font-family": LABEL_FONT, "font-size": 13, role: "group" });
  let y = 44;
  provinceRows(adopters).forEach(([province, some], number) => {
    const placed = inLines(some, across, width);
    const height = ROW_PIXELS * (1 + Math.max(...placed.map((adopter) => adopter.line)));
    if (number % 2 === 0) svg.append(drawn("rect", { x: 0, y, width, height, fill: colours.rule, "fill-opacity": 0.35 }));
    const name = province < 0 ? word("noProvince") : graph.places[province].zh;
    svg.append(drawn("text", { x: 12, y: y + ROW_PIXELS / 2 + 5, fill: colours.ink, "font-weight": "bold" }, name));
    for (const adopter of placed) svg.append(adopterMark(adopter, y + ROW_PIXELS * (adopter.line + 0.5), order.get(adopter.place)));
    y += height;
  });
  svg.prepend(...axis(first, last, left, right, width, y, known.length, known.length < adopters.length));
  const height = y + AXIS_PIXELS;
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return svg;
}

function axis(first, last, left, right, width, bottom, dated, undated) {
  const parts = [];
  const { ticks, text } = axisMonths(first, last, right - left);
  for (const month of dated ? ticks : []) {
    const x = round1(left + ((month - first) / (last - first)) * (right - left));
    parts.push(drawn("line", { x1: x, x2: x, y1: 36, y2: bottom, stroke: colours.rule }));
    parts.push(drawn("text", { x, y: 28, fill: colours.quiet, "text-anchor": "middle" }, text(month)));
  }
  if (undated) parts.push(drawn("text", { x: right + 14, y: 28, fill: colours.quiet }, word("undated")));
  return parts;
}

function adopterMark(adopter, y, number) {
  const entity = entities[adopter.place];
  const group = drawn("g", { class: "adopter", tabindex: 0, role: "button", "data-place": adopter.place });
  const when = adopter.month < 0 ? word("undated") : monthText(adopter.month);
  group.append(drawn("title", {}, `${number}. ${entity.label}，${when}${adopter.origin ? `，${word("origin")}` : ""}`));
  const ring = adopter.origin ? { stroke: colours.ink, "stroke-width": 2.5 } : {};
  group.append(outline(typeOf.get(entity.type), adopter.x, y, 7, { fill: colourOf(adopter.place), ...ring }));
  const label = entity.label.length > 14 ? `${entity.label.slice(0, 13)}…` : entity.label;
  const text = { x: adopter.x + (adopter.left ? -12 : 12), y: y + 5, fill: colours.ink, "text-anchor": adopter.left ? "end" : "start" };
  group.append(drawn("text", text, `${number} ${label}`));
  return group;
}

/** Draw the practice that is open, and say how many adopters and provinces it has. */
function showDiffusion() {
  const adopters = adoptersOf(diffusion.place);
  const provinces = new Set(adopters.map((adopter) => provinceOf(adopter.place)).filter((row) => row >= 0));
  const svg = diffusionDrawing(diffusion.place, Math.max(320, diffusion.box.clientWidth - 4));
  for (const mark of svg.querySelectorAll(".adopter")) {
    const take = () => act(() => choose({ place: Number(mark.dataset.place) }));
    mark.addEventListener("click", take);
    mark.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") take();
    });
  }
  diffusion.box.replaceChildren(
    made("h2", {}, word("diffusionOf", { n: entities[diffusion.place].label })),
    made("p", { class: "quiet" }, word("diffusionSays", { adopters: adopters.length, provinces: provinces.size })),
    svg,
  );
}
