/// \file
/// Two things about ALSA that must be settled before PortAudio is begun. ALSA's functions are looked up at
/// run time: its headers are not needed, and a PortAudio without it will do. Private to this room.
#pragma once

namespace segue {

/// ALSA writes its error messages nowhere any more.
void silenceAlsa();
/// PortAudio 19.6 ends the program by an assertion when ALSA's configuration has neither a "default" nor a
/// "dmix" device. True without ALSA.
[[nodiscard]] bool hasUsableAlsaConfig();

} // namespace segue
