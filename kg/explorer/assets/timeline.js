// The time slider: how many statements each stretch of time has, a period to choose, and play.
const BARS = 48;
const PLAY_STEPS = 48;
const PLAY_MILLISECONDS = 350;
let playing = null;

function hasTime() {
  return Number.isFinite(period.first) && period.last > period.first;
}

function bars(width, height) {
  const months = period.last - period.first + 1;
  const per = Math.max(1, Math.ceil(months / BARS));
  const sums = new Array(Math.ceil(months / per)).fill(0);
  for (const [month, count] of counts.months) sums[Math.floor((month - period.first) / per)] += count;
  const most = Math.max(1, ...sums);
  const step = width / sums.length;
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, class: "bars", "aria-hidden": "true", preserveAspectRatio: "none" });
  sums.forEach((sum, number) => {
    const from = period.first + number * per;
    const inside = filters.from === null || (from + per - 1 >= filters.from && from <= filters.to);
    const tall = sum ? Math.max(1.5, (height - 2) * (sum / most)) : 0;
    svg.append(drawn("rect", { x: round1(number * step), y: round1(height - tall), width: round1(Math.max(1, step - 1)), height: round1(tall), class: inside ? "in" : "out" }));
  });
  return svg;
}

function setPeriod(from, to) {
  const whole = from <= period.first && to >= period.last;
  filters.from = whole ? null : Math.min(from, to);
  filters.to = whole ? null : Math.max(from, to);
}

function monthSlider(id, value, change) {
  const slider = made("input", { type: "range", id, min: period.first, max: period.last, step: 1, "aria-label": word(id) });
  slider.value = value;
  slider.setAttribute("aria-valuetext", monthText(value));
  slider.addEventListener("change", () => act(() => change(Number(slider.value))));
  slider.addEventListener("input", () => {
    byId("period-text").textContent = monthText(Number(slider.value));
  });
  return slider;
}

/** The slider's elements; where fewer than two months are dated there is nothing to slide. */
function timeline() {
  if (!hasTime()) return made("p", { class: "quiet" }, word("noTime"));
  const from = filters.from === null ? period.first : filters.from;
  const to = filters.from === null ? period.last : filters.to;
  const undated = filters.from !== null && counts.undated ? word("undatedLeft", { n: counts.undated }) : "";
  return made(
    "div",
    { class: "timeline" },
    bars(220, 44),
    monthSlider("from", from, (value) => setPeriod(value, Math.max(value, to))),
    monthSlider("to", to, (value) => setPeriod(Math.min(value, from), value)),
    made(
      "div",
      { class: "row" },
      pressable(word(playing ? "pause" : "play"), { id: "play" }, playing ? stopPlaying : play),
      made("output", { id: "period-text" }, `${monthText(from)} — ${monthText(to)}`),
    ),
    undated ? made("p", { class: "quiet" }, undated) : null,
  );
}

/** Bring the slider in line with a period that moves, and leave the rest of the drawer as it is to press. */
function followPeriod() {
  const box = drawer.querySelector(".timeline");
  if (!box) return;
  box.querySelector(".bars").replaceWith(bars(220, 44));
  const [from, to] = filters.from === null ? [period.first, period.last] : [filters.from, filters.to];
  byId("from").value = from;
  byId("to").value = to;
  byId("period-text").textContent = `${monthText(from)} — ${monthText(to)}`;
}

/** Play: a chosen period moves through time; where none is chosen, the graph grows from its beginning. */
function play() {
  const step = Math.max(1, Math.round((period.last - period.first) / PLAY_STEPS));
  const grows = filters.from === null || filters.to >= period.last;
  const length = grows ? null : filters.to - filters.from;
  let to = grows ? period.first + step : filters.to;
  rememberForUndo();
  const show = () => {
    const from = length === null ? period.first : to - length;
    setPeriod(from, Math.min(to, period.last));
    if (to >= period.last) stopPlaying();
    to += step;
    refresh();
  };
  playing = setInterval(show, PLAY_MILLISECONDS);
  show();
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  refresh();
  writeAddress();
}
