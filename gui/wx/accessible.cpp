#include "gui/wx/accessible.h"

#include "gui/model/actions.h"

#include <gtk/gtk.h>
#include <wx/dataview.h>
#include <wx/menuitem.h>
#include <wx/window.h>

namespace segue::gui {

namespace {

void describe(GtkWidget* widget, const std::string& name, const std::string& description)
{
    AtkObject* object = widget == nullptr ? nullptr : gtk_widget_get_accessible(widget);
    if (object == nullptr) return;
    atk_object_set_name(object, name.c_str());
    if (!description.empty()) atk_object_set_description(object, description.c_str());
}

} // namespace

void setAccessible(wxWindow* window, const std::string& name, const std::string& description)
{
    auto* widget = static_cast<GtkWidget*>(window->GetHandle());
    describe(widget, name, description);
    // A table or a long text sits in a frame that scrolls; what takes the keys must have the name, too.
    if (GTK_IS_SCROLLED_WINDOW(widget)) describe(gtk_bin_get_child(GTK_BIN(widget)), name, description);
}

namespace {

guint keyvalOf(const std::string& key)
{
    if (key == "Space") return GDK_KEY_space;
    if (key == "Enter") return GDK_KEY_Return;
    if (key == "Esc") return GDK_KEY_Escape;
    if (key == "+") return GDK_KEY_plus;
    if (key == "-") return GDK_KEY_minus;
    if (key == ",") return GDK_KEY_comma;
    if (key == ".") return GDK_KEY_period;
    if (key == ";") return GDK_KEY_semicolon;
    if (key == "[") return GDK_KEY_bracketleft;
    if (key == "]") return GDK_KEY_bracketright;
    if (key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z') return static_cast<guint>(key[0] - 'A' + 'a');
    return gdk_keyval_from_name(key.c_str());
}

} // namespace

void showKey(wxMenuItem* item, const std::string& shortcut)
{
    if (shortcut.empty()) return;
    const Keystroke stroke = parseKeystroke(shortcut);
    guint modifiers = 0;
    if (stroke.control) modifiers |= GDK_CONTROL_MASK;
    if (stroke.shift) modifiers |= GDK_SHIFT_MASK;
    if (stroke.alt) modifiers |= GDK_MOD1_MASK;
    GtkWidget* label = gtk_bin_get_child(GTK_BIN(item->GetMenuItem()));
    if (GTK_IS_ACCEL_LABEL(label))
        gtk_accel_label_set_accel(GTK_ACCEL_LABEL(label), keyvalOf(stroke.key),
                                  static_cast<GdkModifierType>(modifiers));
}

void prepareTable(wxDataViewCtrl* table, int rowHeight)
{
    gtk_tree_view_set_enable_search(GTK_TREE_VIEW(table->GtkGetTreeView()), FALSE);
    for (unsigned i = 0; i < table->GetColumnCount(); ++i) {
        auto* renderer = GTK_CELL_RENDERER(table->GetColumn(i)->GetRenderer()->GetGtkHandle());
        gtk_cell_renderer_set_fixed_size(renderer, -1, rowHeight);
        float x = 0;
        gtk_cell_renderer_get_alignment(renderer, &x, nullptr);
        gtk_cell_renderer_set_alignment(renderer, x, 0.5F);
    }
}

void keepFocusOnClick(wxWindow* button)
{
    gtk_widget_set_focus_on_click(static_cast<GtkWidget*>(button->GetHandle()), FALSE);
}

void letTabCome(wxWindow* window)
{
    gtk_widget_set_can_focus(static_cast<GtkWidget*>(window->GetHandle()), TRUE);
}

} // namespace segue::gui
