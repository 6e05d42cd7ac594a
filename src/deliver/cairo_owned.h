/// \file
/// Owners of cairo's and pango's objects. Private to this room's .cpp files.
#pragma once

#include <memory>

struct _cairo;
struct _cairo_surface;
struct _PangoFontDescription;
struct _PangoLayout;

namespace segue {

struct CairoDeleter {
    void operator()(_cairo* c) const;
    void operator()(_cairo_surface* s) const;
    void operator()(_PangoFontDescription* f) const;
    void operator()(_PangoLayout* l) const;
};
template <class T>
using Owned = std::unique_ptr<T, CairoDeleter>;

} // namespace segue
