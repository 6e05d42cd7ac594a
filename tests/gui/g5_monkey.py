# tier: nightly
"""Random deeds from inside the editor, as fast as it takes them: nothing crashes, nothing complains, the album can be
written and read after each, and the project that was saved can be opened.

The driver is tests/monkey, beside the editor's own window; its deeds are keys and a pointer from the X server."""

import shutil

from editor import *

SEED = int(os.environ.get("SEGUE_SEED", "1"))
DEEDS = int(os.environ.get("SEGUE_MONKEY", "10000"))
# One life of the editor, and how long it may take under the sanitizers on a machine with other work.
AT_ONCE = 2500
SECONDS_EACH = 2.0
DRIVER = Path(SEGUE_EDITOR).with_name("segue-editor-monkey")
REPORT = re.compile(r"^did (\d+) deeds, (\d+) edits, (\d+) starved, longest standstill (\d+) ms", re.M)


class Life(Editor):
    """The editor with the driver beside it, until it ends by itself."""

    def __init__(self, program, album, seed, deeds):
        self.log = DESK / f"monkey-{seed}.log"
        self.killed = False
        self.process = subprocess.Popen([program, str(album)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=self.log.open("w"), cwd=album.parent,
                                        env=dict(os.environ, SEGUE_MONKEY=str(deeds), SEGUE_SEED=str(seed)))

    def wait(self, seconds):
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"not at its end after {seconds:.0f} s") from None
        self.judge()
        report = REPORT.search(self.log.read_text(errors="replace"))
        if report is None:
            raise Failure("it ended without a report")
        return tuple(map(int, report.groups()))


def sandboxed():
    """The driver in a folder of its own: what it opens as the sample album is a copy, too."""
    folder = DESK / "bin"
    folder.mkdir()
    shutil.copy(DRIVER, folder)
    (folder / "segue").symlink_to(SEGUE)
    sample(folder / "sample-album")
    return folder / DRIVER.name


def monkey():
    """random deeds: no crash, no complaint, the album whole after each, the saved project valid"""
    if not DRIVER.exists():
        raise Failure(f"{DRIVER} is not built: cmake --build --preset gui --target segue-editor-monkey")
    program = sandboxed()
    done = edits = starved = longest = lives = 0
    while done < DEEDS:
        seed = SEED * 1000 + lives
        lives += 1
        album = sample(DESK / f"monkey{lives}")
        (album.parent / "notes.txt").write_text("no sound\n")
        count = min(AT_ONCE, DEEDS - done)
        with Life(program, album, seed, count) as life:
            try:
                some, steps, hungry, still = life.wait(120 + count * SECONDS_EACH)
            except Failure:
                print(f"seed {seed}; the last of its log:", flush=True)
                raise
        for file in album.parent.glob("*.segue"):
            segue("edition", "list", file)
        if some == 0:
            raise Failure("nothing was done")
        print(f"seed {seed}: {some} deeds, {steps} edits, {hungry} starved, longest standstill {still} ms", flush=True)
        done, edits, starved, longest = done + some, edits + steps, starved + hungry, max(longest, still)
    if edits < DEEDS // 50:
        raise Failure(f"only {edits} edits came of {done} deeds: the monkey did not meet the album")
    figures = os.environ.get("SEGUE_FIGURES")
    if figures:
        with open(figures, "a") as out:
            out.write(f"K6\trandom keys, clicks, drags, drops and menus in the window\t{done}\t0\t{edits} changes of the "
                      f"album in {lives} sessions, each written and read again; saved projects opened\n")


run(monkey)
