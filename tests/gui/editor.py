"""The editor as a person meets it: seen through AT-SPI, driven by keys and the pointer.

Every step waits for its effect to be seen. Nothing here knows the editor's insides but the action table's keys."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# How long the editor may be deaf before that counts as a failure (milliseconds).
Atspi.set_timeout(15000, 30000)

HERE = Path(__file__).resolve().parent
PATIENCE = 30.0
DESK = Path(os.environ["DESK"])
SEGUE = os.environ["SEGUE"]
SEGUE_EDITOR = os.environ["SEGUE_EDITOR"]


class Failure(Exception):
    pass


def until(what, seen, patience=PATIENCE):
    """Waits until seen() gives something true, and gives that."""
    end = time.monotonic() + patience
    while True:
        try:
            value = seen()
        except GLib.Error:  # the window is being rebuilt, or gone
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f"waited {patience:.0f} s in vain for {what}")
        time.sleep(0.02)


def segue(*args):
    """Runs the command line, which must succeed; its output."""
    done = subprocess.run([SEGUE, *map(str, args)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise Failure(f"segue {' '.join(map(str, args))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def sample(folder):
    """A copy of the sample album, its masters linked; the project's path."""
    folder = Path(folder)
    folder.mkdir(parents=True)
    for file in Path(os.environ["SEGUE_SAMPLE"]).iterdir():
        if file.suffix == ".segue":
            (folder / file.name).write_bytes(file.read_bytes())
        elif file.suffix == ".wav":
            (folder / file.name).symlink_to(file)
    return folder / "Harbour Lights.segue"


def xdotool(*args):
    subprocess.run(["xdotool", *map(str, args)], check=True, timeout=30, stderr=subprocess.DEVNULL)


def key(*keys):
    xdotool("key", "--clearmodifiers", "--delay", "0", *keys)


def type_text(text):
    xdotool("type", "--delay", "1", "--", text)


def click(x, y, button=1, times=1):
    xdotool("mousemove", int(x), int(y), "click", "--repeat", times, "--delay", 40, button)


def screen(path):
    subprocess.run(["import", "-window", "root", str(path)], check=False, timeout=60)


def fresh(thing):
    """What was remembered of a thing is no observation. (A cache mask of none makes libatspi 2.46 loop.)"""
    thing.clear_cache()
    return thing


def name_of(thing):
    return fresh(thing).get_name() or ""


def text_of(thing):
    """What a field or label says; its name where it says nothing of itself."""
    if "Text" in thing.get_interfaces():
        return Atspi.Text.get_text(thing, 0, Atspi.Text.get_character_count(thing))
    return name_of(thing)


def has(thing, state):
    return fresh(thing).get_state_set().contains(state)


def shown(thing):
    return has(thing, Atspi.StateType.SHOWING)


def walk(thing, depth=30):
    """The thing and everything in it, outermost first; what vanishes meanwhile is left out."""
    yield thing
    # A table has thousands of cells; they are asked for by row and column.
    if depth == 0 or thing.get_role() in (Atspi.Role.TREE_TABLE, Atspi.Role.TABLE):
        return
    for i in range(fresh(thing).get_child_count()):
        try:
            child = thing.get_child_at_index(i)
        except GLib.Error:
            continue
        if child is not None:
            yield from walk(child, depth - 1)


def middle(thing):
    box = Atspi.Component.get_extents(thing, Atspi.CoordType.SCREEN)
    return box.x + box.width / 2, box.y + box.height / 2


def press(thing):
    """By the pointer: a dialog opened from an AT-SPI action leaves GTK's bridge deaf until it closes."""
    until(f"\"{name_of(thing)}\" to take a click", lambda: has(thing, Atspi.StateType.SENSITIVE) and shown(thing))
    click(*middle(thing))


class Table:
    """A table by its cells' texts."""

    def __init__(self, thing):
        self.thing = thing

    def headings(self):
        return [name_of(Atspi.Table.get_column_header(self.thing, c))
                for c in range(Atspi.Table.get_n_columns(self.thing))]

    def rows(self):
        return Atspi.Table.get_n_rows(self.thing)

    def cell(self, row, heading):
        return Atspi.Table.get_accessible_at(self.thing, row, self.headings().index(heading))

    def text(self, row, heading):
        return name_of(self.cell(row, heading))

    def texts(self):
        columns = Atspi.Table.get_n_columns(self.thing)
        return [[name_of(Atspi.Table.get_accessible_at(self.thing, r, c)) for c in range(columns)]
                for r in range(self.rows())]

    def selected(self):
        return [r for r in range(self.rows()) if Atspi.Table.is_row_selected(self.thing, r)]


class Editor:
    """One running editor. As a context manager it is ended, and its stderr judged, on the way out."""

    def __init__(self, *args, env=None, name="editor"):
        self.log = DESK / f"{name}-{time.monotonic_ns()}.log"
        self.process = subprocess.Popen([SEGUE_EDITOR, *map(str, args)], env=env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=self.log.open("w"), cwd=DESK)
        self.killed = False

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            screen(os.environ.get("SEGUE_GUI_SHOT", "/tmp/segue-gui-failure.png"))
            print(f"-- {self.log.name}:\n{self.log.read_text(errors='replace')[-3000:]}", file=sys.stderr)
        self.end()
        if kind is None:
            self.judge()

    def end(self):
        if self.process.poll() is None:
            self.kill()

    def kill(self):
        self.killed = True
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def judge(self):
        """Fails on any complaint on stderr that is not in the named list, and on an end that was not asked for."""
        if not self.killed and self.process.poll() not in (None, 0):
            raise Failure(f"the editor ended with {self.process.returncode}\n{self.log.read_text(errors='replace')}")
        if bad := self.complaints():
            raise Failure("words on stderr that no list allows:\n" + "\n".join(bad[:10]))

    def complaints(self):
        allowed = [re.compile(line.rstrip("\n")) for line in (HERE / "allowed_stderr.txt").open()
                   if line.strip() and not line.startswith("#")]
        return [line for line in self.log.read_text(errors="replace").splitlines()
                if not re.match(r" +#\d+ ", line)  # calls of a stack
                and re.search(r"critical|warning|assert|error|sanitizer|terminate", line, re.I)
                and not any(pattern.search(line) for pattern in allowed)]

    # What is seen

    def alive(self):
        if self.process.poll() is not None:
            raise Failure(f"the editor ended ({self.process.returncode}):\n{self.log.read_text(errors='replace')}")

    def application(self):
        self.alive()
        desktop = Atspi.get_desktop(0)
        for i in range(fresh(desktop).get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and app.get_process_id() == self.process.pid:
                return app
        return None

    def windows(self):
        app = self.application()
        found = [] if app is None else [app.get_child_at_index(i) for i in range(fresh(app).get_child_count())]
        return [window for window in found if window is not None and shown(window)]

    def window(self, title, patience=PATIENCE):
        """The window whose title the pattern fits."""
        return until(f"a window \"{title}\"", lambda: next(
            (w for w in self.windows() if re.search(title, name_of(w))), None), patience)

    def main(self):
        return self.window("Segue$")

    def things(self, role=None, name=None, under=None):
        for top in [under] if under is not None else self.windows():
            for thing in walk(top):
                if role is not None and not re.fullmatch(role, thing.get_role_name()):
                    continue
                if name is not None and not re.search(name, name_of(thing)):
                    continue
                if shown(thing):
                    yield thing

    def find(self, role=None, name=None, under=None, patience=PATIENCE):
        return until(f"{role or 'thing'} \"{name or ''}\"",
                     lambda: next(self.things(role, name, under), None), patience)

    def has_thing(self, role=None, name=None, under=None):
        return next(self.things(role, name, under), None) is not None

    def table(self, name="^Tracks$"):
        found = Table(self.find("(tree )?table", name))
        until(f"rows in {name}", found.rows)
        return found

    def information(self):
        return text_of(self.find("label", "^Information$"))

    def undo_label(self):
        thing = next(self.things("label", "^Undo: "), None)
        return "" if thing is None else name_of(thing)[len("Undo: "):]

    def focused(self):
        return next((t for w in self.windows() for t in walk(w) if has(t, Atspi.StateType.FOCUSED)), None)

    # What is done

    def ready(self, patience=PATIENCE):
        """Waits until the main window is in front and takes keys."""
        window = self.window("Segue$", patience)
        until("the window to be in front", lambda: has(window, Atspi.StateType.ACTIVE), patience)
        return window

    def tab(self, name):
        page = self.find("page tab", f"^{name}")
        press(page)
        until(f"the tab {name} in front", lambda: has(page, Atspi.StateType.SELECTED))

    def select(self, table, row, heading=None):
        """Chooses a row by the pointer, as the hand does."""
        # A list made anew has no places for its cells until it is drawn.
        # One further down is scrolled to.
        until(f"row {row + 1} to have a place", lambda: middle(table.cell(row, heading or table.headings()[0]))[1] > 0
              or click(*middle(table.thing), button=5))
        click(*middle(table.cell(row, heading or table.headings()[0])))
        until(f"row {row + 1} to be chosen", lambda: table.selected() == [row])

    def edit_cell(self, table, row, heading, text):
        """Types into a cell and ends with Enter."""
        self.open_cell(table, row, heading)
        key("ctrl+a")
        type_text(text)
        key("Return")
        until("the cell's field to close", lambda: has(table.thing, Atspi.StateType.FOCUSED))

    def open_cell(self, table, row, heading):
        """A click into a chosen row begins typing. GTK shows AT-SPI no field in a table, so what is seen is that the
        table has given the focus away, and nothing else has it."""
        if table.selected() != [row]:
            self.select(table, row)
        until("the table to have the focus", lambda: has(table.thing, Atspi.StateType.FOCUSED))
        # A column beyond the edge is brought into sight by the wheel.
        box = Atspi.Component.get_extents(table.thing, Atspi.CoordType.SCREEN)
        until("the column in sight", lambda: 0 < middle(table.cell(row, heading))[0] < box.x + box.width - 20
              or click(*middle(table.thing), button=7))
        click(*middle(table.cell(row, heading)))
        until(f"a field in row {row + 1}, {heading}", self.cell_is_open)

    def cell_is_open(self):
        window = next((w for w in self.windows() if has(w, Atspi.StateType.ACTIVE)), None)
        return window is not None and self.focused() is None

    def in_front(self, title):
        """The window of this title, once it takes keys."""
        window = self.window(title)
        until(f"\"{title}\" in front", lambda: has(window, Atspi.StateType.ACTIVE))
        return window

    def choose_file(self, title, path):
        """Types a path into a file dialog and accepts it."""
        dialog = self.in_front(title)
        full = name_of(dialog)
        until("the name's field", lambda: (t := self.focused()) is not None and t.get_role_name() == "text")
        key("ctrl+a")
        type_text(path)
        until("the path to be typed", lambda: text_of(self.focused()) == str(path))
        # While it reads the folder it takes no Return.
        until("the dialog to take it", lambda: any(has(button, Atspi.StateType.SENSITIVE)
                                                   for button in self.things("push button", "^(Save|Open)$", dialog)))
        key("Return")
        until("the dialog to go", lambda: full not in [name_of(w) for w in self.windows()])

    def step(self, keys, label):
        """A key that makes one undoable step of this name (a pattern)."""
        key(keys)
        until(f"the step \"{label}\"", lambda: re.search(label, self.undo_label()))


def run(*tests):
    """Runs the named functions; the exit code says whether all held."""
    failed = 0
    for test in tests:
        start = time.monotonic()
        try:
            test()
            print(f"   ok  {test.__doc__ or test.__name__}  ({time.monotonic() - start:.1f} s)", flush=True)
        except Exception as error:  # every kind of failure is a failed test
            failed = 1
            print(f"   FAILED  {test.__doc__ or test.__name__}\n{type(error).__name__}: {error}", flush=True)
            if not isinstance(error, Failure):
                import traceback
                traceback.print_exc()
    sys.exit(failed)
