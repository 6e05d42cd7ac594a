// The cache lies where the user's system says.

#include "app/cache_folder.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <optional>
#include <string>

using namespace segue;

namespace {

/// Gives a variable of the environment its old value back.
class Variable {
public:
    explicit Variable(const char* name) : name_{name}
    {
        if (const char* value = std::getenv(name)) before_ = value;
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    ~Variable() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }
    void set(const char* value) { value != nullptr ? setenv(name_, value, 1) : unsetenv(name_); }

private:
    const char* name_;
    std::optional<std::string> before_{};
};

} // namespace

TEST_CASE("the cache lies in XDG_CACHE_HOME, else below the home folder, and never at a relative path")
{
    Variable cache{"XDG_CACHE_HOME"}, home{"HOME"};
    cache.set("/var/tmp/c");
    home.set("/home/ann");
    CHECK(cacheFolder() == "/var/tmp/c/segue");
    for (const char* none : {static_cast<const char*>(nullptr), "", "relative/c"}) {
        cache.set(none);
        CHECK(cacheFolder() == "/home/ann/.cache/segue");
    }
    for (const char* none : {static_cast<const char*>(nullptr), "", "ann"}) {
        home.set(none);
        CHECK(cacheFolder().empty());
    }
}
