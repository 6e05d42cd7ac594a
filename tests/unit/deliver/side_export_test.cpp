// Side files on the disk: the samples of the masters, marks that others read, nothing half-written.

#include "deliver/side_export.h"

#include "core/testing_file_ops.h"
#include "deliver/side_wav.h"
#include "support/cue_marks.h"
#include "support/run_program.h"
#include "support/small_delivery.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace segue;
using namespace segue::test;

namespace {

/// A sine of 24 bits, `right` times as large on the right.
std::string toneWav(int rate, double hertz, double dbfs, double right, double seconds, int bits = 24)
{
    std::string samples;
    const double scale = std::pow(2, bits - 1) * std::pow(10, dbfs / 20);
    for (int i = 0; i < std::lround(seconds * rate); ++i) {
        const double v = scale * std::sin(2 * std::numbers::pi * hertz * i / rate);
        for (const double s : {v, v * right})
            samples += le(static_cast<std::uint64_t>(std::llround(s)), static_cast<std::size_t>(bits / 8));
    }
    return wav(samples, {.rate = rate, .bits = bits});
}

/// Four masters on two sides.
struct SmallRecord {
    SmallRecord(int rate = 44'100, double right = 0.9, double seconds = 3)
    {
        auto [made, id] = get(edit::addEdition({}, "LP", VinylSettings{}));
        Album all = std::move(made);
        for (std::size_t i = 0; i < 4; ++i) {
            const std::string name = fmt::format("audio/{}.wav", i + 1);
            masters.push_back(toneWav(rate, 200 + 100 * static_cast<double>(i), -14, right, seconds));
            AddedSource added =
                get(addSourceFile(realFileOps(), std::move(all), folder.write(name, masters.back()), {}, {}));
            Texts texts;
            texts.title = fmt::format("Song {}", i + 1);
            auto [with, track] = get(edit::addTrack(std::move(added.album), added.source, texts));
            all = get(edit::insertEntry(std::move(with), id, track, i,
                                        {.gap = i == 0 ? Duration{} : milliseconds(1500), .crossfade = {}}));
        }
        all.editions[0].entries[2].breakBefore = Break::side;
        all.info.catalog = "SEG001";
        all.info.texts.title = "Small";
        album = std::move(all);
        options.work = {.threads = 1, .blockFrames = 16'384, .progress = {}};
        options.wish.albumLevel = true;
        options.albumName = "Small.segue";
    }
    [[nodiscard]] SideExportOutcome deliver(FileOps& files = realFileOps()) const
    {
        return get(exportSides(files, album, firstEdition(album), folder / "OUT", options));
    }
    [[nodiscard]] std::string side(const std::string& name) const { return folder.read("OUT/" + name); }
    /// The samples of a master without its header.
    [[nodiscard]] std::string samplesOf(std::size_t master) const { return masters[master].substr(44); }
    [[nodiscard]] std::vector<std::string> left() const
    {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
            if (entry.path().filename() != "audio") names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }

    TempFolder folder{};
    std::vector<std::string> masters{};
    Album album{};
    SideExportOptions options{};
};

bool has(const Findings& findings, std::string_view rule)
{
    return std::ranges::find(findings, rule, &Finding::rule) != findings.end();
}

constexpr const char* sideA = "SEG001_A_44100Hz_24bit.wav";
constexpr const char* sideB = "SEG001_B_44100Hz_24bit.wav";

} // namespace

TEST_CASE(
    "masters of 24 bits arrive in the side files bit for bit, silence around them, marks at their starts")
{
    const SmallRecord small;
    const SideExportOutcome out = small.deliver();
    REQUIRE(out.written);
    CHECK(small.left() == std::vector<std::string>{"OUT", "OUT.report.json", "OUT.report.txt"});
    const std::string bytes = small.side(sideA);
    const std::string silence1(44'100 * 6, '\0'), gap(66'150 * 6, '\0'), silence2(88'200 * 6, '\0');
    CHECK(bytes.substr(44, silence1.size()) == silence1);
    const std::string audio = silence1 + small.samplesOf(0) + gap + small.samplesOf(1) + silence2;
    CHECK(bytes.substr(44, audio.size()) == audio);
    CHECK(marksByLibrary(bytes) ==
          std::vector<SideMark>{{SamplePos{44'100}, "A1 Song 1"},
                                {SamplePos{44'100 + 132'300 + 66'150}, "A2 Song 2"}});
    const std::vector<double> heard = decodedByLibrary(small.side(sideB));
    REQUIRE(heard.size() == 2 * (44'100 + 132'300 + 66'150 + 132'300 + 88'200));
    CHECK(heard == decodedByLibrary(wav(silence1 + small.samplesOf(2) + gap + small.samplesOf(3) + silence2,
                                        {.bits = 24})));
    if (const auto sox = runProgram({"soxi", "-s", (small.folder / ("OUT/" + std::string{sideA})).string()}))
        CHECK(sox->out == fmt::format("{}\n", 44'100 + 132'300 + 66'150 + 132'300 + 88'200));
}

TEST_CASE("the files are what was planned to be cut, silence included, and the report says what predicted it")
{
    const SmallRecord small;
    const SideExportOutcome out = small.deliver();
    REQUIRE(out.written);
    for (std::size_t i = 0; i < out.sides.size(); ++i) {
        const PlannedSide& file = out.sides[i].plan;
        const vinyl::Groove& groove = out.plan.sides[i].groove;
        CHECK(groove.end - groove.begin ==
              doctest::Approx(static_cast<double>(file.length.value()) / file.rate.hertz()).epsilon(1e-6));
    }
    CHECK(small.folder.read("OUT.report.txt").find("lathe standard, reference -14 dBFS (assumed)") !=
          std::string::npos);
    CHECK(small.folder.read("OUT.report.json").find("\"reference_dbfs\": -14") != std::string::npos);
}

TEST_CASE("the checksum file is one that md5sum checks, and lists everything but itself")
{
    const SmallRecord small;
    REQUIRE(small.deliver().written);
    const std::string sums = small.folder.read("OUT/CHECKSUM.MD5");
    for (const char* name : {sideA, sideB, "CUT-SHEET.pdf", "CUT-SHEET.txt"})
        CHECK(sums.find(md5(bytesOf(small.side(name))) + " *" + name) != std::string::npos);
}

TEST_CASE("threads, blocks and another run change no byte of the set or its report")
{
    const auto everything = [](const SmallRecord& small) {
        std::map<std::string, std::string> all;
        for (const char* name : {sideA, sideB, "CHECKSUM.MD5", "CUT-SHEET.txt", "CUT-SHEET.pdf"})
            all[name] = small.side(name);
        all["report"] = small.folder.read("OUT.report.json");
        return all;
    };
    SmallRecord small;
    small.options.gain = Decibels{-1}; // all is dithered
    REQUIRE(small.deliver().written);
    const auto expected = everything(small);
    small.options.replace = true;
    for (const int threads : {2, 3})
        for (const int block : {777, 65'536}) {
            small.options.work = {.threads = threads, .blockFrames = block, .progress = {}};
            REQUIRE(small.deliver().written);
            CHECK(everything(small) == expected);
        }
}

TEST_CASE("one gain acts on all sides alike, and the finding about peaks names the gain that helps")
{
    SmallRecord small{44'100, 1};
    small.options.gain = Decibels{13};
    const SideExportOutcome loud = small.deliver();
    REQUIRE(loud.written);
    REQUIRE(has(loud.findings, "SIDES.PEAK"));
    const auto peak = std::ranges::find(loud.findings, "SIDES.PEAK", &Finding::rule);
    CHECK(peak->level == Finding::Level::warning);
    // 2 dB too much; the true peak of a tone is known to some hundredths.
    CHECK((peak->fix.find("a gain of 11.0 dB") != std::string::npos ||
           peak->fix.find("a gain of 10.9 dB") != std::string::npos));
    REQUIRE(loud.sides[1].truePeak.has_value());
    CHECK(*loud.sides[1].truePeak == doctest::Approx(-1).epsilon(0.02));
    small.options.gain = Decibels{};
    small.options.replace = true;
    CHECK_FALSE(has(small.deliver().findings, "SIDES.PEAK"));
}

TEST_CASE("a side of a few seconds is remarked on and delivered, one of a minute is not remarked on")
{
    SmallRecord small;
    const SideExportOutcome few = small.deliver();
    CHECK(few.written);
    const auto remark = std::ranges::find(few.findings, "SIDES.SHORT", &Finding::rule);
    REQUIRE(remark != few.findings.end());
    CHECK(remark->message == "Side A plays for 8 seconds only");
    SmallRecord minute{44'100, 0.9, 30};
    CHECK_FALSE(has(minute.deliver().findings, "SIDES.SHORT"));
}

TEST_CASE("a level beyond full scale stops the export and leaves nothing")
{
    SmallRecord small;
    small.options.gain = Decibels{16};
    const SideExportOutcome out = small.deliver();
    CHECK_FALSE(out.written);
    CHECK(has(out.findings, "AUDIO.OVER"));
    CHECK(small.left().empty());
}

TEST_CASE("a side that ends in a gapless pair without fades is an error, and none with fades or leave")
{
    SmallRecord small;
    Album all = small.album;
    all = get(edit::setGap(std::move(all), edition(all), track(all, 3), Duration{}));
    small.album = all;
    const SideExportOutcome refused = small.deliver();
    // Two masters without a pause: a warning. One recording that runs on: an error.
    CHECK(has(refused.findings, "ALBUM.BREAK_IN_OVERLAP"));

    const SmallRecord other;
    Album cut = other.album;
    const SourceId one = cut.sources[1].id;
    cut.tracks[1].clips[0].length = SampleCount{60'000};
    cut.tracks[2].clips[0].source = one;
    cut.tracks[2].clips[0].in = SampleCount{60'000};
    cut.tracks[2].clips[0].length = SampleCount{60'000};
    cut.editions[0].entries[2].joint.gap = Duration{};
    SmallRecord live;
    live.album = cut;
    const SideExportOutcome out = live.deliver();
    CHECK_FALSE(out.written);
    CHECK(has(out.findings, "ALBUM.BREAK_IN_MUSIC"));
    CHECK(live.left().empty());
    live.options.allow = {"ALBUM.BREAK_IN_MUSIC"};
    CHECK(live.deliver().written);
}

TEST_CASE("an elliptical equaliser acts only when it is asked for, and everything says so")
{
    SmallRecord small{44'100, -1}; // antiphase tones of 200 to 500 Hz
    small.options.elliptical = vinyl::Elliptical{2, 500};
    const SideExportOutcome out = small.deliver();
    REQUIRE(out.written);
    const std::vector<double> heard = decodedByLibrary(small.side(sideB));
    double peak = 0; // of the last tone, at the corner: 3 dB down
    for (std::size_t i = 2 * (44'100 + 132'300 + 66'150 + 44'100);
         i < 2 * (44'100 + 132'300 + 66'150 + 88'200); ++i)
        peak = std::max(peak, std::abs(heard[i]));
    CHECK(20 * std::log10(peak) == doctest::Approx(-17.01).epsilon(0.002));
    CHECK(small.side("CUT-SHEET.txt").find("APPLIED on all sides: order 2, 500 Hz") != std::string::npos);
    const auto report = nlohmann::json::parse(small.folder.read("OUT.report.json"));
    CHECK(report["settings"]["elliptical"]["hz"] == 500);
    CHECK(report["sides"][0]["tracks"][0]["rendering"][1]["why"] == "an equaliser");
    // The lead-in is digital silence, and so is the end of the tail.
    CHECK(std::all_of(heard.begin(), heard.begin() + 2 * 44'100, [](double v) { return v == 0; }));
    CHECK(std::all_of(heard.end() - 2 * 44'100, heard.end(), [](double v) { return v == 0; }));
}

TEST_CASE("sources of another rate are converted to the common one, which is said by file")
{
    SmallRecord small{48'000};
    const Path path = small.folder.write("audio/5.wav", toneWav(44'100, 300, -20, 1, 2));
    AddedSource added = get(addSourceFile(realFileOps(), std::move(small.album), path, {}, {}));
    auto [all, id] = get(edit::addTrack(std::move(added.album), added.source, Texts{.title = "Odd"}));
    const EditionId lp = edition(all);
    small.album = get(edit::insertEntry(std::move(all), lp, id, 4, {.gap = seconds(2), .crossfade = {}}));
    const SideExportOutcome out = small.deliver();
    REQUIRE(out.written);
    CHECK(out.sides[0].plan.rate == SampleRate{48'000});
    CHECK(std::ranges::count(out.findings, "AUDIO.CONVERTED", &Finding::rule) == 1);
    CHECK(out.sides[1].outcome.resampler != "");
    CHECK(out.sides[0].outcome.resampler == "");
    CHECK(small.folder.has("OUT/SEG001_A_48000Hz_24bit.wav"));
}

TEST_CASE("float masters are copied when they hold 24 bits, and dithered when they hold more")
{
    for (const bool exact : {true, false}) {
        SmallRecord small;
        std::string samples;
        for (int i = 0; i < 132'300; ++i) {
            const float v = static_cast<float>(i % 1000) / (exact ? 8'388'608.0F : 3'000'000.0F);
            samples += le(std::bit_cast<std::uint32_t>(v), 4) + le(std::bit_cast<std::uint32_t>(v), 4);
        }
        const Path path = small.folder.write("audio/f.wav", wav(samples, {.tag = 3, .bits = 32}));
        AddedSource added = get(addSourceFile(realFileOps(), std::move(small.album), path, {}, {}));
        auto [all, id] = get(edit::addTrack(std::move(added.album), added.source, Texts{.title = "Float"}));
        const EditionId lp = edition(all);
        small.album = get(edit::insertEntry(std::move(all), lp, id, 4, {.gap = seconds(2), .crossfade = {}}));
        const SideExportOutcome out = small.deliver();
        REQUIRE(out.written);
        const auto& spans = out.sides[1].rendering.spans;
        const bool dithered = std::ranges::any_of(
            spans, [](const RenderSpan& s) { return s.kind == RenderSpan::Kind::dithered; });
        CHECK(dithered != exact);
    }
}

TEST_CASE("a set is replaced only as its report describes it")
{
    SmallRecord small;
    REQUIRE(small.deliver().written);
    const auto again = [&] {
        return exportSides(realFileOps(), small.album, firstEdition(small.album), small.folder / "OUT",
                           small.options);
    };
    CHECK_FALSE(again().has_value());
    small.options.replace = true;
    CHECK(again().has_value());
    static_cast<void>(small.folder.write("OUT/notes.txt", "mine"));
    CHECK(refusal(again()).find("not part of the set") != std::string::npos);
    CHECK(small.folder.read("OUT/notes.txt") == "mine");
}

TEST_CASE("whichever file call fails, there is a whole set or none")
{
    const SmallRecord small{44'100, 0.9, 0.25};
    FaultyFileOps counting{realFileOps(), {.pretendSync = true}};
    REQUIRE(small.deliver(counting).written);
    const std::int64_t calls = counting.counted();
    REQUIRE(calls > 50);
    // Some thirty of them, all over the export.
    for (std::int64_t at = 0; at < calls; at += 1 + calls / 30) {
        for (const std::string& name : small.left()) std::filesystem::remove_all(small.folder / name);
        FaultyFileOps faulty{realFileOps(), {.failAt = at, .pretendSync = true}};
        const auto out =
            exportSides(faulty, small.album, firstEdition(small.album), small.folder / "OUT", small.options);
        const bool whole = small.folder.has("OUT");
        if (out && out->written) CHECK(whole);
        if (whole)
            for (const char* name : {sideA, sideB, "CHECKSUM.MD5", "CUT-SHEET.txt", "CUT-SHEET.pdf"})
                CHECK(small.folder.has("OUT/" + std::string{name}));
    }
}
