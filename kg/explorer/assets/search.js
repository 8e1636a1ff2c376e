// Finding entities by characters, pinyin, initials, aliases or code.
const MOST_RESULTS = 12;
const HAN = /\p{Script=Han}/u;

function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\s'’·•“”"]/g, "");
}

function withoutTones(text) {
  return text.normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300-\u036f]/g, "");
}

let forms = null;
namesReady.then(() => {
  forms = null;
});

/** The written forms of each entity, made when they are first asked for. */
function formsOf(place) {
  if (!forms) forms = entities.map((entity) => [entity.label, ...(entity.aliases || [])].map(folded));
  return forms[place];
}

/** How well a written form answers what was typed: 0 the same, 1 begins with it, 2 holds it, else none. */
function closeness(form, typed) {
  const at = form.indexOf(typed);
  if (at < 0) return Infinity;
  if (at > 0) return 2;
  return form.length === typed.length ? 0 : 1;
}

function rank(place, typed, latin) {
  const entity = entities[place];
  let best = Infinity;
  for (const form of formsOf(place)) best = Math.min(best, closeness(form, typed));
  if (latin) {
    for (const key of entity.keys || []) {
      const close = closeness(key, latin);
      // one or two letters inside a long reading would match nearly everything
      if (close < 2 || latin.length > 2) best = Math.min(best, close);
    }
    if (entity.code && entity.code.startsWith(latin)) best = Math.min(best, 1);
  }
  return best;
}

/** Entities that answer what was typed, the closest and then the best connected first. */
function found(text) {
  const typed = folded(text);
  if (!typed) return [];
  const latin = HAN.test(typed) ? "" : withoutTones(typed);
  const hits = [];
  for (let place = 0; place < entities.length; place += 1) {
    const close = rank(place, typed, latin);
    if (close < Infinity) hits.push({ place, close });
  }
  hits.sort((a, b) => a.close - b.close || connection[b.place] - connection[a.place] || a.place - b.place);
  return hits.map((hit) => hit.place);
}
