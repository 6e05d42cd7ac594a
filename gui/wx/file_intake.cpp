#include "gui/wx/file_intake.h"

#include "app/add_files.h"

#include <fmt/format.h>
#include <wx/event.h>

namespace segue::gui {

FileIntake::FileIntake(wxEvtHandler& owner, std::function<void(const std::string&, double)> progress)
    : owner_{owner}, progress_{std::move(progress)}
{
}

void FileIntake::read(std::vector<Path> paths, std::function<void(std::vector<IntakeFile>, bool)> done)
{
    busy_ = true;
    thread_ =
        std::jthread{[this, paths = std::move(paths), done = std::move(done)](const std::stop_token& stop) {
            AudioProber prober{segueBeside()};
            std::vector<IntakeFile> files;
            for (std::size_t i = 0; i < paths.size() && !stop.stop_requested(); ++i) {
                const std::string words =
                    paths.size() == 1 ? fmt::format("Reading {}", paths[i].filename().string())
                                      : fmt::format("Reading {} ({} of {})", paths[i].filename().string(),
                                                    i + 1, paths.size());
                const auto share = [=, count = paths.size()](double fraction) {
                    return (static_cast<double>(i) + fraction) / static_cast<double>(count);
                };
                const Progress progress{
                    [&](std::string_view, double fraction) {
                        owner_.CallAfter([this, words, part = share(fraction)] { progress_(words, part); });
                    },
                    stop};
                progress({}, 0);
                IntakeFile file{.path = paths[i]};
                if (auto added = addSourceFile(realFileOps(), Album{}, paths[i], {}, progress, &prober)) {
                    const Source& s = *find(added->album, added->source);
                    file.source = {s.path, s.rate, s.length, s.channels, s.format, s.fingerprint};
                } else if (added.error().kind == ErrorKind::cancelled) {
                    break;
                } else {
                    file.refused = sentence(added.error());
                }
                files.push_back(std::move(file));
            }
            const bool cancelled = stop.stop_requested();
            owner_.CallAfter([this, files = std::move(files), done, cancelled] {
                busy_ = false;
                done(files, cancelled);
            });
        }};
}

} // namespace segue::gui
