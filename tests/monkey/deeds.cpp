#include "monkey/deeds.h"

#include "gui/model/actions.h"
#include "gui/wx/main_frame.h"
#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <wx/dnd.h>
#include <wx/menu.h>
#include <wx/notebook.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace segue::monkey {

namespace {

using gui::MainFrame;

constexpr std::array<std::string_view, 16> words{
    "2.5",
    "-1",
    "Night",
    "GB-ABC-26-00042",
    "x",
    "0:30",
    "999999",
    "1:2:3",
    "-0.1 dB",
    "4006381333931",
    "",
    "00:02:00",
    "A long title that goes on for much longer than any column of the table is wide",
    "1e9",
    "nan",
    "%s<&>"};
constexpr std::array<std::string_view, 6> pasted{"One\tTwo\tThree\nFour\tFive\nSix",
                                                 "\u00fc\u65e5\u672c\u8a9e \u05e9\u05dc\u05d5\u05dd",
                                                 "0:02.000\n0:01.500\n-0:00.500",
                                                 "GBABC2600001\nGBABC2600002\nGBABC2600003",
                                                 "\n\n\n",
                                                 "a\x01\x02 b"};

std::vector<MainFrame*> frames()
{
    std::vector<MainFrame*> found;
    for (wxWindow* window : wxTopLevelWindows)
        if (auto* frame = dynamic_cast<MainFrame*>(window)) found.push_back(frame);
    return found;
}

void collectDropTargets(wxWindow* window, std::vector<wxWindow*>& into)
{
    if (dynamic_cast<wxFileDropTarget*>(window->GetDropTarget()) != nullptr) into.push_back(window);
    for (wxWindow* child : window->GetChildren()) collectDropTargets(child, into);
}

void collectItems(const wxMenu& menu, std::vector<int>& into)
{
    for (const wxMenuItem* item : menu.GetMenuItems()) {
        if (item->IsSubMenu())
            collectItems(*item->GetSubMenu(), into);
        else if (!item->IsSeparator() && item->IsEnabled())
            into.push_back(item->GetId());
    }
}

/// X's name of a key as the table of actions spells it.
std::string keysymOf(const std::string& key)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 11> names{{{"Space", "space"},
                                                                              {"Enter", "Return"},
                                                                              {"+", "plus"},
                                                                              {"-", "minus"},
                                                                              {",", "comma"},
                                                                              {".", "period"},
                                                                              {";", "semicolon"},
                                                                              {"[", "bracketleft"},
                                                                              {"]", "bracketright"},
                                                                              {"Esc", "Escape"},
                                                                              {"=", "equal"}}};
    for (const auto& [name, keysym] : names)
        if (key == name) return keysym;
    if (key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z') return {static_cast<char>(key[0] - 'A' + 'a')};
    return key;
}

Path folderOf(MainFrame& frame)
{
    const Path& path = frame.session().path();
    return path.empty() ? std::filesystem::current_path() : path.parent_path();
}

} // namespace

MainFrame* Deeds::frame()
{
    const auto all = frames();
    return all.empty() ? nullptr : all[below(all.size())];
}

Modifiers Deeds::modifiers()
{
    if (below(2) == 0) return {};
    return {.control = below(3) == 0, .shift = below(3) == 0, .alt = below(3) == 0};
}

/// In some part of the window as often as anywhere in it.
Spot Deeds::spotIn(const Front& at)
{
    Spot corner = at.corner;
    int width = at.width, height = at.height;
    if (!at.parts.empty() && below(3) != 0) {
        Spot inner;
        int w = 0, h = 0;
        if (extent(at.parts[below(at.parts.size())], inner, w, h)) {
            corner = inner;
            width = w;
            height = h;
        }
    }
    return {corner.x + between(1, std::max(2, width - 1)), corner.y + between(1, std::max(2, height - 1))};
}

/// On the strip and the timeline, where the gestures are.
Spot Deeds::spotOnAlbum()
{
    MainFrame* of = frame();
    const wxRect box = of == nullptr ? wxRect{0, 0, 900, 400} : of->GetScreenRect();
    return {box.x + between(2, std::max(3, box.width * 3 / 4)),
            box.y + between(26, std::max(30, box.height * 6 / 10))};
}

std::string Deeds::shortcut()
{
    const auto all = gui::actions();
    const gui::ActionInfo* info = &all[below(all.size())];
    // Nobody gets far who leaves at every turn.
    const bool leaves = info->action == gui::Action::quit || info->action == gui::Action::newAlbum;
    if (info->shortcut[0] == '\0' || (leaves && below(8) != 0)) info = &gui::infoOf(gui::Action::undo);
    const gui::Keystroke stroke = gui::parseKeystroke(info->shortcut);
    hands_.key(keysymOf(stroke.key).c_str(), {stroke.control, stroke.shift, stroke.alt});
    return fmt::format("{} ({})", info->shortcut, info->id);
}

std::string Deeds::click(const Front& at)
{
    const Spot spot = below(3) == 0 ? spotOnAlbum() : spotIn(at);
    const unsigned button = below(5) == 0 ? 3 : 1;
    const int times = below(3) == 0 ? 2 : 1;
    hands_.click(spot, button, times, modifiers());
    return fmt::format("click {} x{} at {},{}", button, times, spot.x, spot.y);
}

std::string Deeds::drag(const Front& at)
{
    if (dragging_) {
        dragging_ = false;
        hands_.letGo();
        return "let go";
    }
    const Spot from = below(4) == 0 ? spotIn(at) : spotOnAlbum();
    const Spot to{std::max(0, from.x + between(-300, 300)), std::max(0, from.y + between(-90, 90))};
    const Modifiers with = modifiers();
    hands_.move(from);
    hands_.hold(with, true);
    hands_.press(1);
    for (int step = 1; step <= 4; ++step)
        hands_.move({from.x + (to.x - from.x) * step / 4, from.y + (to.y - from.y) * step / 4});
    // Now and then other things happen before the button is let go: Esc, edits by key, files that arrive.
    dragging_ = below(4) == 0;
    if (!dragging_) hands_.release(1);
    hands_.hold(with, false);
    return fmt::format("drag {},{} to {},{}{}{}{}{}", from.x, from.y, to.x, to.y, with.control ? " Ctrl" : "",
                       with.shift ? " Shift" : "", with.alt ? " Alt" : "", dragging_ ? ", held" : "");
}

std::string Deeds::wheel(const Front& at)
{
    const Spot spot = below(2) == 0 ? spotOnAlbum() : spotIn(at);
    const Modifiers with = modifiers();
    hands_.wheel(spot, below(2) == 0, between(1, 6), with);
    return fmt::format("wheel at {},{}", spot.x, spot.y);
}

std::string Deeds::menu()
{
    constexpr std::array names{"f", "e", "t", "j", "p", "v", "h", "d"};
    const char* name = names[below(names.size())];
    const int down = between(1, 16);
    hands_.key(name, {.alt = true});
    for (int i = 0; i < down; ++i) hands_.key("Down");
    if (below(4) == 0) hands_.key("Right");
    hands_.key(below(6) == 0 ? "Escape" : "Return");
    return fmt::format("menu {}, {} down", name, down);
}

/// A menu's command without the way there: reaches all of them alike.
std::string Deeds::command()
{
    MainFrame* of = frame();
    if (of == nullptr || of->GetMenuBar() == nullptr) return "no command";
    std::vector<int> items;
    for (std::size_t i = 0; i < of->GetMenuBar()->GetMenuCount(); ++i)
        collectItems(*of->GetMenuBar()->GetMenu(i), items);
    if (items.empty()) return "no command";
    const int id = items[below(items.size())];
    const std::string label = of->GetMenuBar()->FindItem(id)->GetItemLabelText().utf8_string();
    if ((label == "Quit" || label == "New album") && below(8) != 0) return "no command";
    of->GetEventHandler()->AddPendingEvent(wxCommandEvent{wxEVT_MENU, id});
    return "command " + label;
}

std::string Deeds::text()
{
    const std::string_view typed = words[below(words.size())];
    constexpr std::array first{"Return", "F2", "ctrl+a", ""};
    const std::string_view opens = first[below(first.size())];
    if (opens == "ctrl+a")
        hands_.key("a", {.control = true});
    else if (!opens.empty())
        hands_.key(opens.data());
    hands_.type(typed);
    constexpr std::array ends{"Return", "Escape", "Tab", "Down"};
    const char* end = ends[below(ends.size())];
    hands_.key(end);
    return fmt::format("{} \"{}\" {}", opens, typed, end);
}

std::string Deeds::tab()
{
    MainFrame* of = frame();
    if (of == nullptr) return "no tab";
    const auto pages = between(0, 5);
    of->CallAfter([of, pages] {
        std::vector<wxWindow*> look{of};
        while (!look.empty()) {
            wxWindow* window = look.back();
            look.pop_back();
            if (auto* book = dynamic_cast<wxNotebook*>(window); book != nullptr && book->IsShownOnScreen())
                book->SetSelection(static_cast<std::size_t>(pages) % book->GetPageCount());
            for (wxWindow* child : window->GetChildren()) look.push_back(child);
        }
    });
    return fmt::format("tab {}", pages);
}

std::string Deeds::resize()
{
    MainFrame* of = frame();
    if (of == nullptr) return "no window";
    const int kind = between(0, 5);
    const wxSize least = of->GetMinSize(); // window managers keep to it
    const wxSize size{between(least.x, std::max(least.x, 1440)), between(least.y, std::max(least.y, 900))};
    of->CallAfter([of, kind, size] {
        if (kind == 0) of->Maximize(!of->IsMaximized());
        if (kind == 1) of->Iconize(!of->IsIconized());
        if (kind > 1) of->SetSize(size);
    });
    return fmt::format("size {} to {}x{}", kind, size.x, size.y);
}

std::string Deeds::dropFiles()
{
    MainFrame* of = frame();
    if (of == nullptr) return "no window";
    std::vector<Path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folderOf(*of)})
        if (entry.path().extension() == ".wav") files.push_back(entry.path());
    std::ranges::sort(files);
    wxArrayString names;
    for (int i = between(1, 2); i > 0 && !files.empty(); --i)
        names.push_back(gui::wx(files[below(files.size())].string()));
    // Now and then what is no sound, what is not there, and an album.
    if (below(4) == 0) names.push_back(gui::wx((folderOf(*of) / "notes.txt").string()));
    if (below(4) == 0) names.push_back("/nowhere/at all.wav");
    if (below(12) == 0 && !of->session().path().empty())
        names.push_back(gui::wx(of->session().path().string()));
    std::vector<wxWindow*> targets;
    collectDropTargets(of, targets);
    if (targets.empty() || names.empty()) return "nothing to drop";
    wxWindow* target = targets[below(targets.size())];
    const int x = between(0, std::max(1, target->GetSize().x));
    target->CallAfter([target, x, names] {
        dynamic_cast<wxFileDropTarget*>(target->GetDropTarget())->OnDropFiles(x, 10, names);
    });
    return fmt::format("drop {} files", names.size());
}

std::string Deeds::clipboard()
{
    const std::string_view what = pasted[below(pasted.size())];
    setClipboard(std::string{what});
    hands_.key("v", {.control = true});
    return "paste " + fmt::format("{:?}", what.substr(0, what.find_first_of("\n\x01")));
}

/// A master is moved away, or comes back.
std::string Deeds::master()
{
    MainFrame* of = frame();
    if (of == nullptr) return "no window";
    std::vector<Path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folderOf(*of)})
        if (entry.path().extension() == ".wav" || entry.path().extension() == ".away")
            files.push_back(entry.path());
    if (files.empty()) return "no master";
    std::ranges::sort(files);
    const Path file = files[below(files.size())];
    const Path to =
        file.extension() == ".away" ? Path{file}.replace_extension() : Path{file.string() + ".away"};
    std::error_code ignored;
    std::filesystem::rename(file, to, ignored);
    return file.filename().string() + " becomes " + to.filename().string();
}

/// GTK's own file dialog can rename and delete what it shows, so only names are typed there, and no way
/// through folders.
std::string Deeds::inFileDialog()
{
    switch (below(3)) {
    case 0: hands_.key("Return"); return "Enter in the file dialog";
    case 1: hands_.key("Escape"); return "Escape in the file dialog";
    default:
        hands_.key("a", {.control = true});
        hands_.type(fmt::format("monkey {}", below(6)));
        hands_.key("Return");
        return "a name in the file dialog";
    }
}

void Deeds::leave(const Front& before)
{
    ++stayed_;
    if (dialog_ != before.window) stayed_ = 0;
    dialog_ = before.window;
}

std::string Deeds::next()
{
    const Front at = front();
    if (at.window == nullptr && !isMenuOpen()) {
        // Windows come and go between two deeds; if none gets the keys, one is asked to.
        if (below(3) == 0) raise(below(8));
    } else if (at.choosesFiles) {
        return inFileDialog();
    }
    const bool editor =
        std::ranges::any_of(frames(), [&](MainFrame* f) { return f->GetHandle() == at.window; });
    leave(at);
    if (!editor && at.window != nullptr && stayed_ > 12) {
        if (stayed_ > 18 && answerCancel(at.window)) return "the dialog's Cancel";
        if (stayed_ > 24) raise(below(8));
        hands_.letGo();
        hands_.key("Escape");
        return "Escape out of \"" + at.title + "\"";
    }
    // What is done to a window behind a dialog's back nobody could do.
    const bool free = modalWindow() == nullptr;
    if (free && frames().size() > 3) {
        MainFrame* of = frame();
        of->CallAfter([of] { of->Close(); });
        return "close one of many windows";
    }
    int draw = between(1, 100);
    const auto within = [&draw](int share) { return (draw -= share) <= 0; };
    if (within(34)) return shortcut();
    if (within(18)) return click(at);
    if (within(12)) return drag(at);
    if (within(6)) return wheel(at);
    if (within(5)) return menu();
    if (within(6)) return free ? command() : text();
    if (within(7)) return text();
    if (within(4)) {
        hands_.key("Escape");
        return "Escape";
    }
    if (within(2)) return free ? tab() : text();
    if (within(2)) return resize();
    if (within(1)) return dropFiles();
    if (within(2)) return clipboard();
    return master();
}

} // namespace segue::monkey
