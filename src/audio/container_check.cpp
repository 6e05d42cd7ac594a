#include "audio/container_check.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

namespace segue {

namespace {

constexpr std::uint32_t unknownSize = 0xFFFF'FFFF;

/// What a WAV or AIFF file says about its audio.
struct Chunks {
    std::int64_t dataStart = -1, dataSize = 0;
    int frameBytes = 0;
    std::int64_t byteRate = 0;
    std::optional<std::int64_t> size64{}; ///< RF64: data size from ds64
};

class Walker {
public:
    Walker(File& file, std::int64_t size, const Path& path) : file_{file}, size_{size}, path_{path} {}

    Status check()
    {
        const auto head = bytesAt(0, 12);
        if (!head) return failure(head.error());
        if (head->size() < 12) return {}; // too short for any of them; the library says so
        const std::string id = head->substr(0, 4), kind = head->substr(8, 4);
        if (id == "FORM" && (kind == "AIFF" || kind == "AIFC")) {
            bigEndian_ = true;
            return walk("SSND");
        }
        if ((id == "RIFF" || id == "RF64") && kind == "WAVE") {
            rf64_ = id == "RF64";
            return walk("data");
        }
        return {};
    }

private:
    Result<std::string> bytesAt(std::int64_t at, std::size_t count)
    {
        std::string bytes(count, '\0');
        const auto read = readFully(file_, at, std::as_writable_bytes(std::span{bytes.data(), bytes.size()}));
        if (!read) {
            Error error = fileError("The audio file could not be read", path_, read.error());
            error.kind = ErrorKind::io;
            return failure(error);
        }
        bytes.resize(*read);
        return bytes;
    }

    [[nodiscard]] std::uint64_t number(std::string_view bytes, std::size_t at, int count) const
    {
        std::uint64_t value = 0;
        for (int i = 0; i < count; ++i) {
            const auto index = at + static_cast<std::size_t>(bigEndian_ ? i : count - 1 - i);
            value = value << 8U | static_cast<unsigned char>(bytes.at(index));
        }
        return value;
    }

    Status walk(std::string_view dataName)
    {
        Chunks found;
        for (std::int64_t at = 12; at + 8 <= size_;) {
            const auto head = bytesAt(at, 8);
            if (!head) return failure(head.error());
            if (head->size() < 8) break;
            const std::string name = head->substr(0, 4);
            auto length = static_cast<std::int64_t>(number(*head, 4, 4));
            if (name == "ds64" || name == "fmt " || name == "COMM")
                if (const auto s = describe(name, at + 8, length, found); !s) return s;
            if (name == dataName && found.dataStart < 0) {
                if (length == unknownSize) length = found.size64.value_or(size_ - at - 8);
                found.dataStart = at + 8;
                found.dataSize = length;
                if (at + 8 + length > size_) break;
            }
            at += 8 + length + (length & 1);
        }
        return judge(found, dataName);
    }

    Status describe(const std::string& name, std::int64_t at, std::int64_t length, Chunks& found)
    {
        const auto body = bytesAt(at, static_cast<std::size_t>(std::min<std::int64_t>(length, 40)));
        if (!body) return failure(body.error());
        if (name == "ds64" && rf64_ && body->size() >= 16) found.size64 = static_cast<std::int64_t>(number(*body, 8, 8) & 0x7FFF'FFFF'FFFF'FFFFU);
        if (name == "fmt " && body->size() >= 16) {
            const auto channels = static_cast<int>(number(*body, 2, 2));
            const auto bits = static_cast<int>(number(*body, 14, 2));
            // Not the block-align field: it may lie. Compressed formats (bits 0 or odd) are left to the library.
            if (bits % 8 == 0) found.frameBytes = channels * bits / 8;
            found.byteRate = static_cast<std::int64_t>(number(*body, 4, 4)) * found.frameBytes;
        }
        if (name == "COMM" && body->size() >= 8)
            found.frameBytes = static_cast<int>(number(*body, 0, 2)) * ((static_cast<int>(number(*body, 6, 2)) + 7) / 8);
        return {};
    }

    Status judge(const Chunks& found, std::string_view dataName)
    {
        if (found.dataStart < 0) return failure("The file has no audio in it: there is no data chunk", path_.string());
        const std::int64_t header = bigEndian_ ? 8 : 0; // SSND begins with two numbers
        const std::int64_t present = size_ - found.dataStart;
        if (found.dataSize > present)
            return failure(fmt::format("The file is cut short: its header promises {} bytes of audio, {} are there{}", found.dataSize,
                                       present, lengthText(found, present)),
                           path_.string());
        if (found.dataSize - header <= 0) return failure("The file holds no audio", path_.string());
        if (dataName == "data" && found.frameBytes > 0 && found.dataSize % found.frameBytes != 0)
            return failure(fmt::format("The audio has {} bytes, which is not a whole number of {}-byte sample frames", found.dataSize,
                                       found.frameBytes),
                           path_.string());
        return {};
    }

    static std::string lengthText(const Chunks& found, std::int64_t present)
    {
        if (found.byteRate <= 0) return {};
        const auto clock = [&](std::int64_t bytes) {
            const std::int64_t ms = bytes / found.byteRate * 1000 + bytes % found.byteRate * 1000 / found.byteRate;
            return fmt::format("{}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
        };
        return fmt::format(" ({} of {})", clock(present), clock(found.dataSize));
    }

    File& file_;
    std::int64_t size_;
    const Path& path_;
    bool bigEndian_ = false, rf64_ = false;
};

} // namespace

Status checkContainer(File& file, std::int64_t size, const Path& path) { return Walker{file, size, path}.check(); }

} // namespace segue
