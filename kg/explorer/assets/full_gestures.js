// What hand and mouse do on the canvas of all: move, zoom, point, choose, open.
function listenToAll() {
  const box = all.names;
  const fingers = new Map();
  let moved = 0;

  const spread = () => {
    const [a, b] = [...fingers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };

  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    moved = 0;
  });
  box.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      point(event);
      return;
    }
    const apart = fingers.size === 2 ? spread() : 0;
    fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (fingers.size === 2) zoomInAll(spread() / Math.max(1, apart), event.offsetX, event.offsetY);
    else panInAll(before.x - event.offsetX, before.y - event.offsetY);
    moved += Math.hypot(before.x - event.offsetX, before.y - event.offsetY);
  });
  const release = (event) => {
    fingers.delete(event.pointerId);
    if (moved < 5 && event.type === "pointerup") {
      const place = nearestInAll(event.offsetX, event.offsetY);
      act(() => choose(place === null ? {} : { place }));
    } else noteView();
  };
  box.addEventListener("pointerup", release);
  box.addEventListener("pointercancel", release);
  box.addEventListener("dblclick", (event) => {
    const place = nearestInAll(event.offsetX, event.offsetY);
    if (place !== null) act(() => takeIntoPicture(place));
  });
  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomInAll(Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY);
    noteView();
  }, { passive: false });

  function point(event) {
    const place = nearestInAll(event.offsetX, event.offsetY);
    if (place === all.hovered) return;
    all.hovered = place;
    box.style.cursor = place === null ? "" : "pointer";
    repaintAll();
  }
}
