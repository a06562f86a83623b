import { frame } from "./base.js";
import { chartNodes } from "./picture.js";

const KEYS = [
  ["Tab", "to the table, then to its rows"],
  ["Enter", "open the table; sort by a column; pick a row"],
  ["?", "show or hide these keys"],
];

function render({ model, el, host, signal }) {
  const view = frame(el, { kind: "chart", title: "Chart", keys: KEYS, signal });
  const chart = chartNodes({ model, host, signal, say: view.say });
  view.body.append(...chart.nodes);
  chart.begin();
}

export default { render };
