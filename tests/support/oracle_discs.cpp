#include "support/oracle_discs.h"

#include "ddp/cd_text_packs.h"
#include "ddp/disc_from_pq.h"
#include "support/album_builder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace segue::test {

namespace {

ddp::Disc readBack(const ddp::Fileset& set)
{
    ddp::Disc disc;
    std::optional<ddp::CdText> texts;
    Findings findings;
    for (const ddp::NamedBytes& file : set.files) {
        if (file.name == "CDTEXT.BIN") {
            ddp::DecodedPacks decoded = ddp::decodePacks(file.bytes, file.name);
            findings.insert(findings.end(), decoded.findings.begin(), decoded.findings.end());
            texts = std::move(decoded.text);
        }
        if (file.name != "PQDESCR") continue;
        std::string bytes;
        for (const std::byte b : file.bytes) bytes += static_cast<char>(b);
        const auto packets = get(ddp::parsePq(bytes, file.name, findings));
        const std::vector<std::int64_t> offsets(packets.size());
        ddp::PqDisc pq = ddp::discFromPq(packets, offsets, file.name);
        findings.insert(findings.end(), pq.findings.begin(), pq.findings.end());
        disc = std::move(pq.disc);
    }
    if (!findings.empty()) throw std::runtime_error("our reader finds fault: " + findings.front().message);
    disc.cdText = std::move(texts);
    return disc;
}

/// Neither the packs nor most programs keep an empty text apart from none.
Texts withoutEmpty(Texts texts)
{
    for (const TextField field : allTextFields)
        if (texts[field] == "") texts[field].reset();
    return texts;
}

OracleDisc oracleDisc(PlannedDisc plan)
{
    OracleDisc made{.onDdp = readBack(get(ddp::composeFileset(plan.disc, plan.write)))};
    ddp::Disc meant = plan.disc;
    if (meant.cdText) meant.cdText = ddp::asStored(*meant.cdText);
    if (made.onDdp != meant) throw std::runtime_error("the DDP is not what was planned");
    made.trackTexts.resize(meant.tracks.size());
    if (meant.cdText && !meant.cdText->blocks.empty()) {
        const ddp::CdTextBlock& block = made.onDdp.cdText.value().blocks.at(0);
        made.discTexts = withoutEmpty(block.disc);
        for (std::size_t i = 0; i < block.tracks.size(); ++i)
            made.trackTexts.at(i) = withoutEmpty(block.tracks[i]);
    }
    made.plan = std::move(plan);
    return made;
}

} // namespace

std::int64_t OracleDisc::pause(std::size_t track) const
{
    const auto& at = onDdp.tracks.at(track).pauseStart;
    return track == 0 ? 0 : at ? lba(*at) : start(track);
}

std::vector<OracleDisc> oracleDiscs(std::uint64_t seed)
{
    const Album album = randomAlbum(seed);
    std::vector<OracleDisc> discs;
    for (PlannedDisc& plan : planDiscs(album, firstEdition(album), {}))
        discs.push_back(oracleDisc(std::move(plan)));
    return discs;
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string::npos) continue;
        lines.push_back(line.substr(first, line.find_last_not_of(" \r") - first + 1));
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines)
{
    return fmt::format("{}", fmt::join(lines, "\n"));
}

void writeSparse(const std::filesystem::path& path, const std::string& head, std::uintmax_t length)
{
    std::ofstream{path, std::ios::binary | std::ios::trunc} << head;
    std::filesystem::resize_file(path, length);
}

} // namespace segue::test
