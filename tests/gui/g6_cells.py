"""A table's cell: what is typed is judged meanwhile and stays, wherever one clicks; only Esc gives it up. Rows are dragged."""

from editor import *


def judged():
    """while a cell is typed into, the information line says why it would not be taken or what it would break"""
    with Editor(sample(DESK / "judged")) as editor:
        editor.ready()
        tracks = editor.table()
        editor.open_cell(tracks, 1, "ISRC")
        key("ctrl+a")
        type_text("GBABC26")
        until("the length to be missed", lambda: "7 characters, 12 are needed" in editor.information())
        key("ctrl+a")
        type_text("GBABC2600001")
        until("the other track to be named", lambda: "Track 1 has the same ISRC" in editor.information())
        key("ctrl+a")
        type_text("GBABC2600012")
        until("nothing to be wrong", lambda: editor.information() == "")
        key("Escape")
        until("the field to close", lambda: has(tracks.thing, Atspi.StateType.FOCUSED))
        editor.process.terminate()
        editor.killed = True


def rows_dragged():
    """a row dragged behind another one: the track comes to stand there, one step; Ctrl+Z puts it back"""
    with Editor(sample(DESK / "rows")) as editor:
        editor.ready()
        tracks = editor.table()

        def titles():
            return [tracks.text(row, "Title") for row in range(tracks.rows())]

        before = titles()
        wanted = [before[0], *before[2:5], before[1], *before[5:]]
        editor.select(tracks, 1)

        def drag():
            """GTK begins a drag on its way, and asks the target on moves after that, which may come too late."""
            (x, y), (to_x, to_y) = middle(tracks.cell(1, "Title")), middle(tracks.cell(4, "Title"))
            xdotool("mousemove", int(x), int(y), "mousedown", 1)
            for part in range(1, 13):
                xdotool("mousemove", int(x + (to_x - x) * part / 12), int(y + (to_y + 8 - y) * part / 12), "sleep", 0.03)
            for move in range(10):
                xdotool("mousemove", int(to_x) + move % 2, int(to_y) + 8, "sleep", 0.05)
            xdotool("mouseup", 1)

        until("the new order", lambda: titles() == wanted or (titles() == before and drag()))
        if editor.undo_label() != "Reorder the tracks":
            raise Failure(f"the step is called {editor.undo_label()}")
        key("ctrl+z")
        until("the order of before", lambda: titles() == before)
        editor.process.terminate()
        editor.killed = True


def typed_stays():
    """a click on another row, on the timeline, on a tab: what was typed is in the album"""
    with Editor(sample(DESK / "cells")) as editor:
        editor.ready()
        tracks = editor.table()
        box = Atspi.Component.get_extents(editor.find("(panel|drawing area)", "^Timeline"), Atspi.CoordType.SCREEN)
        places = {
            "another row": lambda: click(*middle(tracks.cell(4, "ISRC"))),
            "the timeline": lambda: click(box.x + box.width - 30, box.y + box.height - 10),
            "a tab": lambda: click(*middle(editor.find("page tab", "^Notes"))),
        }
        for words, go in places.items():
            editor.tab("Tracks")
            editor.open_cell(tracks, 1, "Title")
            key("ctrl+a")
            type_text(f"Left for {words}")
            go()
            until(f"the title after a click on {words}", lambda: tracks.text(1, "Title") == f"Left for {words}")
            until("its step", lambda: editor.undo_label() == "Set Title of track 2")
        editor.tab("Tracks")
        editor.open_cell(tracks, 1, "Title")
        type_text("given up")
        key("Escape")
        until("the field to close", lambda: has(tracks.thing, Atspi.StateType.FOCUSED))
        if tracks.text(1, "Title") != "Left for a tab":
            raise Failure(f"Escape kept \"{tracks.text(1, 'Title')}\"")
        editor.process.terminate()
        editor.killed = True


def caret_at_the_click():
    """a double click into a title puts the caret where it was made"""
    with Editor(sample(DESK / "caret")) as editor:
        editor.ready()
        tracks = editor.table()
        editor.select(tracks, 5)
        cell = Atspi.Component.get_extents(tracks.cell(1, "Title"), Atspi.CoordType.SCREEN)
        # Between "Harbour" and the end of "Harbour Lights": some letters stand before the caret and some behind it.
        click(cell.x + 60, cell.y + cell.height / 2, times=2)
        until("a field", editor.cell_is_open)
        type_text("#")
        key("Return")
        title = until("the title", lambda: (t := tracks.text(1, "Title")) != "Harbour Lights" and t)
        if title.replace("#", "") != "Harbour Lights" or title.startswith("#") or title.endswith("#"):
            raise Failure(f"the caret was not at the click: \"{title}\"")
        editor.process.terminate()
        editor.killed = True


run(judged, rows_dragged, typed_stays, caret_at_the_click)
