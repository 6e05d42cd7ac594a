#include "support/gui_bench.h"

#include <doctest/doctest.h>

using namespace segue;
using namespace segue::gui;
using namespace segue::test;

namespace {

std::vector<std::string> titles(const Album& album)
{
    std::vector<std::string> all;
    for (const Entry& entry : firstEdition(album).entries)
        all.push_back(displayTitle(*find(album, entry.track)));
    return all;
}

void choose(Editor& editor, std::vector<int> numbers)
{
    editor.view.selected.clear();
    for (const int n : numbers) editor.view.selected.push_back(track(*editor.album(), n));
    editor.view.focus = editor.view.selected.front();
}

Album withCodes()
{
    Album a = album({10, 20, 30});
    for (Source& source : a.sources) source.path = "/" + source.path; // as every project has them
    for (const int n : {1, 2, 3})
        a = get(edit::setIsrc(a, track(a, n), get(Isrc::parse("GBABC2600041")->next(n))));
    return a;
}

} // namespace

TEST_CASE("copied tracks are pasted behind the last selected one, in one step, and are selected then")
{
    EditorBench bench{withCodes()};
    choose(bench.editor, {1, 2});
    const std::string text = bench.editor.copiedTracks();
    choose(bench.editor, {1, 3});
    CHECK(bench.editor.pasteTracks(text));
    CHECK(titles(bench.album()) ==
          std::vector<std::string>{"Track 1", "Track 2", "Track 3", "Track 1", "Track 2"});
    CHECK(bench.session->undoLabel() == "Paste 2 tracks");
    CHECK(bench.editor.selectedRows() == std::vector<std::size_t>{3, 4});
    CHECK(bench.editor.message() == "Paste 2 tracks \u00b7 without 2 ISRCs, which name one recording each");
    bench.editor.run(Action::undo);
    CHECK(bench.album() == withCodes());
    CHECK(bench.viewIsValid());
}

TEST_CASE("cut and paste moves a track, with its ISRC and its identity")
{
    EditorBench bench{withCodes()};
    choose(bench.editor, {1});
    const TrackId first = track(bench.album(), 1);
    const std::string text = bench.editor.copiedTracks();
    bench.editor.cut();
    CHECK(bench.session->undoLabel() == "Cut track 1");
    CHECK(titles(bench.album()) == std::vector<std::string>{"Track 2", "Track 3"});
    choose(bench.editor, {2});
    CHECK(bench.editor.pasteTracks(text));
    CHECK(track(bench.album(), 3) == first);
    CHECK(trackAt(bench.album(), 3).isrc.has_value());
    CHECK(bench.album().tracks == withCodes().tracks);
    CHECK(bench.editor.message() == "Paste 1 track");
}

TEST_CASE("duplicate puts the selected tracks behind themselves, without their ISRCs, and says so")
{
    EditorBench bench{withCodes()};
    choose(bench.editor, {2});
    CHECK(bench.editor.enabled(Action::duplicate, {}));
    bench.editor.run(Action::duplicate);
    CHECK(titles(bench.album()) == std::vector<std::string>{"Track 1", "Track 2", "Track 2", "Track 3"});
    CHECK_FALSE(trackAt(bench.album(), 3).isrc);
    CHECK(bench.editor.message() == "Duplicate 1 track \u00b7 without its ISRC, which names one recording");
    CHECK(bench.editor.selectedRows() == std::vector<std::size_t>{2});
}

TEST_CASE("tracks go from one album's window into another's, their files by path")
{
    EditorBench from{withCodes()};
    choose(from.editor, {2, 3});
    EditorBench to{album({5})};
    CHECK(to.editor.pasteTracks(from.editor.copiedTracks()));
    CHECK(titles(to.album()) == std::vector<std::string>{"Track 1", "Track 2", "Track 3"});
    CHECK(trackAt(to.album(), 2).isrc == trackAt(from.album(), 2).isrc);
    const Source& source = *find(to.album(), clipAt(to.album(), 2).source);
    CHECK(source.path.ends_with("audio/2.wav"));
    CHECK(source.fingerprint == find(from.album(), clipAt(from.album(), 2).source)->fingerprint);
}

TEST_CASE("random albums' tracks come through the clipboard as they are")
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        EditorBench bench{randomAlbum(seed)};
        bench.editor.run(Action::selectAll);
        if (bench.editor.selection().empty()) continue;
        const auto before = bench.editor.selection();
        CHECK(bench.editor.pasteTracks(bench.editor.copiedTracks()));
        const auto after = bench.editor.selection();
        REQUIRE(after.size() == before.size());
        for (std::size_t i = 0; i < after.size(); ++i) {
            const Track &a = *find(bench.album(), before[i]), &b = *find(bench.album(), after[i]);
            CHECK(a.texts == b.texts);
            CHECK(a.translations == b.translations);
            CHECK(a.gain == b.gain);
            CHECK(a.indexes == b.indexes);
            CHECK(a.end == b.end);
            REQUIRE(a.clips.size() == b.clips.size());
            for (std::size_t c = 0; c < a.clips.size(); ++c) {
                Clip same = b.clips[c];
                same.id = a.clips[c].id;
                same.source = a.clips[c].source;
                CHECK(same == a.clips[c]);
                CHECK(find(bench.album(), b.clips[c].source)->fingerprint ==
                      find(bench.album(), a.clips[c].source)->fingerprint);
            }
        }
        CHECK(bench.viewIsValid());
    }
}

TEST_CASE("what is no track on the clipboard is refused with a sentence, and nothing is copied of nothing")
{
    EditorBench bench{withCodes()};
    CHECK_FALSE(bench.editor.pasteTracks("GB-ABC-26-00001"));
    CHECK(bench.editor.messageIsError());
    CHECK(bench.album() == withCodes());
    bench.editor.view.selected.clear();
    bench.editor.view.focus.reset();
    CHECK(bench.editor.copiedTracks().empty());
    bench.editor.cut();
    CHECK(bench.album() == withCodes());
}
