/// \file
/// How long work says how far it is and learns that it should stop.
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

namespace segue {

/// Called from any thread, seldom (at most some hundred times): what is being done and which part, 0..1.
using ProgressCall = std::function<void(std::string_view stage, double fraction)>;

struct Progress {
    ProgressCall report{};  ///< may be empty
    std::stop_token stop{}; ///< asked between blocks
    void operator()(std::string_view stage, double fraction) const
    {
        if (report) report(stage, fraction);
    }
    [[nodiscard]] bool cancelled() const { return stop.stop_requested(); }
};

} // namespace segue
