#include "play/alsa_config.h"

#include <dlfcn.h>

namespace segue {

namespace {

// As in alsa/error.h and alsa/conf.h.
using ErrorHandler = void (*)(const char* file, int line, const char* function, int error, const char* format,
                              ...);
using SetErrorHandler = int (*)(ErrorHandler);
using UpdateConfig = int (*)();
using SearchConfig = int (*)(void* config, const char* key, void** result);

void sayNothing(const char*, int, const char*, int, const char*, ...) {}

template <class Function>
Function alsa(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

} // namespace

void silenceAlsa()
{
    if (const auto set = alsa<SetErrorHandler>("snd_lib_error_set_handler")) set(&sayNothing);
}

bool hasUsableAlsaConfig()
{
    const auto update = alsa<UpdateConfig>("snd_config_update");
    const auto search = alsa<SearchConfig>("snd_config_search");
    auto* const config = static_cast<void**>(dlsym(RTLD_DEFAULT, "snd_config"));
    if (!update || !search || !config) return true;
    if (update() < 0 || *config == nullptr) return false;
    void* found = nullptr;
    return search(*config, "pcm.default", &found) >= 0 || search(*config, "pcm.dmix", &found) >= 0;
}

} // namespace segue
