// The search box on every page: what is found is listed while the reader types; without this it is a plain form.
import { made } from "./elements.js";
import { Listbox } from "./listbox.js";
import { nameRow, namesLike, whenTyped } from "./names.js";

const box = document.getElementById("search");
const list = new Listbox(box, box.form, (path) => location.assign(path));

async function look() {
  const text = box.value.trim();
  if (!text) {
    list.close();
    return;
  }
  const found = await namesLike(text);
  if (!found || text !== box.value.trim() || document.activeElement !== box) return;
  const items = found.hits.map((hit) => ({ content: nameRow(hit), data: hit.path }));
  if (!items.length) items.push({ content: made("span", {}, box.dataset.none) });
  else if (found.total > items.length) {
    const all = made("span", {}, `${box.dataset.all} (${found.total.toLocaleString("en")})`);
    items.push({ content: all, data: `/search?q=${encodeURIComponent(text)}` });
  }
  list.show(items);
}

whenTyped(box, look);
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
