#include "detect/local_search.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"

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

Result<std::vector<Face>> detect_in(const Detector& detector, const Image& picture,
                                    std::span<const Rect> windows, float score_min) {
  std::vector<Face> all;
  for (const Rect& window : windows) {
    const Image part = TRY(cut_out(picture, window));
    for (Face& face : TRY(detector.detect(part, score_min))) {
      move(face, window.x, window.y);
      all.push_back(face);
    }
  }
  std::ranges::stable_sort(all, std::greater{}, &Face::score);
  std::vector<Face> faces;
  for (const Face& face : all) {
    const bool known = std::ranges::any_of(faces, [&](const Face& other) {
      return intersection_over_union(face.box, other.box) >= same_face_overlap;
    });
    if (!known) faces.push_back(face);
  }
  return faces;
}

}  // namespace faceveil
