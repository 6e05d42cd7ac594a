// Faults that are heard while somebody else reads are those of a search of its own, and cost no reading.

#include "measure/check_sound.h"
#include "measure/fault_watch.h"

#include "support/fake_sound.h"
#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <memory>

using namespace segue;
using namespace segue::test;

namespace {

/// Counts the frames that are read of its sound.
class CountedFile final : public FakeFile {
public:
    CountedFile(const Source& source, Formula formula, std::atomic<std::int64_t>& frames)
        : FakeFile{source, std::move(formula)}, frames_{frames}
    {
    }
    [[nodiscard]] Status read(SamplePos at, Block out) override
    {
        frames_ += std::ssize(out);
        return FakeFile::read(at, out);
    }

private:
    std::atomic<std::int64_t>& frames_;
};

constexpr SampleCount fiveSeconds{5 * 44'100};

/// Music with three clipped places, one of them in the first and one in the last tenth of a second.
SourceId faulty(Studio& studio, std::uint64_t seed)
{
    auto sound = std::make_shared<std::vector<Frame>>(musicLike(cdRate, 5, seed));
    for (const std::size_t at : {3000U, 100'000U, 218'000U})
        for (std::size_t i = 0; i < 4; ++i) (*sound)[at + i].left = 1.0;
    return studio.source(
        fiveSeconds, [sound](std::int64_t at) { return (*sound)[static_cast<std::size_t>(at)]; }, false);
}

/// Whole files, a trimmed one, one that plays twice, one faded into the next.
Studio album()
{
    Studio studio;
    for (std::uint64_t seed = 1; seed < 5; ++seed)
        studio.track({studio.clip(faulty(studio, seed))}, seconds(2));
    Clip trimmed = studio.clip(faulty(studio, 5));
    trimmed.in = SampleCount{10'000};
    trimmed.length = SampleCount{150'000};
    studio.track({trimmed}, seconds(1));
    const SourceId twice = faulty(studio, 6);
    studio.track({studio.clip(twice)});
    studio.track({studio.clip(twice)}, -seconds(1), Crossfade{});
    return studio;
}

struct Checked {
    EditionScan scan{};
    Findings findings{};
    std::int64_t framesRead = 0;
};

Checked check(const Studio& studio, bool listening, int threads)
{
    std::atomic<std::int64_t> frames = 0;
    const SourceOpener open = [&](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
        return std::make_unique<CountedFile>(source, studio.formulas.at(source.id), frames);
    };
    FaultWatch watch{open, {}};
    const Edition& edition = studio.album.editions.front();
    Checked checked;
    checked.scan = scanEdition(editionSounds(studio.album, edition, listening ? watch.opener() : open),
                               nullptr, {.threads = threads, .inOrder = listening})
                       .value();
    checked.findings =
        checkSound(studio.album, edition, open,
                   {.threads = threads, .scan = &checked.scan, .watch = listening ? &watch : nullptr})
            .value();
    checked.framesRead = frames;
    return checked;
}

} // namespace

TEST_CASE("an album is scanned and its faults are found in one reading")
{
    const Studio studio = album();
    const Checked apart = check(studio, false, 2);
    CHECK(std::ranges::count(apart.findings, "FAULT.CLIPPED", &Finding::rule) >= 16);
    for (const int threads : {1, 2, 4}) {
        CAPTURE(threads);
        const Checked together = check(studio, true, threads);
        CHECK(together.findings == apart.findings);
        REQUIRE(together.scan.entries.size() == apart.scan.entries.size());
        for (std::size_t i = 0; i < apart.scan.entries.size(); ++i)
            CHECK(together.scan.entries[i].sound == apart.scan.entries[i].sound);
        // Where there are sounds enough for every thread: otherwise parts of one are read by several.
        if (threads > 2) continue;
        std::int64_t audio = 0;
        for (const Source& source : studio.album.sources) audio += source.length.value();
        // What plays twice is read for both, and there are the joints.
        CHECK(together.framesRead < audio * 3 / 2);
        CHECK(apart.framesRead > audio * 7 / 4);
    }
}

TEST_CASE("a source that nobody read is read for its faults, and one that cannot be read is an error")
{
    Studio studio;
    const SourceId id = faulty(studio, 9);
    const Source& source = *find(studio.album, id);
    FaultWatch watch{studio.opener(), {}};
    const auto faults = watch.faultsOf(source, {});
    REQUIRE(faults.has_value());
    CHECK(std::ranges::count(*faults, "FAULT.CLIPPED", &Fault::rule) == 3);

    FaultWatch broken{[](const Source&) -> Result<std::unique_ptr<AudioFile>> { return failure("gone"); },
                      {}};
    CHECK(broken.faultsOf(source, {}).error().what == "gone");
}

TEST_CASE("a search ends with the error of who is asked between two blocks")
{
    Studio studio;
    const SourceId id = faulty(studio, 9);
    const Source& source = *find(studio.album, id);
    const auto stop = [](SampleCount) -> Status { return failure("Cancelled", {}, ErrorKind::cancelled); };
    FaultWatch watch{studio.opener(), {}};
    // Some of it was heard already.
    std::vector<Frame> block(5000);
    REQUIRE(watch.opener()(source).value()->read(SamplePos{}, block).has_value());
    CHECK(watch.faultsOf(source, stop).error().kind == ErrorKind::cancelled);
}
