#include "gui/model/actions.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace segue::gui {

namespace {

using A = Action;

// clang-format off
constexpr std::array table{
    ActionInfo{A::newAlbum, "new", "File", "New album", "Ctrl+N", "Begin an empty album"},
    ActionInfo{A::openAlbum, "open", "File", "Open\u2026", "Ctrl+O", "Open an album or a cue sheet"},
    ActionInfo{A::openSample, "open-sample", "File", "Open the sample album", "", "Look at a small finished album"},
    ActionInfo{A::addFiles, "add-files", "File", "Add audio files\u2026", "Ctrl+I", "Add tracks at the end, or after the selected one"},
    ActionInfo{A::relink, "relink", "File", "Find a missing file\u2026", "", "Show where an audio file is now; others in the same folder are found with it"},
    ActionInfo{A::reread, "reread", "File", "Read changed files again", "", "Takes audio files as they are now, and asks first where their sound is another"},
    ActionInfo{A::save, "save", "File", "Save", "Ctrl+S", "Save the album; the file before stays as .bak"},
    ActionInfo{A::saveAs, "save-as", "File", "Save as\u2026", "Ctrl+Shift+S", "Save the album under another name"},
    ActionInfo{A::deliverDdp, "deliver-ddp", "File", "Deliver\u2026", "Ctrl+E", "Check, write, read back and prove the DDP, or a record\u2019s side files"},
    ActionInfo{A::preferences, "preferences", "File", "Preferences\u2026", "Ctrl+,", "Device, pauses, times, look"},
    ActionInfo{A::quit, "quit", "File", "Quit", "Ctrl+Q", "Close the window; nothing is lost"},

    ActionInfo{A::undo, "undo", "Edit", "Undo", "Ctrl+Z", "Take back the last step"},
    ActionInfo{A::redo, "redo", "Edit", "Redo", "Ctrl+Shift+Z", "Do it again"},
    ActionInfo{A::cut, "cut", "Edit", "Cut", "Ctrl+X", "Copy the selected tracks and take them out of this edition"},
    ActionInfo{A::copy, "copy", "Edit", "Copy", "Ctrl+C", "Copy the selected tracks; a spreadsheet gets their rows"},
    ActionInfo{A::paste, "paste", "Edit", "Paste", "Ctrl+V", "Paste tracks behind the selected one, or a spreadsheet's columns from the selected cell on"},
    ActionInfo{A::duplicate, "duplicate", "Edit", "Duplicate", "Ctrl+D", "The selected tracks once more, behind them; without their ISRCs"},
    ActionInfo{A::remove, "remove", "Edit", "Remove from the edition", "Delete", "Take the selected tracks out of this edition"},
    ActionInfo{A::selectAll, "select-all", "Edit", "Select all", "Ctrl+A", "Select every track"},
    ActionInfo{A::fillDown, "fill-down", "Edit", "Fill down", "Ctrl+Shift+D", "Give the selected rows the text of the first"},
    ActionInfo{A::isrcSeries, "isrc-series", "Edit", "Count up the ISRCs", "", "Number the selected tracks from the first one's ISRC"},

    ActionInfo{A::splitAtCursor, "split", "Track", "Split at the cursor", "T", "Two tracks over the same sound, not a sample changed"},
    ActionInfo{A::addIndex, "add-index", "Track", "Add an index mark", "M", "INDEX 02 and on at the cursor"},
    ActionInfo{A::removeIndex, "remove-index", "Track", "Remove the index mark", "Shift+M", "The one that was clicked, else the last one up to the cursor in this track"},
    ActionInfo{A::moveEarlier, "move-earlier", "Track", "Move earlier", "Ctrl+Left", "Before the track in front; pauses go along"},
    ActionInfo{A::moveLater, "move-later", "Track", "Move later", "Ctrl+Right", "Behind the next track; pauses go along"},
    ActionInfo{A::placeByEar, "place-by-ear", "Track", "Start the next track now", "Enter", "While the tail plays: the next track starts at the sample you hear"},
    ActionInfo{A::startMarkHere, "start-mark", "Track", "Start mark to the cursor", "[", "The sound stays where it is"},
    ActionInfo{A::endMarkHere, "end-mark", "Track", "End mark to the cursor", "]", "The sound stays where it is"},
    ActionInfo{A::trimBeginHere, "trim-begin", "Track", "Trim the beginning to the cursor", "Ctrl+[", "The sound begins here; what stays keeps its place"},
    ActionInfo{A::trimEndHere, "trim-end", "Track", "Trim the end to the cursor", "Ctrl+]", "The sound ends here; what follows keeps its distance"},
    ActionInfo{A::fadeInHere, "fade-in", "Track", "Fade in up to the cursor", "Shift+I", ""},
    ActionInfo{A::fadeOutHere, "fade-out", "Track", "Fade out from the cursor", "Shift+O", ""},
    ActionInfo{A::fadeInCurve, "fade-in-curve", "Track", "Next curve of the fade in", "", "Linear, equal power, cosine, exponential, logarithmic, square root"},
    ActionInfo{A::fadeOutCurve, "fade-out-curve", "Track", "Next curve of the fade out", "", "Linear, equal power, cosine, exponential, logarithmic, square root"},
    ActionInfo{A::louder, "louder", "Track", "Louder by 0.1 dB", "Ctrl+Up", "The hand gain of the selected tracks"},
    ActionInfo{A::softer, "softer", "Track", "Softer by 0.1 dB", "Ctrl+Down", "The hand gain of the selected tracks"},
    ActionInfo{A::clipLouder, "clip-louder", "Track", "Clip louder by 0.1 dB", "Ctrl+Shift+Up", "The gain of the clip under the cursor alone"},
    ActionInfo{A::clipSofter, "clip-softer", "Track", "Clip softer by 0.1 dB", "Ctrl+Shift+Down", "The gain of the clip under the cursor alone"},
    ActionInfo{A::slipEarlier, "slip-earlier", "Track", "Slip the audio earlier by 1 ms", "", "Under its edges, of the clip under the cursor"},
    ActionInfo{A::slipLater, "slip-later", "Track", "Slip the audio later by 1 ms", "", "Under its edges, of the clip under the cursor"},
    ActionInfo{A::nudgeEarlierFrame, "nudge-earlier-frame", "Track", "Earlier by a CD frame", "Alt+Left", "1/75 s"},
    ActionInfo{A::nudgeLaterFrame, "nudge-later-frame", "Track", "Later by a CD frame", "Alt+Right", "1/75 s"},
    ActionInfo{A::nudgeEarlierMillisecond, "nudge-earlier-ms", "Track", "Earlier by 1 ms", "Alt+Shift+Left", ""},
    ActionInfo{A::nudgeLaterMillisecond, "nudge-later-ms", "Track", "Later by 1 ms", "Alt+Shift+Right", ""},
    ActionInfo{A::nudgeEarlierSample, "nudge-earlier-sample", "Track", "Earlier by one sample", "Ctrl+Shift+Left", "At 44.1 kHz"},
    ActionInfo{A::nudgeLaterSample, "nudge-later-sample", "Track", "Later by one sample", "Ctrl+Shift+Right", "At 44.1 kHz"},
    ActionInfo{A::discBreak, "disc-break", "Track", "New disc from here", "", "Begin a new disc with this track, or join it again", true},
    ActionInfo{A::keepTogether, "keep-together", "Track", "Keep together with the track before", "",
               "On a record no side comes between them, however it is divided; of several selected tracks all that are neighbours", true},

    ActionInfo{A::openJoint, "joint", "Joint", "Joint editor", "F", "The joint before this track, in place", true},
    ActionInfo{A::hearJoint, "hear-joint", "Joint", "Hear the joint", "A", "With pre-roll and post-roll"},
    ActionInfo{A::hearOutgoing, "hear-outgoing", "Joint", "Hear the outgoing track only", "S", ""},
    ActionInfo{A::hearIncoming, "hear-incoming", "Joint", "Hear the incoming track only", "D", ""},
    ActionInfo{A::previousJoint, "previous-joint", "Joint", "Previous joint", "Q", "Go there and hear it"},
    ActionInfo{A::nextJoint, "next-joint", "Joint", "Next joint", "W", "Go there and hear it"},
    ActionInfo{A::hearAllJoints, "hear-all-joints", "Joint", "Hear all joints", "Shift+A", "One after another, through the album"},
    ActionInfo{A::hearAsFiles, "hear-as-files", "Play", "Hear each track as a file", "", "Alone, from its start to its end mark, as downloads will be"},
    ActionInfo{A::crossfade, "crossfade", "Joint", "Crossfade with the track before", "X", "Overlaps them by two seconds"},
    ActionInfo{A::removeOverlap, "remove-overlap", "Joint", "Remove the overlap", "Shift+X", "The tracks touch"},

    ActionInfo{A::playStop, "play", "Play", "Play or stop", "Space", ""},
    ActionInfo{A::goToStart, "go-start", "Play", "To the beginning", "Home", ""},
    ActionInfo{A::goToEnd, "go-end", "Play", "To the last track", "End", ""},
    ActionInfo{A::previousMark, "previous-mark", "Play", "Previous track", ",", ""},
    ActionInfo{A::nextMark, "next-mark", "Play", "Next track", ".", ""},
    ActionInfo{A::loop, "loop", "Play", "Loop the range", "L", "Round and round the marked range or the track", true},
    ActionInfo{A::mono, "mono", "Play", "Hear in mono", "", "", true},
    ActionInfo{A::side, "side", "Play", "Hear the side signal", "", "Left minus right", true},
    ActionInfo{A::smallSpeaker, "small-speaker", "Play", "Hear on a small speaker", "",
               "In mono, from 300 Hz to 6 kHz: a telephone, a kitchen radio", true},
    ActionInfo{A::matchByEar, "match-by-ear", "Play", "Match levels by ear", "E",
               "The loudest seconds of the selected tracks in turn; louder and softer act on the one you hear"},
    ActionInfo{A::equallyLoud, "equally-loud", "Play", "Compare equally loud", "",
               "Match by ear turns all tracks to the softest one's loudness: what differs then is the sound", true},
    ActionInfo{A::dim, "dim", "Play", "Dim", "", "20 dB softer", true},
    ActionInfo{A::asDelivered, "as-delivered", "Play", "Hear as delivered", "", "The 16-bit samples of the disc, with dither", true},

    ActionInfo{A::zoomIn, "zoom-in", "View", "Closer", "+", ""},
    ActionInfo{A::zoomOut, "zoom-out", "View", "Wider", "-", ""},
    ActionInfo{A::zoomTrack, "zoom-track", "View", "Show the selected tracks", "Z", ""},
    ActionInfo{A::zoomAlbum, "zoom-album", "View", "Show the whole disc", "Shift+Z", ""},
    ActionInfo{A::taller, "taller", "View", "Taller waveforms", "Shift+Up", ""},
    ActionInfo{A::lower, "lower", "View", "Lower waveforms", "Shift+Down", ""},
    ActionInfo{A::follow, "follow", "View", "Follow while playing", "", "", true},
    ActionInfo{A::snapFrames, "snap-frames", "View", "Snap to CD frames", "", "", true},
    ActionInfo{A::snapEdges, "snap-edges", "View", "Snap to edges and marks", "", "", true},
    ActionInfo{A::snapZeroCrossings, "snap-zero", "View", "Snap cuts to zero crossings", "", "Trimmed edges keep to where the sound crosses zero, once its samples are read", true},
    ActionInfo{A::timesInTrack, "times-in-track", "View", "Times from each track's start", "", "", true},
    ActionInfo{A::nextDisc, "next-disc", "View", "Next disc or side", "Ctrl+.", ""},
    ActionInfo{A::previousDisc, "previous-disc", "View", "Previous disc or side", "Ctrl+;", ""},

    ActionInfo{A::shortcuts, "shortcuts", "Help", "Keys", "F1", "All keys on one sheet"},
    ActionInfo{A::palette, "palette", "Help", "Find a command\u2026", "Ctrl+Shift+P", "Type what you want to do"},
    ActionInfo{A::about, "about", "Help", "About Segue", "", ""},
};
// clang-format on

constexpr std::array<std::string_view, 7> menuNames{"File", "Edit", "Track", "Joint", "Play", "View", "Help"};

} // namespace

std::span<const ActionInfo> actions() { return table; }

const ActionInfo& infoOf(Action action) { return *std::ranges::find(table, action, &ActionInfo::action); }

std::span<const std::string_view> menus() { return menuNames; }

Keystroke parseKeystroke(std::string_view shortcut)
{
    Keystroke stroke;
    const auto takes = [&](std::string_view word) {
        if (!shortcut.starts_with(word)) return false;
        shortcut.remove_prefix(word.size());
        return true;
    };
    for (bool more = true; more;) {
        more = false;
        if (takes("Ctrl+")) more = stroke.control = true;
        if (takes("Shift+")) more = stroke.shift = true;
        if (takes("Alt+")) more = stroke.alt = true;
    }
    stroke.key = shortcut;
    return stroke;
}

std::optional<Action> actionFor(const Keystroke& stroke)
{
    for (const ActionInfo& info : table)
        if (info.shortcut[0] != '\0' && parseKeystroke(info.shortcut) == stroke) return info.action;
    return {};
}

std::vector<Action> findActions(std::string_view query)
{
    std::vector<std::pair<int, Action>> found;
    for (const ActionInfo& info : table) {
        const std::string label = asciiLower(info.label);
        const std::string all = label + " " + asciiLower(info.menu) + " " + asciiLower(info.help);
        int rank = 0;
        std::string_view rest = query;
        while (!(rest = trimmed(rest)).empty()) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            const std::string word = asciiLower(rest.substr(0, end));
            rest.remove_prefix(end);
            const std::size_t at = label.find(word);
            if (all.find(word) == std::string::npos) {
                rank = -1;
                break;
            }
            rank += at == 0 ? 4 : at != std::string::npos ? 2 : 1;
        }
        if (rank >= 0) found.emplace_back(-rank, info.action);
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, Action>::first);
    std::vector<Action> result;
    result.reserve(found.size());
    for (const auto& [rank, action] : found) result.push_back(action);
    return result;
}

} // namespace segue::gui
