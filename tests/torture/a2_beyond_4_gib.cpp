// Files of more than 4 GiB: the length to the sample, and every position behind the 32nd bit. The files are
// sparse, so that they need no room; from the nightly tier on each is also read whole.

#include "app/add_files.h"
#include "support/album_builder.h"
#include "support/odd_sounds.h"
#include "support/temp_folder.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::uint64_t bytes = std::uint64_t{5} << 30U;
constexpr std::int64_t frames = static_cast<std::int64_t>(bytes / 4);

struct Huge {
    std::string name;
    std::string head; ///< up to the first sample
    bool bigEndian = false;
};

std::vector<Huge> hugeFiles()
{
    const auto wide = [](const std::string& id) { return rf64("", bytes, id); };
    const std::string wrapped =
        "RIFF" + le((bytes + 36) & 0xFFFFFFFF, 4) + "WAVE" + fmtChunk() + "data" + le(bytes & 0xFFFFFFFF, 4);
    const std::string open = "RIFF" + le(0xFFFFFFFF, 4) + "WAVE" + fmtChunk() + "data" + le(0xFFFFFFFF, 4);
    const auto cafOf = [](std::int64_t length) { return caf("", {.flags = 2}, length); };
    return {{"RF64", wide("RF64")},
            {"BW64", wide("BW64")},
            {"W64",
             w64(w64Chunk("fmt ", fmtBody()) + w64Chunk("data", "", static_cast<std::int64_t>(bytes + 24)))},
            {"RIFF whose length lost its upper half", wrapped},
            {"RIFF to the end of the file", open},
            {"CAF", cafOf(static_cast<std::int64_t>(bytes + 4))},
            {"CAF to the end of the file", cafOf(-1)}};
}

/// Frames behind 2^31 and 2^32 bytes, and the last ones.
std::vector<std::int64_t> places()
{
    return {0, (std::int64_t{1} << 31) / 4 - 3, (std::int64_t{1} << 32) / 4 - 3,
            (std::int64_t{1} << 32) / 4 + 1001, frames - 8};
}

} // namespace

TEST_CASE("A2: files beyond 4 GiB have their exact length, and every position is the right one")
{
    std::uint64_t tried = 0, wrong = 0;
    for (const Huge& huge : hugeFiles()) {
        INFO(huge.name);
        const TempFolder folder;
        const Path path = folder.write("huge.wav", huge.head);
        std::filesystem::resize_file(path, huge.head.size() + bytes);
        {
            std::fstream stream{path, std::ios::binary | std::ios::in | std::ios::out};
            int mark = 1;
            for (const std::int64_t place : places()) {
                stream.seekp(static_cast<std::streamoff>(huge.head.size()) + place * 4);
                const std::string frame = le(static_cast<std::uint64_t>(1000 * mark++), 2) + le(77, 2);
                stream.write(frame.data(), 4);
            }
        }
        bool kept = true;
        const auto file = openAudioFile(realFileOps(), path);
        REQUIRE_MESSAGE(file.has_value(), (file ? "" : sentence(file.error())));
        kept = kept && (*file)->length() == SampleCount{frames};
        int mark = 1;
        for (const std::int64_t place : places()) {
            std::vector<Frame> around(3);
            REQUIRE((*file)->read(SamplePos{place - 1}, around).has_value());
            kept = kept && around[0] == Frame{} &&
                   around[1] == Frame{1000 * mark++ / 32'768.0, 77 / 32'768.0} && around[2] == Frame{};
        }
        if (torture::perTier(false, true, true)) {
            const auto measured = measureSource(**file);
            REQUIRE(measured.has_value());
            kept = kept && measured->peak == 5000 / 32'768.0 && measured->fingerprint.sixteenBitExact;
        }
        CHECK(kept);
        ++tried;
        wrong += kept ? 0U : 1U;
    }
    torture::figure("A2", "files of 5 GiB: RF64, BW64, W64, RIFF with a wrapped or open length, CAF", tried,
                    wrong,
                    torture::perTier("opened and read at five places", "also read whole", "also read whole"));
}
