// SPARQL as text: its tokens, and where the caret stands in them.
const TOKEN =
  /(#[^\n]*)|("""(?:[^"\\]|\\.|"(?!""))*(?:"""|$)|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(<[^<>"{}|^`\\\s]*>?)|([?$][\p{L}\p{N}_]+)|(@[A-Za-z]+(?:-[A-Za-z0-9]+)*)|((?:[\p{L}\p{N}_][\p{L}\p{N}_.-]*)?:[\p{L}\p{N}_%.-]*)|([\p{L}_][\p{L}\p{N}_-]*)|([0-9]+(?:\.[0-9]+)?)|(\s+)|([^])/gu;
const KINDS = [null, "comment", "string", "iri", "variable", "tag", "term", "word", "number", "space", "mark"];

export const KEYWORDS =
  "SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED PREFIX BASE DISTINCT REDUCED AS GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET VALUES OPTIONAL GRAPH UNION FILTER BIND MINUS NOT IN EXISTS UNDEF TRUE FALSE A STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR".split(
    " ",
  );
const KNOWN = new Set(KEYWORDS);

/** The tokens of a text as {kind, text, start}; together they are the whole text. */
export function tokens(text) {
  const found = [];
  for (const match of text.matchAll(TOKEN)) {
    const group = match.findIndex((part, number) => number > 0 && part !== undefined);
    let kind = KINDS[group];
    if (kind === "word") kind = KNOWN.has(match[0].toUpperCase()) ? "keyword" : "word";
    found.push({ kind, text: match[0], start: match.index });
  }
  return found;
}

/** The text as elements, a span for each token that has a colour. */
export function highlighted(text) {
  return tokens(text).map((token) => {
    if (token.kind === "space" || token.kind === "mark" || token.kind === "word") return document.createTextNode(token.text);
    const span = document.createElement("span");
    span.className = `t-${token.kind}`;
    span.textContent = token.text;
    return span;
  });
}

/** The token that ends at or holds the caret, with what of it stands before; null between tokens. */
export function tokenAt(text, caret) {
  for (const token of tokens(text)) {
    if (token.start < caret && caret <= token.start + token.text.length) {
      return { ...token, typed: text.slice(token.start, caret) };
    }
  }
  return null;
}
