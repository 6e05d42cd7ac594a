// A disk that reports an error at any other file call: opening, reading, syncing, closing, renaming, listing.

#include "core/testing_file_ops.h"
#include "deliver/report_files.h"
#include "support/small_delivery.h"
#include "torture/faulted_orders.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <cerrno>

using namespace segue;
using namespace segue::test;

TEST_CASE("D3: a disk error at any file call is named with the file, and what was there stays")
{
    using enum FileCall;
    for (const auto& order : torture::allOrders()) {
        const torture::FaultCount count =
            torture::failEach(*order,
                              {open, read, write, sync, allocate, close, stat, list, makeDirectory,
                               removeDirectory, unlink, link, rename, syncDirectory, freeSpace},
                              {EIO, ENOSPC, EDQUOT}, 8);
        CHECK(count.refused > 0);
        torture::figure("D3", order->name() + ": every kind of file call failing, once and for ever",
                        count.tried, count.bad, fmt::format("{} ended with an error", count.refused));
    }
}

TEST_CASE(
    "D3: a set whose folder the disk did not confirm stands there with its report, and the export says so")
{
    const SmallDelivery small{std::vector<TrackShape>{{}}};
    FaultyFileOps counting{realFileOps(), {.calls = {FileCall::syncDirectory}, .pretendSync = true}};
    REQUIRE(small.exportTo(counting, small.out()).has_value());
    int published = 0;
    for (std::int64_t at = 0; at < counting.counted(); ++at) {
        CAPTURE(at);
        std::filesystem::remove_all(small.out());
        std::filesystem::remove(reportPath(small.out(), "json"));
        std::filesystem::remove(reportPath(small.out(), "txt"));
        FaultyFileOps faulty{realFileOps(),
                             {.calls = {FileCall::syncDirectory}, .failAt = at, .pretendSync = true}};
        const auto outcome = small.exportTo(faulty, small.out());
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().kind == ErrorKind::io);
        const bool set = std::filesystem::exists(small.out());
        CHECK(std::filesystem::exists(reportPath(small.out(), "json")) == set);
        CHECK(std::filesystem::exists(reportPath(small.out(), "txt")) == set);
        if (!set) continue;
        ++published;
        CHECK(firstFault(small.out()) == "");
        CHECK(mayBeReplaced(realFileOps(), small.out()).has_value());
    }
    CHECK(published == 2); // the set's own and that of its report
}
