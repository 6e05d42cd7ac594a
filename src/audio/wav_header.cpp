#include "audio/wav_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace segue {

namespace {

constexpr std::int64_t unknownSize = 0xFFFF'FFFF, fourGiB = std::int64_t{1} << 32;

std::int64_t clamped(std::uint64_t value)
{
    return static_cast<std::int64_t>(std::min<std::uint64_t>(value, std::uint64_t{1} << 62));
}

/// The chunks of RIFF ("WAV"), RIFX (big-endian), RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088: 64-bit
/// lengths).
class WavWalk {
public:
    explicit WavWalk(HeaderBytes& in) : in_{in} {}

    Result<ContainerFacts> examine()
    {
        const auto head = in_.at(0, 12);
        if (!head) return failure(head.error());
        const std::string id = head->substr(0, 4);
        big_ = id == "RIFX";
        wide_ = id == "RF64" || id == "BW64";
        container_ = id == "RIFF" ? "WAV" : id;
        if (number(*head, 4, 4) == 0)
            return in_.refuse("The length in the header is 0: whoever wrote the file did not finish it");
        if (auto s = walk(); !s) return failure(std::move(s.error()));
        return judge();
    }

private:
    [[nodiscard]] std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t count) const
    {
        return big_ ? bigEndian(bytes, at, count) : littleEndian(bytes, at, count);
    }

    Status walk()
    {
        std::int64_t at = 12;
        for (int chunks = 0; at + 8 <= in_.size(); ++chunks) {
            if (chunks == mostChunks)
                return in_.refuse(fmt::format("The file has more than {} chunks", mostChunks));
            const auto head = in_.at(at, 8);
            if (!head) return failure(head.error());
            const std::string name = head->substr(0, 4);
            if (head->size() < 8 || !isChunkName(name)) break;
            auto length = static_cast<std::int64_t>(number(*head, 4, 4));
            if (wide_ && length == unknownSize && wideLengths_.contains(name)) length = wideLengths_[name];
            if (auto s = take(name, at + 8, length); !s) return s;
            if (name == "data" && toTheEnd_) return {};
            if (length > in_.size() - at - 8) {
                if (name != "data") leftOverAt_ = at; // the audio's own length is judged later
                return {};
            }
            const auto next = after(at + 8 + length, length);
            if (!next) return failure(next.error());
            at = *next;
        }
        leftOverAt_ = std::min(at, in_.size());
        return {};
    }

    /// Chunks begin at even places, but some programs leave the padding out.
    Result<std::int64_t> after(std::int64_t end, std::int64_t length)
    {
        if (length % 2 == 0) return end;
        const auto bytes = in_.at(end, 5);
        if (!bytes) return failure(bytes.error());
        const std::string_view view{*bytes};
        const bool padded =
            view.size() < 5 || isChunkName(view.substr(1, 4)) || !isChunkName(view.substr(0, 4));
        return end + (padded ? 1 : 0);
    }

    Status take(const std::string& name, std::int64_t at, std::int64_t length)
    {
        if (name == "data") {
            if (dataBegin_)
                return in_.refuse("The file has two data chunks; which one is the audio cannot be told");
            dataBegin_ = at;
            dataBytes_ = length;
            // "To the end of the file": what programs write that could not go back to the header.
            toTheEnd_ = length == unknownSize;
            if (toTheEnd_) dataBytes_ = in_.size() - at;
        } else if (name == "fmt ") {
            if (format_) return in_.refuse("The file has two fmt chunks; which one is right cannot be told");
            const auto body = in_.at(at, static_cast<std::size_t>(std::min<std::int64_t>(length, 40)));
            if (!body) return failure(body.error());
            auto format = readFormatChunk(in_, *body, big_, container_);
            if (!format) return failure(std::move(format.error()));
            format_ = std::move(*format);
        } else if (name == "ds64" && wide_) {
            return takeWideLengths(at, length);
        }
        return {};
    }

    Status takeWideLengths(std::int64_t at, std::int64_t length)
    {
        constexpr std::int64_t mostEntries = 1000;
        const auto body =
            in_.at(at, static_cast<std::size_t>(std::clamp<std::int64_t>(length, 0, 28 + 12 * mostEntries)));
        if (!body) return failure(body.error());
        if (body->size() < 16)
            return in_.refuse("The file's ds64 chunk, which holds its length, is too short");
        if (const std::int64_t data = clamped(number(*body, 8, 8)); data > 0) wideLengths_["data"] = data;
        const std::uint64_t entries = body->size() >= 28 ? number(*body, 24, 4) : 0;
        for (std::size_t i = 0; i < entries && 28 + 12 * (i + 1) <= body->size(); ++i)
            wideLengths_[body->substr(28 + 12 * i, 4)] = clamped(number(*body, 32 + 12 * i, 8));
        return {};
    }

    Result<ContainerFacts> judge()
    {
        if (!dataBegin_) return in_.refuse("The file holds no audio: it has no data chunk");
        if (!format_) return in_.refuse("The file does not say what its audio is: it has no fmt chunk");
        if (wide_ && toTheEnd_)
            return in_.refuse(
                "The length in the header is missing: whoever wrote the file did not finish it");
        restoreUpperHalf();
        return judgeEvenSamples(in_, *format_, *dataBegin_, dataBytes_, leftOverAt_.value_or(in_.size()));
    }

    /// A length above 4 GiB was written without its upper half: it is known if the audio fills the rest of
    /// the file.
    void restoreUpperHalf()
    {
        if (wide_ || !leftOverAt_ || in_.size() - *leftOverAt_ <= mostLeftOver) return;
        const std::int64_t missing = in_.size() - *dataBegin_ - dataBytes_;
        const std::int64_t lost = missing / fourGiB * fourGiB;
        if (lost == 0 || missing - lost > dataBytes_ % 2) return;
        dataBytes_ += lost;
        leftOverAt_.reset();
    }

    HeaderBytes& in_;
    bool big_ = false, wide_ = false, toTheEnd_ = false;
    std::string container_{};
    std::map<std::string, std::int64_t> wideLengths_{};
    std::optional<EvenSamples> format_{};
    std::optional<std::int64_t> dataBegin_{}, leftOverAt_{};
    std::int64_t dataBytes_ = 0;
};

} // namespace

Result<ContainerFacts> examineWav(HeaderBytes& in) { return WavWalk{in}.examine(); }

} // namespace segue
