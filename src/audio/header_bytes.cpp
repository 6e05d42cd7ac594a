#include "audio/header_bytes.h"

#include "core/text.h"
#include "core/time_text.h"

#include <algorithm>

namespace segue {

Result<std::string> HeaderBytes::at(std::int64_t place, std::size_t count)
{
    std::string bytes(count, '\0');
    const auto got = readFully(file_, place, std::as_writable_bytes(std::span{bytes.data(), bytes.size()}));
    if (!got) {
        Error error = fileError("The audio file's header could not be read", path_, got.error());
        error.kind = ErrorKind::io; // the file was opened: whatever it is, it is not the user's input
        return failure(std::move(error));
    }
    bytes.resize(*got);
    return bytes;
}

std::unexpected<Error> HeaderBytes::refuse(std::string what) const
{
    return failure(std::move(what), nameInMessages(path_));
}

std::uint64_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
    return value;
}

std::uint64_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
    return value;
}

std::string clockText(std::int64_t frames, int rate)
{
    // Flicks hold some 400 years; a header can claim more.
    constexpr std::int64_t mostSeconds = 10'000'000'000;
    return clockTime(nearestDuration(SampleCount{std::min(frames, mostSeconds * rate)}, SampleRate{rate}));
}

std::string nameInMessages(const Path& path) { return escapedForDisplay(path.native()); }

} // namespace segue
