// Offices over time: what a person held, from the first to the last attestation, as bars on a time axis.
const OFFICE_ROW = 22;

/** The offices of a person: {fact, title, end, from, to}, the earliest first; months, -1 where none is known. */
function officesOf(place) {
  return factsOf[place]
    .filter((row) => passes.owners[row] && facts[row].subject === place && graph.relations[facts[row].relation].office)
    .map((row) => {
      const fact = facts[row];
      const months = fact.evidence.map((attestation) => monthsOf((articleOf(attestation) || {}).date)).filter(([from]) => from >= 0);
      return {
        fact,
        title: fact.qualifiers.title || named(graph.relations[fact.relation]),
        from: months.length ? Math.min(...months.map(([from]) => from)) : -1,
        to: months.length ? Math.max(...months.map(([, to]) => to)) : -1,
      };
    })
    .sort((a, b) => a.from - b.from || a.to - b.to || a.title.localeCompare(b.title));
}

function officeName(office) {
  const end = office.fact.object;
  const holder = typeof end === "number" ? entities[end].label : end;
  const former = office.fact.qualifiers.former === "true" ? word("formerly") : "";
  return `${former}${holder} ${office.title}`;
}

/** The bars; null where no office is dated or there is only one. */
function officeChart(place, width) {
  const offices = officesOf(place).filter((office) => office.from >= 0);
  if (offices.length < 2) return null;
  const first = Math.min(...offices.map((office) => office.from));
  const last = Math.max(first + 1, ...offices.map((office) => office.to));
  const across = (month) => 6 + ((month - first) / (last + 1 - first)) * (width - 12);
  const height = OFFICE_ROW * offices.length * 1.55 + 26;
  const svg = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "offices", role: "img", "aria-label": word("officesOverTime") });
  const { ticks, text } = axisMonths(first, last + 1, width);
  for (const month of ticks) {
    const x = round1(across(month));
    svg.append(drawn("line", { x1: x, x2: x, y1: 18, y2: height, class: "tick" }));
    svg.append(drawn("text", { x, y: 12, class: "quiet", "text-anchor": "middle" }, text(month)));
  }
  offices.forEach((office, row) => {
    const y = 24 + row * OFFICE_ROW * 1.55;
    const [from, to] = [across(office.from), across(office.to + 1)];
    const former = office.fact.qualifiers.former === "true";
    const anchor = from > width * 0.6 ? { x: width - 4, "text-anchor": "end" } : { x: from, "text-anchor": "start" };
    svg.append(drawn("text", { ...anchor, y: y + 11, class: "office" }, officeName(office)));
    svg.append(drawn("rect", { x: round1(from), y: y + 16, width: round1(Math.max(6, to - from)), height: 7, rx: 3, class: former ? "bar former" : "bar" }));
  });
  return svg;
}
