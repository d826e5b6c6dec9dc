// Follows what is in a box that a person drew, from picture to picture, by how it moves: for faces
// that no network finds. By the flow of points (Lucas and Kanade, in a pyramid), each taken forward
// and back again: who does not return to its place is not believed (the median flow of Kalal,
// Mikolajczyk and Matas, "Forward-Backward Error", ICPR 2010).
#pragma once

#include <optional>
#include <vector>

#include "base/geometry.h"
#include "media/image.h"

namespace faceveil {

// A picture as the follower sees it: grey, at most 480 pixels wide.
class FollowView {
 public:
  // Any rgb8 picture. Errors: over_limit.
  static Result<FollowView> create(const Image&);

  // Of the picture that it was made of.
  Size picture() const { return picture_; }

 private:
  friend class Flow;
  struct Level {
    int width = 0, height = 0;
    std::vector<float> luma;
    float at(float x, float y) const;  // Between pixels; the border goes on.
  };
  std::vector<Level> levels_;  // Each half as large as the one before.
  Size picture_;
};

// Where the box of `from` is in `to`, a picture next to it; absent where it is lost: too few points
// come back, or it has left the picture.
std::optional<Rect> follow_box(const FollowView& from, const FollowView& to, const Rect& box);

}  // namespace faceveil
