// Several discs are one delivery: all of them appear, or none.

#include "core/testing_file_ops.h"
#include "deliver/report_files.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>

using namespace segue;
using namespace segue::test;

namespace {

/// Its three tracks, each on a disc of its own.
void breakIntoDiscs(SmallDelivery& small)
{
    for (const int number : {2, 3})
        small.album = get(edit::setBreak(std::move(small.album), edition(small.album),
                                         track(small.album, number), Break::disc));
}

void checkNothingWritten(const SmallDelivery& small)
{
    CHECK_FALSE(std::filesystem::exists(small.out()));
    CHECK_FALSE(std::filesystem::exists(reportPath(small.out(), "json")));
    CHECK_FALSE(std::filesystem::exists(reportPath(small.out(), "txt")));
    CHECK(small.partials().empty());
}

} // namespace

TEST_CASE("the discs of an album are delivered side by side, each a whole set with its track")
{
    SmallDelivery small;
    breakIntoDiscs(small);
    const auto outcome = small.exportTo(realFileOps(), small.out());
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    REQUIRE(outcome->discs.size() == 3);
    for (const std::string number : {"1", "2", "3"}) {
        CAPTURE(number);
        CHECK(firstFault(small.out() / ("CD" + number)) == "");
        if (number != "2") {
            const std::string sound = small.folder.read("audio/" + number + ".wav").substr(44);
            CHECK(small.image("OUT/CD" + number).find(sound) != std::string::npos);
        }
    }
    CHECK(mayBeReplaced(realFileOps(), small.out()).has_value());
    CHECK(small.partials().empty());
}

TEST_CASE("no disc appears when the last one breaks a rule")
{
    SmallDelivery small;
    breakIntoDiscs(small);
    const TrackId last = track(small.album, 3);
    small.album = get(edit::setHandGain(std::move(small.album), last, Decibels{12}));
    const auto outcome = small.exportTo(realFileOps(), small.out());
    REQUIRE(outcome.has_value());
    CHECK_FALSE(outcome->written);
    CHECK(outcome->discs.empty());
    const auto over = std::ranges::find(outcome->findings, "AUDIO.OVER", &Finding::rule);
    REQUIRE(over != outcome->findings.end());
    CHECK(over->where.disc == 3);
    checkNothingWritten(small);
}

TEST_CASE("no disc appears when the disk fails at any of them")
{
    SmallDelivery small;
    breakIntoDiscs(small);
    for (const FileCall kind :
         {FileCall::write, FileCall::open, FileCall::sync, FileCall::makeDirectory, FileCall::close}) {
        CAPTURE(static_cast<int>(kind));
        FaultyFileOps counting{realFileOps(), {.calls = {kind}, .pretendSync = true}};
        REQUIRE(small.exportTo(counting, small.folder / "WHOLE").has_value());
        const std::int64_t calls = counting.counted();
        const std::int64_t step = std::max<std::int64_t>(1, calls / scaled(8));
        // Backwards from the last call, which is the last disc's or the report's.
        for (std::int64_t at = calls - 1; at >= 0; at -= step) {
            CAPTURE(at);
            FaultyFileOps faulty{realFileOps(),
                                 {.calls = {kind}, .failAt = at, .error = ENOSPC, .pretendSync = true}};
            const auto outcome = small.exportTo(faulty, small.out());
            // What only reads ahead or closes a file that was read may fail unseen.
            if (outcome) {
                CHECK(kind == FileCall::close);
                std::filesystem::remove_all(small.out());
                std::filesystem::remove(reportPath(small.out(), "json"));
                std::filesystem::remove(reportPath(small.out(), "txt"));
                continue;
            }
            checkNothingWritten(small);
        }
        std::filesystem::remove_all(small.folder / "WHOLE");
        std::filesystem::remove(reportPath(small.folder / "WHOLE", "json"));
        std::filesystem::remove(reportPath(small.folder / "WHOLE", "txt"));
    }
}
