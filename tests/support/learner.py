"""A simulated learner, who does a notebook of the course from the first to the last step.

The learner finds the widgets in the page, from the top to the bottom, and does each one as
somebody would: answers, sorts, marks, opens, weighs, judges, compares. What is chosen depends on
the place in the page alone, so that some is right, some is wrong, and every run is the same.
A walk through a widget is a generator; it yields once, in the middle: what was done then has to
survive a reload.
"""

import contextlib

from playwright.sync_api import Error as PlaywrightError
from support.hands import Keys, Mouse
from support.lab import until

from lessons.work import open_work

HANDS = {hand.name: hand for hand in (Keys, Mouse)}

EXERCISE_KINDS = {
    "choose-one",
    "choose-many",
    "mark-span",
    "match",
    "number",
    "order",
    "short-text",
    "slider-confidence",
}
BEFORE = "before-"  # how the ids of earlier lessons' answers begin
FREE = {"disagree", "level", "marks", "opened", "source"}  # kept, but nothing that is asked
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"

OUTER = """[...document.querySelectorAll('.jp-Notebook .tv')].filter(w => !w.parentElement.closest('.tv'))"""
# The widgets from the top to the bottom, each with its kind and its number among those of its kind.
WIDGETS = (
    f"() => {OUTER}"
    """.map(w => { const kind = w.classList[1];
      return [kind.slice(3), [...document.querySelectorAll('.jp-Notebook .' + kind)].indexOf(w)]; })"""
)
# What a learner can see in each widget: its words and what is chosen. Left out is what comes and
# goes by itself: what is spoken, whether an answer is on its way, where the cursor stands in a text,
# whether its words are drawn one by one (those in view are), and the drawing of a picture.
SEEN = (
    f"() => {OUTER}"
    """.map(w => { const said = [];
      const look = node => {
        if (node.nodeType === Node.TEXT_NODE) { if (node.textContent.trim()) said.push(node.textContent.trim()); return; }
        if (node.nodeType !== Node.ELEMENT_NODE || node.hidden) return;
        if (node.matches('svg, canvas, style, option, .tv-live, .tv-keeping, .tv-tools, .tv-answers, .tv-waiting, .tv-mk-words, .tv-mk-details')) return;
        if (node.matches('.tv-words')) { said.push(node.textContent.trim()); return; }
        if (node.matches('[type=radio], [type=checkbox]')) said.push(node.checked ? '(x)' : '( )');
        else if (node.matches('input, select, textarea')) said.push(`[${node.value}]`);
        node.childNodes.forEach(look);
      };
      look(w); return [w.classList[1].slice(3), said]; })"""
)


class Learner:
    """Somebody with one hand in one notebook.

    `asked` counts, by the kind of the answer, how many first answers the notebook asked for.
    """

    def __init__(self, notebook, hand):
        self.notebook, self.page = notebook, notebook.page
        self.hand = HANDS[hand](notebook)
        self.asked = {}

    def widgets(self):
        """Return the kind and number of each widget, from the top to the bottom."""
        return [(kind, number) for kind, number in self.page.evaluate(WIDGETS)]

    def seen(self):
        """Return what stands on the page now: (kind, words and choices) of each widget."""
        return [(kind, tuple(said)) for kind, said in self.page.evaluate(SEEN)]

    def walk(self, place, kind, number):
        """Do one widget; yields once in the middle where it has one."""
        root = self.hand.at(kind, number)
        self._begin(root)
        yield from WALKS[kind](self, root, place)

    def _begin(self, root):
        """Look again where a question waits for an answer that has been given by now."""
        again = root.locator(".tv-body > button", has_text="Look again")
        if again.count():
            # The question may come by itself at this moment: then the button is not waited for.
            with contextlib.suppress(PlaywrightError):
                self.hand.press(again, patience=500)
            again.wait_for(state="detached")

    def do(self, widgets, first=0):
        """Do some widgets whole; `first` is the place of the first one in the page."""
        for place, (kind, number) in enumerate(widgets, first):
            for _ in self.walk(place, kind, number):
                pass

    def count(self, name, more=1):
        """Note that so many first answers were given."""
        self.asked[name] = self.asked.get(name, 0) + more

    def saved(self, root):
        """Wait until the answers of a widget are in the database."""
        until(root, SAVED)


# --- exercises ----------------------------------------------------------------------------------


def exercise(learner, root, place):
    """Answer an exercise of any kind, read what comes of it, and rate an own text."""
    hand = learner.hand
    root.locator(".tv-do").wait_for()
    control, answer = next(
        (root.locator(where).first, answer)
        for where, answer in CONTROLS
        if root.locator(where).count()
    )
    answer(hand, control, place)
    yield
    hand.press(root.locator(".tv-do"))
    until(root, "w.querySelector('.tv-explained, .tv-samples') !== null")
    if answer is write_text:
        hand.pick(root.locator(".tv-own-level input").nth(place % 3))
    learner.saved(root)
    learner.count("exercise")


def choose_one(hand, control, place):
    """Choose one of some answers."""
    boxes = control.locator("input")
    hand.pick(boxes.nth(place % boxes.count()))


def choose_many(hand, control, place):
    """Tick two boxes."""
    boxes = control.locator("input")
    for box in sorted({place % boxes.count(), (place + 2) % boxes.count()}):
        hand.pick(boxes.nth(box))


def match(hand, control, place):
    """Choose what goes with each, not always the same."""
    for number, menu in enumerate(control.locator("select").all()):
        hand.choose(menu, 1 + (place + number) % (menu.locator("option").count() - 1))


def put_in_order(hand, control, _place):
    """Move the first line down one place, the last but one to the end."""
    lines = control.locator("li")
    hand.move_down(lines.first)
    hand.move_down(lines.nth(lines.count() - 2))


def write_number(hand, control, place):
    """Write a number."""
    hand.write(control, str(10 + place))


def write_text(hand, control, _place):
    """Write a text with characters that are keys of JupyterLab and of the widgets."""
    hand.write(control, "It says 1 thing, x, and not why? Add dates.")


def be_sure(hand, control, place):
    """Set a slider."""
    hand.slide(control, 20 + 7 * (place % 10))


def mark_words(hand, control, place):
    """Mark two stretches of words."""
    hand.words(control, 1 + place % 3, 3 + place % 3)
    hand.words(control, 8, 9)


CONTROLS = [
    (".tv-options:has([type=radio])", choose_one),
    (".tv-options:has([type=checkbox])", choose_many),
    (".tv-matching", match),
    (".tv-ordering", put_in_order),
    (".tv-sliding [type=range]", be_sure),
    (".tv-marking", mark_words),
    (".tv-asked-long textarea", write_text),
    (".tv-asked input[type=text]", write_number),
]


# --- cards --------------------------------------------------------------------------------------


def sorter(learner, root, place):
    """Sort every card with a sureness, compare, and open the first card."""
    hand, bins = learner.hand, root.locator(".tv-bin")
    cards, card = root.locator(".tv-sorting-card"), root.locator(".tv-sorting-card:visible")
    count = cards.count()
    for number in range(count):
        hand.put_in(card, bins, (place + number) % bins.count())
        levels = card.locator("[type=radio]")
        if number == count // 2:
            yield  # a card in a bin, and not yet said how sure
        hand.pick(levels.nth((place + number) % levels.count()))
        hand.press(card.get_by_role("button", name="Keep and go on"))
        until(
            root, "w.querySelector('.tv-count').textContent.endsWith(arg)", f" {number + 1} sorted"
        )
    hand.press(root.get_by_role("button", name="Compare", exact=True))
    until(root, "w.querySelectorAll('.tv-sorting-each > details').length === arg", count)
    hand.press(root.locator(".tv-sorting-each > details > summary").first)
    learner.saved(root)
    learner.count("sorted", count)


def judgement(learner, asked, place):
    """Choose a step and compare."""
    steps = asked.locator(".tv-steps input")
    learner.hand.pick(steps.nth(place % steps.count()))
    learner.hand.press(asked.get_by_role("button", name="Compare"))
    asked.locator(".tv-result h4").first.wait_for()


def deck(learner, root, place):
    """Judge every card of a deck."""
    count = root.locator(".tv-chip").count()
    for number in range(count):
        if number == count // 2:
            yield
        judgement(learner, root.locator(".tv-judgement"), place + number)
        if number < count - 1:
            learner.hand.press(root.locator(".tv-forward"))
    learner.saved(root)
    learner.count("judgement", count)


def sides(learner, root, place):
    """Judge every reply of two columns."""
    asked = root.locator("[data-passage]:has(.tv-ask)")
    count = asked.count()
    for number in range(count):
        if number == count // 2:
            yield
        passage = asked.nth(number)
        learner.hand.passage(passage.locator(".tv-cite"))
        learner.hand.press(passage.locator(".tv-ask"))
        judgement(learner, passage, place + number)
    learner.saved(root)
    learner.count("judgement", count)


def check(learner, root, place):
    """Answer every card of a check."""
    hand, count = learner.hand, root.locator(".tv-chip").count()
    for number in range(count):
        holds, sure = (root.locator(".tv-check-form fieldset").nth(i) for i in range(2))
        hand.pick(holds.locator("input").nth((place + number) % 2))
        if number == count // 2:
            yield  # half an answer
        hand.pick(sure.locator("input").nth((place + number) % 6))
        hand.press(root.get_by_role("button", name="Keep and go on"))
    learner.saved(root)
    learner.count("check", count)


# --- texts and sources --------------------------------------------------------------------------


def marker(learner, root, place):
    """Mark two stretches of words with labels, and compare."""
    hand, page = learner.hand, root.locator(".tv-marking")
    for number in range(2):
        hand.words(page, 2 + 5 * number, 4 + 5 * number, mark=None)
        groups = root.locator(".tv-mk-group")
        if groups.count():
            hand.press(groups.nth((place + number) % groups.count()))
        labels = root.locator(".tv-mk-label:visible")
        hand.press(labels.nth((place + number) % labels.count()))
        until(root, "w.querySelectorAll('.tv-mk-marks li').length === arg", number + 1)
    yield
    hand.press(root.get_by_role("button", name="Compare", exact=True))
    until(root, "w.querySelector('.tv-mk-side, .tv-mk-plain') !== null")
    learner.saved(root)
    learner.count("compare")


def checker(learner, root, place):
    """Open two sources, weigh them, give the verdict and the question to ask first."""
    hand, sources = learner.hand, root.locator(".tv-ck-card")
    for number in range(min(2, sources.count())):
        card = sources.nth(number)
        hand.press(card.locator(".tv-ck-open"))
        card.locator(".tv-ck-title").wait_for()
        for question in range(2):
            boxes = card.locator(".tv-ck-weigh fieldset").nth(question).locator("input")
            hand.pick(boxes.nth((place + number + question) % boxes.count()))
    steps, sure = (root.locator(".tv-ck-verdict fieldset").nth(i).locator("input") for i in (0, 1))
    hand.pick(steps.nth(place % steps.count()))
    hand.write(root.locator(".tv-ck-question"), "Who says so, x, and how do they know?")
    yield
    hand.pick(sure.nth(place % sure.count()))
    hand.press(root.get_by_role("button", name="Give my verdict"))
    until(root, "w.querySelector('.tv-readings') !== null")
    learner.saved(root)
    learner.count("verdict")


def accounts(learner, root, place):
    """Mark a pair, hear the outside records, and fill the board."""
    hand = learner.hand
    boxes = root.locator(".tv-acc-quotes input")
    for number in (0, boxes.count() - 1):
        hand.pick(boxes.nth(number))
    hand.press(root.get_by_role("button", name="These two contradict"))
    until(root, "w.querySelectorAll('.tv-acc-records > li').length > 0")
    cells = root.locator(".tv-acc-cell select")
    for number, menu in enumerate(cells.all()):
        if number == cells.count() // 2:
            yield
        hand.choose(menu, 1 + (place + number) % (menu.locator("option").count() - 1))
    hand.press(root.get_by_role("button", name="Compare", exact=True))
    until(root, "w.querySelectorAll('.tv-acc-after p').length > 0")
    learner.saved(root)
    learner.count("pair")
    learner.count("board")


def rewrite(learner, root, place):
    """Write a version of a passage, check it, and rate it where there are samples."""
    hand = learner.hand
    text = "He says the US wants x, y and 1 thing more [source needed]. Add dates?"
    hand.write(root.locator(".tv-rw-desk textarea"), text)
    yield
    hand.press(root.get_by_role("button", name="Check", exact=True))
    until(root, "w.querySelector('.tv-rw-said') !== null")
    if root.locator(".tv-own-level:visible").count():
        hand.pick(root.locator(".tv-own-level input").nth(place % 3))
    learner.saved(root)
    learner.count("rewrite")


def portfolio(learner, root, _place):
    """Write down what to take along, and keep it."""
    root.locator(".tv-pf-part").first.wait_for()
    learner.hand.write(root.locator(".tv-pf-note textarea"), "I ask who says 1 thing, x, and why?")
    yield
    learner.hand.press(root.get_by_role("button", name="Keep it"))
    learner.saved(root)
    learner.count("note")


def reader(learner, root, _place):
    """Search the text and select a passage."""
    learner.hand.write(root.get_by_label("Search the text"), "Syria")
    until(root, "w.querySelector('.tv-search .tv-count').textContent !== ''")
    yield
    learner.hand.look_up(root.locator(".tv-cite").nth(2))
    until(root, "w.querySelectorAll('.tv-cite')[2].ariaPressed === 'true'")


# --- what asks nothing, or little ---------------------------------------------------------------


def guess(learner, root, place):
    """Guess, and see the picture."""
    boxes = root.locator(".tv-options input")
    learner.hand.pick(boxes.nth(place % boxes.count()))
    yield
    learner.hand.press(root.locator(".tv-do"))
    until(root, "w.querySelector('.tv-picture svg') !== null")
    learner.saved(root)
    learner.count("guess")


def timeline(learner, root, _place):
    """Look closer."""
    learner.hand.press(root.get_by_role("button", name="Closer"))
    yield


def picture(learner, root, _place):
    """Look at a picture, and at its table where it has one."""
    root.scroll_into_view_if_needed()
    folds = root.locator("details > summary:visible")
    if folds.count():
        learner.hand.press(folds.first)
    yield


def my_work(learner, root, _place):
    """Look what is done and what is left."""
    learner.hand.press(root.get_by_role("button", name="Look again"))
    until(root, "w.querySelector('.tv-outcome:not(:empty)') !== null")
    yield


WALKS = {
    "accounts": accounts,
    "case": picture,
    "chart": picture,
    "check": check,
    "checker": checker,
    "contents": picture,
    "deck": deck,
    "exercise": exercise,
    "guess": guess,
    "map": picture,
    "marker": marker,
    "mywork": my_work,
    "portfolio": portfolio,
    "reader": reader,
    "rewrite": rewrite,
    "sides": sides,
    "sorter": sorter,
    "timeline": timeline,
}


# --- what is kept of it ---------------------------------------------------------------------------


def first_answers(folder):
    """Return how many things were answered of each kind, and how often the items of exercises."""
    answers = open_work(folder).answers
    answers = answers[~answers.index.str.startswith(BEFORE)]
    kinds = answers["kind"].where(~answers["kind"].isin(EXERCISE_KINDS), "exercise")
    asked = answers.assign(kind=kinds)[~kinds.isin(FREE)]
    assert not asked.duplicated(["case", "item"]).any()
    exercises = set(asked["item"][asked["kind"] == "exercise"])
    return asked["kind"].value_counts().to_dict(), exercises


def checklist(learner):
    """Look at the learner's work; return what is not done of this lesson, and how much there is."""
    kind, number = next(one for one in learner.widgets() if one[0] == "mywork")
    list(learner.walk(0, kind, number))
    root = learner.page.locator(".jp-Notebook .tv-mywork").first
    until(root, "w.querySelector('details[open] .tv-things') !== null")
    rows = root.locator("details[open] .tv-things li").all_text_contents()
    return [row for row in rows if not row.startswith("done")], len(rows)
