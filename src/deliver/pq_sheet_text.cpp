#include "core/text.h"
#include "deliver/pq_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace segue {

namespace {

constexpr int maxColumns = 120;

struct Column {
    const char* label;
    std::string PqSheetRow::* value;
    int width = 0;
    bool shrinks = false; ///< gives way when the line is too long
};

std::string trimmedLine(std::string line)
{
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line + '\n';
}

} // namespace

std::string pqSheetText(const PqSheet& sheet)
{
    std::array columns{Column{"Track", &PqSheetRow::track},
                       Column{"Index", &PqSheetRow::index},
                       Column{"Time", &PqSheetRow::time},
                       Column{"Pause", &PqSheetRow::pause},
                       Column{"Length", &PqSheetRow::length},
                       Column{"Title", &PqSheetRow::title, 0, true},
                       Column{"Performer", &PqSheetRow::performer, 0, true},
                       Column{"ISRC", &PqSheetRow::isrc},
                       Column{"Flags", &PqSheetRow::flags}};
    int total = 0;
    for (Column& column : columns) {
        column.width = displayWidth(column.label);
        for (const PqSheetRow& row : sheet.rows)
            column.width = std::max(column.width, displayWidth(row.*column.value));
        total += column.width + 2;
    }
    // Long titles and performers share what is too much, the longer one first.
    for (; total > maxColumns; --total) {
        Column* widest = nullptr;
        for (Column& column : columns)
            if (column.shrinks && column.width > 12 && (widest == nullptr || column.width > widest->width))
                widest = &column;
        if (widest == nullptr) break;
        --widest->width;
    }

    std::string text = asciiUpper(sheet.title) + "\n\n";
    for (const auto& [label, value] : sheet.head) text += fmt::format("{} {}\n", fitted(label, 18), value);
    text += '\n';
    std::string header, rule;
    for (const Column& column : columns) {
        header += fitted(column.label, column.width) + "  ";
        rule += std::string(static_cast<std::size_t>(column.width), '-') + "  ";
    }
    text += trimmedLine(header) + trimmedLine(rule);
    for (const PqSheetRow& row : sheet.rows) {
        std::string line;
        for (const Column& column : columns) line += fitted(row.*column.value, column.width) + "  ";
        text += trimmedLine(line);
    }
    text += '\n';
    for (const auto& [label, value] : sheet.foot) text += fmt::format("{} {}\n", fitted(label, 18), value);
    text += '\n' + sheet.remark + '\n';
    return text;
}

} // namespace segue
