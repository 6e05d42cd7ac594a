#include "support/test_paths.h"

namespace segue::test {

std::string testData(std::string_view relative) { return SEGUE_TESTS "/data/" + std::string{relative}; }
std::string testScript(std::string_view relative) { return SEGUE_TESTS "/" + std::string{relative}; }
std::string testLocales() { return SEGUE_TEST_LOCALES; }
std::string segueProgram() { return SEGUE_BINARY; }

} // namespace segue::test
