// Sources that are no longer what the album was made with, and exports that are stopped on their way.

#include "core/testing_file_ops.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <limits>

using namespace segue;
using namespace segue::test;

namespace {

/// The export finds `rule` broken by the file "audio/2.wav" and writes nothing.
void checkRefused(const SmallDelivery& small, const std::string& rule)
{
    const auto before = small.everything();
    const auto outcome = small.exportTo(realFileOps(), small.out());
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    CHECK_FALSE(outcome->written);
    const auto finding = std::ranges::find(outcome->findings, rule, &Finding::rule);
    REQUIRE(finding != outcome->findings.end());
    CHECK(finding->level == Finding::Level::error);
    CHECK(finding->where.file == (small.folder / "audio/2.wav").string());
    CHECK_FALSE(finding->message.empty());
    CHECK(small.everything() == before);
    CHECK(small.partials().empty());
}

std::string floatWav(std::vector<float> samples)
{
    std::string bytes;
    for (const float v : samples) bytes += le(std::bit_cast<std::uint32_t>(v), 4);
    return wav(bytes, {.tag = 3, .bits = 32});
}

} // namespace

TEST_CASE("a source of which one bit changed since it was added stops the export by name")
{
    const SmallDelivery small;
    std::string bytes = small.folder.read("audio/2.wav");
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    small.folder.write("audio/2.wav", bytes);
    checkRefused(small, "AUDIO.CHANGED");
}

TEST_CASE("a source replaced by one of another length or rate stops the export by name")
{
    const SmallDelivery small;
    small.folder.write("audio/2.wav", noiseWav(2, 5 * 44'100, 24));
    checkRefused(small, "AUDIO.CHANGED");
    std::string bytes = noiseWav(2, TrackShape{}.frames, 24);
    bytes.replace(24, 4, le(48'000, 4)).replace(28, 4, le(48'000 * 6, 4));
    small.folder.write("audio/2.wav", bytes);
    checkRefused(small, "AUDIO.CHANGED");
}

TEST_CASE("a source that is missing, or is a folder, or no audio any more, stops the export by name")
{
    const SmallDelivery small;
    std::filesystem::remove(small.folder / "audio/2.wav");
    checkRefused(small, "AUDIO.MISSING");
    std::filesystem::create_directory(small.folder / "audio/2.wav");
    checkRefused(small, "AUDIO.MISSING");
    std::filesystem::remove(small.folder / "audio/2.wav");
    small.folder.write("audio/2.wav", "");
    checkRefused(small, "AUDIO.MISSING");
}

TEST_CASE("a source that was cut short stops the export by name")
{
    const SmallDelivery small;
    const std::string bytes = small.folder.read("audio/2.wav");
    for (const std::size_t less : {std::size_t{1}, std::size_t{6}, bytes.size() / 2, bytes.size() - 20}) {
        CAPTURE(less);
        small.folder.write("audio/2.wav", bytes.substr(0, bytes.size() - less));
        const auto before = small.everything();
        const auto outcome = small.exportTo(realFileOps(), small.out());
        if (outcome) {
            CHECK_FALSE(outcome->written);
            CHECK(std::ranges::any_of(outcome->findings, [&](const Finding& f) {
                return f.level == Finding::Level::error && f.where.file.ends_with("audio/2.wav");
            }));
        } else {
            CHECK(sentence(outcome.error()).find("audio/2.wav") != std::string::npos);
        }
        CHECK(small.everything() == before);
    }
}

TEST_CASE("a source with a sample that is no number stops the export by name, place and count")
{
    SmallDelivery small{std::vector<TrackShape>{{}}};
    std::vector<float> samples(TrackShape{}.frames * 2, 0.25F);
    samples[44'100 * 2] = std::numeric_limits<float>::quiet_NaN();
    samples[44'100 * 2 + 7] = std::numeric_limits<float>::infinity();
    const Path path = small.folder.write("audio/2.wav", floatWav(samples));
    AddedSource added = get(addSourceFile(realFileOps(), std::move(small.album), path, {}, {}));
    auto [withTrack, id] = get(edit::addTrack(std::move(added.album), added.source, Texts{}));
    const EditionId cd = edition(withTrack);
    small.album = get(edit::insertEntry(std::move(withTrack), cd, id, 1, {.gap = {}, .crossfade = {}}));
    checkRefused(small, "AUDIO.NOT_FINITE");
    small.options.allow = {"any"};
    checkRefused(small, "AUDIO.NOT_FINITE");
}

TEST_CASE("a source that changes while it is rendered stops the export by name")
{
    SmallDelivery small;
    const std::string bytes = small.folder.read("audio/2.wav");
    std::atomic<bool> done = false;
    // The same bytes again, but a later time: nobody can know which of them were read.
    small.options.work.progress.report = [&](std::string_view stage, double) {
        if (stage == "Checking the sources" || done.exchange(true)) return;
        const Path file = small.folder / "audio/2.wav";
        const auto before = std::filesystem::last_write_time(file);
        std::filesystem::last_write_time(file, before + std::chrono::seconds{1});
    };
    const auto outcome = small.exportTo(realFileOps(), small.out());
    REQUIRE(done);
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().kind == ErrorKind::refused);
    CHECK(outcome.error().where == (small.folder / "audio/2.wav").string());
    CHECK(small.everything() == small.everything("audio"));
}

TEST_CASE("an export that is cancelled at any moment says so and leaves nothing")
{
    SmallDelivery small;
    const auto before = small.everything();
    std::atomic<int> calls = 0;
    small.options.work.progress.report = [&](std::string_view, double) { ++calls; };
    REQUIRE(small.exportTo(realFileOps(), small.folder / "WHOLE").has_value());
    std::filesystem::remove_all(small.folder / "WHOLE");
    std::filesystem::remove(small.folder / "WHOLE.report.json");
    std::filesystem::remove(small.folder / "WHOLE.report.txt");
    const int most = calls;
    REQUIRE(most > 3);
    int cancelled = 0;
    for (int at = 0; at < most; at += std::max(1, most / 20)) {
        CAPTURE(at);
        std::stop_source stop;
        calls = 0;
        small.options.work.progress.stop = stop.get_token();
        small.options.work.progress.report = [&](std::string_view, double) {
            if (calls++ == at) stop.request_stop();
        };
        const auto outcome = small.exportTo(realFileOps(), small.out());
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().kind == ErrorKind::cancelled);
        CHECK(outcome.error().what == "Cancelled");
        CHECK(small.everything() == before);
        CHECK(small.partials().empty());
        ++cancelled;
    }
    CHECK(cancelled > 3);
}
