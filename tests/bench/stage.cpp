// The rendering and writing stage alone: from the sources to an image in the page cache with its MD5 and with
// every block compared; no fsync, nothing read from the disk.
//   stage ALBUM.segue OUT [tpdf|shaped-strong]

#include "app/open_input.h"
#include "core/testing_file_ops.h"
#include "deliver/checked_render.h"
#include "deliver/proven_file.h"

#include <cstdio>
#include <string_view>

using namespace segue;

namespace {

int stop(const Error& error)
{
    std::fprintf(stderr, "%s: %s\n", error.where.c_str(), error.what.c_str());
    return 1;
}

} // namespace

int main(int count, char** words)
{
    if (count < 3) return 2;
    FaultyFileOps files{realFileOps(), {.pretendSync = true}};
    auto input = openInput(files, words[1], {});
    if (!input) return stop(input.error());
    const Album& album = input->project.album;
    const Edition& edition = album.editions.front();
    const auto discs = planDiscs(album, edition, {});
    RenderSettings settings;
    if (count > 3 && std::string_view{words[3]} == "shaped-strong") settings.dither = Dither::shapedStrong;
    const SampleCount length{discs.front().disc.leadOut.value() * samplesPerCdFrame};
    auto file = files.createNew(words[2]);
    if (!file) return stop(fileError("could not create the image", words[2], file.error()));
    auto image = ProvenFile::create(files, std::move(*file), words[2], length.value() * bytesPerPcm16Frame,
                                    sectorNames(0, CdFramePos{}), {});
    if (!image) return stop(image.error());
    const auto rendered =
        renderPcm16(album, discs.front().piece, planRender(album, discs.front().piece, length, settings),
                    settings, openerFor(files), {}, [&](SamplePos at, std::span<const Pcm16Frame> frames) {
                        return (*image)->write(at.value() * bytesPerPcm16Frame, std::as_bytes(frames));
                    });
    if (!rendered) return stop(rendered.error());
    const auto sums = (*image)->finish();
    if (!sums) return stop(sums.error());
    std::printf("%s\n", sums->md5.c_str());
}
