#include "support/sound_files.h"

#include "support/cue_marks.h"

#include <sndfile.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace segue::test {

namespace {

struct Memory {
    std::string bytes{};
    sf_count_t at = 0;

    static Memory& of(void* self) { return *static_cast<Memory*>(self); }
    static sf_count_t length(void* self) { return std::ssize(of(self).bytes); }
    static sf_count_t tell(void* self) { return of(self).at; }
    static sf_count_t seek(sf_count_t offset, int whence, void* self)
    {
        Memory& m = of(self);
        return m.at = offset + (whence == SEEK_CUR ? m.at : whence == SEEK_END ? std::ssize(m.bytes) : 0);
    }
    static sf_count_t read(void* into, sf_count_t count, void* self)
    {
        Memory& m = of(self);
        count = std::clamp<sf_count_t>(std::ssize(m.bytes) - m.at, 0, count);
        std::memcpy(into, m.bytes.data() + m.at, static_cast<std::size_t>(count));
        m.at += count;
        return count;
    }
    static sf_count_t write(const void* from, sf_count_t count, void* self)
    {
        Memory& m = of(self);
        m.bytes.resize(std::max(m.bytes.size(), static_cast<std::size_t>(m.at + count)));
        std::memcpy(m.bytes.data() + m.at, from, static_cast<std::size_t>(count));
        m.at += count;
        return count;
    }
};

SF_VIRTUAL_IO calls() { return {Memory::length, Memory::seek, Memory::read, Memory::write, Memory::tell}; }

} // namespace

std::string encoded(int format, int rate, int channels, const std::vector<double>& interleaved)
{
    Memory memory;
    SF_INFO info{};
    info.samplerate = rate;
    info.channels = channels;
    info.format = format;
    auto io = calls();
    SNDFILE* file = sf_open_virtual(&io, SFM_WRITE, &info, &memory);
    if (!file) throw std::runtime_error{std::string{"libsndfile cannot write this: "} + sf_strerror(nullptr)};
    sf_command(file, SFC_SET_CLIPPING, nullptr, SF_TRUE);
    const auto frames = std::ssize(interleaved) / channels;
    const auto written = sf_writef_double(file, interleaved.data(), frames);
    if (sf_close(file) != 0 || written != frames)
        throw std::runtime_error{"libsndfile could not write a test file"};
    return memory.bytes;
}

std::vector<double> decodedByLibrary(const std::string& bytes)
{
    Memory memory{bytes};
    SF_INFO info{};
    auto io = calls();
    SNDFILE* file = sf_open_virtual(&io, SFM_READ, &info, &memory);
    if (!file) throw std::runtime_error{std::string{"libsndfile cannot read this: "} + sf_strerror(nullptr)};
    std::vector<double> values(static_cast<std::size_t>(info.frames * info.channels));
    const auto got = sf_readf_double(file, values.data(), info.frames);
    values.resize(static_cast<std::size_t>(got * info.channels));
    sf_close(file);
    return values;
}

std::vector<SideMark> marksByLibrary(const std::string& bytes)
{
    Memory memory{bytes};
    SF_INFO info{};
    auto io = calls();
    SNDFILE* file = sf_open_virtual(&io, SFM_READ, &info, &memory);
    if (!file) throw std::runtime_error{std::string{"libsndfile cannot read this: "} + sf_strerror(nullptr)};
    SF_CUES cues{};
    std::vector<SideMark> marks;
    if (sf_command(file, SFC_GET_CUE, &cues, sizeof cues) == SF_TRUE)
        for (std::uint32_t i = 0; i < cues.cue_count; ++i)
            marks.push_back({SamplePos{cues.cue_points[i].sample_offset}, cues.cue_points[i].name});
    sf_close(file);
    return marks;
}

} // namespace segue::test
