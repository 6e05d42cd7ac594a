#include "gui/wx/sound.h"

#include "album/edit.h"
#include "gui/model/ends_beside.h"
#include "gui/model/guarded.h"
#include "gui/model/track_edits.h"
#include "vinyl/elliptical_sound.h"

#include <fmt/format.h>

namespace segue::gui {

namespace {

/// Whether something else is heard after it, or nothing.
bool plays(Action action)
{
    switch (action) {
    case Action::playStop:
    case Action::previousMark:
    case Action::nextMark:
    case Action::goToStart:
    case Action::goToEnd:
    case Action::hearJoint:
    case Action::hearOutgoing:
    case Action::hearIncoming:
    case Action::previousJoint:
    case Action::nextJoint:
    case Action::hearAllJoints:
    case Action::hearAsFiles: return true;
    default: return false;
    }
}

} // namespace

Sound::Sound(Editor& editor, std::unique_ptr<AudioOut> out, SourceOpener open)
    : editor_{editor}, desk_{std::make_shared<Desk>(std::move(out), std::move(open))}, player_{desk_->player},
      heard_(1 << 16)
{
    meter_ = std::make_unique<LiveMeter>(rate());
    programmeChanged();
}

Sound::~Sound()
{
    player_.stop();
    endBeside(std::move(desk_));
}

void Sound::findDevices(const std::function<void(std::vector<OutputDevice>)>& found)
{
    if (desk_->looking.exchange(true)) return;
    const char* const couldNot = "The audio devices could not be listed";
    const auto look = [desk = desk_.get(), couldNot, found] {
        // No list is an empty list; the dialog says so.
        if (!guarded(couldNot, [&] { found(desk->out->devices()); }))
            static_cast<void>(guarded(couldNot, [&] { found({}); }));
        desk->looking = false;
    };
    if (startThread(desk_->looker, couldNot, look)) return;
    desk_->looking = false;
    found({});
}

SampleRate Sound::rate() const
{
    const Edition* e = editor_.edition();
    if (e == nullptr) return cdRate;
    if (const auto* vinyl = std::get_if<VinylSettings>(&e->medium)) return vinyl->rate.value_or(cdRate);
    if (const auto* digital = std::get_if<DigitalSettings>(&e->medium)) return digital->rate.value_or(cdRate);
    return cdRate;
}

Instant Sound::heard() const
{
    return std::max(Instant{}, nearestInstant(player_.positionHeard(), rate()) - furtherLatency);
}

std::optional<SampleTimeline> Sound::places() const
{
    const Piece* piece = editor_.empty() ? nullptr : editor_.layout().piece(editor_.view.piece);
    if (piece == nullptr) return {};
    return samplePlaces(*editor_.album(), *piece, rate());
}

void Sound::preview(std::shared_ptr<const Album> file, SampleRate rate)
{
    preview_ = true;
    match_.reset();
    onePiece_.reset();
    version_.reset();
    player_.stop();
    player_.setLoop({});
    const EditionId edition = file->editions.front().id;
    player_.setProgramme(
        {.album = std::move(file), .edition = edition, .piece = 0, .render = {.rate = rate}});
    player_.play(SamplePos{});
}

void Sound::endPreview()
{
    if (!preview_) return;
    player_.stop();
    preview_ = false;
    album_.reset();
    programmeChanged();
    player_.seek(cursor());
}

void Sound::programmeChanged()
{
    if (preview_) return; // the album's comes after it
    if (version_ && edition_ != editor_.view.edition) version_.reset();
    if (version_) return;
    const bool matches = match_.has_value();
    if (album_ == editor_.album() && edition_ == editor_.view.edition &&
        (matches ? onePiece_ != nullptr : piece_ == editor_.view.piece))
        return;
    if (matches && album_ != nullptr && edition_ != editor_.view.edition) return endMatch();
    if (edition_ != editor_.view.edition) meter_ = std::make_unique<LiveMeter>(rate());
    album_ = editor_.album();
    edition_ = editor_.view.edition;
    piece_ = editor_.view.piece;
    Programme programme{.album = album_, .edition = edition_, .piece = piece_, .render = {.rate = rate()}};
    onePiece_.reset();
    if (matches && editor_.edition() != nullptr) {
        onePiece_ = std::make_shared<const Album>(asOnePiece(*album_, edition_));
        onePieceLayout_ = layoutOf(*onePiece_, edition_);
        programme.album = onePiece_;
        programme.piece = 0;
    }
    if (elliptical_)
        programme.behind = [setting = *elliptical_](std::unique_ptr<SoundSource> sound) {
            return std::make_unique<vinyl::EllipticalSound>(std::move(sound), setting,
                                                            vinyl::EllipticalSound::Begins::anywhere);
        };
    player_.setProgramme(std::move(programme));
    setLoop();
}

std::optional<Sound::Stretch> Sound::loop() const
{
    if (!state_.loop) return {};
    if (editor_.view.range) return Stretch{editor_.view.range->begin, editor_.view.range->end};
    const PlacedEntry* entry = editor_.focused();
    if (entry == nullptr) return {};
    return Stretch{entry->start, entry->end};
}

void Sound::setLoop()
{
    looped_ = editor_.view.range;
    const auto stretch = loop();
    if (stretch)
        player_.setLoop(
            PlayRange{nearestSample(stretch->begin, rate()), nearestSample(stretch->end, rate())});
    else if (!state_.loop)
        player_.setLoop({});
}

void Sound::listen()
{
    player_.listen({.mode = state_.mono   ? Listening::Mode::mono
                            : state_.side ? Listening::Mode::side
                                          : Listening::Mode::normal,
                    .dim = Decibels{state_.dim ? -20.0 : 0.0},
                    .smallSpeaker = state_.smallSpeaker});
}

void Sound::seek()
{
    endComparing();
    programmeChanged();
    player_.seek(cursor());
}

void Sound::rangeChanged()
{
    if (state_.loop && editor_.view.range && looped_ != editor_.view.range) setLoop();
}

void Sound::hearJoint(JointSides sides)
{
    const PlacedEntry* entry = editor_.focused();
    const auto where = places();
    if (entry == nullptr || !where) return;
    const auto place = placeOf(editor_.layout(), entry->track);
    if (place->entry == 0 || place->piece != editor_.view.piece)
        return editor_.say("The first track of a disc has no joint before it");
    player_.play(playJoint(*where, place->entry, rolls(), sides));
}

Rolls Sound::rolls() const { return {nearestSamples(preRoll, rate()), nearestSamples(postRoll, rate())}; }

void Sound::goToJoint(int by)
{
    const Piece* piece = editor_.layout().piece(editor_.view.piece);
    if (piece == nullptr || piece->entries.size() < 2) return;
    const PlacedEntry* entry = editor_.focused();
    const auto now = entry == nullptr
                         ? std::int64_t{0}
                         : static_cast<std::int64_t>(placeOf(editor_.layout(), entry->track)->entry);
    const auto last = static_cast<std::int64_t>(piece->entries.size()) - 1;
    const PlacedEntry& target =
        piece->entries[static_cast<std::size_t>(std::clamp<std::int64_t>(now + by, 1, last))];
    editor_.view.select(target.track);
    editor_.view.cursor = target.start;
    if (editor_.view.joint)
        editor_.showJoint();
    else
        editor_.reveal(target.start);
    hearJoint(JointSides::both);
}

void Sound::matchByEar(EarMatch match)
{
    endVersion();
    match_ = std::move(match);
    album_.reset(); // the programme is another one
    programmeChanged();
    if (onePiece_ == nullptr) return match_.reset(); // a file is listened to
    const SampleTimeline where = samplePlaces(*onePiece_, *onePieceLayout_.piece(0), rate());
    std::vector<ComparedStretch> stretches;
    stretches.reserve(match_->stretches.size());
    for (const EarStretch& s : match_->stretches)
        stretches.push_back(
            {s.track, {nearestSample(s.begin, rate()), nearestSample(s.end, rate())}, s.gain});
    player_.play(playCompared(stretches, where.length));
    state_.playing = true;
}

std::optional<TrackId> Sound::matched() const
{
    if (!matching()) return {};
    return match_->trackAt(heard());
}

void Sound::hearElliptical(std::optional<vinyl::Elliptical> setting)
{
    if (elliptical_ == setting) return;
    elliptical_ = setting;
    album_.reset(); // the programme is another one
    programmeChanged();
}

std::vector<TrackId> Sound::matchedTracks() const
{
    std::vector<TrackId> tracks;
    if (match_)
        for (const EarStretch& s : match_->stretches) tracks.push_back(s.track);
    return tracks;
}

void Sound::endMatch()
{
    if (!match_) return;
    player_.stop();
    state_.playing = false;
    endComparing();
    player_.seek(cursor());
}

void Sound::endComparing()
{
    endVersion();
    if (!match_) return;
    match_.reset();
    album_.reset(); // the programme is another one
    programmeChanged();
}

bool Sound::run(Action action)
{
    programmeChanged(); // another disc may be shown since
    const bool stops = action == Action::playStop && player_.isPlaying();
    if (stops) player_.stop();
    if (plays(action)) endComparing();
    switch (action) {
    case Action::playStop:
        if (!stops) {
            setLoop();
            const bool inLoop = state_.loop && editor_.view.range;
            player_.play(inLoop ? nearestSample(editor_.view.range->begin, rate()) : cursor());
        }
        break;
    case Action::previousMark:
    case Action::nextMark:
    case Action::goToStart:
    case Action::goToEnd: seek(); break;
    case Action::loop:
        state_.loop = !state_.loop;
        setLoop();
        break;
    case Action::mono:
        state_.mono = !state_.mono;
        state_.side = false;
        listen();
        break;
    case Action::side:
        state_.side = !state_.side;
        state_.mono = false;
        listen();
        break;
    case Action::smallSpeaker:
        state_.smallSpeaker = !state_.smallSpeaker;
        listen();
        break;
    case Action::equallyLoud: state_.equallyLoud = !state_.equallyLoud; break;
    case Action::dim:
        state_.dim = !state_.dim;
        listen();
        break;
    case Action::asDelivered:
        state_.asDelivered = !state_.asDelivered;
        player_.setMonitoring(state_.asDelivered ? Monitoring::asDelivered : Monitoring::beforeDither);
        break;
    case Action::hearJoint: hearJoint(JointSides::both); break;
    case Action::hearOutgoing: hearJoint(JointSides::outgoing); break;
    case Action::hearIncoming: hearJoint(JointSides::incoming); break;
    case Action::previousJoint: goToJoint(-1); break;
    case Action::nextJoint: goToJoint(1); break;
    case Action::hearAllJoints:
        if (const auto where = places(); where && where->entries.size() > 1) {
            player_.play(playJoints(*where, rolls()));
        }
        break;
    case Action::hearAsFiles:
        if (const auto where = places(); where && !where->entries.empty()) {
            const PlacedEntry* entry = editor_.focused();
            const auto place = entry == nullptr ? std::nullopt : placeOf(editor_.layout(), entry->track);
            player_.play(playAsFiles(*where, place && place->piece == editor_.view.piece ? place->entry : 0));
        }
        break;
    case Action::placeByEar: {
        // What is heard, not what was rendered: the player takes the device's latency off.
        if (!player_.isPlaying() || !player_.status().output || version_) {
            editor_.say("Play to the tail of a track, then strike the key where the next one should start");
            break;
        }
        const Instant now = heard();
        const Piece* piece = editor_.empty() ? nullptr : editor_.layout().piece(editor_.view.piece);
        const PlacedEntry* next = nullptr;
        if (piece != nullptr)
            for (const PlacedEntry& entry : piece->entries)
                if (entry.start > now) {
                    next = &entry;
                    break;
                }
        if (next == nullptr) {
            editor_.say("No track follows here");
            break;
        }
        editor_.view.select(next->track);
        editor_.take({"Place the next track by ear",
                      placeByEar(*editor_.album(), editor_.view.edition, next->track, now)});
        break;
    }
    default: return false;
    }
    state_.playing = player_.isPlaying();
    return true;
}

bool Sound::tick(MeterReading& meters)
{
    const std::size_t count = player_.takeHeard(heard_);
    const bool playing = player_.isPlaying();
    const bool moved = playing || count > 0 || playing != state_.playing;
    state_.playing = playing;
    samples_.clear();
    for (const HeardFrame& frame : std::span{heard_}.first(count))
        if (frame.playing) {
            samples_.push_back(frame.left);
            samples_.push_back(frame.right);
        }
    if (!samples_.empty()) meter_->take(samples_);
    const LiveReading reading = meter_->reading();
    for (std::size_t c = 0; c < 2; ++c) {
        meters.truePeak[c] = samples_.empty() ? std::max(-144.0, meters.truePeak[c] - 1.5)
                                              : std::max(reading.truePeak[c], meters.truePeak[c] - 1.5);
        held_[c] = reading.highest[c];
    }
    meters.held = held_;
    meters.momentary = reading.momentary;
    meters.shortTerm = reading.shortTerm;
    meters.integrated = reading.integrated;
    meters.range = reading.range;
    meters.correlation = reading.correlation;
    if (!playing && version_) endVersion();
    const Instant now = heard();
    if (playing && (version_ || match_)) {
        editor_.view.playing = albumPlaceOf(now);
    } else if (playing && !preview_) {
        editor_.view.playing = now;
        if (editor_.view.follow) editor_.reveal(now);
    } else {
        editor_.view.playing.reset();
    }
    return moved;
}

std::string Sound::words(bool& bad) const
{
    const PlayerStatus status = player_.status();
    bad = false;
    switch (status.state) {
    case PlayerStatus::State::noDevice:
        return status.reason.starts_with("No audio device") ? status.reason
                                                            : "No audio device: " + status.reason;
    case PlayerStatus::State::lost: bad = true; return status.reason;
    case PlayerStatus::State::starved: bad = true; return "The disk does not keep up";
    case PlayerStatus::State::playing:
    case PlayerStatus::State::stopped: break;
    }
    if (!status.problem.empty()) {
        bad = true;
        return status.problem;
    }
    if (!status.atEditionRate && status.output) {
        return fmt::format("The device runs at {} Hz, not {} Hz", status.output->rate.hertz(),
                           rate().hertz());
    }
    return status.reason;
}

} // namespace segue::gui
