// One picture of a film, as its codec gave it: planes of luma and chroma. Only what is hidden ever
// passes through RGB; all other samples go from the decoder to the encoder as they are.
#pragma once

#include <cstdint>
#include <memory>

#include "base/time.h"
#include "media/image.h"

namespace faceveil {

// Whole pixels of an upright picture.
struct PixelWindow {
  int x = 0, y = 0, width = 0, height = 0;
};

// The samples of one plane; borrowed from the frame.
struct VideoPlane {
  std::byte* data = nullptr;
  ptrdiff_t stride_bytes = 0;
  Size size;

  template <typename Sample>
  Sample* row(int y) const {
    return reinterpret_cast<Sample*>(data + y * stride_bytes);
  }
};

// The same, to be read only.
struct SeenPlane {
  const std::byte* data = nullptr;
  ptrdiff_t stride_bytes = 0;
  Size size;

  template <typename Sample>
  const Sample* row(int y) const {
    return reinterpret_cast<const Sample*>(data + y * stride_bytes);
  }
};

// Owned, move-only, upright. Three planes: luma, then two of chroma, each sample of which stands
// for 1 << chroma_shift_x() by 1 << chroma_shift_y() pixels; the last ones may reach over the edge.
class VideoFrame {
 public:
  struct State;
  explicit VideoFrame(std::unique_ptr<State>);
  ~VideoFrame();
  VideoFrame(VideoFrame&&) noexcept;
  VideoFrame& operator=(VideoFrame&&) noexcept;

  MediaTime time() const;  // From the first picture on.
  // The decoder had to make up part of it, or of what it may be made from.
  bool damaged() const;
  // Whole in itself, and so is what follows: nothing before it is needed.
  bool begins_group() const;
  bool interlaced() const;
  Size size() const;
  int bits_per_sample() const;            // 8, or 10 in the low bits of 16.
  int chroma_shift_x() const;             // 0 or 1.
  int chroma_shift_y() const;             // 0 or 1.
  SeenPlane seen_plane(int index) const;  // 0, 1, 2.
  // The same, to be changed. The decoder may still make other pictures from this one's samples:
  // then they are copied before the first change, which make_own() does in time to say why not.
  VideoPlane plane(int index);
  Status make_own();  // Error: over_limit.

  // A window of the picture in RGB: rgb8, or rgb16 for more than 8 bits. It lies in the picture,
  // and begins at whole chroma samples. Errors: over_limit, io.
  Result<Image> pixels(PixelWindow) const;
  // The whole picture as rgb8.
  Result<Image> picture() const;
  // The whole picture, or a window that lies and begins as above, as rgb8 for detectors: of 8 bits
  // each pixel has its chroma sample's colour, which is several times cheaper than pixels().
  Result<Image> rough_picture() const;
  Result<Image> rough_picture(PixelWindow) const;

  // A picture in this frame's own format and colours: the reverse of pixels(). Errors: as there.
  Result<VideoFrame> encoded_like_this(const Image&) const;

  State& state() { return *state_; }
  const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace faceveil
