#include "gui/wx/gtk_keys.h"

#include <gtk/gtk.h>

#include <initializer_list>

namespace segue::gui {

void forgetEmojiKeys()
{
    for (const GType type : {GTK_TYPE_ENTRY, GTK_TYPE_TEXT_VIEW}) {
        // The class brings its keys along when it is first needed, so it is needed here. It stays for good.
        GtkBindingSet* keys = gtk_binding_set_by_class(g_type_class_ref(type));
        for (const guint key : {guint{GDK_KEY_period}, guint{GDK_KEY_semicolon}})
            gtk_binding_entry_remove(keys, key, GDK_CONTROL_MASK);
    }
}

} // namespace segue::gui
