/// \file
/// Holds checksum files against the set's own checksums.
#pragma once

#include "ddp/checksum_list.h"
#include "ddp/verify.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace segue::ddp {

/// One checksum file that was read.
struct NamedList {
    std::string file;
    ChecksumForm form = ChecksumForm::tolerant;
    ChecksumList list{};
};

/// A file a list may mean.
struct HashedFile {
    std::string name;         ///< as the set has it
    std::string nameOnDisk{}; ///< empty when it is missing
    bool ofTheSet = true;     ///< false: a companion some list names
    FileHash* hash = nullptr; ///< nullptr when it could not be read
};

/// Judges every list: wrong checksums, names that mean nothing, files of the set that no list names. Sets
/// FileHash::listed where a list names the file and all lists agree with it.
[[nodiscard]] Findings checkLists(std::span<const NamedList> lists, std::span<const HashedFile> files);

} // namespace segue::ddp
