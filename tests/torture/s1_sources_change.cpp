// Sources that are changed, moved or locked before, during and after the render. What must happen:
// - truncated, replaced, rewritten in place with its date put back, moved, deleted, permission lost: refused
//   at every moment, the file named.
// - touched (the same bytes, another date): before the export it goes on, since the fingerprint counts and
//   not the date; until the set is proven it is refused, since nobody can know which bytes were there in
//   between, and exporting again works.

#include "support/as_nobody.h"
#include "torture/three_formats.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace segue;
using namespace segue::test;

namespace {

enum class Harm { truncated, replaced, rewritten, touched, moved, deleted, locked };
constexpr std::array harms{Harm::truncated, Harm::replaced, Harm::rewritten, Harm::touched,
                           Harm::moved,     Harm::deleted,  Harm::locked};
constexpr std::array harmNames{"truncated", "replaced", "rewritten", "touched", "moved", "deleted", "locked"};

enum class Moment { before, atTheBeginning, halfWay, rendered };
constexpr std::array moments{Moment::before, Moment::atTheBeginning, Moment::halfWay, Moment::rendered};
constexpr std::array momentNames{"before the export", "at 0 %", "at 50 %", "after the render"};

/// Writes over the file's own bytes and puts its time back, as programs that edit tags do.
void rewrite(const Path& file, const std::string& bytes)
{
    struct stat before{};
    REQUIRE(::stat(file.c_str(), &before) == 0);
    const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    REQUIRE(fd >= 0);
    REQUIRE(::pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    const timespec times[2] = {before.st_atim, before.st_mtim};
    REQUIRE(::futimens(fd, times) == 0);
    REQUIRE(::close(fd) == 0);
}

class Sources {
public:
    Sources()
    {
        for (std::size_t i = 0; i < other_.size(); ++i) {
            // Other audio of the same length in bytes; a FLAC file that came out longer is cut.
            other_.at(i) = ThreeFormats::bytes(i, 100 + i);
            other_.at(i).resize(album.original.at(i).size(), '\0');
        }
        std::atomic<int> writes = 0;
        FaultyFileOps counting{
            realFileOps(),
            {.pretendSync = true, .before = [&](std::int64_t, FileCall call, const Path& path) {
                 if (call == FileCall::write && isImage(path)) ++writes;
             }}};
        REQUIRE(album.small.exportTo(counting, album.small.out()).has_value());
        imageWrites_ = writes;
        AsNobody::give(album.small.folder.path());
    }

    void putBack() const
    {
        album.removeDelivered();
        std::filesystem::remove(album.small.folder / "elsewhere");
        for (std::size_t i = 0; i < album.original.size(); ++i) {
            std::filesystem::remove(album.source(i));
            album.small.folder.write(ThreeFormats::names.at(i), album.original.at(i));
        }
    }
    void harm(Harm harm, std::size_t index) const
    {
        const Path file = album.source(index);
        switch (harm) {
        case Harm::truncated: std::filesystem::resize_file(file, album.original.at(index).size() / 2); break;
        case Harm::replaced:
            album.small.folder.write("audio/new", other_.at(index));
            std::filesystem::rename(album.small.folder / "audio/new", file);
            break;
        case Harm::rewritten: rewrite(file, other_.at(index)); break;
        case Harm::touched:
            std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) +
                                                       std::chrono::seconds{60});
            break;
        case Harm::moved: std::filesystem::rename(file, album.small.folder / "elsewhere"); break;
        case Harm::deleted: std::filesystem::remove(file); break;
        case Harm::locked: std::filesystem::permissions(file, std::filesystem::perms::none); break;
        }
    }
    /// An export in which the harm is done at that moment.
    Result<DdpExportOutcome> exportWith(Harm kind, Moment moment, std::size_t index, bool& done) const
    {
        if (moment == Moment::before) {
            harm(kind, index);
            done = true;
        }
        std::atomic<int> writes = 0;
        std::atomic<bool> happened = done;
        FaultyFileOps watched{
            realFileOps(),
            {.pretendSync = true, .before = [&](std::int64_t, FileCall call, const Path& path) {
                 if (!isImage(path)) return;
                 const bool now =
                     (moment == Moment::atTheBeginning && call == FileCall::open) ||
                     (moment == Moment::halfWay && call == FileCall::write && ++writes > imageWrites_ / 2) ||
                     (moment == Moment::rendered && call == FileCall::sync);
                 if (now && !happened.exchange(true)) harm(kind, index);
             }}};
        auto outcome = album.small.exportTo(watched, album.small.out());
        done = happened;
        return outcome;
    }

    ThreeFormats album{};

private:
    static bool isImage(const Path& path) { return path.filename() == "IMAGE.DAT"; }
    std::array<std::string, 3> other_{};
    int imageWrites_ = 0;
};

/// Whether it was refused with the file's name; nothing is there then.
bool refusedByName(const Result<DdpExportOutcome>& outcome, const std::string& name)
{
    if (!outcome) return sentence(outcome.error()).find(name) != std::string::npos;
    return !outcome->written && std::ranges::any_of(outcome->findings, [&](const Finding& f) {
        return f.level == Finding::Level::error && f.where.file.ends_with(name) && !f.message.empty();
    });
}

} // namespace

TEST_CASE(
    "S1: a source that changes before or during an export stops it by name, and no other sound is delivered")
{
    const Sources sources;
    const SmallDelivery& small = sources.album.small;
    std::uint64_t tried = 0, bad = 0, exported = 0;
    std::optional<AsNobody> nobody{std::in_place};
    for (std::size_t index = 0; index < ThreeFormats::names.size(); ++index)
        for (const Harm kind : harms)
            for (const Moment moment : moments) {
                const std::string name = ThreeFormats::names.at(index);
                const std::string harm = harmNames.at(static_cast<std::size_t>(kind));
                const std::string when = momentNames.at(static_cast<std::size_t>(moment));
                CAPTURE(name);
                CAPTURE(harm);
                CAPTURE(when);
                sources.putBack();
                bool done = false;
                const auto outcome = sources.exportWith(kind, moment, index, done);
                CAPTURE((outcome ? std::string{} : sentence(outcome.error())));
                REQUIRE(done);
                const bool harmless = kind == Harm::touched && moment == Moment::before;
                const bool right =
                    harmless ? outcome && outcome->written && small.everything("OUT") == sources.album.whole
                             : refusedByName(outcome, name) && !std::filesystem::exists(small.out()) &&
                                   !std::filesystem::exists(small.folder / "OUT.report.json");
                CHECK(right);
                CHECK(small.partials().empty());
                ++tried;
                if (!right || !small.partials().empty()) ++bad;
                if (harmless) ++exported;
            }
    nobody.reset(); // the figures belong to who runs this
    CHECK(tried == 84);
    torture::figure(
        "S1", "sources changed: 7 kinds x 4 moments x WAV, FLAC and AIFF", tried, bad,
        fmt::format("{} only touched before the export were exported, all others refused by name", exported));
}
