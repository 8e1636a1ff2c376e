// The data blocks of the page, and how they are unpacked; nothing is asked of anybody.
function blockJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function bytesOf(base64) {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** What a packed block holds. */
async function packedJson(id) {
  const bytes = bytesOf(document.getElementById(id).textContent);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/** The rows of a table that is written by columns; what a row lacks is 0. */
function rowsOf(columns) {
  const names = Object.keys(columns);
  const count = names.length ? columns[names[0]].length : 0;
  const rows = new Array(count);
  for (let at = 0; at < count; at += 1) {
    const row = {};
    for (const name of names) row[name] = columns[name][at];
    rows[at] = row;
  }
  return rows;
}

/** Let the browser paint before more work is done. */
function painted() {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}
