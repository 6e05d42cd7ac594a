// An export that is killed leaves no set, the whole old one or the whole new one, and what else it left is
// named at the next export. By system call and at random moments: K2_kill_export.sh.

#include "core/safe_write.h"
#include "deliver/report_files.h"
#include "deliver/wav_image.h"
#include "support/child.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

using namespace segue;
using namespace segue::test;

namespace {

using Contents = std::map<std::string, std::string>;

/// A one-track album that is exported with one seed over nothing or over a set with another seed.
class KilledExport {
public:
    explicit KilledExport(bool overAnOldSet)
    {
        const auto deliver = [&](std::uint64_t seed) {
            small.options.render.seed = seed;
            REQUIRE(small.exportTo(realFileOps(), small.out()).has_value());
            const Contents all = small.everything();
            clear();
            return all;
        };
        fresh_ = deliver(2);
        old_ = deliver(1);
        if (!overAnOldSet)
            for (const auto& [name, bytes] : Contents{old_})
                if (!name.starts_with("audio/")) old_.erase(name);
        small.options.render.seed = 2;
        small.options.replace = overAnOldSet;
    }

    void putBack() const
    {
        clear();
        for (const auto& [name, bytes] : old_)
            if (!name.starts_with("audio/")) small.folder.write(name, bytes);
    }
    /// File calls of the whole export.
    [[nodiscard]] std::int64_t calls() const
    {
        putBack();
        FaultyFileOps counting{realFileOps(), killedAt(-1)};
        REQUIRE(small.exportTo(counting, small.out()).has_value());
        return counting.counted();
    }
    [[nodiscard]] bool killAt(std::int64_t at) const
    {
        return inChild([&] {
                   FaultyFileOps killing{realFileOps(), killedAt(at)};
                   const auto outcome = small.exportTo(killing, small.out());
                   return outcome && outcome->written ? 0 : 1;
               })
            .killed();
    }

    enum class Found { nothing, old, fresh, half };
    [[nodiscard]] Found found() const
    {
        if (!std::filesystem::exists(small.out())) return Found::nothing;
        if (!firstFault(small.out()).empty()) return Found::half;
        const Contents set = small.everything("OUT");
        if (set == setOf(fresh_)) return Found::fresh;
        return set == setOf(old_) ? Found::old : Found::half;
    }
    /// Everything else the killed export left, and what the next one names of it.
    [[nodiscard]] std::string faultOfNextExport()
    {
        std::set<std::string> left;
        for (const auto& entry : std::filesystem::directory_iterator{small.folder.path()}) {
            const std::string name = entry.path().filename().string();
            if (name != "audio" && name != "OUT" && name != "OUT.report.json" && name != "OUT.report.txt")
                left.insert(entry.path().string());
        }
        // Between the set's name and its report's: the old report does not describe the new set, so that the
        // user is told to move it away; so do we.
        if (!mayBeReplaced(realFileOps(), small.out())) {
            ++withoutReport;
            std::filesystem::remove_all(small.out());
        }
        small.options.replace = true;
        FaultyFileOps quick{realFileOps(), {.pretendSync = true}};
        const auto next = small.exportTo(quick, small.out());
        if (!next) return sentence(next.error());
        if (!next->written) return "the next export refused";
        std::set<std::string> named;
        for (const Finding& f : next->findings)
            if (f.rule == "DELIVER.LEFTOVER") named.insert(f.where.file);
        if (named != left) return fmt::format("left: {}, named: {}", left.size(), named.size());
        return firstFault(small.out());
    }

    SmallDelivery small{std::vector<TrackShape>{{.bits = 24}}};
    std::uint64_t withoutReport = 0;

private:
    static Contents setOf(const Contents& all)
    {
        Contents set;
        for (const auto& [name, bytes] : all)
            if (name.starts_with("OUT/")) set.emplace(name, bytes);
        return set;
    }
    void clear() const
    {
        for (const auto& entry : std::filesystem::directory_iterator{small.folder.path()})
            if (entry.path().filename() != "audio") std::filesystem::remove_all(entry.path());
    }
    Contents old_{}, fresh_{};
};

void killEach(bool overAnOldSet, const std::string& what)
{
    KilledExport test{overAnOldSet};
    const bool replace = test.small.options.replace;
    const std::int64_t calls = test.calls();
    // The last calls, where names change, each; those before, which only fill the working folder, in part.
    const std::int64_t dense = calls - torture::perTier(25, 60, 200);
    const std::int64_t wanted = scaled(torture::perTier(30, 440, 5'000));
    const std::int64_t step = std::max<std::int64_t>(1, calls / wanted);
    std::uint64_t points = 0, bad = 0, kinds[4] = {};
    for (std::int64_t at = 0; at < calls;
         at += at >= dense ? 1 : std::min(step, std::max<std::int64_t>(1, dense - at))) {
        CAPTURE(at);
        test.putBack();
        test.small.options.replace = replace;
        REQUIRE(test.killAt(at));
        ++points;
        const auto found = test.found();
        ++kinds[static_cast<int>(found)];
        const bool whole =
            found != KilledExport::Found::half && (found != KilledExport::Found::nothing || !overAnOldSet);
        CHECK(whole);
        const std::string next = test.faultOfNextExport();
        CHECK(next == "");
        if (!whole || !next.empty()) ++bad;
    }
    CHECK(kinds[static_cast<int>(KilledExport::Found::fresh)] > 0);
    CHECK(kinds[static_cast<int>(overAnOldSet ? KilledExport::Found::old : KilledExport::Found::nothing)] >
          0);
    torture::figure(
        "K2", what, points, bad,
        fmt::format("of {} file calls; {} left nothing, {} the old set, {} the new one, {} of these "
                    "before its report",
                    calls, kinds[0], kinds[1], kinds[2], test.withoutReport));
}

} // namespace

TEST_CASE("K2: an export killed at any file call leaves no set or the whole one, and the rest is named")
{
    killEach(false, "exports killed at file calls");
}

TEST_CASE(
    "K2: an export killed while it replaces a set leaves the old one or the new one, and the rest is named")
{
    killEach(true, "re-exports killed at file calls");
}

TEST_CASE("K2: an image export killed at any file call leaves whole files or none, and the rest is named")
{
    SmallDelivery small{std::vector<TrackShape>{{.bits = 24}}};
    const std::array names{"Night.wav", "Night.cue"};
    const auto order = [&](FileOps& files, std::uint64_t seed, bool replace) {
        small.options.render.seed = seed;
        small.options.replace = replace;
        return exportImage(files, small.album, firstEdition(small.album), small.folder / names[1],
                           ImageSheet::cue, small.options);
    };
    const auto clear = [&] {
        for (const auto& entry : std::filesystem::directory_iterator{small.folder.path()})
            if (entry.path().filename() != "audio") std::filesystem::remove_all(entry.path());
    };
    REQUIRE(order(realFileOps(), 1, false).has_value());
    const Contents old = small.everything();
    FaultyFileOps counting{realFileOps(), killedAt(-1)};
    REQUIRE(order(counting, 2, true).has_value());
    const Contents fresh = small.everything();
    const std::int64_t calls = counting.counted();
    const std::int64_t step =
        std::max<std::int64_t>(1, calls / scaled(torture::perTier(40, 100'000, 100'000)));
    std::uint64_t points = 0, bad = 0, between = 0;
    for (const bool replace : {false, true})
        for (std::int64_t at = 0; at < calls; at += at >= calls - 12 ? 1 : std::min(step, calls - 12 - at)) {
            CAPTURE(replace);
            CAPTURE(at);
            clear();
            if (replace)
                for (const char* name : names) small.folder.write(name, old.at(name));
            const ChildEnd end = inChild([&] {
                FaultyFileOps killing{realFileOps(), killedAt(at)};
                return order(killing, 2, replace) ? 0 : 1;
            });
            if (!end.killed()) continue; // a new image needs fewer calls than one that replaces another
            ++points;
            bool right = true;
            for (const char* name : names) {
                if (!small.folder.has(name))
                    right = right && !replace;
                else if (const std::string now = small.folder.read(name); now != fresh.at(name))
                    right = right && replace && now == old.at(name);
            }
            if (small.folder.has(names[0]) && small.folder.read(names[0]) == fresh.at(names[0]) &&
                !small.partials().empty())
                ++between;
            std::set<std::string> left, named;
            for (const std::string& name : small.partials()) left.insert((small.folder / name).string());
            FaultyFileOps quick{realFileOps(), {.pretendSync = true}};
            const auto next = order(quick, 2, true);
            REQUIRE(next.has_value());
            for (const Finding& f : next->findings)
                if (f.rule == "DELIVER.LEFTOVER") named.insert(f.where.file);
            right = right && next->written && named == left;
            CHECK(right);
            if (!right) ++bad;
        }
    CHECK(points > 30);
    torture::figure("K2", "exports and re-exports of a WAV image with cue sheet killed at file calls", points,
                    bad, fmt::format("{} between the names of the two files", between));
}
