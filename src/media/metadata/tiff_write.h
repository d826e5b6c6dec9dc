// Writes TIFF directories from tags (TIFF 6.0, section 2): EXIF blocks, and the directory of TIFF
// files that encoders of ours wrote.
#pragma once

#include "media/metadata.h"

namespace faceveil {

struct TiffField {
  uint16_t tag = 0, type = 0;
  uint32_t count = 0;
  Bytes value;  // Big-endian.
};

enum class ByteOrder : uint8_t { little, big };

// The main directory, and those that it points to with the tags of the other directories, to stand
// at `at` of a structure. Their order in the file: main, EXIF, interoperability, GPS.
Bytes tiff_directories(std::vector<TiffField> main, const std::vector<ExifTag>& tags, size_t at,
                       ByteOrder);

// `tiff` is a classic TIFF file that encode_tiff() made. Its directory gets the tags, XMP and IPTC.
Bytes with_tiff_metadata(Bytes tiff, const Metadata&);

}  // namespace faceveil
