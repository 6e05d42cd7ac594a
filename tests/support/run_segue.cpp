#include "support/run_segue.h"

#include <stdexcept>
#include <utility>

namespace segue::test {

Ran runSegue(std::vector<std::string> words)
{
    words.insert(words.begin(), SEGUE_BINARY);
    auto ran = runProgram(std::move(words));
    if (!ran) throw std::runtime_error("the program was not built: " SEGUE_BINARY);
    return std::move(*ran);
}

} // namespace segue::test
