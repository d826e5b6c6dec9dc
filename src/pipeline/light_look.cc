#include "pipeline/light_look.h"

#include <algorithm>
#include <utility>

#include "detect/local_search.h"

namespace faceveil {
namespace {

constexpr int64_t whole_every_us = 200'000, whole_every_exposed_us = 100'000;
constexpr int64_t tracks_every_us = 200'000;
constexpr int64_t around_weak_us = 60'000;  // Of films with 25 pictures a second one each side.
// Boxes that overlap by so much (intersection over union) lie in the same window.
constexpr float same_place_overlap_min = 0.6f;

const Keyframe& least_sure(const Track& track) {
  return *std::ranges::min_element(track.keyframes, {}, &Keyframe::score);
}

bool is_due(const std::optional<MediaTime>& last, MediaTime time, int64_t every_us) {
  return !last || time.microseconds - last->microseconds >= every_us;
}

}  // namespace

LightLook::LightLook(const RedactionPlan* plan) : plan_(plan) {
  if (!plan) return;
  for (const Track& track : plan->tracks) {
    if (track.decision != Decision::hide) continue;
    for (const Keyframe& weak :
         {track.keyframes.front(), track.keyframes.back(), least_sure(track)}) {
      weak_.push_back({weak.time, weak.box});
    }
  }
  std::ranges::stable_sort(weak_, {}, &WeakMoment::time);
}

bool LightLook::is_whole(MediaTime time, bool is_exposed) {
  const int64_t every_us = is_exposed ? whole_every_exposed_us : whole_every_us;
  // Without a plan nobody knows how large pictures are, and windows cannot be laid.
  const bool is_whole = is_due(last_whole_, time, every_us) || (is_exposed && !plan_);
  if (is_whole) last_whole_ = time;
  return is_whole;
}

std::vector<Rect> LightLook::boxes_at(MediaTime time, std::span<const Rect> exposed) {
  std::vector<Rect> boxes;
  const auto add = [&](const Rect& box) {
    const bool known = std::ranges::any_of(boxes, [&](const Rect& other) {
      return intersection_over_union(box, other) >= same_place_overlap_min;
    });
    if (!known) boxes.push_back(box);
  };
  std::ranges::for_each(exposed, add);
  if (is_due(last_tracks_, time, tracks_every_us)) {
    last_tracks_ = time;
    for (const Region& region : regions_at(*plan_, time)) add(region.face);
  }
  auto weak = std::ranges::lower_bound(weak_, MediaTime{time.microseconds - around_weak_us}, {},
                                       &WeakMoment::time);
  for (; weak != weak_.end() && weak->time.microseconds <= time.microseconds + around_weak_us;
       ++weak) {
    add(weak->box);
  }
  return boxes;
}

Look LightLook::at(MediaTime time, std::span<const Rect> exposed) {
  Look look;
  look.full = is_whole(time, !exposed.empty());
  if (look.full || !plan_) return look;
  for (const Rect& box : boxes_at(time, exposed)) {
    if (const auto window = window_around(box, plan_->source.size)) look.windows.push_back(*window);
  }
  if (look.windows.size() > search_windows_max) return {};
  return look;
}

}  // namespace faceveil
