/// \file
/// Makes small mistakes in a source file, one at a time, to ask whether the tests notice (row T2). It knows
/// only words and signs, and relies on the house's formatting: a comparison has blanks around it, a
/// template's angle bracket has none. What does not compile is thrown away by T2_mutants.sh.
///   mutate list FILE SEED     every mutant in an order drawn by the seed: number, line, the line as it would
///   be mutate apply FILE NUMBER  the file with that mistake in it
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct Mutant {
    std::size_t at;
    std::size_t length;
    std::string put;
};

bool isFigure(char c) { return c >= '0' && c <= '9'; }
bool isWord(char c) { return isFigure(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// With blanks on both sides: signs of two operands.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> signs{{
    {"<", "<="},
    {"<=", "<"},
    {">", ">="},
    {">=", ">"},
    {"==", "!="},
    {"!=", "=="},
    {"&&", "||"},
    {"||", "&&"},
    {"+", "-"},
    {"-", "+"},
    {"*", "/"},
    {"/", "*"},
    {"%", "/"},
    {"&", "|"},
    {"|", "&"},
    {"^", "&"},
    {"<<", ">>"},
    {">>", "<<"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{{
    {"true", "false"},
    {"false", "true"},
    {"min", "max"},
    {"max", "min"},
    {"continue", "break"},
    {"all_of", "any_of"},
}};

class Finder {
public:
    explicit Finder(std::string_view text) : text_{text} {}

    std::vector<Mutant> find()
    {
        while (at_ < text_.size()) step();
        return std::move(found_);
    }

private:
    [[nodiscard]] bool here(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    void skipTo(std::string_view end)
    {
        const std::size_t found = text_.find(end, at_);
        at_ = found == std::string_view::npos ? text_.size() : found + end.size();
    }
    void add(std::size_t at, std::size_t length, std::string put)
    {
        found_.push_back({at, length, std::move(put)});
    }

    void step()
    {
        const char c = text_[at_];
        const bool lineStart = at_ == 0 || text_[at_ - 1] == '\n';
        if (here("//")) return skipTo("\n");
        if (here("/*")) return skipTo("*/");
        if (lineStart && c == '#') return skipDirective();
        if (here("R\"(")) return skipTo(")\"");
        if (c == '"') return skipQuoted();
        if (c == '\'') return character();
        if (isFigure(c)) return number();
        if (isWord(c)) return word();
        if (c == '!' && !here("!=")) {
            add(at_, 1, "");
            ++at_;
            return;
        }
        sign();
    }
    void skipDirective()
    {
        do skipTo("\n");
        while (at_ < text_.size() && at_ >= 2 && text_[at_ - 2] == '\\');
    }
    void skipQuoted()
    {
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
            if (text_[at_] == '\\') ++at_;
        ++at_;
    }
    // 'a' becomes the character before and the one after; '\n' stays as it is.
    void character()
    {
        const std::size_t begin = at_;
        for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_)
            if (text_[at_] == '\\') ++at_;
        ++at_;
        if (at_ - begin != 3) return;
        for (const int by : {1, -1}) {
            const char other = static_cast<char>(text_[begin + 1] + by);
            if (other >= ' ' && other <= '~' && other != '\'' && other != '\\')
                add(begin + 1, 1, std::string(1, other));
        }
    }
    // Whole numbers one up and one down, fractions by one in the last place.
    void number()
    {
        const std::size_t begin = at_;
        while (at_ < text_.size() &&
               (isWord(text_[at_]) || text_[at_] == '.' || (text_[at_] == '\'' && isWord(text_[at_ + 1]))))
            ++at_;
        std::string digits{text_.substr(begin, at_ - begin)};
        std::erase(digits, '\'');
        const bool isHex = digits.starts_with("0x") || digits.starts_with("0X");
        if (const auto point = digits.find('.'); point != std::string::npos && !isHex) {
            const auto last = digits.find_last_of("0123456789");
            digits[last] = digits[last] == '9' ? '8' : static_cast<char>(digits[last] + 1);
            if (digits.find_first_of("eE") == std::string::npos) add(begin, at_ - begin, digits);
            return;
        }
        std::uint64_t value = 0;
        const char* const from = digits.data() + (isHex ? 2 : 0);
        const auto [end, bad] = std::from_chars(from, digits.data() + digits.size(), value, isHex ? 16 : 10);
        if (bad != std::errc{}) return;
        const std::string suffix = digits.substr(static_cast<std::size_t>(end - digits.data()));
        add(begin, at_ - begin, std::to_string(value + 1) + suffix);
        if (value > 0) add(begin, at_ - begin, std::to_string(value - 1) + suffix);
    }
    void word()
    {
        const std::size_t begin = at_;
        while (at_ < text_.size() && isWord(text_[at_])) ++at_;
        const std::string_view name = text_.substr(begin, at_ - begin);
        // What the compiler or a debugging build checks is not for the tests.
        if (name == "static_assert" || name == "assert") return skipTo(";");
        for (const auto& [from, to] : words)
            if (name == from) add(begin, name.size(), std::string{to});
    }
    void sign()
    {
        std::size_t end = at_;
        while (end < text_.size() && std::string_view{"<>=!&|+-*/%^"}.contains(text_[end])) ++end;
        if (end == at_) {
            ++at_;
            return;
        }
        const bool spaced = at_ > 0 && (text_[at_ - 1] == ' ' || text_[at_ - 1] == '\n') &&
                            end < text_.size() && (text_[end] == ' ' || text_[end] == '\n');
        const std::string_view sign = text_.substr(at_, end - at_);
        if (spaced)
            for (const auto& [from, to] : signs)
                if (sign == from) add(at_, sign.size(), std::string{to});
        at_ = end;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Mutant> found_{};
};

std::string changed(const std::string& text, const Mutant& mutant)
{
    return std::string{text}.replace(mutant.at, mutant.length, mutant.put);
}

// The mutant's line without the blanks around it: the name by which equivalent_mutants.txt knows it.
std::string lineOf(const std::string& text, std::size_t at)
{
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    std::string line = text.substr(begin, text.find('\n', at) - begin);
    line.erase(0, line.find_first_not_of(' '));
    return line;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::cerr << "mutate list FILE SEED | mutate apply FILE NUMBER\n";
        return 2;
    }
    const std::string_view what = argv[1];
    std::ifstream file{argv[2], std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const std::vector<Mutant> mutants = Finder{text}.find();
    const std::uint64_t number = std::strtoull(argv[3], nullptr, 10);
    if (what == "apply") {
        if (number >= mutants.size()) return 1;
        std::cout << changed(text, mutants[number]);
        return 0;
    }
    std::vector<std::size_t> order(mutants.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    // Not std::shuffle: its order is the library's affair.
    std::mt19937_64 random{number};
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const std::size_t i : order) {
        const Mutant& mutant = mutants[i];
        const auto before = static_cast<std::ptrdiff_t>(mutant.at);
        std::cout << i << '\t' << 1 + std::count(text.begin(), text.begin() + before, '\n') << '\t'
                  << lineOf(changed(text, mutant), mutant.at) << '\n';
    }
}
