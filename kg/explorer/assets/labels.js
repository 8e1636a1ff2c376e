// Labels: one size at every zoom, the more important first, none over another or over a node.
const LABEL_PIXELS = 12;
const LINE_PIXELS = 15;
const LABEL_FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';
const measured = new Map();

function labelBox(context, text) {
  let box = measured.get(text);
  if (!box) {
    const lines = text.split("\n");
    context.save();
    context.font = `${LABEL_PIXELS}px ${LABEL_FONT}`;
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    context.restore();
    box = { lines, width, height: lines.length * LINE_PIXELS };
    measured.set(text, box);
  }
  return box;
}

/** Places beside a node where its label may stand, the preferred first: screen pixels from the centre. */
function candidates(box, radius) {
  const gap = radius + 3;
  const side = gap + box.width / 2;
  const level = box.height / 2;
  return [
    [0, gap + level],
    [0, -gap - level],
    [side, 0],
    [-side, 0],
    [side * 0.8, gap * 0.6 + level],
    [-side * 0.8, gap * 0.6 + level],
    [side * 0.8, -gap * 0.6 - level],
    [-side * 0.8, -gap * 0.6 - level],
  ];
}

function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function around(x, y, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function areaAt(item, box, [dx, dy]) {
  return { dx, dy, area: around(item.x + dx, item.y + dy, box.width + 4, box.height) };
}

/** How many square pixels of the nodes in `taken` an area would cover; no label after them may be covered. */
function covered(area, taken, nodeCount, own) {
  let sum = 0;
  for (let index = 0; index < taken.length; index += 1) {
    const other = taken[index];
    if (index === own || !overlaps(area, other)) continue;
    if (index >= nodeCount) return Infinity;
    const wide = Math.min(area.right, other.right) - Math.max(area.left, other.left);
    sum += wide * (Math.min(area.bottom, other.bottom) - Math.max(area.top, other.top));
  }
  return sum;
}

/** The first of `offsets` where a label covers nothing in `taken`; failing that null, or the least bad if it must stand. */
function stood(item, box, offsets, taken, nodeCount, own, must) {
  let best = null;
  let least = Infinity;
  for (const offset of offsets) {
    const at = areaAt(item, box, offset);
    const lost = covered(at.area, taken, nodeCount, own);
    if (lost === 0) return at;
    if (lost < least) [best, least] = [at, lost];
  }
  return must ? best : null;
}

/**
 * Where labels stand. `nodes` are {place, text, x, y, radius, must}, the most important first; `lines`
 * are {pair, text, x, y, offsets}, the names of relations along their lines; all in screen pixels. A
 * node's label that `must` be seen may stand over nodes, where it covers the least; no label covers another.
 */
function placedLabels(context, nodes, lines) {
  const taken = nodes.map((node) => around(node.x, node.y, 2 * node.radius, 2 * node.radius));
  const labels = [];
  const stand = (item, text, offsets, own, must) => {
    const box = labelBox(context, text);
    const at = stood(item, box, offsets(box), taken, nodes.length, own, must);
    if (!at) return;
    taken.push(at.area);
    labels.push({ place: item.place, pair: item.pair, lines: box.lines, ...at });
  };
  nodes.forEach((node, own) => {
    if (node.must) stand(node, node.text, (box) => candidates(box, node.radius), own, true);
  });
  for (const line of lines) stand(line, line.text, () => line.offsets, -1, false);
  nodes.forEach((node, own) => {
    if (!node.must) stand(node, node.text, (box) => candidates(box, node.radius), own, false);
  });
  return labels;
}

/** Set a canvas up for labels: a rim of the paper's colour keeps them readable over lines. */
function prepareLabels(context) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.paper;
}

/** Where the lines of a label stand, from the point it belongs to. */
function labelLines(label, x, y) {
  const top = y + label.dy - ((label.lines.length - 1) * LINE_PIXELS) / 2;
  return label.lines.map((text, row) => ({ text, x: x + label.dx, y: top + row * LINE_PIXELS }));
}

function writeLabel(context, label, x, y, bold, colour) {
  context.font = `${bold ? "bold " : ""}${LABEL_PIXELS}px ${LABEL_FONT}`;
  context.fillStyle = colour;
  for (const line of labelLines(label, x, y)) {
    context.strokeText(line.text, line.x, line.y);
    context.fillText(line.text, line.x, line.y);
  }
}
