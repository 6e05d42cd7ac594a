// The checks of the sound follow what is edited, read every source once, and nobody waits for them.

#include "measure/sound_checker.h"

#include "album/edit.h"
#include "measure/fault_rules.h"
#include "support/fake_sound.h"
#include "support/fault_seeds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace segue;
using namespace segue::test;

namespace {

struct Bench {
    Studio studio{};
    std::atomic<int> opened = 0;
    bool broken = false;
    std::mutex mutex{};
    std::condition_variable woken{};
    SoundChecker checker{[this](const Source& source) -> Result<std::unique_ptr<AudioFile>> {
                             ++opened;
                             if (broken) return failure("The disk is gone", source.path, ErrorKind::io);
                             return studio.opener()(source);
                         },
                         [this] {
                             const std::scoped_lock lock{mutex};
                             woken.notify_all();
                         },
                         1};

    Bench()
    {
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            auto sound = std::make_shared<std::vector<Frame>>(musicLike(cdRate, 5, seed));
            if (seed == 2)
                for (std::size_t i = 100'000; i < 100'004; ++i) (*sound)[i].left = 1.0;
            const SourceId id = studio.source(
                SampleCount{5 * 44'100},
                [sound](std::int64_t at) { return (*sound)[static_cast<std::size_t>(at)]; }, false);
            auto& source = *std::ranges::find(studio.album.sources, id, &Source::id);
            source.fingerprint.xxh3 = std::string(32, static_cast<char>('0' + seed));
            studio.track({studio.clip(id)}, seconds(2));
        }
    }
    std::shared_ptr<const CheckedSound> checked()
    {
        checker.put(std::make_shared<const Album>(studio.album), studio.album.editions.front().id, nullptr);
        std::unique_lock lock{mutex};
        woken.wait(lock, [this] { return checker.upToDate(); });
        return checker.newest();
    }
};

std::ptrdiff_t clippedIn(const Findings& findings, int track)
{
    return std::ranges::count_if(
        findings, [&](const Finding& f) { return f.rule == fault::clipped && f.where.track == track; });
}

} // namespace

TEST_CASE("a fault is found while one edits, follows its track, and costs no second reading of the sources")
{
    Bench b;
    CHECK(clippedIn(b.checked()->findings, 2) == 1);
    const int opened = b.opened;
    const EditionId cd = b.studio.album.editions.front().id;
    b.studio.album = edit::moveEntry(b.studio.album, cd, b.studio.album.tracks[1].id, 0).value();
    const auto moved = b.checked();
    CHECK(clippedIn(moved->findings, 1) == 1);
    CHECK(clippedIn(moved->findings, 2) == 0);
    // The joints are looked at anew, through openings of the mixer's own; the sources are not read whole.
    CHECK(b.opened - opened <= 2);
}

TEST_CASE("what only levels show is found where a scan is at hand")
{
    Bench b;
    auto sounds = editionSounds(b.studio.album, b.studio.album.editions.front(), b.studio.opener());
    auto scan = scanEdition(std::move(sounds), nullptr, {.threads = 1});
    REQUIRE(scan);
    scan->entries[1].gain = Decibels{30}; // the second track is played far over full scale and louder
    const auto album = std::make_shared<const Album>(b.studio.album);
    b.checker.put(album, album->editions.front().id, std::make_shared<const EditionScan>(std::move(*scan)));
    std::unique_lock lock{b.mutex};
    b.woken.wait(lock, [&] { return b.checker.upToDate(); });
    CHECK(std::ranges::count(b.checker.newest()->findings, fault::jointLoudness, &Finding::rule) == 1);
}

TEST_CASE("a source that cannot be read is an error, and what was found before stays")
{
    Bench b;
    const auto before = b.checked();
    b.broken = true;
    b.studio.album.sources[0].fingerprint.xxh3 = std::string(32, 'f');
    CHECK(b.checked() == before);
    REQUIRE(b.checker.error());
    CHECK(b.checker.error()->what == "The disk is gone");
}
