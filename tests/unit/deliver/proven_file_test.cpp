// A large file that proves itself while it grows.

#include "core/testing_file_ops.h"
#include "deliver/proven_file.h"
#include "support/album_builder.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <thread>

using namespace segue;
using namespace segue::test;

namespace {

std::string contentOf(std::size_t size)
{
    Dice dice{size};
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(dice.next());
    return bytes;
}

/// Its blocks, of all sizes, one after another.
std::vector<std::pair<std::size_t, std::size_t>> blocksOf(std::size_t size, Dice& dice)
{
    std::vector<std::pair<std::size_t, std::size_t>> blocks;
    for (std::size_t at = 0; at < size;) {
        const auto length = std::min(size - at, static_cast<std::size_t>(dice.between(1, 5000)));
        blocks.emplace_back(at, length);
        at += length;
    }
    return blocks;
}

struct Proof {
    explicit Proof(FileOps& files, std::int64_t size, const ProvenFile::Options& options)
    {
        auto created = ProvenFile::create(
            files, std::move(*files.createNew(path)), path, size,
            [](std::int64_t offset) { return "byte " + std::to_string(offset); }, options);
        REQUIRE(created.has_value());
        file = std::move(*created);
    }
    [[nodiscard]] Status write(const std::string& content, std::pair<std::size_t, std::size_t> block) const
    {
        return file->write(static_cast<std::int64_t>(block.first),
                           bytesOf(std::string_view{content}.substr(block.first, block.second)));
    }

    TempFolder folder{};
    Path path = folder / "IMAGE.DAT";
    std::unique_ptr<ProvenFile> file{};
};

constexpr std::int64_t stretch = 8192;

} // namespace

TEST_CASE("blocks written in any order and of any size are proven, and summed up in order")
{
    for (const std::size_t size : {1U, 8192U, 8193U, 100'000U}) {
        const std::string content = contentOf(size);
        for (const bool background : {false, true}) {
            CAPTURE(size);
            CAPTURE(background);
            Dice dice{size};
            auto blocks = blocksOf(size, dice);
            for (std::size_t i = 1; i < blocks.size(); ++i)
                std::swap(blocks[i], blocks[static_cast<std::size_t>(dice.between(
                                         std::max<std::int64_t>(0, static_cast<std::int64_t>(i) - 4),
                                         static_cast<std::int64_t>(i)))]);
            const Proof proof{realFileOps(),
                              static_cast<std::int64_t>(size),
                              {.crc32 = true, .inBackground = background, .stretch = stretch}};
            for (const auto& block : blocks) REQUIRE(proof.write(content, block).has_value());
            const auto sums = proof.file->finish();
            REQUIRE(sums.has_value());
            CHECK(sums->size == static_cast<std::int64_t>(size));
            CHECK(sums->md5 == md5(bytesOf(content)));
            CHECK(sums->crc32 == crc32(bytesOf(content)));
            CHECK(proof.folder.read("IMAGE.DAT") == content);
        }
    }
}

TEST_CASE("two threads write one file")
{
    const std::string content = contentOf(200'000);
    Dice dice{1};
    const auto blocks = blocksOf(content.size(), dice);
    const Proof proof{realFileOps(), std::ssize(content), {.inBackground = true, .stretch = stretch}};
    const auto half = [&](std::size_t first) {
        for (std::size_t i = first; i < blocks.size(); i += 2)
            if (!proof.write(content, blocks[i])) std::terminate();
    };
    {
        const std::jthread other{half, 1};
        half(0);
    }
    const auto sums = proof.file->finish();
    REQUIRE(sums.has_value());
    CHECK(sums->md5 == md5(bytesOf(content)));
}

TEST_CASE("a file with a hole is not proven, and the hole is named")
{
    const std::string content = contentOf(3000);
    const Proof proof{realFileOps(), 3000, {.inBackground = false, .stretch = stretch}};
    REQUIRE(proof.write(content, {0, 1000}).has_value());
    REQUIRE(proof.write(content, {2000, 1000}).has_value());
    const auto sums = proof.file->finish();
    REQUIRE_FALSE(sums.has_value());
    CHECK(sums.error().what == "The image is incomplete at byte 1000");
    CHECK(sums.error().where == "IMAGE.DAT");
}

TEST_CASE("a disk that gives back other bytes is found out while the file grows and at its end")
{
    const std::string content = contentOf(100'000);
    for (const std::size_t damaged : {std::size_t{20'500}, std::size_t{99'999}}) {
        const Proof proof{realFileOps(), std::ssize(content), {.inBackground = false, .stretch = stretch}};
        Status written{};
        for (std::size_t at = 0; at < content.size() && written; at += 1000) {
            written = proof.write(content, {at, 1000});
            if (at / 1000 != damaged / 1000) continue;
            std::fstream disk{proof.path, std::ios::in | std::ios::out | std::ios::binary};
            disk.seekp(static_cast<std::streamoff>(damaged));
            disk.put(static_cast<char>(~content[damaged]));
        }
        CAPTURE(damaged);
        // The last stretches wait for the end.
        CHECK(written.has_value() == (damaged > 90'000));
        const auto sums = written ? proof.file->finish() : Result<ProvenSums>{failure(written.error())};
        REQUIRE_FALSE(sums.has_value());
        CHECK(sums.error().what == "What the disk gives back differs from what was rendered, from byte " +
                                       std::to_string(damaged / 1000 * 1000) + " on");
    }
}

TEST_CASE("what was added behind the end is found")
{
    const std::string content = contentOf(2000);
    const Proof proof{realFileOps(), 2000, {.inBackground = false, .stretch = stretch}};
    REQUIRE(proof.write(content, {0, 2000}).has_value());
    std::ofstream{proof.path, std::ios::app} << 'x';
    const auto sums = proof.file->finish();
    REQUIRE_FALSE(sums.has_value());
    CHECK(sums.error().what == "The image on the disk is longer than what was rendered");
}

TEST_CASE("a disk that fails while it writes back ends the work, in the background too")
{
    const std::string content = contentOf(100'000);
    for (const FileCall call : {FileCall::sync, FileCall::read, FileCall::write})
        for (const bool background : {false, true}) {
            FaultyFileOps files{realFileOps(), {.calls = {call}, .failAt = 0, .error = 5}};
            const Proof proof{files, std::ssize(content), {.inBackground = background, .stretch = stretch}};
            Status written{};
            for (std::size_t at = 0; at < content.size() && written; at += 1000)
                written = proof.write(content, {at, 1000});
            const auto sums = written ? proof.file->finish() : Result<ProvenSums>{failure(written.error())};
            CAPTURE(background);
            REQUIRE_FALSE(sums.has_value());
            CHECK(sums.error().kind == ErrorKind::io);
            CHECK(sums.error().where.find("IMAGE.DAT") != std::string::npos);
        }
}

TEST_CASE("a file that is given up leaves no thread behind")
{
    const std::string content = contentOf(50'000);
    const Proof proof{realFileOps(), std::ssize(content), {.inBackground = true, .stretch = stretch}};
    for (std::size_t at = 0; at < 40'000; at += 1000) REQUIRE(proof.write(content, {at, 1000}).has_value());
}
