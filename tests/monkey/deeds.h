/// \file
/// What a monkey does at an editor: one random deed at a time, from a seed.
#pragma once

#include "monkey/hands.h"
#include "monkey/widgets.h"

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace segue::gui {
class MainFrame;
}

namespace segue::monkey {

class Deeds {
public:
    explicit Deeds(std::uint64_t seed) : random_{seed} {}
    /// Does one thing. \return what it was, in words
    std::string next();
    /// Ends the window that has the keys, if it stands before an editor's; what people do who want to go on.
    void leave(const Front& before);

private:
    std::size_t below(std::size_t count)
    {
        return count == 0 ? 0 : static_cast<std::size_t>(random_() % count);
    }
    int between(int low, int high)
    {
        return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
    }
    template <typename T>
    const T& oneOf(std::span<const T> of)
    {
        return of[below(of.size())];
    }
    Modifiers modifiers();
    Spot spotIn(const Front& at);
    Spot spotOnAlbum();
    gui::MainFrame* frame();

    std::string shortcut();
    std::string click(const Front& at);
    std::string drag(const Front& at);
    std::string wheel(const Front& at);
    std::string menu();
    std::string command();
    std::string text();
    std::string tab();
    std::string resize();
    std::string dropFiles();
    std::string clipboard();
    std::string master();
    std::string inFileDialog();

    std::mt19937_64 random_;
    Hands hands_;
    void* dialog_ = nullptr; ///< in front of the editor's window
    int stayed_ = 0;         ///< deeds in it
    bool dragging_ = false;  ///< a drag that other deeds come into
};

} // namespace segue::monkey
