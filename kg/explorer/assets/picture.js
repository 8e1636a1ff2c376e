// Pictures to take away: what is seen as SVG, and the same as PNG.
const PNG_SCALE = 2;
const FOOT = 64; // pixels below the picture for legend and citation

/** Text without the characters that no XML may hold. */
function plain(text) {
  // eslint-disable-next-line no-control-regex
  return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu, "");
}

function size() {
  const box = mode.name === "all" ? all.box : mode.name === "diffusion" ? diffusion.box : stage;
  return { width: box.clientWidth, height: box.clientHeight };
}

/** What the picture shows, in pixels of the screen: nodes {place, x, y, radius}, lines, labels {label, x, y}. */
function seenSet() {
  const scale = network.getScale();
  const lit = litPlaces();
  placeLabels(all.names.getContext("2d"), scale);
  const at = (place) => network.canvasToDOM(shown.get(place));
  return {
    lit,
    nodes: visiblePlaces().map((place) => ({ place, ...at(place), radius: radiusOf(place) * scale })),
    lines: visiblePairs().filter((pair) => pair.a !== pair.b).map((pair) => ({ pair, from: at(pair.a), to: at(pair.b) })),
    labels: labels.filter((label) => shown.has(label.pair ? label.pair.a : label.place)).map((label) => ({ label, ...at(label.pair ? label.pair.a : label.place) })),
  };
}

function seenAll() {
  const { width, height } = size();
  const near = ({ x, y }) => x > -60 && y > -60 && x < width + 60 && y < height + 60;
  const nodes = all.visible
    .map((place) => ({ place, ...seenAt(place), radius: Math.max(SMALLEST_POINT / 2, radiusOf(place) * pointScale(all.view.scale)) }))
    .filter(near);
  const inSight = new Set(nodes.map((node) => node.place));
  const lines = [...pairs.values()]
    .filter((pair) => pair.a !== pair.b && pairPasses(pair) && isInAll(pair.a) && isInAll(pair.b) && (inSight.has(pair.a) || inSight.has(pair.b)))
    .map((pair) => ({ pair, from: seenAt(pair.a), to: seenAt(pair.b) }));
  return { lit: all.lit, nodes, lines, labels: all.labels.map((label) => ({ label, ...seenAt(label.place) })) };
}

function lineMark(line, lit, thin) {
  const strong = lit && isLitPair(line.pair);
  return drawn("line", {
    x1: round1(line.from.x), y1: round1(line.from.y), x2: round1(line.to.x), y2: round1(line.to.y),
    stroke: strong ? colours.strong : colours.line,
    "stroke-width": thin ? 0.5 : round1(Math.min(4, 0.7 + 0.3 * Math.sqrt(line.pair.weight))),
    "stroke-opacity": strong ? 0.95 : lit ? 0.18 : thin ? 0.35 : 0.75,
  });
}

function nodeMark(node, lit) {
  const type = typeOf.get(entities[node.place].type);
  const edge = node.place === chosen.place || pinned.has(node.place) ? colours.ink : colours.paper;
  return outline(type, node.x, node.y, node.radius, {
    fill: colourOf(node.place), stroke: edge, "stroke-width": 1, opacity: lit && !lit.has(node.place) ? 0.25 : null,
  });
}

function labelMark({ label, x, y }, lit) {
  const attributes = {
    fill: labelColour(label, lit), stroke: colours.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round",
    "text-anchor": "middle", "dominant-baseline": "central", "font-weight": label.place === chosen.place && !label.pair ? "bold" : null,
  };
  return labelLines(label, x, y).map((line) => drawn("text", { ...attributes, x: round1(line.x), y: round1(line.y) }, plain(line.text)));
}

function graphPicture() {
  const { width, height } = size();
  const thin = mode.name === "all";
  const { lit, nodes, lines, labels: names } = thin ? seenAll() : seenSet();
  const svg = drawn("svg", { width, height, "font-family": LABEL_FONT, "font-size": LABEL_PIXELS });
  svg.append(...lines.map((line) => lineMark(line, lit, thin)), ...nodes.map((node) => nodeMark(node, lit)), ...names.flatMap((name) => labelMark(name, lit)));
  return { svg, width, height };
}

function legendMarks(y) {
  let x = 16;
  return graph.types.flatMap((type) => {
    if (!placesInSight().some((place) => entities[place].type === type.name)) return [];
    const marks = [outline(type, x, y, 6, { fill: looks.colour === "type" ? type.colour : colours.quiet }), drawn("text", { x: x + 12, y: y + 4, fill: colours.ink }, named(type))];
    x += 30 + named(type).length * (language === "zh" ? 13 : 7.5);
    return marks;
  });
}

/** Text broken into lines that fit a width, roughly: the citation may be long. */
function folds(text, width) {
  const lines = [""];
  let used = 0;
  for (const character of text) {
    const wide = character.charCodeAt(0) > 255 ? 11 : 6.2;
    if (used + wide > width) {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += character;
    used += wide;
  }
  return lines;
}

/** The SVG of what is seen, with title, legend and citation. */
function seenPicture() {
  const drawing = mode.name === "diffusion"
    ? { svg: diffusionDrawing(diffusion.place, size().width), width: size().width }
    : graphPicture();
  const height = drawing.height || Number(drawing.svg.getAttribute("height"));
  const head = 36;
  const lines = folds(plain(citation()), drawing.width - 32);
  const whole = height + head + FOOT + 14 * (lines.length - 1);
  drawing.svg.setAttribute("y", head);
  const heading = mode.name === "diffusion" ? word("diffusionOf", { n: entities[diffusion.place].label }) : named(graph.title);
  const svg = drawn("svg", { width: drawing.width, height: whole, viewBox: `0 0 ${drawing.width} ${whole}`, "font-family": LABEL_FONT, "font-size": 12 });
  svg.append(
    drawn("title", {}, plain(heading)),
    drawn("rect", { width: drawing.width, height: whole, fill: colours.paper }),
    drawing.svg,
    drawn("text", { x: 16, y: 25, fill: colours.ink, "font-size": 17, "font-weight": "bold" }, plain(heading)),
    ...legendMarks(head + height + 18),
    ...lines.map((line, row) => drawn("text", { x: 16, y: head + height + 44 + 14 * row, fill: colours.quiet, "font-size": 11 }, line)),
  );
  return { svg, width: drawing.width, height: whole };
}

function svgText() {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(seenPicture().svg)}\n`;
}

/** The same picture as PNG. */
async function pngBlob() {
  const { svg, width, height } = seenPicture();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = made("canvas", { width: width * PNG_SCALE, height: height * PNG_SCALE });
  const context = canvas.getContext("2d");
  context.scale(PNG_SCALE, PNG_SCALE);
  context.drawImage(image, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
