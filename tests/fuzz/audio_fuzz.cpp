/// \file
/// Audio files of any content: our own readers of headers answer, and PCM that is accepted can be read from
/// its first frame to its last. What libsndfile decodes ends at the header here; it has fuzzers of its own.
#include "audio/container.h"
#include "support/memory_file_ops.h"

#include <array>
#include <cstdlib>

using namespace segue;
using namespace segue::test;

namespace {

void check(bool right)
{
    if (!right) std::abort();
}

void readAll(MemoryFileOps& files, const Path& path, const std::string& container)
{
    const auto audio = openAudioFile(files, path, container);
    check(audio.has_value());
    const AudioFileInfo& info = (*audio)->info();
    check(info.length.value() > 0 && info.channels >= 1 && info.channels <= 2);
    check(info.rate.hertz() >= lowestRate && info.rate.hertz() <= highestRate);
    std::array<Frame, 700> frames{};
    for (const std::int64_t at : {std::int64_t{-3}, info.length.value() - 1, info.length.value() / 2})
        check((*audio)->read(SamplePos{at}, frames).has_value());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    MemoryFileOps files;
    const Path path{"a.wav"};
    const auto bytes = std::as_bytes(std::span{data, size});
    files.put(path, Bytes{bytes.begin(), bytes.end()});
    const auto file = files.openForReading(path);
    HeaderBytes header{**file, static_cast<std::int64_t>(size), path};
    const auto facts = examineContainer(header);
    if (!facts)
        check(!facts.error().what.empty() && facts.error().kind == ErrorKind::input);
    else if (facts->pcm)
        readAll(files, path, {});
    if (size > 0 && size % 4 == 0) readAll(files, path, size % 8 == 0 ? rawLittleEndian : rawBigEndian);
    return 0;
}
