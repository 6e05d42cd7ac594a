// The Levels tab: what is measured, what balancing would do, and what is typed there.

#include "gui/model/levels_table.h"

#include "album/edit.h"
#include "core/text.h"
#include "deliver/source_check.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

struct Tab {
    SmallDelivery small{};
    EditionId edition = small.album.editions.front().id;
    MeasuredEdition measured = measure();

    [[nodiscard]] MeasuredEdition measure() const
    {
        auto scan = scanEdition(
            editionSounds(small.album, small.album.editions.front(), openerFor(realFileOps())), nullptr, {});
        REQUIRE(scan.has_value());
        return {std::make_shared<const Album>(small.album), small.album.editions.front().id,
                std::move(*scan)};
    }
    [[nodiscard]] std::vector<LevelsRow> rows(const BalanceProposal* proposal = nullptr) const
    {
        return levelsRows(layoutOf(small.album, edition), &measured, proposal);
    }
    [[nodiscard]] TrackId track(std::size_t number) const { return small.album.tracks.at(number - 1).id; }
    void change(Result<Album> album)
    {
        small.album = get(std::move(album));
        measured = measure();
    }
};

using To = BalanceChoice::To;

/// With the true minus that people see.
double valueOf(std::string shown)
{
    constexpr std::string_view minus = "\u2212";
    if (shown.starts_with(minus)) shown.replace(0, minus.size(), "-");
    const auto value = parseNumber(shown);
    REQUIRE_MESSAGE(value.has_value(), shown);
    return *value;
}

} // namespace

TEST_CASE("the tab shows measured levels with all gains, and nothing before they are measured")
{
    Tab tab;
    const auto before = tab.rows();
    REQUIRE(before.size() == 3);
    CHECK(valueOf(before[0].integrated) < 0);
    tab.change(edit::setHandGain(tab.small.album, tab.track(1), Decibels{-6}));
    const auto after = tab.rows();
    CHECK(valueOf(after[0].integrated) == doctest::Approx(valueOf(before[0].integrated) - 6).epsilon(0.02));
    CHECK(valueOf(after[0].truePeak) == doctest::Approx(valueOf(before[0].truePeak) - 6).epsilon(0.2));
    CHECK(after[1].integrated == before[1].integrated);
    const auto unmeasured = levelsRows(layoutOf(tab.small.album, tab.edition), nullptr, nullptr);
    CHECK(unmeasured[0].integrated.empty());
    CHECK(unmeasured[0].proposed.empty());
    CHECK(albumLevels(tab.measured).find("LUFS") != std::string::npos);
}

TEST_CASE("a proposal shows in its own column, and accepting it is one named step")
{
    Tab tab;
    tab.change(edit::setHandGain(tab.small.album, tab.track(1), Decibels{-6}));
    const auto proposal = balanceProposal(tab.measured, {.to = To::selectedTrack}, tab.track(1));
    REQUIRE(proposal.has_value());
    const auto rows = tab.rows(&*proposal);
    CHECK(rows[0].proposed == "as it is");
    CHECK(-valueOf(rows[1].proposed) == doctest::Approx(6).epsilon(0.05));
    const std::string words = balanceWords(layoutOf(tab.small.album, tab.edition), *proposal);
    CHECK(words.find("no longer copied bit for bit: \"Track 3\"") != std::string::npos);
    const Proposal accepted = acceptedBalance(tab.small.album, *proposal);
    CHECK(accepted.label == "Balance the tracks");
    tab.change(accepted.album);
    const auto again = balanceProposal(tab.measured, {.to = To::selectedTrack}, tab.track(1));
    CHECK_FALSE(again->changesAnything());
    CHECK(balanceWords(layoutOf(tab.small.album, tab.edition), *again) == "The tracks are balanced already");
}

TEST_CASE("fields that say nothing sensible are refused with what would be right")
{
    const Tab tab;
    const auto refusal = [&](const BalanceChoice& choice) {
        const auto proposal = balanceProposal(tab.measured, choice, {});
        return proposal ? std::string{"accepted"} : proposal.error().what;
    };
    CHECK(refusal({}) == "accepted");
    CHECK(refusal({.to = To::selectedTrack}).find("Select the track") != std::string::npos);
    CHECK(refusal({.to = To::level, .target = "loud"}).find("-70 to 0") != std::string::npos);
    CHECK(refusal({.to = To::level, .target = "-14", .ceiling = "x"}).find("-60 to 0") != std::string::npos);
    CHECK(refusal({.by = BalanceChoice::By::loudestSection, .section = "0"}).find("0.4 to 600") !=
          std::string::npos);
    CHECK(refusal({.by = BalanceChoice::By::loudestSection, .to = To::album, .target = "-20"}) == "accepted");
}

TEST_CASE("a wanted offset is typed in LU, and emptied to have none")
{
    Tab tab;
    tab.change(typedOffset(tab.small.album, tab.track(2), " -4 ").album);
    CHECK(find(tab.small.album, tab.track(2))->wantedOffset == Decibels{-4});
    CHECK(tab.rows()[1].offset.find('4') != std::string::npos);
    tab.change(typedOffset(tab.small.album, tab.track(2), "+1.5").album);
    CHECK(find(tab.small.album, tab.track(2))->wantedOffset == Decibels{1.5});
    CHECK_FALSE(typedOffset(tab.small.album, tab.track(2), "much").album.has_value());
    tab.change(typedOffset(tab.small.album, tab.track(2), "").album);
    CHECK(find(tab.small.album, tab.track(2))->wantedOffset.isUnity());
}

TEST_CASE("offsets taken from what is heard make the album balanced as it is")
{
    Tab tab;
    tab.change(edit::setHandGain(tab.small.album, tab.track(1), Decibels{-6}));
    tab.change(offsetsAsHeard(tab.small.album, tab.measured, {}).album);
    const auto proposal = balanceProposal(tab.measured, {}, {});
    REQUIRE(proposal.has_value());
    for (const auto& row : proposal->rows) CHECK(std::fabs(row.after.value()) < 0.06);
}
