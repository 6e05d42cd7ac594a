// No byte depends on the locale: what eight settings of it write is compared with what C writes.

#include "deliver/cue_toc.h"
#include "deliver/wav_image.h"
#include "project/cue_sheet.h"
#include "project/project_file.h"
#include "support/run_program.h"
#include "support/small_delivery.h"
#include "support/test_paths.h"
#include "torture/tier.h"
#include "unit/project/ugly_albums.h"

#include <doctest/doctest.h>

#include <array>
#include <clocale>
#include <cstdlib>
#include <locale>
#include <string>

using namespace segue;
using namespace segue::test;

namespace {

/// The process's locale in C and in C++ while it lives.
class Setting {
public:
    Setting(int category, const char* name)
    {
        there_ = std::setlocale(category, name) != nullptr;
        if (!there_) return;
        const auto which = category == LC_NUMERIC ? std::locale::numeric : std::locale::all;
        // Last, for it sets C's locale, too, where the new one has a name.
        std::locale::global(std::locale{std::locale::classic(), name, which});
    }
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;
    ~Setting()
    {
        std::locale::global(std::locale::classic());
        std::setlocale(LC_ALL, "C");
    }
    [[nodiscard]] bool there() const { return there_; }

private:
    bool there_ = false;
};

using Contents = std::map<std::string, std::string>;

/// Everything Segue writes: project, DDP with its lists, sheets and reports, cue, TOC, WAV.
Contents everythingWritten()
{
    SmallDelivery small;
    small.options.checksumTxt = true;
    small.options.imageCue = true;
    small.album =
        get(edit::setHandGain(std::move(small.album), track(small.album, 2), Decibels{-1'234.5 / 1'000}));
    const Path project = small.folder / "a.segue";
    REQUIRE(saveProject(realFileOps(), project, {.album = small.album}).has_value());
    const auto read = loadProject(realFileOps(), project);
    REQUIRE(read.has_value());
    small.album = read->album;
    REQUIRE(get(small.exportTo(realFileOps(), small.out())).written);
    for (const auto& [name, sheet] : {std::pair{"burn.cue", ImageSheet::cue}, {"disc.toc", ImageSheet::toc}})
        REQUIRE(get(exportImage(realFileOps(), small.album, firstEdition(small.album), small.folder / name,
                                sheet, small.options))
                    .written);
    Contents all = small.everything();
    std::erase_if(all, [](const auto& file) { return file.first.starts_with("audio/"); });
    const Path folder{"/music/album"};
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Album album = uglyAlbum(seed);
        const std::string xml = get(formatProject(album, folder));
        REQUIRE(get(parseProject(xml, folder, "a.segue")).album == album);
        all[fmt::format("ugly {}", seed)] = xml;
    }
    return all;
}

/// The folder of tests/make_locales.sh, made on first use.
void haveLocales()
{
    if (std::getenv("LOCPATH") != nullptr) return;
    const std::string folder = testLocales();
    if (runProgram({"bash", testScript("make_locales.sh"), folder})) setenv("LOCPATH", folder.c_str(), 1);
}

} // namespace

TEST_CASE("L1: project, DDP, sheets and reports are the same bytes in eight settings of the locale")
{
    struct Named {
        const char* name;
        int category = LC_ALL;
        bool exists = true;
    };
    constexpr std::array<Named, 9> settings{{{"de_DE.UTF-8"},
                                             {"fr_FR.UTF-8"},
                                             {"tr_TR.UTF-8"},
                                             {"ar_EG.UTF-8"},
                                             {"ja_JP.UTF-8"},
                                             {"C"},
                                             {"POSIX"},
                                             {"xx_YY.broken", LC_ALL, false},
                                             {"de_DE.UTF-8", LC_NUMERIC}}};
    haveLocales();
    const Contents meant = everythingWritten();
    REQUIRE(meant.size() >= 30);
    std::uint64_t compared = 0, different = 0, missing = 0;
    for (const Named& named : settings) {
        const std::string name = named.name;
        CAPTURE(name);
        const Setting setting{named.category, named.name};
        if (setting.there() != named.exists) {
            MESSAGE("not run: the locale " << name << " could not be made");
            ++missing;
            continue;
        }
        const Contents made = everythingWritten();
        CHECK(made.size() == meant.size());
        for (const auto& [file, bytes] : meant) {
            ++compared;
            const auto found = made.find(file);
            const bool same = found != made.end() && found->second == bytes;
            CHECK_MESSAGE(same, file);
            if (!same) ++different;
        }
    }
    torture::figure(
        "L1", "files written in 9 settings of the locale, compared with those in C", compared, different,
        missing == 0 ? "de_DE, fr_FR, tr_TR, ar_EG, ja_JP, C, POSIX, one that is none, LC_NUMERIC alone"
                     : fmt::format("not run: {} locales could not be made", missing));
}
