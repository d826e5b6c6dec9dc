// The boxes of HEIF files (ISO/IEC 14496-12, 4.2; ISO/IEC 23008-12), and the items that the meta
// box describes. Reads structure only; every number may lie.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace faceveil {

// Views into the file.
struct IsoBox {
  std::string_view type;  // Four letters.
  BytesView content, whole;
};

// Tiles of a large picture are items: 20,000 x 20,000 pixels are 1,600 of 512 x 512.
inline constexpr size_t iso_boxes_max = 1 << 16;

// The boxes that follow each other in `bytes`, at most iso_boxes_max of them. What is left over, as
// it is no box or one too many, in `rest`.
struct IsoBoxes {
  std::vector<IsoBox> boxes;
  BytesView rest;
};
IsoBoxes read_boxes(BytesView bytes);

struct IsoItem {
  std::string type;          // "hvc1", "Exif", "mime"; empty where iinf does not name it.
  std::string content_type;  // Of mime.
  std::vector<BytesView> extents;
  std::string auxiliary_type;  // Of its auxC property.
};

struct IsoReference {
  std::string type;  // "thmb", "auxl", "dimg", "cdsc".
  uint32_t from = 0, to = 0;
};

struct IsoMeta {
  uint32_t primary = 0;
  std::map<uint32_t, IsoItem> items;
  std::vector<IsoReference> references;
  std::vector<IsoBox> properties, others;  // Of ipco; and boxes that we do not know.
  BytesView data;                          // The content of idat.
  bool whole = true;                       // All of it could be read.
};

// `meta` is the content of a meta box, inside `file`.
IsoMeta read_meta(BytesView file, BytesView meta);

}  // namespace faceveil
