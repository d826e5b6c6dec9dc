#include "pipeline/light_look.h"

#include <algorithm>
#include <utility>

#include "detect/local_search.h"

namespace faceveil {
namespace {

constexpr int64_t whole_every_us = 500'000, tracks_every_us = 200'000;
constexpr int64_t around_weak_us = 60'000;  // Of films with 25 pictures a second one each side.
// Boxes that overlap by so much (intersection over union) lie in the same window.
constexpr float same_place_overlap_min = 0.6f;

const Keyframe& least_sure(const Track& track) {
  return *std::ranges::min_element(track.keyframes, {}, &Keyframe::score);
}

bool is_due(const std::optional<MediaTime>& last, MediaTime time, int64_t every_us) {
  return !last || time.microseconds - last->microseconds >= every_us;
}

Look nowhere() {
  Look look;
  look.full = false;
  return look;
}

// One of those that lie in the same place.
std::vector<Rect> in_places(std::span<const Rect> boxes) {
  std::vector<Rect> places;
  for (const Rect& box : boxes) {
    const bool known = std::ranges::any_of(places, [&](const Rect& other) {
      return intersection_over_union(box, other) >= same_place_overlap_min;
    });
    if (!known) places.push_back(box);
  }
  return places;
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

std::vector<Rect> LightLook::boxes_at(MediaTime time) {
  std::vector<Rect> boxes;
  if (is_due(last_tracks_, time, tracks_every_us)) {
    last_tracks_ = time;
    for (const Region& region : regions_at(*plan_, time)) boxes.push_back(region.face);
  }
  auto weak = std::ranges::lower_bound(weak_, MediaTime{time.microseconds - around_weak_us}, {},
                                       &WeakMoment::time);
  for (; weak != weak_.end() && weak->time.microseconds <= time.microseconds + around_weak_us;
       ++weak) {
    boxes.push_back(weak->box);
  }
  return boxes;
}

Look LightLook::at(MediaTime time) {
  if (is_due(last_whole_, time, whole_every_us)) {
    last_whole_ = time;
    return {};
  }
  return plan_ ? around(boxes_at(time)) : nowhere();
}

Look LightLook::around(std::span<const Rect> boxes) const {
  Look look = nowhere();
  if (boxes.empty()) return look;
  if (!plan_) return {};
  for (const Rect& box : in_places(boxes)) {
    if (const auto window = window_around(box, plan_->source.size)) look.windows.push_back(*window);
  }
  if (look.windows.size() > search_windows_max) return {};
  return look;
}

}  // namespace faceveil
