/// \file
/// How a function says that the outside world said no. A broken album rule is a Finding instead; a bug
/// of ours is an assertion.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace segue {

/// What kind of no it was; the command line's exit code follows from it.
enum class ErrorKind : std::uint8_t {
    input,     ///< wrong usage, or a file that cannot be understood: exit 2
    refused,   ///< a rule forbids it; the findings were reported: exit 1
    io,        ///< a disk, a permission, a full file system: exit 3
    cancelled, ///< the user said stop: exit 130
};

/// What went wrong, to which thing, where, and what would be right. Complete sentences, no trailing full
/// stop.
struct Error {
    std::string what;
    std::string where{}; ///< a file, a line, a track; may be empty
    ErrorKind kind = ErrorKind::input;
    int systemError = 0; ///< errno, where one caused it

    [[nodiscard]] friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

/// `return failure("The ISRC has 11 characters, 12 are needed", text);`
[[nodiscard]] inline std::unexpected<Error> failure(std::string what, std::string where = {},
                                                    ErrorKind kind = ErrorKind::input)
{
    return std::unexpected{Error{std::move(what), std::move(where), kind, 0}};
}
[[nodiscard]] inline std::unexpected<Error> failure(Error error) { return std::unexpected{std::move(error)}; }

/// "where: what", or just what.
[[nodiscard]] inline std::string sentence(const Error& error)
{
    return error.where.empty() ? error.what : error.where + ": " + error.what;
}

} // namespace segue
