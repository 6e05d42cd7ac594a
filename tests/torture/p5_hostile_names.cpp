// Names in other people's files never make Segue open or make anything outside the folder they came from, and
// are shown without control and direction characters.

#include "app/import_cue.h"
#include "core/text.h"
#include "ddp/verify.h"
#include "project/project_file.h"
#include "support/ddp_sets.h"
#include "support/run_program.h"
#include "support/small_project.h"
#include "support/sound_files.h"
#include "support/temp_folder.h"
#include "support/test_paths.h"
#include "support/watching_file_ops.h"
#include "torture/tier.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace segue;
using namespace segue::test;

namespace {

const std::vector<std::string>& names()
{
    static const std::vector<std::string> all{"../outside/secret.wav",
                                              "../../x",
                                              "../..",
                                              "..",
                                              ".",
                                              "./..",
                                              "a/../../outside/secret.wav",
                                              "inside/../../outside/secret.wav",
                                              "inside/../good.wav",
                                              "./good.wav",
                                              "inside//../good.wav",
                                              "/etc/passwd",
                                              "//etc/passwd",
                                              "/",
                                              "/dev/zero",
                                              "/dev/stdin",
                                              "/proc/self/environ",
                                              "/proc/self/fd/0",
                                              "file:///etc/passwd",
                                              "http://127.0.0.1/a.wav",
                                              "~/secret.wav",
                                              "$HOME/secret.wav",
                                              "`id`",
                                              "$(id)",
                                              "|id",
                                              ";id",
                                              "-rf",
                                              "--probe-audio",
                                              "*",
                                              "?",
                                              "C:\\x",
                                              "C:x",
                                              "c:/x",
                                              "\\\\server\\x",
                                              "..\\outside\\secret.wav",
                                              "a\\b",
                                              "CON",
                                              "NUL",
                                              "nul.wav",
                                              "COM1",
                                              "good.wav.",
                                              "good.wav ",
                                              " good.wav",
                                              "good.wav/",
                                              "good.wav/x",
                                              "link.wav",
                                              "linked/secret.wav",
                                              "loop",
                                              "pipe",
                                              "dead.wav",
                                              "\x1b[31mred.wav",
                                              "\x1b]0;title\x07.wav",
                                              "bell\x07.wav",
                                              "\u202egood.wav",
                                              "\u2066a\u2069.wav",
                                              "e\u0301.wav",
                                              "\u00e9.wav",
                                              "GOOD.WAV",
                                              "\xff\xfe.wav",
                                              "\xc0\xaf"
                                              "etc",
                                              std::string(300, 'x'),
                                              std::string(100, '/') + "etc/passwd",
                                              "\u00e9" + std::string(5000, 'y'),
                                              "good.wav%00.txt",
                                              "tab\there.wav",
                                              "DDPID",
                                              "secret"};
    return all;
}

/// A work folder with traps in it, and secrets outside.
struct Trap {
    TempFolder root{};
    Path work = root / "work", secret{};

    Trap()
    {
        const std::string sound = wav(std::string(4 * 44'100 * 5, '\1'));
        secret = root.write("outside/secret.wav", sound);
        root.write("outside/secret", "secret");
        root.write("work/good.wav", sound);
        root.write("work/inside/x", "x");
        std::filesystem::create_symlink("../outside/secret.wav", work / "link.wav");
        std::filesystem::create_symlink("../outside", work / "linked");
        std::filesystem::create_symlink("loop", work / "loop");
        std::filesystem::create_symlink("nowhere", work / "dead.wav");
    }
    void put(const std::string& name, const std::string& text) const { root.write("work/" + name, text); }
};

/// Safe to print on a terminal.
bool showable(const std::string& text)
{
    return std::ranges::none_of(text,
                                [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == '\x7f'; }) &&
           text.find("\u202e") == text.npos && text.find("\u2066") == text.npos;
}

struct Seen {
    WatchingFileOps files{};
    std::vector<std::string> shown{}; ///< as the program prints it

    void take(const Findings& findings)
    {
        for (const Finding& f : findings) {
            shown.push_back(f.message);
            shown.push_back(f.fix);
            shown.push_back(escapedForDisplay(describe(f.where)));
        }
    }
    template <class T>
    bool take(const Result<T>& result)
    {
        if (!result) shown.push_back(escapedForDisplay(sentence(result.error())));
        return result.has_value();
    }
};

std::string cueWith(const std::string& name)
{
    return "FILE \"" + name + "\" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n";
}
std::string packsWith(const std::string& name)
{
    return "CDTEXTFILE \"" + name + "\"\n" + cueWith("good.wav");
}

void writeSet(const Trap& trap, const NamedFiles& files)
{
    for (const auto& [name, bytes] : files) trap.put(name, bytes);
}
/// The set's map names its image so, cut to the field's 17 bytes.
NamedFiles mapWith(const std::string& name)
{
    NamedFiles files = buildSet();
    for (auto& [file, bytes] : files)
        if (file == "DDPMS") bytes.replace(bytes.find("IMAGE.DAT"), 17, padded(name, 17));
    return files;
}
NamedFiles listWith(const std::string& name, bool crc)
{
    NamedFiles files = buildSet();
    std::string list = crc ? crcList(files) : md5List(files);
    list += crc ? name + " 00000000\n" : "dd89c874714f94418b20feea4d9b2ac6 *" + name + "\n";
    files.emplace_back(crc ? "CHECKSUM.TXT" : "CHECKSUM.MD5", list);
    return files;
}

/// What must hold of every format: nothing outside, nothing that a terminal obeys.
std::uint64_t judge(const Seen& seen, const Trap& trap, const std::string& name)
{
    const std::string outside = seen.files.firstOutside(trap.work);
    INFO("the name ", escapedForDisplay(name));
    CHECK(outside == "");
    bool clean = true;
    for (const std::string& text : seen.shown) {
        CHECK_MESSAGE(showable(text), escapedForDisplay(text));
        clean = clean && showable(text);
    }
    return outside.empty() && clean ? 0 : 1;
}

} // namespace

TEST_CASE("P5: names in cue sheets lead nowhere outside the sheet's folder")
{
    std::uint64_t tried = 0, wrong = 0;
    for (const std::string& name : names()) {
        for (const bool packs : {false, true}) {
            const Trap trap;
            trap.put("a.cue", packs ? packsWith(name) : cueWith(name));
            Seen seen;
            const auto imported = importCue(seen.files, trap.work / "a.cue", {});
            if (seen.take(imported)) {
                seen.take(imported->findings);
                for (const Source& source : imported->album.sources)
                    CHECK(Path{source.path}
                              .lexically_relative(std::filesystem::canonical(trap.work))
                              .string() == "good.wav");
            }
            wrong += judge(seen, trap, name);
            ++tried;
        }
    }
    torture::figure("P5", "hostile names in cue sheets (FILE, CDTEXTFILE)", tried, wrong,
                    "bad: opened outside, or shown unescaped");
}

TEST_CASE("P5: names in a DDP set's map and checksum lists lead nowhere outside the set")
{
    std::uint64_t tried = 0, wrong = 0;
    for (const std::string& name : names()) {
        for (int format = 0; format < 3; ++format) {
            const Trap trap;
            writeSet(trap, format == 0 ? mapWith(name) : listWith(name, format == 2));
            Seen seen;
            const auto verified = ddp::verifyFileset(seen.files, trap.work, {});
            if (seen.take(verified)) seen.take(verified->findings);
            wrong += judge(seen, trap, name);
            ++tried;
        }
    }
    torture::figure("P5", "hostile names in DDPMS, CHECKSUM.MD5 and CHECKSUM.TXT", tried, wrong,
                    "bad: opened outside, or shown unescaped");
}

TEST_CASE("P5: a project's source names are kept byte for byte, and loading it opens none of them")
{
    std::uint64_t tried = 0, wrong = 0;
    for (const std::string& name : names()) {
        const Trap trap;
        std::string hex;
        for (const char c : name) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
        trap.put("a.segue", with(smallProject, "path=\"a.wav\"", "path-hex=\"" + hex + "\""));
        Seen seen;
        const auto project = loadProject(seen.files, trap.work / "a.segue");
        if (seen.take(project)) {
            seen.take(project->findings);
            const Path path{project->album.sources.front().path};
            CHECK(path.is_absolute());
        }
        CHECK(seen.files.opened.size() == 1);
        wrong += judge(seen, trap, name);
        ++tried;
    }
    torture::figure("P5", "hostile source names in projects, loaded", tried, wrong,
                    "bad: any other file opened, or shown unescaped");
}

namespace {

/// What a run of the program under strace opened that is neither in the work folder nor the system's; "" when
/// nothing. Nothing at all when strace cannot be used.
std::optional<std::string> openedOutside(const Trap& trap, const std::vector<std::string>& words, Ran& ran)
{
    const Path log = trap.root / "log";
    std::vector<std::string> all{
        "strace",      "-f", "-y",         "-qq", "-s",
        "9999",        "-o", log.string(), "-e",  "trace=open,openat,openat2,creat,execve",
        segueProgram()};
    all.insert(all.end(), words.begin(), words.end());
    const auto traced = runProgram(std::move(all));
    if (!traced || traced->err.find("strace:") != std::string::npos) return {};
    ran = *traced;
    const std::string work = std::filesystem::canonical(trap.work).string();
    std::string found;
    int opens = 0, programs = 0;
    std::istringstream lines{trap.root.read("log")};
    for (std::string line; std::getline(lines, line);) {
        if (line.find("execve(") != line.npos) ++programs;
        // "openat(AT_FDCWD</cwd>, "name", O_RDONLY) = 3</the/real/path>"
        const auto answer = line.rfind(" = ");
        const auto from = answer == line.npos ? answer : line.find('<', answer);
        if (from == line.npos) continue;
        const std::string path = line.substr(from + 1, line.rfind('>') - from - 1);
        ++opens;
        bool allowed = path == work || path.starts_with(work + "/") || path == "/dev/null";
        for (const std::string_view system :
             {"/lib/", "/lib64/", "/usr/", "/etc/ld.so", "/etc/ssl/", "/etc/fonts", "/sys/", "/proc/"})
            allowed = allowed || path.starts_with(system);
        if (path.ends_with("/environ") || path.find("/fd/") != path.npos) allowed = false;
        if (!allowed) found += path + ";";
    }
    if (opens < 3) found += "the trace was not understood";
    if (programs != 1) found += "another program was started";
    return found;
}

} // namespace

TEST_CASE(
    "P5: the program itself, watched by strace, opens nothing but the folder and the system's own files")
{
    if (torture::tier() == torture::Tier::quick) return;
    Ran ran;
    {
        // The net has no hole: what the user names himself is opened, and seen.
        const Trap trap;
        const auto seen = openedOutside(
            trap, {"new", (trap.work / "o.segue").string(), (trap.work / "linked/secret.wav").string()}, ran);
        if (!seen) {
            MESSAGE("not run: strace is not there or may not trace");
            torture::figure("P5", "hostile names, the program under strace", 0, 0, "not run: no strace");
            return;
        }
        CHECK(*seen == std::filesystem::canonical(trap.secret).string() + ";");
    }
    std::uint64_t tried = 0, wrong = 0;
    for (const std::string& name : names()) {
        for (int format = 0; format < 5; ++format) {
            const Trap trap;
            const std::string cue = (trap.work / "a.cue").string();
            std::vector<std::string> words{"verify", trap.work.string()};
            if (format == 0) words = {"import", cue, (trap.work / "o.segue").string()};
            if (format == 1) words = {"show", cue};
            if (format == 0) trap.put("a.cue", cueWith(name));
            if (format == 1) trap.put("a.cue", packsWith(name));
            if (format == 2) writeSet(trap, mapWith(name));
            if (format >= 3) writeSet(trap, listWith(name, format == 4));
            const auto outside = openedOutside(trap, words, ran);
            INFO("the name ", escapedForDisplay(name), ", format ", format);
            CHECK(outside == "");
            const bool clean =
                showable(ran.err) && showable(ran.out) && ran.exitCode >= 0 && ran.exitCode <= 3;
            CHECK(clean);
            wrong += outside == "" && clean ? 0U : 1U;
            ++tried;
        }
    }
    torture::figure("P5", "hostile names, the program under strace, 5 formats", tried, wrong,
                    "bad: opened outside, another program started, or shown unescaped");
}
