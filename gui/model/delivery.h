/// \file
/// What an edition is delivered as, by its medium, and the delivery itself: a proven DDP of a CD edition,
/// proven side files of a record. The window around it is gui/wx/deliver_window.h.
#pragma once

#include "deliver/ddp_export.h"
#include "deliver/side_files.h"
#include "vinyl/elliptical.h"

#include <optional>
#include <string>
#include <vector>

namespace segue::gui {

enum class Deliverable { nothing, ddp, sides };
[[nodiscard]] Deliverable deliverableOf(const Edition& edition);

/// A head and a sentence, as "Nothing to deliver" and why.
struct NotDeliverable {
    std::string head, why;
};
/// \param edition null: it is not in the album any more
[[nodiscard]] std::optional<NotDeliverable> whyNotDeliverable(const Edition* edition);

struct DeliveryWords {
    std::string title;      ///< of the window: "Deliver DDP — CD"
    std::string folder;     ///< asked for: "The new folder for the DDP"
    std::string folderName; ///< proposed, without a separator in it
    std::string ready;      ///< when nothing is in the way: "Ready for the plant"
    std::string replace;    ///< what the choice to overwrite says
};
/// \pre the edition can be delivered
[[nodiscard]] DeliveryWords deliveryWords(const Album& album, const Edition& edition);

struct DeliveryChoices {
    bool replace = false;
    bool imageCue = false; ///< of a DDP: a cue sheet beside the image
    /// Of side files: silence around the tracks, dB on all sides alike, the engineer's explicit equaliser,
    /// and their names (sideFileName() in deliver/side_files.h).
    Duration leadIn = seconds(1), tail = seconds(2);
    Decibels gain{};
    std::optional<vinyl::Elliptical> elliptical{};
    std::string pattern = defaultSidePattern;
    std::vector<std::string> allow{}; ///< rules that are set aside for this delivery
};

struct Delivered {
    Findings findings{};
    bool written = false; ///< else a finding stands in the way
    Path folder{}, report{};
    std::vector<DeliveredFile> files{};
};
struct DeliveryWork {
    std::string albumName{}; ///< for the reports: the project's file name
    Path cacheFolder{};      ///< as in DdpExportOptions
    Progress progress{};
};
/// An Error is a disk, a cancel or input that cannot be used.
/// \pre the edition can be delivered
[[nodiscard]] Result<Delivered> deliverEdition(FileOps& files, const Album& album, const Edition& edition,
                                               const Path& out, const DeliveryChoices& choices,
                                               const DeliveryWork& work);

/// The rules of the errors that stand, when all of them may be set aside for one delivery, and with them the
/// rules of those that were set aside already; else empty.
[[nodiscard]] std::vector<std::string> rulesToSetAside(const Findings& findings);

/// \param checking what only the sound tells is still being looked for
/// \param ready what is said when nothing is in the way (DeliveryWords)
[[nodiscard]] std::string readinessWords(const Findings& findings, bool checking, const std::string& ready);
/// After a delivery that errors stood in the way of: what can be done now.
[[nodiscard]] std::string refusalWords(const Findings& findings);
/// Where it was written to, and which errors were set aside for it.
[[nodiscard]] std::string deliveredWords(const Delivered& delivered);

} // namespace segue::gui
