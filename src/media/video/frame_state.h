// What a VideoFrame is made of, and how a decoder's picture becomes one.
#pragma once

#include "media/video/av_wall.h"
#include "media/video_frame.h"

namespace faceveil {

struct VideoFrame::State {
  av::Frame frame;  // Planar YUV of a kind that is_handled(); pts in the stream's own time base.
  MediaTime time;
  bool damaged = false;
  bool begins_group = false;
};

namespace av {

// How a stored picture is seen: sides swapped first, then columns or rows from the last to the
// first.
struct Turn {
  bool swaps = false, flips_columns = false, flips_rows = false;
  bool any() const { return swaps || flips_columns || flips_rows; }
};

// From a display matrix of libavutil; null: none. What lies between quarter turns goes to the
// nearest.
Turn turn_of(const int32_t* display_matrix);

// Planar YUV with square or halved chroma, 8 or 10 bits.
bool is_handled(AVPixelFormat);
// The handled format that loses least; AV_PIX_FMT_NONE for more than 10 bits.
AVPixelFormat handled_format(AVPixelFormat);

// The picture in a handled format, upright. Errors: unsupported, over_limit.
Result<Frame> upright_frame(Frame decoded, Turn);

}  // namespace av
}  // namespace faceveil
