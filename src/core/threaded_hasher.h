/// \file
/// A checksum computed on a thread of its own, beside whoever reads the bytes: where reading and hashing take
/// about as long, both together then take half the time.
#pragma once

#include "core/hash.h"

namespace segue {

/// Gives what `hasher` gives. update() copies the bytes and returns; it waits where the thread is more than
/// half a MiB behind. Where the system gives no thread the caller's does the work.
[[nodiscard]] std::unique_ptr<Hasher> onThreadOfItsOwn(std::unique_ptr<Hasher> hasher);

} // namespace segue
