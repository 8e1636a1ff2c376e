// Facts as the panel shows them: a line that says what is stated, and the sentences that state it.
const FIRST_FACTS = 8;

/** A link to the article if its address is one of the web's, else nothing. */
function articleLink(url) {
  if (!url) return null;
  let address;
  try {
    address = new URL(url);
  } catch {
    return null;
  }
  if (address.protocol !== "http:" && address.protocol !== "https:") return null;
  return made("a", { href: address.href, rel: "noopener noreferrer", target: "_blank" }, `${word("article")} ↗`);
}

/** The texts of an attestation: its sentence in three parts, its article; null before they are unpacked. */
function textsOf(attestation) {
  if (!texts || attestation.sentence < 0) return null;
  const row = attestation.sentence;
  const number = graph.sentences.article[row];
  const article = articles[number];
  return {
    before: texts.sentences.before[row] || "",
    quote: texts.sentences.quote[row] || "",
    after: texts.sentences.after[row] || "",
    title: texts.articles.title[number] || "",
    url: texts.articles.url[number] || "",
    source: graph.sources[article.source] || "",
    date: article.date || "",
  };
}

function quoted(attestation) {
  const sure = `${word("confidence")} ${attestation.confidence.toFixed(2)}`;
  const said = textsOf(attestation);
  if (!said) return made("p", { class: "quiet" }, `${word(texts ? "noSentence" : "unpacking")} · ${sure}`);
  const origin = [said.source, said.date].filter(Boolean).join("，");
  return made(
    "blockquote",
    {},
    made("p", {}, said.before, made("mark", {}, said.quote), said.after),
    made(
      "footer",
      {},
      made("span", { class: "title" }, said.title ? `《${said.title}》` : word("untitled")),
      origin ? made("span", {}, origin) : null,
      made("span", {}, sure),
      articleLink(said.url),
    ),
  );
}

/** One end of a fact: a button to the entity if the page has it, else its name or date. */
function endOf(end) {
  if (typeof end !== "number") return made("span", { class: "end" }, made("bdi", {}, end));
  const entity = entities[end];
  return pressable([sign(typeOf.get(entity.type)), made("bdi", {}, entity.label)], { class: "end" }, () => act(() => goTo(end)));
}

function qualifierLines(fact) {
  return Object.entries(fact.qualifiers).map(([name, value]) => {
    const names = Object.hasOwn(graph.qualifiers, name) ? graph.qualifiers[name] : null;
    const label = names ? named(names) : name;
    if (names && names.type === "boolean") {
      return value === "true" ? made("span", { class: "qualifier" }, label) : null;
    }
    const said = names && names.values && Object.hasOwn(names.values, value) ? named(names.values[value]) : value;
    return made("span", { class: "qualifier" }, made("i", {}, label), made("bdi", {}, said));
  });
}

/** A fact as a line and its sentences; seen from an entity only the other end is named. */
function factItem(fact, from) {
  const ends =
    from === undefined
      ? [endOf(fact.subject), made("span", { class: "relation" }, named(graph.relations[fact.relation])), endOf(fact.object)]
      : [endOf(fact.subject === from ? fact.object : fact.subject)];
  const sentences = fact.evidence.filter(attestationPasses).map(quoted);
  if (!sentences.length) sentences.push(made("p", { class: "quiet" }, word("noSentence")));
  return made("li", { class: "fact" }, made("div", { class: "says" }, ends, qualifierLines(fact)), sentences);
}

/** A list that shows its first items and a button for the rest. */
function longList(some, from) {
  const list = made("ul", { class: "facts" }, some.slice(0, FIRST_FACTS).map((fact) => factItem(fact, from)));
  const rest = some.slice(FIRST_FACTS);
  if (!rest.length) return [list];
  const more = pressable(word("showRest", { n: rest.length }), { class: "more" }, () => {
    list.append(...rest.map((fact) => factItem(fact, from)));
    more.remove();
  });
  return [list, more];
}

/** The facts of an entity by relation and side, offices first, then the larger groups. */
function factGroups(place) {
  const groups = new Map();
  for (const fact of keptFacts(factsOf[place])) {
    const names = graph.relations[fact.relation];
    const asObject = fact.subject !== place && names.inverse;
    const key = `${fact.relation} ${asObject ? "<" : ">"}`;
    if (!groups.has(key)) {
      groups.set(key, { name: named(asObject ? names.inverse : names), office: Boolean(names.office), facts: [] });
    }
    groups.get(key).facts.push(fact);
  }
  const earliest = (fact) => fact.evidence.reduce((least, one) => Math.min(least, monthsOf((articleOf(one) || {}).date)[0]), Infinity);
  for (const group of groups.values()) group.facts.sort((a, b) => earliest(a) - earliest(b));
  return [...groups.values()].sort((a, b) => b.office - a.office || b.facts.length - a.facts.length);
}
