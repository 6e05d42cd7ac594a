#include "album/edit.h"
#include "album/edit_support.h"

#include <algorithm>

namespace segue::edit {

namespace {

auto theSame(std::vector<SignOff>& all, const SignOff& signOff)
{
    return std::ranges::find_if(all, [&signOff](const SignOff& s) { return sameMatter(s, signOff); });
}

} // namespace

Result<Album> acceptFinding(Album album, SignOff signOff)
{
    if (signOff.rule.empty()) return failure("An acceptance names the rule it is about");
    if (signOff.track)
        if (const auto track = trackOf(album, *signOff.track); !track) return failure(track.error());
    if (signOff.at)
        if (auto s = checkTime(*signOff.at, "The place", signOff.rule); !s)
            return failure(std::move(s.error()));
    auto note = cleanText(signOff.note, true);
    if (!note) return failure(note.error());
    signOff.note = std::move(*note);
    if (const auto there = theSame(album.signOffs, signOff); there != album.signOffs.end())
        there->note = std::move(signOff.note);
    else
        album.signOffs.push_back(std::move(signOff));
    return album;
}

Result<Album> withdrawAcceptance(Album album, const SignOff& signOff)
{
    const auto there = theSame(album.signOffs, signOff);
    if (there == album.signOffs.end()) return failure("This finding was not accepted", signOff.rule);
    album.signOffs.erase(there);
    return album;
}

} // namespace segue::edit
