/// \file
/// Audio files on their way in: opened, tried and measured on a thread of its own, one after the other, so
/// that the window never waits. What was found is handed over on the window's thread.
#pragma once

#include "album/edit.h"
#include "core/file_ops.h"

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace segue::gui {

class Line;

struct IntakeFile {
    Path path{};
    edit::NewSource source{};
    std::string refused{}; ///< why not; empty when it was taken
};

class FileIntake {
public:
    /// \param line to the window on whose thread the functions are called
    FileIntake(std::shared_ptr<Line> line,
               std::function<void(const std::string& stage, double fraction)> progress);
    /// Does not wait for a disk. \pre the line is cut
    ~FileIntake();
    FileIntake(const FileIntake&) = delete;
    FileIntake& operator=(const FileIntake&) = delete;
    /// One at a time: \pre !busy()
    void read(std::vector<Path> paths, std::function<void(std::vector<IntakeFile>, bool cancelled)> done);
    [[nodiscard]] bool busy() const { return busy_; }
    void cancel() { thread_.request_stop(); }

private:
    std::shared_ptr<Line> line_;
    std::function<void(const std::string&, double)> progress_;
    bool busy_ = false;
    std::jthread thread_;
};

} // namespace segue::gui
