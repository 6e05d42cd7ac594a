#include "core/rule.h"

#include <fmt/format.h>

namespace segue {

std::string describe(const Place& place)
{
    std::string text = place.file;
    const auto add = [&text](const std::string& part) {
        if (!text.empty()) text += ", ";
        text += part;
    };
    if (place.line) add(fmt::format("line {}", *place.line));
    if (place.byte) add(fmt::format("byte {}", *place.byte));
    if (place.disc != 0) add(fmt::format("disc {}", place.disc));
    if (place.track != 0) add(fmt::format("track {}", place.track));
    if (place.index) add(fmt::format("INDEX {:02}", *place.index));
    if (place.frame && place.frame->value() >= 0) {
        const Msf msf = toMsf(*place.frame);
        add(fmt::format("{:02}:{:02}:{:02}", msf.minute, msf.second, msf.frame));
    }
    if (place.sample) add(fmt::format("sample {}", place.sample->value()));
    return text.empty() ? "album" : text;
}

Finding finding(const Rule& rule, std::string message, Place where, std::string fix)
{
    return {.level = rule.level,
            .rule = std::string{rule.id},
            .message = std::move(message),
            .where = std::move(where),
            .fix = std::move(fix),
            .overridable = rule.overridable};
}

std::vector<std::string> applyOverrides(Findings& findings, std::span<const std::string> allowed,
                                        std::span<const Rule> catalogue)
{
    const auto overridable = [&](std::string_view id) {
        return std::ranges::any_of(catalogue, [&](const Rule& r) { return r.id == id && r.overridable; });
    };
    const bool any = std::ranges::find(allowed, "any") != allowed.end();
    for (Finding& f : findings) {
        const bool named = any || std::ranges::find(allowed, f.rule) != allowed.end();
        if (f.level == Finding::Level::error && named && overridable(f.rule)) f.overridden = true;
    }
    std::vector<std::string> refused;
    for (const std::string& id : allowed)
        if (id != "any" && !overridable(id)) refused.push_back(id);
    return refused;
}

} // namespace segue
