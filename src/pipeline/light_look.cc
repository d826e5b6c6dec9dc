#include "pipeline/light_look.h"

#include <algorithm>

namespace faceveil {
namespace {

constexpr int64_t look_every_us = 200'000;
constexpr int64_t around_weak_us = 60'000;  // Of films with 25 pictures a second one each side.

MediaTime least_sure(const Track& track) {
  return std::ranges::min_element(track.keyframes, {}, &Keyframe::score)->time;
}

}  // namespace

LightLook::LightLook(const RedactionPlan* plan) {
  if (!plan) return;
  for (const Track& track : plan->tracks) {
    if (track.decision != Decision::hide) continue;
    weak_.push_back(track.keyframes.front().time);
    weak_.push_back(track.keyframes.back().time);
    weak_.push_back(least_sure(track));
  }
  std::ranges::sort(weak_, {}, &MediaTime::microseconds);
}

bool LightLook::wants(MediaTime time) {
  const auto next = std::ranges::lower_bound(weak_, time.microseconds - around_weak_us, {},
                                             &MediaTime::microseconds);
  const bool is_weak =
      next != weak_.end() && next->microseconds <= time.microseconds + around_weak_us;
  if (time < due_) return is_weak;
  due_ = {time.microseconds + look_every_us};
  return true;
}

}  // namespace faceveil
