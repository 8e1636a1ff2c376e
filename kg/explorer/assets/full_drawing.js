// Drawing all of a view with WebGL: buffers of points and lines, drawn in one call each.

/** Which entities the drawing of all can show: those with a place in it. */
const drawable = entities.map((_, place) => place).filter((place) => entities[place].drawn);

function compiled(gl, vertex, fragment) {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}

function rgb(colour) {
  const number = parseInt(colour.slice(1), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

/** A drawing on a canvas, or null where the browser has no WebGL. */
function fullDrawing(canvas) {
  const gl = canvas.getContext("webgl", { antialias: false, premultipliedAlpha: true });
  if (!gl) return null;
  const points = compiled(gl, POINT_VERTEX, POINT_FRAGMENT);
  const lines = compiled(gl, LINE_VERTEX, LINE_FRAGMENT);
  const buffers = {};
  const amounts = {};
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  function fill(name, values) {
    buffers[name] = buffers[name] || gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[name]);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(values), gl.STATIC_DRAW);
    amounts[name] = values.length;
  }

  /** Take over the points {at: [x, y], colour, radius, shape} and lines [[x, y], [x, y]] under a name. */
  function take(name, somePoints, someLines) {
    fill(`${name} points`, somePoints.flatMap((point) => [...point.at, ...rgb(point.colour), point.radius, SHAPE_NUMBERS[point.shape]]));
    fill(`${name} lines`, someLines.flat(2));
  }

  function attribute(program, name, size, stride, offset) {
    const at = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, stride * 4, offset * 4);
  }

  function uniforms(program, view) {
    gl.useProgram(program);
    gl.uniform2f(gl.getUniformLocation(program, "middle"), view.x, view.y);
    const half = [canvas.width / (2 * view.scale * view.density), canvas.height / (2 * view.scale * view.density)];
    gl.uniform2f(gl.getUniformLocation(program, "reach"), ...half);
  }

  function drawLines(name, view, colour, opacity) {
    uniforms(lines, view);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[`${name} lines`]);
    attribute(lines, "at", 2, 2, 0);
    gl.uniform4f(gl.getUniformLocation(lines, "ink"), ...rgb(colour), opacity);
    gl.drawArrays(gl.LINES, 0, amounts[`${name} lines`] / 2);
  }

  function drawPoints(name, view, opacity) {
    uniforms(points, view);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[`${name} points`]);
    attribute(points, "at", 2, 7, 0);
    attribute(points, "ink", 3, 7, 2);
    attribute(points, "form", 2, 7, 5);
    gl.uniform1f(gl.getUniformLocation(points, "enlarged"), pointScale(view.scale) * view.density);
    gl.uniform1f(gl.getUniformLocation(points, "smallest"), SMALLEST_POINT * view.density);
    gl.uniform1f(gl.getUniformLocation(points, "opacity"), opacity);
    gl.drawArrays(gl.POINTS, 0, amounts[`${name} points`] / 7);
  }

  function clear() {
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  return { take, drawLines, drawPoints, clear };
}

const SMALLEST_POINT = 2.2; // pixels across

/** Radii on the screen for radii at scale 1: they shrink more slowly than the distances between points. */
function pointScale(scale) {
  return 0.55 * Math.sqrt(scale);
}
