// What a JpegPicture holds. Only for the files of this folder.
#pragma once

#include <vector>

#include "media/jpeg/baseline_scan.h"
#include "media/jpeg_picture.h"
#include "media/still/jpeg_reader.h"
#include "media/still/jpeg_segments.h"

namespace faceveil {

struct JpegPicture::State {
  JpegReader reader;
  // The coefficients: a scan with an index where the file is of that kind, else libjpeg's arrays.
  std::optional<BaselineScan> scan;
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

  // The coefficients of a block, row by row.
  const int16_t* block(size_t component, int x, int y);
  int16_t* changing_block(size_t component, int x, int y);

  // A row of blocks of the arrays. libjpeg's only way of failing here is a wrong row.
  JBLOCKROW blocks(size_t component, int y, bool writable);

  Result<Bytes> write_arrays(bool turns, const Metadata& kept) const;
  Result<Bytes> write_scan(const Metadata& kept) const;
};

}  // namespace faceveil
