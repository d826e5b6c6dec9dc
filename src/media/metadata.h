// What a picture file holds beside its picture: found by walking the containers, never by decoding
// pixels; and the part of it that an output may carry on. Which of that it carries is a policy's
// choice (redact/metadata_policy.h), so nothing here knows of policies.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "media/orientation.h"

namespace faceveil {

// What was found. In the order of the table in metadata/kinds.cc.
enum class MetadataKind : uint8_t {
  // Further pictures: an unhidden face may be in any of them.
  exif_thumbnail,        // EXIF, second directory (EXIF 2.32, 4.5.8).
  jfif_thumbnail,        // In the JFIF segment, or JFXX (ITU-T T.871, 10.1 and 10.2).
  photoshop_thumbnail,   // Image resources 0x0409 and 0x040c.
  thumbnail,             // A thumbnail item of HEIF, or a reduced page of TIFF.
  multi_picture,         // MPF index and the pictures that it lists (CIPA DC-007).
  gain_map,              // Apple, Google, Adobe, ISO 21496-1.
  depth_map,             // Of a scene, or a matte of its persons.
  auxiliary_picture,     // An auxiliary item of HEIF of any other purpose, but not alpha.
  further_picture,       // Pages, frames, items, pictures behind the picture.
  motion_photo,          // A film behind or beside the picture.
  xmp_embedded_picture,  // In XMP, as base64.
  iptc_preview,          // Object data preview (IIM 4.2, 2:202).
  content_credentials,   // C2PA and other JUMBF: holds thumbnails and the history.
  private_data,          // Of one maker's programs, with room for a picture.
  // Places.
  gps,
  // Bytes that belong to nothing.
  trailing_bytes,  // Behind the end of the picture.
  hidden_bytes,    // Between or inside parts, where no decoder looks.
  // Words and numbers.
  exif,
  date,
  camera,
  serial,
  maker_note,
  xmp,
  iptc,
  photoshop,
  comment,
  text,
  unknown,  // A segment, chunk, extension or box that we do not know.
  damaged,  // What cannot be read to its end.
  // What every policy keeps.
  icc,
  orientation,
  density,
};

// The block that the finding is a part of; for whoever decides what becomes of it.
enum class MetadataPlace : uint8_t { container, exif, xmp, iptc, photoshop, text };

struct MetadataFinding {
  MetadataKind kind = MetadataKind::unknown;
  MetadataPlace place = MetadataPlace::container;
  bool can_be_kept = false;       // Metadata (below) has it, for a policy to keep or drop.
  size_t offset = 0, length = 0;  // Bytes of the file. Of a compressed text, where it is stored.
  std::string detail;             // Which tag, segment, chunk or box: "APP13 0x040c".
  std::string value;              // What it says, UTF-8, at most 200 bytes; empty where binary.
};

enum class MetadataClass : uint8_t { picture, place, stray_bytes, words, colour };

MetadataClass class_of(MetadataKind);
std::string_view kind_name(MetadataKind);         // "exif_thumbnail", as in JSON.
std::string_view kind_description(MetadataKind);  // An English phrase; tr() knows it.
std::vector<MetadataKind> all_metadata_kinds();

// One tag of EXIF or TIFF, whatever file it came from.
struct ExifTag {
  enum class Directory : uint8_t { main, exif, gps, interoperability };
  Directory directory = Directory::main;
  uint16_t tag = 0, type = 0;  // As in TIFF 6.0 and EXIF 2.32.
  uint32_t count = 0;
  Bytes value;  // Big-endian.
};

// A text with a name. "Comment" stands for the comments of JPEG and GIF.
struct TextNote {
  std::string keyword, text;  // UTF-8.
};

// What an output may carry on. By construction it holds no picture, no maker note and nothing of
// unknown structure: the reader drops those before any policy is asked.
struct Metadata {
  std::vector<ExifTag> tags;  // Without orientation, layout of pixels and pointers.
  std::string xmp;            // One packet, UTF-8.
  Bytes iptc;                 // Data sets of records 1 and 2 (IIM 4.2).
  std::vector<TextNote> notes;

  bool empty() const { return tags.empty() && xmp.empty() && iptc.empty() && notes.empty(); }
};

// Everything beside the picture, in the order of the file. Damage inside is a finding; errors:
// unsupported where the bytes are no picture that we know.
Result<std::vector<MetadataFinding>> inspect_metadata(BytesView file);

// What an output may carry on of it. Errors: as above.
Result<Metadata> read_metadata(BytesView file);

// The packet without elements and attributes that name a position (exif:GPS..., wgs84_pos). Empty
// where it is no well-formed XML.
std::string xmp_without_gps(std::string_view xmp);

// A TIFF structure with these tags (EXIF 2.32, 4.5): what stands in an EXIF block after its
// "Exif\0\0". Empty for no tags and an upright picture.
Bytes exif_block(const std::vector<ExifTag>&, Orientation);

}  // namespace faceveil
