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

/** A label at the first of `offsets` from (x, y) where it covers nothing in `taken`, or null. */
function stood(item, box, offsets, taken, own) {
  for (const [dx, dy] of offsets) {
    const area = around(item.x + dx, item.y + dy, box.width + 4, box.height);
    if (taken.every((other, index) => index === own || !overlaps(area, other))) return { dx, dy, area };
  }
  return null;
}

/**
 * Where labels stand. `nodes` are {place, text, x, y, radius, must}, the most important first; `lines`
 * are {pair, text, x, y, offsets}, the names of relations along their lines; all in screen pixels. A
 * node's label that `must` be seen stands even where it finds no free room.
 */
function placedLabels(context, nodes, lines) {
  const taken = nodes.map((node) => around(node.x, node.y, 2 * node.radius, 2 * node.radius));
  const labels = [];
  const stand = (item, text, offsets, own, must) => {
    const box = labelBox(context, text);
    let at = stood(item, box, offsets(box), taken, own);
    if (!at && must) {
      const [dx, dy] = offsets(box)[0];
      at = { dx, dy, area: around(item.x + dx, item.y + dy, box.width, box.height) };
    }
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
