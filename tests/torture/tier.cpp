#include "torture/tier.h"

#include <cstdlib>
#include <fstream>
#include <string>

namespace segue::torture {

Tier tier()
{
    const char* name = std::getenv("SEGUE_TIER");
    const std::string_view wanted = name == nullptr ? "quick" : name;
    if (wanted == "release") return Tier::release;
    return wanted == "nightly" ? Tier::nightly : Tier::quick;
}

void figure(std::string_view id, std::string_view what, std::uint64_t tried, std::uint64_t bad,
            std::string_view note)
{
    const char* path = std::getenv("SEGUE_FIGURES");
    if (path == nullptr) return;
    std::ofstream{path, std::ios::app} << id << '\t' << what << '\t' << tried << '\t' << bad << '\t' << note
                                       << '\n';
}

} // namespace segue::torture
