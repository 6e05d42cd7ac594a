#include "gui/wx/tab_button.h"

#include <gtk/gtk.h>
#include <wx/notebook.h>

namespace segue::gui {

TabButton::TabButton(wxNotebook* tabs, const std::string& label, const std::string& help,
                     std::function<void()> pressed)
    : button_{gtk_toggle_button_new_with_label(label.c_str())}, pressed_{std::move(pressed)}
{
    auto* button = static_cast<GtkWidget*>(button_);
    gtk_widget_set_tooltip_text(button, help.c_str());
    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    gtk_widget_set_focus_on_click(button, FALSE);
    gtk_button_set_relief(GTK_BUTTON(button), GTK_RELIEF_NONE);
    const auto toggled = +[](GtkToggleButton*, gpointer self) { static_cast<TabButton*>(self)->pressed_(); };
    handler_ = g_signal_connect(button, "toggled", G_CALLBACK(toggled), this);
    gtk_notebook_set_action_widget(GTK_NOTEBOOK(tabs->GetHandle()), button, GTK_PACK_END);
    gtk_widget_show(button);
}

void TabButton::show(bool on)
{
    auto* button = static_cast<GtkToggleButton*>(button_);
    g_signal_handler_block(button, handler_);
    gtk_toggle_button_set_active(button, on ? TRUE : FALSE);
    g_signal_handler_unblock(button, handler_);
}

} // namespace segue::gui
