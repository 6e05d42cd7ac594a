/// \file
/// Orders to the program (a save, an export, a re-export, a CD image) that are given while the disk fails at
/// one file call, and what must be true of the disk and of the message afterwards.
#pragma once

#include "core/testing_file_ops.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace segue::torture {

/// One order that can be given again and again.
class FaultedOrder {
public:
    virtual ~FaultedOrder() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    /// Gives the order to this disk; what there was before is put back first.
    /// \return what is wrong afterwards, "" when all is as it must be: with a fault, nothing half done under
    /// a final name, and the message names the file and the fault; without, the whole result
    [[nodiscard]] virtual std::string fault(const FaultyFileOps::Fault& disk) = 0;
    /// File calls of the kind in a whole run.
    [[nodiscard]] std::int64_t calls(FileCall kind);
    /// Whether the last order ended with an error.
    [[nodiscard]] bool refused() const { return refused_; }

protected:
    /// "" when the error names a file that failed and says in words what the system said.
    [[nodiscard]] static std::string faultOfMessage(const Error& error, const FaultyFileOps& disk, int code);
    bool refused_ = false;
    std::int64_t counted_ = 0;
};

/// A save; an export of a new set; a re-export over a set; a WAV image with its cue sheet.
[[nodiscard]] std::vector<std::unique_ptr<FaultedOrder>> allOrders();

struct FaultCount {
    std::uint64_t tried = 0, bad = 0, refused = 0;
};
/// Lets each call of these kinds fail, once and for ever, with each of the errors; at `quick` about `most`
/// calls a kind, with one of the errors each. A failed CHECK says which.
[[nodiscard]] FaultCount failEach(FaultedOrder& order, const std::vector<FileCall>& kinds,
                                  const std::vector<int>& errors, std::int64_t most,
                                  std::size_t shortWrites = 0);

} // namespace segue::torture
