// What hand and mouse do on the canvas of all: move, zoom, point, choose, open.
function listenToAll() {
  const { box } = all;
  const fingers = new Map();
  let moved = 0;

  /** Where a pointer is in the box; the canvases in it may be moved while the picture moves. */
  const within = (event) => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };

  const nearestTo = (event) => {
    const { x, y } = within(event);
    return nearestInAll(x, y);
  };

  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, within(event));
    moved = 0;
  });
  box.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      point(event);
      return;
    }
    const apart = fingers.size === 2 ? spread() : 0;
    const now = within(event);
    fingers.set(event.pointerId, now);
    if (fingers.size === 2) zoomInAll(spread() / Math.max(1, apart), now.x, now.y);
    else panInAll(before.x - now.x, before.y - now.y);
    moved += Math.hypot(before.x - now.x, before.y - now.y);
  });
  const release = (event) => {
    fingers.delete(event.pointerId);
    if (moved < 5 && event.type === "pointerup") {
      const place = nearestTo(event);
      act(() => choose(place === null ? {} : { place }));
    } else noteView();
  };
  box.addEventListener("pointerup", release);
  box.addEventListener("pointercancel", release);
  box.addEventListener("dblclick", (event) => {
    const place = nearestTo(event);
    if (place !== null) act(() => takeIntoPicture(place));
  });
  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = within(event);
    zoomInAll(Math.exp(-event.deltaY * 0.0015), x, y);
    noteView();
  }, { passive: false });

  function point(event) {
    const place = nearestTo(event);
    if (place === all.hovered) return;
    all.hovered = place;
    box.style.cursor = place === null ? "" : "pointer";
    repaintAll();
  }
}
