#include "gui/wx/track_clipboard.h"

#include "gui/wx/strings.h"

#include <wx/clipbrd.h>

namespace segue::gui {

namespace {

wxDataFormat tracksFormat() { return wxDataFormat{"application/x-segue-tracks"}; }

} // namespace

bool putTracks(const std::string& tracks, const std::string& rows)
{
    const wxClipboardLocker lock;
    if (!lock) return false;
    auto* both = new wxDataObjectComposite; // the clipboard's from here on
    auto* own = new wxCustomDataObject{tracksFormat()};
    own->SetData(tracks.size(), tracks.data());
    both->Add(own, true);
    both->Add(new wxTextDataObject{wx(rows)});
    return wxTheClipboard->SetData(both);
}

std::optional<std::string> tracksOnClipboard()
{
    const wxClipboardLocker lock;
    if (!lock || !wxTheClipboard->IsSupported(tracksFormat())) return {};
    wxCustomDataObject data{tracksFormat()};
    if (!wxTheClipboard->GetData(data)) return {};
    return std::string{static_cast<const char*>(data.GetData()), data.GetSize()};
}

} // namespace segue::gui
