"""Two hands of a simulated learner: one has only a keyboard, the other only a mouse.

Both do the same things, so that the way through a widget is written once. A hand that cannot do
one of them fails: what is hidden, disabled or out of reach of Tab is out of reach of a learner.
Typing is for text only.
"""

# From what has the focus to a control: "here", "group" (another radio button of its group has it),
# "on" or "back" (it stands after or before), "out" (the focus is in none of the widget), "gone" (it
# was drawn anew).
WHERE = """(target, kind) => { const a = document.activeElement;
  if (!target.isConnected) return 'gone';
  if (!target.closest(`.tv-${kind}`).contains(a)) return 'out';
  if (a === target) return 'here';
  if (a.type === 'radio' && target.type === 'radio' && a.name === target.name) return 'group';
  if (a.contains(target)) return 'on';
  return target.compareDocumentPosition(a) & Node.DOCUMENT_POSITION_FOLLOWING ? 'back' : 'on'; }"""
# Which way an arrow key has to go inside a group of radio buttons, 0 when it is there.
STEPS = """target => { const all = [...document.querySelectorAll(`input[name="${CSS.escape(target.name)}"]`)];
  return all.indexOf(target) - all.indexOf(document.activeElement); }"""
KEY = {"on": "Tab", "group": "Tab", "back": "Shift+Tab"}
PATIENCE = 30_000  # milliseconds until what was to be reached is missed
MOST = 250  # presses of Tab from one part of a widget to another


class Hand:
    """What both hands share: the notebook, and the widget that they are at."""

    name = ""

    def __init__(self, notebook):
        self.notebook, self.page = notebook, notebook.page
        self.root, self.kind, self.number = None, "", 0

    def at(self, kind, number):
        """Turn to a widget: the `number`th of its kind from the top. Returns its root."""
        self.kind, self.number = kind, number
        self.root = self.page.locator(f".jp-Notebook .tv-{kind}").nth(number)
        return self.root


class Keys(Hand):
    """Only a keyboard: arrows to the widget's cell, Tab into it and on, never a click."""

    name = "keyboard"

    def _strike(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, target, patience=PATIENCE):
        """Press Tab (Shift+Tab where it lies behind) until `target` or its group has the focus.

        Returns the element of `target`.
        """
        # What is found once costs less than the key; to find it anew each time costs more.
        found = target.element_handle(timeout=patience)
        for _ in range(MOST):
            where = found.evaluate(WHERE, self.kind)
            if where in ("here", "group"):
                return found
            if where == "out":
                self.notebook.enter_widget(self.kind, self.number)
            elif where == "gone":
                found = target.element_handle(timeout=patience)
            else:
                self._strike(KEY[where])
        words = target.evaluate("t => t.outerHTML.slice(0, 200)")
        raise AssertionError(f"Tab never reached {words}")

    def press(self, target, patience=PATIENCE):
        """Press a button, or open a fold; wait for it for so many milliseconds."""
        self.reach(target, patience)
        self._strike("Enter")

    def pick(self, box):
        """Choose a radio button, or tick a box."""
        found = self.reach(box)
        steps = found.evaluate(STEPS) if found.get_attribute("type") == "radio" else 0
        self._strike(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
        if not found.is_checked():
            self._strike("Space")
        assert box.is_checked()

    def choose(self, menu, place):
        """Choose the option at a place of a menu, counted from 0."""
        self.reach(menu)
        self._strike("Home", *["ArrowDown"] * place)
        assert menu.evaluate("m => m.selectedIndex") == place

    def write(self, field, text):
        """Write into an empty field."""
        self.reach(field)
        self.page.keyboard.type(text)

    def slide(self, slider, percent):
        """Set a slider."""
        self.reach(slider)
        self._strike("Home", *["ArrowRight"] * percent)

    def move_down(self, line):
        """Move a line of a list in order one place down."""
        self.press(line.locator("[data-by='1']"))

    def words(self, page, first, last, mark="Enter"):
        """Choose words of a text; `mark` is the key that says so, None where labels do."""
        self.reach(page)
        self._strike("Home", *["ArrowRight"] * first, *["Shift+ArrowRight"] * (last - first))
        if mark:
            self._strike(mark)

    def put_in(self, _card, bins, place):
        """Put the open card into a bin: its number key."""
        if self.root.evaluate("w => !w.contains(document.activeElement)"):
            self.notebook.enter_widget(self.kind, self.number)
        assert place < bins.count()
        self._strike(str(place + 1))

    def passage(self, cite):
        """Go to a passage of a text, from one to the next with the arrows."""
        self.reach(self.root.locator(".tv-cite[tabindex='0']").first)
        found = cite.element_handle()
        for _ in range(MOST):
            where = found.evaluate(WHERE, self.kind)
            if where == "here":
                return
            self._strike("ArrowUp" if where == "back" else "ArrowDown")
        raise AssertionError("the arrows never reached the passage")

    def look_up(self, cite):
        """Select a passage in the reader."""
        self.passage(cite)
        self._strike("Enter")


class Mouse(Hand):
    """Only a mouse: real clicks and drags; the keyboard is for text."""

    name = "mouse"

    def press(self, target, patience=PATIENCE):
        """Press a button, or open a fold; wait for it for so many milliseconds."""
        target.click(timeout=patience)

    def pick(self, box):
        """Choose a radio button, or tick a box: a click on its words."""
        box.locator("xpath=ancestor::label").click()
        assert box.is_checked()

    def choose(self, menu, place):
        """Choose the option at a place of a menu, counted from 0."""
        menu.select_option(index=place)  # the list that opens is no part of the page

    def write(self, field, text):
        """Write into an empty field."""
        field.click()
        self.page.keyboard.type(text)

    def slide(self, slider, percent):
        """Set a slider."""
        box = slider.bounding_box()
        slider.click(position={"x": box["width"] * percent / 100, "y": box["height"] / 2})

    def move_down(self, line):
        """Move a line of a list in order one place down: drag it onto the next one."""
        line.drag_to(line.locator("xpath=following-sibling::li[1]"))

    def words(self, page, first, last, mark=None):
        """Choose words of a text."""
        page.scroll_into_view_if_needed()
        words = page.locator(".tv-mark-word")
        words.nth(first).scroll_into_view_if_needed()
        start, end = words.nth(first).bounding_box(), words.nth(last).bounding_box()
        mouse = self.page.mouse
        mouse.move(start["x"] + 3, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=4)
        mouse.up()

    def put_in(self, card, bins, place):
        """Put the open card into a bin: drag it there while both are in view, else press the bin."""
        slip, there = card.locator(".tv-slip"), bins.nth(place)
        slip.scroll_into_view_if_needed()
        box = there.bounding_box()
        if box["y"] > 0 and box["y"] + box["height"] < self.page.viewport_size["height"] - 40:
            slip.drag_to(there)
        else:
            there.locator(".tv-bin-top").click()

    def passage(self, cite):
        """Go to a passage of a text."""
        cite.scroll_into_view_if_needed()

    def look_up(self, cite):
        """Select a passage in the reader."""
        cite.click()
