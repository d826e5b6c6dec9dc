// Random files, and plans for them, for what hiding promises from file to file.
#pragma once

#include <random>
#include <string>

#include "pipeline/checked_hide.h"
#include "tests/support/jpeg_files.h"

namespace faceveil::test {

// From which format to which.
struct Way {
  StillFormat from, to;
  PixelFormat pixels;
  int colours_a_channel = 256;  // Fewer: the file has a palette.
};

struct HideCase {
  Way way;
  JpegSettings jpeg;     // Of JPEG files; its orientation of all.
  bool profile = false;  // Whether the file has one.
  Size upright;
  RedactionPlan plan;  // Of no source yet; content-independent effects.
  ApplyOptions options;

  std::string text() const;  // For SCOPED_TRACE.
};

HideCase random_hide_case(const Way&, std::mt19937&);

// Upright. Any that a codec may meet, with no more colours than the way wants.
Image random_picture(const HideCase&, std::mt19937&);

// `image` with the pixels of `other` wherever the plan hides.
Image other_where_hidden(const HideCase&, const Image& image, const Image& other);

// The upright picture as a file that lies as the case says, with words, thumbnails and a tail drawn
// by lot beside it.
Bytes file_of(const HideCase&, const Image& upright, std::mt19937&);

// What becomes of the file by way of the plan's text, as on the command line, with verify at the
// end: a test that fails where verify finds something, and empty where hiding fails.
Bytes hidden_file(const HideCase&, BytesView file);

}  // namespace faceveil::test
