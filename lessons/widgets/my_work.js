import { button, fold, frame, listen, make } from "./base.js";
import { courier, inPlace, meter, SILENT, stepLink, whenSeen } from "./checklist.js";
import { forgetAll } from "./keeping.js";

const KEYS = [["Tab", "to the next part"], ["Enter", "follow a link, press a button"], ["Escape", "delete nothing"], ["?", "show or hide these keys"]];
const LARGEST_FILE = 5_000_000;

function render({ model, el, signal }) {
  const view = frame(el, { kind: "mywork", title: "Your work", keys: KEYS, signal });
  const total = make("span", { class: "tv-soft" });
  view.bar.append(make("h3", {}, "Your work"), total);
  const state = { alias: "", answers: 0, notice: "", forgetful: false, place: "", hands_in_here: false };
  const shown = [];
  const post = courier(model, (news) => {
    Object.assign(state, news);
    for (const show of shown) show();
  }, signal);
  const page = { model, state, say: view.say, ask: post };
  const parts = [noticePart, aliasPart, checklistPart, handInPart, filePart, deletePart, wherePart].map((part) => part(page));
  view.body.append(...parts.map(({ node }) => node));
  shown.push(...parts.map(({ show }) => show));
  const escape = parts.find((part) => part.onescape).onescape;
  view.onKey((event) => event.key === "Escape" && escape());
  const draw = () => {
    total.textContent = countSentence(model.get("lessons"));
    for (const show of shown) show();
  };
  listen(model, ["lessons"], draw, signal);
  draw();
  whenSeen(view.root, () => post({ do: "look" }), signal);
}

/** A part of the widget under a heading, with a line for what came of it. */
function section(heading, ...inside) {
  const said = make("p", { class: "tv-outcome" });
  const node = make("section", { class: "tv-part" }, make("h4", {}, heading), ...inside, said);
  const tell = (say, { said: text, then, failed }) => {
    const words = [text, then].filter(Boolean).join(" ");
    said.textContent = words;
    said.dataset.state = failed ? "failed" : "done";
    if (words) say(words);
  };
  return { node, tell };
}

/** What the learner should know of the place; where it forgets, the way out stands beside it. */
function noticePart({ state, say, ask }) {
  const text = make("p", { class: "tv-notice" });
  const outcome = make("p", { class: "tv-outcome" });
  const out = button({ class: "tv-do", onclick: () => save() }, "Export my work");
  const save = async () => {
    const answer = await exported(ask);
    outcome.textContent = answer.said;
    outcome.dataset.state = answer.failed ? "failed" : "done";
    say(answer.said);
  };
  const node = make("div", { class: "tv-forgets" }, text, out, outcome);
  const show = () => {
    node.hidden = !state.notice;
    text.textContent = state.notice;
    out.hidden = !state.forgetful && !state.held;
  };
  return { node, show };
}

function aliasPart({ state, say, ask }) {
  const id = `alias-${Math.random().toString(36).slice(2)}`;
  const input = make("input", { id, type: "text", class: "tv-field", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-hint`, "data-lm-suppress-shortcuts": "true" });
  const onsubmit = async (event) => {
    event.preventDefault();
    part.tell(say, await ask({ do: "rename", alias: input.value }));
  };
  const label = make("label", { for: id, class: "tv-label" }, "Your alias");
  const form = make("form", { class: "tv-abreast", onsubmit }, label, input, button({ type: "submit" }, "Keep this name"));
  const part = section("Alias", make("p", { id: `${id}-hint`, class: "tv-soft" }, "A name you choose. Not your real name."), form);
  let last = "";
  const show = () => {
    if (state.alias !== last) input.value = state.alias; // what is being typed stays
    last = state.alias;
  };
  return { node: part.node, show };
}

function checklistPart({ model, say, ask }) {
  const list = make("div", { class: "tv-lessons" });
  const next = make("p", { class: "tv-next" });
  const look = async () => {
    const answer = await ask({ do: "look" });
    part.tell(say, answer.failed ? answer : { said: countSentence(model.get("lessons")) });
  };
  const part = section("What is done, what is left", next, list, button({ onclick: look }, "Look again"));
  const open = new Map();
  let drawn = "";
  const show = () => {
    const lessons = model.get("lessons");
    if (drawn === JSON.stringify(lessons)) return;
    drawn = JSON.stringify(lessons);
    inPlace(list, lessons.map((lesson) => lessonFold(model, lesson, open)));
    next.replaceChildren(...nextThing(model, lessons));
  };
  return { node: part.node, show };
}

function countSentence(lessons) {
  const things = lessons.flatMap((lesson) => lesson.things);
  return `${things.filter((thing) => thing.done).length} of ${things.length} things done.`;
}

/** Where to go on: the first thing that is open, in this lesson before the others. */
function nextThing(model, lessons) {
  const inOrder = [...lessons.filter((lesson) => lesson.here), ...lessons];
  const lesson = inOrder.find(({ things }) => things.some((thing) => !thing.done));
  if (!lesson) return [lessons.length ? "Everything is done." : "There is nothing to do in this folder."];
  const thing = lesson.things.find(({ done }) => !done);
  return ["Next: ", stepLink(model, lesson, thing, "next"), make("span", { class: "tv-soft" }, ` ${thing.words}${lesson.here ? "" : `, in ${lesson.title}`}`)];
}

/** One lesson, closed until opened; the lesson that this notebook is, is open from the start. */
function lessonFold(model, lesson, open) {
  const done = lesson.things.filter((thing) => thing.done).length;
  const head = make("span", { class: "tv-lesson-title" }, lesson.title);
  const node = fold([head, " ", make("span", { class: "tv-lesson-count" }, `${done} of ${lesson.things.length}`), meter(lesson.things.map((thing) => thing.done))], ...stepsOf(lesson).map((things) => stepBlock(model, lesson, things)));
  node.firstChild.dataset.key = lesson.name;
  node.open = open.get(lesson.name) ?? lesson.here;
  node.addEventListener("toggle", () => open.set(lesson.name, node.open));
  return node;
}

/** A lesson's things, those of one step together. */
function stepsOf({ things }) {
  const steps = [];
  for (const thing of things) {
    if (steps.at(-1)?.[0].step === thing.step) steps.at(-1).push(thing);
    else steps.push([thing]);
  }
  return steps;
}

function stepBlock(model, lesson, things) {
  const rows = things.map(({ words, done, count }) =>
    make("li", { class: done ? "tv-is-done" : "" }, make("span", { class: "tv-tick" }, done ? "done" : "open"), make("span", {}, words), count ? make("span", { class: "tv-soft" }, count) : null),
  );
  return make("div", { class: "tv-step-block" }, stepLink(model, lesson, things[0], "list"), make("ul", { class: "tv-things" }, rows));
}

/** For the teacher: what was chosen goes along, what was written only when the learner says so. */
function handInPart({ state, say, ask }) {
  const words = make("input", { type: "checkbox", "data-lm-suppress-shortcuts": "true" });
  const hint = make("p", { class: "tv-soft" });
  const give = async () => part.tell(say, await asFile(ask, { do: "hand in", own_words: words.checked }));
  const tick = make("label", { class: "tv-choice tv-ticking" }, words, make("span", {}, "With what I wrote in my own words"));
  const part = section("Hand in", hint, make("div", { class: "tv-abreast" }, tick, button({ onclick: give }, "Hand in")));
  const show = () => {
    const where = state.hands_in_here ? "They go to your teacher's folder." : "You get a file to give to your teacher.";
    hint.textContent = `Your alias, a short number and your answers. ${where} You can hand in again later: the newest counts.`;
  };
  return { node: part.node, show };
}

function filePart({ say, ask }) {
  const input = make("input", { type: "file", accept: ".json,application/json", "data-lm-suppress-shortcuts": "true", onchange: () => take() });
  const take = async () => {
    const [file] = input.files;
    if (!file) return;
    part.tell(say, await takenIn(file, ask));
    input.value = ""; // so that the same file can be chosen again
  };
  const save = async () => part.tell(say, await exported(ask));
  const row = make("div", { class: "tv-abreast" }, button({ onclick: save }, "Export my work"), make("label", { class: "tv-choice tv-file" }, input, make("span", {}, "Bring work in")));
  const hint = "One file holds your alias and all your answers. Bring it in on another computer to go on there.";
  const part = section("Take it with you", make("p", { class: "tv-soft" }, hint), row);
  return { node: part.node, show: () => {} };
}

/** Give the learner the file of their work; returns what came of it. */
const exported = (ask) => asFile(ask, { do: "export" });

/** Ask for a file and give it to the learner, where one comes; returns what came of it. */
async function asFile(ask, question) {
  const answer = await ask(question);
  if (answer.failed || !answer.text) return answer;
  const address = URL.createObjectURL(new Blob([answer.text], { type: "application/json" }));
  make("a", { href: address, download: answer.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  return answer;
}

async function takenIn(file, ask) {
  if (file.size > LARGEST_FILE) {
    return { said: `This file was not taken in: it has ${file.size} bytes, expected at most ${LARGEST_FILE}.`, failed: true };
  }
  try {
    return await ask({ do: "take" }, [await file.arrayBuffer()]);
  } catch {
    return { said: "This file was not taken in: it could not be read.", failed: true };
  }
}

function deletePart({ state, say, ask }) {
  const id = `delete-${Math.random().toString(36).slice(2)}`;
  const first = button({ onclick: () => open() }, "Delete my work");
  const words = make("p", { id });
  const yes = button({ class: "tv-danger", "aria-describedby": id, onclick: () => remove() }, "Delete");
  const no = button({ "aria-describedby": id, onclick: () => close() }, "Keep");
  const question = make("div", { class: "tv-question", role: "group", "aria-label": "Delete my work?", hidden: true }, words, make("div", { class: "tv-abreast" }, yes, no));
  const part = section("Delete", first, question);
  const open = () => {
    const many = state.answers === 1 ? "1 answer" : `${state.answers} answers`;
    words.textContent = `This deletes ${many} on this computer for good${state.alias ? ", and your alias" : ""}.`;
    part.tell(say, {});
    [first.hidden, question.hidden] = [true, false];
    no.focus();
  };
  const close = () => {
    if (question.hidden) return false;
    [first.hidden, question.hidden] = [false, true];
    first.focus();
    return true;
  };
  const remove = async () => {
    yes.disabled = no.disabled = true;
    const answer = await ask({ do: "delete" });
    yes.disabled = no.disabled = false;
    if (!answer.failed) forgetAll();
    close();
    part.tell(say, answer);
  };
  return { node: part.node, show: () => {}, onescape: () => close() };
}

/** Where the answers lie; the path comes only when it is asked for. */
function wherePart({ state, ask }) {
  const line = make("p");
  const path = make("p", { class: "tv-where-path" });
  const exactly = fold("Where exactly?", path);
  exactly.addEventListener("toggle", async () => {
    if (exactly.open) path.textContent = (await ask({ do: "where" })).where ?? SILENT;
  });
  const node = make("div", { class: "tv-part tv-where" }, line, exactly);
  return { node, show: () => (line.textContent = state.place) };
}

export default { render };
