"""A kept version heard in turn with the album: equally loud, and nothing is changed by it."""

from editor import *

KEPT = "Monday"


def keep(editor, name):
    press(editor.find("push button", "^Keep this version"))
    for question, words in (("^Its name", name), ("^A note", "before the first track was lowered")):
        editor.find("label", question)
        editor.in_front("^Keep this version$")
        type_text(words)
        until("the words", lambda w=words: text_of(editor.focused()) == w)
        key("Return")
    until("the dialogs to go", lambda: len(editor.windows()) == 1)


def listening():
    """Listen to it plays the version, Listen to the album the album again: the louder one is turned down, no step is made"""
    with Editor(sample(DESK / "versions")) as editor:
        editor.ready()
        editor.tab("Versions")
        keep(editor, KEPT)
        versions = editor.table("^Versions$")
        until("the version", lambda: versions.rows() == 1 and versions.text(0, "Version") == KEPT)
        editor.tab("Tracks")
        tracks = editor.table()
        editor.select(tracks, 0)
        for _ in range(6):
            key("ctrl+Down")
        before = until("the track to be softer", editor.undo_label)
        key("l")  # the sound card of the test takes everything at once; a loop has no end
        editor.tab("Versions")
        editor.select(versions, 0)
        press(editor.find("push button", "^Listen to it$"))
        until("the version to be heard", lambda: editor.information().startswith(f'Listening to "{KEPT}": 1 '), 60)
        said = editor.information()
        if not said.endswith("dB softer, as loud as the album"):
            raise Failure(f"the louder version is not turned down: {said}")
        back = editor.find("push button", "^Listen to the album$")
        if os.environ.get("PICTURES"):
            screen(Path(os.environ["PICTURES"]) / "versions.png")
        press(back)
        until("the album to be heard", lambda: editor.information().startswith("Listening to the album as it is: 1 "))
        if not editor.information().endswith("not turned down"):
            raise Failure(f"the softer one is turned down: {editor.information()}")
        editor.find("push button", "^Listen to it$")
        if editor.undo_label() != before:
            raise Failure(f"listening made a step: {editor.undo_label()}")
        editor.process.terminate()
        editor.killed = True


run(listening)
