// The query page: questions are asked without leaving it; without this its forms work by themselves.
import { enliven } from "./answer.js";
import { Editor } from "./editor.js";
import { made } from "./elements.js";
import { Listbox } from "./listbox.js";
import { nameRow, namesLike, whenTyped } from "./names.js";
import { highlighted } from "./sparql_text.js";

const LONGEST_ADDRESS = 6000;
const form = document.getElementById("ask");
const answer = document.getElementById("answer");
const area = form.querySelector("textarea");
const run = form.querySelector("button.primary");
const stop = document.getElementById("stop");
const editor = area && !area.readOnly ? new Editor(area) : null;
let asking = null;

for (const shown of document.querySelectorAll("pre.sparql")) shown.replaceChildren(...highlighted(shown.textContent));

function busy(is) {
  answer.setAttribute("aria-busy", String(is));
  run.disabled = is;
  stop.hidden = !is;
}

function showAnswer(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  answer.replaceChildren(...parsed.body.childNodes);
  ready();
}

function ready() {
  enliven(answer);
  const line = answer.querySelector("[data-line]");
  if (line && editor) editor.showLine(Number(line.dataset.line));
}

async function ask(event) {
  event.preventDefault();
  if (asking) asking.abort();
  const mine = new AbortController();
  asking = mine;
  const asked = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...asked]) if (!value.trim()) asked.delete(name);
  busy(true);
  answer.replaceChildren(made("p", { class: "quiet running" }, form.dataset.running));
  try {
    const response = await fetch("/query/answer", { method: "POST", body: asked, signal: mine.signal });
    showAnswer(await response.text());
    const address = `/query?${asked}`;
    if (address.length < LONGEST_ADDRESS) history.replaceState(null, "", address);
  } catch (error) {
    if (asking === mine) answer.replaceChildren(error.name === "AbortError" ? "" : made("p", { class: "problem" }, String(error.message)));
  } finally {
    if (asking === mine) {
      asking = null;
      busy(false);
    }
  }
}

form.addEventListener("submit", ask);
stop.addEventListener("click", () => {
  if (asking) asking.abort();
});

for (const field of form.querySelectorAll("input[data-names]")) {
  const holder = field.parentElement;
  const list = new Listbox(field, holder, (label) => {
    field.value = label;
    field.focus();
  });
  whenTyped(field, async () => {
    const text = field.value.trim();
    const found = text ? await namesLike(text, field.dataset.names) : null;
    if (!found || text !== field.value.trim() || document.activeElement !== field) list.close();
    else list.show(found.hits.map((hit) => ({ content: nameRow(hit), data: hit.label })));
  });
}
for (const button of form.querySelectorAll("button[data-example]")) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.getAttribute("aria-controls"));
    field.value = button.dataset.example;
    field.focus();
  });
}

const filter = document.getElementById("find-question");
filter.closest("p").hidden = false;
filter.addEventListener("input", () => {
  const typed = filter.value.trim().toLowerCase();
  for (const topic of document.querySelectorAll(".question-list section")) {
    let shown = 0;
    for (const item of topic.querySelectorAll("li")) {
      item.hidden = !item.dataset.text.toLowerCase().includes(typed);
      shown += item.hidden ? 0 : 1;
    }
    topic.hidden = !shown;
  }
});
ready();
