// Looks for faces in parts of a picture only.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "detect/detector.h"

namespace faceveil {

// A part of a picture in which one face is expected.
struct SearchWindow {
  Rect area;          // Upright pixels: whole numbers, inside the picture.
  float side_px = 0;  // Of the face, about.
};

// Each costs about a seventieth of the whole picture, whatever their sizes: with more of them the
// whole picture is not much dearer, and shows more.
inline constexpr size_t search_windows_max = 32;

// The window to look into for a face of which this box is expected: three times as large, whole
// pixels inside the picture. Absent where the box lies outside.
std::optional<SearchWindow> window_around(const Rect& expected, Size picture);

// The pixels of a window's area. Called on many threads.
using WindowPixels = std::function<Result<Image>(const SearchWindow&)>;

// Faces in the windows, each searched as Detector::detect_expected does, in the picture's own
// coordinates and in descending order of score. The same face seen through two windows comes once,
// and none lies within a better one, as in a whole picture.
// Any image that Detector takes. The result does not depend on the detector's
// number of threads. Errors: as Detector::detect.
Result<std::vector<Face>> detect_in(const Detector&, const Image&,
                                    std::span<const SearchWindow> windows, float score_min);
// The same for a picture of which only the windows are made. Errors: those of `pixels` too.
Result<std::vector<Face>> detect_in(const Detector&, const WindowPixels& pixels,
                                    std::span<const SearchWindow> windows, float score_min);

}  // namespace faceveil
