/// \file
/// Paints a DrawList with cairo and pango: on the screen, into a PNG, a PDF or an SVG.
#pragma once

#include "core/file_ops.h"
#include "core/result.h"
#include "picture/draw_list.h"
#include "picture/palette.h"

#include <memory>
#include <string>

struct _cairo; // NOLINT(bugprone-reserved-identifier): what cairo calls its cairo_t

namespace segue {

struct PaintStyle {
    picture::Look look = picture::Look::dark;
    /// Families in order of preference, as pango reads them.
    std::string family = "Inter, Cantarell, Noto Sans, DejaVu Sans, sans-serif";
    bool toScale = false; ///< letters stand where they would on paper, not on a screen's pixels
    std::string digits = "JetBrains Mono, Noto Sans Mono, DejaVu Sans Mono, monospace";
};

/// Keeps laid-out texts from one picture to the next, since most of a screen stays the same. For one thread.
class Painter {
public:
    Painter();
    ~Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;
    /// \param scale device pixels per logical pixel, so that waves are drawn as finely as the device can. The
    ///              context is expected to be scaled already.
    void paint(_cairo* context, const picture::DrawList& list, const PaintStyle& style, double scale = 1);
    /// The width of a text in logical pixels.
    [[nodiscard]] double widthOf(const picture::Text& text, const PaintStyle& style);
    /// Characters painted so far for which no font was found.
    [[nodiscard]] int missingGlyphs() const { return missingGlyphs_; }

private:
    class Texts;
    std::unique_ptr<Texts> texts_;
    int missingGlyphs_ = 0;
};

/// A picture of `width` x `height` logical pixels as the bytes of a PNG file.
[[nodiscard]] Result<std::string> paintPng(const picture::DrawList& list, const PaintStyle& style, int width,
                                           int height, double scale = 1);

} // namespace segue
