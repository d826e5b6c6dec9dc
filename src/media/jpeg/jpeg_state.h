// What a JpegPicture holds. Only for the files of this folder.
#pragma once

#include <vector>

#include "media/jpeg_picture.h"
#include "media/still/jpeg_reader.h"
#include "media/still/jpeg_segments.h"

namespace faceveil {

struct JpegPicture::State {
  JpegReader reader;
  jvirt_barray_ptr* arrays = nullptr;  // One a component, in the reader's memory.
  std::optional<JpegObstacle> obstacle;
  Orientation orientation = Orientation::top_left;
  Bytes icc_profile;
  Bytes header;  // All before the first scan, a copy; `segments` look into it.
  std::vector<JpegSegment> segments;
  size_t file_bytes = 0;
  std::vector<JpegComponent> components;
  Size mcu_pixels, mcu_count;

  // The marker segments to stand behind SOI.
  Bytes kept_markers(bool turned, const Metadata& kept) const;

  // The coefficients of a row of blocks. libjpeg's only way of failing here is a wrong row.
  JBLOCKROW blocks(size_t component, int y, bool writable);
};

}  // namespace faceveil
