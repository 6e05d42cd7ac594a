#include "core/languages.h"

#include "core/text.h"

#include <array>
#include <charconv>
#include <string>

namespace segue {

namespace {

struct LanguageRow {
    std::uint8_t code;
    std::string_view name;
    std::string_view iso; // ISO 639-1, "" where there is none
};

// EBU Tech 3264, appendix 3, in its spelling ("Walloon" is "Wallon" there). Codes 0x2C to 0x44 have no name.
constexpr std::array languageRows = std::to_array<LanguageRow>({
    {0x00, "Unknown", ""},        {0x01, "Albanian", "sq"},      {0x02, "Breton", "br"},
    {0x03, "Catalan", "ca"},      {0x04, "Croatian", "hr"},      {0x05, "Welsh", "cy"},
    {0x06, "Czech", "cs"},        {0x07, "Danish", "da"},        {0x08, "German", "de"},
    {0x09, "English", "en"},      {0x0A, "Spanish", "es"},       {0x0B, "Esperanto", "eo"},
    {0x0C, "Estonian", "et"},     {0x0D, "Basque", "eu"},        {0x0E, "Faroese", "fo"},
    {0x0F, "French", "fr"},       {0x10, "Frisian", "fy"},       {0x11, "Irish", "ga"},
    {0x12, "Gaelic", "gd"},       {0x13, "Galician", "gl"},      {0x14, "Icelandic", "is"},
    {0x15, "Italian", "it"},      {0x16, "Lappish", "se"},       {0x17, "Latin", "la"},
    {0x18, "Latvian", "lv"},      {0x19, "Luxembourgian", "lb"}, {0x1A, "Lithuanian", "lt"},
    {0x1B, "Hungarian", "hu"},    {0x1C, "Maltese", "mt"},       {0x1D, "Dutch", "nl"},
    {0x1E, "Norwegian", "no"},    {0x1F, "Occitan", "oc"},       {0x20, "Polish", "pl"},
    {0x21, "Portuguese", "pt"},   {0x22, "Romanian", "ro"},      {0x23, "Romansh", "rm"},
    {0x24, "Serbian", "sr"},      {0x25, "Slovak", "sk"},        {0x26, "Slovenian", "sl"},
    {0x27, "Finnish", "fi"},      {0x28, "Swedish", "sv"},       {0x29, "Turkish", "tr"},
    {0x2A, "Flemish", ""},        {0x2B, "Walloon", "wa"},       {0x45, "Zulu", "zu"},
    {0x46, "Vietnamese", "vi"},   {0x47, "Uzbek", "uz"},         {0x48, "Urdu", "ur"},
    {0x49, "Ukrainian", "uk"},    {0x4A, "Thai", "th"},          {0x4B, "Telugu", "te"},
    {0x4C, "Tatar", "tt"},        {0x4D, "Tamil", "ta"},         {0x4E, "Tadzhik", "tg"},
    {0x4F, "Swahili", "sw"},      {0x50, "Sranan Tongo", ""},    {0x51, "Somali", "so"},
    {0x52, "Sinhalese", "si"},    {0x53, "Shona", "sn"},         {0x54, "Serbo-Croat", "sh"},
    {0x55, "Ruthenian", ""},      {0x56, "Russian", "ru"},       {0x57, "Quechua", "qu"},
    {0x58, "Pushtu", "ps"},       {0x59, "Punjabi", "pa"},       {0x5A, "Persian", "fa"},
    {0x5B, "Papamiento", ""},     {0x5C, "Oriya", "or"},         {0x5D, "Nepali", "ne"},
    {0x5E, "Ndebele", "nd"},      {0x5F, "Marathi", "mr"},       {0x60, "Moldavian", "mo"},
    {0x61, "Malaysian", "ms"},    {0x62, "Malagasay", "mg"},     {0x63, "Macedonian", "mk"},
    {0x64, "Laotian", "lo"},      {0x65, "Korean", "ko"},        {0x66, "Khmer", "km"},
    {0x67, "Kazakh", "kk"},       {0x68, "Kannada", "kn"},       {0x69, "Japanese", "ja"},
    {0x6A, "Indonesian", "id"},   {0x6B, "Hindi", "hi"},         {0x6C, "Hebrew", "he"},
    {0x6D, "Hausa", "ha"},        {0x6E, "Gurani", ""},          {0x6F, "Gujurati", "gu"},
    {0x70, "Greek", "el"},        {0x71, "Georgian", "ka"},      {0x72, "Fulani", "ff"},
    {0x73, "Dari", ""},           {0x74, "Churash", "cv"},       {0x75, "Chinese", "zh"},
    {0x76, "Burmese", "my"},      {0x77, "Bulgarian", "bg"},     {0x78, "Bengali", "bn"},
    {0x79, "Bielorussian", "be"}, {0x7A, "Bambora", "bm"},       {0x7B, "Azerbaijani", "az"},
    {0x7C, "Assamese", "as"},     {0x7D, "Armenian", "hy"},      {0x7E, "Arabic", "ar"},
    {0x7F, "Amharic", "am"},
});

// The table of libburn (BURN_CDTEXT_GENRE_LIST), which libcdio's cdtext_genre2str() shares. Other programs
// put Soundtrack at 26 and move the last two up; a Soundtrack therefore travels as text.
constexpr std::array<std::string_view, 28> genres{
    "Not Used",
    "Not Defined",
    "Adult Contemporary",
    "Alternative Rock",
    "Childrens Music",
    "Classical",
    "Contemporary Christian",
    "Country",
    "Dance",
    "Easy Listening",
    "Erotic",
    "Folk",
    "Gospel",
    "Hip Hop",
    "Jazz",
    "Latin",
    "Musical",
    "New Age",
    "Opera",
    "Operetta",
    "Pop Music",
    "Rap",
    "Reggae",
    "Rock Music",
    "Rhythm & Blues",
    "Sound Effects",
    "Spoken Word",
    "World Music",
};

// "Hip-Hop", "hip hop" and "Children's Music" are meant alike: letters only, "&" read as "and", and "Music"
// at the end left out, because "Pop" and "World" are how the genres are called.
std::string genreKey(std::string_view text)
{
    std::string key;
    for (const char c : asciiLower(text)) {
        if (isLower(c)) key += c;
        if (c == '&') key += "and";
        const auto byte = static_cast<unsigned char>(c);
        if (isDigit(c) || byte >= 0x80) key += c; // keeps what is not a known name from becoming one
    }
    if (key.size() > 5 && key.ends_with("music")) key.erase(key.size() - 5);
    return key;
}

} // namespace

std::string_view nameOf(Language language)
{
    for (const LanguageRow& row : languageRows)
        if (row.code == language.code) return row.name;
    return {};
}

std::optional<Language> parseLanguage(std::string_view text)
{
    text = trimmed(text);
    for (const LanguageRow& row : languageRows)
        if (equalsIgnoringAsciiCase(row.name, text) ||
            (!row.iso.empty() && equalsIgnoringAsciiCase(row.iso, text)))
            return Language{row.code};
    if (text.size() < 3 || text.size() > 4 || text[0] != '0' || asciiUpper(text[1]) != 'X')
        return std::nullopt;
    std::uint8_t code = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data() + 2, end, code, 16);
    if (problem != std::errc{} || stop != end) return std::nullopt;
    return Language{code};
}

std::string_view genreName(int code)
{
    return code >= 0 && code < static_cast<int>(genres.size()) ? genres[static_cast<std::size_t>(code)]
                                                               : std::string_view{};
}

std::optional<int> parseGenre(std::string_view text)
{
    const std::string key = genreKey(text);
    if (key.empty()) return std::nullopt;
    for (std::size_t i = 0; i < genres.size(); ++i)
        if (key == genreKey(genres[i])) return static_cast<int>(i);
    return std::nullopt;
}

} // namespace segue
