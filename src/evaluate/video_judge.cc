#include "evaluate/video_judge.h"

#include <algorithm>
#include <cmath>

#include "evaluate/judge.h"

namespace faceveil {
namespace {

size_t size_class(const Rect& box) {
  const float side = std::max(box.width, box.height);
  size_t index = 0;
  while (index + 1 < video_size_from_px.size() && side >= video_size_from_px[index + 1]) ++index;
  return index;
}

bool holds_centre(const Rect& outer, const Rect& inner) {
  const float x = inner.x + inner.width / 2, y = inner.y + inner.height / 2;
  return x >= outer.x && x < outer.right() && y >= outer.y && y < outer.bottom();
}

}  // namespace

void VideoJudge::begin_clip() {
  faces_.clear();
  boxes_.clear();
  scene_.reset();
}

void VideoJudge::add(const ClipPicture& picture, std::span<const Region> regions) {
  ++score_.pictures;
  for (const ClipFace& face : picture.faces) judge_face(face, regions, picture.image.size());
  score_.false_boxes += std::ranges::count_if(regions, [&](const Region& region) {
    return std::ranges::none_of(
        picture.faces, [&](const ClipFace& face) { return holds_centre(face.box, region.face); });
  });
  measure_flicker(picture, regions);
}

void VideoJudge::judge_face(const ClipFace& face, std::span<const Region> regions, Size picture) {
  OfFace& of_face = faces_[face.id];
  CoveredArea covered(central_box(face.box), picture);
  if (!face.counts || covered.is_empty()) {
    of_face.exposed = 0;
    return;
  }
  for (const Region& region : regions) covered.add(spans_of(region, picture));
  VideoScore::OfSize& size = score_.sizes[size_class(face.box)];
  ++size.face_pictures;
  const bool leaked = covered.share() < hidden_share_min;
  size.leaked += leaked ? 1 : 0;
  note(of_face, leaked);
  size.longest_exposed = std::max(size.longest_exposed, of_face.exposed);
}

void VideoJudge::note(OfFace& face, bool leaked) {
  face.exposed = leaked ? face.exposed + 1 : 0;
  if (!face.counted) {
    face.counted = true;
    ++score_.faces;
    ++score_.faces_never_hidden;
  }
  if (face.was_hidden) return;
  if (leaked) {
    ++face.leaked;
    ++score_.leaked_of_never_hidden;
    return;
  }
  face.was_hidden = true;
  --score_.faces_never_hidden;
  score_.leaked_of_never_hidden -= face.leaked;
}

void VideoJudge::measure_flicker(const ClipPicture& picture, std::span<const Region> regions) {
  if (scene_ != picture.scene) boxes_.clear();
  scene_ = picture.scene;
  std::map<uint32_t, Rect> now;
  for (const Region& region : regions) now[region.track_id] = region.face;
  for (const auto& [id, box] : now) {
    const auto before = boxes_.find(id);
    if (!picture.still || before == boxes_.end()) continue;
    const Rect& was = before->second;
    for (const float moved :
         {box.x - was.x, box.y - was.y, box.right() - was.right(), box.bottom() - was.bottom()}) {
      score_.border_moved_px = std::max<double>(score_.border_moved_px, std::abs(moved));
    }
  }
  boxes_ = std::move(now);
}

}  // namespace faceveil
