#include "evaluate/judge.h"

#include <algorithm>

namespace faceveil {
namespace {

// A little below, for the rounding of sums: an area covered to the last pixel has share 1.
constexpr double share_rounding = 1e-9;

bool touch(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

// A region paints whole pixels, up to one beyond its box.
Rect painted_bounds(const Region& region) {
  const Rect& box = region.box;
  return {box.x - 1, box.y - 1, box.width + 2, box.height + 2};
}

FaceVerdict judge_face(const LabelledFace& face, Size picture, std::span<const Found> found,
                       std::span<const std::vector<Span>> spans) {
  FaceVerdict verdict;
  verdict.box = face.box;
  const Rect centre = central_box(face.box);
  CoveredArea covered(centre, picture);
  verdict.in_picture = !covered.is_empty();
  if (!verdict.in_picture) return verdict;
  for (size_t i = 0; i < found.size(); ++i) {
    if (!touch(centre, painted_bounds(found[i].region))) continue;
    covered.add(spans[i]);
    if (covered.share() < hidden_share_min - share_rounding) continue;
    verdict.hidden_up_to = found[i].score;
    break;
  }
  return verdict;
}

bool holds_centre(const Rect& face, const Rect& box) {
  const float x = box.x + box.width / 2, y = box.y + box.height / 2;
  return x >= face.x && x < face.right() && y >= face.y && y < face.bottom();
}

BoxVerdict judge_box(const Found& found, std::span<const LabelledFace> faces) {
  BoxVerdict verdict;
  verdict.box = found.box;
  verdict.score = found.score;
  float best = 0;
  for (size_t i = 0; i < faces.size(); ++i) {
    const auto index = static_cast<uint32_t>(i);
    if (holds_centre(faces[i].box, found.box)) verdict.centre_in.push_back(index);
    const float overlap = intersection_over_union(faces[i].box, found.box);
    if (overlap < match_overlap_min || overlap <= best) continue;
    best = overlap;
    verdict.match = index;
  }
  return verdict;
}

}  // namespace

Rect central_box(const Rect& box) {
  const float margin = (1 - central_share) / 2;
  return {box.x + margin * box.width, box.y + margin * box.height, box.width * central_share,
          box.height * central_share};
}

PictureVerdict judge(std::span<const LabelledFace> faces, Size picture, std::vector<Found> found) {
  std::ranges::stable_sort(found, std::ranges::greater(), &Found::score);
  std::vector<std::vector<Span>> spans;
  spans.reserve(found.size());
  for (const Found& one : found) spans.push_back(spans_of(one.region, picture));
  PictureVerdict verdict;
  for (const LabelledFace& face : faces) {
    verdict.faces.push_back(judge_face(face, picture, found, spans));
  }
  for (const Found& one : found) verdict.boxes.push_back(judge_box(one, faces));
  return verdict;
}

}  // namespace faceveil
