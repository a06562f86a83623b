import { button, choice, fold, frame, joinPicks, keepTraits, listen, make, put, sortableTable } from "./base.js";
import { cannotDraw, corner, draw, NARROWEST, scrollBox, setSignals, vegaFrom, watchWidth } from "./vega.js";
import { sourceItem } from "./sources.js";

const DAY = 24 * 60 * 60 * 1000;
const STEP = 27; // pixels a row, as in lessons/charts/timeline.py
const SHORTEST = 10 * DAY; // the closest that zooming goes
const KEYS = [
  ["\u2191 \u2193", "event before or after"],
  ["Enter", "show the card of the event"],
  ["\u2190 \u2192", "earlier or later"],
  ["+ \u2212", "closer or wider"],
  ["1 2 3", "all, or one of the named stretches of time"],
  ["drag", "over the picture: zoom to that stretch"],
  ["Esc", "close the card"],
  ["?", "show or hide these keys"],
];

function render({ model, el, host, signal }) {
  const keepState = keepTraits(model, ["window", "picked", "marked", "between", "later"]);
  const view = frame(el, { kind: "timeline", title: "Timeline", keys: KEYS, signal });
  const picture = make("div", { class: "tv-picture" });
  const rows = make("ol", { class: "tv-rows", "aria-label": "Events in the picture" });
  const stage = make("div", { class: "tv-stage" }, picture, rows);
  const card = make("div", { class: "tv-card", role: "group", "aria-label": "Card of the picked event" });
  const days = daysBetween(model, view.say);
  const dates = make("div");
  const twin = make("div");
  const box = scrollBox(stage);
  view.body.append(make("div", { class: "tv-split" }, box, card), days.node, dates, twin);

  const pick = (id) => {
    put(model, { picked: id === model.get("picked") ? "" : id, marked: [] });
    const event = eventOf(model, model.get("picked"));
    view.say(event ? `${event.title}, ${event.when}. The card has more.` : "Card closed.");
  };
  const tell = joinPicks(model, ({ events }) => {
    const marked = events.filter((id) => eventOf(model, id));
    put(model, { marked, picked: marked.length === 1 ? marked[0] : "" });
  }, signal);
  const chart = drawn(model, host, box, rows, pick, signal);
  const show = (first, last) => {
    put(model, { window: clampWindow(model, first, last) });
  };
  const zoom = zoomer(model, show);
  const windows = windowChoice(model);
  const later = button({ onclick: () => put(model, { later: !model.get("later") }) }, `What came after ${dayWords(model.get("ends"))}`);
  view.bar.append(windows.node, zoomButtons(zoom), later);

  const showCard = () => card.replaceChildren(...cardContent(model, days.count));
  const showRest = () => {
    windows.show();
    later.setAttribute("aria-pressed", String(model.get("later")));
    showCard();
    days.fill();
    twin.replaceChildren(fold("The same as a table", eventTable(model)));
  };
  showRest();
  dates.replaceChildren(fold("Which dates does the article itself print?", ...dateList(model.get("dates"))));
  chart.redraw();

  // Python sends the spec before the rows, so the rows say when to draw.
  listen(model, ["rows"], () => { showRest(); chart.redraw(); }, signal);
  listen(model, ["window"], () => { windows.show(); chart.update(); view.say(windowSentence(model)); }, signal);
  listen(model, ["picked"], () => tell({ events: [model.get("picked")].filter(Boolean), passages: model.get("cards")[model.get("picked")]?.told_in ?? [] }), signal);
  listen(model, ["picked", "marked"], () => { showCard(); chart.update(); }, signal);
  listen(model, ["between"], days.fill, signal);
  listen(model, ["window", "picked", "marked", "between", "later"], keepState, signal);
  dragToZoom(stage, chart, show, signal);
  const act = keyActions(model, zoom, chart, pick);
  view.onKey((event, typing) => !typing && !event.target.matches("input[type=radio]") && act(event));
}

/** What each key does; the handler says whether the key meant anything here. */
function keyActions(model, zoom, chart, pick) {
  const actions = {
    ArrowLeft: () => zoom.move(-1), ArrowRight: () => zoom.move(1),
    "+": () => zoom.scale(0.5), "=": () => zoom.scale(0.5), "-": () => zoom.scale(2),
    ArrowUp: () => chart.step(-1), ArrowDown: () => chart.step(1),
    Escape: () => model.get("picked") && pick(model.get("picked")),
  };
  return (event) => {
    const named = Object.values(model.get("windows"))[Number(event.key) - 1];
    const action = named ? () => put(model, { window: named }) : actions[event.key];
    const scrolls = event.key.startsWith("Arrow") && event.target.closest(".tv-scroll, .tv-fold, .tv-sideways:focus");
    if (!action || scrolls) return false;
    action();
    return true;
  };
}

function zoomButtons(zoom) {
  const one = (words, sign, onclick) => button({ class: "tv-icon", "aria-label": words, onclick }, sign);
  return make(
    "div", { class: "tv-zoom", role: "group", "aria-label": "Zoom" },
    one("Earlier", "\u2190", () => zoom.move(-1)), one("Later", "\u2192", () => zoom.move(1)),
    one("Closer", "+", () => zoom.scale(0.5)), one("Wider", "\u2212", () => zoom.scale(2)),
  );
}

/** The named stretches of time as radio buttons; made anew only when there are others to name. */
function windowChoice(model) {
  const node = make("div");
  let group = null;
  let made = "";
  const show = () => {
    const windows = model.get("windows");
    const names = Object.keys(windows);
    if (String(names) !== made) {
      group = choice({ name: "window", label: "Show", options: names.map((name) => [name, name]), onpick: (name) => put(model, { window: model.get("windows")[name] }) });
      node.replaceChildren(group.node);
      made = String(names);
    }
    group.show(names.find((name) => String(windows[name]) === String(model.get("window"))));
  };
  return { node, show };
}

const time = (iso) => Date.parse(iso);
const iso = (ms) => new Date(ms).toISOString().slice(0, 10);
const dayWords = (day) => new Date(time(day)).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

function eventOf(model, id) {
  return model.get("rows").find((row) => row.event_id === id);
}

/** The events of the rows that touch the window: the same rule as the chart's own filter. */
function eventsIn(model) {
  const [first, last] = model.get("window");
  return model.get("rows").filter((row) => row.last >= first && row.first <= last);
}

function windowSentence(model) {
  const [first, last] = model.get("window");
  return `${eventsIn(model).length} of ${model.get("rows").length} events, ${dayWords(first)} to ${dayWords(last)}.`;
}

/** Keep a window inside the whole stretch of time, and no shorter than can be read. */
function clampWindow(model, first, last) {
  const [low, high] = model.get("windows").All.map(time);
  const length = Math.min(Math.max(last - first, SHORTEST), high - low);
  const start = Math.min(Math.max(first, low), high - length);
  return [iso(start), iso(start + length)];
}

function zoomer(model, show) {
  const now = () => model.get("window").map(time);
  return {
    move: (by) => { const [a, b] = now(); show(a + (by * (b - a)) / 4, b + (by * (b - a)) / 4); },
    scale: (factor) => {
      const [a, b] = now();
      const picked = eventOf(model, model.get("picked"));
      const centre = picked && time(picked.first) >= a && time(picked.first) <= b ? time(picked.first) : (a + b) / 2;
      show(centre - (centre - a) * factor, centre + (b - centre) * factor);
    },
  };
}

/** The drawn timeline, and over each of its rows a button: what mouse and keyboard pick. */
function drawn(model, host, box, list, pick, signal) {
  const node = box.querySelector(".tv-picture");
  let result = null;
  let turn = Promise.resolve();
  const inTurn = (step) => (turn = turn.then(step).catch((error) => cannotDraw(node, error)));
  const place = async () => {
    if (!result) return;
    const [first, last] = model.get("window");
    const shown = eventsIn(model);
    const height = STEP * (shown.length + new Set(shown.map((row) => row.lane)).size + 1);
    result.view.height(height);
    await setSignals(result.view, { lo: time(first), hi: time(last) + DAY, picked: model.get("picked") });
    overlay(result.view, model, list, pick);
  };
  const redraw = () =>
    inTurn(async () => {
      const vega = await vegaFrom(model, host);
      if (signal.aborted) return;
      result?.finalize();
      const spec = { ...model.get("spec"), width: Math.max(box.clientWidth, NARROWEST), autosize: { type: "fit-x", contains: "padding" } };
      result = await draw(vega, node, spec, model.get("rows"));
      await place();
    });
  watchWidth(box, (width) => inTurn(async () => { if (result) { result.view.width(width); await place(); } }), signal);
  signal.addEventListener("abort", () => inTurn(async () => result?.finalize()));
  const step = (by) => {
    const buttons = [...list.querySelectorAll("button")];
    const here = buttons.indexOf(document.activeElement);
    const start = buttons.findIndex((b) => b.tabIndex === 0);
    (buttons[here < 0 ? start : here + by] ?? buttons[here])?.focus({ preventScroll: false });
  };
  return { redraw, update: () => inTurn(place), step, timeAt: (x) => +result.view.scale("x").invert(x - corner(result.view)[0]) };
}

/** Put one button over each drawn row, where the picture has it; keep the focus where it was. */
function overlay(view, model, list, pick) {
  const marks = markItems(view.scenegraph().root).sort((a, b) => a.y - b.y);
  const top = corner(view)[1];
  const focused = document.activeElement?.dataset?.event;
  const picked = model.get("picked");
  const marked = model.get("marked");
  const active = marks.some((m) => m.datum.event_id === (focused ?? picked)) ? (focused ?? picked) : marks[0]?.datum.event_id;
  const items = marks.map((mark) => {
    const { event_id: id, title, when, lane, place } = mark.datum;
    const over = button({
      class: marked.includes(id) ? "tv-row tv-marked" : "tv-row", "data-event": id, tabindex: id === active ? "0" : "-1", "aria-pressed": String(id === picked),
      "aria-label": `${title}, ${when}. ${lane}. ${place}.${marked.includes(id) ? " Marked." : ""}`, onclick: () => pick(id),
      onfocus: (event) => list.querySelectorAll("button").forEach((b) => (b.tabIndex = b === event.target ? 0 : -1)),
    });
    over.style.top = `${top + mark.y - STEP / 2}px`;
    over.style.height = `${STEP}px`;
    return make("li", {}, over);
  });
  const had = focused && list.contains(document.activeElement);
  list.replaceChildren(...items);
  if (had) list.querySelector(`[data-event="${CSS.escape(active)}"]`)?.focus({ preventScroll: true });
}

/** The drawn marks of the layer that the chart calls "events". */
function markItems(mark) {
  if (mark.name === "events_marks") return [...mark.items];
  return mark.items.flatMap((group) => (group.items ?? []).flatMap(markItems));
}

/** Drag sideways over the picture to zoom to that stretch; up and down still scrolls. */
function dragToZoom(stage, chart, show, signal) {
  let from = null;
  const band = make("div", { class: "tv-band", hidden: true });
  stage.append(band);
  const zoomed = () => stage.getBoundingClientRect().width / stage.offsetWidth || 1;
  const x = (event) => (event.clientX - stage.getBoundingClientRect().left) / zoomed();
  const end = () => { from = null; band.hidden = true; };
  const on = (name, handler) => stage.addEventListener(name, handler, { signal });
  on("pointerdown", (event) => { if (event.button === 0) from = x(event); });
  on("pointermove", (event) => {
    if (from === null || Math.abs(x(event) - from) < 8) return;
    if (band.hidden) stage.setPointerCapture(event.pointerId);
    band.hidden = false;
    band.style.left = `${Math.min(from, x(event))}px`;
    band.style.width = `${Math.abs(x(event) - from)}px`;
  });
  on("pointerup", (event) => {
    if (!band.hidden) {
      const [a, b] = [chart.timeAt(from), chart.timeAt(x(event))].sort((p, q) => p - q);
      show(a, b);
      stage.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
    }
    end();
  });
  on("pointercancel", end);
}

function cardContent(model, count) {
  const id = model.get("picked");
  const event = eventOf(model, id);
  if (!event && model.get("marked").length) return markedCard(model);
  if (!event) return [make("h3", {}, "Pick an event"), make("p", {}, "Click a row of the picture, or move to it with the arrow keys and press Enter. Here you will see what happened, where, and where its date comes from.")];
  const more = model.get("cards")[id];
  const mentioned = !more.lane.startsWith("Neither");
  return [
    make("h3", {}, event.title),
    make("p", {}, make("b", {}, event.when), ` \u00b7 ${more.where}`),
    make("p", {}, more.what),
    make("h4", {}, "Where the date comes from"), make("p", {}, `${sentenceCase(more.provenance)}.`),
    make("h4", {}, "In the article"), make("p", {}, mentioned ? `${more.lane}: ${more.passages.join(", ")}.` : `Neither voice mentions it. It is background to ${more.passages.join(", ")}.`),
    make("h4", {}, "Count days"),
    make("div", { class: "tv-links" }, button({ onclick: () => count(0, id) }, "From this event"), button({ onclick: () => count(1, id) }, "To this event")),
    fold(`Sources (${more.sources.length})`, make("ul", { class: "tv-sources" }, more.sources.map(sourceItem))),
  ];
}

/** What the card says when several events are marked at once: each leads to its own card. */
function markedCard(model) {
  const events = model.get("marked").map((id) => eventOf(model, id)).filter(Boolean);
  const open = (event) => button({ onclick: () => put(model, { picked: event.event_id, marked: [] }) }, `${event.title}, ${event.when}`);
  return [make("h3", {}, `${events.length} events are marked`), make("div", { class: "tv-links" }, events.map(open))];
}

const sentenceCase = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Two events and the days between them; a range where a date is not exact. */
function daysBetween(model, say) {
  const pickers = ["From", "to"].map((label, i) => {
    const select = make("select", { "aria-label": `Count days ${label.toLowerCase()}`, "data-lm-suppress-shortcuts": "true", onchange: (event) => count(i, event.target.value) });
    return { select, node: make("label", {}, `${label} `, select) };
  });
  const answer = make("output", { class: "tv-days" });
  const count = (i, id) => {
    const between = [...model.get("between")];
    between[i] = id;
    put(model, { between });
    say(answer.textContent);
  };
  const fill = () => {
    const between = model.get("between");
    const ordered = [...model.get("rows")].sort((a, b) => (a.first < b.first ? -1 : 1));
    pickers.forEach(({ select }, i) => {
      select.replaceChildren(make("option", { value: "" }, "pick an event"), ...ordered.map((row) => make("option", { value: row.event_id }, `${row.when}: ${row.title}`)));
      select.value = eventOf(model, between[i]) ? between[i] : "";
    });
    const [a, b] = between.map((id) => eventOf(model, id));
    answer.textContent = a && b ? `${daysWords(...daysFromTo(a, b))}` : "";
  };
  const node = make("fieldset", { class: "tv-between" }, make("legend", {}, "Days between"), ...pickers.map((p) => p.node), answer);
  return { node, fill, count };
}

/** The least and the most days from one event to another (lessons/analysis/dates.py says the same). */
export function daysFromTo(a, b) {
  return [(time(b.first) - time(a.last)) / DAY, (time(b.last) - time(a.first)) / DAY];
}

export function daysWords(least, most) {
  const days = (n) => `${n} ${n === 1 ? "day" : "days"}`;
  if (least === 0 && most === 0) return "the same day";
  if (least < 0 && most > 0) return `from ${days(-least)} earlier to ${days(most)} later`;
  const [low, high] = [Math.abs(least), Math.abs(most)].sort((p, q) => p - q);
  const number = low === high ? days(high) : `${low} to ${days(high)}`;
  return least < 0 ? `${number} earlier` : number;
}

function dateList(dates) {
  const printed = dates.printed.map((row) => make("li", {}, make("b", {}, row.printed), ` (${row.passage_id})${row.note ? `: ${row.note}` : ""}`));
  const missing = dates.missing.map((event) =>
    make("li", {}, make("b", {}, `${event.title}, ${event.where}`), `: the text only says ${event.words.map((w) => `\u201c${w}\u201d`).join(", ")} (${event.passages.join(", ")}). `,
      `${event.when} comes from outside: ${event.sources.map((s) => `${s.title} (${s.publisher}, ${s.date})`).join("; ")}.`),
  );
  const undated = dates.undated.map((row) => `\u201c${row.quote}\u201d (${row.passage_id})`).join(", ");
  return [
    make("p", {}, `${dates.printed.length} dates are printed in the text:`), make("ol", { class: "tv-printed" }, printed),
    make("p", {}, "Not among them:"), make("ul", { class: "tv-missing" }, missing),
    make("p", { class: "tv-soft" }, `Time words without a date, ${dates.undated.length} in all: ${undated}.`),
  ];
}

function eventTable(model) {
  const rows = model.get("rows").map((row) => [row.title, [row.when, row.first], row.lane, `${row.place}, ${row.country}`, row.provenance]);
  return sortableTable({ caption: `${rows.length} events. Press a heading to sort.`, columns: ["Event", "Date", "Who mentions it", "Place", "Where the date comes from"], rows });
}

export default { render };
