// Names of the graph's entities, asked of the service while the reader types.
import { made } from "./elements.js";

let asking = null;

/** What answers the text, {total, hits}; null if another question has come since, or nothing can be had. */
export async function namesLike(text, types = "") {
  if (asking) asking.abort();
  asking = new AbortController();
  const asked = new URLSearchParams({ q: text, type: types });
  try {
    const response = await fetch(`/search.json?${asked}`, { signal: asking.signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** A name as a list shows it: sign, label, what explains it, where it stands. */
export function nameRow(hit) {
  return [
    made("img", { src: `/static/sign-${hit.type.toLowerCase()}.svg`, class: "sign", alt: hit.type_name }),
    made("bdi", { class: "name", lang: "zh-Hans" }, hit.label),
    made("span", { lang: hit.alias ? "zh-Hans" : "zh-Latn" }, hit.alias || hit.pinyin),
    made("span", { class: "where", lang: "zh-Hans" }, hit.place),
  ];
}

/** Call an action a moment after the reader stops typing, and at once when an input method is done. */
export function whenTyped(field, action, wait = 70) {
  let timer = 0;
  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(action, wait);
  });
  field.addEventListener("compositionend", action);
}
