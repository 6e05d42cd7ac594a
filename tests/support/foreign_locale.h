/// \file
/// Another locale for as long as a test needs it, in C and in C++, to show that no byte depends on it.
#pragma once

#include <clocale>
#include <locale>
#include <string>

namespace segue::test {

/// Sets the process's locale, where it is installed, and sets it back.
class ForeignLocale {
public:
    explicit ForeignLocale(const char* name) : before_{std::setlocale(LC_ALL, nullptr)}
    {
        there_ = std::setlocale(LC_ALL, name) != nullptr;
        if (there_) classic_ = std::locale::global(std::locale{name});
    }
    ForeignLocale(const ForeignLocale&) = delete;
    ForeignLocale& operator=(const ForeignLocale&) = delete;
    ~ForeignLocale()
    {
        if (there_) std::locale::global(classic_);
        std::setlocale(LC_ALL, before_.c_str());
    }
    [[nodiscard]] bool there() const { return there_; }

private:
    std::string before_;
    std::locale classic_{};
    bool there_ = false;
};

} // namespace segue::test
