"""A record divided in the Vinyl tab, errors set aside for a delivery, and a finding accepted in the Checks tab."""

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


def setting_aside():
    """an error that the delivery finds may be set aside: tried again, it is delivered, and window and report say so"""
    path = sample(DESK / "loud")
    segue("set", path, "-t", 2, "--gain", 12, "--quiet")
    out = DESK / "loud DDP"
    with Editor(path) as editor:
        editor.ready()
        press(editor.find("push button", "^Deliver"))
        window = editor.in_front("^Deliver DDP")
        press(editor.find("push button", "^Export", window))
        editor.choose_file("folder for the DDP", out)
        again = editor.find("push button", "^Try again", window, patience=120)
        editor.find("label", "^Not ready: 1 error stands in the way$", window)
        # What to do about it is said without a click.
        full = editor.find("label", "^The finding in full$", window)
        until("the error in full", lambda: re.search("pass full scale.*\nWhat to do: lower the track", text_of(full)))
        if out.exists():
            raise Failure("something was written for all the errors")
        press(editor.find("check box", "^Set these errors aside", window))
        press(again)
        # The folder is the one chosen before.
        until("the name's field", lambda: (t := editor.focused()) is not None and t.get_role_name() == "text")
        until("the folder of before", lambda: text_of(editor.focused()) == out.name)
        editor.choose_file("folder for the DDP", out)
        editor.find("label", "^Delivered and proven$", window, patience=120)
        editor.find("label", "Set aside for this delivery, as the report says: AUDIO.OVER", window)
        editor.process.terminate()
        editor.killed = True
    segue("verify", out)
    if "error, allowed" not in Path(f"{out}.report.txt").read_text():
        raise Failure("the report does not say what was set aside")


def matching():
    """E plays two tracks in turn, louder acts on the one that is heard, Enter keeps all of it as one step, Esc takes it back"""
    with Editor(sample(DESK / "match")) as editor:
        editor.ready()
        editor.table()
        before = editor.undo_label()
        for end in ("Escape", "Return"):
            key("e")
            until("the tracks to be heard", lambda: editor.information().startswith("Match by ear: "))
            key("ctrl+Up")
            until("the step", lambda: editor.undo_label() == "Match by ear")
            key("ctrl+Up")
            key(end)
            until("the end of it", lambda: not editor.information().startswith("Match by ear: "))
            if end == "Escape":
                until("it to be taken back", lambda: editor.undo_label() == before)
        until("the step", lambda: editor.undo_label() == "Match by ear")
        key("ctrl+z")
        until("both nudges to be undone at once", lambda: editor.undo_label() == before)
        editor.process.terminate()
        editor.killed = True


def matching_discs():
    """E plays two tracks of different discs in turn; the one that is heard is named with its disc"""
    path = sample(DESK / "discs")
    segue("set", path, "-t", "2", "--gap", "2", "--quiet")
    segue("edition", "break", path, "CD", "-t", "2", "--kind", "disc", "--quiet")
    with Editor(path) as editor:
        editor.ready()
        editor.table()
        key("e")
        until("track 1 to be heard", lambda: editor.information().startswith("Match by ear: disc 1, 1 "))
        until("the other disc", lambda: editor.information().startswith("Match by ear: disc 2, 1 "), patience=60)
        key("ctrl+Up")
        until("the step", lambda: editor.undo_label() == "Match by ear")
        key("Return")
        until("the end of it", lambda: not editor.information().startswith("Match by ear: "))
        editor.process.terminate()
        editor.killed = True


def acceptance():
    """a finding is accepted with a note, stays in the list as accepted, and is taken back"""
    with Editor(sample(DESK / "accept")) as editor:
        editor.ready()
        editor.tab("Checks")
        checks = editor.table("^Checks$")
        until("the sound to be checked", lambda: text_of(editor.find("label", "^What is being checked$")) == "")

        def row_of(rule):
            return next((row for row in range(checks.rows()) if checks.text(row, "Rule") == rule), None)

        until("the finding", lambda: row_of("ALBUM.MIXED_RATES") is not None)
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


run(sides, side_files, setting_aside, matching, matching_discs, acceptance)
