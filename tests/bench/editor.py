"""Starts the editor, works in it with keys, ends it, and prints what it traced of itself; for editor.sh."""

import os
import re
import shutil
import statistics
import subprocess
import time
from pathlib import Path

DESK = Path(os.environ["DESK"])
CACHE = Path(os.environ["XDG_CACHE_HOME"])
ALBUM, SLOW = os.environ["BENCH_ALBUM"], os.environ["BENCH_SLOW"]


def until(what, seen, patience=180.0):
    end = time.monotonic() + patience
    while not seen():
        if time.monotonic() > end:
            raise SystemExit(f"waited {patience:.0f} s in vain for {what}")
        time.sleep(0.05)


def window(title):
    """The newest window of this title. (xdotool's own search reads no title with a dash that is not ASCII.)"""
    def ask(*what):
        return subprocess.run(["xprop", *what], capture_output=True, text=True, errors="replace").stdout
    ids = re.findall("0x[0-9a-f]+", ask("-root", "_NET_CLIENT_LIST"))
    return next((i for i in reversed(ids) if re.search(title + '"$', ask("-id", i, "_NET_WM_NAME").strip())), None)


def key(*keys):
    step(" ".join(keys))
    subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "30", *keys], check=True)


def in_front(title):
    until(f"the window {title}", lambda: window(title))
    step(f"the window {title} in front")
    subprocess.run(["xdotool", "windowactivate", "--sync", window(title)], check=True, stderr=subprocess.DEVNULL)


def overviews():
    return len([f for f in CACHE.rglob("overviews/*") if f.is_file()])


steps = []
BEGUN = "the work that is measured begins"


def step(name):
    """What the editor is told next, so that a block can be told where it came from."""
    steps.append((time.monotonic(), name))


def session(album, work):
    """One life of the editor; what it traced. Blocks are printed with what was done last before them."""
    steps.clear()
    step("the start")
    trace = DESK / "trace"
    trace.unlink(missing_ok=True)
    editor = subprocess.Popen([os.environ["SEGUE_EDITOR"], album], env=dict(os.environ, SEGUE_EDITOR_TRACE=str(trace)),
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until("the first picture", lambda: trace.exists() and "first-paint" in trace.read_text())
    in_front("Segue")
    work()
    in_front("Segue")
    key("ctrl+q")
    until("the editor to end", lambda: editor.poll() is not None, 60)
    lines = [line.split() for line in trace.read_text().splitlines()]
    figures = {name: int(value) for name, value in (line for line in lines if len(line) == 2)}
    blocks = [(int(length), int(own), float(at)) for _, length, own, at in (line for line in lines if len(line) == 4)]
    for length, own, at in blocks:
        before = [name for when, name in steps if when <= at]
        if length > 50:
            print(f"    {length} ms ({own} own) {at - steps[0][0]:7.2f} s after the start, after: {before[-1]}", flush=True)
    begun = next((when for when, name in steps if name == BEGUN), None)
    if begun is not None:  # only what came from then on
        blocks = [block for block in blocks if block[2] >= begun]
        figures |= {"longest-block": max((b[0] for b in blocks), default=10), "longest-own-block": max((b[1] for b in blocks), default=10),
                    "own-blocks-over-50": sum(b[1] > 50 for b in blocks)}
    return figures


def look_round():
    for keys in ("plus", "plus", "plus", "minus", "period", "period", "z", "plus", "plus", "shift+z", "f", "f", "Home"):
        key(keys)
        time.sleep(0.1)


def scanned():
    look_round()
    until("all overviews", lambda: overviews() >= 12)
    time.sleep(1)


def exported():
    out = DESK / "DDP"
    shutil.rmtree(out, ignore_errors=True)
    key("ctrl+e")
    in_front('= "Deliver DDP.*')
    key("Return")
    in_front("folder for the DDP")
    key("ctrl+a")
    subprocess.run(["xdotool", "type", "--delay", "5", str(out)], check=True)
    key("Return")
    in_front("Segue")
    step(BEGUN)  # before it came GTK's file dialog, which takes its time to be made
    look_round()
    until("the delivery", lambda: (out / "DDPID").exists(), 600)
    time.sleep(1)


def row(name, figures):
    load = os.getloadavg()[0]
    print(f"{name:<44} {figures['first-paint']:>8} {figures['first-paint-own']:>8} {figures['longest-block']:>8} {figures['longest-own-block']:>8} "
          f"{figures['own-blocks-over-50']:>5} {load:>6.1f}", flush=True)


print(f"{'milliseconds':<44} {'paint':>8} {'own':>8} {'block':>8} {'own':>8} {'> 50':>5} {'load':>6}")
ROWS = os.environ.get("BENCH_ROWS", "scan start look export slow").split()
if "scan" in ROWS:
    row("nothing cached, overviews being scanned", session(ALBUM, scanned))
if "start" in ROWS:
    starts = [session(ALBUM, lambda: time.sleep(1)) for _ in range(int(os.environ["BENCH_STARTS"]))]
    middle = {name: round(statistics.median(s[name] for s in starts)) for name in starts[0]}
    row(f"overviews cached, median of {len(starts)} starts", middle)
if "look" in ROWS:
    row("looking round, everything cached", session(ALBUM, look_round))
if "export" in ROWS:
    row("exporting a DDP", session(ALBUM, exported))
if "slow" in ROWS and SLOW:
    shutil.rmtree(CACHE, ignore_errors=True)
    row("nothing cached, each read takes 200 ms", session(SLOW, lambda: (look_round(), key("space"), time.sleep(5), look_round())))
elif "slow" in ROWS:
    print("each read takes 200 ms: not measured, FUSE may not mount here")
