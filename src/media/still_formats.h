// The table of still picture formats. To add one: a file under still/ and a line in
// still_formats.cc.
#pragma once

#include <span>
#include <string_view>

#include "media/still.h"

namespace faceveil {

struct StillCodec {
  StillFormat format;
  std::string_view name;  // As in plans and reports.
  std::string_view mime_type;
  std::string_view extensions;  // Separated by blanks, the usual one first, without dots.

  // What the format can hold; encode_still() reduces pictures to it before `encode` sees them.
  bool gray, alpha, sixteen_bits;
  int side_max;  // Longest side in pixels.

  // Whether these are this format's first bytes.
  bool (*sniff)(BytesView);
  // As read_still_header, decode_still, encode_still and copy_with_metadata in still.h.
  Result<StillHeader> (*read_header)(BytesView);
  Result<Still> (*decode)(BytesView);
  Result<Bytes> (*encode)(const Still&, const Metadata& kept);
  Result<CleanCopy> (*copy)(BytesView, const Metadata& kept);
};

// All of them, in the order of StillFormat.
std::span<const StillCodec> still_codecs();

const StillCodec& still_codec(StillFormat);

}  // namespace faceveil
