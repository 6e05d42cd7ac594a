#include "ddp/checksum_list.h"

#include "core/text.h"
#include "ddp/red_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace segue::ddp {

namespace {

constexpr std::size_t md5Digits = 32, crcDigits = 8;
constexpr std::string_view crcHeader = "[CRC32 Checksum]";
/// A file of rubbish would otherwise give a finding for each of its lines.
constexpr int mostLinesReported = 20;

bool isHex(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return isDigit(c) || (asciiUpper(c) >= 'A' && asciiUpper(c) <= 'F'); });
}
bool hasUpper(std::string_view text) { return std::ranges::any_of(text, isUpper); }
bool hasLower(std::string_view text) { return std::ranges::any_of(text, isLower); }

std::optional<ChecksumKind> kindOf(std::string_view hash)
{
    if (!isHex(hash)) return {};
    if (hash.size() == md5Digits) return ChecksumKind::md5;
    if (hash.size() == crcDigits) return ChecksumKind::crc32;
    return {};
}

/// An entry whose hash still has the case it is written in.
std::optional<ChecksumEntry> entry(std::string_view hash, std::string_view name)
{
    const auto kind = kindOf(hash);
    if (!kind || name.empty()) return {};
    return ChecksumEntry{*kind, std::string{name}, std::string{hash}};
}

std::string_view withoutLeadingBlanks(std::string_view text)
{
    const auto at = text.find_first_not_of(" \t");
    return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

/// `hash  name`, `hash *name`, `hash name`
std::optional<ChecksumEntry> hashFirst(std::string_view line)
{
    const auto end = line.find_first_of(" \t");
    if (end == std::string_view::npos) return {};
    std::string_view name = withoutLeadingBlanks(line.substr(end));
    if (name.starts_with('*')) name.remove_prefix(1);
    return entry(line.substr(0, end), name);
}

/// `NAME=hash`, `NAME = hash`, `NAME: hash`, `NAME hash` (sfv)
std::optional<ChecksumEntry> nameFirst(std::string_view line)
{
    const auto end = line.find_last_of(" \t=:");
    if (end == std::string_view::npos) return {};
    std::string_view name = line.substr(0, end);
    while (!name.empty() && (name.ends_with(' ') || name.ends_with('\t'))) name.remove_suffix(1);
    if (name.ends_with('=') || name.ends_with(':')) name.remove_suffix(1);
    while (!name.empty() && (name.ends_with(' ') || name.ends_with('\t'))) name.remove_suffix(1);
    return entry(line.substr(end + 1), name);
}

/// `MD5 (NAME) = hash`
std::optional<ChecksumEntry> bsdStyle(std::string_view line)
{
    constexpr std::string_view start = "MD5 (", middle = ") = ";
    const auto end = line.rfind(middle);
    if (!line.starts_with(start) || end == std::string_view::npos || end < start.size()) return {};
    return entry(line.substr(end + middle.size()), line.substr(start.size(), end - start.size()));
}

std::optional<ChecksumEntry> exactLine(std::string_view line, ChecksumKind kind)
{
    if (kind == ChecksumKind::md5) {
        if (line.size() <= md5Digits + 2 || line.substr(md5Digits, 2) != " *") return {};
        return entry(line.substr(0, md5Digits), line.substr(md5Digits + 2));
    }
    if (line.size() <= crcDigits + 1 || line[line.size() - crcDigits - 1] != '=') return {};
    return entry(line.substr(line.size() - crcDigits), line.substr(0, line.size() - crcDigits - 1));
}

std::optional<ChecksumEntry> tolerantLine(std::string_view line)
{
    if (auto found = bsdStyle(line)) return found;
    if (auto found = hashFirst(line)) return found;
    return nameFirst(line);
}

/// Lines that say nothing about a file in any of the known flavours.
bool isRemark(std::string_view line)
{
    const std::string_view text = trimmed(line);
    return text.empty() || text.starts_with('#') || text.starts_with(';') || text.starts_with("//") ||
           (text.starts_with('[') && text.ends_with(']'));
}

/// Reads one file; its state is what the lines share.
class ListReader {
public:
    ListReader(const std::string& file, ChecksumForm form) : file_{file}, form_{form}
    {
        kind_ = asciiUpper(file).ends_with(".MD5") ? ChecksumKind::md5 : ChecksumKind::crc32;
    }

    ChecksumList read(std::string_view text)
    {
        if (form_ == ChecksumForm::tolerant && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        std::int64_t number = 0;
        while (!text.empty()) {
            const auto end = text.find('\n');
            ++number;
            take(text.substr(0, end), number, end != std::string_view::npos);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
        if (form_ == ChecksumForm::exact && kind_ == ChecksumKind::crc32 && number == 0)
            report(1, "is missing", {});
        if (unread_ > mostLinesReported)
            list_.findings.push_back(finding(unreadRule(),
                                             fmt::format("{} lines in all are not understood", unread_),
                                             Place{.file = file_}));
        judgeCase();
        for (ChecksumEntry& each : list_.entries) each.hash = asciiLower(each.hash);
        return std::move(list_);
    }

private:
    [[nodiscard]] const Rule& unreadRule() const
    {
        return rule(form_ == ChecksumForm::exact ? "SET.CHECKSUM_LINE" : "SET.CHECKSUM_OTHER_LINE");
    }

    void report(std::int64_t line, std::string_view what, std::string_view text)
    {
        if (++unread_ > mostLinesReported) return;
        constexpr std::size_t shown = 60;
        std::string message = fmt::format("Line {} {}", line, what);
        if (!text.empty())
            message += fmt::format(": \"{}{}\"", escapedForDisplay(text.substr(0, shown)),
                                   text.size() > shown ? "..." : "");
        std::string fix;
        if (form_ == ChecksumForm::exact)
            fix = kind_ == ChecksumKind::md5
                      ? "a line is: 32 lower-case hexadecimal digits, a blank, *, the file's name"
                      : "first [CRC32 Checksum], then lines NAME=8 upper-case hexadecimal digits";
        list_.findings.push_back(
            finding(unreadRule(), std::move(message), Place{.file = file_, .line = line}, fix));
    }

    void take(std::string_view line, std::int64_t number, bool ended)
    {
        std::optional<ChecksumEntry> found;
        if (form_ == ChecksumForm::exact) {
            if (kind_ == ChecksumKind::crc32 && number == 1) {
                if (line != crcHeader || !ended) report(number, "is not [CRC32 Checksum]", line);
                return;
            }
            if (!ended) report(number, "does not end with a line feed", line);
            found = exactLine(line, kind_);
        } else {
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (isRemark(line)) return;
            found = tolerantLine(line);
        }
        if (!found) return report(number, "is not understood", line);
        found->line = number;
        list_.entries.push_back(std::move(*found));
    }

    /// One case of hexadecimal in a file: a single letter in the other one is damage or a hand.
    void judgeCase()
    {
        std::ptrdiff_t upper = 0, lower = 0;
        for (const ChecksumEntry& each : list_.entries) {
            upper += std::ranges::count_if(each.hash, isUpper);
            lower += std::ranges::count_if(each.hash, isLower);
        }
        bool wantUpper = upper > lower;
        if (form_ == ChecksumForm::exact) wantUpper = kind_ == ChecksumKind::crc32;
        for (const ChecksumEntry& each : list_.entries) {
            const bool wrong = wantUpper ? hasLower(each.hash) : hasUpper(each.hash);
            if (!wrong) continue;
            list_.findings.push_back(
                finding(rule("SET.CHECKSUM_CASE"),
                        fmt::format("The hexadecimal digits of {} are not all in {} case: {}",
                                    escapedForDisplay(each.name), wantUpper ? "upper" : "lower", each.hash),
                        Place{.file = file_, .line = each.line}));
            if (++cases_ == mostLinesReported) break;
        }
    }

    const std::string& file_;
    ChecksumForm form_;
    ChecksumKind kind_ = ChecksumKind::md5; ///< in the exact form
    ChecksumList list_{};
    int unread_ = 0, cases_ = 0;
};

} // namespace

bool isChecksumFileName(std::string_view name)
{
    const std::string upper = asciiUpper(name);
    constexpr std::array<std::string_view, 5> endings{".MD5", ".MD5SUM", ".SFV", ".CRC", ".CHK"};
    if (std::ranges::any_of(endings, [&](std::string_view ending) { return upper.ends_with(ending); }))
        return true;
    const bool named = upper.find("CHECKSUM") != std::string::npos || upper.find("MD5") != std::string::npos;
    return named && (upper.ends_with(".TXT") || upper.find('.') == std::string::npos);
}

ChecksumList readChecksumList(std::string_view text, const std::string& file, ChecksumForm form)
{
    return ListReader{file, form}.read(text);
}

} // namespace segue::ddp
