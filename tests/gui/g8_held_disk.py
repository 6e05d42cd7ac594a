"""A disk that does not answer: the window does, loses nothing, and closes when the album is on the disk."""

import contextlib
import shutil

from editor import *

DISK = DESK / "disk"
HELD = DESK / "held_disk.so"


class OnHeldDisk(Editor):
    """The editor over a disk that answers when the test lets it."""

    def __init__(self, *args):
        # The address sanitizer wants to come before all else, and need not.
        options = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        super().__init__(*args, env=dict(os.environ, LD_PRELOAD=str(HELD), HELD_DISK=str(DESK), ASAN_OPTIONS=options))


@contextlib.contextmanager
def held(what):
    """While inside, what reads from the disk (or waits until it is on the disk) waits."""
    hold, waits = DESK / f"hold-{what}", DESK / f"waits-{what}"
    waits.unlink(missing_ok=True)
    hold.touch()
    try:
        yield waits
    finally:
        hold.unlink(missing_ok=True)


def on_disk(name):
    """A copy of the sample album, its masters as well."""
    album = sample(DISK / name)
    for link in album.parent.glob("*.wav"):
        master = link.resolve()
        link.unlink()
        shutil.copy(master, link)
    return album


def same_as_the_command_line(album, *steps):
    line = sample(DESK / f"line-{album.parent.name}")
    for step in steps:
        segue(step[0], line, *step[1:])
    if album.read_bytes() != line.read_bytes():
        raise Failure("the saved album is another one:\n" + subprocess.run(
            ["diff", line, album], capture_output=True, text=True).stdout)


def saving():
    """edits go on while a save waits for the disk, and the window closes when all of them are saved"""
    album = sample(DISK / "saving")
    with OnHeldDisk(album) as editor:
        editor.ready()
        tracks = editor.table()
        editor.select(tracks, 1)
        editor.step("ctrl+Right", "^Move track 2 later")
        with held("sync") as waits:
            key("ctrl+s")
            until("the save to wait for the disk", waits.exists)
            editor.select(tracks, 1, "Length")  # elsewhere than before: this is no double click
            editor.step("x", "^Crossfade into track 2")
            key("ctrl+q")
            until("the window to say why it stays", lambda: editor.information().startswith("Saving"))
            editor.select(tracks, 4)  # it takes clicks
        # What was edited meanwhile is asked about.
        press(editor.find("push button", "^Save$"))
        until("the editor to end", lambda: editor.process.poll() == 0)
    same_as_the_command_line(album, ("move", "-t", 2, "--to", 3), ("set", "-t", 2, "--crossfade", 2))


def closing():
    """a window closed with \"Save\" stays until the album is on the disk"""
    album = sample(DISK / "closing")
    with OnHeldDisk(album) as editor:
        editor.ready()
        editor.select(editor.table(), 1)
        editor.step("ctrl+Right", "^Move track 2 later")
        with held("sync") as waits:
            key("ctrl+q")
            press(editor.find("push button", "^Save$"))
            until("the save to wait for the disk", waits.exists)
            editor.ready()
            key("ctrl+q")  # again changes nothing
            until("the window to say why it stays", lambda: editor.information().startswith("Saving"))
        until("the editor to end", lambda: editor.process.poll() == 0)
    same_as_the_command_line(album, ("move", "-t", 2, "--to", 3))


def question():
    """a window that was to close when its save is done waits for the answer to what it says meanwhile"""
    album = sample(DISK / "question")
    notes = album.parent / "notes.txt"
    notes.write_text("no sound\n")
    with OnHeldDisk(album) as editor:
        editor.ready()
        editor.select(editor.table(), 1)
        editor.step("ctrl+Right", "^Move track 2 later")
        with held("sync") as waits:
            key("ctrl+s")
            until("the save to wait for the disk", waits.exists)
            key("ctrl+q")
            until("the window to say why it stays", lambda: editor.information().startswith("Saving"))
            key("ctrl+i")
            editor.in_front("^Add audio files$")
            type_text(notes)
            until("the dialog to go", lambda: "Add audio files" not in [name_of(w) for w in editor.windows()]
                  or key("Return"))
            ok = editor.find("push button", "^OK$")
        until("the album on the disk", lambda: not name_of(editor.main()).startswith("\u2022"))
        press(ok)
        until("the editor to end", lambda: editor.process.poll() == 0)
    same_as_the_command_line(album, ("move", "-t", 2, "--to", 3))


def preview():
    """a file heard in the file dialog: while the disk does not answer the dialog says so, and closes at once"""
    album = sample(DESK / "preview")
    masters = on_disk("masters").parent
    with OnHeldDisk(album) as editor:
        editor.ready()
        rows = editor.table().rows()

        def choose():
            key("ctrl+i")
            dialog = editor.in_front("^Add audio files$")
            # A path typed and not accepted is chosen all the same.
            type_text(masters / "05 Undertow.wav")
            return dialog

        def words():
            return text_of(editor.find("label", "^The chosen files$"))

        def gone():
            key("Escape")
            until("the dialog to go", lambda: "Add audio files" not in [name_of(w) for w in editor.windows()]
                  or key("Escape"))
            editor.ready()

        with held("read") as waits:
            dialog = choose()
            until("the file to be looked at", waits.exists)
            until("the dialog to say so", lambda: words().startswith("Looking"))
            gone()
            editor.tab("Notes")  # it answers
            editor.tab("Tracks")
        dialog = choose()
        until("the file's words", lambda: "44.1 kHz" in words())
        with held("read") as waits:
            press(editor.find("push button", "^Play$", dialog))
            until("the player to read", waits.exists)
            press(editor.find("push button", "^Stop$", dialog))
            press(editor.find("push button", "^Play$", dialog))
            editor.find("push button", "^Stop$", dialog)
            gone()
            editor.tab("Notes")
            editor.tab("Tracks")
        if editor.table().rows() != rows:
            raise Failure("a file that was only heard was added")
        key("ctrl+q")
        until("the editor to end", lambda: editor.process.poll() == 0)


def another_window():
    """a window whose sources are on a disk that does not answer closes at once, and the other one goes on"""
    here, there = sample(DESK / "here"), on_disk("there")
    there = there.rename(there.with_name("There.segue"))
    with held("read") as waits, OnHeldDisk(here, there) as editor:
        editor.in_front("There")
        until("its sources to be read", waits.exists)
        key("ctrl+q")
        until("one window", lambda: len(editor.windows()) == 1)
        editor.ready()
        tracks = editor.table()
        editor.select(tracks, 1)
        editor.step("ctrl+Right", "^Move track 2 later")
        key("ctrl+s")
        until("the album saved", lambda: not name_of(editor.main()).startswith("\u2022"))
        (DESK / "hold-read").unlink()
        key("ctrl+q")
        until("the editor to end", lambda: editor.process.poll() == 0)
    segue("show", here)


subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", HELD, HERE / "held_disk.c", "-ldl"], check=True)
DISK.mkdir()
run(saving, closing, question, preview, another_window)
