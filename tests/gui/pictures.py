"""The states of the editor that the documentation shows: pictures.py light|dark|vinyl|double"""

from editor import *

PICTURES = Path(os.environ["PICTURES"])
FRESH = DESK / "fresh"


def shoot(name):
    """The screen, once two pictures in a row are the same: nothing is being drawn any more."""
    path, again = PICTURES / f"editor-{name}.png", FRESH / "again.png"

    def still():
        screen(path)
        screen(again)
        return subprocess.run(["compare", "-metric", "AE", path, again, "null:"], capture_output=True, text=True).stderr.startswith("0")

    until(f"the screen to be still for {name}", still)
    print(f"   {name}", flush=True)


def away():
    """The pointer out of the way."""
    xdotool("mousemove", 4000, 4000)


def main_window(editor):
    editor.ready()
    away()
    editor.table()


def escape(editor):
    key("Escape")
    until("one window", lambda: len(editor.windows()) == 1)


def light():
    """the documentation's pictures, light"""
    with Editor() as editor:
        editor.ready()
        away()
        shoot("empty")
        editor.kill()
    with Editor(sample(FRESH / "light")) as editor:
        main_window(editor)
        editor.select(editor.table(), 1)
        away()
        shoot("light")
        editor.tab("Metadata")
        away()
        shoot("metadata")
        editor.tab("Tracks")
        editor.select(editor.table(), 5)
        key("f")
        editor.find("push button", "^Done")
        away()
        shoot("joint")
        key("f")
        key("F1")
        editor.in_front("^Keys$")
        shoot("keys")
        escape(editor)
        key("ctrl+e")
        editor.in_front("^Deliver DDP")
        editor.find("label", "^Ready")  # until the sound is checked it is not called that
        shoot("ready")
        escape(editor)
        editor.kill()


def dark():
    """the documentation's pictures, dark"""
    with Editor(sample(FRESH / "dark")) as editor:
        main_window(editor)
        editor.select(editor.table(), 5)
        away()
        shoot("dark")
        key("f")
        editor.find("push button", "^Done")
        shoot("joint-dark")
        editor.kill()


def vinyl():
    """the documentation's picture of a record"""
    path = sample(FRESH / "vinyl")
    segue("edition", "add", path, "LP", "--medium", "vinyl", "--quiet")
    segue("edition", "remove", path, "CD", "--quiet")
    segue("edition", "break", path, "LP", "-t", 4, "--kind", "side", "--quiet")
    with Editor(path) as editor:
        editor.ready()
        away()
        editor.tab("Vinyl")
        editor.table("^Events on the record$")
        away()
        shoot("vinyl")
        press(editor.find("toggle button", "^Level over the sides"))
        away()
        shoot("vinyl-level")
        editor.kill()


def double():
    """the documentation's picture for a dense screen"""
    with Editor(sample(FRESH / "double")) as editor:
        main_window(editor)
        shoot("double")
        editor.kill()


FRESH.mkdir()
run({"light": light, "dark": dark, "vinyl": vinyl, "double": double}[sys.argv[1]])
