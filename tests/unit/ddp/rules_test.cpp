#include "ddp/red_book.h"
#include "support/test_paths.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <set>
#include <sstream>

using namespace segue;
using namespace segue::ddp;

namespace {

std::string documentation()
{
    std::ifstream in{segue::test::testData("../../docs/formats/rules.md"), std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The row of a rule as docs/formats/rules.md has it.
std::string row(const Rule& r)
{
    return fmt::format("| `{}` | {} | {} | {} | {} |", r.id, name(r.level),
                       r.level != Finding::Level::error ? "-"
                       : r.overridable                  ? "yes"
                                                        : "no",
                       r.sentence, r.source);
}

} // namespace

TEST_CASE("every rule has one entry with an id, a sentence and a source, and is found by its id")
{
    std::set<std::string_view> ids;
    for (const Rule& r : rules()) {
        CHECK_MESSAGE(ids.insert(r.id).second, r.id);
        const bool knownSubject = r.id.starts_with("DISC.") || r.id.starts_with("CODE.") ||
                                  r.id.starts_with("CDTEXT.") || r.id.starts_with("SET.");
        CHECK_MESSAGE(knownSubject, r.id);
        CHECK_MESSAGE(
            r.id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") == std::string_view::npos, r.id);
        CHECK_MESSAGE(!r.sentence.empty(), r.id);
        CHECK_MESSAGE(!r.sentence.ends_with('.'), r.id);
        CHECK_MESSAGE(!r.source.empty(), r.id);
        CHECK(&rule(r.id) == &r);
    }
}

TEST_CASE("exactly the errors that a plant may agree to can be set aside")
{
    std::set<std::string_view> overridable;
    for (const Rule& r : rules())
        if (r.overridable) overridable.insert(r.id);
    CHECK(overridable == std::set<std::string_view>{"CODE.UPC_CHECK_DIGIT", "DISC.FOUR_CHANNEL_COPY",
                                                    "DISC.PLANT_LENGTH", "DISC.PLANT_LENGTH_SELECT"});
}

TEST_CASE("docs/formats/rules.md has the row of every rule of a disc and a set, and no other")
{
    const std::string page = documentation();
    REQUIRE_FALSE(page.empty());
    std::set<std::string> expected, found;
    for (const Rule& r : rules()) expected.insert(row(r));
    std::istringstream lines{page};
    for (std::string line; std::getline(lines, line);)
        for (const char* subject : {"| `DISC.", "| `CODE.", "| `CDTEXT.", "| `SET."})
            if (line.starts_with(subject)) found.insert(line);
    for (const std::string& line : expected) CHECK_MESSAGE(found.contains(line), "missing: ", line);
    for (const std::string& line : found) CHECK_MESSAGE(expected.contains(line), "out of date: ", line);
}
