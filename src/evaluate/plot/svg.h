// Writing the few SVG elements that our plots are made of. Private to the plots.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"

namespace faceveil {

// "3.1", as short as it can be said with `digits` behind the point.
std::string format_number(double value, int digits);

enum class Anchor { start, middle, end };

class SvgDocument {
 public:
  explicit SvgDocument(Size);

  void line(Point from, Point to, std::string_view colour, double width_px);
  void path(const std::vector<Point>&, std::string_view colour, double width_px);
  void rectangle(const Rect&, std::string_view colour);
  void dot(Point centre, double radius_px, std::string_view colour);
  // `text` is escaped.
  void text(Point at, std::string_view text, Anchor, int size_px, std::string_view colour);
  // Read from the bottom up, around its middle.
  void upright_text(Point middle, std::string_view text, int size_px, std::string_view colour);

  std::string finish() &&;

 private:
  std::string svg_;
};

}  // namespace faceveil
