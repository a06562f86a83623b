import { button, fold, frame, listen, make } from "./base.js";
import { draftsOf, keeper, standing } from "./keeping.js";
import { courier, whenSeen } from "./checklist.js";

const PORTFOLIO_KEYS = [["Tab", "to the next part"], ["?", "show or hide these keys"]];
const NOTE_ITEM = "portfolio:note";
const NOTE_TITLE = "One thing I take with me";
const PAGE_NAME = "my-portfolio.html";
// The saved page is read alone: nothing in it may run, and nothing is fetched.
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

function render({ model, el, signal }) {
  const view = frame(el, { kind: "portfolio", title: "My portfolio", keys: PORTFOLIO_KEYS, signal });
  const kept = keeper(model, signal);
  const ask = courier(model, () => {}, signal);
  const sheet = make("div", { class: "tv-pf-sheet" }, make("p", { class: "tv-soft" }, "Your work comes here as soon as the kernel answers."));
  const note = notePart({ model, kept, say: view.say });
  const outcome = make("p", { class: "tv-pf-outcome" });
  const tell = (words) => {
    outcome.textContent = words;
    view.say(words);
  };
  let drawn = "";
  const look = async (asked) => {
    const found = await ask({ do: "look" });
    if (signal.aborted) return;
    if (found.failed) return tell(found.said);
    if (asked) tell("This is your work as it is now.");
    const { n, ...news } = found;
    if (JSON.stringify(news) === drawn) return;
    drawn = JSON.stringify(news);
    const open = [...sheet.querySelectorAll("details")].map((one) => one.open);
    sheet.replaceChildren(...sheetOf(news));
    sheet.querySelectorAll("details").forEach((one, i) => (one.open = open[i] ?? false));
  };
  const page = () => documentOf(sheet, note.text(), model.get("_css"));
  const actions = make(
    "div",
    { class: "tv-pf-actions" },
    button({ class: "tv-do", onclick: () => printPage(page(), tell) }, "Print"),
    button({ onclick: () => savePage(page(), tell) }, "Save as a page"),
    button({ onclick: () => look(true) }, "Look again"),
  );
  view.bar.append(make("h3", { class: "tv-title" }, "My portfolio"));
  view.body.append(make("p", {}, "Your own work on one page. Print it, or save it. It stays on this computer."), actions, outcome, sheet, note.node, kept.node);
  listen(model, ["note"], note.update, signal);
  whenSeen(view.root, () => look(false), signal, { saved: true });
}

/** The last part, which is written here. Returns {node, text(), update()}. */
function notePart({ model, kept, say }) {
  const drafts = draftsOf(model);
  const now = () => standing(kept, NOTE_ITEM, model.get("note"));
  const input = make("textarea", { class: "tv-field", rows: 4, maxlength: model.get("longest"), "data-lm-suppress-shortcuts": "true", oninput: () => drafts.set(NOTE_ITEM, { value: input.value }) });
  const state = make("p", { class: "tv-soft" });
  const store = () => {
    const text = input.value.trim();
    const words = text ? "It is kept, and stands in your portfolio." : "Write something first.";
    if (text && text !== now()) kept.commit(NOTE_ITEM, "note", text);
    if (text) drafts.drop(NOTE_ITEM);
    state.textContent = words;
    say(words);
    if (!text) input.focus();
  };
  const update = () => {
    if (document.activeElement !== input) input.value = drafts.of(NOTE_ITEM).value ?? now();
  };
  const label = make("label", { class: "tv-pf-label" }, NOTE_TITLE, make("span", { class: "tv-soft" }, "What will you do in another way from now on?"), input);
  update();
  const node = make("div", { class: "tv-pf-note" }, label, button({ onclick: store }, "Keep it"), state);
  return { node, text: () => input.value.trim(), update };
}

/** The page itself: a head and its parts. */
function sheetOf({ alias, about, made, parts }) {
  const by = alias ? `${alias}, ${made}` : made;
  return [make("p", { class: "tv-pf-by" }, by), make("p", { class: "tv-soft" }, `${about}. Passages carry their number and their voice.`), ...parts.map(partOf)];
}

function partOf({ title, blocks }) {
  return make("section", { class: "tv-pf-part" }, make("h4", {}, title), blocks.map((block) => BLOCKS[block.kind](block)));
}

const BLOCKS = {
  text: ({ text }) => make("p", {}, text),
  soft: ({ text }) => make("p", { class: "tv-soft" }, text),
  head: ({ text }) => make("h5", {}, text),
  list: ({ items }) => make("ul", {}, items.map((text) => make("li", {}, text))),
  own: ({ label, text }) => make("div", { class: "tv-pf-own" }, make("p", { class: "tv-pf-label" }, label), make("p", { class: "tv-pf-words", dir: "auto" }, text)),
  original: ({ label, text }) => make("div", { class: "tv-pf-original" }, make("p", { class: "tv-pf-label" }, label), make("blockquote", {}, text)),
  picture: ({ src, sentence, columns, rows }) => make("figure", { class: "tv-pf-picture" }, make("img", { src, alt: sentence }), fold("The same as a table", tableOf(sentence, columns, rows))),
};

function tableOf(caption, columns, rows) {
  const head = make("thead", {}, make("tr", {}, columns.map((name) => make("th", { scope: "col" }, name))));
  const body = make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, cell)))));
  return make("div", { class: "tv-scroll", tabindex: "0", role: "region", "aria-label": "The picture as a table", "data-lm-suppress-shortcuts": "true" }, make("table", { class: "tv-table" }, make("caption", {}, caption), head, body));
}

/** The page as a document of its own: what stands here, written by the browser, and its style. */
function documentOf(sheet, note, css) {
  const page = document.implementation.createHTMLDocument("My portfolio");
  page.documentElement.lang = "en";
  const style = make("style", {}, css);
  const policy = make("meta", { "http-equiv": "Content-Security-Policy", content: POLICY });
  page.head.prepend(make("meta", { charset: "utf-8" }), policy, make("meta", { name: "viewport", content: "width=device-width" }));
  page.head.append(style);
  const copy = page.importNode(sheet, true);
  const last = partOf({ title: NOTE_TITLE, blocks: [{ kind: "own", label: "", text: note || "(nothing written yet)" }] });
  page.body.append(make("main", { class: "tv tv-pf-page" }, make("h1", {}, "My portfolio"), copy, last));
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

/** Print a document from a frame that nobody sees. */
function printPage(text, tell) {
  const inside = make("iframe", { class: "tv-pf-frame", "aria-hidden": "true", tabindex: "-1", title: "My portfolio, to be printed", srcdoc: text });
  inside.addEventListener("load", () => {
    inside.contentWindow.addEventListener("afterprint", () => inside.remove());
    inside.contentWindow.print();
  }, { once: true });
  document.querySelectorAll(".tv-pf-frame").forEach((old) => old.remove());
  document.body.append(inside);
  tell("Your portfolio goes to the print window.");
}

/** Give the learner the document as a file. */
function savePage(text, tell) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  make("a", { href: address, download: PAGE_NAME }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  tell(`Your portfolio is saved as ${PAGE_NAME}.`);
}

export default { render };
