#include "measure/fault_rules.h"

#include "core/text.h"
#include "measure/fault_thresholds.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace segue;

TEST_CASE("every rule says what it is, why it matters and what to do")
{
    std::set<std::string_view> ids;
    for (const FaultRule& rule : faultRules()) {
        CAPTURE(rule.rule.id);
        CHECK(rule.rule.id.starts_with("FAULT."));
        CHECK(ids.insert(rule.rule.id).second);
        for (const std::string_view words :
             {rule.rule.sentence, rule.rule.source, rule.why, rule.whatToDo, rule.tested}) {
            CHECK_FALSE(words.empty());
            CHECK_FALSE(words.ends_with('.'));
        }
        CHECK(isUpper(rule.rule.sentence.front()));
    }
}

TEST_CASE("every threshold belongs to a rule, and the other way round")
{
    std::set<std::string> used, known;
    for (const FaultRule& rule : faultRules()) {
        std::string_view keys = rule.thresholds;
        while (!keys.empty()) {
            const auto blank = keys.find(' ');
            used.emplace(keys.substr(0, blank));
            keys.remove_prefix(blank == std::string_view::npos ? keys.size() : blank + 1);
        }
    }
    for (const FaultThreshold& t : faultThresholdTable()) known.emplace(t.key);
    CHECK(used == known);
}

TEST_CASE("the defaults lie inside their ranges, and a file changes what it names")
{
    const FaultThresholds defaults;
    for (const FaultThreshold& t : faultThresholdTable()) {
        CAPTURE(t.key);
        CHECK(defaults.*t.member >= t.low);
        CHECK(defaults.*t.member <= t.high);
    }
    const auto read = [](std::string_view text) {
        return readFaultThresholds(parseKeyValues(text, "faults.conf").value());
    };
    CHECK(read("").value() == defaults);
    const auto changed = read("# ours\nclick.ratio = 12\nedge.level = -40");
    REQUIRE(changed.has_value());
    CHECK(changed->clickRatio == 12);
    CHECK(changed->edgeLevel == -40);
    CHECK(changed->clickFloor == defaults.clickFloor);
    CHECK(
        read("click.ration = 12").error() ==
        Error{"There is no threshold click.ration; docs/checks.md names all of them", "faults.conf, line 1"});
    CHECK(read("click.ratio = 200").error().what == "click.ratio is a number from 6 to 40, not \"200\"");
    CHECK(read("[clicks]").error().what == "Thresholds have no sections");
}

TEST_CASE("a fault becomes a finding with figures, channel, time and place")
{
    const Fault click{fault::click, SamplePos{44'100 * 65}, SamplePos{44'100 * 65 + 4}, 1, 17.6, 0.9};
    const Finding f = findingOf(click, cdRate, "mix.wav");
    CHECK(f.level == Finding::Level::warning);
    CHECK(f.rule == "FAULT.CLICK");
    CHECK(f.message ==
          "This may be a click in the right channel: 18 dB above what is around it, at 1:05.000");
    CHECK(f.where == Place{.file = "mix.wav", .sample = SamplePos{44'100 * 65}});
    CHECK(f.fix.starts_with("listen at the place"));
    const Fault many{fault::clipped, SamplePos{0}, SamplePos{441'000}, -1, 12, 1, 31};
    CHECK(findingOf(many, cdRate, "mix.wav").message ==
          "12 samples in a row are clipped, at 0:00.000, and at 30 more places up to 0:10.000");
}

TEST_CASE("every rule has words for its fault")
{
    std::set<std::string> seen;
    for (const FaultRule& rule : faultRules()) {
        const Finding f = findingOf({.rule = rule.rule.id, .value = 21}, cdRate, "mix.wav");
        CHECK(f.rule == rule.rule.id);
        CHECK(seen.insert(f.message).second);
        CHECK(f.level == rule.rule.level);
    }
}
