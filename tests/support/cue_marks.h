/// \file
/// The marks of a WAV file as libsndfile reads them.
#pragma once

#include "deliver/side_wav.h"

#include <string>
#include <vector>

namespace segue::test {

[[nodiscard]] std::vector<SideMark> marksByLibrary(const std::string& bytes);

} // namespace segue::test
