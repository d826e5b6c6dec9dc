// Picture files with something hidden in each place that can hide it, put together byte by byte.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "media/still.h"

namespace faceveil::test {

// Stands in every text of a carrier, and in every second picture, film or stray byte of it.
inline constexpr std::string_view word_marker = "GEHEIM4711";
inline constexpr std::string_view picture_marker = "BILDGEHEIM4711";

struct Carrier {
  std::string name;
  StillFormat format = StillFormat::jpeg;
  Bytes file;
  std::vector<MetadataKind> kinds;  // That must be found, among others.
  bool decodes = true;              // Else only for looking at.
};

// Every place of docs/privacy.md, in every format that has it.
std::vector<Carrier> metadata_carriers();

// An EXIF block with make, model, dates, comment, serial number, maker note, position and
// thumbnail, in either byte order.
Bytes talkative_exif(bool little, Orientation);

// `plain`, a file as our encoders write it (a WebP without profile), with words, thumbnails and a
// tail drawn by lot: whatever the format has room for. Where it has room for an orientation, it
// says this one.
Bytes with_random_extras(BytesView plain, StillFormat, Size stored, Orientation, std::mt19937&);

// An XMP packet; its parts as asked for.
std::string talkative_xmp(bool with_picture, bool with_position);

Bytes joined(std::initializer_list<BytesView> parts);
Bytes text_bytes(std::string_view text);

}  // namespace faceveil::test
