/// \file
/// The loudspeakers' side of the editor: the player, its device, the meters, and what the transport says.
#pragma once

#include "gui/model/ear_match.h"
#include "gui/model/editor.h"
#include "gui/model/rail.h"
#include "gui/model/version_listen.h"
#include "measure/live_meter.h"
#include "play/player.h"
#include "vinyl/elliptical.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace segue::gui {

class Sound {
public:
    Sound(Editor& editor, std::unique_ptr<AudioOut> out, SourceOpener open);
    /// Nothing is heard any more. Does not wait for a disk or a sound server.
    ~Sound();
    Sound(const Sound&) = delete;
    Sound& operator=(const Sound&) = delete;
    [[nodiscard]] const PlayState& state() const { return state_; }
    Duration preRoll = seconds(3), postRoll = seconds(3); ///< of auditioned joints
    Duration furtherLatency{};                            ///< behind the device, whose own is known
    /// After an edit, another edition or disc.
    void programmeChanged();
    /// Plays and listens; false when the action is not about sound.
    bool run(Action action);
    void seek();
    /// Another range was marked: a loop goes round that.
    void rangeChanged();
    /// Looks for devices on a thread of its own, since sound servers may take seconds to answer, and calls
    /// `found` there. Nothing while it looks already.
    void findDevices(const std::function<void(std::vector<OutputDevice>)>& found);
    void setDevice(const std::string& id) { player_.setOutput({.device = id, .rate = rate()}); }
    /// \name The loudest seconds of some tracks in turn, until something else is played or all is stopped
    /// @{
    void matchByEar(EarMatch match);
    [[nodiscard]] bool matching() const { return match_.has_value() && player_.isPlaying(); }
    /// The one of them that is heard now.
    [[nodiscard]] std::optional<TrackId> matched() const;
    [[nodiscard]] std::vector<TrackId> matchedTracks() const;
    void endMatch();
    /// @}
    /// Everything is heard behind this equaliser, as side files that were made with it would sound.
    void hearElliptical(std::optional<vinyl::Elliptical> setting);
    /// \name A file that is no track yet, heard instead of the album
    /// @{
    void preview(std::shared_ptr<const Album> file, SampleRate rate);
    void endPreview();
    /// Until it was heard to its end.
    [[nodiscard]] bool previewing() const { return preview_ && player_.isPlaying(); }
    /// @}
    /// \name The album and a kept version in turn, at the same place and equally loud (version_listen.h)
    /// @{
    /// From there on, with what it is turned down by; until something else is played.
    /// \param version null: the album itself \pre the place is of that one
    void compareVersions(std::shared_ptr<const Album> version, const AlbumPlace& place, Decibels gain);
    /// The version that is heard now; null: the album, or nothing.
    [[nodiscard]] std::shared_ptr<const Album> versionHeard() const
    {
        return player_.isPlaying() ? version_ : nullptr;
    }
    /// What reaches the ear now, on the piece that is heard.
    [[nodiscard]] Instant heard() const;
    [[nodiscard]] std::size_t pieceHeard() const { return version_ ? versionPiece_ : editor_.view.piece; }
    /// @}
    /// Takes what was heard into the meters and the view's playing place. \return whether something moved
    bool tick(MeterReading& meters);
    /// "No audio device: ..." and the like; empty when there is nothing to say.
    [[nodiscard]] std::string words(bool& bad) const;

private:
    struct Stretch {
        Instant begin{}, end{};
    };
    [[nodiscard]] SampleRate rate() const;
    [[nodiscard]] std::optional<SampleTimeline> places() const;
    void endVersion();
    /// Before something else is played than a match.
    void endComparing();
    /// The loop as it lies in what is compared; nothing when the place is behind it.
    [[nodiscard]] std::optional<Stretch> loopIn(const AlbumPlace& place) const;
    /// Of a place of the version or match that is heard, where the album has the same, on the piece that is
    /// shown.
    [[nodiscard]] std::optional<Instant> albumPlaceOf(Instant heard) const;
    void hearJoint(JointSides sides);
    void goToJoint(int by);
    [[nodiscard]] Rolls rolls() const;
    void listen();
    /// What is played round and round, if that is wanted: the range, else the track in focus.
    [[nodiscard]] std::optional<Stretch> loop() const;
    void setLoop();
    std::optional<TimeRange> looped_{};
    [[nodiscard]] SamplePos cursor() const { return nearestSample(editor_.view.cursor, rate()); }

    /// What has threads, which may outlive the window.
    struct Desk {
        Desk(std::unique_ptr<AudioOut> o, SourceOpener open)
            : out{std::move(o)}, player{*out, std::move(open)}
        {
        }
        std::unique_ptr<AudioOut> out;
        Player player;
        std::atomic<bool> looking = false;
        std::jthread looker; ///< last: it uses the output
    };

    Editor& editor_;
    std::shared_ptr<Desk> desk_;
    Player& player_;
    std::optional<EarMatch> match_{};
    std::shared_ptr<const Album> onePiece_{}; ///< what a match is heard in
    Layout onePieceLayout_{};                 ///< points into onePiece_
    std::optional<vinyl::Elliptical> elliptical_{};
    PlayState state_{};
    std::unique_ptr<LiveMeter> meter_;
    std::array<double, 2> held_{-144, -144};
    std::vector<HeardFrame> heard_;
    std::vector<float> samples_;
    std::shared_ptr<const Album> album_;
    EditionId edition_{};
    std::size_t piece_ = 0;
    bool preview_ = false;
    std::shared_ptr<const Album> version_{}; ///< heard instead of the album
    std::size_t versionPiece_ = 0;
    Layout versionLayout_{}; ///< points into version_
};

} // namespace segue::gui
