// Arranging the picture anew: forces for a fixed number of steps, the same every time, then room for all.
const ARRANGING_STEPS = 220;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const LABEL_ROOM = 26;

/** Set where the visible entities stand by the lines between them. */
function arrange() {
  const places = visiblePlaces().sort((a, b) => connection[b] - connection[a] || a - b);
  if (!places.length) return;
  const at = new Map(places.map((place, number) => [place, number]));
  const ties = visiblePairs().filter((pair) => pair.a !== pair.b).map((pair) => [at.get(pair.a), at.get(pair.b)]);
  const spread = ROOM * Math.sqrt(places.length);
  const points = places.map((_, number) => {
    const reach = spread * Math.sqrt((number + 0.5) / places.length);
    return [reach * Math.cos(number * GOLDEN_ANGLE), reach * Math.sin(number * GOLDEN_ANGLE)];
  });
  for (let step = 0; step < ARRANGING_STEPS; step += 1) {
    relax(points, ties, 1.35 * ROOM, (1 - step / ARRANGING_STEPS) * 0.12 * spread + 1);
  }
  setApart(points, places.map((place) => radiusOf(place) + LABEL_ROOM / 2));
  places.forEach((place, number) => {
    shown.set(place, { x: Math.round(points[number][0]), y: Math.round(points[number][1]) });
  });
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
