#include "gui/wx/cell_entry.h"

#include "gui/wx/canvas.h"
#include "gui/wx/strings.h"

#include <fmt/format.h>
#include <gtk/gtk.h>
#include <wx/dataview.h>

namespace segue::gui {

namespace {

/// Set on a field while its own menu is open, which takes the focus for the while.
constexpr const char* menuIsOpen = "segue-menu";

/// What Enter does.
void commit(GtkWidget* field)
{
    g_object_ref(field);
    gtk_cell_editable_editing_done(GTK_CELL_EDITABLE(field));
    gtk_cell_editable_remove_widget(GTK_CELL_EDITABLE(field));
    g_object_unref(field);
}

/// The field that is open in this tree; nullptr when none is.
GtkWidget* fieldOf(GtkWidget* tree)
{
    GtkWidget* window = gtk_widget_get_toplevel(tree);
    GtkWidget* focus = GTK_IS_WINDOW(window) ? gtk_window_get_focus(GTK_WINDOW(window)) : nullptr;
    if (focus == nullptr || !GTK_IS_CELL_EDITABLE(focus) || gtk_widget_is_ancestor(focus, tree) == FALSE)
        return nullptr;
    return focus;
}

/// GTK's own handler runs after this one and would cancel; after the commit it is gone.
gboolean onFocusOut(GtkWidget* field, GdkEvent*, gpointer)
{
    if (g_object_get_data(G_OBJECT(field), menuIsOpen) == nullptr) commit(field);
    return FALSE;
}

void onMenuGone(GtkWidget* field, gpointer) { g_object_set_data(G_OBJECT(field), menuIsOpen, nullptr); }

void onMenu(GtkEntry* field, GtkWidget* menu, gpointer)
{
    g_object_set_data(G_OBJECT(field), menuIsOpen, field);
    g_signal_connect_object(menu, "unmap", G_CALLBACK(onMenuGone), field, G_CONNECT_SWAPPED);
}

using Typing = std::function<bool(const std::string&)>;
constexpr const char* wrong = "segue-wrong";

/// The themes' own colour of errors is dark on dark.
void makeWrongLegible(GtkWidget* field)
{
    GtkCssProvider* css = gtk_css_provider_new();
    const std::string words = fmt::format(".{}{{color:{};}}", wrong,
                                          utf8(colour(picture::Ink::error).GetAsString(wxC2S_HTML_SYNTAX)));
    gtk_css_provider_load_from_data(css, words.c_str(), -1, nullptr);
    gtk_style_context_add_provider(gtk_widget_get_style_context(field), GTK_STYLE_PROVIDER(css),
                                   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    g_object_unref(css);
}

void onTyped(GtkWidget* field, gpointer typing)
{
    GtkStyleContext* style = gtk_widget_get_style_context(field);
    if ((*static_cast<const Typing*>(typing))(gtk_entry_get_text(GTK_ENTRY(field))))
        gtk_style_context_remove_class(style, wrong);
    else
        gtk_style_context_add_class(style, wrong);
}

void onEditingStarted(GtkCellRenderer*, GtkCellEditable* editable, gchar*, gpointer typing)
{
    if (!GTK_IS_ENTRY(editable)) return;
    g_signal_connect(editable, "focus-out-event", G_CALLBACK(onFocusOut), nullptr);
    g_signal_connect(editable, "populate-popup", G_CALLBACK(onMenu), nullptr);
    if (typing == nullptr) return;
    makeWrongLegible(GTK_WIDGET(editable));
    g_signal_connect(editable, "changed", G_CALLBACK(onTyped), typing);
}

/// The caret under the pointer, once the field has its place.
gboolean placeCaret(gpointer data)
{
    auto* tree = static_cast<GtkWidget*>(data);
    GtkWidget* field = fieldOf(tree);
    GdkWindow* window = gtk_widget_get_window(tree);
    if (field == nullptr || !GTK_IS_ENTRY(field) || window == nullptr) return G_SOURCE_REMOVE;
    GdkDevice* pointer = gdk_seat_get_pointer(gdk_display_get_default_seat(gtk_widget_get_display(tree)));
    int x = 0, y = 0, inFieldX = 0, inFieldY = 0, left = 0, top = 0, index = 0, trailing = 0;
    gdk_window_get_device_position(window, pointer, &x, &y, nullptr);
    gtk_widget_translate_coordinates(tree, field, x, y, &inFieldX, &inFieldY);
    gtk_entry_get_layout_offsets(GTK_ENTRY(field), &left, &top);
    PangoLayout* layout = gtk_entry_get_layout(GTK_ENTRY(field));
    pango_layout_xy_to_index(layout, (inFieldX - left) * PANGO_SCALE, 0, &index, &trailing);
    const char* text = pango_layout_get_text(layout);
    gtk_editable_set_position(GTK_EDITABLE(field),
                              static_cast<int>(g_utf8_pointer_to_offset(text, text + index)) + trailing);
    return G_SOURCE_REMOVE;
}

/// Before the tree itself sees the click, which closes the field without its text.
gboolean onButton(GtkWidget* tree, GdkEventButton* event, gpointer)
{
    GtkWidget* field = fieldOf(tree);
    if (field == nullptr) return FALSE;
    // The first of the two clicks chose the row, the second opened the cell, and this says that they were
    // one.
    if (event->type == GDK_2BUTTON_PRESS)
        g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, placeCaret, g_object_ref(tree), g_object_unref);
    else if (event->type == GDK_BUTTON_PRESS)
        commit(field);
    return FALSE;
}

} // namespace

void keepTypedCells(wxDataViewCtrl* table, const Typing* typing)
{
    GtkWidget* tree = table->GtkGetTreeView();
    g_signal_connect(tree, "button-press-event", G_CALLBACK(onButton), nullptr);
    for (unsigned i = 0; i < table->GetColumnCount(); ++i)
        g_signal_connect(table->GetColumn(i)->GetRenderer()->GetGtkHandle(), "editing-started",
                         G_CALLBACK(onEditingStarted), const_cast<Typing*>(typing));
}

void finishCell(wxDataViewCtrl* table)
{
    if (GtkWidget* field = fieldOf(table->GtkGetTreeView())) commit(field);
}

} // namespace segue::gui
