/// \file
/// What a job leaves behind in the allocator.
#pragma once

namespace segue {

/// Gives memory that was freed back to the system (malloc_trim; nothing elsewhere than with glibc). After a
/// render and before something else large, so that the two do not add up.
void giveBackFreedMemory();

} // namespace segue
