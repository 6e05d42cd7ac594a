// Sources of which one byte cannot be read: the export stops and names the file and the place. On a file
// system that really fails: S2_read_errors.sh.

#include "core/time_text.h"
#include "torture/three_formats.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <atomic>
#include <cerrno>
#include <cmath>

using namespace segue;
using namespace segue::test;

namespace {

/// The seconds in "... at 0:03.250: ...", -1 when no place is named.
double placeIn(const std::string& message)
{
    const auto at = message.find(" at ");
    if (at == std::string::npos) return -1;
    const auto end = message.find_first_not_of("0123456789:.", at + 4);
    std::string text = message.substr(at + 4, end - at - 4);
    while (!text.empty() && (text.back() == ':' || text.back() == '.')) text.pop_back();
    const auto time = parseTime(text);
    return time ? static_cast<double>(time->value()) / static_cast<double>(flicksPerSecond) : -1;
}

} // namespace

TEST_CASE("S2: a byte of a source that cannot be read stops the export with the file's name and the place")
{
    const ThreeFormats album;
    const SmallDelivery& small = album.small;
    // Fewer would all be headers.
    const int count = std::max(20, scaled(torture::perTier(20, 200, 2'000)));
    std::uint64_t tried = 0, bad = 0, placed = 0;
    Dice dice{20'260'211};
    for (std::size_t index = 0; index < ThreeFormats::names.size(); ++index)
        for (int i = 0; i < count; ++i) {
            const auto size = static_cast<std::int64_t>(album.original.at(index).size());
            // The header's bytes, the last ones, and any.
            const std::int64_t byte = i < 4 ? i * 9 : i == 4 ? size - 1 : dice.between(0, size - 1);
            // From the beginning, or only once the sources were checked and the image is begun.
            const bool late = i % 2 == 1;
            CAPTURE(ThreeFormats::names.at(index));
            CAPTURE(byte);
            CAPTURE(late);
            std::atomic<bool> failing = !late;
            FaultyFileOps faulty{realFileOps(),
                                 {.pretendSync = true,
                                  .badByte =
                                      [&](const Path& path) {
                                          return failing && path == album.source(index) ? byte
                                                                                        : std::int64_t{-1};
                                      },
                                  .before =
                                      [&](std::int64_t, FileCall call, const Path& path) {
                                          if (call == FileCall::open && path.filename() == "IMAGE.DAT")
                                              failing = true;
                                      }}};
            const auto outcome = small.exportTo(faulty, small.out());
            ++tried;
            bool right = !outcome && !std::filesystem::exists(small.out()) && small.partials().empty();
            if (faulty.failedPaths().empty()) {
                // Nobody asked for the byte: padding, or a header that was read before.
                right = outcome && outcome->written && small.everything("OUT") == album.whole;
                album.removeDelivered();
            } else if (!outcome) {
                const std::string said = sentence(outcome.error());
                INFO(said);
                right = right && outcome.error().kind == ErrorKind::io &&
                        said.find(ThreeFormats::names.at(index)) != std::string::npos &&
                        said.find(systemWords(EIO)) != std::string::npos;
                const double meant = static_cast<double>(byte) / static_cast<double>(size) *
                                     static_cast<double>(ThreeFormats::frames) / 44'100;
                const double place = placeIn(said);
                if (place >= 0) {
                    ++placed;
                    // The block in which the byte lies: half a second, and what a decoder reads ahead.
                    right = right && std::abs(place - meant) < 1.0;
                } else {
                    right = right && said.find("header") != std::string::npos;
                }
                CHECK(right);
            }
            CHECK(right);
            if (!right) ++bad;
        }
    CHECK(placed > tried / 2);
    torture::figure(
        "S2", "sources of which one byte cannot be read (WAV, FLAC, AIFF)", tried, bad,
        fmt::format("{} named with their place, the others are headers or were not needed", placed));
}
