"""A record divided in the Vinyl tab, and a finding accepted in the Checks tab: one step of undo each."""

from editor import *


def sides():
    """2 sides: the breaks are the edition's, one step; the events are listed, and 4 sides take its place"""
    path = sample(DESK / "record")
    segue("edition", "add", path, "LP", "--medium", "vinyl", "--quiet")
    segue("edition", "remove", path, "CD", "--quiet")
    with Editor(path) as editor:
        editor.ready()
        editor.tab("Vinyl")
        events = editor.table("^Events on the record$")
        if {events.text(row, "Side") for row in range(events.rows())} != {"A"}:
            raise Failure("an edition without breaks has another side than A")
        press(editor.find("push button", "^2 sides$"))
        until("the step", lambda: editor.undo_label() == "Divide over 2 sides")
        until("side B", lambda: "B" in [events.text(row, "Side") for row in range(events.rows())])
        press(editor.find("push button", "^4 sides$"))
        until("the step", lambda: editor.undo_label() == "Divide over 4 sides")
        editor.step("ctrl+z", "^Divide over 2 sides")
        editor.process.terminate()
        editor.killed = True


def side_files():
    """the side files of a record are delivered from the window, each byte as the command line writes it"""
    path = sample(DESK / "pressed")
    segue("edition", "add", path, "LP", "--medium", "vinyl", "--quiet")
    segue("edition", "remove", path, "CD", "--quiet")
    out, other = DESK / "from the window", DESK / "from the command line"
    with Editor(path) as editor:
        editor.ready()
        press(editor.find("push button", "^Deliver"))
        window = editor.in_front("^Deliver side files")
        press(editor.find("push button", "^Export", window))
        editor.choose_file("folder for the side files", out)
        editor.find("label", "^Delivered and proven$", window, patience=120)
        key("Escape")
        until("the window to go", lambda: len(editor.windows()) == 1)
        editor.process.terminate()
        editor.killed = True
    segue("export", "sides", path, other, "--quiet")
    written = {file.name: file.read_bytes() for file in out.iterdir()}
    if written != {file.name: file.read_bytes() for file in other.iterdir()}:
        raise Failure("the window wrote other side files than the command line")
    if not any(name.endswith(".wav") for name in written):
        raise Failure("there is no side file")


def acceptance():
    """a finding is accepted with a note, stays in the list as accepted, and is taken back"""
    with Editor(sample(DESK / "accept")) as editor:
        editor.ready()
        editor.tab("Checks")
        checks = editor.table("^Checks$")
        until("the sound to be checked", lambda: not editor.has_thing("label", "^Checking the sound"))

        def row_of(rule):
            return next((row for row in range(checks.rows()) if checks.text(row, "Rule") == rule), None)

        row = row_of("ALBUM.MIXED_RATES")
        editor.select(checks, row, "What")
        press(editor.find("push button", "^Accept"))
        editor.in_front("^Heard and accepted$")
        type_text("one track was made at 96 kHz")
        key("Return")
        until("the step", lambda: editor.undo_label() == "Accept ALBUM.MIXED_RATES")
        until("the finding to be accepted", lambda: checks.text(row_of("ALBUM.MIXED_RATES"), "Level") == "accepted")
        press(editor.find("push button", "^Withdraw acceptance$"))
        until("the step", lambda: editor.undo_label() == "Withdraw the acceptance of ALBUM.MIXED_RATES")
        until("the finding to stand", lambda: checks.text(row_of("ALBUM.MIXED_RATES"), "Level") == "note")
        editor.process.terminate()
        editor.killed = True


run(sides, side_files, acceptance)
