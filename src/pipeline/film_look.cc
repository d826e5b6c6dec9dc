#include "pipeline/film_look.h"

#include <algorithm>

#include "detect/local_search.h"

namespace faceveil {
namespace {

// Grown to even borders, where the picture goes on: windows of a film's picture begin at whole
// samples of chroma, and rows are made in pairs.
SearchWindow on_whole_chroma(SearchWindow window, Size picture) {
  const auto begin = [](float place) { return static_cast<int>(place) & ~1; };
  const auto end = [](float place, int most) {
    return std::min((static_cast<int>(place) + 1) & ~1, most);
  };
  const Rect& area = window.area;
  const int x = begin(area.x), y = begin(area.y);
  const int right = end(area.right(), picture.width), bottom = end(area.bottom(), picture.height);
  window.area = {static_cast<float>(x), static_cast<float>(y), static_cast<float>(right - x),
                 static_cast<float>(bottom - y)};
  return window;
}

Result<Image> pixels_of(const VideoFrame& frame, const Rect& area) {
  return frame.rough_picture({static_cast<int>(area.x), static_cast<int>(area.y),
                              static_cast<int>(area.width), static_cast<int>(area.height)});
}

}  // namespace

Result<std::vector<Face>> faces_in(const VideoFrame& frame, const Look& look,
                                   const Observer& observer, float score_min) {
  if (look.full) {
    const Image image = TRY(frame.rough_picture());
    return observer.look(image, look, score_min);
  }
  std::vector<SearchWindow> windows;
  for (const SearchWindow& window : look.windows) {
    windows.push_back(on_whole_chroma(window, frame.size()));
  }
  const auto pixels = [&](const SearchWindow& window) { return pixels_of(frame, window.area); };
  return observer.look_through(pixels, windows, score_min);
}

}  // namespace faceveil
