#include "deliver/cairo_owned.h"

#include <cairo.h>
#include <pango/pangocairo.h>

namespace segue {

void CairoDeleter::operator()(_cairo* c) const { cairo_destroy(c); }
void CairoDeleter::operator()(_cairo_surface* s) const { cairo_surface_destroy(s); }
void CairoDeleter::operator()(_PangoFontDescription* f) const { pango_font_description_free(f); }
void CairoDeleter::operator()(_PangoLayout* l) const { g_object_unref(l); }

} // namespace segue
