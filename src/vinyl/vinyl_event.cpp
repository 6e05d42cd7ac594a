#include "vinyl/vinyl_event.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace segue::vinyl {

void EventRow::add(const VinylEvent& moment, double badness)
{
    if (open_ && moment.begin - (event_.begin + event_.length) < pause_) {
        const double begin = event_.begin, end = moment.begin + moment.length, radius = event_.radius;
        const Finding::Level severity = std::min(event_.severity, moment.severity);
        if (badness > worst_) {
            event_ = moment;
            event_.worst = moment.begin;
            worst_ = badness;
        }
        event_.begin = begin;
        event_.radius = radius;
        event_.length = end - begin;
        event_.severity = severity;
        return;
    }
    close();
    event_ = moment;
    event_.worst = moment.begin;
    worst_ = badness;
    open_ = true;
}

void EventRow::close()
{
    if (open_) into_.push_back(event_);
    open_ = false;
}

std::size_t keepWorst(VinylEvents& events, std::size_t most)
{
    // Every kind's values grow with what is wrong, but for the depth that is left and correlations.
    const auto badness = [](const VinylEvent& e) {
        const bool falling = e.kind == "fixed_depth" || e.kind == "bass_width" ||
                             e.kind == "antiphase_bass" || e.kind == "phase";
        return falling ? -e.value : e.value;
    };
    std::ranges::stable_sort(events, [&](const VinylEvent& a, const VinylEvent& b) {
        return std::tuple{a.severity, -badness(a)} < std::tuple{b.severity, -badness(b)};
    });
    std::map<std::string_view, std::size_t> seen;
    const std::size_t before = events.size();
    std::erase_if(events, [&](const VinylEvent& e) { return ++seen[e.kind] > most; });
    std::ranges::stable_sort(events, {}, &VinylEvent::begin);
    return before - events.size();
}

} // namespace segue::vinyl
