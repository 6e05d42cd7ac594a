/// \file
/// The inside of decodePacks(): packs as they were found, the block they belong to, and the list of findings.
/// Only the room ddp itself uses this header.
#pragma once

#include "core/finding.h"
#include "ddp/cd_text.h"
#include "ddp/cd_text_layout.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace segue::ddp {

/// A pack with its place in the file.
struct FoundPack {
    Pack pack{};
    std::size_t number = 0; ///< in the file, from 1
    std::size_t byte = 0;   ///< where it begins in the file
    bool sound = true;      ///< the CRC fits
    bool usable = true;     ///< false: damaged so that it cannot be said where it belongs
    bool afterGap = false;  ///< packs are missing in front of it
    [[nodiscard]] PackType type() const { return static_cast<PackType>(pack.type); }
};

/// Findings about one file; of each rule the first few in full and the rest as a number.
class PackReport {
public:
    explicit PackReport(std::string file) : file_{std::move(file)} {}
    /// \param byte counted in the file, header included
    void add(std::string_view rule, std::string message, std::size_t byte, int track = 0);
    void add(std::string_view rule, std::string message);
    /// "Pack 12 " is put in front.
    void addPack(std::string_view rule, const FoundPack& pack, std::string_view message);
    [[nodiscard]] Findings take();

private:
    void append(std::string_view rule, std::string message, Place where);

    std::string file_;
    Findings findings_{};
    std::map<std::string_view, int> counts_{};
};

/// All packs of one block and what they say.
struct FoundBlock {
    std::uint8_t number = 0;
    std::vector<FoundPack> packs{};
    SizeInformation size{};
    std::array<bool, SizeInformation::parts> sizeParts{}; ///< which of its packs are there and sound
    CdTextBlock text{};

    [[nodiscard]] bool sizeIsWhole() const { return sizeParts[0] && sizeParts[1] && sizeParts[2]; }
};
/// Reads size information and texts from `block.packs` into `block`.
void readBlock(FoundBlock& block, PackReport& report);

/// The strings of one pack type, cut at their zeros, with their owners.
class TextRun {
public:
    struct Text {
        std::string bytes{};
        std::size_t byte = 0; ///< where the text begins in the file
        bool present = false;
    };
    /// \param lastTrack 0 for the types that only the disc has
    /// \param width bytes of a character: 1 or 2
    TextRun(PackType type, int lastTrack, std::size_t width, PackReport& report);

    /// \param skip payload bytes that are no text: the genre code in the first pack
    void feed(const FoundPack& found, std::size_t skip = 0);
    void finish();
    /// One per track, the disc's first.
    [[nodiscard]] const std::vector<Text>& texts() const { return texts_; }

private:
    bool settle(const FoundPack& found);
    void store();

    PackType type_;
    int lastTrack_;
    std::size_t width_;
    PackReport& report_;
    std::vector<Text> texts_;
    int track_ = 0;         ///< whose text is being read; above lastTrack_: all are read
    std::string pending_{}; ///< its bytes so far
    std::size_t pendingByte_ = 0;
    std::size_t characters_ = 0; ///< its characters so far, those of lost packs included
    bool lost_ = false;          ///< something before was damaged or is missing: the next sound pack decides
};

} // namespace segue::ddp
