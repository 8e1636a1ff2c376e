// A list of suggestions under a field: arrows choose, Enter or a click takes, Escape closes.
import { made } from "./elements.js";

let count = 0;

export class Listbox {
  /** The list for a field, standing in `holder`; `take` is told the data of the item that is taken. */
  constructor(field, holder, take, { marksFirst = false } = {}) {
    this.field = field;
    this.take = take;
    this.marksFirst = marksFirst;
    this.id = `list-${(count += 1)}`;
    this.items = [];
    this.active = -1;
    this.list = made("ul", { class: "suggestions", id: this.id, role: "listbox", hidden: "" });
    holder.append(this.list);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(combobox)) field.setAttribute(name, value);
    field.addEventListener("blur", () => this.close());
    field.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Show items of {content, data}; one without data can be read and not taken. */
  show(items) {
    this.items = items.filter((item) => item.data !== undefined);
    this.list.replaceChildren(...items.map((item) => this.row(item)));
    this.list.hidden = !items.length;
    this.field.setAttribute("aria-expanded", String(this.isOpen));
    this.mark(this.marksFirst && this.items.length ? 0 : -1);
  }

  row(item) {
    if (item.data === undefined) return made("li", {}, item.content);
    const place = this.items.indexOf(item);
    const row = made("li", { role: "option", id: `${this.id}-${place}`, "aria-selected": "false" }, item.content);
    row.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(place);
    });
    return row;
  }

  mark(place) {
    this.active = place;
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === place)));
    if (rows[place]) {
      rows[place].scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", rows[place].id);
    } else this.field.removeAttribute("aria-activedescendant");
  }

  choose(place) {
    const { data } = this.items[place];
    this.close();
    this.take(data);
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  key(event) {
    if (!this.isOpen || event.isComposing) return;
    const last = this.items.length - 1;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown" && last >= 0) this.mark(this.active >= last ? 0 : this.active + 1);
    else if (event.key === "ArrowUp" && last >= 0) this.mark(this.active <= 0 ? last : this.active - 1);
    else if ((event.key === "Enter" || (event.key === "Tab" && this.marksFirst)) && this.active >= 0 && !event.ctrlKey) {
      this.choose(this.active);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
