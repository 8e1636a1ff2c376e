// The editor: the form's own text area, its text coloured by a layer beneath, with completion at the caret.
import { completions } from "./completion.js";
import { made } from "./elements.js";
import { Listbox } from "./listbox.js";
import { highlighted } from "./sparql_text.js";

export class Editor {
  constructor(area) {
    this.area = area;
    this.layer = made("pre", { class: "layer", "aria-hidden": "true" });
    this.frame = made("div", { class: "editor" });
    area.replaceWith(this.frame);
    this.frame.append(this.layer, area);
    this.list = new Listbox(area, this.frame, (taken) => this.take(taken), { marksFirst: true });
    this.list.list.classList.add("at-caret");
    area.setAttribute("role", "textbox");
    area.addEventListener("input", (event) => {
      this.paint();
      if (!event.isComposing && event.inputType !== "insertFromPaste") this.offer(false);
    });
    area.addEventListener("compositionend", () => this.offer(false));
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("click", () => this.list.close());
    this.paint();
  }

  get text() {
    return this.area.value;
  }

  set text(value) {
    this.area.value = value;
    this.paint();
  }

  /** Colour the text; the layer is what gives the editor its height. */
  paint() {
    this.layer.replaceChildren(...highlighted(this.text), "\n");
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.offer(true);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.area.form.requestSubmit();
    } else if (event.key === "Enter" && !event.shiftKey) {
      const start = this.text.lastIndexOf("\n", this.area.selectionStart - 1) + 1;
      const indent = /^ */.exec(this.text.slice(start, this.area.selectionStart))[0];
      const opens = /[{(]\s*$/.test(this.text.slice(start, this.area.selectionStart)) ? "  " : "";
      event.preventDefault();
      this.insert(`\n${indent}${opens}`);
    }
  }

  /** Put text in the place of the selection, so that the browser can undo it. */
  insert(text) {
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    }
    this.paint();
  }

  take({ start, end, text }) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    this.insert(text);
    this.list.close();
  }

  async offer(asked) {
    const [text, caret] = [this.text, this.area.selectionStart];
    if (caret !== this.area.selectionEnd) return;
    const items = await completions(text, caret, asked);
    if (text !== this.text || caret !== this.area.selectionStart) return;
    if (!items.length) {
      this.list.close();
      return;
    }
    this.list.show(items);
    this.moveList(items[0].data.start);
  }

  /** Let the list stand under the place in the text, within the editor. */
  moveList(at) {
    const marker = made("span");
    this.layer.replaceChildren(...highlighted(this.text.slice(0, at)), marker, ...highlighted(this.text.slice(at)));
    const [left, top] = [marker.offsetLeft, marker.offsetTop + marker.offsetHeight];
    this.paint();
    const room = this.frame.clientWidth - this.list.list.offsetWidth - 4;
    this.list.list.style.left = `${Math.max(0, Math.min(left, room))}px`;
    this.list.list.style.top = `${top + 4}px`;
  }

  /** Put the caret at the beginning of a line, counted from 1. */
  showLine(number) {
    const lines = this.text.split("\n");
    const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + (lines[number - 1] || "").length);
  }
}
