// One flipped bit anywhere in a set that Segue delivered is found, and the file is named.

#include "deliver/report_files.h"
#include "support/memory_file_ops.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

/// Whether verify finds an error that names the file, or refuses the folder because of it.
bool verifyNames(FileOps& files, const std::string& name)
{
    const auto verified = ddp::verifyFileset(files, "/OUT", {});
    if (!verified) return sentence(verified.error()).find(name) != std::string::npos;
    return std::ranges::any_of(verified->findings, [&](const Finding& f) {
        return f.level == Finding::Level::error &&
               (f.where.file == name || f.message.find(name) != std::string::npos);
    });
}

/// Whether the delivery's own report tells.
bool reportNames(FileOps& files, const std::string& name)
{
    const Status s = mayBeReplaced(files, "/OUT");
    return !s && s.error().where.ends_with(name);
}

} // namespace

TEST_CASE("V1: a bit flipped anywhere in a delivered set is found, and the file is named")
{
    SmallDelivery small{std::vector<TrackShape>{{}}};
    small.album.info.upc = get(UpcEan::parse("4006381333931"));
    small.options.checksumTxt = true;
    small.options.imageCue = true;
    REQUIRE(small.exportTo(realFileOps(), small.out()).has_value());
    MemoryFileOps files;
    std::vector<std::string> names;
    for (const auto& [name, bytes] : small.everything()) {
        if (name.starts_with("audio/")) continue;
        files.put(Path{"/"} / name, bytes);
        if (name.starts_with("OUT/")) names.push_back(name.substr(4));
    }
    for (const std::string needed : {"IMAGE.DAT", "DDPID", "DDPMS", "PQDESCR", "CDTEXT.BIN", "CHECKSUM.MD5"})
        REQUIRE_MESSAGE(std::ranges::find(names, needed) != names.end(), needed);
    REQUIRE(ddp::verifyFileset(files, "/OUT", {}).has_value());
    REQUIRE(mayBeReplaced(files, "/OUT").has_value());

    Dice dice{20'260'101};
    const int flips = scaled(torture::perTier(2'000, 100'000, 100'000));
    std::uint64_t unseen = 0;
    for (int i = 0; i < flips; ++i) {
        const std::string& name = dice.pick(names);
        Bytes& bytes = files.bytes(Path{"/OUT"} / name);
        const auto at =
            static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(bytes.size()) - 1));
        const auto bit = std::byte{1} << dice.between(0, 7);
        CAPTURE(name);
        CAPTURE(at);
        CAPTURE(std::to_integer<int>(bit));
        bytes[at] ^= bit;
        // A set's format knows nothing of the sheets beside it; the report does.
        const bool beside = name.starts_with("PQ-SHEET") || name == "IMAGE.cue";
        const bool seen = beside ? reportNames(files, name) : verifyNames(files, name);
        CHECK(seen);
        if (!seen) ++unseen;
        bytes[at] ^= bit;
    }
    CHECK(verifyNames(files, "IMAGE.DAT") == false);
    torture::figure("V1", "random bits flipped in delivered sets", static_cast<std::uint64_t>(flips), unseen,
                    "bad: not found, or the wrong file named");
}
