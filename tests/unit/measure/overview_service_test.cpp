// Waveforms fill in while the album is being edited; nobody who asks for them waits for a disk.

#include "measure/overview_service.h"

#include "support/watched_sources.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segue;
using namespace segue::test;

namespace {

using enum OverviewState;

struct Service : WatchedSources {
    std::unique_ptr<OverviewCache> cache = std::make_unique<OverviewCache>(files, folder / "cache");
    std::unique_ptr<OverviewService> service{};

    explicit Service(int threads = 1, bool cached = false)
    {
        service = std::make_unique<OverviewService>(
            opener(), listener.changed(),
            OverviewService::Options{.cache = cached ? cache.get() : nullptr, .threads = threads});
    }
    OverviewState state(SourceId id) const { return service->status(id).state; }
    void waitFor(SourceId id, OverviewState wanted)
    {
        listener.waitFor([&] { return state(id) == wanted; });
    }
    std::size_t opened(const Source& source) const
    {
        return static_cast<std::size_t>(std::ranges::count(gate.opened(), Path{source.path}));
    }
};

Overview expected(const Source& source)
{
    OverviewBuilder builder{source.channels, source.length};
    for (std::int64_t k = 0; k < source.length.value(); ++k) {
        const Frame f = frameAt(k, source.id.value);
        builder.take({&f, 1});
    }
    return builder.overview();
}

bool same(const std::shared_ptr<const Overview>& a, const Overview& b)
{
    return a && a->shape() == b.shape() && std::ranges::equal(a->bins(), b.bins());
}

} // namespace

TEST_CASE("requested sources become complete overviews")
{
    for (const int threads : {1, 2}) {
        Service t{threads};
        std::vector<Source> sources;
        for (std::uint32_t id = 1; id <= 5; ++id) sources.push_back(t.make(id, 1 + 40'000 * (id - 1)));
        CHECK(t.state(SourceId{1}) == unknown);
        CHECK(t.service->snapshot(SourceId{1}) == nullptr);
        for (const Source& source : sources) t.service->request(source);
        for (const Source& source : sources) {
            t.waitFor(source.id, complete);
            CHECK(same(t.service->snapshot(source.id), expected(source)));
            CHECK_FALSE(t.service->status(source.id).error.has_value());
        }
        for (const Source& source : sources) t.service->request(source);
        for (const Source& source : sources) CHECK(t.opened(source) == 1);
    }
}

TEST_CASE("a long source shows its beginning before it is complete, in steps counted in frames")
{
    Service t;
    const std::int64_t step = OverviewService::snapshotEvery.value();
    const Source source = t.make(1, 2 * step + 1000);
    std::vector<std::int64_t> seen;
    OverviewService* asked = nullptr;
    OverviewService service{t.opener(),
                            [&](SourceId id) {
                                seen.push_back(asked->snapshot(id)->covered().value());
                                t.listener.changed()(id);
                            },
                            {.threads = 1}};
    asked = &service;
    service.request(source);
    t.listener.waitFor([&] { return t.listener.heard().size() == 3; });
    CHECK(service.status(source.id).state == complete);
    CHECK(seen == std::vector<std::int64_t>{step, 2 * step, 2 * step + 1000});
}

TEST_CASE("a disk that does not answer holds up nobody who asks")
{
    Service t;
    const Source held = t.make(1, 200'000), other = t.make(2, 3000);
    t.gate.hold(held.path);
    t.service->request(held);
    t.gate.waitUntilReached(held.path);
    // Every function returns although the thread stands before the file.
    t.service->request(other);
    t.service->request(held);
    t.service->prefer({other.id, held.id});
    CHECK(t.state(held.id) == reading);
    CHECK(t.state(other.id) == waiting);
    CHECK(t.service->snapshot(held.id) == nullptr);
    CHECK_FALSE(t.service->samples(held.id, SamplePos{}, SampleCount{100}).complete);
    t.service->cancel(held.id);
    CHECK(t.state(held.id) == cancelled);
    t.service->forget(held.id);
    CHECK(t.state(held.id) == unknown);
    t.service->request(held);
    CHECK(t.state(held.id) == waiting);
    t.gate.release(held.path);
    t.waitFor(held.id, complete);
    t.waitFor(other.id, complete);
    CHECK(same(t.service->snapshot(held.id), expected(held)));
}

TEST_CASE("with two threads a disk that does not answer holds up its own source only")
{
    Service t{2};
    const Source held = t.make(1, 3000), other = t.make(2, 3000);
    t.gate.hold(held.path);
    t.service->request(held);
    t.gate.waitUntilReached(held.path);
    t.service->request(other);
    t.waitFor(other.id, complete);
    CHECK(t.state(held.id) == reading);
    t.gate.release(held.path);
    t.waitFor(held.id, complete);
}

TEST_CASE("preferred sources come first, the others as they were requested")
{
    Service t;
    const Source held = t.make(9, 100);
    std::vector<Source> sources;
    for (std::uint32_t id = 1; id <= 4; ++id) sources.push_back(t.make(id, 100));
    t.gate.hold(held.path);
    t.service->request(held);
    t.gate.waitUntilReached(held.path);
    for (const Source& source : sources) t.service->request(source);
    t.service->prefer({SourceId{3}, SourceId{77}, SourceId{4}});
    t.gate.release(held.path);
    for (const Source& source : sources) t.waitFor(source.id, complete);
    std::vector<Path> order{held.path};
    for (const std::size_t i : {2U, 3U, 0U, 1U}) order.emplace_back(sources[i].path);
    CHECK(t.gate.opened() == order);
}

TEST_CASE("a source that becomes preferred overtakes the one being read, which is then finished")
{
    Service t;
    const Source longer = t.make(1, 1'000'000), urgent = t.make(2, 1000);
    t.gate.hold(longer.path);
    t.service->request(longer);
    t.gate.waitUntilReached(longer.path);
    t.service->request(urgent);
    t.service->prefer({urgent.id});
    t.gate.release(longer.path);
    t.waitFor(urgent.id, complete);
    t.waitFor(longer.id, complete);
    CHECK(t.listener.heard().front() == urgent.id);
    CHECK(t.opened(longer) == 1);
    CHECK(same(t.service->snapshot(longer.id), expected(longer)));
}

TEST_CASE("a cancelled source is read no further until it is requested again")
{
    Service t;
    const Source source = t.make(1, 300'000), next = t.make(2, 100);
    t.gate.hold(source.path);
    t.service->request(source);
    t.gate.waitUntilReached(source.path);
    t.service->cancel(source.id);
    t.service->request(next);
    t.gate.release(source.path);
    t.waitFor(next.id, complete);
    CHECK(t.state(source.id) == cancelled);
    CHECK(t.service->snapshot(source.id) == nullptr);
    t.listener.waitFor([&] { return !t.listener.heard().empty(); });
    CHECK(t.listener.heard() == std::vector<SourceId>{next.id});
    t.service->cancel(next.id);
    CHECK(t.state(next.id) == complete);
    t.service->request(source);
    t.waitFor(source.id, complete);
    CHECK(same(t.service->snapshot(source.id), expected(source)));
}

TEST_CASE("errors are kept by source: missing, changed in length, changed in sound, unreadable")
{
    Service t;
    const Source missing = t.make(1, 1000), shorter = t.make(2, 1000), other = t.make(3, 1000);
    Source good = t.make(4, 1000);
    std::filesystem::remove(missing.path);
    std::filesystem::copy_file(t.make(20, 999).path, shorter.path,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(t.make(30, 1000).path, other.path,
                               std::filesystem::copy_options::overwrite_existing);
    for (const Source& source : {missing, shorter, other, good}) t.service->request(source);
    t.waitFor(good.id, complete);
    for (const Source& source : {missing, shorter, other}) {
        t.waitFor(source.id, failed);
        CHECK(t.service->status(source.id).error->where == source.path);
    }
    const std::string changed = "The file is no longer the one the album was made with";
    CHECK(t.service->status(shorter.id).error->what == changed);
    CHECK(t.service->status(other.id).error->what ==
          "The file's audio is no longer what the album was made with");
    CHECK(t.service->snapshot(shorter.id) == nullptr);
    CHECK(t.service->snapshot(other.id)->complete()); // what the file has is shown

    // Relinked to a file that is what it should be.
    Source relinked = missing;
    std::filesystem::copy_file(t.make(1, 1000).path, t.folder / "moved.wav");
    std::filesystem::remove(missing.path);
    relinked.path = (t.folder / "moved.wav").string();
    t.service->request(relinked);
    t.waitFor(relinked.id, complete);
    CHECK_FALSE(t.service->status(relinked.id).error.has_value());
}

TEST_CASE("a disk error in the middle leaves what was read before it")
{
    WatchedSources t;
    const Source source = t.make(1, 200'000);
    FaultyFileOps files{realFileOps(), {.badByte = [](const Path&) { return 44 + 4 * 150'000; }}};
    OverviewService service{openerFor(files), t.listener.changed(), {.threads = 1}};
    service.request(source);
    t.listener.waitFor([&] { return service.status(source.id).state == failed; });
    const OverviewStatus status = service.status(source.id);
    CHECK(status.error->kind == ErrorKind::io);
    REQUIRE(status.snapshot != nullptr);
    CHECK_FALSE(status.snapshot->complete());
    CHECK(status.snapshot->covered() > SampleCount{100'000});
    CHECK(status.snapshot->covered() < SampleCount{150'001});
}

TEST_CASE("an overview in the cache is there without reading the samples, and only while the file fits")
{
    TempFolder folder;
    const Source source = makeSource(folder, 1, 100'000);
    const OverviewCache cache{realFileOps(), folder / "cache"};
    const auto run = [&](FileOps& files, OverviewState wanted) {
        Listener listener;
        OverviewService service{openerFor(files), listener.changed(), {.cache = &cache, .threads = 1}};
        service.request(source);
        listener.waitFor([&] { return service.status(source.id).state == wanted; });
        return service.status(source.id);
    };
    CHECK(same(run(realFileOps(), complete).snapshot, expected(source)));
    CHECK(cache.find(source).has_value());

    // Nothing behind the header is read.
    FaultyFileOps headerOnly{realFileOps(), {.badByte = [](const Path&) { return 4096; }}};
    CHECK(same(run(headerOnly, complete).snapshot, expected(source)));

    std::filesystem::remove(source.path);
    const OverviewStatus gone = run(realFileOps(), failed);
    CHECK(gone.error.has_value());
    CHECK(same(gone.snapshot, expected(source)));
}

TEST_CASE("what is not what the fingerprint says never gets into the cache")
{
    Service t{1, true};
    Source source = t.make(1, 1000);
    source.fingerprint.xxh3 = std::string(32, '0');
    t.service->request(source);
    t.waitFor(source.id, failed);
    CHECK_FALSE(t.cache->find(source).has_value());
    Source unknownPrint = t.make(2, 1000);
    unknownPrint.fingerprint = {};
    t.service->request(unknownPrint);
    t.waitFor(unknownPrint.id, complete);
    CHECK(same(t.service->snapshot(unknownPrint.id), expected(unknownPrint)));
}

TEST_CASE("a file that is forgotten and requested again is read as it is by then")
{
    Service t;
    Source source = t.make(1, 1000);
    source.fingerprint = {};
    t.service->request(source);
    t.waitFor(source.id, complete);
    Source rewritten = t.make(50, 1000);
    std::filesystem::copy_file(rewritten.path, source.path,
                               std::filesystem::copy_options::overwrite_existing);
    t.service->forget(source.id);
    CHECK(t.service->snapshot(source.id) == nullptr);
    t.service->request(source);
    t.waitFor(source.id, complete);
    CHECK(same(t.service->snapshot(source.id), expected(rewritten)));
}

TEST_CASE("coded files become overviews like any other")
{
    Service t;
    std::vector<double> sound;
    for (const std::int16_t v : ramp16(30'000)) sound.push_back(v / 32'768.0);
    // 0x170002: FLAC, 16 bit.
    const Path path = t.folder.write("song.flac", encoded(0x170002, 44'100, 2, sound));
    const Source source{.id = SourceId{1},
                        .path = path.string(),
                        .rate = cdRate,
                        .length = SampleCount{30'000},
                        .channels = 2,
                        .format = {"FLAC", "FLAC", 16}};
    t.service->request(source);
    t.waitFor(source.id, complete);
    OverviewBuilder builder{2, source.length};
    for (std::size_t i = 0; i < sound.size(); i += 2) {
        const Frame f{sound[i], sound[i + 1]};
        builder.take({&f, 1});
    }
    CHECK(same(t.service->snapshot(source.id), builder.overview()));
}

TEST_CASE("the service ends in the middle of its work, whatever is requested")
{
    WatchedSources t;
    std::vector<Source> sources;
    for (std::uint32_t id = 1; id <= 3; ++id) sources.push_back(t.make(id, 500'000));
    for (int round = 0; round < 20; ++round) {
        OverviewService* asked = nullptr;
        OverviewService service{t.opener(),
                                [&](SourceId id) {
                                    static_cast<void>(asked->status(id));
                                    t.listener.changed()(id);
                                },
                                {.threads = 2}};
        asked = &service;
        for (const Source& source : sources) {
            service.request(source);
            static_cast<void>(service.samples(source.id, SamplePos{round * 1000}, SampleCount{1000}));
        }
        service.cancel(SourceId{2});
        service.forget(SourceId{1});
        if (round % 2 == 0) t.listener.waitFor([&] { return service.status(SourceId{3}).state == complete; });
    }
    CHECK(t.listener.heard().size() >= 10);
}
