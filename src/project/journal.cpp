#include "project/journal.h"

#include "core/hash.h"
#include "core/safe_write.h"
#include "project/state_folder.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <tuple>
#include <utility>

namespace segue {

namespace {

constexpr std::string_view couldNot = "Edits cannot be kept for recovery at the moment";
// Names of edits are kept when the journal begins anew; more than these nobody reads.
constexpr std::size_t mostLabels = 1000;

/// The files of one window's journal. One thread at a time.
class JournalFolder {
public:
    JournalFolder(FileOps& files, const JournalSetup& setup, JournalBase base)
        : files_{files}, setup_{setup}, base_{std::move(base)}
    {
    }
    JournalFolder(const JournalFolder&) = delete;
    JournalFolder& operator=(const JournalFolder&) = delete;
    ~JournalFolder() { leave(); }

    [[nodiscard]] Path folder() const { return setup_.state / "recovery" / base_.id / setup_.self.token; }

    /// \param before  edits whose documents are not worth writing any more
    Status write(const std::vector<JournalRecord>& before, const JournalEdit& edit)
    {
        for (const JournalRecord& record : before) remember(record);
        remember({.label = edit.label, .time = edit.time, .continues = edit.continues});
        const std::vector<Version> none;
        auto document = formatProject(*edit.album, base_.origin.folder, base_.foreign.get(),
                                      edit.versions ? *edit.versions : none);
        if (!document) return failure(document.error());
        if (!file_) return beginAnew(*document);
        std::string bytes;
        std::uint64_t sequence = next_;
        for (const JournalRecord& record : before) bytes += journalBytes(record, sequence++);
        bytes += journalBytes({edit.label, edit.time, edit.continues, *document}, sequence++);
        if (size_ + bytes.size() > setup_.snapshotAbove) return beginAnew(*document);
        if (auto s = writeFully(*file_, static_cast<std::int64_t>(size_), bytesOf(bytes)); !s)
            return lost(s.error());
        if (auto s = file_->sync(); !s) return lost(s.error());
        size_ += bytes.size();
        next_ = sequence;
        return {};
    }

    Status restart(JournalBase base)
    {
        auto done = empty();
        if (base.id != base_.id) leave();
        base_ = std::move(base);
        labels_.clear();
        return done;
    }

private:
    // The edits written stay whole where they are; behind a failure nothing is written to the same file.
    std::unexpected<Error> lost(SystemError error)
    {
        file_.reset();
        return failure(fileError(couldNot, folder() / journalName, error));
    }

    void remember(const JournalRecord& record)
    {
        if (record.continues && !labels_.empty()) labels_.pop_back();
        labels_.push_back({.label = record.label, .time = record.time});
        if (labels_.size() > mostLabels) labels_.pop_front();
    }

    // The old journal stays until the new one is on the disk.
    Status beginAnew(const std::string& document)
    {
        file_.reset();
        if (auto s = claim(); !s) return s;
        const Path fresh = folder() / "journal.new";
        std::ignore = files_.unlink(fresh);
        auto made = files_.createNew(fresh);
        if (!made) return lost(made.error());
        std::string bytes = journalBytes(base_.origin);
        std::uint64_t sequence = 1;
        for (std::size_t i = 0; i + 1 < labels_.size(); ++i) bytes += journalBytes(labels_[i], sequence++);
        JournalRecord last = labels_.back();
        last.document = document;
        bytes += journalBytes(last, sequence++);
        auto done = writeFully(**made, 0, bytesOf(bytes));
        if (done) done = (*made)->sync();
        if (done) done = files_.rename(fresh, folder() / journalName);
        if (done) done = files_.syncDirectory(folder());
        if (!done) return lost(done.error());
        file_ = std::move(*made);
        size_ = bytes.size();
        next_ = sequence;
        return {};
    }

    Status claim()
    {
        if (setup_.state.empty())
            return failure(std::string{couldNot} +
                               ": no folder is known for it; set XDG_STATE_HOME or HOME to an absolute path",
                           {}, ErrorKind::io);
        if (const auto s = makeFolders(files_, folder()); !s)
            return failure(fileError(couldNot, folder(), s.error()));
        if (owner_ && owner_->held()) return {};
        owner_.reset();
        auto answer =
            LockFile::take(files_, folder() / journalOwnerName, setup_.self, setup_.stillRuns, true);
        if (answer.problem) return failure(*answer.problem);
        owner_ = std::move(answer.lock);
        return {};
    }

    Status empty()
    {
        if (labels_.empty()) return {}; // nothing was ever written
        file_.reset();
        const auto gone = files_.unlink(folder() / journalName);
        if (gone) std::ignore = files_.syncDirectory(folder());
        if (gone || gone.error().code == ENOENT) return {};
        return failure(fileError("The recovery journal of what is saved now could not be removed",
                                 folder() / journalName, gone.error()));
    }

    // Folders with something in them stay: unsaved edits, or another window's journal.
    void leave()
    {
        file_.reset();
        if (!owner_) return;
        std::ignore = files_.unlink(folder() / "journal.new");
        owner_.reset();
        if (files_.removeDirectory(folder())) std::ignore = files_.removeDirectory(folder().parent_path());
    }

    FileOps& files_;
    JournalSetup setup_;
    JournalBase base_;
    std::unique_ptr<LockFile> owner_{};
    std::unique_ptr<File> file_{};
    std::size_t size_ = 0;
    std::uint64_t next_ = 1;
    std::deque<JournalRecord> labels_{}; ///< of every edit since the origin, without documents
};

} // namespace

class JournalWriter::Worker {
public:
    Worker(FileOps& files, JournalSetup setup, JournalBase base, std::function<void()> told)
        : setup_{std::move(setup)}, base_{base}, told_{std::move(told)},
          folder_{files, setup_, std::move(base)}, thread_{[this] { run(); }}
    {
    }
    ~Worker()
    {
        {
            const std::scoped_lock lock{mutex_};
            ending_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }

    void post(JournalEdit edit)
    {
        {
            const std::scoped_lock lock{mutex_};
            if (newest_ && edit.continues)
                edit.continues = newest_->continues;
            else if (newest_)
                before_.push_back({newest_->label, newest_->time, newest_->continues, {}});
            newest_ = std::move(edit);
            ++posted_;
        }
        wake_.notify_all();
    }
    void restart(JournalBase base)
    {
        {
            const std::scoped_lock lock{mutex_};
            before_.clear();
            newest_.reset();
            base_ = base;
            restart_ = std::move(base);
            ++posted_;
        }
        wake_.notify_all();
    }
    Status flush()
    {
        std::unique_lock lock{mutex_};
        hurry_ = std::max(hurry_, posted_);
        wake_.notify_all();
        const auto wanted = posted_;
        done_.wait(lock, [&] { return written_ >= wanted; });
        if (problem_) return failure(*problem_);
        return {};
    }
    std::optional<Error> problem() const
    {
        const std::scoped_lock lock{mutex_};
        return problem_;
    }
    Path folder() const
    {
        const std::scoped_lock lock{mutex_};
        return setup_.state / "recovery" / base_.id / setup_.self.token;
    }

private:
    void run()
    {
        std::unique_lock lock{mutex_};
        while (true) {
            wake_.wait(lock, [&] { return ending_ || written_ < posted_; });
            if (written_ == posted_) return; // ending, and nothing is left
            if (newest_) wake_.wait_for(lock, setup_.wait, [&] { return ending_ || hurry_ > written_; });
            const auto restart = std::exchange(restart_, {});
            const auto before = std::exchange(before_, {});
            const auto edit = std::exchange(newest_, {});
            const auto upTo = posted_;
            lock.unlock();
            auto problem = work(restart, before, edit);
            lock.lock();
            written_ = upTo;
            const bool news = problem != problem_;
            problem_ = std::move(problem);
            done_.notify_all();
            if (!news || !told_) continue;
            lock.unlock();
            told_();
            lock.lock();
        }
    }
    std::optional<Error> work(const std::optional<JournalBase>& restart,
                              const std::vector<JournalRecord>& before,
                              const std::optional<JournalEdit>& edit)
    {
        try {
            Status done;
            if (restart) done = folder_.restart(*restart);
            if (edit) done = folder_.write(before, *edit);
            if (!done) return done.error();
        } catch (const std::exception& e) {
            return Error{std::string{couldNot} + ": " + e.what(), {}, ErrorKind::io};
        }
        return std::nullopt;
    }

    const JournalSetup setup_;
    JournalBase base_;
    std::function<void()> told_;
    JournalFolder folder_; ///< of the thread alone
    mutable std::mutex mutex_{};
    std::condition_variable wake_{}, done_{};
    std::vector<JournalRecord> before_{};
    std::optional<JournalEdit> newest_{};
    std::optional<JournalBase> restart_{};
    std::uint64_t posted_ = 0, written_ = 0, hurry_ = 0;
    std::optional<Error> problem_{};
    bool ending_ = false;
    std::thread thread_; ///< last: it starts when all else is there
};

JournalWriter::JournalWriter(FileOps& files, JournalSetup setup, JournalBase base, std::function<void()> told)
    : worker_{std::make_unique<Worker>(files, std::move(setup), std::move(base), std::move(told))}
{
}
JournalWriter::~JournalWriter() = default;
void JournalWriter::post(JournalEdit edit) { worker_->post(std::move(edit)); }
void JournalWriter::restart(JournalBase base) { worker_->restart(std::move(base)); }
Status JournalWriter::flush() { return worker_->flush(); }
std::optional<Error> JournalWriter::problem() const { return worker_->problem(); }
Path JournalWriter::folder() const { return worker_->folder(); }

} // namespace segue
