#include "detect/local_search.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/thread_pool.h"
#include "detect/nested.h"

namespace faceveil {
namespace {

constexpr float same_face_overlap = 0.5f;  // Intersection over union.

Result<Image> cut_out(const Image& picture, const Rect& window) {
  const int x = static_cast<int>(window.x), y = static_cast<int>(window.y);
  const Size size{static_cast<int>(window.width), static_cast<int>(window.height)};
  CHECK(x >= 0 && y >= 0 && x + size.width <= picture.size().width &&
        y + size.height <= picture.size().height);
  Image part = TRY(Image::create(picture.format(), size));
  const ptrdiff_t pixel_bytes = ptrdiff_t{picture.channels()} * bytes_per_sample(picture.format());
  for (int row = 0; row < size.height; ++row) {
    std::memcpy(part.data() + row * part.stride_bytes(),
                picture.data() + (y + row) * picture.stride_bytes() + x * pixel_bytes,
                static_cast<size_t>(part.stride_bytes()));
  }
  return part;
}

void move(Face& face, float x, float y) {
  face.box.x += x;
  face.box.y += y;
  if (!face.keypoints) return;
  for (Point& point : *face.keypoints) point = {point.x + x, point.y + y};
}

}  // namespace

namespace {

Result<std::vector<Face>> look_through(const Detector& detector, const Image& picture,
                                       const SearchWindow& window, float score_min) {
  const Image part = TRY(cut_out(picture, window.area));
  std::vector<Face> faces = TRY(detector.detect_expected(part, window.side_px, score_min));
  for (Face& face : faces) move(face, window.area.x, window.area.y);
  return faces;
}

}  // namespace

Result<std::vector<Face>> detect_in(const Detector& detector, const Image& picture,
                                    std::span<const SearchWindow> windows, float score_min) {
  std::vector<Result<std::vector<Face>>> seen(windows.size());
  parallel_for(windows.size(), detector.options().thread_count,
               [&](size_t i) { seen[i] = look_through(detector, picture, windows[i], score_min); });
  std::vector<Face> all;
  for (Result<std::vector<Face>>& one : seen) {
    const std::vector<Face> faces = TRY(std::move(one));
    all.insert(all.end(), faces.begin(), faces.end());
  }
  std::ranges::stable_sort(all, std::greater{}, &Face::score);
  std::vector<Face> faces;
  for (const Face& face : all) {
    const bool known = std::ranges::any_of(faces, [&](const Face& other) {
      return intersection_over_union(face.box, other.box) >= same_face_overlap ||
             is_within(face.box, other.box);
    });
    if (!known) faces.push_back(face);
  }
  return faces;
}

}  // namespace faceveil
