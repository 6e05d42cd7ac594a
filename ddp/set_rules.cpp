#include "ddp/set_rules.h"

namespace segue::ddp {

namespace {

constexpr auto error = Finding::Level::error;
constexpr auto warning = Finding::Level::warning;
constexpr auto note = Finding::Level::note;

constexpr std::string_view plants = "practice of plants and of other verifiers";
constexpr std::string_view recorded = "filesets recorded from cue2ddp, HOFA, Sonoris and a plant's master";
constexpr std::string_view ddpReaders = "public DDP readers (ddplib, ddpinfo, XLD)";

constexpr Rule table[] = {
    // Names and files
    {"SET.NAME", error, false,
     "Names of files are plain names inside the folder: no slash, backslash, colon, control character or "
     "dots alone",
     "file names from strangers are never trusted"},
    {"SET.NAME_CASE", error, false, "Files are called exactly as DDPMS and the format name them", recorded},
    {"SET.NAMES_RECASED", warning, false, "A transfer has not changed the case of all names", plants},
    {"SET.MISSING_FILE", error, false, "Every file that DDPMS names is in the folder", ddpReaders},
    {"SET.EXTRA_FILE", error, false, "No file that looks like a part of a DDP set lies beside it", plants},
    {"SET.OTHER_FILE", note, false, "Only the set and its known companions are in the folder", plants},
    {"SET.SIZE", error, false, "Files are whole numbers of records or sectors, and not absurdly large",
     ddpReaders},
    // Streams
    {"SET.NO_AUDIO", error, false, "DDPMS names an audio image", ddpReaders},
    {"SET.NO_PQ", error, false, "DDPMS names a PQ descriptor", ddpReaders},
    {"SET.SEVERAL_STREAMS", error, false,
     "There is one audio image, one PQ descriptor and at most one CD-Text stream",
     "XLD and ddpinfo refuse several"},
    {"SET.DATA_STREAM", warning, false, "The set holds audio only", "an Enhanced CD as Sonoris writes it"},
    {"SET.TEXT_STREAM", note, false, "The set holds no text streams", "ddplib"},
    {"SET.OTHER_STREAM", warning, false, "The set holds only audio, PQ descriptor and CD-Text", ddpReaders},
    {"SET.LENGTH", error, false, "DDPMS gives every stream its true length", ddpReaders},
    {"SET.STORAGE_MODE", error, false, "The audio's storage mode is 7: complete sectors of 2352 bytes",
     recorded},
    {"SET.STORAGE_MODE_0", note, false, "The audio's storage mode is 7, not 0", "audio-distillery writes 0"},
    {"SET.SCRAMBLED", error, false, "The field SCR is 0, 1 or blank", recorded},
    {"SET.START", error, false, "The image begins at 00:00:00", recorded},
    {"SET.NO_PREGAP", warning, false, "DDPMS says how long the pause before track 1 is", recorded},
    {"SET.PREGAP", error, false, "The pause in DDPMS is that of the PQ descriptor",
     "ddp-reverse-eng, experiment 009"},
    {"SET.LEAD_OUT", error, false, "Lead-out is at the end of the image", ddpReaders},
    // The PQ descriptor as a sequence
    {"SET.PQ_LEAD_IN", error, false, "The first packet is the lead-in at 00:00:00", recorded},
    {"SET.PQ_SEQUENCE", error, false,
     "Packets come in the order of the disc, tracks and indexes without a gap", recorded},
    {"SET.PQ_FIRST_PAUSE", error, false, "Track 1 has INDEX 00 at 00:00:00", recorded},
    {"SET.PQ_FLAGS", error, false, "All packets of a track have the same control flags", recorded},
    {"SET.PQ_LEAD_OUT", error, false, "One or two equal lead-out packets with INDEX 01 end the descriptor",
     recorded},
    {"SET.PQ_ONE_LEAD_OUT", note, false, "The lead-out packet is written twice",
     "audio-distillery writes it once"},
    {"SET.PQ_ISRC", error, false, "All packets of a track with an ISRC have the same one", recorded},
    {"SET.PQ_ISRC_PLACE", warning, false, "The ISRC is on the first packet of its track", "ddplib"},
    {"SET.PQ_UPC", error, false, "All packets with a UPC/EAN have the same one", recorded},
    {"SET.PQ_UPC_PLACE", warning, false, "The UPC/EAN is on the lead-in packet", "ddplib"},
    {"SET.PQ_UPC_REPEATED", note, false, "The UPC/EAN is on the lead-in packet only", "HOFA repeats it"},
    {"SET.UPC", error, false, "DDPID and PQ descriptor have the same UPC/EAN", "ddptools' manual"},
    {"SET.UPC_12_DIGITS", note, false, "A UPC/EAN is written with 13 digits", "HOFA writes a UPC-A as it is"},
    {"SET.UPC_ZEROS", note, false, "A UPC/EAN is not all zeros", "XLD reads zeros as none"},
    // CD-Text beside the PQ descriptor
    {"SET.CD_TEXT_TRACKS", error, false, "CD-Text describes as many tracks as there are", ddpReaders},
    {"SET.CD_TEXT_CODE", warning, false, "UPC/EAN and ISRCs in CD-Text are those of the PQ descriptor",
     plants},
    // Checksum files
    {"SET.CHECKSUM", error, false, "Every file has the checksum that a list gives it", plants},
    {"SET.CHECKSUM_MISSING", warning, false, "A set comes with checksums", plants},
    {"SET.CHECKSUM_UNLISTED", error, false, "The checksum file names every file of the set", plants},
    {"SET.CHECKSUM_NO_FILE", error, false, "Every file that a checksum file names is in the folder", plants},
    {"SET.CHECKSUM_LINE", error, false,
     "CHECKSUM.MD5 and CHECKSUM.TXT have exactly the form Segue and cue2ddp write", recorded},
    {"SET.CHECKSUM_OTHER_LINE", note, false, "Lines of a checksum file are understood", plants},
    {"SET.CHECKSUM_CASE", error, false, "A checksum file writes hexadecimal in one case", recorded},
};

} // namespace

std::span<const Rule> setRules() { return table; }

} // namespace segue::ddp
