#include "deliver/side_wav.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace segue {

namespace {

constexpr std::int64_t longestChunk = 1 << 20; // of those that are read whole
constexpr int mostChunks = 1000;

class Reader {
public:
    Reader(File& file, const Path& path) : file_{file}, path_{path} {}

    Result<ReadSideWav> read()
    {
        const auto stat = file_.stat();
        if (!stat) return failure(fileError("Could not read the side file back", path_, stat.error()));
        size_ = stat->size;
        const auto head = bytesAt(0, 12);
        if (!head) return failure(head.error());
        const std::string kind = head->substr(0, 4);
        found_.rf64 = kind == "RF64";
        if ((kind != "RIFF" && kind != "RF64") || head->substr(8) != "WAVE") return wrong("is no WAV file");
        std::int64_t riff = number(*head, 4, 4);
        std::int64_t at = 12;
        for (int chunks = 0; at < size_; ++chunks) {
            if (chunks == mostChunks) return wrong("has too many chunks");
            const auto next = chunk(at, riff);
            if (!next) return failure(next.error());
            at = *next;
        }
        if (at != size_ || riff + 8 != size_) return wrong("states another length than it has");
        return judge();
    }

private:
    [[nodiscard]] std::unexpected<Error> wrong(std::string_view what) const
    {
        return failure(fmt::format("The side file as read back {}", what), path_.filename().string(),
                       ErrorKind::io);
    }
    [[nodiscard]] static std::int64_t number(const std::string& bytes, std::size_t at, std::size_t count)
    {
        std::uint64_t value = 0;
        for (std::size_t i = count; i-- > 0;)
            value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
        return static_cast<std::int64_t>(value);
    }
    Result<std::string> bytesAt(std::int64_t at, std::int64_t count)
    {
        std::string bytes(static_cast<std::size_t>(count), '\0');
        const auto got = readFully(file_, at, std::as_writable_bytes(std::span{bytes}));
        if (!got) return failure(fileError("Could not read the side file back", path_, got.error()));
        if (*got < bytes.size()) return wrong("is cut short");
        return bytes;
    }

    /// \return where the next chunk begins
    Result<std::int64_t> chunk(std::int64_t at, std::int64_t& riff)
    {
        const auto head = bytesAt(at, 8);
        if (!head) return failure(head.error());
        const std::string name = head->substr(0, 4);
        std::int64_t length = number(*head, 4, 4);
        if (name == "data") {
            if (found_.rf64) length = longAudio_;
            found_.audioBegin = at + 8;
            audio_ = length;
        }
        if (length < 0 || length > size_ - at - 8)
            return wrong(fmt::format("has a chunk {} that is too long", name));
        const std::int64_t next = at + 8 + length + length % 2;
        if (name != "ds64" && name != "fmt " && name != "cue " && name != "LIST") return next;
        if (length > longestChunk) return wrong(fmt::format("has a chunk {} that is too long", name));
        const auto body = bytesAt(at + 8, length);
        if (!body) return failure(body.error());
        const bool whole = name == "ds64"   ? longSizes(*body, riff)
                           : name == "fmt " ? format(*body)
                           : name == "cue " ? cues(*body)
                                            : labels(*body);
        if (!whole) return wrong(fmt::format("has a chunk {} that is no such thing", name));
        return next;
    }
    bool longSizes(const std::string& body, std::int64_t& riff)
    {
        if (body.size() < 28) return false;
        riff = number(body, 0, 8);
        longAudio_ = number(body, 8, 8);
        return riff >= 0 && longAudio_ >= 0;
    }
    bool format(const std::string& body)
    {
        if (body.size() < 16 || number(body, 0, 2) != 1 || number(body, 2, 2) != 2 ||
            number(body, 12, 2) != 6 || number(body, 14, 2) != 24)
            return false;
        hertz_ = number(body, 4, 4);
        return hertz_ > 0 && hertz_ <= 1'000'000 && number(body, 8, 4) == *hertz_ * 6;
    }
    bool cues(const std::string& body)
    {
        if (body.size() < 4) return false;
        const std::int64_t count = number(body, 0, 4);
        if (count < 0 || std::ssize(body) != 4 + 24 * count) return false;
        for (std::size_t at = 4; at < body.size(); at += 24) {
            if (body.substr(at + 8, 4) != "data") return false;
            if (number(body, at + 4, 4) != number(body, at + 20, 4)) return false;
            order_.push_back(number(body, at, 4));
            positions_.push_back(number(body, at + 20, 4));
        }
        return true;
    }
    bool labels(const std::string& body)
    {
        if (body.substr(0, 4) != "adtl") return true; // another list
        for (std::size_t at = 4; at + 8 <= body.size();) {
            const std::int64_t length = number(body, at + 4, 4);
            if (length < 5 || length > std::ssize(body) - static_cast<std::int64_t>(at) - 8) return false;
            const auto count = static_cast<std::size_t>(length);
            if (body.substr(at, 4) == "labl" && body[at + 7 + count] != '\0') return false;
            if (body.substr(at, 4) == "labl")
                labels_[number(body, at + 8, 4)] = body.substr(at + 12, count - 5);
            at += 8 + count + count % 2;
        }
        return true;
    }

    Result<ReadSideWav> judge()
    {
        if (!hertz_ || !audio_) return wrong("has no format or no audio");
        if (*audio_ % 6 != 0) return wrong("ends in the middle of a frame");
        found_.wav.rate = SampleRate{static_cast<int>(*hertz_)};
        found_.wav.frames = SampleCount{*audio_ / 6};
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const auto label = labels_.find(order_[i]);
            if (label == labels_.end()) return wrong("has a mark without a label");
            found_.wav.marks.push_back({SamplePos{positions_[i]}, label->second});
        }
        return std::move(found_);
    }

    File& file_;
    const Path& path_;
    std::int64_t size_ = 0, longAudio_ = 0;
    std::optional<std::int64_t> audio_{}, hertz_{};
    std::vector<std::int64_t> order_{}, positions_{};
    std::map<std::int64_t, std::string> labels_{};
    ReadSideWav found_{};
};

} // namespace

Result<ReadSideWav> readSideWav(FileOps& files, const Path& path)
{
    auto file = files.openForReading(path);
    if (!file) return failure(fileError("Could not read the side file back", path, file.error()));
    return Reader{**file, path}.read();
}

} // namespace segue
