#include "cli/printed_report.h"

#include "core/hash.h"
#include "core/safe_write.h"
#include "core/text.h"
#include "deliver/paint_pages.h"
#include "picture/stacked_pages.h"

#include <algorithm>
#include <span>

namespace segue::cli {

namespace {

constexpr double pngScale = 2; ///< device pixels per logical one: 192 in an inch
constexpr std::size_t mostPngPages = 12;

std::string endingOf(const std::string& name) { return asciiLower(Path{name}.extension().string()); }

std::vector<std::byte> bytesIn(const std::string& text)
{
    const auto bytes = bytesOf(text);
    return {bytes.begin(), bytes.end()};
}

Result<std::vector<std::byte>> painted(const std::string& name, const PrintedReport& report, int& missing)
{
    const std::string ending = endingOf(name);
    if (ending == ".txt") return bytesIn(report.text);
    if (ending == ".pdf") {
        auto pdf = paintPdf(report.pages, report.title);
        if (!pdf) return failure(std::move(pdf.error()));
        missing = pdf->missingGlyphs;
        return std::move(pdf->pdf);
    }
    // cairo's pictures end at 32,767 pixels.
    if (ending == ".png" && report.pages.size() > mostPngPages)
        return failure("The report has too many pages for one picture; write a PDF", name);
    const auto width = static_cast<int>(picture::pageWidth);
    const auto height = static_cast<int>(picture::pageHeight) * static_cast<int>(report.pages.size());
    const picture::DrawList all = picture::stackedPages(report.pages);
    auto picture = ending == ".svg" ? paintSvg(all, printStyle(), width, height)
                                    : paintPng(all, printStyle(), width, height, pngScale);
    if (!picture) return failure(std::move(picture.error()));
    return bytesIn(*picture);
}

} // namespace

Status checkReportNames(FileOps& files, const std::vector<std::string>& names, bool replace)
{
    for (const std::string& name : names) {
        const std::string ending = endingOf(name);
        if (ending != ".pdf" && ending != ".svg" && ending != ".png" && ending != ".txt")
            return failure("A report's name ends with .pdf, .svg, .png or .txt", name);
        if (std::ranges::count(names, name) > 1) return failure("This report is asked for twice", name);
        if (!replace && files.stat(name))
            return failure("There is a file of this name already; --replace replaces it", name);
    }
    return {};
}

Result<int> writeReports(FileOps& files, const std::vector<std::string>& names, const PrintedReport& report)
{
    int missing = 0;
    for (const std::string& name : names) {
        const auto bytes = painted(name, report, missing);
        if (!bytes) return failure(bytes.error());
        if (auto s = saveAtomically(files, name, *bytes, [](auto) { return Status{}; }, randomToken()); !s)
            return failure(std::move(s.error()));
    }
    return missing;
}

} // namespace segue::cli
