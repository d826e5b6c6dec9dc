#include "detect/tracking/smoothing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "base/check.h"

namespace faceveil::tracking {
namespace {

constexpr double gap_growth = 0.25;  // Share of the box at each side, where least is known,
constexpr double gap_growth_full_us = 500'000;  // which is so far from any sighting.
constexpr double end_growth = 0.15;             // The same in an extension,
constexpr double end_growth_full_us = 300'000;  // so far out; nobody keeps a direction for longer.
constexpr int speed_places = 6;                 // Sightings that give the speed at an end.
constexpr double speed_ignored_sides = 0.1;     // Sides a second: less is noise of the boxes.
constexpr double speed_max_sides = 6;           // Sides a second.
constexpr int union_pictures = 2;               // Before and after.
constexpr double blur_share = 0.5;          // Of a picture's movement: faces smear while exposed.
constexpr int speed_pictures = 8;           // Before and after, for a border's own speed.
constexpr double still_side_share = 0.004;  // Sides a picture: slower is still.
constexpr double still_rate_share = 0.002;  // Sides a picture that a still border moves,
constexpr double still_rate_max = 0.9;      // and pixels: less than one, whatever the size.
constexpr double follow_share = 1.25;       // A border falls back as fast as the face moves.

// The four borders as numbers that grow outwards: left and top are negative.
using Borders = std::array<double, 4>;

Borders borders_of(const Rect& box) {
  return {-static_cast<double>(box.x), -static_cast<double>(box.y),
          static_cast<double>(box.x) + box.width, static_cast<double>(box.y) + box.height};
}

double side_of(const Borders& b) { return std::sqrt((b[0] + b[2]) * (b[1] + b[3])); }

Borders grown(Borders b, double share) {
  const double x = share * (b[0] + b[2]), y = share * (b[1] + b[3]);
  return {b[0] + x, b[1] + y, b[2] + x, b[3] + y};
}

Borders united(const Borders& a, const Borders& b) {
  Borders both = a;
  for (int i = 0; i < 4; ++i) both[i] = std::max(a[i], b[i]);
  return both;
}

double us_between(MediaTime a, MediaTime b) {
  return static_cast<double>(std::abs(b.microseconds - a.microseconds));
}

class Smoothing {
 public:
  Smoothing(std::span<const MediaTime> times, std::span<const Place> places, Extension extension)
      : times_(times), places_(places) {
    const auto before_us = static_cast<double>(extension.before_us);
    const auto after_us = static_cast<double>(extension.after_us);
    first_ = places.front().picture;
    last_ = places.back().picture;
    const MediaTime begin = times_[first_], end = times_[last_];
    while (first_ > 0 && us_between(times_[first_ - 1], begin) <= before_us) --first_;
    while (last_ + 1 < std::ssize(times_) && us_between(times_[last_ + 1], end) <= after_us) {
      ++last_;
    }
    borders_.resize(last_ - first_ + 1);
    scores_.resize(borders_.size());
    fill();
  }

  Course finished() {
    unite_neighbours();
    slow_down();
    Course course{first_, {}, scores_};
    for (const Borders& b : borders_) {
      const auto left = static_cast<float>(-std::ceil(b[0])),
                 top = static_cast<float>(-std::ceil(b[1]));
      course.boxes.push_back({left, top, static_cast<float>(std::ceil(b[2])) - left,
                              static_cast<float>(std::ceil(b[3])) - top});
    }
    return course;
  }

 private:
  Borders& at(int picture) { return borders_[picture - first_]; }

  void fill() {
    for (size_t i = 0; i < places_.size(); ++i) {
      at(places_[i].picture) = borders_of(places_[i].sighting.box);
      scores_[places_[i].picture - first_] = places_[i].sighting.score;
      if (i > 0) fill_gap(places_[i - 1], places_[i]);
    }
    const int count = std::min<int>(speed_places, static_cast<int>(places_.size()));
    extend(places_.front(), places_[count - 1], first_);
    extend(places_.back(), places_[places_.size() - count], last_);
  }

  void fill_gap(const Place& a, const Place& b) {
    const Borders from = borders_of(a.sighting.box), to = borders_of(b.sighting.box);
    const double whole = us_between(times_[a.picture], times_[b.picture]);
    for (int p = a.picture + 1; p < b.picture; ++p) {
      const double gone = us_between(times_[a.picture], times_[p]), left = whole - gone;
      Borders here;
      for (int i = 0; i < 4; ++i) here[i] = from[i] + gone / whole * (to[i] - from[i]);
      at(p) = grown(here, gap_growth * std::min(1.0, std::min(gone, left) / gap_growth_full_us));
    }
  }

  // From the outermost sighting to picture `until`, on the side away from `inner`: the face may
  // have stayed or have kept its speed for a while.
  void extend(const Place& outer, const Place& inner, int until) {
    const Borders here = borders_of(outer.sighting.box);
    const Point speed = speed_at(outer, inner);
    const int step = until < outer.picture ? -1 : 1;
    for (int p = outer.picture; p != until;) {
      p += step;
      const double gone =
          std::min(us_between(times_[outer.picture], times_[p]), end_growth_full_us);
      const double x = speed.x * gone, y = speed.y * gone;
      const Borders moved = {here[0] - x, here[1] - y, here[2] + x, here[3] + y};
      at(p) = grown(united(here, moved), end_growth * gone / end_growth_full_us);
    }
  }

  // Pixels a microsecond, away from `inner`.
  Point speed_at(const Place& outer, const Place& inner) const {
    if (outer.picture == inner.picture) return {};
    const Borders a = borders_of(inner.sighting.box), b = borders_of(outer.sighting.box);
    const double us = us_between(times_[inner.picture], times_[outer.picture]);
    const double x = (b[2] - b[0] - a[2] + a[0]) / 2 / us, y = (b[3] - b[1] - a[3] + a[1]) / 2 / us;
    const double sides = std::hypot(x, y) * 1e6 / side_of(b);
    if (sides < speed_ignored_sides) return {};
    const double kept = std::min(1.0, speed_max_sides / sides);
    return {static_cast<float>(x * kept), static_cast<float>(y * kept)};
  }

  // Each box becomes the union of those shortly before and after it, and grows by what a face
  // smears while it is exposed.
  void unite_neighbours() {
    const std::vector<Borders> seen = borders_;
    const int count = static_cast<int>(seen.size());
    for (int p = 0; p < count; ++p) {
      const int begin = std::max(0, p - union_pictures),
                end = std::min(count - 1, p + union_pictures);
      for (int q = begin; q <= end; ++q) borders_[p] = united(borders_[p], seen[q]);
      for (int i = 0; i < 4; ++i) borders_[p][i] += blur_share * speed(seen, p, i);
    }
  }

  // How fast a border moves around picture p, in pixels a picture; 0 for a still one.
  double speed(const std::vector<Borders>& boxes, int p, int border) const {
    const int count = static_cast<int>(boxes.size());
    const int begin = std::max(0, p - speed_pictures),
              end = std::min(count - 1, p + speed_pictures);
    if (begin == end) return 0;
    const double moved = std::abs(boxes[end][border] - boxes[begin][border]) / (end - begin);
    const double still = std::max(still_rate_max, still_side_share * side_of(boxes[p]));
    return moved < still ? 0 : moved;
  }

  // No border moves by more than its rate from one picture to the next: where it would, it starts
  // earlier and falls back later, always outside of what it was. A still border has a rate below
  // one pixel, so that whole pixels move by one at most.
  void slow_down() {
    const std::vector<Borders> boxes = borders_;
    const int count = static_cast<int>(boxes.size());
    for (int i = 0; i < 4; ++i) {
      std::vector<double> rate(count);
      for (int p = 0; p < count; ++p) {
        const double still = std::min(still_rate_max, still_rate_share * side_of(boxes[p]) + 0.1);
        rate[p] = std::max(still, follow_share * speed(boxes, p, i));
      }
      for (int p = 1; p < count; ++p)
        borders_[p][i] =
            std::max(borders_[p][i], borders_[p - 1][i] - std::max(rate[p], rate[p - 1]));
      for (int p = count - 2; p >= 0; --p)
        borders_[p][i] =
            std::max(borders_[p][i], borders_[p + 1][i] - std::max(rate[p], rate[p + 1]));
    }
  }

  std::span<const MediaTime> times_;
  std::span<const Place> places_;
  int first_ = 0, last_ = 0;  // Pictures of the scene.
  std::vector<Borders> borders_;
  std::vector<float> scores_;
};

}  // namespace

Course course_of(std::span<const MediaTime> times, std::span<const Place> places,
                 Extension extension) {
  CHECK(!places.empty());
  return Smoothing(times, places, extension).finished();
}

}  // namespace faceveil::tracking
