#include "monkey/widgets.h"

#include <gtk/gtk.h>

namespace segue::monkey {

namespace {

std::vector<GtkWindow*> shownWindows()
{
    std::vector<GtkWindow*> windows;
    GList* all = gtk_window_list_toplevels();
    for (GList* at = all; at != nullptr; at = at->next)
        if (gtk_widget_get_mapped(GTK_WIDGET(at->data)) != FALSE &&
            gtk_window_get_window_type(GTK_WINDOW(at->data)) == GTK_WINDOW_TOPLEVEL)
            windows.push_back(GTK_WINDOW(at->data));
    g_list_free(all);
    return windows;
}

void collect(GtkWidget* widget, gpointer into)
{
    if (gtk_widget_get_mapped(widget) == FALSE) return;
    const bool takesClicks =
        gtk_widget_get_sensitive(widget) != FALSE &&
        (GTK_IS_BUTTON(widget) || GTK_IS_ENTRY(widget) || GTK_IS_TREE_VIEW(widget) ||
         GTK_IS_TEXT_VIEW(widget) || GTK_IS_NOTEBOOK(widget) || GTK_IS_MENU_ITEM(widget) ||
         GTK_IS_SCROLLBAR(widget) || gtk_widget_get_can_focus(widget) != FALSE);
    if (takesClicks) static_cast<std::vector<void*>*>(into)->push_back(widget);
    if (GTK_IS_CONTAINER(widget)) gtk_container_forall(GTK_CONTAINER(widget), collect, into);
}

} // namespace

bool extent(void* widget, Spot& corner, int& width, int& height)
{
    auto* part = GTK_WIDGET(widget);
    GdkWindow* window = gtk_widget_get_window(part);
    if (window == nullptr || gtk_widget_get_mapped(part) == FALSE) return false;
    gdk_window_get_origin(window, &corner.x, &corner.y);
    GtkAllocation box{};
    gtk_widget_get_allocation(part, &box);
    // A widget with a window of its own is measured from that; others share their parent's.
    if (gtk_widget_get_has_window(part) == FALSE) {
        corner.x += box.x;
        corner.y += box.y;
    }
    width = box.width;
    height = box.height;
    return width > 0 && height > 0;
}

Front front()
{
    Front found;
    for (GtkWindow* window : shownWindows()) {
        if (gtk_window_is_active(window) == FALSE) continue;
        found.window = window;
        const char* title = gtk_window_get_title(window);
        found.title = title == nullptr ? "" : title;
        found.modal = gtk_window_get_modal(window) != FALSE;
        found.choosesFiles = GTK_IS_FILE_CHOOSER(window);
        if (!extent(window, found.corner, found.width, found.height)) found.window = nullptr;
        collect(GTK_WIDGET(window), &found.parts);
        break;
    }
    return found;
}

void raise(std::size_t which)
{
    const auto windows = shownWindows();
    if (!windows.empty()) gtk_window_present(windows[which % windows.size()]);
}

bool answerCancel(void* window)
{
    if (!GTK_IS_DIALOG(window)) return false;
    gtk_dialog_response(GTK_DIALOG(window), GTK_RESPONSE_CANCEL);
    return true;
}

void setClipboard(const std::string& text)
{
    gtk_clipboard_set_text(gtk_clipboard_get(GDK_SELECTION_CLIPBOARD), text.c_str(),
                           static_cast<gint>(text.size()));
}

bool isMenuOpen() { return gtk_grab_get_current() != nullptr && GTK_IS_MENU_SHELL(gtk_grab_get_current()); }

bool closeMenu()
{
    if (!isMenuOpen()) return false;
    gtk_menu_shell_cancel(GTK_MENU_SHELL(gtk_grab_get_current()));
    return true;
}

std::string whoListens()
{
    const auto chain = [](GtkWidget* widget) {
        std::string words;
        for (int i = 0; widget != nullptr && i < 6; ++i, widget = gtk_widget_get_parent(widget))
            words += std::string{" "} + G_OBJECT_TYPE_NAME(widget) +
                     (gtk_widget_get_realized(widget) == FALSE ? " (not realized)" : "") +
                     (gtk_widget_get_mapped(widget) == FALSE ? " (not mapped)" : "");
        return words;
    };
    std::string words = "grab:" + chain(gtk_grab_get_current());
    for (GtkWindow* window : shownWindows())
        if (gtk_window_is_active(window) != FALSE) words += "; focus:" + chain(gtk_window_get_focus(window));
    return words;
}

void* modalWindow()
{
    GtkWindow* innermost = nullptr;
    for (GtkWindow* window : shownWindows()) {
        if (gtk_window_get_modal(window) == FALSE) continue;
        // A dialog's parent is the window that opened it.
        if (innermost == nullptr || gtk_window_get_transient_for(window) == innermost) innermost = window;
    }
    return innermost;
}

} // namespace segue::monkey
