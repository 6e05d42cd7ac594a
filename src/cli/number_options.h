/// \file
/// Options whose value is a number: read without the locale, and refused with a sentence when it is none or
/// lies outside what the option takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace segue::cli {

/// What an option takes, both ends included.
struct NumberRange {
    double lowest = 0, highest = 0;
    std::string_view unit{}; ///< "dB"; empty: a count or a number of something
};

/// A decimal number, full stop as decimal sign; a leading + is no harm. The help shows the range behind the
/// description. A value that will not do ends the command with "--ceiling 5: this is -60 to 0 dBTP".
CLI::Option& addNumber(CLI::App& command, const std::string& name, std::optional<double>& into,
                       NumberRange range, const std::string& description);
/// The same, and `into` is the default.
CLI::Option& addNumber(CLI::App& command, const std::string& name, double& into, NumberRange range,
                       const std::string& description);
/// A whole number.
CLI::Option& addCount(CLI::App& command, const std::string& name, std::optional<int>& into, NumberRange range,
                      const std::string& description);

} // namespace segue::cli
