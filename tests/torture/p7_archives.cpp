// Archives are not unpacked and not taken for anything else, by whatever command and whatever their name.

#include "support/run_segue.h"
#include "support/temp_folder.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

TEST_CASE("P7: zip, tar, gzip, 7z and rar are refused by every command that reads a file")
{
    const TempFolder folder;
    const std::string tail(1000, '\xaa');
    std::string tar(1536, '\0');
    tar.replace(0, 8, "ALBUM.CU").replace(257, 5, "ustar");
    const std::vector<std::pair<std::string, std::string>> archives{
        {"a.zip", std::string("PK\3\4\x14\0\0\0\x08\0", 10) + tail},
        {"a.tar", tar},
        {"a.tgz", "\x1f\x8b\x08" + tail},
        {"a.7z", std::string("7z\xbc\xaf\x27\x1c", 6) + tail},
        {"a.rar", "Rar!\x1a\x07" + tail},
        {"a.cue", std::string("PK\3\4\x14\0\0\0\x08\0", 10) + tail},
        {"a.segue", std::string("PK\3\4\x14\0\0\0\x08\0", 10) + tail},
        {"a.wav", std::string("PK\3\4\x14\0\0\0\x08\0", 10) + tail}};
    std::uint64_t tried = 0, wrong = 0;
    for (const auto& [name, bytes] : archives) {
        const std::string file = folder.write(name, bytes).string();
        const std::string made = (folder / "made.segue").string();
        for (const std::vector<std::string>& words : {std::vector<std::string>{"show", file},
                                                      {"check", file},
                                                      {"verify", file},
                                                      {"export", file, (folder / "OUT").string()},
                                                      {"import", file, made},
                                                      {"new", made, file},
                                                      {"add", file, file}}) {
            const Ran ran = runSegue(words);
            INFO(words[0], " ", file, ": ", ran.err);
            const bool refused = ran.exitCode == 2 && ran.err.starts_with("segue: ") &&
                                 !folder.has("made.segue") && !folder.has("OUT");
            CHECK(refused);
            ++tried;
            wrong += refused ? 0U : 1U;
        }
    }
    torture::figure("P7", "archives given to the commands", tried, wrong,
                    "bad: not refused with exit code 2");
}
