// Balance: one gain for each track, the engineer's offsets kept, a ceiling for the album as a whole.

#include "measure/balance.h"

#include "album/edit.h"
#include "support/album_builder.h"
#include "support/fake_sound.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace segue;
using namespace segue::test;

namespace {

using To = BalanceWish::To;

struct Measured {
    Album album{};
    std::vector<TrackLevel> levels{};
};

/// Tracks of these levels, with peaks 12 dB above them.
Measured tracksAt(const std::vector<double>& loudness)
{
    Studio studio;
    Measured made;
    for (const double lufs : loudness) {
        const Track& track = studio.track({studio.clip(studio.source(SampleCount{441'000}, noise16(3)))});
        made.levels.push_back({track.id, lufs, lufs + 12});
    }
    made.album = std::move(studio.album);
    return made;
}

double balance(const BalanceProposal& proposal, std::size_t row)
{
    return proposal.rows.at(row).after.value();
}

BalanceProposal proposed(const Measured& m, const BalanceWish& wish)
{
    auto proposal = proposeBalance(m.album, m.levels, wish);
    REQUIRE_MESSAGE(proposal.has_value(), sentence(proposal ? Error{} : proposal.error()));
    return *proposal;
}

void want(Measured& m, std::size_t track, double offset)
{
    m.album = *edit::setWantedOffset(m.album, m.levels[track].track, Decibels{offset});
}

} // namespace

TEST_CASE("tracks come to the level that is asked for, and to that of their middle without one")
{
    const Measured m = tracksAt({-20, -18, -15});
    const auto level = proposed(m, {.to = To::level, .target = -19});
    CHECK(balance(level, 0) == 1);
    CHECK(balance(level, 1) == -1);
    CHECK(balance(level, 2) == -4);
    CHECK(level.rows[2].loudness == -19);
    const auto middle = proposed(m, {});
    CHECK(middle.target == -18);
    CHECK(balance(middle, 0) == 2);
    CHECK(balance(middle, 2) == -3);
    CHECK(proposed(tracksAt({-20, -18, -15, -10}), {}).target == doctest::Approx(-16.5));
}

TEST_CASE("a ballad stays as much softer as the engineer wants it")
{
    Measured m = tracksAt({-20, -18, -15});
    want(m, 0, -4);
    const auto p = proposed(m, {.to = To::reference, .reference = m.levels[1].track});
    CHECK(*p.rows[0].loudness == -22);
    CHECK(*p.rows[1].loudness == -18);
    CHECK(*p.rows[2].loudness == -18);
    // The reference's own offset counts too.
    want(m, 1, 1);
    CHECK(*proposed(m, {.to = To::reference, .reference = m.levels[1].track}).rows[2].loudness == -19);
}

TEST_CASE("a balance done twice changes nothing the second time")
{
    std::mt19937 random{7};
    std::uniform_real_distribution<double> lufs{-40, -5}, offset{-6, 6};
    for (int round = 0; round < 200; ++round) {
        Measured m = tracksAt({lufs(random), lufs(random), lufs(random), lufs(random)});
        for (std::size_t i = 0; i < 4; ++i) want(m, i, std::round(offset(random) * 10) / 10);
        for (const BalanceWish& wish : {BalanceWish{}, BalanceWish{.to = To::level, .target = -14},
                                        BalanceWish{.to = To::level, .target = -14, .ceiling = -3},
                                        BalanceWish{.to = To::reference, .reference = m.levels[2].track}}) {
            const auto once = proposed(m, wish);
            Measured after = m;
            after.album = *withBalance(m.album, once);
            const auto twice = proposed(after, wish);
            CHECK_FALSE(twice.changesAnything());
            CHECK(twice.moved == once.moved);
        }
    }
}

TEST_CASE("at the ceiling the whole album moves down, and the track that binds it is named")
{
    Measured m = tracksAt({-20, -18, -15});
    m.levels[0].truePeak = -2;
    const auto p = proposed(m, {.to = To::level, .target = -18, .ceiling = -1});
    // Track 1 would reach 0 dBTP.
    CHECK(p.moved == Decibels{-1});
    CHECK(p.binding == m.levels[0].track);
    CHECK(*p.rows[0].truePeak == -1);
    for (const auto& row : p.rows) CHECK(*row.loudness == -19);
    CHECK(proposed(m, {.to = To::level, .target = -30, .ceiling = -1}).moved == Decibels{0});
}

TEST_CASE("no proposal passes its ceiling by a hair")
{
    std::mt19937 random{11};
    std::uniform_real_distribution<double> lufs{-40, -5}, peak{0, 20};
    for (int round = 0; round < 500; ++round) {
        Measured m = tracksAt({lufs(random), lufs(random), lufs(random)});
        for (TrackLevel& level : m.levels) level.truePeak = *level.loudness + peak(random);
        const auto p = proposed(m, {.to = To::level, .target = -9, .ceiling = -1});
        for (const auto& row : p.rows) CHECK(*row.truePeak <= -1 + 1e-6);
        // Relations are kept to the step.
        for (const auto& row : p.rows) CHECK(std::fabs(*row.loudness - *p.rows[0].loudness) <= 0.0101);
    }
}

TEST_CASE("without a ceiling an album that is over -1 dBTP already need not go down")
{
    Measured m = tracksAt({-10, -10});
    m.levels[0].truePeak = 0.4;
    m.levels[1].truePeak = -2;
    const auto p = proposed(m, {});
    CHECK(p.ceiling == 0.4);
    CHECK_FALSE(p.changesAnything());
    CHECK(proposed(tracksAt({-30, -30}), {}).ceiling == -1);
}

TEST_CASE("an album moves as a whole to its target")
{
    Measured m = tracksAt({-20, -18, -15});
    m.album = *edit::setBalanceGain(m.album, m.levels[0].track, Decibels{1.5});
    const auto p = proposed(m, {.to = To::album, .target = -20, .albumLoudness = -17});
    CHECK(balance(p, 0) == -1.5);
    CHECK(balance(p, 1) == -3);
    CHECK(balance(p, 2) == -3);
}

TEST_CASE("a silent track keeps what it has, and an album of silence is no album to balance")
{
    Measured m = tracksAt({-20, -18});
    m.levels[0].loudness.reset();
    m.levels[0].truePeak.reset();
    m.album = *edit::setBalanceGain(m.album, m.levels[0].track, Decibels{2});
    const auto p = proposed(m, {.to = To::level, .target = -20});
    CHECK(p.rows[0].before == p.rows[0].after);
    CHECK_FALSE(p.rows[0].loudness.has_value());
    CHECK(balance(p, 1) == -2);
    const auto byReference =
        proposeBalance(m.album, m.levels, {.to = To::reference, .reference = m.levels[0].track});
    REQUIRE_FALSE(byReference.has_value());
    CHECK(byReference.error().what == "The reference track is silent or not in this edition");
    m.levels[1] = {m.levels[1].track, {}, {}};
    CHECK_FALSE(proposeBalance(m.album, m.levels, {}).has_value());
}

TEST_CASE("a gain that no master needs is refused")
{
    const Measured m = tracksAt({-69, -5});
    const auto p = proposeBalance(m.album, m.levels, {.to = To::level, .target = -5, .ceiling = 0});
    REQUIRE_FALSE(p.has_value());
    CHECK(p.error().kind == ErrorKind::refused);
}

TEST_CASE("offsets taken from what is heard make a later balance keep every relation")
{
    Measured m = tracksAt({-20, -18, -15});
    m.album = *edit::setBalanceGain(m.album, m.levels[0].track, Decibels{1});
    m.album = *withOffsetsAsHeard(m.album, m.levels);
    CHECK(find(m.album, m.levels[0].track)->wantedOffset == Decibels{-1});
    CHECK(find(m.album, m.levels[1].track)->wantedOffset == Decibels{0});
    CHECK(find(m.album, m.levels[2].track)->wantedOffset == Decibels{3});
    const auto p = proposed(m, {});
    CHECK_FALSE(p.changesAnything());
}

TEST_CASE("a track that holds infinite samples cannot be balanced, and is named")
{
    Measured m = tracksAt({-20, -18, -15});
    m.levels[1] = {.track = m.levels[1].track, .isBeyondMeasure = true};
    for (const auto& refused :
         {proposeBalance(m.album, m.levels, {}).error(), withOffsetsAsHeard(m.album, m.levels).error()}) {
        CHECK(refused.kind == ErrorKind::refused);
        CHECK(refused.where == displayTitle(*find(m.album, m.levels[1].track)));
        CHECK(refused.what.find("holds samples that are infinite, so it has no level") != std::string::npos);
    }
}

TEST_CASE("a proposal names the tracks that would no longer be exact copies")
{
    Measured m = tracksAt({-20, -18, -15});
    const EditionId edition = m.album.editions.front().id;
    const auto p = proposed(m, {});
    const Album after = *withBalance(m.album, p);
    const auto losing = losingExactCopies(m.album, after, edition);
    CHECK(losing == std::vector{m.levels[0].track, m.levels[2].track});
    CHECK(losingExactCopies(after, after, edition).empty());
    CHECK(losingExactCopies(after, m.album, edition).empty());
}
