// The pages of rules and the program's catalogue say the same.

#include "support/run_segue.h"
#include "support/test_paths.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <set>

using namespace segue;

TEST_CASE("docs/formats has the row of every rule of the program, and no rule has two entries")
{
    std::string pages;
    for (const char* page : {"rules.md", "album-rules.md", "../checks.md"}) {
        std::ifstream in{segue::test::testData(std::string{"../../docs/formats/"} + page)};
        pages += std::string{std::istreambuf_iterator<char>{in}, {}};
    }
    const auto catalogue = nlohmann::json::parse(test::runSegue({"check", "--rules", "--json"}).out);
    std::set<std::string> ids;
    for (const auto& rule : catalogue["rules"]) {
        const std::string id = rule["id"];
        CAPTURE(id);
        CHECK(ids.insert(id).second);
        const std::string row =
            fmt::format("| `{}` | {} | {} | {} | {} |", id, rule["level"].get<std::string>(),
                        rule["level"] != "error"          ? "-"
                        : rule["overridable"].get<bool>() ? "yes"
                                                          : "no",
                        rule["sentence"].get<std::string>(), rule["source"].get<std::string>());
        CHECK_MESSAGE(pages.find(row) != std::string::npos, row);
    }
    CHECK(ids.size() > 150);
}
