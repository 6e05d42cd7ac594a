#include "app/session.h"

#include "core/text.h"
#include "project/state_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <tuple>

namespace segue {

SessionSetup realSetup(const std::string& stateHome, const std::string& home)
{
    FileOps& files = realFileOps();
    return {.files = &files,
            .state = stateFolder(stateHome, home),
            .self = thisProcess(files),
            .stillRuns = [&files](const LockOwner& owner) { return processStillRuns(files, owner); },
            .now =
                [] {
                    const auto now = std::chrono::system_clock::now().time_since_epoch();
                    return WallTime{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
                }};
}

Session::Session(SessionSetup setup, Album album, OpenProjectFile file)
    : setup_{std::move(setup)}, history_{std::move(album)}, file_{std::move(file)},
      versions_{std::make_shared<const std::vector<Version>>()}, savedVersions_{versions_}
{
}

Result<std::unique_ptr<Session>> Session::open(SessionSetup setup, const Path& path)
{
    FileOps& files = *setup.files;
    auto opened = OpenProjectFile::open(files, path);
    if (!opened) return failure(opened.error());
    std::unique_ptr<Session> session{
        new Session{std::move(setup), std::move(opened->project.album), std::move(opened->file)}};
    session->formatVersion_ = opened->project.version;
    session->foreign_ = opened->project.foreign;
    session->findings_ = std::move(opened->project.findings);
    session->versions_ = std::make_shared<const std::vector<Version>>(std::move(opened->project.versions));
    session->savedVersions_ = session->versions_;
    session->lockIt();
    session->startJournal();
    return session;
}

std::unique_ptr<Session> Session::newAlbum(SessionSetup setup, Album album)
{
    std::unique_ptr<Session> session{new Session{std::move(setup), std::move(album), OpenProjectFile{}}};
    session->startJournal();
    return session;
}

Result<std::unique_ptr<Session>> Session::openRecovered(SessionSetup setup, const Recovery& recovery)
{
    FileOps& files = *setup.files;
    auto recovered = recover(files, recovery, setup.self, setup.stillRuns);
    if (!recovered) return failure(recovered.error());
    const JournalOrigin& origin = recovered->origin;
    Project before;
    if (!origin.project.empty())
        if (auto saved = OpenProjectFile::open(files, origin.project)) before = std::move(saved->project);
    // With the hash the edits began from: what was saved there since is not written over unseen.
    std::unique_ptr<Session> session{new Session{
        std::move(setup), std::move(before.album),
        origin.project.empty() ? OpenProjectFile{} : OpenProjectFile::at(origin.project, origin.savedHash)}};
    session->formatVersion_ = recovered->project.version;
    session->foreign_ = recovered->project.foreign;
    session->savedVersions_ = std::make_shared<const std::vector<Version>>(std::move(before.versions));
    session->versions_ = std::make_shared<const std::vector<Version>>(std::move(recovered->project.versions));
    if (session->file_.saved()) session->lockIt();
    session->startJournal();
    const auto was = session->album();
    session->history_.push(
        fmt::format("Recover {} edit{}", recovered->edits, recovered->edits == 1 ? "" : "s"),
        std::move(recovered->project.album));
    session->changed(was, std::string{session->history_.undoLabel()}, false);
    if (session->flushJournal()) std::ignore = removeRecovery(files, recovery);
    return session;
}

void Session::lockIt()
{
    auto answer = lockProject(*setup_.files, file_.path(), setup_.state, setup_.self, setup_.stillRuns);
    lock_ = std::move(answer.lock);
    other_ = std::move(answer.other);
    readOnly_ = other_.has_value();
}

JournalBase Session::journalBase() const
{
    const WallTime now = setup_.now ? setup_.now() : WallTime{0};
    if (!file_.saved()) return {.origin = {.began = now}, .id = unsavedId, .foreign = foreign_};
    return {.origin = {file_.path(), file_.path().parent_path(), file_.hash(), now},
            .id = projectId(*setup_.files, file_.path()),
            .foreign = foreign_};
}

void Session::startJournal()
{
    journal_ = std::make_unique<JournalWriter>(*setup_.files,
                                               JournalSetup{.state = setup_.state,
                                                            .self = setup_.self,
                                                            .stillRuns = setup_.stillRuns,
                                                            .wait = setup_.journalWait},
                                               journalBase(), setup_.journalTold);
}

EditionId Session::edition() const
{
    const auto now = album();
    if (find(*now, edition_) != nullptr) return edition_;
    return now->editions.empty() ? EditionId{} : now->editions.front().id;
}

Status Session::writable() const
{
    if (!readOnly_) return {};
    return failure(fmt::format("The project is open in another window ({}); this one only shows it",
                               other_ ? displayName(*other_) : "unknown"),
                   escapedForDisplay(path().filename().native()), ErrorKind::refused);
}

void Session::editAnyway() { readOnly_ = false; }

void Session::changed(const std::shared_ptr<const Album>& before, const std::string& label, bool continues)
{
    if (modified())
        journal_->post({.label = label,
                        .time = setup_.now ? setup_.now() : WallTime{0},
                        .continues = continues,
                        .album = album(),
                        .versions = versions_});
    else
        journal_->restart(journalBase());
    const auto after = album();
    const auto listeners = listeners_; // one may take itself off
    for (const auto& [number, listener] : listeners) listener(*before, *after);
}

Status Session::apply(std::string label, Result<Album> edited, std::string gesture)
{
    if (auto s = writable(); !s) return s;
    if (!edited) return failure(edited.error());
    const auto before = album();
    if (*edited == *before) return {};
    const bool continues = !gesture.empty() && gesture == gesture_;
    gesture_ = gesture;
    history_.push(label, std::move(*edited), std::move(gesture));
    changed(before, label, continues);
    return {};
}

void Session::endGesture()
{
    gesture_.clear();
    history_.endGesture();
}

bool Session::undo()
{
    const auto before = album();
    const std::string label = fmt::format("Undo {}", history_.undoLabel());
    if (readOnly_ || !history_.undo()) return false;
    gesture_.clear();
    changed(before, label, false);
    return true;
}

bool Session::redo()
{
    const auto before = album();
    const std::string label = fmt::format("Redo {}", history_.redoLabel());
    if (readOnly_ || !history_.redo()) return false;
    gesture_.clear();
    changed(before, label, false);
    return true;
}

void Session::takeBack()
{
    if (undo()) history_.forgetUndone();
}

int Session::addListener(Listener listener)
{
    listeners_.emplace_back(nextListener_, std::move(listener));
    return nextListener_++;
}

void Session::removeListener(int number)
{
    std::erase_if(listeners_, [&](const auto& l) { return l.first == number; });
}

bool Session::modified() const
{
    return history_.modified() || (versions_ != savedVersions_ && *versions_ != *savedVersions_);
}

Project Session::project() const
{
    return {.album = *album(), .versions = *versions_, .version = formatVersion_, .foreign = foreign_};
}

Result<SaveWork> Session::beginSave(SaveOver over, const Path& as)
{
    SaveWork work;
    work.writable_ = writable();
    if (as.empty() && !work.writable_) return failure(work.writable_.error());
    work.setup_ = setup_;
    work.file_ = file_;
    work.project_ = project();
    work.over_ = over;
    work.as_ = as;
    work.album_ = album();
    work.versions_ = versions_;
    return work;
}

void SaveWork::write()
{
    FileOps& files = *setup_.files;
    const auto isSame = [&] {
        const auto real = files.realPath(as_);
        return real && *real == file_.path();
    };
    try {
        if (!as_.empty() && isSame()) {
            // The place it has, and somebody said yes to what stands there.
            as_.clear();
            over_ = SaveOver::anyway;
            if (outcome_ = writable_; !outcome_) return;
        }
        if (as_.empty()) {
            outcome_ = file_.save(files, project_, over_, setup_.self, setup_.stillRuns);
            someoneElseSaved_ = !outcome_ && outcome_.error().kind == ErrorKind::refused &&
                                file_.changedOnDisk(files).value_or(false);
            return;
        }
        auto answer = lockProject(files, as_, setup_.state, setup_.self, setup_.stillRuns);
        if (answer.other) {
            outcome_ =
                failure(fmt::format("The project is open in another window ({}); save under another name",
                                    displayName(*answer.other)),
                        escapedForDisplay(as_.filename().native()), ErrorKind::refused);
            return;
        }
        outcome_ = file_.saveAs(files, as_, project_, setup_.self, setup_.stillRuns);
        if (outcome_) lock_ = std::move(answer.lock);
    } catch (const std::exception& error) { // memory: the album must not go down with the thread
        outcome_ = failure(fmt::format("The album could not be written: {}", error.what()));
    }
}

Status Session::finishSave(SaveWork work)
{
    if (!work.outcome_) return work.outcome_;
    file_ = std::move(work.file_);
    if (!work.as_.empty()) {
        lock_ = std::move(work.lock_);
        other_.reset();
        readOnly_ = false;
    }
    history_.markSaved(work.album_);
    savedVersions_ = work.versions_;
    if (modified())
        journal_->restart(journalBase()); // what was edited meanwhile follows, upon what is saved now
    else
        endGesture();
    changed(album(), std::string{history_.undoLabel()}, false);
    return {};
}

Status Session::save(SaveOver over)
{
    auto work = beginSave(over);
    if (!work) return failure(work.error());
    work->write();
    return finishSave(std::move(*work));
}

Status Session::saveAs(const Path& path)
{
    auto work = beginSave(SaveOver::refuse, path);
    if (!work) return failure(work.error());
    work->write();
    return finishSave(std::move(*work));
}

Result<Album> Session::savedAlbum() const
{
    auto opened = OpenProjectFile::open(*setup_.files, file_.path());
    if (!opened) return failure(opened.error());
    return std::move(opened->project.album);
}

void Session::abandon() { journal_->restart(journalBase()); }

void Session::setVersions(std::vector<Version> versions, const std::string& label)
{
    versions_ = std::make_shared<const std::vector<Version>>(std::move(versions));
    gesture_.clear();
    history_.endGesture();
    changed(album(), label, false);
}

Status Session::addVersion(std::string name, std::string date, std::string note)
{
    return insertVersion(versions_->size(), {std::move(name), std::move(date), std::move(note), *album()});
}

Status Session::insertVersion(std::size_t position, Version version)
{
    if (auto s = writable(); !s) return s;
    if (trimmed(version.name).empty()) return failure("A version needs a name");
    if (std::ranges::find(*versions_, version.name, &Version::name) != versions_->end())
        return failure("There is a version of this name; another one is needed",
                       escapedForDisplay(version.name));
    const std::string label = fmt::format("Add version {}", version.name);
    auto all = *versions_;
    position = std::min(position, all.size());
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(position), std::move(version));
    setVersions(std::move(all), label);
    return {};
}

Result<Version> Session::removeVersion(std::size_t position)
{
    if (auto s = writable(); !s) return failure(s.error());
    if (position >= versions_->size()) return failure("There is no such version");
    auto all = *versions_;
    Version gone = std::move(all[position]);
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(position));
    setVersions(std::move(all), fmt::format("Remove version {}", gone.name));
    return gone;
}

Status Session::goBackTo(std::size_t position)
{
    if (position >= versions_->size()) return failure("There is no such version");
    const Version& version = (*versions_)[position];
    Album album = version.album;
    // An identity given away since is never given to another thing.
    album.nextId = std::max(album.nextId, history_.now()->nextId);
    return apply(fmt::format("Go back to version {}", version.name), std::move(album));
}

void Session::sourcesSeen(const std::vector<SourceState>& states)
{
    for (const SourceState& state : states)
        if (state.now) seen_.try_emplace(state.path, *state.now);
}

void Session::sourceAccepted(const SourceState& state)
{
    if (state.now) seen_.insert_or_assign(state.path, *state.now);
}

} // namespace segue
