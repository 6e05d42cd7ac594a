/// \file
/// What earlier exports delivered, remembered in a cache folder, so that a re-export after a small change
/// copies what did not change. The folder holds descriptions only, one for each delivered image: which parts
/// it has (render_parts.h) and the hash of every block; the samples are read from the delivered image itself
/// and compared with those hashes. Anything that does not fit is rendered; the cache can be deleted at any
/// time.
#pragma once

#include "audio/render_parts.h"
#include "deliver/proven_file.h"
#include "deliver/source_check.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace segue {

/// An image as it was delivered.
struct RenderedImage {
    struct Part {
        std::string key;
        SamplePos begin{}, end{};
        Overs overs{}; ///< positions from `begin`; the entry is not kept
    };
    Path path{};
    FileStat stat{};
    std::string md5{};
    std::vector<Part> parts{};
    std::vector<ProvenBlock> blocks{}; ///< in order, from 0 to the end
    std::vector<KnownFile> sources{};  ///< the files that it was made of
};

class EarlierRenders final : public EarlierParts {
public:
    /// Reads what is in `folder`; what cannot be read is passed over.
    EarlierRenders(FileOps& files, Path folder);

    [[nodiscard]] bool has(const RenderPart& part) const override;
    [[nodiscard]] Result<Overs>
    give(const RenderPart& part,
         const std::function<Status(SamplePos at, std::span<const Pcm16Frame> frames)>& sink) override;

    /// The image that give() found to be another than it was; a render without it will do.
    [[nodiscard]] std::optional<Path> disappointed() const;
    /// The MD5 of an image that was delivered to `path` and not touched since, by its stat.
    [[nodiscard]] std::optional<std::string> md5Of(const Path& path) const;
    /// The source files of all these images.
    [[nodiscard]] std::vector<KnownFile> knownFiles() const;
    /// Keeps the description of a new image, and of no more than the sixteen newest. The cache is a
    /// convenience: failures are passed over.
    void remember(const RenderedImage& image);

private:
    struct Place {
        std::size_t image, part;
    };
    [[nodiscard]] Result<std::unique_ptr<File>> open(const RenderedImage& image) const;
    [[nodiscard]] Error disappoint(const RenderedImage& image);

    FileOps& files_;
    Path folder_;
    std::vector<RenderedImage> images_{};
    std::map<std::string, Place, std::less<>> parts_{}; ///< by key
    mutable std::mutex mutex_{};
    std::optional<Path> disappointed_{};
};

/// The description as text (JSON) and back; nothing when the text is damaged or another version's.
[[nodiscard]] std::string textOf(const RenderedImage& image);
[[nodiscard]] std::optional<RenderedImage> renderedImageOf(std::string_view text);

} // namespace segue
