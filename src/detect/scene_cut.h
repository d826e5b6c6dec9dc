// Tells where a clip jumps from one scene to the next.
//
// The measure: the picture's luma is averaged over 32 x 18 fields. A picture begins a scene when
// the fields differ from those of the picture before, by three times more than neighbouring
// pictures lately did, and what is lighter than its neighbour there is not so here: the steps from
// field to field are not correlated. A flash of light leaves the steps, a moving object most of
// them, and a shaking camera differs all the time. A change of size is a cut too.
#pragma once

#include <array>
#include <vector>

#include "media/image.h"
#include "media/video_frame.h"

namespace faceveil {

class SceneCuts {
 public:
  // Whether this picture does not carry on from the one handed in before. The first picture does
  // begin a scene. Any Image.
  bool is_cut(const Image&);
  // The same of a film's picture, by its luma alone: nothing is converted.
  bool is_cut(const VideoFrame&);

 private:
  static constexpr int columns = 32, rows = 18;
  using Fields = std::array<float, static_cast<size_t>(columns) * rows>;  // Luma in [0, 1].

  bool is_cut(Size, const Fields&);

  Size size_;
  Fields before_ = {};
  float usual_difference_ = 0;  // Running mean of the difference of neighbouring pictures.
};

}  // namespace faceveil
