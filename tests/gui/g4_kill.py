# tier: nightly
"""SIGKILL at random moments of editing: the saved project opens, and what is older than two seconds is offered."""

import random
import threading

from editing import *

PROMISE = 2.0  # seconds of work a crash may cost
TIMES = 100 if os.environ.get("SEGUE_TIER", "quick") != "quick" else 3
SEED = int(os.environ.get("SEGUE_SEED", "1"))


class Ledger:
    """What was seen to happen before the kill. Steps count from the last save."""

    def __init__(self, first):
        self.states = [first]  # the album's texts after each step
        self.seen = []  # when each step was seen
        self.sent = 0  # keys that made a step or may have
        self.maybe_saved = False

    def saved(self):
        self.__init__(self.states[-1])

    def due(self, killed):
        return sum(1 for when in self.seen if when <= killed - PROMISE)


def edit_until_killed(album, rng, ledger_of):
    """Edits and now and then saves, until the kill comes in between; when it came."""
    killed = []
    with Editor(album, name="victim") as editor:
        editor.ready()
        table = editor.table()
        ledger = Ledger(texts(table))
        ledger_of.append(ledger)

        def strike():
            killed.append(time.monotonic())
            editor.kill()

        timer = threading.Timer(rng.uniform(0.2, 6.0), strike)
        timer.start()
        try:
            while not killed:
                if ledger.sent and rng.random() < 0.08:
                    ledger.maybe_saved = True
                    key("ctrl+s")
                    until("the save", lambda: not name_of(editor.main()).startswith("\u2022"), 10)
                    ledger.saved()
                    continue
                ledger.sent += 1
                label = one_edit(editor, table, rng)
                until(f"the step \"{label}\"", lambda: editor.undo_label() == label, 10)
                until("the table to follow", lambda: texts(table) != ledger.states[-1], 10)
                ledger.seen.append(time.monotonic())
                ledger.states.append(texts(table))
        except Exception:  # what a dying program answers may be anything
            if not killed:
                raise  # not the kill: the editor really failed
        finally:
            timer.cancel()
            timer.join()
    return killed[0]


def look_after(album, ledger, killed):
    """Opens the album again: what is offered, and what restoring gives. A word on how it went, for the figures."""
    segue("show", album)
    due = ledger.due(killed)
    with Editor(album, name="after") as editor:
        def front():
            for window in editor.windows():
                if has(window, Atspi.StateType.ACTIVE):
                    return window
            return None

        window = until("a window", front)
        offer = re.search(r"(\d+) edits? w", " ".join(text_of(t) for t in editor.things("label", under=window)))
        if offer is None:
            if due and not ledger.maybe_saved:
                raise Failure(f"{due} edits were older than {PROMISE} s and nothing was offered")
            editor.kill()
            return "nothing to offer"
        offered = int(offer.group(1))
        if not (offered >= due or ledger.maybe_saved) or offered > ledger.sent:
            raise Failure(f"{offered} edits are offered; {due} were due and {ledger.sent} were made")
        press(editor.find("push button", "^Restore$", window))
        main = until("the window with the restored edits", lambda: next(
            (w for w in editor.windows() if name_of(w).startswith("\u2022")), None))
        until("the window in front", lambda: has(main, Atspi.StateType.ACTIVE))
        table = editor.table()
        if offered < len(ledger.states) and not ledger.maybe_saved:
            until(f"the album as it was after edit {offered}", lambda: texts(table) == ledger.states[offered], 10)
        # Restored, it can be saved like any other.
        key("ctrl+s")
        until("the save", lambda: not name_of(editor.main()).startswith("\u2022"))
        editor.kill()
    segue("show", album)
    return "restored"


def kills():
    """killed while editing: the saved project opens, edits older than 2 s are offered, restoring brings them back"""
    rng = random.Random(SEED)
    bad, words, edits_made = 0, [], 0
    for turn in range(TIMES):
        album = sample(DESK / f"kill{turn}")
        ledger = []
        try:
            killed = edit_until_killed(album, rng, ledger)
            edits_made += len(ledger[0].seen)
            words.append(look_after(album, ledger[0], killed))
        except Failure as failure:
            bad += 1
            print(f"kill {turn} of seed {SEED}: {failure}", flush=True)
    figures = os.environ.get("SEGUE_FIGURES")
    if figures:
        with open(figures, "a") as out:
            out.write(f"K5\tkills of the editor's window at random moments of editing\t{TIMES}\t{bad}\t"
                      f"{edits_made} edits since the last saves, {words.count('restored')} times restored\n")
    if bad:
        raise Failure(f"{bad} of {TIMES} kills did not end as promised")
    if "restored" not in words:
        raise Failure("no kill left anything to restore, so nothing was tested")


run(kills)
