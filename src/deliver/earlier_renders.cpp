#include "deliver/earlier_renders.h"

#include "core/text.h"
#include "deliver/staged_files.h"

#include <algorithm>
#include <bit>

namespace segue {

namespace {

constexpr std::size_t mostImages = 16;
constexpr std::int64_t largestDescription = 16 << 20;
constexpr const char* ending = ".render.json";

std::string hashOf(std::span<const std::byte> bytes)
{
    const auto hasher = makeXxh3_128();
    hasher->update(bytes);
    return hasher->finish();
}

} // namespace

EarlierRenders::EarlierRenders(FileOps& files, Path folder) : files_{files}, folder_{std::move(folder)}
{
    const auto names = files_.list(folder_);
    if (!names) return;
    for (const std::string& name : *names) {
        if (!name.ends_with(ending)) continue;
        const auto text = readTextFile(files_, folder_ / name, largestDescription);
        if (!text) continue;
        auto image = renderedImageOf(*text);
        if (image && open(*image)) images_.push_back(std::move(*image));
    }
    for (std::size_t i = 0; i < images_.size(); ++i)
        for (std::size_t j = 0; j < images_[i].parts.size(); ++j)
            parts_.try_emplace(images_[i].parts[j].key, Place{i, j});
}

Result<std::unique_ptr<File>> EarlierRenders::open(const RenderedImage& image) const
{
    auto file = files_.openForReading(image.path);
    if (!file) return failure(fileError("Could not read an earlier image", image.path, file.error()));
    const auto stat = (*file)->stat();
    if (!stat || *stat != image.stat) return failure("This image was changed", image.path.string());
    return std::move(*file);
}

bool EarlierRenders::has(const RenderPart& part) const
{
    const auto found = parts_.find(part.key);
    if (part.key.empty() || found == parts_.end()) return false;
    const RenderedImage::Part& earlier = images_[found->second.image].parts[found->second.part];
    return earlier.end - earlier.begin == part.end - part.begin;
}

Error EarlierRenders::disappoint(const RenderedImage& image)
{
    const std::scoped_lock lock{mutex_};
    if (!disappointed_) disappointed_ = image.path;
    return {"An earlier image is no longer what was delivered", image.path.string(), ErrorKind::refused};
}

Result<Overs> EarlierRenders::give(const RenderPart& part,
                                   const std::function<Status(SamplePos, std::span<const Pcm16Frame>)>& sink)
{
    const Place place = parts_.find(part.key)->second;
    const RenderedImage& image = images_[place.image];
    const RenderedImage::Part& earlier = image.parts[place.part];
    const auto file = open(image);
    if (!file) return failure(disappoint(image));
    // Blocks end where parts do: a render hands over no block that reaches into the next part.
    const std::int64_t begin = earlier.begin.value() * bytesPerPcm16Frame;
    const std::int64_t end = earlier.end.value() * bytesPerPcm16Frame;
    auto block = std::ranges::lower_bound(image.blocks, begin, {}, &ProvenBlock::offset);
    std::vector<Pcm16Frame> frames;
    for (std::int64_t at = begin; at < end; at += block->length, ++block) {
        if (block == image.blocks.end() || block->offset != at || at + block->length > end)
            return failure(disappoint(image));
        frames.resize(static_cast<std::size_t>(block->length / bytesPerPcm16Frame));
        const auto bytes = std::as_writable_bytes(std::span{frames});
        const auto read = readFully(**file, at, bytes);
        if (!read || *read != bytes.size() || hashOf(bytes) != block->hash) return failure(disappoint(image));
        if (auto s = sink(part.begin + SampleCount{(at - begin) / bytesPerPcm16Frame}, frames); !s)
            return failure(std::move(s.error()));
    }
    Overs overs = earlier.overs;
    overs.entry = part.entry;
    if (overs.beyond > 0) overs.firstBeyond = part.begin + (overs.firstBeyond - SamplePos{});
    return overs;
}

std::optional<Path> EarlierRenders::disappointed() const
{
    const std::scoped_lock lock{mutex_};
    return disappointed_;
}

std::vector<KnownFile> EarlierRenders::knownFiles() const
{
    std::vector<KnownFile> all;
    for (const RenderedImage& image : images_)
        for (const KnownFile& file : image.sources)
            if (std::ranges::find(all, file) == all.end()) all.push_back(file);
    return all;
}

std::optional<std::string> EarlierRenders::md5Of(const Path& path) const
{
    const auto real = files_.realPath(path);
    if (!real) return std::nullopt;
    const auto image = std::ranges::find(images_, *real, &RenderedImage::path);
    if (image == images_.end() || !open(*image)) return std::nullopt;
    return image->md5;
}

void EarlierRenders::remember(const RenderedImage& delivered)
{
    RenderedImage image = delivered;
    const auto real = files_.realPath(image.path);
    const auto stat = real ? files_.stat(*real) : SystemResult<FileStat>{std::unexpected{real.error()}};
    if (!stat || !isValidUtf8(real->string())) return;
    image.path = *real;
    image.stat = *stat;
    Path made;
    for (const Path& step : folder_) {
        made /= step;
        static_cast<void>(files_.makeDirectory(made));
    }
    const std::string text = textOf(image);
    const Path target = folder_ / (hashOf(bytesOf(image.path.string())) + ending);
    StagedFiles staged{files_};
    if (staged.writeFile(target, bytesOf(text))) static_cast<void>(staged.publish(true));

    const auto names = files_.list(folder_);
    if (!names) return;
    std::vector<std::pair<std::int64_t, std::string>> byAge;
    for (const std::string& name : *names)
        if (const auto s = files_.stat(folder_ / name); s && name.ends_with(ending))
            byAge.emplace_back(s->modifiedNanoseconds, name);
    std::ranges::sort(byAge);
    for (std::size_t i = 0; i + mostImages < byAge.size(); ++i)
        static_cast<void>(files_.unlink(folder_ / byAge[i].second));
}

} // namespace segue
