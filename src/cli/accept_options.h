/// \file
/// `segue check --accept` and `--withdraw`: which findings are meant, and the album with them signed off.
#pragma once

#include "album/album.h"
#include "core/finding.h"
#include "core/result.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace segue::cli {

struct AcceptOptions {
    std::vector<std::string> accept{}, withdraw{}; ///< RULE[@TRACK[@TIME]]
    std::string note{};
    [[nodiscard]] bool asked() const { return !accept.empty() || !withdraw.empty(); }
};
void addAcceptOptions(CLI::App& command, AcceptOptions& options);

struct Accepted {
    Album album{};
    std::size_t accepted = 0, withdrawn = 0;
};
/// Every finding that a word names is accepted with the note, or its acceptance withdrawn; a RULE alone also
/// withdraws acceptances that cover nothing any more. An Error where a word names no finding, or one that
/// cannot be accepted: then nothing is.
/// \param findings of a check of this edition
[[nodiscard]] Result<Accepted> acceptFindings(const Album& album, const Edition& edition,
                                              const Findings& findings, const AcceptOptions& options);

} // namespace segue::cli
