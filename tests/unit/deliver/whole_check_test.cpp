// An album checked with its sources read once, by whoever wants to hear them.

#include "deliver/whole_check.h"

#include "core/forwarding_file_ops.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <atomic>

using namespace segue;
using namespace segue::test;

namespace {

/// Counts the bytes that are read.
class CountingFileOps final : public ForwardingFileOps {
public:
    CountingFileOps() : ForwardingFileOps{realFileOps()} {}
    std::atomic<std::int64_t> bytes = 0;

    SystemResult<std::unique_ptr<File>> openForReading(const Path& path) override
    {
        auto file = ForwardingFileOps::openForReading(path);
        if (!file) return file;
        return std::make_unique<Counted>(std::move(*file), bytes);
    }

private:
    class Counted final : public ForwardingFile {
    public:
        Counted(std::unique_ptr<File> file, std::atomic<std::int64_t>& bytes)
            : ForwardingFile{std::move(file)}, bytes_{bytes}
        {
        }
        SystemResult<std::size_t> readSome(std::int64_t offset, std::span<std::byte> into) override
        {
            auto count = ForwardingFile::readSome(offset, into);
            if (count) bytes_ += static_cast<std::int64_t>(*count);
            return count;
        }

    private:
        std::atomic<std::int64_t>& bytes_;
    };
};

/// Reads every source from its first sample to its last.
SourceListener readingAll(const SmallDelivery& small, int& calls)
{
    return [&](const SourceOpener& open, const Findings&) -> Result<Findings> {
        ++calls;
        std::vector<Frame> block(1000);
        for (const Source& source : small.album.sources) {
            const auto file = get(open(source));
            for (std::int64_t at = 0; at < source.length.value(); at += 1000)
                REQUIRE(file->read(SamplePos{at}, block).has_value());
        }
        Finding heard;
        heard.rule = "TEST.HEARD";
        return Findings{heard};
    };
}

bool has(const Readiness& ready, std::string_view rule)
{
    return std::ranges::find(ready.findings, rule, &Finding::rule) != ready.findings.end();
}

} // namespace

TEST_CASE("who hears the sources while an album is checked costs no second reading")
{
    const SmallDelivery small;
    CountingFileOps alone, heard;
    int calls = 0;
    const auto plain = get(checkWhole(alone, small.album, firstEdition(small.album), {}, {}));
    const auto ready =
        get(checkWhole(heard, small.album, firstEdition(small.album), {}, {}, readingAll(small, calls)));
    CHECK(calls == 1);
    CHECK(ready.findings.size() == plain.findings.size() + 1);
    CHECK(ready.findings.back().rule == "TEST.HEARD");
    std::int64_t audio = 0;
    for (const Source& source : small.album.sources)
        audio += source.length.value() * 2 * (source.format.bits / 8);
    REQUIRE(alone.bytes >= audio);
    // Headers are looked at again, samples are not.
    CHECK(heard.bytes < alone.bytes + audio / 2);
}

TEST_CASE("what was heard of a source that is another one now is left out")
{
    const SmallDelivery small;
    std::string wav = small.folder.read("audio/2.wav");
    wav[44 + 6 * 1500] ^= 1;
    small.folder.write("audio/2.wav", wav);
    int calls = 0;
    const auto ready = get(
        checkWhole(realFileOps(), small.album, firstEdition(small.album), {}, {}, readingAll(small, calls)));
    CHECK(calls == 1);
    CHECK(has(ready, "AUDIO.CHANGED"));
    CHECK_FALSE(has(ready, "TEST.HEARD"));
}

TEST_CASE("nobody hears the sources when one of them is missing")
{
    const SmallDelivery small;
    std::filesystem::remove(small.folder / "audio/3.wav");
    int calls = 0;
    const auto ready = get(
        checkWhole(realFileOps(), small.album, firstEdition(small.album), {}, {}, readingAll(small, calls)));
    CHECK(calls == 0);
    CHECK(has(ready, "AUDIO.MISSING"));
}

TEST_CASE("an edition for vinyl is checked by the album's rules, and its files as those of a CD")
{
    SmallDelivery small;
    auto [album, id] = get(edit::addEdition(small.album, "LP", VinylSettings{}));
    for (std::size_t i = 0; i < album.tracks.size(); ++i)
        album = get(edit::insertEntry(std::move(album), id, album.tracks[i].id, i, {}));
    const auto check = [&, lp = id] {
        return get(checkWhole(realFileOps(), album, *find(album, lp), {}, {}, SourceListener{}));
    };
    CHECK_FALSE(has(check(), "DELIVER.MEDIUM"));
    CHECK_FALSE(blocks(check().findings));
    CHECK_FALSE(has(check(), "AUDIO.CONVERTED"));
    std::string wav = small.folder.read("audio/2.wav");
    wav[44 + 6 * 1500] ^= 1;
    small.folder.write("audio/2.wav", wav);
    CHECK(has(check(), "AUDIO.CHANGED"));
    std::filesystem::remove(small.folder / "audio/3.wav");
    CHECK(has(check(), "AUDIO.MISSING"));
}

TEST_CASE("an edition for vinyl or files names the sources that are converted, as one for CD does")
{
    SmallDelivery small;
    const auto converted = [&](const Medium& medium) {
        auto [album, id] = get(edit::addEdition(small.album, "other", medium));
        for (std::size_t i = 0; i < album.tracks.size(); ++i)
            album = get(edit::insertEntry(std::move(album), id, album.tracks[i].id, i, {}));
        std::vector<std::string> words;
        for (const Finding& f :
             get(checkWhole(realFileOps(), album, *find(album, id), {}, {}, SourceListener{})).findings)
            if (f.rule == "AUDIO.CONVERTED") words.push_back(f.message);
        return words;
    };
    CHECK(converted(VinylSettings{}).empty());
    CHECK(converted(DigitalSettings{}).empty());
    const std::size_t all = small.album.sources.size();
    for (const Medium& medium : {Medium{VinylSettings{.rate = SampleRate{96'000}}},
                                 Medium{DigitalSettings{.rate = SampleRate{96'000}}}}) {
        const auto words = converted(medium);
        REQUIRE(words.size() == all);
        CHECK(words.front() == "The file has 44100 Hz and is converted to 96000 Hz");
    }
}
