#include "core/file_ops.h"
#include "measure/fault_rules.h"
#include "measure/fault_thresholds.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

using namespace segue;

// docs/checks.md holds these lines, whole; when one is missing, the test prints what belongs there.

namespace {

std::string page()
{
    return readTextFile(realFileOps(), std::string{SEGUE_DOCS} + "/checks.md", 1 << 20).value();
}
bool has(const std::string& text, const std::string& line)
{
    return text.find("\n" + line + "\n") != std::string::npos;
}

} // namespace

TEST_CASE("docs/checks.md says of every check what the program does")
{
    const std::string text = page();
    for (const FaultRule& r : faultRules()) {
        std::string thresholds;
        for (const FaultThreshold& t : faultThresholdTable())
            if ((" " + std::string{r.thresholds} + " ").find(" " + std::string{t.key} + " ") !=
                std::string::npos)
                thresholds += fmt::format("{}`{}`", thresholds.empty() ? "" : ", ", t.key);
        for (const std::string& line :
             {fmt::format("### `{}`", r.rule.id),
              fmt::format("{}. ({}{}{})", r.rule.sentence, name(r.rule.level),
                          r.rule.overridable ? "" : ", cannot be set aside",
                          r.unit.empty() ? "" : fmt::format("; figure in {}", r.unit)),
              fmt::format("* Why: {}", r.why), fmt::format("* What to do: {}", r.whatToDo),
              fmt::format("* Thresholds: {}", thresholds.empty() ? "none" : thresholds),
              fmt::format("* Source: {}", r.rule.source), fmt::format("* Tested with: {}", r.tested)})
            CHECK_MESSAGE(has(text, line), line);
    }
}

TEST_CASE("docs/checks.md has every threshold with its default")
{
    const std::string text = page();
    const FaultThresholds defaults;
    for (const FaultThreshold& t : faultThresholdTable()) {
        const std::string line = fmt::format("| `{}` | {} | {} | {} to {} | {} |", t.key, defaults.*t.member,
                                             t.unit, t.low, t.high, t.meaning);
        CHECK_MESSAGE(has(text, line), line);
    }
}
