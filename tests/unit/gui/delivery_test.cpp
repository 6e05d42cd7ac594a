// What the deliver window does with an edition: the engine's export of its medium, nothing else.

#include "gui/model/delivery.h"

#include "album/edit.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

/// The small album as a record of one side, or as files.
Album asMedium(Album album, Medium medium)
{
    album.editions.front().medium = std::move(medium);
    album.editions.front().entries.front().joint = {};
    return album;
}

std::vector<std::string> namesOf(const std::vector<DeliveredFile>& files)
{
    std::vector<std::string> names;
    for (const DeliveredFile& f : files) names.push_back(f.name);
    std::ranges::sort(names);
    return names;
}

Finding errorOf(std::string rule, bool overridable)
{
    return {.level = Finding::Level::error,
            .rule = std::move(rule),
            .message = "Something is wrong",
            .overridable = overridable};
}

} // namespace

TEST_CASE("The deliver window writes the files of the engine's own export, for a CD")
{
    const SmallDelivery small;
    const Edition& edition = small.album.editions.front();
    const Path byWindow = small.folder / "WINDOW", byEngine = small.folder / "ENGINE";
    const Delivered delivered =
        get(deliverEdition(realFileOps(), small.album, edition, byWindow, {}, {.albumName = "Small.segue"}));
    REQUIRE(delivered.written);
    const DdpExportOutcome outcome =
        get(exportDdp(realFileOps(), small.album, edition, byEngine, small.options));
    CHECK(namesOf(delivered.files) == namesOf(outcome.discs.front().files));
    for (const DeliveredFile& file : delivered.files)
        CHECK(small.folder.read("WINDOW/" + file.name) == small.folder.read("ENGINE/" + file.name));
    CHECK(delivered.folder == byWindow);
    CHECK(realFileOps().stat(delivered.report).has_value());
}

TEST_CASE(
    "The deliver window writes side files of a record, with the silence and the gain that were asked for")
{
    const SmallDelivery small;
    const Album album = asMedium(small.album, VinylSettings{});
    const Edition& edition = album.editions.front();
    DeliveryChoices choices;
    choices.leadIn = milliseconds(500);
    choices.gain = Decibels{-3};
    const Delivered asked =
        get(deliverEdition(realFileOps(), album, edition, small.folder / "ASKED", choices, {}));
    const Delivered usual =
        get(deliverEdition(realFileOps(), album, edition, small.folder / "USUAL", {}, {}));
    REQUIRE(asked.written);
    REQUIRE(usual.written);
    const auto wavOf = [](const Delivered& d) {
        return *std::ranges::find_if(d.files,
                                     [](const DeliveredFile& f) { return f.name.ends_with(".wav"); });
    };
    // Half a second less of silence, six bytes a sample.
    CHECK(wavOf(usual).size - wavOf(asked).size == 22'050 * 6);
    CHECK(namesOf(usual.files) == namesOf(asked.files));
    CHECK(small.folder.read("ASKED.report.txt").find("-3") != std::string::npos);
}

TEST_CASE("Side files are named as the deliver window was told, and a name that it does not know is an error")
{
    const SmallDelivery small;
    const Album album = asMedium(small.album, VinylSettings{});
    const Edition& edition = album.editions.front();
    DeliveryChoices choices;
    choices.pattern = "Side {side} of {number}";
    const Delivered named =
        get(deliverEdition(realFileOps(), album, edition, small.folder / "NAMED", choices, {}));
    CHECK(std::ranges::count(namesOf(named.files), "Side A of 1.wav") == 1);
    choices.pattern = "{disc}";
    const auto refused = deliverEdition(realFileOps(), album, edition, small.folder / "REFUSED", choices, {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(sentence(refused.error()).find("The pattern knows no {disc}") != std::string::npos);
    CHECK(sentence(refused.error()).find("--") == std::string::npos);
}

TEST_CASE("An edition that cannot be delivered from the window says why")
{
    const SmallDelivery small;
    CHECK_FALSE(whyNotDeliverable(&small.album.editions.front()));
    CHECK(whyNotDeliverable(nullptr)->why == "The edition is not in the album any more.");
    Edition empty = small.album.editions.front();
    empty.entries.clear();
    CHECK(whyNotDeliverable(&empty)->why == "The edition has no tracks.");
    const Album files = asMedium(small.album, DigitalSettings{});
    CHECK(whyNotDeliverable(&files.editions.front())->why.find("does not write yet") != std::string::npos);
}

TEST_CASE("The proposed folder is named after the album and holds no separator")
{
    SmallDelivery small;
    small.album.info.texts.title = "Both/And";
    CHECK(deliveryWords(small.album, small.album.editions.front()).folderName == "Both-And DDP");
    const Album record = asMedium(small.album, VinylSettings{});
    CHECK(deliveryWords(record, record.editions.front()).folderName == "Both-And sides");
}

TEST_CASE("Errors may be set aside for a delivery only when all that stand may be")
{
    const Finding soft = errorOf("SIDES.TOO_LONG", true), hard = errorOf("AUDIO.OVER", false);
    CHECK(rulesToSetAside({}) == std::vector<std::string>{});
    CHECK(rulesToSetAside({soft, soft}) == std::vector<std::string>{"SIDES.TOO_LONG"});
    CHECK(rulesToSetAside({soft, hard}) == std::vector<std::string>{});
    Finding accepted = hard;
    accepted.accepted = "heard";
    CHECK(rulesToSetAside({accepted, soft}) == std::vector<std::string>{"SIDES.TOO_LONG"});
    Finding warning = hard;
    warning.level = Finding::Level::warning;
    CHECK(rulesToSetAside({warning}) == std::vector<std::string>{});
}

TEST_CASE("What was set aside goes on being so when the delivery itself finds another error")
{
    Finding aside = errorOf("DISC.PLANT_LENGTH", true);
    aside.overridden = true;
    const Finding found = errorOf("AUDIO.OVER", true);
    CHECK(rulesToSetAside({aside, found}) == std::vector<std::string>{"DISC.PLANT_LENGTH", "AUDIO.OVER"});
    CHECK(rulesToSetAside({aside}) == std::vector<std::string>{});
    CHECK(rulesToSetAside({aside, errorOf("DISC.TRACK_LENGTH", false)}) == std::vector<std::string>{});
}

TEST_CASE(
    "The window says how ready the album is, and does not call it ready while the sound is being checked")
{
    Finding warning = errorOf("ALBUM.SHORT", false);
    warning.level = Finding::Level::warning;
    const Finding error = errorOf("AUDIO.OVER", true);
    CHECK(readinessWords({}, false, "Ready for the plant") == "Ready for the plant");
    CHECK(readinessWords({}, true, "Ready for the plant") == "Nothing in the way so far");
    CHECK(readinessWords({warning}, false, "") == "Ready, with 1 warning to look at");
    CHECK(readinessWords({warning, warning}, true, "") ==
          "Nothing in the way so far, with 2 warnings to look at");
    CHECK(readinessWords({error, warning}, true, "") == "Not ready: 1 error stands in the way");
    CHECK(readinessWords({error, error}, false, "") == "Not ready: 2 errors stand in the way");
}

TEST_CASE("A refused delivery says what can be done: set aside only what may be")
{
    CHECK(refusalWords({errorOf("AUDIO.OVER", true)}).find("set the errors aside") != std::string::npos);
    CHECK(refusalWords({errorOf("AUDIO.CHANGED", false)}).find("aside") == std::string::npos);
}

TEST_CASE(
    "Samples over full scale stop a delivery until they are set aside, and the result says that they were")
{
    SmallDelivery small;
    const TrackId first = small.album.editions.front().entries.front().track;
    small.album = get(edit::setHandGain(std::move(small.album), first, Decibels{24}));
    const Edition& edition = small.album.editions.front();
    const Path out = small.folder / "LOUD";
    const Delivered refused = get(deliverEdition(realFileOps(), small.album, edition, out, {}, {}));
    REQUIRE_FALSE(refused.written);
    CHECK_FALSE(realFileOps().stat(out).has_value());
    DeliveryChoices choices;
    choices.allow = rulesToSetAside(refused.findings);
    REQUIRE(choices.allow == std::vector<std::string>{"AUDIO.OVER"});
    const Delivered delivered = get(deliverEdition(realFileOps(), small.album, edition, out, choices, {}));
    REQUIRE(delivered.written);
    CHECK(deliveredWords(delivered) == out.string() + "\nReport: " + delivered.report.string() +
                                           "\nSet aside for this delivery, as the report says: AUDIO.OVER");
    CHECK(small.folder.read("LOUD.report.txt").find("allowed") != std::string::npos);
}
