// Which way up a picture was taken: read from EXIF, applied to pixels.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "media/image.h"

namespace faceveil {

// Where the first stored row and the first stored column are seen, numbered as in tag 274 of
// TIFF 6.0 (section 8) and EXIF 2.32 (4.6.4): left_top = "the first row is the left side, the first
// column the top".
enum class Orientation : uint8_t {
  top_left = 1,
  top_right,
  bottom_right,
  bottom_left,
  left_top,
  right_top,
  right_bottom,
  left_bottom,
};

// Whether upright width and height are the stored height and width.
bool swaps_sides(Orientation);

// Whether stored columns, or rows, are seen from the last to the first (after the sides are
// swapped, where they are).
bool mirrors_columns(Orientation);
bool mirrors_rows(Orientation);

// The stored size seen upright.
Size upright_size(Size stored, Orientation);

// Reads tag 274 from the first directory of a TIFF structure (the content of an EXIF block, from
// its "II*" or "MM*" on). top_left when it is absent, out of range or the structure is damaged: a
// picture must not fail for its metadata.
Orientation exif_orientation(BytesView tiff);

// As above for a block that may begin with the six bytes "Exif\0\0", as in JPEG and some WebP
// files.
Orientation prefixed_exif_orientation(BytesView exif);

// The orientation that undoes this one.
Orientation reversed(Orientation);

// Where a rectangle of the upright picture lies in the stored one. With the upright size and the
// reversed orientation: the way back.
Rect stored_rect(const Rect& upright, Size stored, Orientation);

// The same picture with its top row first. Takes a second picture's memory while it works, unless
// there is nothing to do. Errors: over_limit.
Result<Image> turned_upright(Image stored, Orientation);

}  // namespace faceveil
