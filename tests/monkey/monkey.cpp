// The driver beside the editor's window: a module of wxWidgets, so that the program itself is the one people
// get. With SEGUE_MONKEY=COUNT in the environment it does so many random deeds from SEGUE_SEED, one whenever
// the event loop has nothing else to do, looks after each whether all is still well, and ends the program.

#include "core/text.h"
#include "gui/wx/main_frame.h"
#include "gui/wx/strings.h"
#include "monkey/deeds.h"
#include "monkey/witness.h"

#include <fmt/format.h>
#include <glib.h>
#include <wx/app.h>
#include <wx/dialog.h>
#include <wx/module.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace segue::monkey {

namespace {

using gui::MainFrame;

// Far enough apart for a picture between two deeds; and how long something else may keep the loop busy.
constexpr guint pause = 12, patience = 1500;

std::uint64_t number(const char* name)
{
    const char* text = std::getenv(name);
    std::uint64_t value = 0;
    if (text != nullptr) std::from_chars(text, text + std::string_view{text}.size(), value);
    return value;
}

class Monkey {
public:
    Monkey(std::uint64_t seed, std::uint64_t count) : deeds_{seed}, count_{count}
    {
        sources_ = {g_timeout_add_full(G_PRIORITY_LOW, pause, onIdle, this, nullptr),
                    g_timeout_add(50, onBeat, this)};
    }
    void report()
    {
        for (const guint source : sources_)
            g_source_remove(source); // the bridge to AT-SPI turns the loop once more
        witness_.rest();
        fmt::print(stderr, "did {} deeds, {} edits, {} starved, longest standstill {} ms\n", done_, edits_,
                   starved_, witness_.longestStandstill().count());
    }

private:
    static gboolean onIdle(gpointer self)
    {
        static_cast<Monkey*>(self)->step();
        return G_SOURCE_CONTINUE;
    }
    static gboolean onBeat(gpointer self)
    {
        auto& monkey = *static_cast<Monkey*>(self);
        monkey.witness_.beat();
        // Whatever never leaves the loop idle must not stop the monkey.
        if (g_get_monotonic_time() - monkey.last_ > patience * 1000) {
            ++monkey.starved_;
            monkey.step();
        }
        return G_SOURCE_CONTINUE;
    }
    void look()
    {
        for (wxWindow* window : wxTopLevelWindows) {
            auto* frame = dynamic_cast<MainFrame*>(window);
            if (frame == nullptr) continue;
            const auto album = frame->session().album();
            if (album != album_) {
                album_ = album;
                ++edits_;
            }
            const Path& path = frame->session().path();
            const std::string why = witness_.objection(album, path.empty() ? Path{"/"} : path.parent_path());
            if (why.empty()) continue;
            fmt::print(stderr, "error: after deed {}: {}\n", done_, why);
            std::_Exit(4);
        }
    }
    void step()
    {
        last_ = g_get_monotonic_time();
        if (wxTheApp == nullptr || wxTopLevelWindows.empty()) return;
        look();
        if (done_ >= count_) return end();
        ++done_;
        const std::string words = deeds_.next();
        fmt::print(stderr, "{:5} {}\n", done_, words); // among the complaints that follow from it
    }
    /// All saved, all closed, as at the end of a day; whatever runs is cut off.
    void end()
    {
        if (closeMenu()) return;
        if (void* modal = modalWindow()) {
            if (!answerCancel(modal))
                for (wxWindow* window : wxTopLevelWindows)
                    if (auto* dialog = dynamic_cast<wxDialog*>(window);
                        dialog != nullptr && dialog->GetHandle() == modal && dialog->IsModal())
                        dialog->EndModal(wxID_CANCEL);
            return; // one after the other
        }
        if (ending_) return;
        ending_ = true;
        for (wxWindow* window : wxTopLevelWindows)
            if (auto* frame = dynamic_cast<MainFrame*>(window)) {
                if (!frame->session().path().empty() && !frame->session().readOnly())
                    if (const Status saved = frame->session().save(SaveOver::anyway); !saved)
                        fmt::print(stderr, "error: not saved: {}\n", sentence(saved.error()));
                frame->CallAfter([frame] { frame->Close(true); });
            }
    }

    Witness witness_;
    Deeds deeds_;
    std::uint64_t count_, done_ = 0, edits_ = 0, starved_ = 0;
    std::array<guint, 2> sources_{};
    gint64 last_ = g_get_monotonic_time();
    std::shared_ptr<const Album> album_;
    bool ending_ = false;
};

} // namespace

/// wxWidgets makes one when the program begins, since its class is known by its name.
class MonkeyModule : public wxModule {
public:
    bool OnInit() override
    {
        if (const std::uint64_t count = number("SEGUE_MONKEY"); count > 0)
            monkey_.emplace(number("SEGUE_SEED"), count);
        return true;
    }
    void OnExit() override
    {
        if (monkey_) monkey_->report();
    }

private:
    std::optional<Monkey> monkey_;
    wxDECLARE_DYNAMIC_CLASS(MonkeyModule);
};
wxIMPLEMENT_DYNAMIC_CLASS(MonkeyModule, wxModule)

} // namespace segue::monkey
