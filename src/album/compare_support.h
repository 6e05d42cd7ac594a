/// \file
/// The sentences of compare(): how values are spelled, how a difference is said.
#pragma once

#include "album/album.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue::detail {

/// Collects sentences about one thing after the other.
class Differences {
public:
    /// "The title of track "A"" was ... and is ...: whose the next sentences are ("" for the album).
    void about(std::string owner) { owner_ = std::move(owner); }
    void say(std::string sentence) { all_.push_back(std::move(sentence)); }

    void text(std::string_view what, const std::string& before, const std::string& after);
    void text(std::string_view what, const std::optional<std::string>& before,
              const std::optional<std::string>& after);
    void time(std::string_view what, Duration before, Duration after);
    void gain(std::string_view what, Decibels before, Decibels after);
    /// Values already spelled; for everything else.
    void value(std::string_view what, const std::string& before, const std::string& after);
    void yes(std::string_view what, bool before, bool after);
    void texts(const Texts& before, const Texts& after, const std::string& language = {});
    void translations(const std::vector<Translation>& before, const std::vector<Translation>& after);

    [[nodiscard]] std::vector<std::string> take() { return std::move(all_); }
    [[nodiscard]] std::size_t count() const { return all_.size(); }

private:
    [[nodiscard]] std::string subject(std::string_view what) const;
    std::string owner_{};
    std::vector<std::string> all_{};
};

[[nodiscard]] std::string quoted(std::string_view text);
void compareTracks(const Album& before, const Album& after, Differences& out);
void compareEditions(const Album& before, const Album& after, Differences& out);

} // namespace segue::detail
