// Parts of a stream and the names of what they depend on.

#include "audio/render_parts.h"

#include "unit/audio/varied_album.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>

using namespace segue;
using namespace segue::test;

namespace {

/// Sources that are known apart by their fingerprints, as real ones are.
Studio known()
{
    Studio studio = varied();
    for (Source& source : studio.album.sources)
        source.fingerprint.xxh3 = "of source " + std::to_string(source.id.value);
    return studio;
}

std::vector<RenderPart> partsOf(const Studio& studio, const RenderSettings& settings = {})
{
    return renderParts(studio.album, studio.piece(), studio.plan(settings), settings);
}

std::vector<Pcm16Frame> cut(const std::vector<Pcm16Frame>& frames, const RenderPart& part)
{
    return {frames.begin() + part.begin.value(), frames.begin() + part.end.value()};
}

using Change = std::function<void(Studio&, RenderSettings&)>;

/// Each changes what is heard of at least one track of varied().
std::vector<std::pair<std::string, Change>> changes()
{
    const auto clip = [](const std::function<void(Clip&)>& edit) {
        return [edit](Studio& s, RenderSettings&) { edit(s.album.tracks[1].clips.front()); };
    };
    return {
        {"track gain", [](Studio& s, RenderSettings&) { s.album.tracks[1].gain.hand = Decibels{-1.25}; }},
        {"balance", [](Studio& s, RenderSettings&) { s.album.tracks[1].gain.balance = Decibels{-0.25}; }},
        {"entry gain", [](Studio& s, RenderSettings&) { s.edition().entries[1].gain = Decibels{-2}; }},
        {"clip gain", clip([](Clip& c) { c.gain = Decibels{-3}; })},
        {"polarity", clip([](Clip& c) { c.inverted = !c.inverted; })},
        {"channels", clip([](Clip& c) { c.map = ChannelMap::monoSum; })},
        {"fade in", clip([](Clip& c) { c.fadeIn = {milliseconds(11), Curve::cosine}; })},
        {"its curve", clip([](Clip& c) { c.fadeIn = {milliseconds(11), Curve::squareRoot}; })},
        {"fade out", clip([](Clip& c) { c.fadeOut = {milliseconds(13), Curve::linear}; })},
        {"slip", clip([](Clip& c) {
             c.in += SampleCount{1};
             c.length -= SampleCount{1};
         })},
        {"source",
         [](Studio& s, RenderSettings&) {
             const SourceId id = s.album.tracks[1].clips.front().source;
             std::ranges::find(s.album.sources, id, &Source::id)->fingerprint.xxh3 = "another";
             s.formulas[id] = noise24(77);
         }},
        {"seed", [](Studio&, RenderSettings& r) { r.seed = 99; }},
        {"dither", [](Studio&, RenderSettings& r) { r.dither = Dither::shapedLight; }},
        {"no dither", [](Studio&, RenderSettings& r) { r.dither = Dither::none; }},
        {"whole tracks", [](Studio&, RenderSettings& r) { r.ditherWholeTracks = true; }},
        {"gap", [](Studio& s, RenderSettings&) { s.edition().entries[1].joint.gap += milliseconds(70); }},
        {"order",
         [](Studio& s, RenderSettings&) { std::swap(s.edition().entries[0], s.edition().entries[1]); }},
    };
}

} // namespace

TEST_CASE("the parts cover the stream, one for each entry")
{
    const Studio studio = known();
    const auto parts = partsOf(studio);
    const RenderPlan plan = studio.plan();
    REQUIRE_FALSE(parts.empty());
    SamplePos at{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        CHECK(parts[i].begin == at);
        CHECK(plan.spans[parts[i].firstSpan].begin == at);
        CHECK(plan.spans[parts[i].firstSpan].entry == parts[i].entry);
        if (i > 0) CHECK(parts[i].entry > parts[i - 1].entry);
        at = parts[i].end;
    }
    CHECK(at == SamplePos{} + plan.length);
}

TEST_CASE("parts of the same name are the same samples, whatever was changed around them")
{
    std::map<std::string, std::vector<Pcm16Frame>> bySound;
    std::size_t shared = 0;
    const auto collect = [&](const Studio& studio, const RenderSettings& settings) {
        const auto frames = rendered(studio, settings, {2, 4096});
        for (const RenderPart& part : partsOf(studio, settings)) {
            REQUIRE_FALSE(part.key.empty());
            const auto [found, fresh] = bySound.try_emplace(part.key, cut(frames, part));
            if (fresh) continue;
            ++shared;
            CHECK(found->second == cut(frames, part));
        }
    };
    collect(known(), {});
    const auto all = changes();
    for (const auto& [first, change] : all)
        for (const auto& [second, more] : all) {
            CAPTURE(first);
            CAPTURE(second);
            Studio studio = known();
            RenderSettings settings;
            change(studio, settings);
            more(studio, settings);
            if (studio.album.tracks[1].clips.front().length <= SampleCount{}) continue;
            collect(studio, settings);
        }
    CHECK(shared > all.size());
}

TEST_CASE("whatever changes a sample changes the name of its part")
{
    const auto before = rendered(known(), {}, {1, 4096});
    const auto parts = partsOf(known());
    for (const auto& [what, change] : changes()) {
        Studio studio = known();
        RenderSettings settings;
        change(studio, settings);
        const auto after = rendered(studio, settings, {1, 4096});
        std::size_t changed = 0;
        for (const RenderPart& part : partsOf(studio, settings)) {
            const auto same = std::ranges::find(parts, part.key, &RenderPart::key);
            if (same == parts.end())
                ++changed;
            else
                CHECK(cut(before, *same) == cut(after, part));
        }
        CAPTURE(what);
        if (after != before) CHECK(changed > 0);
    }
}

TEST_CASE("a track whose gap changes keeps the name of its sound from the second track behind it on")
{
    Studio studio = known();
    const auto before = partsOf(studio);
    REQUIRE(before.size() > 3);
    studio.edition().entries[1].joint.gap += seconds(1);
    const auto after = partsOf(studio);
    REQUIRE(after.size() == before.size());
    CHECK(after.back().begin > before.back().begin);
    CHECK(after.back().key == before.back().key);
}

TEST_CASE("a part whose source was never measured has no name")
{
    Studio studio = known();
    for (Source& source : studio.album.sources) source.fingerprint.xxh3.clear();
    for (const RenderPart& part : partsOf(studio)) CHECK(part.key.empty());
}

TEST_CASE("a render reads nothing of the sources that it is said not to need")
{
    struct Given final : EarlierParts {
        std::size_t missing = 0;
        bool has(const RenderPart& part) const override { return part.entry != missing; }
        Result<Overs> give(const RenderPart& part,
                           const std::function<Status(SamplePos, std::span<const Pcm16Frame>)>&) override
        {
            return Overs{.entry = part.entry};
        }
    };
    std::size_t spared = 0;
    for (const auto& [what, change] : changes()) {
        Studio studio = known();
        RenderSettings settings;
        change(studio, settings);
        const RenderPlan plan = studio.plan(settings);
        for (Given given; given.missing < plan.places.entries.size(); ++given.missing) {
            CAPTURE(what);
            CAPTURE(given.missing);
            const auto notRead =
                sourcesNotRead(studio.album, studio.piece(), plan,
                               partsGiven(studio.album, studio.piece(), plan, settings, given));
            spared += notRead.size();
            const SourceOpener open = studio.opener();
            const SourceOpener checked = [&](const Source& source) {
                CHECK(std::ranges::find(notRead, source.id) == notRead.end());
                return open(source);
            };
            REQUIRE(renderPcm16(studio.album, studio.piece(), plan, settings, checked,
                                {.threads = 2, .earlier = &given},
                                [](SamplePos, std::span<const Pcm16Frame>) { return Status{}; })
                        .has_value());
        }
    }
    CHECK(spared > 10);
}

TEST_CASE("threads that have nothing left to render are given other work")
{
    const Studio studio = known();
    const RenderPlan plan = studio.plan();
    std::atomic<int> calls = 0;
    REQUIRE(renderPcm16(studio.album, studio.piece(), plan, {}, studio.opener(),
                        {.threads = 3, .meanwhile = [&] { ++calls; }},
                        [](SamplePos, std::span<const Pcm16Frame>) { return Status{}; })
                .has_value());
    CHECK(calls == 3);
}
