#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

int main(int count, char** words)
{
    // Programs that tests start must neither fill the user's cache nor take from it what another run left.
    setenv("XDG_CACHE_HOME", "/dev/null", 1);
    return doctest::Context{count, words}.run();
}
