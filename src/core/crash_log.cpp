#include "core/crash_log.h"

#include "core/hash.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace segue {

namespace {

constexpr std::int64_t sectorBytes = 512;

// What of one un-synced write reached the disk.
enum class Arrived : std::uint8_t { nothing, zeros, torn, all };
constexpr std::uint32_t arrivedKinds = 4;

/// splitmix64: small, seeded, the same everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_{seed} {}
    std::uint32_t below(std::uint32_t limit)
    {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return static_cast<std::uint32_t>((z ^ (z >> 31)) % limit);
    }

private:
    std::uint64_t state_;
};

void arrive(std::string& content, const Change& write, Arrived how)
{
    const auto begin = static_cast<std::size_t>(write.offset);
    const std::size_t end = begin + write.data.size();
    if (how == Arrived::nothing || write.data.empty()) return;
    if (content.size() < end) content.resize(end, '\0');
    if (how == Arrived::zeros) return;
    std::size_t length = write.data.size();
    if (how == Arrived::torn) {
        const auto lastSector =
            static_cast<std::size_t>((static_cast<std::int64_t>(end) - 1) / sectorBytes * sectorBytes);
        const std::size_t from = std::max(begin, lastSector);
        length = from + (end - from) / 2 - begin;
    }
    content.replace(begin, length, write.data, 0, length);
}

void applyNames(std::vector<Entries>& folders, const Change& change)
{
    for (const Change::NameEdit& edit : change.edits) {
        Entries& entries = folders[edit.slot.folder];
        if (edit.now)
            entries[edit.slot.name] = *edit.now;
        else
            entries.erase(edit.slot.name);
    }
}

std::set<InodeId> foldersOf(const Change& change)
{
    std::set<InodeId> folders;
    for (const Change::NameEdit& edit : change.edits) folders.insert(edit.slot.folder);
    return folders;
}

} // namespace

/// What is safe at one moment and what is under way.
class CrashLog::Moment {
public:
    explicit Moment(const Disk& safe) : safe_{safe} {}

    void take(const Change& change)
    {
        switch (change.kind) {
        case Change::Kind::write: writes_.push_back(&change); break;
        case Change::Kind::names: names_.push_back(&change); break;
        case Change::Kind::sync: syncFile(change.inode); break;
        case Change::Kind::syncFolder: syncFolder(change.inode); break;
        }
    }

    /// One digit per choice: each write, then for each folder how many of its changes are there.
    [[nodiscard]] std::vector<std::uint32_t> radices() const
    {
        std::vector<std::uint32_t> result(writes_.size(), arrivedKinds);
        for (const auto& [folder, changes] : byFolder())
            result.push_back(static_cast<std::uint32_t>(changes) + 1);
        return result;
    }
    [[nodiscard]] std::uint64_t choices() const
    {
        constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
        std::uint64_t product = 1;
        for (const std::uint32_t radix : radices()) product = product > most / radix ? most : product * radix;
        return product;
    }
    [[nodiscard]] std::vector<std::uint32_t> choice(std::uint64_t index) const
    {
        std::vector<std::uint32_t> digits = radices();
        for (std::uint32_t& digit : digits) {
            const std::uint32_t radix = digit;
            digit = static_cast<std::uint32_t>(index % radix);
            index /= radix;
        }
        return digits;
    }
    /// The first two are nothing and everything; then some in order, some with few losses, some at random.
    [[nodiscard]] std::vector<std::uint32_t> draw(std::size_t number, Random& random) const
    {
        std::vector<std::uint32_t> digits = radices();
        if (number == 0) return std::vector<std::uint32_t>(digits.size(), 0);
        const std::uint32_t manner = random.below(4);
        const std::uint32_t firstMissing = random.below(static_cast<std::uint32_t>(writes_.size()) + 1);
        const bool allNames = random.below(2) == 0;
        for (std::size_t i = 0; i < digits.size(); ++i) {
            const std::uint32_t last = digits[i] - 1;
            const std::uint32_t any = random.below(digits[i]);
            const bool lucky = random.below(8) != 0;
            const bool isName = i >= writes_.size();
            if (number == 1 || (manner == 0 && !isName))
                digits[i] = last;
            else if (isName)
                digits[i] = allNames ? last : any;
            else if (manner == 1)
                digits[i] = lucky ? last : any;
            else if (manner == 2)
                digits[i] = i < firstMissing ? last : 0;
            else
                digits[i] = any;
        }
        return digits;
    }

    /// The state of one choice. A rename between two folders is there in both or in neither: a choice that
    /// says otherwise is brought down to the nearest legal one.
    [[nodiscard]] CrashState state(std::vector<std::uint32_t> digits) const
    {
        const auto counts = byFolder();
        std::map<InodeId, std::uint32_t> cut;
        std::size_t at = writes_.size();
        for (const auto& [folder, changes] : counts) cut[folder] = digits[at++];
        std::vector<Entries> folders = safe_.folders;
        for (const Change* change : included(cut)) applyNames(folders, *change);

        std::map<InodeId, std::string> changed;
        for (std::size_t i = 0; i < writes_.size(); ++i) {
            const auto how = static_cast<Arrived>(digits[i]);
            if (how == Arrived::nothing) continue;
            const InodeId inode = writes_[i]->inode;
            const auto content = changed.try_emplace(inode, *safe_.contents[inode]).first;
            arrive(content->second, *writes_[i], how);
        }
        std::vector<Content> contents = safe_.contents;
        for (auto& [inode, content] : changed)
            contents[inode] = std::make_shared<const std::string>(std::move(content));

        CrashState result;
        collect(result, contents, folders, 0, {});
        return result;
    }

private:
    [[nodiscard]] std::map<InodeId, std::size_t> byFolder() const
    {
        std::map<InodeId, std::size_t> counts;
        for (const Change* change : names_)
            for (const InodeId folder : foldersOf(*change)) ++counts[folder];
        return counts;
    }

    [[nodiscard]] std::vector<const Change*> included(std::map<InodeId, std::uint32_t> cut) const
    {
        std::vector<const Change*> result;
        std::map<InodeId, std::uint32_t> seen;
        for (const Change* change : names_) {
            const std::set<InodeId> folders = foldersOf(*change);
            const bool all = std::ranges::all_of(folders, [&](InodeId f) { return seen[f] < cut[f]; });
            if (all)
                result.push_back(change);
            else // nothing after a missing change can be there
                for (const InodeId f : folders) cut[f] = std::min(cut[f], seen[f]);
            for (const InodeId f : folders) ++seen[f];
        }
        return result;
    }

    void syncFile(InodeId inode)
    {
        std::string content;
        bool any = false;
        for (const Change* write : writes_) {
            if (write->inode != inode) continue;
            if (!any) content = *safe_.contents[inode];
            any = true;
            arrive(content, *write, Arrived::all);
        }
        if (any) safe_.contents[inode] = std::make_shared<const std::string>(std::move(content));
        std::erase_if(writes_, [inode](const Change* write) { return write->inode == inode; });
    }

    // With a rename between two folders comes what was before it in the other one.
    void syncFolder(InodeId synced)
    {
        std::set<InodeId> needed{synced};
        std::set<const Change*> safe;
        for (auto change = names_.rbegin(); change != names_.rend(); ++change) {
            const std::set<InodeId> folders = foldersOf(**change);
            if (std::ranges::none_of(folders, [&](InodeId f) { return needed.contains(f); })) continue;
            needed.insert(folders.begin(), folders.end());
            safe.insert(*change);
        }
        for (const Change* change : names_)
            if (safe.contains(change)) applyNames(safe_.folders, *change);
        std::erase_if(names_, [&safe](const Change* change) { return safe.contains(change); });
    }

    static void collect(CrashState& into, const std::vector<Content>& contents,
                        const std::vector<Entries>& folders, InodeId folder, const std::string& prefix)
    {
        for (const auto& [name, inode] : folders[folder]) {
            into.entries[prefix + name] = contents[inode];
            if (!contents[inode]) collect(into, contents, folders, inode, prefix + name + "/");
        }
    }

    Disk safe_;
    std::vector<const Change*> writes_{}, names_{};
};

CrashLog::CrashLog() { std::ignore = newInode(true); }

InodeId CrashLog::newInode(bool folder)
{
    safe_.contents.push_back(folder ? nullptr : std::make_shared<const std::string>());
    safe_.folders.emplace_back();
    current_.emplace_back();
    return safe_.contents.size() - 1;
}

InodeId CrashLog::addFolder(const NameSlot& slot)
{
    const InodeId inode = newInode(true);
    safe_.folders[slot.folder][slot.name] = current_[slot.folder][slot.name] = inode;
    return inode;
}

InodeId CrashLog::addFile(const NameSlot& slot, std::string content)
{
    const InodeId inode = newInode(false);
    safe_.contents[inode] = std::make_shared<const std::string>(std::move(content));
    safe_.folders[slot.folder][slot.name] = current_[slot.folder][slot.name] = inode;
    return inode;
}

std::optional<InodeId> CrashLog::find(const NameSlot& slot) const
{
    const auto found = current_[slot.folder].find(slot.name);
    if (found == current_[slot.folder].end()) return std::nullopt;
    return found->second;
}

void CrashLog::add(Change change)
{
    if (change.kind == Change::Kind::names) applyNames(current_, change);
    changes_.push_back(std::move(change));
}

std::size_t CrashLog::visit(std::size_t most, std::uint64_t seed,
                            const std::function<void(const CrashState&)>& call) const
{
    // Until something is synced, a later moment's states contain an earlier one's: the moments just before a
    // sync and the end are all that is needed.
    std::vector<Moment> moments;
    Moment now{safe_};
    bool news = true;
    for (const Change& change : changes_) {
        const bool sync = change.kind == Change::Kind::sync || change.kind == Change::Kind::syncFolder;
        if (sync && news) moments.push_back(now);
        news = !sync;
        now.take(change);
    }
    moments.push_back(now);

    std::uint64_t all = 0;
    for (const Moment& moment : moments) all += std::min<std::uint64_t>(moment.choices(), most + 1);
    const std::size_t share = std::max<std::size_t>(2, most / moments.size());

    Random random{seed};
    std::set<std::string> known;
    for (std::size_t m = 0; m < moments.size(); ++m) {
        const Moment& moment = moments[m];
        const bool every = all <= most || moment.choices() <= share;
        const auto rounds = every ? static_cast<std::size_t>(moment.choices()) : share;
        for (std::size_t i = 0; i < rounds; ++i) {
            CrashState state = moment.state(every ? moment.choice(i) : moment.draw(i, random));
            state.afterTheEnd = m + 1 == moments.size();
            const auto hasher = makeXxh3_128();
            for (const auto& [name, content] : state.entries) {
                hasher->update(bytesOf(name + (content ? "=" : "/") + '\0'));
                if (content) hasher->update(bytesOf(std::to_string(content->size()) + ':' + *content));
            }
            if (!known.insert(hasher->finish() + (state.afterTheEnd ? "!" : "")).second) continue;
            call(state);
        }
    }
    return known.size();
}

} // namespace segue
