// A disk that fails at any moment of an export: no half set ever stands under the final name.

#include "core/testing_file_ops.h"
#include "deliver/report_files.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cerrno>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::int64_t denseIndexes = 12;

std::int64_t callsOf(const SmallDelivery& small, FileCall kind)
{
    FaultyFileOps counting{realFileOps(), {.calls = {kind}, .pretendSync = true}};
    const auto outcome = small.exportTo(counting, small.out());
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    REQUIRE(outcome->written);
    return counting.counted();
}

void removeDelivered(const SmallDelivery& small)
{
    std::filesystem::remove_all(small.out());
    std::filesystem::remove(reportPath(small.out(), "json"));
    std::filesystem::remove(reportPath(small.out(), "txt"));
    for (const std::string& name : small.partials()) std::filesystem::remove_all(small.folder / name);
}

/// How a message should call what failed: working names are called by the name they stand for.
std::string calledName(const Path& failed)
{
    std::string name = (failed.has_filename() ? failed : failed.parent_path()).filename().string();
    if (const auto at = name.find(".partial-"); name.starts_with('.') && at != std::string::npos)
        name = name.substr(1, at - 1);
    return name;
}

/// Every kind's clean-up works in a disk that only fails in that kind.
void checkAfterFailure(const SmallDelivery& small, const Result<DdpExportOutcome>& outcome,
                       const FaultyFileOps& faulty)
{
    if (!outcome) {
        INFO(sentence(outcome.error()));
        CHECK(outcome.error().kind == ErrorKind::io);
        CHECK(std::ranges::any_of(faulty.failedPaths(), [&](const Path& failed) {
            return sentence(outcome.error()).find(calledName(failed)) != std::string::npos;
        }));
    }
    if (std::filesystem::exists(small.out())) {
        CHECK(firstFault(small.out()) == "");
        // A set without its report is a fault of the report alone, and said.
        if (const Status s = mayBeReplaced(realFileOps(), small.out()); !s) {
            REQUIRE_FALSE(outcome.has_value());
            CHECK(outcome.error().what.starts_with("The set is complete, but its report"));
        }
    } else {
        CHECK_FALSE((outcome && outcome->written));
        CHECK_FALSE(std::filesystem::exists(reportPath(small.out(), "json")));
        CHECK_FALSE(std::filesystem::exists(reportPath(small.out(), "txt")));
    }
    CHECK(small.partials().empty());
}

void failEach(FileCall kind, bool sampled, bool onlyOnce = false)
{
    const SmallDelivery small;
    const auto sources = small.everything("audio");
    const std::int64_t calls = callsOf(small, kind);
    REQUIRE(calls > 0);
    const std::int64_t step = sampled ? std::max<std::int64_t>(1, calls / scaled(24)) : scaled(1);
    int failed = 0;
    for (std::int64_t at = 0; at < calls; at += sampled && at >= denseIndexes ? step : 1)
        for (const int error : {EIO, ENOSPC, EDQUOT})
            for (const bool forEver : {false, true}) {
                if (forEver && onlyOnce) continue;
                // One errno a call, in turn, where there are too many calls for all of them.
                constexpr std::array errors{EIO, ENOSPC, EDQUOT};
                if (sampled && error != errors[static_cast<std::size_t>(at) % errors.size()]) continue;
                CAPTURE(at);
                CAPTURE(error);
                CAPTURE(forEver);
                removeDelivered(small);
                FaultyFileOps faulty{
                    realFileOps(),
                    {.calls = {kind}, .failAt = at, .error = error, .forEver = forEver, .pretendSync = true}};
                const auto outcome = small.exportTo(faulty, small.out());
                if (!outcome) ++failed;
                checkAfterFailure(small, outcome, faulty);
            }
    CHECK(failed > 0);
    CHECK(small.everything("audio") == sources);
}

} // namespace

TEST_CASE("an export whose sync fails says so and leaves no half set") { failEach(FileCall::sync, false); }
TEST_CASE("an export whose renaming fails says so and leaves no half set")
{
    failEach(FileCall::rename, false);
}
TEST_CASE("an export whose reserving of space fails says so and leaves no half set")
{
    failEach(FileCall::allocate, false);
}
TEST_CASE("an export that cannot make its folder says so") { failEach(FileCall::makeDirectory, false); }
TEST_CASE("an export whose folder is not confirmed says so and leaves no half set")
{
    failEach(FileCall::syncDirectory, false);
}
TEST_CASE("an export whose writing fails says so and leaves no half set") { failEach(FileCall::write, true); }
TEST_CASE("an export that cannot open a file says so and leaves no half set")
{
    failEach(FileCall::open, true);
}
TEST_CASE("an export whose closing fails says so and leaves no half set") { failEach(FileCall::close, true); }
TEST_CASE("an export whose reading fails says so and leaves no half set") { failEach(FileCall::read, true); }

// Where looking fails for ever nothing can be cleaned up either; what stays is named at the next export.
TEST_CASE("an export that cannot look at a file says so and leaves no half set")
{
    failEach(FileCall::stat, true, true);
}

TEST_CASE("short writes and interrupted calls change no byte of a set")
{
    const SmallDelivery small;
    REQUIRE(small.exportTo(realFileOps(), small.out()).has_value());
    const auto meant = small.everything("OUT");
    removeDelivered(small);
    FaultyFileOps slow{realFileOps(), {.shortWrites = 4099, .interruptEvery = true, .pretendSync = true}};
    const auto outcome = small.exportTo(slow, small.out());
    REQUIRE_MESSAGE(outcome.has_value(), sentence(outcome.error()));
    CHECK(small.everything("OUT") == meant);
}
