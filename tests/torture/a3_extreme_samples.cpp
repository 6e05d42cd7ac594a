// Sample values at and beyond the edge of sense: counted exactly, named with their place, and never exported
// when they are no numbers.

#include "album/timeline.h"
#include "app/add_files.h"
#include "audio/render.h"
#include "support/album_builder.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

enum class Side { left, right, both };
enum class Fill { quarter, zero, same, square, alternating, opposite };

/// A float file of 3,000 frames and what is exactly true of it.
struct Extreme {
    std::string name;
    double value; ///< at `first` and the frames behind it
    std::int64_t first = 1000, count = 1;
    Side side = Side::left;
    int bits = 32;
    Fill fill = Fill::quarter;
    std::int64_t notFinite = 0, slight = 0, beyond = 0;
    bool sixteenBit = true;
};

constexpr std::int64_t frames = 3000;
constexpr double lsb = 1.0 / 32'768;
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double tiny32 = std::numeric_limits<float>::denorm_min();
constexpr double least32 = std::numeric_limits<float>::min();

const std::vector<Extreme> table{
    {.name = "a NaN", .value = notANumber, .notFinite = 1, .sixteenBit = false},
    {.name = "a negative NaN", .value = -notANumber, .notFinite = 1, .sixteenBit = false},
    {.name = "a NaN of 64 bit", .value = notANumber, .bits = 64, .notFinite = 1, .sixteenBit = false},
    {.name = "NaN on both sides",
     .value = notANumber,
     .side = Side::both,
     .notFinite = 2,
     .sixteenBit = false},
    {.name = "NaN on the right",
     .value = notANumber,
     .side = Side::right,
     .notFinite = 1,
     .sixteenBit = false},
    {.name = "NaN in the first frame", .value = notANumber, .first = 0, .notFinite = 1, .sixteenBit = false},
    {.name = "NaN in the last frame",
     .value = notANumber,
     .first = frames - 1,
     .notFinite = 1,
     .sixteenBit = false},
    {.name = "seventeen NaN", .value = notANumber, .count = 17, .notFinite = 17, .sixteenBit = false},
    {.name = "nothing but NaN",
     .value = notANumber,
     .first = 0,
     .count = frames,
     .side = Side::both,
     .notFinite = 2 * frames,
     .sixteenBit = false},
    {.name = "infinity", .value = inf, .notFinite = 1, .sixteenBit = false},
    {.name = "minus infinity", .value = -inf, .notFinite = 1, .sixteenBit = false},
    {.name = "infinity of 64 bit",
     .value = inf,
     .side = Side::both,
     .bits = 64,
     .notFinite = 2,
     .sixteenBit = false},
    {.name = "the smallest denormal", .value = tiny32, .sixteenBit = false},
    {.name = "the smallest negative denormal", .value = -tiny32, .sixteenBit = false},
    {.name = "the largest denormal", .value = least32 - tiny32, .sixteenBit = false},
    {.name = "the smallest normal number", .value = least32, .sixteenBit = false},
    {.name = "a denormal of 64 bit",
     .value = std::numeric_limits<double>::denorm_min(),
     .bits = 64,
     .sixteenBit = false},
    {.name = "nothing but denormals",
     .value = tiny32,
     .first = 0,
     .count = frames,
     .side = Side::both,
     .sixteenBit = false},
    {.name = "minus zero", .value = -0.0},
    {.name = "nothing but minus zero", .value = -0.0, .first = 0, .count = frames, .side = Side::both},
    {.name = "all zero", .value = 0, .fill = Fill::zero},
    {.name = "the highest 16-bit value", .value = 32'767 * lsb},
    {.name = "the lowest 16-bit value", .value = -1},
    {.name = "plus full scale", .value = 1, .slight = 1, .sixteenBit = false},
    {.name = "half a step above the highest", .value = 32'767.5 * lsb, .slight = 1, .sixteenBit = false},
    {.name = "less than half a step above", .value = 32'767.49 * lsb, .sixteenBit = false},
    {.name = "one LSB over", .value = 32'768 * lsb, .count = 3, .slight = 3, .sixteenBit = false},
    {.name = "two LSB over", .value = 32'769 * lsb, .count = 3, .slight = 3, .sixteenBit = false},
    {.name = "three LSB over", .value = 32'770 * lsb, .count = 3, .beyond = 3, .sixteenBit = false},
    {.name = "one LSB under", .value = -32'769 * lsb, .count = 5, .slight = 5, .sixteenBit = false},
    {.name = "two LSB under", .value = -32'770 * lsb, .count = 5, .slight = 5, .sixteenBit = false},
    {.name = "three LSB under", .value = -32'771 * lsb, .count = 5, .beyond = 5, .sixteenBit = false},
    {.name = "6 dB over", .value = 2, .count = 11, .side = Side::both, .beyond = 22, .sixteenBit = false},
    {.name = "6 dB over, negative, 64 bit",
     .value = -2,
     .count = 11,
     .bits = 64,
     .beyond = 11,
     .sixteenBit = false},
    {.name = "10^10", .value = 1e10, .beyond = 1, .sixteenBit = false},
    {.name = "the largest 32-bit number",
     .value = std::numeric_limits<float>::max(),
     .beyond = 1,
     .sixteenBit = false},
    {.name = "the largest 64-bit number",
     .value = -std::numeric_limits<double>::max(),
     .bits = 64,
     .beyond = 1,
     .sixteenBit = false},
    {.name = "DC of half scale", .value = 0.5, .fill = Fill::same},
    {.name = "DC above full scale",
     .value = 1.5,
     .fill = Fill::same,
     .beyond = 2 * frames,
     .sixteenBit = false},
    {.name = "a full-scale square in the 16-bit range", .value = 32'767 * lsb, .fill = Fill::square},
    {.name = "a square of plus and minus 1.0",
     .value = 1,
     .fill = Fill::square,
     .slight = frames,
     .sixteenBit = false},
    {.name = "alternating plus and minus 1.0",
     .value = 1,
     .fill = Fill::alternating,
     .slight = frames,
     .sixteenBit = false},
    {.name = "alternating by 6 dB over",
     .value = 2,
     .fill = Fill::alternating,
     .beyond = 2 * frames,
     .sixteenBit = false},
    {.name = "one channel flipped", .value = 0.25, .fill = Fill::opposite},
    {.name = "one channel flipped at full scale",
     .value = 1,
     .fill = Fill::opposite,
     .slight = frames,
     .sixteenBit = false},
};

Frame base(const Extreme& e, std::int64_t at)
{
    switch (e.fill) {
    case Fill::quarter: return {0.25, -0.25};
    case Fill::zero: return {};
    case Fill::same: return {e.value, e.value};
    case Fill::square: return at / 50 % 2 == 0 ? Frame{e.value, e.value} : Frame{-e.value, -e.value};
    case Fill::alternating: return at % 2 == 0 ? Frame{e.value, e.value} : Frame{-e.value, -e.value};
    case Fill::opposite: break;
    }
    return {e.value, -e.value};
}

std::vector<Frame> soundOf(const Extreme& e)
{
    std::vector<Frame> sound;
    for (std::int64_t at = 0; at < frames; ++at) {
        Frame f = base(e, at);
        if (e.fill == Fill::quarter && at >= e.first && at < e.first + e.count) {
            if (e.side != Side::right) f.left = e.value;
            if (e.side != Side::left) f.right = e.value;
        }
        if (e.bits == 32) f = {static_cast<float>(f.left), static_cast<float>(f.right)};
        sound.push_back(f);
    }
    return sound;
}

std::string fileOf(const Extreme& e, const std::vector<Frame>& sound)
{
    std::string bytes;
    for (const Frame f : sound)
        for (const double v : {f.left, f.right})
            bytes += e.bits == 64 ? le(std::bit_cast<std::uint64_t>(v), 8)
                                  : le(std::bit_cast<std::uint32_t>(static_cast<float>(v)), 4);
    return wav(bytes, {.tag = 3, .bits = e.bits});
}

/// What 16 bits hold of it, without dither.
std::int16_t rounded(double v)
{
    return static_cast<std::int16_t>(std::clamp(std::nearbyint(v * 32'768), -32'768.0, 32'767.0));
}

std::uint64_t faults(const Extreme& e)
{
    std::uint64_t bad = 0;
    const auto expect = [&](bool promise, const char* what) {
        INFO(e.name, ": ", what);
        CHECK(promise);
        bad += promise ? 0U : 1U;
    };
    const std::vector<Frame> sound = soundOf(e);
    MemoryFileOps files;
    files.put("/music/song.wav", fileOf(e, sound));
    const auto opened = get(openAudioFile(files, "/music/song.wav"));
    const MeasuredSource measured = get(measureSource(*opened));
    double peak = 0;
    for (const Frame f : sound)
        for (const double v : {f.left, f.right})
            if (std::isfinite(v)) peak = std::max(peak, std::abs(v));
    expect(measured.peak == peak, "the peak of what is finite");
    expect(measured.nonFinite == e.notFinite, "the count of what is not");
    expect(measured.firstNonFinite == (e.notFinite > 0 ? std::optional{SamplePos{e.first}} : std::nullopt),
           "its first place");
    expect(measured.fingerprint.sixteenBitExact == e.sixteenBit, "whether it is 16 bit");

    auto added = get(
        addSourceFile(files, get(edit::addEdition({}, "CD", CdSettings{})).first, "/music/song.wav", {}, {}));
    expect(added.findings.size() == (e.notFinite > 0 ? 1U : 0U), "a finding when it is added");
    auto [withTrack, track] = get(edit::addTrack(std::move(added.album), added.source, {}));
    const EditionId id = withTrack.editions.front().id;
    const Album album =
        get(edit::insertEntry(std::move(withTrack), id, track, 0, {.gap = seconds(2), .crossfade = {}}));
    const Piece piece = buildTimeline(album, firstEdition(album)).pieces.front();
    const std::int64_t start = nearestSample(piece.entries.front().start, cdRate).value();
    const RenderSettings settings{.dither = Dither::none};
    const RenderPlan plan = planRender(album, piece, SampleCount{start + frames}, settings);
    std::vector<Pcm16Frame> out(static_cast<std::size_t>(start + frames));
    const auto done = renderPcm16(
        album, piece, plan, settings, [&](const Source& source) { return openAudioFile(files, source.path); },
        {.threads = 1, .blockFrames = 16'384, .progress = {}},
        [&](SamplePos at, std::span<const Pcm16Frame> block) -> Status {
            std::ranges::copy(block, out.begin() + at.value());
            return {};
        });
    if (e.notFinite > 0) {
        expect(!done.has_value() && done.error().kind == ErrorKind::refused,
               "no render of what is no number");
        return bad;
    }
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : sentence(done.error())));
    Overs overs;
    if (!done->overs.empty()) overs = done->overs.front();
    expect(overs.slight == e.slight, "samples held at full scale");
    expect(overs.beyond == e.beyond, "samples beyond full scale");
    if (e.beyond > 0) {
        const std::int64_t first = e.fill == Fill::quarter ? e.first : 0;
        expect(overs.firstBeyond == SamplePos{start + first}, "the first of them");
        expect(overs.peak == peak, "the largest of them");
    }
    bool same = true;
    for (std::size_t i = 0; i < sound.size(); ++i)
        same = same && out[static_cast<std::size_t>(start) + i] ==
                           Pcm16Frame{rounded(sound[i].left), rounded(sound[i].right)};
    expect(same, "every sample of the render");
    return bad;
}

} // namespace

TEST_CASE("A3: extreme samples are counted exactly, placed exactly, and no NaN is ever rendered")
{
    std::uint64_t wrong = 0;
    for (const Extreme& e : table) wrong += faults(e) > 0 ? 1U : 0U;
    torture::figure("A3", "files of extreme samples, each count exact", table.size(), wrong,
                    "measured, added, rendered without dither");
}

TEST_CASE("A3: an album with a NaN or an infinity is not exported, and the finding names file and place")
{
    std::uint64_t wrong = 0;
    for (const double value : {notANumber, -inf}) {
        SmallDelivery small;
        std::string samples(std::size_t{8} * 5 * 44'100, '\0');
        samples.replace(8 * 44'100, 4, le(std::bit_cast<std::uint32_t>(static_cast<float>(value)), 4));
        const Path path = small.folder.write("audio/broken.wav", wav(samples, {.tag = 3, .bits = 32}));
        auto added = get(addSourceFile(realFileOps(), std::move(small.album), path, {}, {}));
        auto [withTrack, track] = get(edit::addTrack(std::move(added.album), added.source, {}));
        const EditionId id = withTrack.editions.front().id;
        small.album =
            get(edit::insertEntry(std::move(withTrack), id, track, 3, {.gap = {}, .crossfade = {}}));
        const auto done = small.exportTo(realFileOps(), small.out());
        REQUIRE(done.has_value());
        const auto found = std::ranges::find(done->findings, "AUDIO.NOT_FINITE", &Finding::rule);
        const bool kept = !done->written && found != done->findings.end() && found->where.file == path &&
                          found->where.sample == SamplePos{44'100} && !small.folder.has("OUT");
        CHECK(kept);
        wrong += kept ? 0U : 1U;
    }
    torture::figure("A3", "exports of albums with NaN or infinity, all refused", 2, wrong);
}
