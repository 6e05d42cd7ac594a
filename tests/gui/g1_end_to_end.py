"""The sample album, edited in the window and by the command line: the same steps must give the same bytes."""

import hashlib

from editor import *


def files(folder):
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def in_the_window(album, out):
    with Editor(album) as editor:
        editor.ready()
        tracks = editor.table()
        before = tracks.texts()

        # Reorder: track 2 goes behind track 3.
        editor.select(tracks, 1)
        editor.step("ctrl+Right", "^Move track 2 later")
        until("the new order", lambda: tracks.text(2, "Title") == before[1][1])
        # A pause, typed into the table.
        editor.edit_cell(tracks, 6, "Pause", "3.5")
        until("the new pause", lambda: tracks.text(6, "Pause") == "3.500")
        # A crossfade with the track before, by its key.
        editor.select(tracks, 1)
        editor.step("x", "^Crossfade into track 2")
        until("the overlap", lambda: tracks.text(1, "Pause") == "\u00d7 2.000")
        # An ISRC, typed among the texts.
        editor.tab("Metadata")
        texts = editor.table("^Track texts$")
        editor.edit_cell(texts, 4, "ISRC", "GB-XYZ-26-00099")
        until("the new ISRC", lambda: texts.text(4, "ISRC") == "GB-XYZ-26-00099")
        editor.tab("Tracks")
        after = tracks.texts()

        # All of it undone, and done again.
        undone = []
        while editor.undo_label():
            undone.append(editor.undo_label())
            key("ctrl+z")
            until("the step to be undone", lambda: editor.undo_label() != undone[-1])
        if len(undone) != 4:
            raise Failure(f"four steps were made and {len(undone)} undone: {undone}")
        until("the album as it was", lambda: tracks.texts() == before)
        if "\u2022" in name_of(editor.main()):
            raise Failure("the album is said to be changed after everything was undone")
        for label in reversed(undone):
            key("ctrl+shift+z")
            until(f"\"{label}\" done again", lambda: editor.undo_label() == label)
        until("the album as it was changed", lambda: tracks.texts() == after)

        # Saved.
        until("the mark of an unsaved album", lambda: name_of(editor.main()).startswith("\u2022"))
        key("ctrl+s")
        until("the album saved", lambda: not name_of(editor.main()).startswith("\u2022"))

        # Delivered.
        key("ctrl+e")
        window = editor.in_front("^Deliver DDP")
        press(editor.find("push button", "^Export", window))
        editor.choose_file("folder for the DDP", out)
        editor.find("label", "^Delivered and proven$", window, patience=120)
        key("Escape")
        until("the window to go", lambda: len(editor.windows()) == 1)
        key("ctrl+q")
        until("the editor to end", lambda: editor.process.poll() == 0)


def on_the_command_line(album, out):
    segue("move", album, "-t", 2, "--to", 3)
    segue("set", album, "-t", 7, "--gap", "3.5")
    segue("set", album, "-t", 2, "--crossfade", "2")
    segue("set", album, "-t", 5, "--isrc", "GB-XYZ-26-00099")
    segue("export", "ddp", album, out, "--no-cache", "--quiet")


def end_to_end():
    """reorder, pause, crossfade, ISRC, undo all, redo all, save, deliver: byte for byte what the command line delivers"""
    window, line = sample(DESK / "window"), sample(DESK / "line")
    in_the_window(window, DESK / "window" / "DDP")
    on_the_command_line(line, DESK / "line" / "DDP")
    if window.read_bytes() != line.read_bytes():
        raise Failure("the project files differ:\n" + subprocess.run(
            ["diff", line, window], capture_output=True, text=True).stdout)
    a, b = files(DESK / "window" / "DDP"), files(DESK / "line" / "DDP")
    if a != b or "IMAGE.DAT" not in a:
        raise Failure("the deliveries differ:\n" + "\n".join(
            f"{name}: window {a.get(name)}, command line {b.get(name)}" for name in sorted(a | b) if a.get(name) != b.get(name)))


run(end_to_end)
