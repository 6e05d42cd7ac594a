# tier: nightly
"""Random keys, clicks and menus from outside, with what a screen reader asks in between: nothing crashes, nothing
complains, and the project stays one that can be opened. g5 does much more of it, without asking."""

import random
import shutil

import editor as driven
from editor import *

SEED = int(os.environ.get("SEGUE_SEED", "1"))
ACTIONS = int(os.environ.get("SEGUE_MONKEY", "150"))
CHECK_EVERY = 250
TABLE = HERE.parent.parent / "gui" / "model" / "actions.cpp"
# These open a file dialog or another program, or end the window; each has a test of its own, or the loop does it.
LEFT_OUT = {"quit", "open", "add-files", "save-as", "new", "open-sample", "preferences-never"}
NAMES = {"Space": "space", "Enter": "Return", "+": "plus", "-": "minus", ",": "comma", ".": "period", ";": "semicolon",
         "[": "bracketleft", "]": "bracketright"}


def table_of_actions():
    """Name and key of each action, read from the table itself."""
    rows = re.findall(r'ActionInfo\{A::\w+, "([\w-]+)", "\w+", "[^"]*", "([^"]*)"', TABLE.read_text())
    if len(rows) < 50:
        raise Failure(f"only {len(rows)} actions were found in {TABLE}")
    return [row for row in rows if row[0] not in LEFT_OUT]


def keys_of(shortcut):
    head, plus, last = shortcut.rpartition("+") if shortcut not in ("+",) else ("", "", "+")
    parts = [part.lower() for part in head.split("+") if part]
    last = NAMES.get(last, last.lower() if len(last) == 1 else last)
    return "+".join([*parts, last])


class Monkey:
    def __init__(self, editor, rng):
        self.editor = editor
        self.rng = rng
        self.keys = [keys_of(shortcut) for name, shortcut in table_of_actions() if shortcut]
        self.done = []

    def note(self, words):
        self.done.append(words)
        print(f"{time.time() % 86400 // 3600:02.0f}:{time.time() % 3600 // 60:02.0f}:{time.time() % 60:06.3f} {words}")

    def box(self):
        window = next((w for w in self.editor.windows() if has(w, Atspi.StateType.ACTIVE)), None)
        if window is None:
            return None, 1440, 900, 0, 0
        box = Atspi.Component.get_extents(window, Atspi.CoordType.SCREEN)
        return window, box.width, box.height, box.x, box.y

    def act(self):
        kind = self.rng.choices(("key", "click", "drag", "wheel", "menu", "type", "escape"), (50, 20, 8, 6, 6, 5, 5))[0]
        if kind == "key":
            keys = self.rng.choice(self.keys)
            self.note(keys)
            key(keys)
        elif kind == "type":
            words = self.rng.choice(("2.5", "-1", "Night", "GB-ABC-26-00042", "x", "\u00fc\u65e5", "0:30", "999999", ""))
            self.note(f"F2-less typing {words!r}")
            type_text(words)
            key(self.rng.choice(("Return", "Escape", "Tab")))
        elif kind == "escape":
            self.note("Escape")
            key("Escape")
        else:
            window, width, height, x, y = self.box()
            if window is None:
                return key("Escape")
            at = x + self.rng.randrange(4, max(5, width - 4)), y + self.rng.randrange(4, max(5, height - 4))
            if kind == "click":
                button, times = self.rng.choice((1, 1, 1, 1, 3)), self.rng.choice((1, 1, 2))
                self.note(f"click {button} x{times} at {at}")
                click(*at, button=button, times=times)
            elif kind == "wheel":
                modifier = self.rng.choice(("", "ctrl", "shift"))
                self.note(f"wheel {modifier} at {at}")
                hold = ["keydown", modifier] if modifier else []
                free = ["keyup", modifier] if modifier else []
                xdotool("mousemove", *at, *hold, "click", "--repeat", 3, "--delay", 5, self.rng.choice((4, 5)), *free)
            elif kind == "drag":
                to = at[0] + self.rng.randrange(-300, 300), at[1] + self.rng.randrange(-120, 120)
                self.note(f"drag {at} to {to}")
                xdotool("mousemove", *at, "mousedown", 1, "mousemove", *to, "mousemove", max(0, to[0] + 3), max(0, to[1]), "mouseup", 1)
            else:
                menu, down = self.rng.choice("fetjpvh"), self.rng.randrange(1, 14)
                # The File menu has what leaves; its way down is short.
                if menu == "f":
                    down = 3
                self.note(f"menu {menu}, {down} down")
                key(f"alt+{menu}", *["Down"] * down, "Return")

    def settle(self):
        """Closes what stands in front of the main window, as a person would: Escape, or its Cancel."""
        def home():
            self.editor.alive()
            windows = self.editor.windows()
            front = next((w for w in windows if has(w, Atspi.StateType.ACTIVE)), None)
            if front is not None and name_of(front).endswith("Segue") and not has(front, Atspi.StateType.MODAL):
                return front
            key("Escape")
            return None

        return until("the main window in front again", home, 60)


def sandboxed():
    """An editor in a folder of its own: what it opens as the sample album, and may save, is a copy, too."""
    folder = DESK / "bin"
    folder.mkdir()
    shutil.copy(SEGUE_EDITOR, folder)
    (folder / "segue").symlink_to(SEGUE)
    sample(folder / "sample-album")
    return str(folder / Path(SEGUE_EDITOR).name)


def monkey():
    """random actions: no crash, no complaint, the saved project valid at every stop"""
    rng = random.Random(SEED)
    driven.SEGUE_EDITOR = sandboxed()
    album = sample(DESK / "monkey")
    done = 0
    while done < ACTIONS:
        with Editor(album, name="monkey") as editor:
            beast = Monkey(editor, rng)
            try:
                until("a window", editor.windows, 120)
                beast.settle()
                for _ in range(min(CHECK_EVERY, ACTIONS - done)):
                    beast.act()
                    done += 1
                    editor.windows()  # it answers, so what it says on stderr follows the action
                    if bad := editor.complaints():
                        raise Failure("words on stderr that no list allows:\n" + "\n".join(bad[:10]))
                beast.settle()
                editor.find("panel|drawing area", "^Album strip")  # it answers
                key("ctrl+s")
                until("the save", lambda: not name_of(beast.settle()).startswith("\u2022"))
            except Failure:
                print(f"seed {SEED}, after {done} actions; the last: " + "; ".join(beast.done[-30:]), flush=True)
                raise
            segue("show", album)
            editor.kill()


run(monkey)
