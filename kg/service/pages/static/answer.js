// The answer: sorting of its table, and the same rows as a graph.
import { made } from "./elements.js";
import { endColumns, graphDrawing } from "./result_graph.js";

function valueOf(cell) {
  const text = cell.textContent.trim();
  const number = Number(text.replaceAll(",", ""));
  return text && Number.isFinite(number) ? number : text;
}

function compared(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a === "" || b === "") return (a === "") - (b === "");
  return String(a).localeCompare(String(b), "zh-Hans");
}

/** Let a press on a column's head order the rows by it, a second press the other way. */
function sortable(table) {
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = head.querySelector("button");
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => compared(valueOf(a.cells[place]), valueOf(b.cells[place])) * (down ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  });
}

function selection(columns, chosen, label) {
  const list = made(
    "select",
    { "aria-label": label },
    columns.map((column) => made("option", { value: column.place, selected: column === chosen ? "" : null }, column.name)),
  );
  return list;
}

function graphPanel(table, words) {
  const columns = endColumns(table);
  if (columns.length < 2) return made("p", { class: "quiet" }, words.none);
  const from = selection(columns, columns[0], words.from);
  const to = selection(columns, columns[1], words.to);
  const place = made("div");
  const heads = [...table.tHead.rows[0].cells];
  const draw = () => {
    const ends = [Number(from.value), Number(to.value)];
    const also = heads.map((_, n) => n).filter((n) => !ends.includes(n) && heads[n].dataset.kind === "term");
    place.replaceChildren(graphDrawing(table, ...ends, also, words));
  };
  from.addEventListener("change", draw);
  to.addEventListener("change", draw);
  draw();
  return made("div", {}, made("p", { class: "ends" }, `${words.from} `, from, ` ${words.to} `, to), place);
}

/** Make the tools of an answer work. */
export function enliven(answer) {
  const table = answer.querySelector("table.answer");
  if (!table) return;
  sortable(table);
  const [tableTab, graphTab] = ["table", "graph"].map((name) => answer.querySelector(`button[data-view=${name}]`));
  const [tableView, graphView] = ["table", "graph"].map((name) => answer.querySelector(`.view-${name}`));
  const words = graphView.dataset;
  const show = (isGraph) => {
    if (isGraph && !graphView.hasChildNodes()) graphView.append(graphPanel(table, words));
    tableView.hidden = isGraph;
    graphView.hidden = !isGraph;
    tableTab.setAttribute("aria-pressed", String(!isGraph));
    graphTab.setAttribute("aria-pressed", String(isGraph));
  };
  for (const tab of [tableTab, graphTab]) tab.hidden = false;
  tableTab.addEventListener("click", () => show(false));
  graphTab.addEventListener("click", () => show(true));
  const copy = answer.querySelector("[data-copied]");
  copy.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(copy.href);
      copy.textContent = copy.dataset.copied;
    } catch {
      location.assign(copy.href);
    }
  });
}
