// Leaks as pictures: SVG documents that stand alone, legible on white, with the viewer's own fonts.
#pragma once

#include <span>
#include <string>

#include "evaluate/summary.h"

namespace faceveil {

// What one line or one colour of bars shows.
struct PlotSeries {
  std::string name;
  Counts counts;  // At the threshold asked for: the dot on the line; the bars.
  Curve curve;
};

// Leak rate against false boxes a picture (logarithmic) as the threshold moves, a line a series.
std::string format_curves_svg(std::span<const PlotSeries>);

// Leak rate at the threshold asked for, by size of face: a group of bars a size, a bar a series.
// Sizes without faces are left out.
std::string format_sizes_svg(std::span<const PlotSeries>);

}  // namespace faceveil
