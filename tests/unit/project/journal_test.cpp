#include "project/journal.h"

#include "core/recording_file_ops.h"
#include "core/testing_file_ops.h"
#include "support/journal_bench.h"

#include <doctest/doctest.h>

#include <atomic>
#include <cerrno>
#include <latch>

using namespace segue;
using namespace segue::test;

namespace {

struct Bench {
    TempFolder folder{};
    Path state = folder / "state";
    Album start = placed(album({10.0, 20.0}), "/music");
    JournalBase base{
        .origin = {.project = "/music/Night.segue", .folder = "/music", .savedHash = "abc", .began = 5},
        .id = "0123"};

    [[nodiscard]] std::optional<ReadJournal> written(const Path& at) const
    {
        const auto text = readTextFile(quickFileOps(), at / journalName, 1 << 30);
        return text ? readJournal(*text) : std::nullopt;
    }
    /// The number of the album after the journal's last edit; 0: no journal.
    [[nodiscard]] int reached(const Path& at) const
    {
        const auto journal = written(at);
        if (!journal || journal->records.empty()) return 0;
        return numberOf(get(parseProject(journal->records.back().document, "/music", "test")).album);
    }
};

} // namespace

TEST_CASE("a journal is read as it was written, and every cut of it gives whole records only")
{
    const JournalOrigin origin{.project = "/a/b\xff.segue", .folder = "/a", .savedHash = "00ff", .began = -7};
    const std::vector<JournalRecord> records{{"Change gap", 1, false, "<one/>"},
                                             {"", 2, true, ""},
                                             {"Title \xc3\xa4\n", 3, false, std::string(3000, 'x')}};
    std::string bytes = journalBytes(origin);
    std::vector<std::size_t> ends{bytes.size()};
    for (std::size_t i = 0; i < records.size(); ++i) {
        bytes += journalBytes(records[i], i + 1);
        ends.push_back(bytes.size());
    }
    const auto all = readJournal(bytes);
    REQUIRE(all);
    CHECK(all->origin == origin);
    CHECK(all->records == records);
    CHECK_FALSE(all->stoppedEarly);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        const auto part = readJournal(std::string_view{bytes}.substr(0, cut));
        REQUIRE(part.has_value() == (cut >= ends[0]));
        if (!part) continue;
        std::size_t whole = 0;
        while (whole + 1 < ends.size() && ends[whole + 1] <= cut) ++whole;
        REQUIRE(part->records.size() == whole);
        CHECK(part->stoppedEarly == (cut != ends[whole]));
    }
}

TEST_CASE("a flipped bit anywhere ends the journal before it")
{
    const std::string first = journalBytes(JournalOrigin{.project = "/a/b.segue"});
    const std::string second = journalBytes(JournalRecord{"Label", 9, false, "<document/>"}, 1);
    const std::string third = journalBytes(JournalRecord{"Label", 9, false, "<document/>"}, 2);
    const std::string bytes = first + second + third;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = bytes;
            bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
            const auto read = readJournal(bad);
            const std::size_t whole = at < first.size() ? 0 : at < first.size() + second.size() ? 0 : 1;
            REQUIRE(read.has_value() == (at >= first.size()));
            if (read) REQUIRE(read->records.size() == whole);
        }
    CHECK(readJournal(first + third)->records.empty()); // a record is missing
    CHECK(readJournal(first + second + second)->records.size() == 1);
}

TEST_CASE(
    "every flushed edit is in the journal, with its label and time; the origin is what it was made upon")
{
    const Bench bench;
    JournalWriter writer{quickFileOps(), journalSetup(bench.state), bench.base};
    CHECK(writer.folder() == bench.state / "recovery/0123/window1");
    CHECK_FALSE(std::filesystem::exists(bench.state)); // nothing before the first edit
    for (int i = 1; i <= 5; ++i) {
        writer.post(numberedEdit(bench.start, i));
        REQUIRE(writer.flush().has_value());
        CHECK(bench.reached(writer.folder()) == i);
    }
    const auto journal = bench.written(writer.folder());
    CHECK(journal->origin == bench.base.origin);
    REQUIRE(journal->records.size() == 5);
    CHECK(journal->records[2].label == "Edit 3");
    CHECK(journal->records[2].time == 1003);
    CHECK(get(parseProject(journal->records[2].document, "/music", "test")).album ==
          numbered(bench.start, 3));
}

TEST_CASE("of edits made in a burst the newest document is written, and every label but those of one drag")
{
    const Bench bench;
    JournalWriter writer{quickFileOps(), journalSetup(bench.state), bench.base};
    writer.post(numberedEdit(bench.start, 1));
    writer.post(numberedEdit(bench.start, 2));
    for (int i = 3; i <= 50; ++i) writer.post(numberedEdit(bench.start, i, i > 3));
    REQUIRE(writer.flush().has_value());
    const auto journal = bench.written(writer.folder());
    REQUIRE(journal->records.size() == 3);
    CHECK(journal->records[0].document.empty());
    CHECK(journal->records[1].label == "Edit 2");
    CHECK(journal->records[2].label == "Edit 50");
    CHECK_FALSE(journal->records[2].continues);
    writer.post(numberedEdit(bench.start, 51, true));
    REQUIRE(writer.flush().has_value());
    CHECK(bench.written(writer.folder())->records.back().continues);
    CHECK(findRecovery(quickFileOps(), bench.state, {}, nobodyRuns()).empty());
}

TEST_CASE("after a save the journal is gone, and the next edit begins one on what was saved")
{
    const Bench bench;
    JournalWriter writer{quickFileOps(), journalSetup(bench.state), bench.base};
    writer.post(numberedEdit(bench.start, 1));
    REQUIRE(writer.flush().has_value());
    auto base = bench.base;
    base.origin.savedHash = "def";
    writer.post(numberedEdit(bench.start, 2));
    writer.restart(base);
    REQUIRE(writer.flush().has_value());
    CHECK_FALSE(bench.written(writer.folder()));
    writer.post(numberedEdit(bench.start, 3));
    REQUIRE(writer.flush().has_value());
    CHECK(bench.written(writer.folder())->origin.savedHash == "def");
    CHECK(bench.written(writer.folder())->records.size() == 1);
}

TEST_CASE("a saved album leaves no folder behind; unsaved edits stay")
{
    const Bench bench;
    {
        JournalWriter writer{quickFileOps(), journalSetup(bench.state), bench.base};
        writer.post(numberedEdit(bench.start, 1));
        REQUIRE(writer.flush().has_value());
        writer.restart(bench.base);
    }
    CHECK(std::filesystem::is_empty(bench.state / "recovery"));
    {
        JournalWriter writer{quickFileOps(), journalSetup(bench.state), bench.base};
        writer.post(numberedEdit(bench.start, 2)); // not flushed: the end does it
    }
    CHECK(bench.reached(bench.state / "recovery/0123/window1") == 2);
    CHECK_FALSE(std::filesystem::exists(bench.state / "recovery/0123/window1/owner"));
}

TEST_CASE("a journal that grows too long begins anew with the newest document and keeps the labels")
{
    const Bench bench;
    auto setup = journalSetup(bench.state);
    setup.snapshotAbove = 10'000;
    JournalWriter writer{quickFileOps(), setup, bench.base};
    std::uintmax_t largest = 0;
    for (int i = 1; i <= 40; ++i) {
        writer.post(numberedEdit(bench.start, i));
        REQUIRE(writer.flush().has_value());
        REQUIRE(bench.reached(writer.folder()) == i);
        REQUIRE(bench.written(writer.folder())->records.size() == static_cast<std::size_t>(i));
        largest = std::max(largest, std::filesystem::file_size(writer.folder() / journalName));
    }
    CHECK(largest < 10'000);
    CHECK(bench.written(writer.folder())->records[0].label == "Edit 1");
}

TEST_CASE("with any file call failing once, the journal is whole and the edit after it is kept")
{
    const Bench bench;
    std::int64_t calls = 0;
    int failures = 0;
    for (std::int64_t at = -1; at < calls; ++at) {
        const TempFolder folder;
        FaultyFileOps faulty{quickFileOps(),
                             {.failAt = at, .error = ENOSPC, .shortWrites = 1000, .pretendSync = true}};
        auto setup = journalSetup(folder / "state");
        setup.snapshotAbove = 9'000;
        std::atomic<int> told = 0;
        JournalWriter writer{faulty, setup, bench.base, [&] { ++told; }};
        int last = 0;
        for (int i = 1; i <= 5; ++i) {
            writer.post(numberedEdit(bench.start, i));
            const auto done = writer.flush();
            const int now = bench.reached(writer.folder());
            REQUIRE(now >= last); // what was kept stays
            REQUIRE(now <= i);
            if (done) REQUIRE(now == i);
            if (!done) {
                ++failures;
                REQUIRE(writer.problem());
                REQUIRE(writer.problem()->kind == ErrorKind::io);
            }
            last = now;
        }
        if (at < calls - 12) CHECK(last == 5);
        if (at < 0) calls = faulty.counted();
    }
    CHECK(calls > 30);
    CHECK(failures > 15);
}

TEST_CASE("with a disk that stays full editing goes on and the state says so")
{
    const Bench bench;
    FaultyFileOps faulty{quickFileOps(),
                         {.calls = {FileCall::write}, .failAt = 0, .error = ENOSPC, .forEver = true}};
    std::latch told{1};
    JournalWriter writer{faulty, journalSetup(bench.state), bench.base, [&] { told.count_down(); }};
    for (int i = 1; i <= 3; ++i) {
        writer.post(numberedEdit(bench.start, i));
        const auto done = writer.flush();
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().what.find("disk is full") != std::string::npos);
    }
    told.wait();
    CHECK(bench.reached(writer.folder()) == 0);
}

TEST_CASE("without a state folder every edit is told not to be kept")
{
    const Bench bench;
    JournalWriter writer{quickFileOps(), journalSetup({}), bench.base};
    writer.post(numberedEdit(bench.start, 1));
    CHECK_FALSE(writer.flush().has_value());
    CHECK(writer.problem()->what.find("XDG_STATE_HOME") != std::string::npos);
}

TEST_CASE(
    "after a power loss at any moment the journal holds the first few edits, all that were flushed, and "
    "no other")
{
    const Bench bench;
    std::filesystem::create_directory(bench.state);
    RecordingFileOps recording{realFileOps(), bench.state};
    FaultyFileOps parts{recording, {.shortWrites = 250}};
    auto setup = journalSetup(bench.state);
    setup.snapshotAbove = 12'000;
    constexpr int edits = 6;
    std::vector<std::string> documents{{}};
    {
        JournalWriter writer{parts, setup, bench.base};
        for (int i = 1; i <= edits; ++i) {
            writer.post(numberedEdit(bench.start, i));
            REQUIRE(writer.flush().has_value());
            documents.push_back(get(formatProject(numbered(bench.start, i), "/music")));
        }
    }
    std::size_t bad = 0, full = 0;
    const auto states = recording.visitCrashStates(20'000, 7, [&](const CrashState& state) {
        const std::string* file = state.file("recovery/0123/window1/journal");
        const auto journal = file ? readJournal(*file) : std::nullopt;
        if (file && !journal) ++bad; // the name came with its content
        const auto count = journal ? journal->records.size() : 0;
        if (journal && journal->records.back().document != documents.at(count)) ++bad;
        if (state.afterTheEnd && count != edits) ++bad;
        if (count == edits) ++full;
    });
    CHECK(states > 500);
    CHECK(full > 0);
    CHECK(bad == 0);
}
