import { make } from "./base.js";

const LIBRARIES = Symbol.for("two-voices.vega");

/** Vega from the library model: loaded once a page, whatever the number of charts. */
export async function vegaFrom(model, host) {
  const library = await host.getModel(model.get("library"));
  const loaded = (globalThis[LIBRARIES] ??= new Map());
  const version = library.get("version");
  if (!loaded.has(version)) loaded.set(version, load(library.get("source")));
  return loaded.get(version);
}

async function load(source) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(/* webpackIgnore: true */ address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Draw a spec into a node as SVG, in the page's own font. Returns vega-embed's result. */
export async function draw({ embed }, node, spec, rows) {
  const font = getComputedStyle(node).fontFamily;
  const whole = { ...spec, data: { name: "table", values: rows }, config: { ...spec.config, font } };
  return embed(node, structuredClone(whole), { actions: false, renderer: "svg", ast: false, tooltip: false });
}

/** New rows for a drawn chart; everything else stays. */
export async function refill(view, rows) {
  const change = view.changeset().remove(() => true).insert(structuredClone(rows));
  await view.change("table", change).runAsync();
}

/** Set those signals that the chart has, then draw. */
export async function setSignals(view, values) {
  const known = Object.entries(values).filter(([name]) => hasSignal(view, name));
  for (const [name, value] of known) view.signal(name, value);
  await view.runAsync();
}

function hasSignal(view, name) {
  try {
    view.signal(name);
    return true;
  } catch {
    return false;
  }
}

/** Narrower than this a picture is not squeezed any more: it scrolls sideways. */
export const NARROWEST = 560;

/** Where the plot begins inside the picture: what axes and titles need, and the padding. */
export function corner(view) {
  const [[x, y], { left, top }] = [view.origin(), view.padding()];
  return [x + left, y + top];
}

/** A box around a picture that scrolls sideways where it must, and then can be reached by key. */
export function scrollBox(...inside) {
  return make("div", { class: "tv-sideways", "data-lm-suppress-shortcuts": "true" }, ...inside);
}

/** Call back, once a frame, when a box or what is drawn in it may have changed its size: a picture
 *  that is drawn anew may be wider than its box, which itself stays as it is. */
export function watchBox(box, look, abort) {
  let asked = 0;
  const later = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(look);
  };
  const observers = [new ResizeObserver(later), new MutationObserver(later)];
  observers[0].observe(box);
  observers[1].observe(box, { subtree: true, childList: true, attributeFilter: ["width"] });
  abort.addEventListener("abort", () => observers.forEach((one) => one.disconnect()));
}

/** Call back with the width for the picture in a box, now and whenever it changes, once a
 *  frame. `narrowest` says how narrow the picture may be, at that moment. */
export function watchWidth(box, handler, abort, narrowest = () => NARROWEST) {
  let last = 0;
  const look = () => {
    if (box.clientWidth === 0) return;
    const least = narrowest();
    const narrow = box.clientWidth < least;
    if (narrow || box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    const width = narrow ? least : Math.floor(box.clientWidth);
    if (width !== last) handler((last = width));
  };
  watchBox(box, look, abort);
  look();
}

/** A sentence in place of a picture that could not be drawn; the table is still there. */
export function cannotDraw(node, error) {
  for (const name of ["role", "aria-label", "aria-roledescription"]) node.removeAttribute(name);
  node.replaceChildren(make("p", {}, `The picture could not be drawn (${error.message}). The table below has the same rows.`));
}
