// A disk that fails while an older set is replaced: the folder holds the whole old set or the whole new one.

#include "core/safe_write.h"
#include "core/testing_file_ops.h"
#include "deliver/report_files.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

using Contents = std::map<std::string, std::string>;

/// A delivered set of one dithered track, and the order to replace it by one with another seed.
class Replacement {
public:
    Replacement()
    {
        small.options.render.seed = 1;
        REQUIRE(small.exportTo(realFileOps(), small.out()).has_value());
        old_ = small.everything();
        small.options.replace = true;
        small.options.render.seed = 2;
    }
    void putTheOldSetBack() const
    {
        std::filesystem::remove_all(small.out());
        for (const std::string& name : small.partials()) std::filesystem::remove_all(small.folder / name);
        for (const auto& [name, bytes] : old_) small.folder.write(name, bytes);
    }
    [[nodiscard]] const Contents& old() const { return old_; }
    /// The old set and the old reports, byte for byte.
    [[nodiscard]] bool holdsTheOldSet() const
    {
        const Contents now = small.everything();
        return std::ranges::all_of(old_, [&](const auto& file) {
            const auto at = now.find(file.first);
            return at != now.end() && at->second == file.second;
        });
    }

    SmallDelivery small{std::vector<TrackShape>{{.bits = 24}}};

private:
    Contents old_;
};

void failEach(FileCall kind)
{
    const Replacement test;
    const SmallDelivery& small = test.small;
    FaultyFileOps counting{realFileOps(), {.calls = {kind}, .pretendSync = true}};
    REQUIRE(small.exportTo(counting, small.out()).has_value());
    const std::int64_t calls = counting.counted();
    REQUIRE(calls > 0);
    const std::int64_t step = std::max<std::int64_t>(1, calls / scaled(10));
    for (std::int64_t at = 0; at < calls; at += step)
        for (const bool forEver : {false, true}) {
            CAPTURE(at);
            CAPTURE(forEver);
            test.putTheOldSetBack();
            FaultyFileOps faulty{realFileOps(),
                                 {.calls = {kind}, .failAt = at, .forEver = forEver, .pretendSync = true}};
            const auto outcome = small.exportTo(faulty, small.out());
            REQUIRE(std::filesystem::exists(small.out()));
            if (outcome) CHECK(small.image() != test.old().at("OUT/IMAGE.DAT"));
            if (small.image() == test.old().at("OUT/IMAGE.DAT")) {
                REQUIRE_FALSE(outcome.has_value());
                CHECK_FALSE(outcome.error().where.empty());
                CHECK(test.holdsTheOldSet());
            } else {
                CHECK(firstFault(small.out()) == "");
                const Contents now = small.everything();
                for (const std::string report : {"OUT.report.json", "OUT.report.txt"})
                    if (now.contains(report)) CHECK((now.at(report) != test.old().at(report)));
                const Status described = mayBeReplaced(realFileOps(), small.out());
                if (!described) {
                    REQUIRE_FALSE(outcome.has_value());
                    CHECK(outcome.error().what.starts_with("The set is complete, but its report"));
                }
            }
            // Whatever could not be removed is named at the next export.
            const auto left = leftovers(realFileOps(), small.out());
            for (const std::string& name : small.partials())
                if (std::filesystem::is_directory(small.folder / name))
                    CHECK(std::ranges::find(left, small.folder / name) != left.end());
        }
}

} // namespace

TEST_CASE("a replacement whose writing fails leaves a whole set, the old or the new")
{
    failEach(FileCall::write);
}
TEST_CASE("a replacement whose sync fails leaves a whole set, the old or the new")
{
    failEach(FileCall::sync);
}
TEST_CASE("a replacement whose renaming fails leaves a whole set, the old or the new")
{
    failEach(FileCall::rename);
}
TEST_CASE("a replacement whose folder is not confirmed leaves a whole set, the old or the new")
{
    failEach(FileCall::syncDirectory);
}
TEST_CASE("a replacement that cannot look at a file leaves a whole set, the old or the new")
{
    failEach(FileCall::stat);
}
TEST_CASE("a replacement that cannot list a folder leaves a whole set, the old or the new")
{
    failEach(FileCall::list);
}
TEST_CASE("a replacement that cannot remove a file leaves a whole set, the old or the new")
{
    failEach(FileCall::unlink);
}
TEST_CASE("a replacement that cannot remove the old folder leaves a whole set, the old or the new")
{
    failEach(FileCall::removeDirectory);
}

TEST_CASE("a set whose folder the disk did not confirm stands there with its report, and the export says so")
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
