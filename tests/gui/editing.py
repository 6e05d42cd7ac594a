"""Edits by key, each with a name of its own, so that every step can be seen to have happened."""

from editor import *


def texts(table):
    """What the edits change: titles, pauses and gains."""
    columns = [table.headings().index(h) for h in ("Title", "Pause", "Start", "ISRC", "Hand")]
    return [[row[c] for c in columns] for row in table.texts()]


def edits(row, rows):
    """Keys and the label of the step they make, for the track in this row."""
    number = row + 1
    yield "ctrl+Up", "Louder by 0.1 dB"
    yield "ctrl+Down", "Softer by 0.1 dB"
    if row > 0:
        yield "alt+Right", f"Nudge track {number}"
        yield "x", f"Crossfade into track {number}"
        yield "ctrl+Left", f"Move track {number} earlier"
    if row + 1 < rows:
        yield "ctrl+Right", f"Move track {number} later"


def one_edit(editor, table, random):
    """One step that has another name than the one before it; waits until it is seen."""
    before = editor.undo_label()
    row = random.randrange(table.rows())
    editor.select(table, row)
    keys, label = random.choice([e for e in edits(row, table.rows()) if e[1] != before])
    key(keys)
    return label
