import { fold, frame, innerPicture, listen, make } from "./base.js";
import { courier, inPlace, meter, stepLink, whenSeen } from "./checklist.js";

const KEYS = [["Tab", "to the next lesson"], ["Enter", "open a lesson; open or close the picture"], ["?", "show or hide these keys"]];

function render({ model, el, host, signal }) {
  const view = frame(el, { kind: "contents", title: "Contents", keys: KEYS, signal });
  view.bar.append(make("h3", {}, "Contents"));
  const ask = courier(model, () => {}, signal);
  const next = make("p", { class: "tv-next" });
  const list = make("ul", { class: "tv-contents-list", role: "list" });
  const glance = glancePart({ model, host, signal, ask });
  view.body.append(next, list, glance.node);
  let drawn = "";
  const draw = () => {
    const lessons = model.get("lessons");
    const news = JSON.stringify([lessons, model.get("next")]);
    if (news === drawn) return;
    drawn = news;
    inPlace(next, goOn(model, lessons));
    inPlace(list, lessons.map((lesson) => row(model, lesson)));
  };
  listen(model, ["lessons", "next"], draw, signal);
  draw();
  whenSeen(view.root, () => ask({ do: "look" }), signal, { saved: true });
}

/** Where to go on, as a link to the step. */
function goOn(model, lessons) {
  const { name, step, fragment, words } = model.get("next");
  const lesson = lessons.find((one) => one.name === name);
  if (!lesson) return [lessons.length ? "Everything is done." : "There are no lessons in this folder."];
  const where = lesson.here ? "" : `, in ${lesson.title}`;
  return ["Go on with: ", stepLink(model, lesson, { step, fragment }, "next"), make("span", { class: "tv-soft" }, ` ${words}${where}`)];
}

/** One lesson: a link to it, what it is about, how long it takes, how much of it is done. */
function row(model, lesson) {
  const { title, fragment, about, minutes, here, done } = lesson;
  const full = done.filter(Boolean).length;
  const head = make("div", { class: "tv-contents-head" }, stepLink(model, lesson, { step: title, fragment }, "lesson"), here ? make("span", { class: "tv-soft" }, "you are here") : null, minutes ? make("span", { class: "tv-soft" }, `${minutes} minutes`) : null);
  const words = make("span", { class: "tv-contents-count" }, `${full} of ${done.length} done`);
  const class_ = full === done.length ? "tv-contents-full" : null;
  return make("li", { class: class_ }, head, about ? make("p", {}, about) : null, make("div", { class: "tv-contents-state" }, words, meter(done)));
}

/** The picture of all of it, made only when somebody opens the fold. */
function glancePart({ model, host, signal, ask }) {
  const inside = innerPicture(model, host, "tv-contents-picture", signal);
  const node = fold("My course at a glance", inside.node);
  const show = () => node.open && inside.show();
  node.addEventListener("toggle", () => {
    if (node.open && !model.get("picture")) ask({ do: "draw" });
    show();
  });
  listen(model, ["picture"], show, signal);
  return { node };
}

export default { render };
