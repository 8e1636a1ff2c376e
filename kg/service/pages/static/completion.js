// Completion: what may stand where the caret is - terms of ours by any of their names, keywords, variables, names.
import { made } from "./elements.js";
import { nameRow, namesLike } from "./names.js";
import { KEYWORDS, tokenAt, tokens } from "./sparql_text.js";

const MOST = 12;
const HAN = /\p{Script=Han}/u;

let terms = null;

async function knownTerms() {
  if (!terms) {
    const response = await fetch("/query/terms.json");
    terms = response.ok ? await response.json() : [];
  }
  return terms;
}

function closeness(form, typed) {
  const at = form.toLowerCase().indexOf(typed);
  if (at < 0) return Infinity;
  if (at > 0) return 2;
  return form.length === typed.length ? 0 : 1;
}

/** How well a term answers: by its name, its labels, its reading. */
function termCloseness(term, typed) {
  const latin = !HAN.test(typed);
  const forms = [term.term, term.term.split(":")[1], term.zh, ...term.en.split(" "), term.en];
  let best = Math.min(...forms.map((form) => closeness(form, typed)));
  if (latin) {
    for (const key of term.keys) {
      const close = closeness(key, typed);
      if (close < 2) best = Math.min(best, close + 0.5);
    }
  }
  return best;
}

function termItem(term, start, end) {
  const content = [
    made("code", { class: "t-term" }, term.term),
    made("span", { class: "name" }, term.zh),
    made("span", { class: "where", title: term.definition }, term.en),
  ];
  return { content, data: { start, end, text: `${term.term} ` } };
}

function plainItem(text, kind, start, end) {
  return { content: made("code", { class: `t-${kind}` }, text), data: { start, end, text } };
}

/** Names within quotes; taking one closes the quotes and adds the language of our labels. */
async function nameItems(text, token, caret) {
  const typed = token.typed.slice(1);
  if (!typed.trim()) return [];
  const found = await namesLike(typed);
  if (!found) return [];
  const start = token.start + 1;
  const isClosed = token.text.length > 1 && token.text.endsWith(token.text[0]);
  const end = isClosed ? token.start + token.text.length : caret;
  const tail = text[end] === "@" ? token.text[0] : `${token.text[0]}@zh-Hans`;
  return found.hits.map((hit) => ({ content: nameRow(hit), data: { start, end, text: hit.label + tail } }));
}

/** What may complete the text at the caret; `asked` is whether the reader asked for it. */
export async function completions(text, caret, asked) {
  const token = tokenAt(text, caret);
  if (token && token.kind === "string" && token.typed.length > 1 && !/^("""|''')/.test(token.text)) {
    return nameItems(text, token, caret);
  }
  if (token && token.kind === "variable") {
    const names = new Set(tokens(text).filter((t) => t.kind === "variable" && t.start !== token.start).map((t) => t.text));
    const fitting = [...names].filter((name) => name.startsWith(token.typed) && name !== token.text);
    return fitting.slice(0, MOST).map((name) => plainItem(name, "variable", token.start, token.start + token.text.length));
  }
  const isWord = token && ["term", "word", "keyword"].includes(token.kind);
  if (!isWord && !asked) return [];
  const typed = isWord ? token.typed.toLowerCase() : "";
  const [start, end] = isWord ? [token.start, token.start + token.text.length] : [caret, caret];
  const fitting = (await knownTerms())
    .map((term) => ({ term, close: typed ? termCloseness(term, typed) : 1 }))
    .filter(({ close }) => close < Infinity)
    .sort((a, b) => a.close - b.close || a.term.term.length - b.term.term.length);
  const words = typed.length > 1 ? KEYWORDS.filter((word) => word.toLowerCase().startsWith(typed) && word.toLowerCase() !== typed) : [];
  return [
    ...words.slice(0, 4).map((word) => plainItem(word, "keyword", start, end)),
    ...fitting.slice(0, MOST).map(({ term }) => termItem(term, start, end)),
  ];
}
