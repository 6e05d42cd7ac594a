#include "gui/wx/file_intake.h"

#include "app/add_files.h"
#include "gui/model/ends_beside.h"
#include "gui/model/guarded.h"
#include "gui/wx/give_way.h"
#include "gui/wx/hand_over.h"

#include <fmt/format.h>
#include <wx/event.h>

namespace segue::gui {

FileIntake::FileIntake(std::shared_ptr<Line> line, std::function<void(const std::string&, double)> progress)
    : line_{std::move(line)}, progress_{std::move(progress)}
{
}

FileIntake::~FileIntake() { endBeside(std::move(thread_)); }

namespace {

IntakeFile readFile(const Path& path, const Progress& progress, AudioProber& prober)
{
    IntakeFile file{.path = path};
    const Status read = guarded("It could not be read", [&] {
        auto added = addSourceFile(realFileOps(), Album{}, path, {}, progress, &prober);
        if (!added) {
            file.refused = sentence(added.error());
            return;
        }
        const Source& s = *find(added->album, added->source);
        file.source = {s.path, s.rate, s.length, s.channels, s.format, s.fingerprint};
    });
    if (!read) file.refused = path.string() + ": " + sentence(read.error());
    return file;
}

} // namespace

void FileIntake::read(std::vector<Path> paths, std::function<void(std::vector<IntakeFile>, bool)> done)
{
    busy_ = true;
    const auto tell = [this, line = line_, done = std::move(done)](std::vector<IntakeFile> files,
                                                                   bool cancelled) {
        line->tell([this, files = std::move(files), done, cancelled] {
            busy_ = false;
            done(files, cancelled);
        });
    };
    // The thread may outlive this: what it is told to do on the window's thread does not.
    const auto work = [this, line = line_, paths = std::move(paths), tell](const std::stop_token& stop) {
        AudioProber prober{segueBeside()};
        std::vector<IntakeFile> files;
        for (std::size_t i = 0; i < paths.size() && !stop.stop_requested(); ++i) {
            const std::string words =
                paths.size() == 1
                    ? fmt::format("Reading {}", paths[i].filename().string())
                    : fmt::format("Reading {} ({} of {})", paths[i].filename().string(), i + 1, paths.size());
            const auto share = [=, count = paths.size()](double fraction) {
                return (static_cast<double>(i) + fraction) / static_cast<double>(count);
            };
            const Progress progress{
                [&](std::string_view, double fraction) {
                    line->tell([this, words, part = share(fraction)] { progress_(words, part); });
                },
                stop};
            progress({}, 0);
            files.push_back(readFile(paths[i], progress, prober));
        }
        tell(std::move(files), stop.stop_requested());
    };
    const char* const couldNot = "The files could not be read";
    const auto guardedWork = [work, tell, couldNot](const std::stop_token& stop) {
        giveWay();
        if (const Status read = guarded(couldNot, [&] { work(stop); }); !read)
            tell({IntakeFile{.refused = sentence(read.error())}}, false);
    };
    if (const Status begun = startThread(thread_, couldNot, guardedWork); !begun)
        tell({IntakeFile{.refused = sentence(begun.error())}}, false);
}

} // namespace segue::gui
