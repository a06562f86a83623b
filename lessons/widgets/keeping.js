import { button, fold, keep, listen, make, put, recall } from "./base.js";

/** The event on the document that says that an answer has been saved. */
export const SAVED = "tv-saved";
const OUTBOX = "two-voices:outbox:";
const AGAIN = 4000; // milliseconds until what is not saved yet is sent again
const HELP_AFTER = 12000; // and until the page says what can be done about it

/**
 * Keeps answers: in this browser at once ("kept here"), and in the database as soon as Python has
 * said so ("saved"). What is not saved is sent again: at the next start and every few seconds.
 * Returns {node, commit(item, kind, value), pending()}: node says in which state the answers are.
 */
export function keeper(model, signal) {
  const prefix = `${OUTBOX}${model.get("_place")}:`;
  let records = stored(prefix);
  let given = model.get("saved").length > 0;
  let since = Date.now();
  let count = 0;
  const state = make("p", { class: "tv-kept" });
  const notice = make("p", { class: "tv-notice", role: "alert" });
  const node = make("div", { class: "tv-keeping" }, state, notice);

  const show = () => {
    const waits = records.length && Date.now() - since > HELP_AFTER;
    const help = waits ? " If this stays, press Run, then Run All Cells: your answer is not lost." : "";
    const now = records.length ? "here" : "saved";
    if (state.dataset.state !== now) state.dataset.state = now; // a page at rest is left at rest
    say(state, records.length ? `Kept here, not saved yet.${help}` : given ? "Saved." : "");
    say(notice, model.get("notice"));
  };
  const send = () => put(model, { outbox: { count: (count += 1), records } });
  const settle = () => {
    const saved = new Set(model.get("saved"));
    if (saved.size) given = true;
    const fresh = records.filter(({ id }) => saved.has(id));
    for (const { id } of fresh) forget(prefix + id);
    records = records.filter(({ id }) => !saved.has(id));
    if (fresh.length) document.dispatchEvent(new CustomEvent(SAVED)); // for who shows what is done
    show();
  };
  const commit = (item, kind, value) => {
    const record = { id: freshId(), item, kind, value, answered_at: new Date().toISOString() };
    records = [...records, record];
    since = Date.now();
    keep(prefix + record.id, record);
    show();
    send();
    return record;
  };
  listen(model, ["saved", "notice"], settle, signal);
  const timer = setInterval(() => {
    if (records.length) send();
    show();
  }, AGAIN);
  signal.addEventListener("abort", () => clearInterval(timer));
  settle();
  if (records.length) send();
  return { node, commit, pending: () => records };
}

/**
 * A function that returns the answers by card: what Python has in `given`, and what it has not got
 * yet. `idOf(record)` names the card of a record, undefined when it is none of a card.
 */
export function answersBy(model, kept, idOf) {
  const own = {}; // an answer is saved a moment before it comes back in `given`
  return () => {
    for (const record of kept.pending()) {
      const id = idOf(record);
      if (id !== undefined) own[id] ??= record.value;
    }
    return { ...own, ...model.get("given") };
  };
}

/**
 * What stands for an item now: the newest that is not saved yet, else `known`, what Python says. An
 * older choice that comes back from Python does not undo the one that was made meanwhile.
 */
export function standing(kept, item, known) {
  return kept.pending().filter((record) => record.item === item).at(-1)?.value ?? known;
}

/**
 * What is chosen or written but not kept yet, by the name of the card or the part: it is there still
 * when the card or the page comes back. One for a widget: two would undo what the other one keeps.
 */
export function draftsOf(model) {
  const key = `two-voices:drafts:${model.get("_place")}`;
  const all = recall(key) ?? {};
  const set = (id, value) => {
    all[id] = value;
    keep(key, all);
  };
  return { of: (id) => all[id] ?? {}, set, drop: (id) => set(id, undefined) };
}

/** Change a text only when it differs: a live region is not to speak twice. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** What was kept in this browser under a prefix, in the order of the answers. */
function stored(prefix) {
  const names = [];
  try {
    for (let i = 0; i < localStorage.length; i += 1) names.push(localStorage.key(i));
  } catch {
    return []; // a browser that keeps nothing
  }
  const found = names.filter((name) => name.startsWith(prefix)).map((name) => recall(name)).filter(Boolean);
  return found.sort((a, b) => (a.answered_at < b.answered_at ? -1 : 1));
}

/** Drop what was kept in this browser under a name. */
export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    /* nothing was kept */
  }
}

/** Drop all that this browser keeps of the course, but not how large it is shown. */
export function forgetAll() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith("two-voices:") && name !== "two-voices:size") forget(name);
    }
  } catch {
    /* nothing was kept */
  }
}

/** A new id; randomUUID is there only where the address is https or this machine. */
function freshId() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * "I disagree, because": kept and exported, without any effect on marks. `item` is what the learner
 * disagrees on. Returns {node, update()}.
 */
export function disagreement(model, item, kept, say) {
  const reason = () => model.get("disagreed")[item] ?? "";
  const input = make("textarea", { class: "tv-field", rows: 3, maxlength: 4000, "data-lm-suppress-shortcuts": "true" });
  const state = make("p", { class: "tv-soft" });
  const store = () => {
    const text = input.value.trim();
    if (!text) return;
    kept.commit(`${item}:disagree`, "disagree", text);
    state.textContent = "Your reason is kept. It never costs you marks.";
    say("Your reason is kept.");
  };
  const label = make("label", { class: "tv-because" }, "What is wrong with this explanation, and why?", input);
  const node = fold("I disagree, because ...", label, button({ onclick: store }, "Keep my reason"), state);
  const update = () => {
    if (!reason()) return;
    if (document.activeElement !== input) input.value = reason();
    state.textContent = "Your reason is kept. It never costs you marks.";
  };
  update();
  return { node, update };
}
