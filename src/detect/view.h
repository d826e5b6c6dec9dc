// Other ways to look at a picture: mirrored, turned. And the way back, for what was seen there.
//
//    level                 canvas (mirrored, turned by 30 degrees clockwise)
//   +--------+                 .  black
//   | a    b |              /b    '---.
//   | c    d |             /d       a/      The canvas is the smallest upright rectangle that holds
//   +--------+             '---.  c /       the turned level; their middles meet.
//                               '-./
#pragma once

#include "detect/face_network.h"
#include "detect/resample.h"

namespace faceveil {

// First mirrored (left for right), then turned clockwise.
struct View {
  bool is_mirrored = false;
  float angle_degrees = 0;  // Any finite angle; multiples of 90 move pixels and change none.
  bool operator==(const View&) const = default;
};

// How a view's canvas lies over a level of this size.
class ViewMap {
 public:
  ViewMap(Size level, View);

  Size level() const { return level_; }
  Size canvas() const { return canvas_; }
  bool is_plain() const { return view_ == View{}; }
  // Whether every pixel of the canvas is a pixel of the level.
  bool is_exact() const { return is_exact_; }

  // From places on the canvas to places on the level.
  double level_x(double x, double y) const { return xx_ * x + xy_ * y + x0_; }
  double level_y(double x, double y) const { return yx_ * x + yy_ * y + y0_; }
  Point to_level(Point) const;

  // The box becomes the smallest upright one around the turned one where the turn is a multiple of
  // 90 degrees; else, as faces are about as high as wide, the square of the same area around the
  // turned middle. Mirroring changes left and right keypoints over.
  Candidate to_level(const Candidate&) const;

 private:
  Rect to_level(const Rect&) const;

  View view_;
  Size level_, canvas_;
  bool is_exact_ = true;
  double xx_ = 1, xy_ = 0, x0_ = 0, yx_ = 0, yy_ = 1, y0_ = 0;
};

// `part` of the canvas: rgb8, bilinear between the level's pixels, black beside the level. Errors:
// over_limit.
Result<Image> draw_view(const Halvings&, const ViewMap&, const Part& part);

}  // namespace faceveil
