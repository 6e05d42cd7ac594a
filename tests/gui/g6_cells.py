"""A table's cell that is left open: what was typed stays, wherever one clicks; only Esc gives it up."""

from editor import *


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


run(typed_stays, caret_at_the_click)
