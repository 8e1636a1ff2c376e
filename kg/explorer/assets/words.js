// The interface's language.
const WORDS = { zh: WORDS_ZH, en: WORDS_EN };
const LEVELS = {
  zh: {
    central: "中央",
    province: "省级",
    prefecture: "地级",
    county: "县级",
    functional: "功能区",
    township: "乡级",
    village: "村级",
  },
  en: {
    central: "central",
    province: "province",
    prefecture: "prefecture",
    county: "county",
    functional: "functional district",
    township: "township",
    village: "village",
  },
};

let language = "zh";

/** The interface's word for a key, with its gaps filled. */
function word(key, gaps = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => String(gaps[name]));
}

/** What a type, relation or qualifier is called in the interface's language. */
function named(names) {
  return names[language] || names.zh || "";
}
