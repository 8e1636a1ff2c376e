// The search box on every page: what is found is listed while the reader types; without this it is a plain form.
import { made } from "./elements.js";

const box = document.getElementById("search");
const form = box.form;
const list = made("ul", { class: "suggestions", id: "suggestions", role: "listbox", hidden: "" });
const WAIT = 70;

let active = -1;
let asking = null;
let timer = 0;

form.append(list);
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-controls": "suggestions",
  "aria-expanded": "false",
})) {
  box.setAttribute(name, value);
}

function options() {
  return [...list.querySelectorAll("[role=option]")];
}

function close() {
  list.hidden = true;
  active = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function mark(at) {
  active = at;
  options().forEach((item, row) => item.setAttribute("aria-selected", String(row === at)));
  const chosen = options()[at];
  if (chosen) {
    chosen.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", chosen.id);
  } else box.removeAttribute("aria-activedescendant");
}

function go(path) {
  close();
  location.assign(path);
}

function option(row, path, ...content) {
  const item = made("li", { role: "option", id: `suggestion-${row}`, "data-path": path, "aria-selected": "false" }, content);
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    go(path);
  });
  return item;
}

function suggestion(hit, row) {
  const picture = made("img", { src: `/static/sign-${hit.type.toLowerCase()}.svg`, class: "sign", alt: hit.type_name });
  return option(
    row,
    hit.path,
    picture,
    made("bdi", { class: "name", lang: "zh-Hans" }, hit.label),
    made("span", { lang: hit.alias ? "zh-Hans" : "zh-Latn" }, hit.alias || hit.pinyin),
    made("span", { class: "where", lang: "zh-Hans" }, hit.place),
  );
}

function show(answer, text) {
  const rows = answer.hits.map(suggestion);
  if (!rows.length) rows.push(made("li", {}, made("span", {}, box.dataset.none)));
  else if (answer.total > rows.length) {
    const path = `/search?q=${encodeURIComponent(text)}`;
    rows.push(option(rows.length, path, made("span", {}, `${box.dataset.all} (${answer.total.toLocaleString("en")})`)));
  }
  list.replaceChildren(...rows);
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
  mark(-1);
}

async function look() {
  const text = box.value.trim();
  if (asking) asking.abort();
  if (!text) {
    close();
    return;
  }
  asking = new AbortController();
  try {
    const response = await fetch(`/search.json?q=${encodeURIComponent(text)}`, { signal: asking.signal });
    if (response.ok && text === box.value.trim()) show(await response.json(), text);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

box.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
});
box.addEventListener("compositionend", look);
box.addEventListener("blur", close);
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const count = options().length;
  if (event.key === "Escape") close();
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden && count) {
    event.preventDefault();
    mark((active + (event.key === "ArrowDown" ? 1 : count + (active < 0 ? 0 : -1))) % count);
  } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
    event.preventDefault();
    go(options()[active].dataset.path);
  }
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
