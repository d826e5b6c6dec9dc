// Many faces on one sheet, so that a person sees at a glance what a detector misses.
#pragma once

#include <cstddef>

#include "base/geometry.h"
#include "base/result.h"
#include "media/image.h"

namespace faceveil {

// Tiles in rows from the top left, each a square cut-out around a face: its longer side with half
// of that added at each side, scaled to the tile; grey where the picture ends. The labelled box is
// drawn around the face.
class ContactSheet {
 public:
  // A sheet for `count` faces, at least 1. Errors: over_limit.
  static Result<ContactSheet> create(size_t count);

  // Fills tile `index`, in [0, count). Tiles are apart: threads may fill different ones at once.
  // `picture` is rgb8 and not empty, `face` has an area.
  void place(size_t index, const Image& picture, const Rect& face);

  Image take() && { return std::move(sheet_); }

 private:
  ContactSheet(Image sheet, int columns) : sheet_(std::move(sheet)), columns_(columns) {}
  Image sheet_;
  int columns_;
};

}  // namespace faceveil
