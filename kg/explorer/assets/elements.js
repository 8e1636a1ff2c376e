// Elements of the page, made from text that is never read as markup.
const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; null children are left out. */
function made(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) element.append(child);
  return element;
}

function pressable(text, attributes, action) {
  const button = made("button", { type: "button", ...attributes }, text);
  button.addEventListener("click", action);
  return button;
}

/** The corners of each shape in a square from -1 to 1; a dot has none. */
const CORNERS = {
  square: [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  triangle: [[0, -1], [0.87, 0.5], [-0.87, 0.5]],
  triangleDown: [[0, 1], [0.87, -0.5], [-0.87, -0.5]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  star: starCorners(),
  hexagon: [0, 1, 2, 3, 4, 5].map((side) => [Math.cos((side * Math.PI) / 3), Math.sin((side * Math.PI) / 3)]),
};

function starCorners() {
  return [...Array(10).keys()].map((corner) => {
    const reach = corner % 2 ? 0.42 : 1;
    const turn = (corner * Math.PI) / 5;
    return [reach * Math.sin(turn), -reach * Math.cos(turn)];
  });
}

/** The outline of a type's shape around a point, as an SVG element. */
function outline(type, x, y, radius, attributes = {}) {
  if (type.shape === "dot") return drawn("circle", { cx: round1(x), cy: round1(y), r: round1(radius), ...attributes });
  const corners = CORNERS[type.shape].map(([dx, dy]) => `${round1(x + dx * radius)},${round1(y + dy * radius)}`);
  return drawn("polygon", { points: corners.join(" "), ...attributes });
}

function round1(value) {
  return Math.round(value * 10) / 10;
}

/** The sign of a type, as the canvas draws it. */
function sign(type) {
  const svg = drawn("svg", { viewBox: "-8 -8 16 16", class: "sign", "aria-hidden": "true" });
  svg.append(outline(type, 0, 0, 7.2, { fill: type.colour }));
  return svg;
}
