/// \file
/// What is played: one piece of one edition of an album, rendered by the graph that exports it.
#pragma once

#include "audio/delivered_sound.h"
#include "audio/render.h"
#include "play/play_list.h"

#include <functional>
#include <memory>
#include <optional>

namespace segue {

/// The wish. `render.rate` is the edition's rate: positions in the player are samples of it. Dither and seed
/// are those of the export, for listening as delivered.
struct Programme {
    std::shared_ptr<const Album> album{};
    EditionId edition{};
    std::size_t piece = 0; ///< index of the disc or side
    RenderSettings render{};
    /// What the sum goes through for listening, as an equaliser that is not in the album; null: nothing. With
    /// it the samples of the export cannot be heard.
    std::function<std::unique_ptr<SoundSource>(std::unique_ptr<SoundSource>)> behind{};
};

/// The piece of the programme; empty when the album has none there (an empty edition, no album).
[[nodiscard]] std::optional<Piece> pieceOf(const Programme& programme);
/// As long as its export: on a CD whole sectors up to the lead-out, elsewhere to the last sample. 0 without a
/// piece.
[[nodiscard]] SampleCount lengthOf(const Programme& programme, SampleRate rate);

/// Where its tracks stand at the edition's rate, for the lists of play_list.h; its length is lengthOf().
[[nodiscard]] SampleTimeline placesOf(const Programme& programme);

/// What is heard of it.
enum class Monitoring {
    beforeDither, ///< the mixed frames
    asDelivered,  ///< the 16-bit samples of the export
};

/// The programme as sound. One thread's.
class ProgrammeSound {
public:
    /// \param rate at which it is rendered: the edition's, or the device's when that refuses it
    ProgrammeSound(Programme programme, SampleRate rate, SourceOpener open);
    ~ProgrammeSound();
    ProgrammeSound(const ProgrammeSound&) = delete;
    ProgrammeSound& operator=(const ProgrammeSound&) = delete;

    [[nodiscard]] SampleCount length() const { return length_; }
    /// Whether the export's samples can be heard: at the edition's rate, and with a dither that is made for
    /// it.
    [[nodiscard]] bool canDeliver() const;
    /// Fills `out` from a position of the piece on, as the segment wants it heard (its range is not looked
    /// at). A track alone is heard before dither in any case: nobody is delivered that. An Error when a
    /// source fails; `out` is then silence.
    [[nodiscard]] Status read(const PlaySegment& segment, Monitoring monitoring, SamplePos at, Block out);

private:
    struct Graph;
    [[nodiscard]] Result<SoundSource*> soundFor(const PlaySegment& segment);

    Programme programme_;
    SampleRate rate_;
    SourceOpener open_;
    std::optional<Piece> piece_;
    SampleCount length_;
    std::unique_ptr<Graph> graph_{};
    std::unique_ptr<DeliveredSound> delivered_{};
    std::vector<Pcm16Frame> values_{};
};

} // namespace segue
