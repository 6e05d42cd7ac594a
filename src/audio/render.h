/// \file
/// The one render graph: playback, export and checks read the same frames from it. `RenderPlan` says what
/// sounds where and which spans are copied or dithered; `Mixer` gives frames before quantising at any
/// position; `renderPcm16` makes the 16-bit stream, in parallel, in any order of blocks, always with the same
/// bits. The order of every operation is docs/formats/rendering.md.
#pragma once

#include "album/timeline.h"
#include "audio/audio_file.h"
#include "audio/dither.h"
#include "core/progress.h"
#include "core/rule.h"

#include <functional>
#include <memory>
#include <vector>

namespace segue {

struct RenderSettings {
    SampleRate rate = cdRate;
    Dither dither = Dither::tpdf;
    std::uint64_t seed = 1;
    bool ditherWholeTracks = false; ///< a track with any dithered span is dithered throughout
    int bits = 16;                  ///< 16, or 24 for renderPcm24()
    /// For 24 bit: the sources all of whose samples are exactly k/2^23 (exact24.h); those that are exactly 16
    /// bit need not be here.
    std::vector<SourceId> exact24{};
};

/// Why a span is not a bit-exact copy. Ordered: the first that applies is given.
enum class SpanReason {
    none, ///< copied, or silent
    overlap,
    severalClips,
    gain,
    fade,
    inverted,
    channelMap,
    rate,
    notSixteenBit,
    notTwentyFourBit,
    equaliser, ///< something acts on the whole side between the sum and the quantiser
    wholeTrack,
};
/// "the source is 24 bit", "a fade" ...
[[nodiscard]] std::string_view describe(SpanReason reason);

/// A stretch between two change points: where a clip begins or ends to sound, where a fade that acts begins
/// or ends, the edges of a crossfade, and where the next entry's noise begins. Marks are none: moving one
/// changes no sample.
struct RenderSpan {
    enum class Kind { silence, copied, dithered };
    SamplePos begin{}, end{};
    Kind kind = Kind::silence;
    SpanReason reason = SpanReason::none;
    std::size_t entry = 0; ///< whose noise it takes: the last with regionStart <= begin
    [[nodiscard]] friend bool operator==(const RenderSpan&, const RenderSpan&) = default;
};

struct RenderPlan {
    SampleTimeline places{};
    SampleCount length{};            ///< of the stream, a whole number of CD frames when made for a CD
    std::vector<RenderSpan> spans{}; ///< cover [0, length) in order
};
/// \param length how long the stream is (at least the piece); what lies behind the piece is silence
/// \pre the piece was built from this album
[[nodiscard]] RenderPlan planRender(const Album& album, const Piece& piece, SampleCount length,
                                    const RenderSettings& settings);

/// Opens the file of a source; called by each thread when it comes to the source, again when it comes back
/// later.
using SourceOpener = std::function<Result<std::unique_ptr<AudioFile>>(const Source&)>;

/// Frames before quantising.
class Mixer {
public:
    /// Keeps what it needs of the album, the piece and the plan.
    Mixer(const Album& album, const Piece& piece, const RenderPlan& plan, SourceOpener open);
    ~Mixer();
    Mixer(const Mixer&) = delete;
    Mixer& operator=(const Mixer&) = delete;
    /// Silence outside [0, length).
    [[nodiscard]] Status read(SamplePos at, Block out);

private:
    class Graph;
    std::unique_ptr<Graph> graph_;
};

/// Samples beyond full scale, per entry; a frame has two samples.
struct Overs {
    std::size_t entry = 0;
    std::int64_t slight = 0; ///< clamped, but within 2 LSB: dither or rounding on a full-scale peak
    std::int64_t beyond = 0; ///< the sound with its dither, rounded, is more than 2 LSB outside -32768..32767
    double peak = 0;         ///< largest absolute value among them before quantising, 1.0 = full scale
    SamplePos firstBeyond{}; ///< position of the first one beyond; 0 when there is none
    [[nodiscard]] friend bool operator==(const Overs&, const Overs&) = default;
};
struct RenderOutcome {
    std::vector<Overs> overs{}; ///< entries that had any, in order
    std::string resampler{};    ///< engine used; empty when nothing was converted
};

class EarlierParts;

struct RenderWork {
    int threads = 0; ///< 0: as many as the machine has
    int blockFrames = 16'384;
    Progress progress{};
    EarlierParts* earlier = nullptr; ///< parts that it has are taken from there (render_parts.h)
    /// Called by each thread that finds nothing left to render while others still do.
    std::function<void()> meanwhile{};
};
/// Renders the whole stream. `sink` gets every frame exactly once, in blocks, from several threads and in any
/// order. An Error is the earliest in the stream: a source or the sink failed, a sample is no number, a
/// copied source is not 16 bit any more (refused, naming track and time), shaped dither at another rate
/// than 44.1 or 48 kHz, a cancel.
[[nodiscard]] Result<RenderOutcome>
renderPcm16(const Album& album, const Piece& piece, const RenderPlan& plan, const RenderSettings& settings,
            const SourceOpener& open, const RenderWork& work,
            const std::function<Status(SamplePos at, std::span<const Pcm16Frame> frames)>& sink);

/// What the plan makes sound, as a source: a Mixer. \pre album, piece and plan outlive what it opens
[[nodiscard]] SoundOpener mixOpener(const Album& album, const Piece& piece, const RenderPlan& plan,
                                    SourceOpener open);
/// The same at 24 bit for a plan made with bits = 24: TPDF dither of +-1 LSB of 24 bits, or none. `sound` is
/// the mix, or the mix behind an equaliser; then no span of the plan may be a copy.
[[nodiscard]] Result<RenderOutcome>
renderPcm24(const Album& album, const Piece& piece, const RenderPlan& plan, const RenderSettings& settings,
            const SoundOpener& sound, const RenderWork& work,
            const std::function<Status(SamplePos at, std::span<const Pcm24Frame> frames)>& sink);

/// AUDIO.* rules: AUDIO.OVER, AUDIO.CLAMPED, AUDIO.NO_DITHER, AUDIO.NOT_FINITE, AUDIO.CHANGED, AUDIO.HARD_END
/// ...
[[nodiscard]] std::span<const Rule> audioRules();
[[nodiscard]] const Rule& audioRule(std::string_view id);

} // namespace segue
