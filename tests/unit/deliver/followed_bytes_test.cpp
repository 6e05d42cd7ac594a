// The hash of a file's bytes, taken while somebody reads it in whatever order.

#include "deliver/followed_bytes.h"

#include "core/testing_file_ops.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <cerrno>

using namespace segue;

namespace {

std::string xxh(std::string_view bytes)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytesOf(bytes));
    return hasher->finish();
}

std::string bytesLike(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + i / 251);
    return bytes;
}

/// Reads `length` bytes at each place, and gives the hash then known.
std::string hashAfter(const Path& path, const std::vector<std::int64_t>& places, std::size_t length)
{
    const auto bytes = std::make_shared<FollowedBytes>();
    FollowingFileOps files{realFileOps(), bytes};
    const auto file = files.openForReading(path);
    REQUIRE(file.has_value());
    std::vector<std::byte> into(length);
    for (const std::int64_t at : places) REQUIRE((*file)->readSome(at, into).has_value());
    return bytes->finish(**realFileOps().openForReading(path));
}

} // namespace

TEST_CASE("a file read in order, with gaps, twice or behind its end has the hash of its bytes")
{
    const TempFolder folder;
    const std::string bytes = bytesLike(300'000);
    const Path path = folder.write("a", bytes);
    const std::vector<std::vector<std::int64_t>> orders{{},
                                                        {0},
                                                        {0, 100'000, 200'000},
                                                        {44, 100'044, 200'044},
                                                        {0, 50'000, 50'000, 0, 150'000, 290'000},
                                                        {299'999, 0},
                                                        {400'000}};
    for (const auto& order : orders) {
        CAPTURE(order.size());
        CHECK(hashAfter(path, order, 100'000) == xxh(bytes));
    }
    CHECK(hashOfFile(realFileOps(), path, {}) == xxh(bytes));
    CHECK(hashOfFile(realFileOps(), folder.write("empty", ""), {}) == xxh(""));
}

TEST_CASE("a file of which much was not read has no hash")
{
    const TempFolder folder;
    const Path path = folder.write("a", bytesLike(3 << 20));
    CHECK(hashAfter(path, {}, 1000).empty());
    CHECK(hashAfter(path, {0, 2 << 20}, 1000).empty());
    CHECK(hashAfter(path, {0, (1 << 20) + 500}, 1 << 20) == xxh(bytesLike(3 << 20)));
}

TEST_CASE("a file that cannot be read to its end has no hash")
{
    const TempFolder folder;
    const Path path = folder.write("a", bytesLike(1 << 20));
    FaultyFileOps faulty{realFileOps(), {.calls = {FileCall::read}, .failAt = 2, .error = EIO}};
    CHECK(hashOfFile(faulty, path, {}).empty());
    CHECK(hashOfFile(realFileOps(), folder / "missing", {}).empty());
}
