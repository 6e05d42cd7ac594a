"""Opens where a desktop gives nothing: no session bus, no settings, no sound card, no window manager."""

from editor import *


def windows_of(display):
    tree = subprocess.run(["xwininfo", "-display", display, "-root", "-tree"], capture_output=True, text=True).stdout
    return [line for line in tree.splitlines() if "Segue" in line and "segue-editor" in line]


def bare_display():
    """A screen on which nobody manages windows."""
    number = DESK / "bare-display"
    with number.open("w") as out:
        server = subprocess.Popen(["Xvfb", "-displayfd", str(out.fileno()), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
                                  pass_fds=[out.fileno()], stderr=subprocess.DEVNULL)
    until("the bare screen", lambda: number.read_text().strip())
    return server, ":" + number.read_text().strip()


def opens_bare():
    """opens the sample album with nothing but a display, and ends when asked to"""
    album = sample(DESK / "bare")
    server, display = bare_display()
    try:
        # Not even HOME: neither journal nor cache has a place, and the album must open all the same.
        editor = Editor(album, env={"DISPLAY": display, "PATH": "/usr/bin:/bin"}, name="bare")
        with editor:
            def window():
                editor.alive()
                return windows_of(display)

            until("a window that names the album", lambda: any("Harbour Lights" in line for line in window()))
            editor.process.terminate()
            until("the end", lambda: editor.process.poll() is not None)
            editor.killed = True
    finally:
        server.terminate()
        server.wait()


def opens_empty():
    """opens an empty window that offers what to do, without a sound card"""
    (DESK / "no-sound.conf").write_text("pcm.!default { type hw card 31 } ctl.!default { type hw card 31 }\n")
    with Editor(env={**os.environ, "ALSA_CONFIG_PATH": str(DESK / "no-sound.conf")}) as editor:
        editor.ready()
        for words in ("Add audio files", "Open", "Open the sample album"):
            editor.find("push button", f"^{words}")
        editor.find("label", "Drop the masters here")
        key("ctrl+q")
        until("the editor to end", lambda: editor.process.poll() == 0)


run(opens_bare, opens_empty)
