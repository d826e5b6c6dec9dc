#include "detect/tracking/association.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <tuple>

namespace faceveil::tracking {
namespace {

constexpr float speed_share_of_new = 0.5f;      // The rest is the speed known so far.
constexpr int64_t predicted_us_max = 300'000;   // Nobody keeps a direction for longer.
constexpr float reach = 0.8f;                   // Face sides between expected and seen centre.
constexpr float reach_at_longest_gap = 1.6f;    // Grows with the time unseen.
constexpr float size_ratio_min = 0.5f;          // Of the smaller to the larger side.
constexpr float affinity_kept_over_gap = 0.5f;  // A link over the longest gap counts half.
constexpr float speed_max_sides_a_second = 12;  // Faster is a wrong link.

Point centre(const Rect& box) { return {box.x + box.width / 2, box.y + box.height / 2}; }
float side(const Rect& box) { return std::sqrt(box.area()); }

// Settles equal affinities the same way whatever the order of arrival and the direction of time.
auto place(const Rect& box) { return std::tuple(box.x, box.y, box.width, box.height); }

struct Pair {
  size_t expected = 0, seen = 0;
  float affinity = 0;
};

}  // namespace

Rect Pass::predicted(const Expected& face, MediaTime time) const {
  const int64_t gone_us = std::abs(time.microseconds - face.last_time.microseconds);
  const float seconds = static_cast<float>(std::min(gone_us, predicted_us_max)) / 1e6f;
  Rect box = face.last.box;
  box.x += face.speed.x * seconds;
  box.y += face.speed.y * seconds;
  return box;
}

// In [0, 1]; 0: cannot be the same face. Near, alike in size, and lately seen is best.
float Pass::affinity(const Expected& face, const Sighting& seen, MediaTime time) const {
  const Rect expected = predicted(face, time);
  const float gap_share =
      static_cast<float>(std::abs(time.microseconds - face.last_time.microseconds)) /
      static_cast<float>(options_.gap_us_max);
  const float a = side(expected), b = side(seen.box);
  const float size_ratio = std::min(a, b) / std::max(a, b);
  const Point p = centre(expected), q = centre(seen.box);
  const float distance = std::hypot(p.x - q.x, p.y - q.y) / std::max(a, b);
  const float allowed = reach + gap_share * (reach_at_longest_gap - reach);
  if (size_ratio < size_ratio_min || distance >= allowed) return 0;
  const float nearness = 1 - distance / allowed;
  const float overlap = intersection_over_union(expected, seen.box);
  const float likeness = (nearness * size_ratio + overlap) / 2;
  return likeness * (1 - gap_share * (1 - affinity_kept_over_gap));
}

void Pass::renew(Expected& face, const Sighting& seen, SightingId id, MediaTime time) const {
  const float seconds =
      static_cast<float>(std::abs(time.microseconds - face.last_time.microseconds)) / 1e6f;
  const Point from = centre(face.last.box), to = centre(seen.box);
  const float fastest = speed_max_sides_a_second * side(seen.box);
  const auto mixed = [&](float known, float distance) {
    const float measured = std::clamp(distance / seconds, -fastest, fastest);
    return known + speed_share_of_new * (measured - known);
  };
  face.speed = {mixed(face.speed.x, to.x - from.x), mixed(face.speed.y, to.y - from.y)};
  face.last = seen;
  face.last_time = time;
  face.id = id;
}

void Pass::link_group(const Moment& moment, int index, bool sure, std::vector<bool>& taken) {
  std::vector<Pair> pairs;
  for (size_t e = 0; e < matched_.size(); ++e) {
    if (matched_[e]) continue;
    for (size_t s = 0; s < moment.seen.size(); ++s) {
      if (taken[s] || (moment.seen[s].score >= options_.sure_min) != sure) continue;
      const float value = affinity(expected_[e], moment.seen[s], moment.time);
      if (value > 0) pairs.push_back({e, s, value});
    }
  }
  std::ranges::sort(pairs, [&](const Pair& a, const Pair& b) {
    const auto key = [&](const Pair& pair) {
      return std::tuple(-pair.affinity, place(expected_[pair.expected].last.box),
                        place(moment.seen[pair.seen].box), expected_[pair.expected].id);
    };
    return key(a) < key(b);
  });
  for (const Pair& pair : pairs) {
    if (matched_[pair.expected] || taken[pair.seen]) continue;
    matched_[pair.expected] = taken[pair.seen] = true;
    Expected& face = expected_[pair.expected];
    const SightingId id{index, static_cast<int>(pair.seen)};
    links_.push_back({std::min(face.id, id), std::max(face.id, id), pair.affinity});
    renew(face, moment.seen[pair.seen], id, moment.time);
  }
}

void Pass::step(const Moment& moment, int index) {
  std::erase_if(expected_, [&](const Expected& face) {
    return std::abs(moment.time.microseconds - face.last_time.microseconds) > options_.gap_us_max;
  });
  matched_.assign(expected_.size(), false);
  std::vector<bool> taken(moment.seen.size(), false);
  link_group(moment, index, /*sure=*/true, taken);
  link_group(moment, index, /*sure=*/false, taken);
  for (size_t s = 0; s < moment.seen.size(); ++s) {
    if (taken[s]) continue;
    expected_.push_back({{index, static_cast<int>(s)}, moment.seen[s], moment.time, {}});
  }
}

std::vector<Rect> Pass::expected_at(MediaTime time) const {
  std::vector<Rect> boxes;
  for (const Expected& face : expected_) boxes.push_back(predicted(face, time));
  return boxes;
}

std::vector<Chain> chains_of(std::span<const Moment> moments, const Pass& forward,
                             const AssociationOptions& options) {
  Pass backward(options);
  for (int i = static_cast<int>(moments.size()) - 1; i >= 0; --i) {
    backward.step(moments[i], i);
    if (moments[i].first_of_scene) backward.forget_all();
  }
  std::vector<Link> links = forward.links();
  links.insert(links.end(), backward.links().begin(), backward.links().end());
  std::ranges::sort(links, [](const Link& a, const Link& b) {
    return std::tuple(-a.affinity, a.earlier, a.later) <
           std::tuple(-b.affinity, b.earlier, b.later);
  });

  std::map<SightingId, SightingId> next, previous;
  for (const Link& link : links) {
    if (next.contains(link.earlier) || previous.contains(link.later)) continue;
    next[link.earlier] = link.later;
    previous[link.later] = link.earlier;
  }
  std::vector<Chain> chains;
  for (int m = 0; m < static_cast<int>(moments.size()); ++m) {
    for (int s = 0; s < static_cast<int>(moments[m].seen.size()); ++s) {
      if (previous.contains({m, s})) continue;
      Chain chain = {{m, s}};
      for (auto at = next.find({m, s}); at != next.end(); at = next.find(at->second)) {
        chain.push_back(at->second);
      }
      chains.push_back(std::move(chain));
    }
  }
  return chains;
}

}  // namespace faceveil::tracking
