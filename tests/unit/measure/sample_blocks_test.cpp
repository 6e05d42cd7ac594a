// Single samples come without ever making the caller wait.

#include "measure/sample_blocks.h"

#include "support/watched_sources.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::test;

namespace {

constexpr std::int64_t blockFrames = SampleBlocks::blockFrames;

struct Blocks : WatchedSources {
    SampleBlocks blocks{opener(), listener.changed()};

    /// What samples() gives once all of it is there.
    SampleView wait(SourceId id, std::int64_t begin, std::int64_t count)
    {
        SampleView view;
        listener.waitFor([&] {
            view = blocks.samples(id, SamplePos{begin}, SampleCount{count});
            return view.complete;
        });
        return view;
    }
    /// Whether exactly the frames from `begin` to `end` are there, as they are in the file.
    static bool isRange(const SampleView& view, std::int64_t begin, std::int64_t end, std::uint32_t id)
    {
        std::int64_t at = begin;
        for (const SamplePiece& piece : view.pieces) {
            if (piece.begin != SamplePos{at}) return false;
            for (const Frame& f : piece.frames)
                if (f != frameAt(at++, id)) return false;
        }
        return at == end;
    }
};

} // namespace

TEST_CASE("samples come in the background, and are there at once the next time")
{
    Blocks t;
    const std::int64_t length = 2 * blockFrames + 1000;
    const Source source = t.make(1, length);
    t.blocks.put(source);
    const SampleView first = t.blocks.samples(source.id, SamplePos{10}, SampleCount{100});
    CHECK_FALSE(first.complete);
    CHECK(Blocks::isRange(t.wait(source.id, 10, 100), 10, 110, 1));
    CHECK(t.blocks.samples(source.id, SamplePos{500}, SampleCount{20}).complete);
    for (const auto& [begin, count] :
         std::vector<std::pair<std::int64_t, std::int64_t>>{{0, length},
                                                            {blockFrames - 1, 2},
                                                            {blockFrames - 1, blockFrames + 2},
                                                            {length - 1, 1},
                                                            {2 * blockFrames, 1000}}) {
        CAPTURE(begin);
        CHECK(Blocks::isRange(t.wait(source.id, begin, count), begin, begin + count, 1));
    }
}

TEST_CASE("frames outside a source are not missed")
{
    Blocks t;
    const Source source = t.make(1, 1000);
    t.blocks.put(source);
    CHECK(Blocks::isRange(t.wait(source.id, -50, 100), 0, 50, 1));
    CHECK(Blocks::isRange(t.wait(source.id, 990, 100), 990, 1000, 1));
    CHECK(Blocks::isRange(t.wait(source.id, -50, INT64_MAX), 0, 1000, 1));
    for (const auto& [begin, count] : std::vector<std::pair<std::int64_t, std::int64_t>>{
             {-100, 50}, {1000, 5}, {INT64_MIN, 7}, {INT64_MAX, INT64_MAX}, {500, -3}, {500, 0}}) {
        const SampleView view = t.blocks.samples(source.id, SamplePos{begin}, SampleCount{count});
        CHECK(view.complete);
        CHECK(view.pieces.empty());
    }
    CHECK(t.blocks.samples(SourceId{77}, SamplePos{0}, SampleCount{5}).pieces.empty());
}

TEST_CASE("what is in memory is shown while the rest waits for the disk")
{
    Blocks t;
    const Source source = t.make(1, 3 * blockFrames);
    t.blocks.put(source);
    static_cast<void>(t.wait(source.id, blockFrames, 10));
    t.gate.hold(source.path);
    const SampleView view = t.blocks.samples(source.id, SamplePos{0}, SampleCount{3 * blockFrames});
    CHECK_FALSE(view.complete);
    CHECK(Blocks::isRange(view, blockFrames, 2 * blockFrames, 1));
    t.gate.waitUntilReached(source.path);
    CHECK(Blocks::isRange(t.blocks.samples(source.id, SamplePos{0}, SampleCount{3 * blockFrames}),
                          blockFrames, 2 * blockFrames, 1));
    t.gate.release(source.path);
    CHECK(Blocks::isRange(t.wait(source.id, 0, 3 * blockFrames), 0, 3 * blockFrames, 1));
}

TEST_CASE("memory for samples is bounded, and what was used longest ago goes")
{
    Blocks t;
    constexpr auto most = static_cast<std::int64_t>(SampleBlocks::mostBlocks);
    const Source source = t.make(1, (most + 1) * blockFrames);
    t.blocks.put(source);
    for (std::int64_t i = 0; i < most; ++i) static_cast<void>(t.wait(source.id, i * blockFrames, 1));
    const auto isThere = [&](std::int64_t i) {
        return t.blocks.samples(source.id, SamplePos{i * blockFrames}, SampleCount{1}).complete;
    };
    CHECK(isThere(0)); // now the one used last
    static_cast<void>(t.wait(source.id, most * blockFrames, 1));
    CHECK(isThere(0));
    CHECK(isThere(most));
    CHECK_FALSE(isThere(1));
}

TEST_CASE("of a very long range only the first blocks are read")
{
    Blocks t;
    constexpr auto most = static_cast<std::int64_t>(SampleBlocks::mostBlocksAsked);
    const Source source = t.make(1, (most + 2) * blockFrames);
    t.blocks.put(source);
    SampleView view;
    t.listener.waitFor([&] {
        view = t.blocks.samples(source.id, SamplePos{}, source.length);
        return std::ssize(view.pieces) == most;
    });
    CHECK_FALSE(view.complete);
    CHECK(Blocks::isRange(view, 0, most * blockFrames, 1));
}

TEST_CASE("an error is kept and asked for once; a source put anew is read again")
{
    Blocks t;
    const Source source = t.make(1, 5000);
    const std::string bytes = t.folder.read("1.wav");
    std::filesystem::remove(source.path);
    t.blocks.put(source);
    CHECK_FALSE(t.blocks.samples(source.id, SamplePos{}, SampleCount{10}).complete);
    t.listener.waitFor([&] { return t.blocks.error(source.id).has_value(); });
    CHECK(t.blocks.error(source.id)->where == source.path);
    CHECK_FALSE(t.blocks.samples(source.id, SamplePos{}, SampleCount{10}).complete);
    t.folder.write("1.wav", bytes);
    t.blocks.put(source);
    CHECK_FALSE(t.blocks.error(source.id).has_value());
    CHECK(Blocks::isRange(t.wait(source.id, 0, 10), 0, 10, 1));
    t.blocks.forget(source.id);
    CHECK(t.blocks.samples(source.id, SamplePos{}, SampleCount{10}).pieces.empty());
    CHECK_FALSE(t.blocks.samples(source.id, SamplePos{}, SampleCount{10}).complete);
}

TEST_CASE("what comes for a source that changed meanwhile is dropped")
{
    Blocks t;
    const Source old = t.make(1, 5000);
    Source now = t.make(2, 6000);
    now.id = old.id;
    t.gate.hold(old.path);
    t.blocks.put(old);
    static_cast<void>(t.blocks.samples(old.id, SamplePos{}, SampleCount{10}));
    t.gate.waitUntilReached(old.path);
    t.blocks.put(now);
    static_cast<void>(t.blocks.samples(old.id, SamplePos{}, SampleCount{10}));
    t.gate.release(old.path);
    CHECK(Blocks::isRange(t.wait(old.id, 0, 6000), 0, 6000, 2));
}

TEST_CASE("what was asked for last is read first")
{
    Blocks t;
    const Source held = t.make(1, 100), early = t.make(2, 100), late = t.make(3, 100);
    for (const Source& source : {held, early, late}) t.blocks.put(source);
    t.gate.hold(held.path);
    static_cast<void>(t.blocks.samples(held.id, SamplePos{}, SampleCount{10}));
    t.gate.waitUntilReached(held.path);
    static_cast<void>(t.blocks.samples(early.id, SamplePos{}, SampleCount{10}));
    static_cast<void>(t.blocks.samples(late.id, SamplePos{}, SampleCount{10}));
    t.gate.release(held.path);
    t.listener.waitFor([&] { return t.listener.heard().size() == 3; });
    CHECK(t.gate.opened() == std::vector<Path>{held.path, late.path, early.path});
}
