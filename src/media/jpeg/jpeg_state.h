// What a JpegPicture holds. Only for the files of this folder.
#pragma once

#include <vector>

#include "media/jpeg_picture.h"
#include "media/still/jpeg_reader.h"

namespace faceveil {

struct JpegPicture::State {
  JpegReader reader;
  jvirt_barray_ptr* arrays = nullptr;  // One a component, in the reader's memory.
  std::optional<JpegObstacle> obstacle;
  Orientation orientation = Orientation::top_left;
  Bytes icc_profile;
  Bytes markers, upright_markers;  // To keep, as stored and when turned upright.
  size_t file_bytes = 0;
  std::vector<JpegComponent> components;
  Size mcu_pixels, mcu_count;

  // The coefficients of a row of blocks. libjpeg's only way of failing here is a wrong row.
  JBLOCKROW blocks(size_t component, int y, bool writable);
};

}  // namespace faceveil
