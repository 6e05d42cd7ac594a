#include "gui/model/track_table.h"

#include "gui/model/editor.h"
#include "support/album_builder.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

const Findings none{};

/// Four tracks of 10 s with 2 s between them, the second with an ISRC.
Album fourTracks()
{
    const Album a = album({10, 10, 10, 10});
    return get(edit::setIsrc(a, track(a, 2), get(Isrc::parse("DESGE2600007"))));
}

TableSource tableOf(const Album& a, TimesShown times = TimesShown::absolute)
{
    return tableSource(a, edition(a), none, times);
}

std::string shown(const Album& a, std::size_t row, Column column)
{
    return cellOf(tableOf(a), row, column).text;
}

Result<Album> typing(const Album& a, std::size_t row, Column column, const std::string& text)
{
    return typed(tableOf(a), row, column, text).album;
}

/// What the cell shows after typing.
std::string after(const Album& a, std::size_t row, Column column, const std::string& text)
{
    return shown(get(typing(a, row, column, text)), row, column);
}

std::vector<Column> allColumns()
{
    std::vector<Column> all(tracksColumns().begin(), tracksColumns().end());
    for (const Column column : metadataColumns())
        if (std::ranges::find(all, column) == all.end()) all.push_back(column);
    return all;
}

} // namespace

TEST_CASE("every column is described and stands in one of the tables")
{
    const auto columns = allColumns();
    for (int i = 0; i <= static_cast<int>(Column::note); ++i) {
        const auto column = static_cast<Column>(i);
        CAPTURE(i);
        CHECK(std::ranges::count(columns, column) == 1);
        CHECK(infoOf(column).column == column);
        CHECK(infoOf(column).width > 20);
    }
}

TEST_CASE("each column shows its part of the track")
{
    Album a = fourTracks();
    a = get(edit::setIndexes(a, track(a, 2), {seconds(3), milliseconds(5200)}));
    a = get(edit::setFlags(a, track(a, 2), {.copyPermitted = true}));
    a = get(edit::setHandGain(a, track(a, 2), Decibels{-0.6}));
    a = get(edit::setNote(a, track(a, 2), "quiet one"));
    CHECK(shown(a, 1, Column::number) == "2");
    CHECK(shown(a, 1, Column::title) == "Track 2");
    CHECK(shown(a, 1, Column::pause) == "2.000");
    CHECK(shown(a, 1, Column::index00) == "00:12:00");
    CHECK(shown(a, 1, Column::start) == "00:14:00");
    CHECK(shown(a, 1, Column::indexes) == "00:03:00, 00:05:15");
    CHECK(shown(a, 1, Column::end) == "00:24:00");
    CHECK(shown(a, 1, Column::length) == "00:10:00");
    CHECK(shown(a, 1, Column::isrc) == "DE-SGE-26-00007");
    CHECK(shown(a, 1, Column::flags) == "dcp");
    CHECK(shown(a, 1, Column::hand) == "\u22120.6");
    CHECK(shown(a, 1, Column::balance) == "0.0");
    CHECK(shown(a, 1, Column::note) == "quiet one");
    CHECK(shown(a, 1, Column::checks) == "\u2713");
    CHECK(shown(a, 0, Column::isrc).empty());
}

TEST_CASE("a track without a performer shows the album's, dimly, and edits its own")
{
    Album a = fourTracks();
    a = get(edit::setAlbumText(a, TextField::performer, english, "Everybody"));
    const Cell cell = cellOf(tableOf(a), 0, Column::performer);
    CHECK(cell.text == "Everybody");
    CHECK(cell.ink == picture::Ink::dim);
    CHECK(editText(tableOf(a), 0, Column::performer).empty());
    CHECK(after(a, 0, Column::performer, "Somebody") == "Somebody");
}

TEST_CASE("typing what is shown changes nothing, in any column of any random album")
{
    for (std::uint64_t seed = 0; seed < 60; ++seed)
        for (const TimesShown times : {TimesShown::absolute, TimesShown::inTrack}) {
            const Album a = randomAlbum(seed);
            for (const Edition& e : a.editions) {
                const TableSource table = tableSource(a, e.id, none, times);
                for (std::size_t row = 0; row < rowCount(table); ++row)
                    for (const Column column : allColumns()) {
                        const Proposal same = typed(table, row, column, editText(table, row, column));
                        CAPTURE(seed);
                        CAPTURE(row);
                        CAPTURE(infoOf(column).heading);
                        REQUIRE(same.album);
                        REQUIRE(*same.album == a);
                    }
            }
        }
}

TEST_CASE("a pause can be typed as seconds, as a time, or as an overlap")
{
    const Album a = fourTracks();
    CHECK(after(a, 1, Column::pause, "3.5") == "3.500");
    CHECK(after(a, 1, Column::pause, "0") == "\u2013");
    CHECK(after(a, 1, Column::pause, "-4") == "\u00d7 4.000");
    CHECK(after(a, 1, Column::pause, "\u22124") == "\u00d7 4.000");
    CHECK(after(a, 1, Column::pause, "\u00d7 4") == "\u00d7 4.000");
    CHECK(after(a, 1, Column::pause, "\u00d7 4.000") == "\u00d7 4.000");
    const Album overlapping = get(typing(a, 1, Column::pause, "-4"));
    CHECK(firstEdition(overlapping).entries[1].joint.crossfade.has_value());
    CHECK(editText(tableOf(overlapping), 1, Column::pause) == "\u22124.000");
    CHECK_FALSE(typing(a, 1, Column::pause, "a while"));
    CHECK_FALSE(typing(a, 1, Column::pause, "-11"));
    CHECK_FALSE(typing(a, 0, Column::pause, "-1"));
}

TEST_CASE("a typed start is where the track then stands, also with INDEX marks set off from the music")
{
    const Album a = fourTracks();
    CHECK(after(a, 2, Column::start, "00:30:10") == "00:30:10");
    CHECK(shown(get(typing(a, 2, Column::start, "00:30:00")), 3, Column::start) == "00:42:00");
    Album early =
        get(edit::setMedium(a, edition(a), CdSettings{.startOffset = durationOf(CdFrameCount{10})}));
    REQUIRE(shown(early, 2, Column::start) != "00:30:00");
    CHECK(after(early, 2, Column::start, "00:30:00") == "00:30:00");
    CHECK_FALSE(typing(a, 2, Column::start, "later"));
}

TEST_CASE("a typed end is where the track then ends, counted as the table counts")
{
    const Album a = fourTracks();
    CHECK(after(a, 1, Column::end, "00:20:00") == "00:20:00");
    CHECK(shown(get(typing(a, 1, Column::end, "00:20:00")), 2, Column::start) == "00:26:00");
    const Album inTrack = get(typed(tableOf(a, TimesShown::inTrack), 1, Column::end, "00:06:00").album);
    CHECK(shown(inTrack, 1, Column::length) == "00:06:00");
    CHECK(after(inTrack, 1, Column::end, "") == "00:24:00");
}

TEST_CASE("index marks are typed as a list")
{
    const Album a = fourTracks();
    CHECK(after(a, 1, Column::indexes, "00:05:00; 00:03:00") == "00:03:00, 00:05:00");
    CHECK(after(a, 1, Column::indexes, "4.5") == "00:04:37");
    CHECK(after(get(typing(a, 1, Column::indexes, "4.5")), 1, Column::indexes, "").empty());
    CHECK_FALSE(typing(a, 1, Column::indexes, "00:05:00, soon"));
    CHECK_FALSE(typing(a, 1, Column::indexes, "00:50:00"));
}

TEST_CASE("codes and gains are taken as people write them, and refused with the rule's own sentence")
{
    const Album a = fourTracks();
    CHECK(after(a, 0, Column::isrc, "de-sge-26-00012") == "DE-SGE-26-00012");
    CHECK(after(a, 1, Column::isrc, " ").empty());
    CHECK(refusal(typing(a, 0, Column::isrc, "DE-SGE-26")) == refusal(Isrc::parse("DE-SGE-26")));
    CHECK(after(a, 0, Column::hand, "-0.6") == "\u22120.6");
    CHECK(after(a, 0, Column::hand, "\u22120,6 dB") == "\u22120.6");
    CHECK(after(a, 0, Column::hand, "+1.5dB") == "1.5");
    CHECK(after(a, 0, Column::balance, "-2") == "\u22122.0");
    CHECK(refusal(typing(a, 0, Column::hand, "loud")) ==
          "\"loud\" is no gain; a number of dB such as -0.6 belongs here");
    CHECK(after(a, 0, Column::flags, "dcp") == "dcp");
    CHECK(refusal(typing(a, 0, Column::flags, "nonsense")) == refusal(parseFlags("nonsense")));
    CHECK_FALSE(typing(a, 0, Column::title,
                       "a\x01"
                       "b"));
    CHECK_FALSE(typing(a, 0, Column::length, "00:05:00"));
    CHECK_FALSE(typing(a, 0, Column::number, "7"));
    CHECK(after(a, 0, Column::title, "  \u65e5\u672c  ") == "\u65e5\u672c");
    CHECK(after(a, 0, Column::title, "") == "untitled");
}

TEST_CASE("every editable column can be typed into, and no other")
{
    const Album a = fourTracks();
    for (const Column column : allColumns()) {
        CAPTURE(infoOf(column).heading);
        const auto result = typing(a, 1, column, "\x01 what no column takes");
        CHECK_FALSE(result);
        if (!infoOf(column).editable)
            CHECK(refusal(result).find("cannot be typed") != std::string::npos);
        else if (column != Column::note)
            CHECK(refusal(result).find("cannot be typed") == std::string::npos);
    }
}

TEST_CASE("columns from a spreadsheet go over editable cells to the right and down, as one step")
{
    const Album a = fourTracks();
    const std::vector<Column> columns{Column::title, Column::length, Column::isrc, Column::hand};
    const Proposal paste =
        pasted(tableOf(a), 1, columns, "Eins\tDESGE2600021\t-1\r\nZwei\tDESGE2600022\t-2\r\n");
    CHECK(paste.label == "Paste 6 cells");
    const Album b = get(paste.album);
    CHECK(shown(b, 0, Column::title) == "Track 1");
    CHECK(shown(b, 1, Column::title) == "Eins");
    CHECK(shown(b, 2, Column::title) == "Zwei");
    CHECK(shown(b, 1, Column::isrc) == "DE-SGE-26-00021");
    CHECK(shown(b, 2, Column::hand) == "\u22122.0");
    CHECK(shown(b, 3, Column::title) == "Track 4");
}

TEST_CASE("one wrong cell refuses the whole paste and says which it is")
{
    const Album a = fourTracks();
    const std::vector<Column> columns{Column::title, Column::isrc};
    const auto wrong = pasted(tableOf(a), 1, columns, "Eins\tDESGE2600021\nZwei\tnonsense\n").album;
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().where == "ISRC, row 3");
    CHECK(wrong.error().what == refusal(Isrc::parse("nonsense")));
    CHECK_FALSE(pasted(tableOf(a), 3, columns, "one\ntwo").album);
    CHECK_FALSE(pasted(tableOf(a), 0, columns, "one\tDESGE2600021\tthree").album);
}

TEST_CASE("fill down gives the other rows the first one's text")
{
    const Album a = get(typing(fourTracks(), 1, Column::composer, "Ana"));
    const std::vector<std::size_t> rows{1, 2, 3};
    const Album b = get(filledDown(tableOf(a), rows, Column::composer).album);
    CHECK(shown(b, 0, Column::composer).empty());
    for (const std::size_t row : rows) CHECK(shown(b, row, Column::composer) == "Ana");
    const Album pauses = get(typing(a, 1, Column::pause, "5"));
    const Album filled = get(filledDown(tableOf(pauses), rows, Column::pause).album);
    CHECK(shown(filled, 3, Column::pause) == "5.000");
    // An overlap and a crossfade as well.
    const Album cross = get(typing(a, 1, Column::pause, "-1.5"));
    CHECK(shown(get(filledDown(tableOf(cross), rows, Column::pause).album), 3, Column::pause) ==
          "\u00d7 1.500");
    CHECK(get(filledDown(tableOf(a), {}, Column::composer).album) == a);
}

TEST_CASE("ISRCs are counted up from the first selected row's, refused without one")
{
    const Album a = fourTracks();
    const Album b = get(isrcSeries(tableOf(a), std::vector<std::size_t>{1, 2, 3}).album);
    CHECK(shown(b, 0, Column::isrc).empty());
    CHECK(shown(b, 2, Column::isrc) == "DE-SGE-26-00008");
    CHECK(shown(b, 3, Column::isrc) == "DE-SGE-26-00009");
    const auto without = isrcSeries(tableOf(a), std::vector<std::size_t>{0, 1}).album;
    REQUIRE_FALSE(without);
    CHECK(without.error().where == "Track 1");
    CHECK(get(isrcSeries(tableOf(a), {}).album) == a);
}

TEST_CASE("a finding leads to its track, counted on its disc, and the worst one shows")
{
    Album a = fourTracks();
    a = get(edit::setBreak(a, edition(a), track(a, 3), Break::disc));
    const auto finding = [](Finding::Level level, int disc, int number, bool overridden = false) {
        Finding f{.level = level, .rule = "TEST", .message = "Something is wrong", .overridden = overridden};
        f.where.disc = disc;
        f.where.track = number;
        return f;
    };
    const Findings findings{
        finding(Finding::Level::note, 1, 2),    finding(Finding::Level::error, 1, 2),
        finding(Finding::Level::warning, 2, 1), finding(Finding::Level::error, 2, 2, true),
        finding(Finding::Level::error, 1, 0),   finding(Finding::Level::error, 1, 3),
        finding(Finding::Level::error, 7, 1)};
    const Layout layout = layoutOf(a, edition(a));
    CHECK(trackOfFinding(layout, findings[0]) == track(a, 2));
    CHECK(trackOfFinding(layout, findings[2]) == track(a, 3));
    CHECK_FALSE(trackOfFinding(layout, findings[4]));
    CHECK_FALSE(trackOfFinding(layout, findings[5]));
    CHECK_FALSE(trackOfFinding(layout, findings[6]));
    CHECK(worstByTrack(layout, findings) ==
          TrackMarksByFinding{{track(a, 2), Finding::Level::error}, {track(a, 3), Finding::Level::warning}});
    const TableSource table = tableSource(a, edition(a), findings, TimesShown::absolute);
    CHECK(cellOf(table, 1, Column::checks).text == "\u25cf Something is wrong (+1)");
    CHECK(cellOf(table, 1, Column::checks).ink == picture::Ink::error);
    CHECK(cellOf(table, 2, Column::checks).text == "\u25cf Something is wrong");
    CHECK(cellOf(table, 3, Column::checks).text == "\u2713");
}

TEST_CASE("while a cell is typed into, it is said why the text would not be taken")
{
    const Album a = fourTracks();
    const Findings before = findingsOf(a, firstEdition(a));
    const TableSource source = tableSource(a, edition(a), before, TimesShown::absolute);
    const TypedWords half = whileTyped(source, 0, Column::isrc, "DESG");
    CHECK(half.refused);
    CHECK(half.words == sentence(Isrc::parse("DESG").error()));
    CHECK(whileTyped(source, 0, Column::isrc, "DESGE2600001").words.empty());
    CHECK(whileTyped(source, 0, Column::pause, "two").refused);
    CHECK(whileTyped(source, 1, Column::isrc, editText(source, 1, Column::isrc)).words.empty());
}

TEST_CASE("while a cell is typed into, it is said which rule the text would break that was kept before")
{
    const Album a = fourTracks();
    const Findings before = findingsOf(a, firstEdition(a));
    const TableSource source = tableSource(a, edition(a), before, TimesShown::absolute);
    const TypedWords twice = whileTyped(source, 2, Column::isrc, "DESGE2600007");
    CHECK_FALSE(twice.refused);
    CHECK(twice.words.find("ISRC") != std::string::npos);
    const TypedWords shortTrack = whileTyped(source, 1, Column::length, "1");
    CHECK(shortTrack.refused);
    CHECK(whileTyped(source, 2, Column::isrc, "DESGE2600008").words.empty());
}
