import { button, fold, frame, joinPicks, keepTraits, listen, make, put, sortableTable } from "./base.js";
import { cannotDraw, corner, draw, scrollBox, setSignals, vegaFrom, watchBox } from "./vega.js";

const KEYS = [
  ["\u2191 \u2193 \u2190 \u2192", "place before or after, from west to east"],
  ["Home, End", "first or last place"],
  ["Enter", "show the card of the place"],
  ["Esc", "close the card"],
  ["?", "show or hide these keys"],
];

function render({ model, el, host, signal }) {
  const keepState = keepTraits(model, ["picked", "marked", "later"]);
  const view = frame(el, { kind: "map", title: "Map of places", keys: KEYS, signal });
  const picture = make("div", { class: "tv-picture" });
  const list = make("ol", { class: "tv-places", "aria-label": "Places on the map" });
  const box = scrollBox(make("div", { class: "tv-map-stage" }, picture, list));
  const card = make("div", { class: "tv-card", role: "group", "aria-label": "Card of the picked place" });
  const words = make("p", { class: "tv-sentence" });
  const twin = make("div");
  const later = button({ onclick: () => put(model, { later: !model.get("later") }) }, `What came after ${dayWords(model.get("ends"))}`);
  view.bar.append(later);
  view.body.append(make("div", { class: "tv-map-split" }, box, card), words, twin);

  const pick = (name) => {
    put(model, { picked: name === model.get("picked") ? "" : name, marked: [] });
    const data = model.get("cards")[model.get("picked")];
    view.say(data ? spoken(model.get("picked"), data) : "Card closed.");
  };
  const chart = drawn(model, host, box, picture, list, pick, signal);
  const tell = joinPicks(model, ({ events }) => {
    const cards = Object.entries(model.get("cards"));
    const marked = cards.filter(([, data]) => data.events.some(({ id }) => events.includes(id))).map(([name]) => name);
    put(model, { marked, picked: marked.length === 1 ? marked[0] : "" });
  }, signal);
  const showCard = () => card.replaceChildren(...cardContent(model));
  const showRest = () => {
    later.setAttribute("aria-pressed", String(model.get("later")));
    words.textContent = model.get("words");
    twin.replaceChildren(fold("The same as a table", placeTable(model)));
    showCard();
  };
  showRest();
  chart.redraw();

  listen(model, ["drawings"], () => { showRest(); chart.redraw(); }, signal);
  listen(model, ["picked"], () => {
    const data = model.get("cards")[model.get("picked")];
    tell(data ? { events: data.events.map(({ id }) => id), passages: data.passages } : { events: [], passages: [] });
  }, signal);
  listen(model, ["picked", "marked"], () => { showCard(); chart.mark(); }, signal);
  listen(model, ["picked", "marked", "later"], keepState, signal);
  view.onKey((event) => {
    if (event.key === "Escape" && model.get("picked")) return pick(model.get("picked")), true;
    if (!event.target.matches(".tv-place")) return false;
    const buttons = [...list.querySelectorAll("button")];
    const here = buttons.indexOf(event.target);
    const to = { ArrowUp: here - 1, ArrowLeft: here - 1, ArrowDown: here + 1, ArrowRight: here + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return false;
    buttons[to]?.focus();
    return true;
  });
}

const dayWords = (day) => new Date(Date.parse(day)).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

function spoken(name, data) {
  const events = data.events.map((event) => `${event.title}, ${event.when}`).join("; ");
  return `${name}, ${data.country}. ${events}. ${passagesSentence(data)}`;
}

function passagesSentence(data) {
  return data.passages.length ? `Passages: ${data.passages.join(", ")}.` : "Neither voice mentions what happened here.";
}

/** The drawn map in the widest layout that has room; over each label a button. */
function drawn(model, host, box, node, list, pick, signal) {
  let result = null;
  let width = "";
  let turn = Promise.resolve();
  const inTurn = (step) => (turn = turn.then(step).catch((error) => cannotDraw(node, error)));
  const widest = () => {
    const known = Object.keys(model.get("drawings")).map(Number).sort((a, b) => b - a);
    return String(known.find((one) => one + 22 <= box.clientWidth) ?? known.at(-1) ?? "");
  };
  const mark = () => inTurn(async () => {
    if (!result) return;
    await setSignals(result.view, { picked: model.get("picked") });
    markButtons(list, model);
  });
  const redraw = () => inTurn(async () => {
    const chosen = widest();
    const drawing = model.get("drawings")[chosen];
    result?.finalize();
    result = null;
    list.replaceChildren();
    if (!drawing) return node.replaceChildren(make("p", {}, "No event of this case has a place on the map."));
    const vega = await vegaFrom(model, host);
    if (signal.aborted) return;
    width = chosen;
    result = await draw(vega, node, drawing.spec, drawing.rows);
    result.view.addEventListener("click", (event, item) => item?.datum?.label && pick(item.datum.label));
    await setSignals(result.view, { picked: model.get("picked") });
    list.replaceChildren(...placeButtons(result.view, drawing.rows, model, list, pick));
    markButtons(list, model);
  });
  const look = () => {
    const narrow = box.scrollWidth > box.clientWidth + 1;
    if (narrow) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    if (box.clientWidth && widest() !== width) redraw();
  };
  watchBox(box, look, signal);
  signal.addEventListener("abort", () => inTurn(async () => result?.finalize()));
  return { redraw, mark };
}

/** One button a place, over its label; from west to east, as in the table. */
function placeButtons(view, rows, model, list, pick) {
  const [x, y] = corner(view);
  const order = Object.keys(model.get("cards"));
  const sorted = [...rows].sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label));
  return sorted.map((row) => {
    const over = button({
      class: "tv-place", "data-place": row.label, onclick: () => pick(row.label),
      onfocus: (event) => list.querySelectorAll("button").forEach((other) => (other.tabIndex = other === event.target ? 0 : -1)),
    });
    const label = row.left === null ? { left: row.x - 12, top: row.y - 12, right: row.x + 12 } : row;
    over.style.left = `${x + label.left}px`;
    over.style.top = `${y + label.top}px`;
    over.style.width = `${label.right - label.left}px`;
    return make("li", {}, over);
  });
}

function markButtons(list, model) {
  const [picked, marked] = [model.get("picked"), model.get("marked")];
  const buttons = [...list.querySelectorAll("button")];
  const active = buttons.find((one) => one === document.activeElement) ?? buttons.find((one) => one.dataset.place === picked) ?? buttons[0];
  for (const one of buttons) {
    const name = one.dataset.place;
    const { country, lane } = model.get("cards")[name];
    one.tabIndex = one === active ? 0 : -1;
    one.setAttribute("aria-pressed", String(name === picked));
    one.classList.toggle("tv-marked", marked.includes(name));
    one.setAttribute("aria-label", `${name}, ${country}. ${lane}.${marked.includes(name) ? " Marked." : ""}`);
  }
}

function cardContent(model) {
  const [name, marked] = [model.get("picked"), model.get("marked")];
  const data = model.get("cards")[name];
  if (!data && marked.length) {
    const open = (one) => button({ onclick: () => put(model, { picked: one, marked: [] }) }, one);
    return [make("h3", {}, `${marked.length} places are marked`), make("div", { class: "tv-links" }, marked.map(open))];
  }
  if (!data) return [make("h3", {}, "Pick a place"), make("p", {}, "Click a name on the map, or move to it with the arrow keys and press Enter. Here you will see what happened there. The passages about it are marked in the text.")];
  return [
    make("h3", {}, `${name}, ${data.country}`),
    make("h4", {}, data.events.length === 1 ? "What happened here" : `What happened here: ${data.events.length} events`),
    make("ul", { class: "tv-events" }, data.events.map((event) => make("li", { "data-event": event.id }, make("b", {}, event.title), make("br"), event.when))),
    make("h4", {}, "In the article"), make("p", {}, passagesSentence(data)),
  ];
}

function placeTable(model) {
  const rows = Object.entries(model.get("cards")).map(([name, data]) => [name, data.country, data.events.map((event) => `${event.title} (${event.when})`).join("; "), data.lane, data.passages.join(", ")]);
  return sortableTable({ caption: `${rows.length} places. Press a heading to sort.`, columns: ["Place", "Country", "Events", "Who mentions it", "Passages"], rows });
}

export default { render };
