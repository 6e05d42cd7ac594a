/// \file
/// Where the tests' data and programs lie. In one source file alone, so that no other has a path of the
/// machine in its command line: what a compiler cache knows of one checkout serves another.
#pragma once

#include <string>
#include <string_view>

namespace segue::test {

/// A file under tests/data, or relative to it.
[[nodiscard]] std::string testData(std::string_view relative);
/// A file under tests.
[[nodiscard]] std::string testScript(std::string_view relative);
/// The locales of tests/make_locales.sh.
[[nodiscard]] std::string testLocales();
/// The command line program as it was built.
[[nodiscard]] std::string segueProgram();

} // namespace segue::test
