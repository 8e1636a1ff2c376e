// The menus: how the picture looks, and what can be taken away from it.
let fileNumber = 0;

/** Hand a file to the reader; it is made in the page, nothing is fetched. */
function handOver(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = made("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  fileNumber += 1;
  tell(word("saved", { n: name }));
}

function fileName(ending) {
  const subject = chosen.place === undefined ? graph.view || "graph" : entities[chosen.place].label;
  return `${plain(subject).replace(/[\s\\/:*?"<>|.\u202a-\u202e\u2066-\u2069]+/g, "_").slice(0, 40) || "graph"}.${ending}`;
}

const TAKE_AWAY = [
  ["png", "savePng", async () => handOver(fileName("png"), await pngBlob())],
  ["svg", "saveSvg", () => handOver(fileName("svg"), svgText(), "image/svg+xml")],
  ["gexf", "saveGexf", () => handOver(fileName("gexf"), gexf(), "application/xml")],
  ["nodes-csv", "saveNodes", () => handOver(fileName("nodes.csv"), nodesCsv(), "text/csv")],
  ["edges-csv", "saveEdges", () => handOver(fileName("edges.csv"), edgesCsv(), "text/csv")],
  ["json", "saveJson", () => handOver(fileName("json"), graphJson(), "application/json")],
  ["cite", "cite", showCitation],
];

function menu(id, title, content) {
  const box = byId(id);
  const isOpen = box.open;
  box.replaceChildren(made("summary", {}, title), made("div", { class: "sheet" }, content));
  box.open = isOpen;
}

function chooser(id, title, values, chosenValue, change) {
  const select = made("select", { id }, values.map(([value, text]) => made("option", { value }, text)));
  select.value = chosenValue;
  select.addEventListener("change", () => act(() => change(select.value)));
  return made("label", {}, made("span", {}, title), select);
}

function showMenus() {
  menu("look-menu", word("looks"), [
    chooser("colour-by", word("colourBy"), [["type", word("byType")], ["community", word("byCommunity")]], looks.colour, (value) => {
      looks.colour = value;
    }),
    chooser("size-by", word("sizeBy"), MEASURES.map((name) => [name, word(`measure_${name}`)]), looks.size, (value) => {
      looks.size = value;
    }),
    pressable(word("rearrange"), { id: "rearrange" }, () => act(rearrange)),
    pressable(word(isDark() ? "themeLight" : "themeDark"), { id: "theme" }, changeTheme),
  ]);
  menu("save-menu", word("save"), TAKE_AWAY.map(([id, text, does]) => pressable(word(text), { id: `save-${id}` }, () => {
    byId("save-menu").open = false;
    does();
  })));
}

document.addEventListener("click", (event) => {
  for (const box of document.querySelectorAll("details.menu[open]")) if (!box.contains(event.target)) box.open = false;
});
