#include "cli/number_options.h"

#include "core/text.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cmath>
#include <functional>

namespace segue::cli {

namespace {

std::string rangeWords(const NumberRange& range)
{
    return fmt::format("{} to {}{}{}", shortest(range.lowest), shortest(range.highest),
                       range.unit.empty() ? "" : " ", range.unit);
}

// CLI11 would read the number by the process's locale, where -1.25 may be none.
std::optional<double> numberIn(std::string_view typed)
{
    return parseNumber(typed.starts_with('+') ? typed.substr(1) : typed);
}

double checkedNumber(const std::string& name, const std::string& typed, const NumberRange& range, bool whole)
{
    const auto value = numberIn(typed);
    const std::string option = fmt::format("{} {}", name, typed);
    if (!value || (whole && std::floor(*value) != *value))
        throw CLI::ValidationError{option, fmt::format("this is no {}; give {}",
                                                       whole ? "whole number" : "number", rangeWords(range))};
    if (*value < range.lowest || *value > range.highest)
        throw CLI::ValidationError{option, fmt::format("this is out of range; give {}", rangeWords(range))};
    return *value;
}

CLI::Option& add(CLI::App& command, const std::string& name, NumberRange range,
                 const std::string& description, bool whole, const std::function<void(double)>& take)
{
    CLI::Option* option = command.add_option_function<std::string>(
        name,
        [name, range, whole, take](const std::string& typed) {
            take(checkedNumber(name, typed, range, whole));
        },
        fmt::format("{}; {}", description, rangeWords(range)));
    option->type_name(whole ? "N" : "NUMBER");
    return *option;
}

} // namespace

CLI::Option& addNumber(CLI::App& command, const std::string& name, std::optional<double>& into,
                       NumberRange range, const std::string& description)
{
    return add(command, name, range, description, false, [&into](double value) { into = value; });
}

CLI::Option& addNumber(CLI::App& command, const std::string& name, double& into, NumberRange range,
                       const std::string& description)
{
    CLI::Option& option =
        add(command, name, range, description, false, [&into](double value) { into = value; });
    option.default_str(shortest(into));
    return option;
}

CLI::Option& addCount(CLI::App& command, const std::string& name, std::optional<int>& into, NumberRange range,
                      const std::string& description)
{
    return add(command, name, range, description, true,
               [&into](double value) { into = static_cast<int>(value); });
}

} // namespace segue::cli
