import { button, fold, listen, make, put, sortableTable } from "./base.js";
import { cannotDraw, draw, NARROWEST, refill, scrollBox, setSignals, vegaFrom, watchWidth } from "./vega.js";

/** A chart's picture, its sentence and its table as nodes that follow the model. */
export function chartNodes({ model, host, signal, say }) {
  const words = make("p", { class: "tv-sentence" });
  const picture = make("div", { class: "tv-picture" });
  const twin = make("div");
  const box = scrollBox(picture);
  const chart = drawn(model, host, box, signal, (value) => pick(value));

  const pick = (value) => {
    put(model, { picked: value === model.get("picked") ? "" : value });
    say(value ? `Picked: ${value}.` : "");
  };
  const table = () => {
    words.textContent = model.get("words");
    const open = twin.querySelector("details")?.open ?? false;
    twin.replaceChildren(fold("The same as a table", tableTwin(model, pick)));
    twin.firstChild.open = open;
  };
  listen(model, ["spec"], chart.redraw, signal);
  listen(model, ["rows"], chart.refill, signal);
  listen(model, ["rows", "words"], table, signal);
  listen(model, ["picked"], chart.mark, signal);
  const begin = () => {
    table();
    chart.redraw(); // when its place has a width
  };
  return { nodes: [box, words, twin], begin };
}

function tableTwin(model, pick) {
  const columns = model.get("columns");
  const column = model.get("pick");
  const rows = model.get("rows").map((row) => columns.map((name) => row[name]));
  const table = sortableTable({ caption: model.get("words"), columns, rows });
  if (column) makePickable(table.querySelector("tbody"), columns.indexOf(column), pick);
  return table;
}

/** The cells of the pick column become buttons: the keyboard's way to pick. */
function makePickable(body, index, pick) {
  const wire = () => {
    for (const row of body.rows) {
      const cell = row.cells[index];
      if (cell.querySelector("button")) continue;
      const value = cell.textContent;
      cell.replaceChildren(button({ onclick: () => pick(value) }, value));
    }
  };
  wire();
  new MutationObserver(wire).observe(body, { childList: true });
}

/** The drawn picture and its three ways to change: whole, rows only, the picked row only. */
function drawn(model, host, box, signal, pick) {
  const node = box.firstChild;
  let result = null;
  let turn = Promise.resolve();
  const inTurn = (step) => (turn = turn.then(step).catch((error) => cannotDraw(node, error)));
  const mark = () => inTurn(async () => result && setSignals(result.view, { picked: model.get("picked") }));
  const redraw = () =>
    inTurn(async () => {
      const vega = await vegaFrom(model, host);
      if (signal.aborted) return;
      result?.finalize();
      result = await draw(vega, node, fluid(model.get("spec"), box.clientWidth), model.get("rows"));
      result.view.addEventListener("click", (event, item) => {
        const value = item?.datum?.[model.get("pick")];
        if (value !== undefined) pick(String(value));
      });
      await setSignals(result.view, { picked: model.get("picked") });
    });
  const refillRows = () => inTurn(async () => result && refill(result.view, model.get("rows")));
  watchWidth(box, (width) => inTurn(async () => result && result.view.width(width).runAsync()), signal, () => narrowest(model.get("spec")));
  signal.addEventListener("abort", () => inTurn(async () => result?.finalize()));
  return { redraw, mark, refill: refillRows };
}

/** How narrow a chart may be: it may ask for more room than others, and then scrolls sooner. */
const narrowest = (spec) => spec.usermeta?.narrowest ?? NARROWEST;

/** A chart with one width of its own takes the width of its place. */
function fluid(spec, width) {
  if (typeof spec.width !== "number" || width === 0) return spec;
  return { ...spec, width: Math.max(width, narrowest(spec)), autosize: { type: "fit-x", contains: "padding" } };
}
