#include "ddp/cd_text_reader.h"

#include "ddp/cd_text_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace segue::ddp {
namespace {

/// Findings of one rule that are given in full.
constexpr int shownPerRule = 10;

} // namespace

void PackReport::append(std::string_view rule, std::string message, Place where)
{
    where.file = file_;
    if (++counts_[rule] <= shownPerRule)
        findings_.push_back(finding(cdTextRule(rule), capitalized(std::move(message)), where));
}

void PackReport::add(std::string_view rule, std::string message, std::size_t byte, int track)
{
    append(rule, std::move(message), {.byte = static_cast<std::int64_t>(byte), .track = track});
}

void PackReport::add(std::string_view rule, std::string message) { append(rule, std::move(message), {}); }

void PackReport::addPack(std::string_view rule, const FoundPack& pack, std::string_view message)
{
    add(rule, fmt::format("Pack {} {}", pack.number, message), pack.byte);
}

Findings PackReport::take()
{
    for (const auto& [rule, count] : counts_)
        if (count > shownPerRule)
            findings_.push_back(finding(cdTextRule(rule),
                                        fmt::format("{} more of this kind", count - shownPerRule),
                                        {.file = file_}));
    return std::move(findings_);
}

TextRun::TextRun(PackType type, int lastTrack, std::size_t width, PackReport& report)
    : type_{type}, lastTrack_{lastTrack}, width_{width}, report_{report},
      texts_(static_cast<std::size_t>(lastTrack) + 1)
{
}

void TextRun::store()
{
    texts_[static_cast<std::size_t>(track_)] = {pending_, pendingByte_, true};
    pending_.clear();
    characters_ = 0;
}

/// Holds the owner and the position that the pack states against what is due, and follows the pack when they
/// differ. \return false when its payload must not be read
bool TextRun::settle(const FoundPack& found)
{
    const int owner = found.pack.track;
    const bool afterDamage = lost_ || found.afterGap;
    lost_ = false;
    if (owner > lastTrack_) {
        report_.addPack("CDTEXT.TRACK_RANGE", found,
                        fmt::format("belongs to track {}, the last one is {}", owner, lastTrack_));
        lost_ = true;
        return false;
    }
    if (track_ > lastTrack_ &&
        std::ranges::all_of(found.pack.payload, [](std::uint8_t b) { return b == 0; })) {
        report_.addPack("CDTEXT.EXTRA_PACK", found,
                        fmt::format("holds nothing, all texts ended before it ({})", name(type_)));
        return false;
    }
    if (owner != track_) {
        if (!afterDamage)
            report_.addPack("CDTEXT.TRACK_RANGE", found,
                            track_ > lastTrack_
                                ? fmt::format("begins inside {}, but all texts ended before it",
                                              describeText(type_, owner))
                                : fmt::format("begins inside {}, but {} is due", describeText(type_, owner),
                                              describeText(type_, track_)));
        if (!pending_.empty()) store();
        track_ = owner;
        characters_ = found.pack.position;
    } else if (afterDamage) {
        characters_ = found.pack.position;
    } else if (found.pack.position != std::min(characters_, maxPosition)) {
        report_.addPack("CDTEXT.POSITION", found,
                        fmt::format("has the character position {}, {} is right", found.pack.position,
                                    std::min(characters_, maxPosition)));
    }
    return true;
}

void TextRun::feed(const FoundPack& found, std::size_t skip)
{
    if (!found.usable) {
        lost_ = true;
        return;
    }
    if (found.sound) {
        if (!settle(found)) return;
    } else {
        lost_ = true;
    }
    bool reported = false;
    for (std::size_t at = skip; at + width_ <= payloadSize; at += width_) {
        const auto* unit = found.pack.payload.data() + at;
        const bool zero = std::all_of(unit, unit + width_, [](std::uint8_t b) { return b == 0; });
        if (track_ > lastTrack_) {
            if (!zero && !reported)
                report_.add(
                    "CDTEXT.TERMINATOR",
                    fmt::format("Pack {}: bytes follow after the last text ({})", found.number, name(type_)),
                    found.byte + 4 + at);
            reported = reported || !zero;
        } else if (zero) {
            if (pending_.empty()) pendingByte_ = found.byte + 4 + at;
            store();
            ++track_;
        } else {
            if (pending_.empty()) pendingByte_ = found.byte + 4 + at;
            for (std::size_t i = 0; i < width_; ++i) pending_ += static_cast<char>(unit[i]);
            ++characters_;
        }
    }
}

void TextRun::finish()
{
    if (track_ <= lastTrack_ && !pending_.empty()) {
        report_.add("CDTEXT.TERMINATOR", fmt::format("The packs end inside {}", describeText(type_, track_)),
                    pendingByte_, track_);
        store();
        ++track_;
    }
    if (track_ <= lastTrack_)
        report_.add("CDTEXT.INCOMPLETE", fmt::format("The packs end before {}; the last track is {}",
                                                     describeText(type_, track_), lastTrack_));
}

} // namespace segue::ddp
