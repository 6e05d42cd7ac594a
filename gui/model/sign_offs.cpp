#include "gui/model/sign_offs.h"

#include "album/edit.h"

#include <fmt/format.h>

namespace segue::gui {

namespace {

std::string label(std::string_view verb, const Finding& f)
{
    const std::string where = f.where.track > 0 ? fmt::format(" in track {}", f.where.track) : "";
    return fmt::format("{} {}{}", verb, f.rule, where);
}

Result<SignOff> signOffIn(const Album& album, EditionId edition, const Finding& f, std::string note)
{
    const Edition* e = find(album, edition);
    if (e == nullptr) return failure("The edition is not in the album any more");
    return signOffFor(album, *e, f, std::move(note));
}

} // namespace

Proposal accept(const Album& album, EditionId edition, const Finding& finding, std::string note)
{
    const std::string words = label("Accept", finding);
    auto signOff = signOffIn(album, edition, finding, std::move(note));
    if (!signOff) return {words, failure(std::move(signOff.error()))};
    return {words, edit::acceptFinding(album, std::move(*signOff))};
}

Proposal withdraw(const Album& album, EditionId edition, const Finding& finding)
{
    const std::string words = label("Withdraw the acceptance of", finding);
    const auto signOff = signOffIn(album, edition, finding, {});
    if (!signOff) return {words, failure(signOff.error())};
    return {words, edit::withdrawAcceptance(album, *signOff)};
}

} // namespace segue::gui
