// Destinations that are odd: what cannot be written to is refused with its reason, what can is, and in both
// cases nothing else changes.

#include "deliver/wav_image.h"
#include "project/project_file.h"
#include "support/as_nobody.h"
#include "support/run_segue.h"
#include "support/small_delivery.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace segue;
using namespace segue::test;

namespace fs = std::filesystem;

namespace {

enum class Order { ddp, image, save };
constexpr std::array orderNames{"ddp", "image", "save"};
const std::set<Order> all{Order::ddp, Order::image, Order::save};

/// One destination. `make` puts something into the folder "place" and says where to write.
struct Destination {
    std::string name;
    std::function<Path(const Path& place)> make;
    std::string refusedWith; ///< part of the message; "": it is written
    std::set<Order> orders = all;
    bool replace = false;
};

/// Every name below with its type and what it holds.
std::map<std::string, std::string> snapshot(const Path& folder)
{
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        const std::string name = entry.path().lexically_relative(folder).string();
        if (entry.is_symlink())
            found[name] = "link to " + fs::read_symlink(entry.path()).string();
        else if (entry.is_regular_file()) {
            std::ifstream stream{entry.path(), std::ios::binary};
            found[name] =
                std::string{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
        } else
            found[name] = entry.is_directory() ? "folder" : "other";
    }
    return found;
}

Path made(const Path& path, const std::function<int(const char*)>& call)
{
    REQUIRE(call(path.c_str()) == 0);
    return path;
}
Path fifo(const Path& path)
{
    return made(path, [](const char* p) { return mkfifo(p, 0600); });
}
Path socketAt(const Path& path)
{
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    REQUIRE(path.native().size() < sizeof address.sun_path);
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    const int s = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(::bind(s, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::close(s) == 0);
    return path;
}
Path link(const Path& path, const Path& to)
{
    fs::create_symlink(to, path);
    return path;
}
Path file(const Path& path, std::string_view text = "mine")
{
    std::ofstream{path, std::ios::binary} << text;
    return path;
}
Path folder(const Path& path, fs::perms permissions = fs::perms::owner_all)
{
    fs::create_directories(path);
    fs::permissions(path, permissions);
    return path;
}
/// "x" with the ending that the order wants is added by the test; this is a whole name of `size` bytes.
std::string nameOf(std::size_t size) { return std::string(size, 'n'); }

std::vector<Destination> places()
{
    const auto named = [](std::string name) { return [name](const Path& p) { return p / name; }; };
    const std::set<Order> files{Order::image, Order::save}, ddp{Order::ddp}, image{Order::image},
        save{Order::save};
    return {
        {"a folder that may not be written in",
         [](const Path& p) { return folder(p / "locked", fs::perms{0500}) / "OUT"; }, "permission denied"},
        {"a folder that may not be entered",
         [](const Path& p) { return folder(p / "closed", fs::perms{0}) / "OUT"; }, "permission denied"},
        {"a folder that may be written but not entered",
         [](const Path& p) { return folder(p / "closed", fs::perms{0600}) / "OUT"; }, "permission denied"},
        {"a folder with something in it",
         [](const Path& p) { return file(folder(p / "OUT") / "notes").parent_path(); }, "folder", ddp},
        {"a folder with something in it, to be replaced",
         [](const Path& p) { return file(folder(p / "OUT") / "notes").parent_path(); },
         "nothing was replaced", ddp, true},
        {"an empty folder", [](const Path& p) { return folder(p / "OUT"); }, "exists already", ddp},
        {"a folder where a file should be", [](const Path& p) { return folder(p / "OUT"); },
         "not an ordinary file", save},
        {"a link to a folder", [](const Path& p) { return link(p / "OUT", folder(p / "real")); }, "", image},
        {"a link to a folder, for a set", [](const Path& p) { return link(p / "OUT", folder(p / "real")); },
         "link", ddp},
        {"a link to a folder, for a project",
         [](const Path& p) { return link(p / "OUT", folder(p / "real")); }, "not an ordinary file", save},
        {"a link to a file", [](const Path& p) { return link(p / "OUT", file(p / "real")); }, "link", ddp},
        {"a link to a file, for a set to be replaced",
         [](const Path& p) { return link(p / "OUT", file(p / "real")); }, "folder", ddp, true},
        {"a link to nowhere", [](const Path& p) { return link(p / "OUT", "nowhere"); }, "link", ddp},
        {"a link to nowhere, for a project", [](const Path& p) { return link(p / "OUT", "nowhere"); },
         "there is no such file", save},
        {"a link to itself",
         [](const Path& p) { return link(p / "OUT", "OUT"); },
         "link",
         {Order::ddp, Order::save}},
        {"below a link to itself", [](const Path& p) { return link(p / "loop", "loop") / "OUT"; }, "circle"},
        {"below a link to a folder",
         [](const Path& p) { return link(p / "door", folder(p / "real")) / "OUT"; }, ""},
        {"a FIFO", [](const Path& p) { return fifo(p / "OUT"); }, "file", {Order::ddp, Order::save}},
        {"a socket", [](const Path& p) { return socketAt(p / "OUT"); }, "file", {Order::ddp, Order::save}},
        {"below a FIFO", [](const Path& p) { return fifo(p / "pipe") / "OUT"; }, "not a folder"},
        {"below a file", [](const Path& p) { return file(p / "text") / "OUT"; }, "not a folder"},
        {"in a folder that is missing", named("none/OUT"), "missing", ddp},
        {"in a folder that is missing, for files", named("none/OUT"), "no such file or folder", files},
        {"/dev/null", [](const Path&) { return Path{"/dev/null"}; }, "file", {Order::ddp, Order::save}},
        {"/dev/full", [](const Path&) { return Path{"/dev/full"}; }, "file", {Order::ddp, Order::save}},
        {"/proc", [](const Path&) { return Path{"/proc/OUT"}; }, "/proc"},
        {"/sys", [](const Path&) { return Path{"/sys/OUT"}; }, "/sys"},
        {"no name", [](const Path&) { return Path{}; }, "name", {Order::ddp, Order::save}},
        {"a dot", [](const Path& p) { return p / "."; }, "", {}},
        {"a dot, for a set", [](const Path& p) { return p / "."; }, "name", {Order::ddp, Order::save}},
        {"two dots", [](const Path& p) { return p / ".."; }, "name", {Order::ddp, Order::save}},
        {"the root", [](const Path&) { return Path{"/"}; }, "name", {Order::ddp, Order::save}},
        {"a slash at the end", named("OUT/"), "", ddp},
        {"a slash at the end, for a project", named("OUT/"), "no such file or folder", save},
        {"two slashes at the end", named("OUT//"), "", ddp},
        {"255 bytes", named(nameOf(255)), "the name is too long", ddp},
        {"255 bytes, for a project", named(nameOf(255)), "", save},
        {"256 bytes", named(nameOf(256)), "the name is too long"},
        {"more than 4096 bytes of path",
         [](const Path& p) {
             Path path = p;
             for (int i = 0; i < 900; ++i) path /= "../place";
             return path / "OUT";
         },
         "the name is too long"},
        {"a long path that ends where it should",
         [](const Path& p) {
             Path path = p;
             for (int i = 0; i < 500; ++i) path /= ".";
             return path / "OUT";
         },
         ""},
        {"bytes that are no UTF-8", named("OUT\xff\xfe\xc3"), ""},
        {"a line end and control characters", named("O\nU\t\x01\x1b[31mT"), "", {Order::ddp, Order::save}},
        {"a line end, for an image with a cue sheet", named("O\nUT"), "line end", image},
        {"control characters, for an image with a cue sheet", named("OU\t\x01\x1b[31mT"), "", image},
        {"only spaces", named("   "), ""},
        {"an option's name", named("--replace"), ""},
        {"a hidden name", named(".OUT"), ""},
        {"right to left", named("OUT\u202egnp.exe"), ""},
        {"emoji and a combining accent", named("e\u0301 \U0001F4BF"), ""},
        {"quotes, dollar and a star", named("\"$(x)*'"), ""},
        {"a backslash", named("A\\B"), ""},
        {"a name of Windows' devices", named("CON"), ""},
        {"a report's place taken by a folder",
         [](const Path& p) { return folder(p / "OUT.report.json").parent_path() / "OUT"; }, "OUT.report.json",
         ddp},
        {"a report's place taken by a link",
         [](const Path& p) { return link(p / "OUT.report.json", file(p / "real")).parent_path() / "OUT"; },
         "", ddp},
        {"the wave file's place taken",
         [](const Path& p) { return file(p / "OUT.wav").parent_path() / "OUT"; },
         "There is a file of this name already", image},
        {"the wave file's place taken by a folder",
         [](const Path& p) { return folder(p / "OUT.wav").parent_path() / "OUT"; }, "OUT.wav", image, true},
        {"the sheet's place taken", [](const Path& p) { return file(p / "OUT.cue").parent_path() / "OUT"; },
         "There is a file of this name already", image},
        {"a protected file, for a project",
         [](const Path& p) {
             fs::permissions(file(p / "OUT"), fs::perms{0400});
             return p / "OUT";
         },
         "write-protected", save},
        {"a backup's place taken by a folder, for a project",
         [](const Path& p) {
             file(p / "OUT");
             folder(p / "OUT.bak");
             return p / "OUT";
         },
         "OUT.bak", save},
        {"the sources' folder", [](const Path& p) { return p.parent_path() / "audio"; }, "exists already",
         ddp},
        {"the sources' folder, to be replaced", [](const Path& p) { return p.parent_path() / "audio"; },
         "nothing was replaced", ddp, true},
        {"a source's own name", [](const Path& p) { return p.parent_path() / "audio/1"; }, "source", image},
        {"a source's own name, to be replaced", [](const Path& p) { return p.parent_path() / "audio/1"; },
         "source", image, true},
        {"a source by another name, to be replaced",
         [](const Path& p) {
             fs::create_hard_link(p.parent_path() / "audio/1.wav", p / "OUT.wav");
             return p / "OUT";
         },
         "source", image, true},
    };
}

} // namespace

TEST_CASE("D5: an odd destination is written or refused with its reason, and nothing else changes")
{
    std::uint64_t tried = 0, bad = 0, written = 0;
    for (const Destination& place : places())
        for (const Order order : place.orders) {
            const std::string orderName = orderNames.at(static_cast<std::size_t>(order));
            CAPTURE(place.name);
            CAPTURE(orderName);
            SmallDelivery small{std::vector<TrackShape>{{}}};
            fs::create_directory(small.folder / "place");
            const Path target = place.make(small.folder / "place");
            const auto before = snapshot(small.folder.path());
            AsNobody::give(small.folder.path());
            small.options.replace = place.replace;

            Path asked = target;
            if (order == Order::image) asked += ".cue";
            std::string said;
            {
                const AsNobody nobody;
                if (order == Order::save) {
                    const auto s = saveProject(realFileOps(), asked, Project{.album = small.album});
                    if (!s) said = sentence(s.error());
                } else {
                    const auto outcome = order == Order::ddp ? small.exportTo(realFileOps(), asked)
                                                             : exportImage(realFileOps(), small.album,
                                                                           firstEdition(small.album), asked,
                                                                           ImageSheet::cue, small.options);
                    if (!outcome)
                        said = sentence(outcome.error());
                    else if (!outcome->written)
                        said = "a rule forbids it";
                }
                // So that the test can look again where it is not root.
                for (const std::string closed : {"place/closed", "place/locked"})
                    if (fs::exists(small.folder / closed))
                        fs::permissions(small.folder / closed, fs::perms::owner_all);
            }
            INFO(said);
            auto after = snapshot(small.folder.path());
            const bool shouldBeWritten = place.refusedWith.empty();
            bool right = said.empty() == shouldBeWritten &&
                         (shouldBeWritten || said.find(place.refusedWith) != std::string::npos);
            if (said.empty()) {
                ++written;
                // What was there is there, but for a link where a report goes; what is new bears the name.
                for (const auto& [name, content] : before)
                    if (!name.ends_with("OUT.report.json")) right = right && after[name] == content;
                Path stem = target.lexically_normal();
                if (!stem.has_filename()) stem = stem.parent_path();
                for (const auto& [name, content] : after)
                    if (!before.contains(name))
                        right =
                            right && (small.folder / name).native().find("/" + stem.filename().native()) !=
                                         std::string::npos;
            } else {
                right = right && after == before;
            }
            CHECK(right);
            ++tried;
            if (!right) ++bad;
        }
    CHECK(tried >= 80);
    torture::figure("D5",
                    fmt::format("{} odd destinations of a set, an image and a project", places().size()),
                    tried, bad, fmt::format("{} written, the others refused with their reason", written));
}

TEST_CASE("D5: an export never replaces the album or the cue sheet that it is made from")
{
    const TempFolder folder;
    const std::string album = (folder / "Night.segue").string(), sheet = (folder / "Night.cue").string();
    const std::string audio = folder.write("audio/1.wav", noiseWav(1, TrackShape{}.frames, 16)).string();
    REQUIRE(runSegue({"new", album, "--quiet"}).exitCode == 0);
    REQUIRE(runSegue({"add", album, audio, "--quiet"}).exitCode == 0);
    folder.write("Night.cue", "FILE \"audio/1.wav\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n");
    folder.write("audio/1.cue", "FILE \"1.wav\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n");
    const auto before = snapshot(folder.path());
    std::uint64_t tried = 0, bad = 0;
    const auto refused = [&](const std::string& format, const std::string& input, const std::string& out,
                             const std::string& named) {
        const Ran ran = runSegue({"export", format, input, out, "--replace", "--quiet"});
        CAPTURE(format);
        CAPTURE(out);
        INFO(ran.err);
        const bool right = ran.exitCode == 2 && ran.err.find(named) != std::string::npos &&
                           snapshot(folder.path()) == before;
        CHECK(right);
        ++tried;
        if (!right) ++bad;
    };
    for (const std::string format : {"ddp", "cue", "toc", "wav", "pq"}) {
        refused(format, album, album, "Night.segue");
        refused(format, sheet, sheet, "Night.cue");
        refused(format, album, (folder / "audio/../Night.segue").string(), "Night.segue");
    }
    for (const std::string format : {"cue", "toc", "wav"})
        refused(format, (folder / "audio/1.cue").string(), (folder / ("audio/1." + format)).string(), "1.");
    torture::figure("D5", "exports with --replace onto their own input or source", tried, bad);
}
