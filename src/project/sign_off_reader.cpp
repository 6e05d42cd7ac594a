#include "project/sign_off_reader.h"

#include <limits>

namespace segue {

SignOff readSignOff(AttributeReader& in, const XmlNode& node)
{
    constexpr std::int64_t largestId = std::numeric_limits<std::uint32_t>::max() - 1;
    SignOff all{.rule = in.requiredText(node, "rule")};
    if (all.rule.empty()) in.wrong(node, "rule", "", "the id of a rule such as \"FAULT.CLICK\"");
    if (const auto id = in.optionalInteger(node, "track", 1, largestId))
        all.track = TrackId{static_cast<std::uint32_t>(*id)};
    all.heard = in.text(node, "heard");
    const auto hash = fromHex(all.heard);
    if (!hash || (!hash->empty() && hash->size() != 16))
        in.wrong(node, "heard", all.heard, "a hash of 32 digits 0-9 and a-f");
    all.at = in.optionalTime(node, "at");
    all.said = in.text(node, "said");
    all.note = in.text(node, "note");
    return all;
}

} // namespace segue
