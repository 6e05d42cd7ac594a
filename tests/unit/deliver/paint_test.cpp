#include "deliver/paint.h"

#include <cairo.h>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstring>

using namespace segue;
using namespace segue::picture;

namespace {

/// A picture painted into a PNG file and read back.
class Painted {
public:
    Painted(const DrawList& list, int width, int height, double scale = 1, Look look = Look::dark)
    {
        auto png = paintPng(list, {.look = look}, width, height, scale);
        REQUIRE(png);
        std::string_view rest = *png;
        const auto read = [](void* from, unsigned char* to, unsigned int length) {
            auto& left = *static_cast<std::string_view*>(from);
            if (left.size() < length) return CAIRO_STATUS_READ_ERROR;
            std::memcpy(to, left.data(), length);
            left.remove_prefix(length);
            return CAIRO_STATUS_SUCCESS;
        };
        surface_ = cairo_image_surface_create_from_png_stream(read, &rest);
        REQUIRE(cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS);
    }
    ~Painted() { cairo_surface_destroy(surface_); }
    Painted(const Painted&) = delete;
    Painted& operator=(const Painted&) = delete;

    [[nodiscard]] int width() const { return cairo_image_surface_get_width(surface_); }
    [[nodiscard]] int height() const { return cairo_image_surface_get_height(surface_); }
    [[nodiscard]] Colour at(int x, int y) const
    {
        REQUIRE(x < width());
        REQUIRE(y < height());
        std::uint32_t pixel = 0;
        std::memcpy(
            &pixel,
            cairo_image_surface_get_data(surface_) + y * cairo_image_surface_get_stride(surface_) + x * 4, 4);
        return {static_cast<std::uint8_t>(pixel >> 16U), static_cast<std::uint8_t>(pixel >> 8U),
                static_cast<std::uint8_t>(pixel)};
    }
    /// How many pixels of this box are not of this colour.
    [[nodiscard]] int others(Colour colour, int left, int top, int right, int bottom) const
    {
        int count = 0;
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) count += at(x, y) == colour ? 0 : 1;
        return count;
    }
    /// How many pixels of a column are of this colour.
    [[nodiscard]] int heightOf(Colour colour, int x) const
    {
        int count = 0;
        for (int y = 0; y < height(); ++y) count += at(x, y) == colour ? 1 : 0;
        return count;
    }

private:
    cairo_surface_t* surface_ = nullptr;
};

Colour dark(Ink ink) { return colourOf(ink, Look::dark); }

DrawList on(Ink ground, int width, int height)
{
    return {Area{{0, 0, static_cast<double>(width), static_cast<double>(height)}, ground}};
}

DrawList waveOf(std::vector<Wave::Column> columns, double width, double height, double opacity = 1)
{
    DrawList list = on(Ink::background, static_cast<int>(width), static_cast<int>(height));
    list.emplace_back(Wave{.box = {0, 0, width, height}, .columns = std::move(columns), .opacity = opacity});
    return list;
}

} // namespace

TEST_CASE("an area fills its box to the pixel and nothing beside it, in the colours of the look")
{
    for (const Look look : {Look::dark, Look::light}) {
        DrawList list = on(Ink::background, 40, 30);
        list.emplace_back(Area{{10, 5, 20, 10}, Ink::accent});
        const Painted picture{list, 40, 30, 1, look};
        CHECK(picture.width() == 40);
        CHECK(picture.height() == 30);
        const Colour accent = colourOf(Ink::accent, look), ground = colourOf(Ink::background, look);
        for (const auto& [x, y, in] :
             {std::tuple{10, 5, true}, std::tuple{29, 14, true}, std::tuple{9, 5, false},
              std::tuple{30, 14, false}, std::tuple{10, 4, false}, std::tuple{29, 15, false}})
            CHECK(picture.at(x, y) == (in ? accent : ground));
    }
}

TEST_CASE("at scale 2 everything is twice as large and as sharp")
{
    DrawList list = on(Ink::background, 40, 30);
    list.emplace_back(Area{{10, 5, 20, 10}, Ink::accent});
    list.emplace_back(Line{{5, 0}, {5, 30}, Ink::error});
    const Painted picture{list, 40, 30, 2};
    CHECK(picture.width() == 80);
    CHECK(picture.height() == 60);
    CHECK(picture.at(20, 10) == dark(Ink::accent));
    CHECK(picture.at(59, 29) == dark(Ink::accent));
    CHECK(picture.at(60, 29) == dark(Ink::background));
    CHECK(picture.at(9, 30) == dark(Ink::background));
    CHECK(picture.at(10, 30) == dark(Ink::error));
    CHECK(picture.at(11, 30) == dark(Ink::error));
    CHECK(picture.at(12, 30) == dark(Ink::background));
}

TEST_CASE("upright and level lines of one pixel are one pixel")
{
    DrawList list = on(Ink::background, 20, 20);
    list.emplace_back(Line{{5, 0}, {5, 20}, Ink::text});
    list.emplace_back(Line{{0, 12}, {20, 12}, Ink::error});
    const Painted picture{list, 20, 20};
    CHECK(picture.at(5, 3) == dark(Ink::text));
    CHECK(picture.at(4, 3) == dark(Ink::background));
    CHECK(picture.at(6, 3) == dark(Ink::background));
    CHECK(picture.at(10, 12) == dark(Ink::error));
    CHECK(picture.at(10, 11) == dark(Ink::background));
    CHECK(picture.at(10, 13) == dark(Ink::background));
}

TEST_CASE("a frame lies inside its box")
{
    DrawList list = on(Ink::background, 20, 20);
    list.emplace_back(Frame{{5, 5, 10, 10}, Ink::accent});
    const Painted picture{list, 20, 20};
    CHECK(picture.at(5, 10) == dark(Ink::accent));
    CHECK(picture.at(14, 10) == dark(Ink::accent));
    CHECK(picture.at(10, 10) == dark(Ink::background));
    CHECK(picture.others(dark(Ink::background), 0, 0, 20, 5) == 0);
    CHECK(picture.others(dark(Ink::background), 15, 0, 20, 20) == 0);
}

TEST_CASE("what is cut to a box does not reach out of it, and what follows is not cut")
{
    DrawList list = on(Ink::background, 30, 30);
    list.emplace_back(BeginClip{{10, 10, 10, 10}});
    list.emplace_back(Area{{0, 0, 30, 30}, Ink::accent});
    list.emplace_back(EndClip{});
    list.emplace_back(Area{{0, 0, 2, 2}, Ink::error});
    const Painted picture{list, 30, 30};
    CHECK(picture.at(15, 15) == dark(Ink::accent));
    CHECK(picture.at(9, 15) == dark(Ink::background));
    CHECK(picture.at(20, 15) == dark(Ink::background));
    CHECK(picture.at(1, 1) == dark(Ink::error));
}

TEST_CASE("text is there, stays in its box and stands where it is aligned to")
{
    for (const Align align : {Align::left, Align::centre, Align::right}) {
        DrawList list = on(Ink::background, 200, 40);
        list.emplace_back(Text{.box = {20, 10, 160, 20}, .words = "Jg", .align = align});
        const Painted picture{list, 200, 40};
        const Colour ground = dark(Ink::background);
        CHECK(picture.others(ground, 0, 0, 19, 40) == 0);
        CHECK(picture.others(ground, 181, 0, 200, 40) == 0);
        CHECK(picture.others(ground, 20, 10, 60, 30) > (align == Align::left ? 10 : -1));
        if (align != Align::left) CHECK(picture.others(ground, 20, 0, 60, 40) == 0);
        CHECK((picture.others(ground, 80, 0, 120, 40) > 10) == (align == Align::centre));
        CHECK((picture.others(ground, 150, 0, 181, 40) > 10) == (align == Align::right));
    }
}

TEST_CASE("text that does not fit ends in an ellipsis inside its box")
{
    DrawList list = on(Ink::background, 200, 40);
    list.emplace_back(Text{.box = {20, 10, 60, 20}, .words = "A title that is far too long for this"});
    const Painted picture{list, 200, 40};
    CHECK(picture.others(dark(Ink::background), 20, 10, 80, 30) > 50);
    CHECK(picture.others(dark(Ink::background), 82, 0, 200, 40) == 0);
}

TEST_CASE("a painter measures text as it paints it, longer text wider, and the same twice")
{
    Painter painter;
    const PaintStyle style;
    const auto width = [&](const char* words) { return painter.widthOf(Text{.words = words}, style); };
    CHECK(width("Encore") > 20);
    CHECK(width("Encore, encore") > 1.5 * width("Encore"));
    CHECK(width("Encore") == width("Encore"));
    const Text one{.words = "11:11", .digits = true}, eight{.words = "88:88", .digits = true};
    CHECK(painter.widthOf(one, style) == painter.widthOf(eight, style));
}

TEST_CASE("a wave's columns are as high as their samples, the body inside the peaks")
{
    const Painted picture{waveOf({{-1, 1, 0.5F}, {-0.5F, 0.5F, 0.2F}, {0, 1, 0}, {1, -1, 0}}, 4, 100), 4,
                          100};
    const Colour peak = dark(Ink::laneAWave), body = dark(Ink::laneABody);
    CHECK(picture.heightOf(body, 0) == 50);
    CHECK(picture.heightOf(peak, 0) == 50);
    CHECK(picture.heightOf(body, 1) == 20);
    CHECK(picture.heightOf(peak, 1) == 30);
    CHECK(picture.at(1, 24) == dark(Ink::background));
    CHECK(picture.at(1, 25) == peak);
    // Only above zero.
    CHECK(picture.heightOf(peak, 2) == 50);
    CHECK(picture.at(2, 49) == peak);
    CHECK(picture.at(2, 51) == dark(Ink::background));
    // Nothing known: nothing drawn.
    CHECK(picture.heightOf(dark(Ink::background), 3) == 100);
}

TEST_CASE("the body never sticks out of peaks that lie on one side of zero")
{
    const Painted picture{waveOf({{0.25F, 0.75F, 0.5F}}, 1, 100), 1, 100};
    for (int y = 0; y < 100; ++y) {
        CAPTURE(y);
        CHECK((picture.at(0, y) == dark(Ink::background)) == (y < 12 || y >= 38));
    }
}

TEST_CASE("where body and peak share a pixel it is a mixture of both, not a hole")
{
    const Painted picture{waveOf({{-0.5F, 0.5F, 0.25F}}, 1, 100), 1, 100}; // the body from 37.5 to 62.5
    const Colour peak = dark(Ink::laneAWave), body = dark(Ink::laneABody);
    for (const int y : {37, 62}) {
        const Colour shared = picture.at(0, y);
        CHECK(std::abs(shared.red - (peak.red + body.red) / 2) <= 2);
        CHECK(std::abs(shared.blue - (peak.blue + body.blue) / 2) <= 2);
    }
    // And the peak's own soft end mixes with the ground.
    const Painted soft{waveOf({{-0.25F, 0.25F, 0}}, 1, 100), 1, 100};
    CHECK(std::abs(soft.at(0, 37).blue - (peak.blue + dark(Ink::background).blue) / 2) <= 2);
}

TEST_CASE("silence is a line through the middle")
{
    const Painted picture{waveOf(std::vector<Wave::Column>(50), 50, 60), 50, 60};
    for (int x = 0; x < 50; ++x) {
        const int drawn = 60 - picture.heightOf(dark(Ink::background), x);
        CHECK(drawn >= 1);
        CHECK(drawn <= 2);
        CHECK(picture.at(x, 10) == dark(Ink::background));
        CHECK((picture.at(x, 29) != dark(Ink::background) || picture.at(x, 30) != dark(Ink::background)));
    }
}

TEST_CASE("a wave at scale 2 is twice as high, and each of its columns two pixels wide")
{
    const Painted picture{waveOf({{-0.5F, 0.5F, 0}, {-1, 1, 0}}, 2, 100), 2, 100, 2};
    const Colour peak = dark(Ink::laneAWave);
    CHECK(picture.heightOf(peak, 0) == 100);
    CHECK(picture.heightOf(peak, 1) == 100);
    CHECK(picture.heightOf(peak, 2) == 200);
    CHECK(picture.heightOf(peak, 3) == 200);
}

TEST_CASE("a translucent wave mixes with what is behind it")
{
    const Painted picture{waveOf({{-1, 1, 0}}, 1, 10, 0.3), 1, 10};
    const Colour mixed = picture.at(0, 5), ground = dark(Ink::background), peak = dark(Ink::laneAWave);
    CHECK(mixed.blue > ground.blue);
    CHECK(mixed.blue < peak.blue);
    CHECK(std::abs(mixed.blue - (0.7 * ground.blue + 0.3 * peak.blue)) < 2.5);
}

TEST_CASE("shapes and discs are filled, and empty things are nothing")
{
    DrawList list = on(Ink::background, 40, 40);
    list.emplace_back(Shape{{{10, 10}, {30, 10}, {30, 30}, {10, 30}}, Ink::accent, 0});
    list.emplace_back(picture::Disc{{20, 20}, 5, Ink::error});
    list.emplace_back(Shape{});
    list.emplace_back(Wave{});
    list.emplace_back(Text{.box = {0, 0, 40, 10}});
    const Painted picture{list, 40, 40};
    CHECK(picture.at(11, 11) == dark(Ink::accent));
    CHECK(picture.at(20, 20) == dark(Ink::error));
    CHECK(picture.at(26, 20) == dark(Ink::accent));
    CHECK(picture.at(9, 20) == dark(Ink::background));
    CHECK(picture.others(dark(Ink::background), 0, 0, 40, 10) == 0);
}
