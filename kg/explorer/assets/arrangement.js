// Arranging the picture anew: forces for a fixed number of steps, the same every time, then room for all.
const ARRANGING_STEPS = 220;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const LABEL_ROOM = 26;
const AIRINESS = 2.3;

/** Set where the visible entities stand by the lines between them, the parts side by side. */
function arrange() {
  const parts = connectedParts(visiblePlaces().sort((a, b) => connection[b] - connection[a] || a - b));
  const boxes = parts.map((places) => boxed(places, arranged(places)));
  inRows(boxes);
  for (const { places, points } of boxes) {
    places.forEach((place, number) => {
      shown.set(place, { x: Math.round(points[number][0]), y: Math.round(points[number][1]) });
    });
  }
}

/** The places in parts that hang together in the picture, the largest first. */
function connectedParts(places) {
  const left = new Set(places);
  const parts = [];
  for (const start of places) {
    if (!left.delete(start)) continue;
    const part = [start];
    for (let at = 0; at < part.length; at += 1) {
      for (const [other, pair] of neighbours[part[at]]) if (left.has(other) && pairPasses(pair) && left.delete(other)) part.push(other);
    }
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length);
}

/** Points for a part, by forces from a start on a spiral. */
function arranged(places) {
  const at = new Map(places.map((place, number) => [place, number]));
  const ties = [];
  for (const [place, number] of at) {
    for (const [other, pair] of neighbours[place]) if (at.get(other) < number && pairPasses(pair)) ties.push([number, at.get(other)]);
  }
  const spread = ROOM * Math.sqrt(places.length);
  const points = places.map((_, number) => {
    const reach = spread * Math.sqrt((number + 0.5) / places.length);
    return [reach * Math.cos(number * GOLDEN_ANGLE), reach * Math.sin(number * GOLDEN_ANGLE)];
  });
  for (let step = 0; places.length > 1 && step < ARRANGING_STEPS; step += 1) {
    relax(points, ties, 1.2 * ROOM, (1 - step / ARRANGING_STEPS) * 0.12 * spread + 1);
  }
  const reach = places.map((place) => radiusOf(place) + LABEL_ROOM / 2);
  drawTogether(points, reach);
  setApart(points, reach);
  return points;
}

/** Scale points around their middle so that they spread a fixed number of times wider than if packed. */
function drawTogether(points, reach) {
  const [x, y] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  const spread = Math.sqrt(points.reduce((sum, point) => sum + (point[0] - x) ** 2 + (point[1] - y) ** 2, 0) / points.length);
  const packed = Math.sqrt(reach.reduce((sum, one) => sum + one * one, 0) / 2);
  const by = spread > 0 ? (AIRINESS * packed) / spread : 1;
  for (const point of points) {
    point[0] = (point[0] - x) * by;
    point[1] = (point[1] - y) * by;
  }
}

/** A part with its points moved into a box from 0 to its width and height, room for labels around it. */
function boxed(places, points) {
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [left, top] = [Math.min(...xs) - ROOM, Math.min(...ys) - ROOM / 2];
  for (const point of points) {
    point[0] -= left;
    point[1] -= top;
  }
  return { places, points, width: Math.max(...xs) - left + ROOM, height: Math.max(...ys) - top + ROOM / 2 };
}

/** Set the boxes side by side in rows, in a block somewhat wider than high. */
function inRows(boxes) {
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  const line = Math.max(1.3 * Math.sqrt(area), ...boxes.map((box) => box.width));
  let [x, y, tall] = [0, 0, 0];
  for (const box of boxes) {
    if (x > 0 && x + box.width > line) [x, y, tall] = [0, y + tall, 0];
    for (const point of box.points) {
      point[0] += x;
      point[1] += y;
    }
    x += box.width;
    tall = Math.max(tall, box.height);
  }
}

/** One step of the forces: all push, ties pull, the middle holds; none moves farther than `most`. */
function relax(points, ties, length, most) {
  const force = points.map(([x, y]) => [-0.03 * x, -0.045 * y]);
  for (let one = 0; one < points.length; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const dx = points[one][0] - points[other][0];
      const dy = points[one][1] - points[other][1];
      const push = (length * length) / Math.max(dx * dx + dy * dy, 1);
      force[one][0] += dx * push;
      force[one][1] += dy * push;
      force[other][0] -= dx * push;
      force[other][1] -= dy * push;
    }
  }
  for (const [one, other] of ties) {
    const dx = points[one][0] - points[other][0];
    const dy = points[one][1] - points[other][1];
    const pull = Math.hypot(dx, dy) / length;
    force[one][0] -= dx * pull;
    force[one][1] -= dy * pull;
    force[other][0] += dx * pull;
    force[other][1] += dy * pull;
  }
  points.forEach((point, number) => {
    const size = Math.hypot(force[number][0], force[number][1]) || 1;
    const step = Math.min(size * 0.1, most) / size;
    point[0] += force[number][0] * step;
    point[1] += force[number][1] * step;
  });
}

/** Push points apart until no two are closer than their reaches together, or nearly so. */
function setApart(points, reach) {
  for (let round = 0; round < 120; round += 1) {
    let moved = false;
    for (let one = 0; one < points.length; one += 1) {
      for (let other = 0; other < one; other += 1) {
        let dx = points[one][0] - points[other][0];
        const dy = points[one][1] - points[other][1];
        const wanted = reach[one] + reach[other];
        const distance = Math.hypot(dx, dy);
        if (distance >= wanted) continue;
        if (distance < 1e-6) dx = 1e-6;
        const push = (wanted - distance) / (2 * Math.max(distance, 1e-6));
        points[one][0] += dx * push;
        points[one][1] += dy * push;
        points[other][0] -= dx * push;
        points[other][1] -= dy * push;
        moved = true;
      }
    }
    if (!moved) return;
  }
}
