#include "support/run_segue.h"
#include "support/test_paths.h"

#include <stdexcept>
#include <utility>

namespace segue::test {

Ran runSegue(std::vector<std::string> words)
{
    words.insert(words.begin(), segueProgram());
    auto ran = runProgram(std::move(words));
    if (!ran) throw std::runtime_error("the program was not built: " + segueProgram());
    return std::move(*ran);
}

} // namespace segue::test
