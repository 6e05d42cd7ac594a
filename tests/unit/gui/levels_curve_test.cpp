// The Levels tab as a curve: what a click into it means.

#include "gui/model/levels_curve.h"

#include "album/edit.h"
#include "deliver/source_check.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;
using picture::Rect;

namespace {

constexpr Rect box{0, 0, 1000, 240};

struct Tab {
    SmallDelivery small{{{.frames = 12 * 44'100}, {.frames = 12 * 44'100}, {.frames = 12 * 44'100}}};
    EditionId edition = small.album.editions.front().id;
    MeasuredEdition measured{
        std::make_shared<const Album>(small.album), edition,
        get(scanEdition(editionSounds(small.album, small.album.editions.front(), openerFor(realFileOps())),
                        nullptr, {}))};
    picture::LoudProgramme programme = loudProgrammeOf(measured);
    Layout layout = layoutOf(small.album, edition);

    [[nodiscard]] std::optional<MomentInTrack> at(double x, double y = 120) const
    {
        return momentInCurve(layout, measured, programme, box, {x, y});
    }
};

} // namespace

TEST_CASE("a walk along the curve meets every track in order, each from its start to its end")
{
    const Tab curve;
    std::vector<TrackId> met;
    Duration last{};
    for (double x = 0; x < box.width; x += 1) {
        const auto moment = curve.at(x);
        if (!moment) continue;
        if (met.empty() || met.back() != moment->track) {
            CHECK(moment->inTrack < milliseconds(200));
            met.push_back(moment->track);
        } else {
            CHECK(moment->inTrack >= last);
        }
        last = moment->inTrack;
        CHECK(last <= seconds(12));
    }
    CHECK(met == std::vector{curve.small.album.tracks[0].id, curve.small.album.tracks[1].id,
                             curve.small.album.tracks[2].id});
}

TEST_CASE("a click beside the curve is nothing")
{
    const Tab curve;
    CHECK_FALSE(curve.at(2).has_value());
    CHECK_FALSE(curve.at(990).has_value()); // the histogram
    CHECK_FALSE(curve.at(300, 236).has_value());
}

TEST_CASE("a click on a track that was taken out meanwhile is nothing")
{
    Tab curve;
    const TrackId first = curve.small.album.tracks[0].id;
    CHECK(curve.at(100)->track == first);
    const Album without = get(edit::removeEntry(curve.small.album, curve.edition, first));
    curve.layout = layoutOf(without, curve.edition);
    CHECK_FALSE(curve.at(100).has_value());
}

TEST_CASE("curve and histogram lie in the box, side by side")
{
    const Tab curve;
    const auto list = levelsCurve(curve.programme, box);
    std::size_t texts = 0;
    for (const auto& mark : list)
        if (const auto* text = std::get_if<picture::Text>(&mark)) {
            ++texts;
            CHECK(text->box.y >= box.y);
            CHECK(text->box.bottom() <= box.bottom() + 1);
        }
    CHECK(texts > 10);
}
