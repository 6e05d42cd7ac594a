"""Tracks on the clipboard, in one window and between two, and findings put right by their button."""

from editor import *


def titles(table):
    return [table.text(row, "Title") for row in range(table.rows())]


def copy_and_paste():
    """copy, paste, duplicate, cut: one step each, and another editor's window takes what was copied here"""
    with Editor(sample(DESK / "here")) as editor:
        editor.ready()
        tracks = editor.table()
        before = titles(tracks)
        editor.select(tracks, 1)
        editor.step("ctrl+d", "^Duplicate 1 track")
        until("the duplicate", lambda: titles(tracks) == before[:2] + before[1:])
        if tracks.text(2, "ISRC"):
            raise Failure(f"the duplicate has the ISRC {tracks.text(2, 'ISRC')}")
        if "without its ISRC" not in editor.information():
            raise Failure(f"nothing is said of the ISRC: {editor.information()}")
        editor.step("ctrl+x", "^Cut track 3")
        until("the order as it was", lambda: titles(tracks) == before)
        editor.select(tracks, 6)
        editor.step("ctrl+v", "^Paste 1 track")
        until("the pasted track", lambda: titles(tracks) == before + [before[1]])
        editor.select(tracks, 4)
        key("ctrl+c")
        until("the copy", lambda: editor.information() == "Copied the track")
        with Editor(sample(DESK / "there"), name="other") as other:
            other.ready()
            theirs = other.table()
            other.select(theirs, 0)
            other.step("ctrl+v", "^Paste 1 track")
            until("the track from the other window", lambda: titles(theirs) == before[:1] + [before[4]] + before[1:])
            other.process.terminate()
            other.killed = True
        editor.process.terminate()
        editor.killed = True


def fix_button():
    """a finding's button puts it right in one step, and the finding goes"""
    with Editor(sample(DESK / "fix")) as editor:
        editor.ready()
        tracks = editor.table()
        editor.edit_cell(tracks, 0, "Pause", "1")
        until("the pause", lambda: tracks.text(0, "Pause") == "1.000")
        editor.tab("Checks")
        checks = editor.table("^Checks$")
        until("the sound to be checked", lambda: not editor.has_thing("label", "^Checking the sound"))
        row = until("the finding", lambda: next(
            (r + 1 for r in range(checks.rows()) if checks.text(r, "Rule") == "DISC.FIRST_PAUSE"), None)) - 1
        editor.select(checks, row, "What")
        press(editor.find("push button", "^Set the pause before track 1 to 2.00 s$"))
        until("the step", lambda: editor.undo_label() == "Set the pause before track 1 to 2.00 s")
        until("the finding to go", lambda: "DISC.FIRST_PAUSE" not in [checks.text(r, "Rule") for r in range(checks.rows())])
        editor.tab("Tracks")
        until("the pause", lambda: tracks.text(0, "Pause") == "2.000")
        editor.process.terminate()
        editor.killed = True


run(copy_and_paste, fix_button)
