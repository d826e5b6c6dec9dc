// A part of a JPEG picture as one plane of samples a component, and as pixels.
#pragma once

#include <vector>

#include "media/image.h"
#include "media/jpeg_picture.h"
#include "redact/colour.h"
#include "redact/harmonic_fill.h"
#include "redact/jpeg_clusters.h"

namespace faceveil {

class JpegPlanes {
 public:
  // The MCUs of the box. Samples of touched MCUs are wanted, and then filled from those known:
  // without `with_surroundings` only MCUs next to touched ones are read.
  static JpegPlanes filled(const JpegPicture&, const PixelBox& mcus, const McuSet& touched,
                           bool with_surroundings);

  // Fades the samples under the region into the veil's shade.
  void shade(const Region& stored);

  // Reads the picture's own contents of one MCU.
  void read_mcu(const JpegPicture&, int mcu_x, int mcu_y);

  // The box in the stored picture's pixels, cut at its border.
  PixelBox pixels() const;

  // As pixels, gray8 or rgb8. Errors: over_limit.
  Result<Image> image() const;

  // Takes over those pixels in which `after` differs from `before`, both of pixels()' size.
  void take_changes(const Image& before, const Image& after);

  // Writes the contents of one MCU into the picture.
  void write_mcu(JpegPicture&, int mcu_x, int mcu_y) const;

 private:
  struct Plane {
    JpegComponent component;
    int x, y;  // Of the first sample.
    SamplePlane samples;
  };

  JpegPlanes(const JpegPicture&, const PixelBox& mcus);
  void want_mcu(int mcu_x, int mcu_y);
  template <typename Work>
  void for_each_block(const Plane&, int mcu_x, int mcu_y, Work) const;
  std::array<float, 3> colour_at(int x, int y) const;
  std::array<float, 3> components_of(const uint8_t* pixel) const;
  static PixelBox samples_under(const Plane&, const Rect&);
  PixelBox pixels_under(const Plane&, int x, int y, Size box) const;
  float mean_of_component(const Image&, const PixelBox& box, size_t c) const;
  static JpegSamples block_at(const Plane&, int x, int y);

  JpegColours colours_;
  Size picture_;  // In pixels.
  PixelBox mcus_;
  Size mcu_pixels_;
  std::vector<Plane> planes_;
};

}  // namespace faceveil
