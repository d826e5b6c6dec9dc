// Tells where a clip jumps from one scene to the next.
//
// The measure: the picture's luma is averaged over 32 x 18 fields. A picture begins a scene when
// both the histogram of the fields' luma and the fields themselves differ from the picture before
// by more than a fixed share, and by three times more than neighbouring pictures lately did: a
// moving object leaves most of the histogram as it was, a flash of light most of the fields' order,
// a shaking camera differs all the time. A change of size is a cut too.
#pragma once

#include <array>
#include <vector>

#include "media/image.h"

namespace faceveil {

class SceneCuts {
 public:
  // Whether this picture does not carry on from the one handed in before. The first picture does
  // begin a scene. Any Image.
  bool is_cut(const Image&);

 private:
  static constexpr int columns = 32, rows = 18;
  using Fields = std::array<float, static_cast<size_t>(columns) * rows>;  // Luma in [0, 1].

  static Fields fields_of(const Image&);

  Size size_;
  Fields before_ = {};
  float usual_difference_ = 0;  // Running mean of the difference of neighbouring pictures.
};

}  // namespace faceveil
