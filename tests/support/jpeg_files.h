// JPEG files of every kind that libjpeg-turbo writes, also those that our own encoder does not.
#pragma once

#include <random>
#include <string>

#include "base/bytes.h"
#include "media/image.h"
#include "media/orientation.h"

namespace faceveil::test {

struct JpegSettings {
  int chroma_across = 2, chroma_down = 2;  // Luma samples to one of chroma: 1, 2 or 4.
  int quality = 90;                        // 1 to 100.
  int restart_interval = 0;                // In MCUs; 0: none.
  bool progressive = false;
  bool optimised = false;   // Huffman tables made for the picture.
  bool arithmetic = false;  // Instead of Huffman coding.
  bool stored_rgb = false;  // Without conversion to YCbCr.
  bool inks = false;        // The colours' complements as CMY, with black 0.
  Orientation orientation = Orientation::top_left;
  std::string comment;  // In a COM segment.

  std::string text() const;  // For SCOPED_TRACE.
};

// `stored` (gray8 or rgb8) in its stored orientation. Same settings, same file.
Bytes jpeg_file(const Image& stored, const JpegSettings&);

// Any sampling, quality, kind and orientation that a JpegPicture can work on.
JpegSettings random_jpeg_settings(std::mt19937&);

// What libjpeg's own scaled decode makes of a file: stored orientation, gray8 or rgb8, sides
// divided by 1, 2, 4 or 8 and rounded up.
Image scaled_decode(BytesView jpeg, int denominator);

}  // namespace faceveil::test
