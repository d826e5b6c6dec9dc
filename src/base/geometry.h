// All coordinates between rooms are in pixels of the **upright** picture (EXIF orientation and
// video rotation already applied), origin at the top left corner of the top left pixel; a pixel's
// centre is at +0.5. Rectangles are half open.
#pragma once

namespace faceveil {

struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Size {
  int width = 0, height = 0;
  bool operator==(const Size&) const = default;
};

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Rect&) const = default;

  float right() const { return x + width; }
  float bottom() const { return y + height; }
  float area() const { return width * height; }
};

// Area of the intersection over area of the union; 0 when either is empty.
float intersection_over_union(const Rect&, const Rect&);

// The rectangle with `share` of its width added left and right and `share` of its height above and
// below. share >= 0.
Rect grown(const Rect&, float share);

}  // namespace faceveil
