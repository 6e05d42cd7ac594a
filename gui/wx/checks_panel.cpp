#include "gui/wx/checks_panel.h"

#include "gui/wx/accessible.h"
#include "gui/wx/strings.h"

namespace segue::gui {

ChecksPanel::ChecksPanel(wxWindow* parent)
    : wxDataViewListCtrl{parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                         wxDV_SINGLE | wxDV_ROW_LINES | wxBORDER_NONE}
{
    AppendTextColumn("Level", wxDATAVIEW_CELL_INERT, FromDIP(80));
    AppendTextColumn("Where", wxDATAVIEW_CELL_INERT, FromDIP(130));
    AppendTextColumn("What", wxDATAVIEW_CELL_INERT, wxCOL_WIDTH_AUTOSIZE);
    AppendTextColumn("What to do", wxDATAVIEW_CELL_INERT, wxCOL_WIDTH_AUTOSIZE);
    AppendTextColumn("Rule", wxDATAVIEW_CELL_INERT, FromDIP(190));
    prepareTable(this, FromDIP(29));
    setAccessible(this, "Checks");
    const auto choose = [this](wxDataViewEvent&) {
        const int row = GetSelectedRow();
        if (row != wxNOT_FOUND && chosen) chosen(order_[static_cast<std::size_t>(row)]);
    };
    Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, choose);
    Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, choose);
}

void ChecksPanel::show(const Findings& findings)
{
    if (findings == shown_) return;
    shown_ = findings;
    order_.clear();
    DeleteAllItems();
    for (const auto level : {Finding::Level::error, Finding::Level::warning, Finding::Level::note})
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const Finding& f = findings[i];
            if (f.level != level) continue;
            order_.push_back(i);
            wxVector<wxVariant> row;
            const std::string levelWords = f.overridden ? "allowed" : name(f.level);
            for (const std::string& text : {levelWords, describe(f.where), f.message, f.fix, f.rule})
                row.push_back(wx(text));
            AppendItem(row);
        }
}

} // namespace segue::gui
