"""What a screen reader finds: names, cells, focus by Tab; and keys that belong to the field one types into."""

from editor import *


def named():
    """every canvas, table, field and button shown has a name"""
    with Editor(sample(DESK / "names")) as editor:
        editor.ready()
        for canvas in ("Album strip", "Timeline", "Time", "Meters"):
            editor.find("(panel|drawing area)", f"^{canvas}")
        nameless = []
        for page in [name_of(t) for t in editor.things("page tab")]:
            editor.tab(re.escape(page))
            for thing in editor.things():
                role = thing.get_role_name()
                if role in ("table", "tree table", "text", "push button", "toggle button", "check box", "combo box", "menu",
                            "page tab", "slider", "spin button") and not name_of(thing):
                    nameless.append(f"{page}: {role}")
        if nameless:
            raise Failure("without a name: " + ", ".join(sorted(set(nameless))))
        editor.process.terminate()
        editor.killed = True


def speaks():
    """the table speaks: headings and cells are those of the album"""
    album = sample(DESK / "speaks")
    with Editor(album) as editor:
        editor.ready()
        table = editor.table()
        titles = [table.text(row, "Title") for row in range(table.rows())]
        expected = ["Slipway", "Harbour Lights", "Night Ferry (live)", "Spring Tide (live)", "Undertow", "Lighthouse", "Low Tide"]
        if titles != expected:
            raise Failure(f"the titles spoken are {titles}")
        if table.text(5, "Pause") != "\u00d7 4.000" or table.text(6, "ISRC") != "GB-ABC-26-00007":
            raise Failure(f"track 6 and 7 are spoken as {table.texts()[5:]}")
        editor.process.terminate()
        editor.killed = True


def tab_reaches():
    """Tab alone reaches the table, the pages, the transport and the button that delivers"""
    with Editor(sample(DESK / "tab")) as editor:
        editor.ready()
        editor.table()
        wanted = {"Tracks", "Views of the album", "Play or stop", "Deliver"}
        met = set()
        for _ in range(60):
            before = editor.focused()
            if before is not None:
                met.add(name_of(before))
            if wanted <= met:
                break
            key("Tab")
            # The focus may come round to the same widget, but never stays where it was.
            until("the focus to move", lambda: (now := editor.focused()) is not None and now != before, 5)
        if not wanted <= met:
            raise Failure(f"Tab never reached {sorted(wanted - met)}; it met {sorted(met)}")
        editor.process.terminate()
        editor.killed = True


def typing_is_typing():
    """letters typed into a cell or field are text: no action runs"""
    album = sample(DESK / "typing")
    with Editor(album) as editor:
        editor.ready()
        tracks = editor.table()
        editor.edit_cell(tracks, 1, "Title", "xtmfasdqwlz [],.+- XTMF")
        until("the title", lambda: tracks.text(1, "Title") == "xtmfasdqwlz [],.+- XTMF")
        if editor.undo_label() != "Set Title of track 2":
            raise Failure(f"typing a title left the step \"{editor.undo_label()}\"")
        key("ctrl+z")
        until("nothing to undo", lambda: editor.undo_label() == "")
        # A cell left with Escape changes nothing.
        editor.open_cell(tracks, 1, "Title")
        type_text("xt")
        key("Escape")
        until("the field to close", lambda: has(tracks.thing, Atspi.StateType.FOCUSED))
        if tracks.text(1, "Title") != "Harbour Lights" or editor.undo_label():
            raise Failure(f"Escape kept \"{tracks.text(1, 'Title')}\", step \"{editor.undo_label()}\"")
        editor.tab("Metadata")
        press(editor.find("text", "^Album Message$"))
        until("the field to take keys", lambda: name_of(editor.focused() or editor.main()) == "Album Message")
        type_text("x marks the joint. Delete, please")
        key("Home", "Delete", "Return")
        until("the message", lambda: editor.undo_label())
        until("the text", lambda: text_of(editor.find("text", "^Album Message$")) == " marks the joint. Delete, please"
              or text_of(editor.find("text", "^Album Message$")) == "marks the joint. Delete, please")
        key("ctrl+s")
        until("the album saved", lambda: not name_of(editor.main()).startswith("\u2022"))
        shown_tracks = segue("show", album)
        if "Harbour Lights" not in shown_tracks:
            raise Failure(shown_tracks)
        editor.process.terminate()
        editor.killed = True


run(named, speaks, tab_reaches, typing_is_typing)
