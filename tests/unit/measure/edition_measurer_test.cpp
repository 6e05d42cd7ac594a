// The levels of an edition follow what is edited, and nobody waits for them.

#include "measure/edition_measurer.h"

#include "album/edit.h"
#include "deliver/source_check.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

using namespace segue;
using namespace segue::test;

namespace {

struct Measurer {
    SmallDelivery small{};
    std::atomic<int> opened = 0;
    std::atomic<bool> throws = false;
    std::mutex mutex{};
    std::condition_variable woken{};
    EditionMeasurer measurer{realFileOps(),
                             [this](const Source& source) {
                                 ++opened;
                                 if (throws) throw std::runtime_error{"no library for this"};
                                 return openerFor(realFileOps())(source);
                             },
                             [this] {
                                 const std::scoped_lock lock{mutex};
                                 woken.notify_all();
                             },
                             {.threads = 1}};

    void put() { measurer.put(std::make_shared<const Album>(small.album), small.album.editions.front().id); }
    std::shared_ptr<const MeasuredEdition> measured()
    {
        put();
        std::unique_lock lock{mutex};
        woken.wait(lock, [this] { return measurer.upToDate(); });
        return measurer.newest();
    }
};

std::vector<double> levels(const MeasuredEdition& measured)
{
    std::vector<double> all;
    for (const EntryScan& entry : measured.scan.entries) {
        const Passage own{.sound = &entry.sound, .gain = entry.gain};
        all.push_back(figuresOf({&own, 1}).integrated.value_or(-999));
    }
    return all;
}

} // namespace

TEST_CASE("the levels are those of the edition as it is rendered")
{
    Measurer m;
    const auto measured = m.measured();
    REQUIRE(measured);
    const auto direct = scanEdition(
        editionSounds(m.small.album, m.small.album.editions.front(), openerFor(realFileOps())), nullptr, {});
    REQUIRE(direct.has_value());
    REQUIRE(measured->scan.entries.size() == direct->entries.size());
    for (std::size_t i = 0; i < direct->entries.size(); ++i)
        CHECK(measured->scan.entries[i].sound == direct->entries[i].sound);
}

TEST_CASE("another gain moves the levels and reads nothing")
{
    Measurer m;
    const auto before = levels(*m.measured());
    const int opened = m.opened;
    CHECK(opened > 0);
    m.small.album =
        get(edit::setHandGain(std::move(m.small.album), m.small.album.tracks.front().id, Decibels{-3}));
    const auto after = levels(*m.measured());
    CHECK(m.opened == opened);
    CHECK(after[0] == doctest::Approx(before[0] - 3).epsilon(1e-6));
    CHECK(after[1] == before[1]);
}

TEST_CASE("what was put last is what is measured in the end")
{
    Measurer m;
    for (int i = 1; i <= 20; ++i) {
        m.small.album = get(
            edit::setHandGain(std::move(m.small.album), m.small.album.tracks.front().id, Decibels{-0.1 * i}));
        m.put();
    }
    CHECK(*m.measured()->album == m.small.album);
}

TEST_CASE("a source that is gone is an error, and the levels of before stay")
{
    Measurer m;
    const auto before = m.measured();
    std::filesystem::remove(m.small.album.sources.front().path);
    m.small.album = get(edit::setClipGain(std::move(m.small.album),
                                          m.small.album.tracks.front().clips.front().id, Decibels{-1}));
    CHECK(m.measured() == before);
    REQUIRE(m.measurer.error().has_value());
    CHECK(m.measurer.error()->where.find("1.wav") != std::string::npos);
}

TEST_CASE("what opening a source throws is an error, and the measuring goes on")
{
    Measurer m;
    m.throws = true;
    CHECK(m.measured() == nullptr);
    REQUIRE(m.measurer.error().has_value());
    CHECK(sentence(*m.measurer.error()) == "The album could not be measured: no library for this");
    m.throws = false;
    m.small.album =
        get(edit::setHandGain(std::move(m.small.album), m.small.album.tracks.front().id, Decibels{-1}));
    CHECK(m.measured() != nullptr);
}

TEST_CASE("whoever closes the album in the middle of it does not wait for the rest")
{
    Measurer m;
    m.put();
}
