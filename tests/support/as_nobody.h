/// \file
/// Permissions mean nothing to root: tests about them work as nobody for a while.
#pragma once

#include "core/file_ops.h"

#include <doctest/doctest.h>
#include <unistd.h>

namespace segue::test {

/// Root may read everything: for as long as this lives, the process is nobody, who may not.
class AsNobody {
public:
    AsNobody() : root_{geteuid() == 0}
    {
        if (root_) REQUIRE(seteuid(nobody) == 0);
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
    ~AsNobody()
    {
        if (root_) CHECK(seteuid(0) == 0);
    }
    /// The folder and everything in it, so that nobody can work there.
    static void give(const Path& folder)
    {
        if (geteuid() != 0) return;
        REQUIRE(chown(folder.c_str(), nobody, nobody) == 0);
        for (const auto& entry : std::filesystem::recursive_directory_iterator{folder})
            REQUIRE(lchown(entry.path().c_str(), nobody, nobody) == 0);
    }

private:
    static constexpr unsigned nobody = 65'534;
    bool root_;
};

} // namespace segue::test
