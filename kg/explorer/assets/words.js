// The words of the interface. `{n}` stands for a number or a name that is filled in.
const WORDS = {
  zh: {
    search: "检索：汉字、拼音、首字母、别名（按 / 键）",
    searchName: "检索实体",
    noResult: "没有找到",
    moreResults: "另有 {n} 个结果，请继续输入",
    onCanvas: "已显示",
    reset: "复位",
    resetHint: "回到打开时的图",
    fit: "全图",
    fitHint: "缩放到全部可见",
    language: "English",
    themeDark: "深色",
    themeLight: "浅色",
    status: "显示 {shown} / 共 {all} 个实体",
    legend: "实体类型（点按以隐藏或显示）",
    full: "图中最多 {n} 个实体，有 {left} 个未能显示。请先隐藏一些，或复位。",
    nothingNew: "邻居已全部显示",
    filtered: "其类型已在图例中关闭，现已打开：{n}",
    expand: "展开邻居",
    expandMore: "展开邻居（{n} 个未显示）",
    hide: "隐藏",
    locate: "居中",
    close: "关闭",
    pinyin: "拼音",
    aliases: "别名",
    code: "代码",
    level: "层级",
    mentions: "陈述",
    times: "{n} 条，{articles} 篇报道",
    seen: "见报",
    noFacts: "所给材料中没有关于它的事实。",
    showRest: "显示其余 {n} 条",
    article: "原文",
    confidence: "置信度",
    untitled: "（无题）",
    noSentence: "没有可引的句子",
    edgeFacts: "两者之间",
    strength: "权重",
    welcome: "如何阅读此图",
    welcomeText: [
      "图中是联系最多的行动者与治理做法；其余实体可从检索框找到。",
      "单击一个实体，此处列出关于它的事实，每条事实附原句与出处；单击连线，列出两者之间的事实。",
      "双击一个实体，展开它的邻居。图例可隐去某一类型。",
    ],
    keys: "键盘：/ 检索，Esc 清除，↑↓ 选结果",
    most: "联系最多",
  },
  en: {
    search: "Search: characters, pinyin, initials, aliases (press /)",
    searchName: "Search entities",
    noResult: "Nothing found",
    moreResults: "{n} more; keep typing",
    onCanvas: "shown",
    reset: "Reset",
    resetHint: "Back to the picture the page opened on",
    fit: "Fit",
    fitHint: "Zoom until everything is in sight",
    language: "中文",
    themeDark: "Dark",
    themeLight: "Light",
    status: "Showing {shown} of {all} entities",
    legend: "Entity types (press to hide or show)",
    full: "The canvas holds {n} entities; {left} could not be shown. Hide some first, or reset.",
    nothingNew: "All neighbours are shown",
    filtered: "Switched off in the legend, now on again: {n}",
    expand: "Expand neighbours",
    expandMore: "Expand neighbours ({n} not shown)",
    hide: "Hide",
    locate: "Centre",
    close: "Close",
    pinyin: "Pinyin",
    aliases: "Also",
    code: "Code",
    level: "Level",
    mentions: "Stated",
    times: "{n} times, articles: {articles}",
    seen: "In print",
    noFacts: "The material holds no facts about it.",
    showRest: "Show the other {n}",
    article: "Article",
    confidence: "confidence",
    untitled: "(untitled)",
    noSentence: "no sentence to quote",
    edgeFacts: "Between the two",
    strength: "weight",
    welcome: "How to read this graph",
    welcomeText: [
      "The picture holds the most connected actors and practices; search finds every other entity.",
      "Click an entity to read what is said of it here, each fact with its sentence and source; click a line for the facts between two entities.",
      "Double-click an entity to bring in its neighbours. The legend hides a type.",
    ],
    keys: "Keys: / search, Esc clear, ↑↓ choose a result",
    most: "Most connected",
  },
};

const LEVELS = {
  zh: { province: "省级", prefecture: "地级", county: "县级", functional: "功能区" },
  en: { province: "province", prefecture: "prefecture", county: "county", functional: "functional district" },
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
