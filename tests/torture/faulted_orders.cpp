#include "torture/faulted_orders.h"

#include "core/safe_write.h"
#include "deliver/report_files.h"
#include "deliver/wav_image.h"
#include "project/project_file.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace segue::torture {

using namespace segue::test;

namespace {

using Contents = std::map<std::string, std::string>;

/// How a message should call what failed: working names are called by the name they stand for.
std::string calledName(const Path& failed)
{
    std::string name = (failed.has_filename() ? failed : failed.parent_path()).filename().string();
    for (const std::string_view kind : {".partial-", ".tmp-", ".bak-"})
        if (const auto at = name.find(kind); name.starts_with('.') && at != std::string::npos)
            name = name.substr(1, at - 1);
    return name;
}

/// Clean-up that fails for ever leaves things; whatever stays must be what the next order names.
std::string strayIn(const SmallDelivery& small, const std::vector<Path>& targets)
{
    std::vector<Path> named;
    for (const Path& target : targets)
        for (const auto type : {FileStat::Type::directory, FileStat::Type::regular})
            std::ranges::move(leftovers(realFileOps(), target, type), std::back_inserter(named));
    for (const std::string& name : small.partials())
        if (std::ranges::find(named, small.folder / name) == named.end()) return "a stray " + name;
    return {};
}

class Save final : public FaultedOrder {
public:
    Save()
    {
        old_.album = album(std::vector<double>(12, 200.0));
        fresh_.album =
            get(edit::setAlbumText(old_.album, TextField::title, old_.album.info.language, "Another title"));
        oldText_ = get(formatProject(old_.album, folder_.path()));
        freshText_ = get(formatProject(fresh_.album, folder_.path()));
    }
    std::string name() const override { return "save"; }
    std::string fault(const FaultyFileOps::Fault& disk) override
    {
        for (const auto& entry : std::filesystem::directory_iterator{folder_.path()})
            std::filesystem::remove(entry.path());
        folder_.write("Night.segue", oldText_);
        folder_.write("Night.segue.bak", "the one before");
        FaultyFileOps faulty{realFileOps(), disk};
        const auto saved = saveProject(faulty, folder_ / "Night.segue", fresh_);
        refused_ = !saved;
        counted_ = faulty.counted();
        const std::string now = folder_.read("Night.segue"), backup = folder_.read("Night.segue.bak");
        if (backup != oldText_ && backup != "the one before") return "the backup is neither of the two";
        for (const auto& entry : std::filesystem::directory_iterator{folder_.path()})
            if (const std::string name = entry.path().filename().string();
                !name.starts_with("Night.segue") && !disk.forEver)
                return "a stray " + name;
        if (saved) return now == freshText_ ? "" : "saved, but not there";
        const bool unconfirmed = saved.error().what.starts_with("The new version is in place");
        if (now != (unconfirmed ? freshText_ : oldText_)) return "not the project that the message speaks of";
        return faultOfMessage(saved.error(), faulty, disk.error);
    }

private:
    TempFolder folder_{};
    Project old_{}, fresh_{};
    std::string oldText_{}, freshText_{};
};

class Export final : public FaultedOrder {
public:
    explicit Export(bool overAnOldSet) : over_{overAnOldSet}
    {
        const auto deliver = [&](std::uint64_t seed) {
            small_.options.render.seed = seed;
            REQUIRE(small_.exportTo(realFileOps(), small_.out()).has_value());
            Contents all = small_.everything();
            clear();
            return all;
        };
        fresh_ = deliver(2);
        old_ = deliver(1);
        small_.options.render.seed = 2;
        small_.options.replace = over_;
    }
    std::string name() const override { return over_ ? "re-export over a set" : "export"; }
    std::string fault(const FaultyFileOps::Fault& disk) override
    {
        clear();
        if (over_)
            for (const auto& [name, bytes] : old_)
                if (!name.starts_with("audio/")) small_.folder.write(name, bytes);
        FaultyFileOps faulty{realFileOps(), disk};
        const auto outcome = small_.exportTo(faulty, small_.out());
        refused_ = !outcome;
        counted_ = faulty.counted();
        const Contents now = small_.everything();
        if (part(now, "audio/") != part(fresh_, "audio/")) return "a source was changed";
        if (auto stray = strayIn(
                small_, {small_.out(), reportPath(small_.out(), "json"), reportPath(small_.out(), "txt")});
            !stray.empty())
            return stray;
        const Contents set = part(now, "OUT/");
        if (outcome) {
            if (!outcome->written) return "refused by a rule";
            // What could not be removed of the old set stays aside; the new one is whole.
            return set == part(fresh_, "OUT/") && part(now, "OUT.") == part(fresh_, "OUT.")
                       ? ""
                       : "exported, but not all is there";
        }
        if (auto wrong = faultOfFailed(now, set, outcome.error()); !wrong.empty()) return wrong;
        return faultOfMessage(outcome.error(), faulty, disk.error);
    }

private:
    static Contents part(const Contents& all, const std::string& begin)
    {
        Contents found;
        for (const auto& [name, bytes] : all)
            if (name.starts_with(begin)) found.emplace(name, bytes);
        return found;
    }
    [[nodiscard]] std::string faultOfFailed(const Contents& now, const Contents& set,
                                            const Error& error) const
    {
        if (over_ && set == part(old_, "OUT/"))
            return part(now, "OUT.") == part(old_, "OUT.") ? "" : "the old set is without its report";
        if (set.empty() && !over_ && !std::filesystem::exists(small_.out()))
            return part(now, "OUT.").empty() ? "" : "a report without a set";
        if (set != part(fresh_, "OUT/")) return "a half set";
        // A set without its report is a fault of the report alone, and said; a report that speaks of another
        // set is none.
        for (const auto& [name, bytes] : part(now, "OUT."))
            if (bytes != fresh_.at(name)) return "the report of another set";
        if (part(now, "OUT.") == part(fresh_, "OUT.")) return "";
        return error.what.starts_with("The set is complete, but its report") ? ""
                                                                             : "the report is not spoken of";
    }
    void clear() const
    {
        for (const auto& entry : std::filesystem::directory_iterator{small_.folder.path()})
            if (entry.path().filename() != "audio") std::filesystem::remove_all(entry.path());
    }
    bool over_;
    SmallDelivery small_{std::vector<TrackShape>{{.bits = 24}}};
    Contents old_{}, fresh_{};
};

class Image final : public FaultedOrder {
public:
    Image()
    {
        if (const auto written = run(realFileOps()); !written)
            throw std::runtime_error{sentence(written.error())};
        fresh_ = small_.everything();
    }
    std::string name() const override { return "WAV image with cue sheet"; }
    std::string fault(const FaultyFileOps::Fault& disk) override
    {
        for (const auto& entry : std::filesystem::directory_iterator{small_.folder.path()})
            if (entry.path().filename() != "audio") std::filesystem::remove_all(entry.path());
        FaultyFileOps faulty{realFileOps(), disk};
        const auto outcome = run(faulty);
        refused_ = !outcome;
        counted_ = faulty.counted();
        if (auto stray = strayIn(small_, {small_.folder / "Night.wav", small_.folder / "Night.cue"});
            !stray.empty())
            return stray;
        const Contents now = small_.everything();
        if (outcome) return now == fresh_ ? "" : "exported, but not all is there";
        for (const std::string name : {"Night.wav", "Night.cue"})
            if (now.contains(name) && now.at(name) != fresh_.at(name)) return "a half " + name;
        if (auto wrong = faultOfMessage(outcome.error(), faulty, disk.error); !wrong.empty()) return wrong;
        // Only when the last step, the folder's sync, or the taking back itself failed.
        const bool both = now.contains("Night.wav") && now.contains("Night.cue");
        const bool one = now.contains("Night.wav") != now.contains("Night.cue");
        if (one && !disk.forEver) return "one file without the other";
        return both && outcome.error().what.find("folder") == std::string::npos
                   ? "both files in spite of the error"
                   : "";
    }

private:
    Result<DdpExportOutcome> run(FileOps& files)
    {
        return exportImage(files, small_.album, firstEdition(small_.album), small_.folder / "Night.cue",
                           ImageSheet::cue, small_.options);
    }
    SmallDelivery small_{std::vector<TrackShape>{{.bits = 24}}};
    Contents fresh_{};
};

} // namespace

std::int64_t FaultedOrder::calls(FileCall kind)
{
    const std::string wrong = fault({.calls = {kind}, .pretendSync = true});
    REQUIRE(wrong == "");
    REQUIRE_FALSE(refused_);
    return counted_;
}

std::string FaultedOrder::faultOfMessage(const Error& error, const FaultyFileOps& disk, int code)
{
    const std::string said = sentence(error);
    if (error.kind != ErrorKind::io) return "not called a fault of the disk: " + said;
    if (std::ranges::none_of(disk.failedPaths(), [&](const Path& failed) {
            return said.find(calledName(failed)) != std::string::npos;
        }))
        return "the file is not named: " + said;
    if (said.find(systemWords(code)) == std::string::npos) return "the fault is not named: " + said;
    return {};
}

std::vector<std::unique_ptr<FaultedOrder>> allOrders()
{
    std::vector<std::unique_ptr<FaultedOrder>> orders;
    orders.push_back(std::make_unique<Save>());
    orders.push_back(std::make_unique<Export>(false));
    orders.push_back(std::make_unique<Export>(true));
    orders.push_back(std::make_unique<Image>());
    return orders;
}

FaultCount failEach(FaultedOrder& order, const std::vector<FileCall>& kinds, const std::vector<int>& errors,
                    std::int64_t most, std::size_t shortWrites)
{
    FaultCount count;
    const bool all = tier() != Tier::quick;
    for (const FileCall kind : kinds) {
        const std::int64_t calls = order.calls(kind);
        const std::int64_t step = all ? 1 : std::max<std::int64_t>(1, calls / scaled(static_cast<int>(most)));
        for (std::int64_t at = 0; at < calls; at += step)
            for (const bool forEver : {false, true})
                for (std::size_t e = 0; e < errors.size(); ++e) {
                    // Where there are too many calls for all of them, one error a call, in turn.
                    if (!all && e != static_cast<std::size_t>(at / step) % errors.size()) continue;
                    const std::string wrong = order.fault({.calls = {kind},
                                                           .failAt = at,
                                                           .error = errors[e],
                                                           .forEver = forEver,
                                                           .shortWrites = shortWrites,
                                                           .pretendSync = true});
                    ++count.tried;
                    if (order.refused()) ++count.refused;
                    if (wrong.empty()) continue;
                    ++count.bad;
                    CAPTURE(static_cast<int>(kind));
                    CAPTURE(at);
                    CAPTURE(errors[e]);
                    CAPTURE(forEver);
                    CHECK_MESSAGE(wrong.empty(), order.name() << ": " << wrong);
                }
    }
    return count;
}

} // namespace segue::torture
