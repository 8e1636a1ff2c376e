// The programs that draw all of a view at once: lines, and points in the shape of their type.
const LINE_VERTEX = `
attribute vec2 at;
uniform vec2 middle;
uniform vec2 reach;
void main() {
  vec2 seen = (at - middle) / reach;
  gl_Position = vec4(seen.x, -seen.y, 0.0, 1.0);
}`;
const LINE_FRAGMENT = `
precision mediump float;
uniform vec4 ink;
void main() { gl_FragColor = vec4(ink.rgb * ink.a, ink.a); }`;
const POINT_VERTEX = `
attribute vec2 at;
attribute vec3 ink;
attribute vec2 form;
uniform vec2 middle;
uniform vec2 reach;
uniform float enlarged;
uniform float smallest;
varying vec3 colour;
varying float shape;
varying float pixels;
void main() {
  vec2 seen = (at - middle) / reach;
  gl_Position = vec4(seen.x, -seen.y, 0.0, 1.0);
  pixels = max(smallest, 2.0 * form.x * enlarged) + 2.0;
  gl_PointSize = pixels;
  colour = ink;
  shape = form.y;
}`;
// How far inside its shape a place is, from -1 to 1; negative is outside.
const POINT_FRAGMENT = `
precision mediump float;
uniform float opacity;
varying vec3 colour;
varying float shape;
varying float pixels;
float sided(vec2 p, float sides, float inner) {
  float part = 6.2831853 / sides;
  float turn = atan(p.x, p.y);
  return inner - cos(floor(0.5 + turn / part) * part - turn) * length(p);
}
float star(vec2 p) {
  float part = 6.2831853 / 5.0;
  float turn = abs(mod(atan(p.x, -p.y) + part / 2.0, part) - part / 2.0);
  vec2 q = length(p) * vec2(cos(turn), sin(turn));
  vec2 inner = 0.42 * vec2(cos(part / 2.0), sin(part / 2.0));
  vec2 edge = inner - vec2(1.0, 0.0);
  return (edge.x * q.y - edge.y * (q.x - 1.0)) / length(edge);
}
float inside(vec2 p) {
  if (shape < 0.5) return 1.0 - length(p);
  if (shape < 1.5) return 0.82 - max(abs(p.x), abs(p.y));
  if (shape < 2.5) return sided(p, 3.0, 0.5);
  if (shape < 3.5) return (1.0 - abs(p.x) - abs(p.y)) * 0.7;
  if (shape < 4.5) return star(p);
  if (shape < 5.5) return sided(p.yx, 6.0, 0.866);
  return sided(vec2(p.x, -p.y), 3.0, 0.5);
}
void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0 * pixels / (pixels - 2.0);
  float covered = clamp(inside(p) * pixels / 2.0 + 0.5, 0.0, 1.0) * opacity;
  if (covered <= 0.0) discard;
  gl_FragColor = vec4(colour * covered, covered);
}`;
/** The numbers by which the program knows the shapes. */
const SHAPE_NUMBERS = { dot: 0, square: 1, triangle: 2, diamond: 3, star: 4, hexagon: 5, triangleDown: 6 };
