/// \file
/// A project file as a text to damage, with the smallest album that has one of everything a file needs.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace segue::test {

inline const std::string smallProject =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<segue version="1" next-id="5">
  <info language="0x09">
    <texts title="T"/>
  </info>
  <sources>
    <source id="2" path="a.wav" rate="44100" channels="2" length="441000" container="WAV" encoding="PCM" bits="16" hash="04acd93c633f1406e6d912a7d5e49caf" sixteen-bit="yes"/>
  </sources>
  <tracks>
    <track id="3">
      <texts title="a"/>
      <clip id="4" source="2" in="0" length="441000" at="0s"/>
    </track>
  </tracks>
  <editions>
    <edition id="1" name="CD">
      <cd first-pause="2s" max-length="359775f" isrc-placement="first"/>
      <entry track="3" gap="2s"/>
    </edition>
  </editions>
</segue>
)";

/// `text` with the first `from` made `to`. \throws when there is none: a test that changes nothing tests
/// nothing
[[nodiscard]] inline std::string with(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    if (at == text.npos) throw std::runtime_error("not in the text: " + from);
    return text.replace(at, from.size(), to);
}

[[nodiscard]] inline std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

} // namespace segue::test
