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
constexpr int speed_places[] = {6, 15};         // Sightings that give the speed at an end.
constexpr double end_noise_sides = 0.2;         // Sides that two of them may be apart by noise.
constexpr double speed_max_sides = 6;           // Sides a second.
constexpr int union_pictures = 2;               // Before and after.
constexpr double blur_share = 0.5;  // Of a picture's movement: faces smear while exposed.

// How fast a border moves: the median of its movements over so many pictures, around the picture.
// One sighting that is too large, or a box that changes between two sizes, does not move the
// median.
struct SpeedWindow {
  int reach = 0;  // Pictures before and after.
  int step = 0;   // Pictures.
};
constexpr SpeedWindow speed_windows[] = {{8, 4}, {30, 20}, {90, 60}};
constexpr double still_side_share = 0.12;  // Sides: a middle that moved by less in a step is still.
constexpr double still_growth_share = 0.2;  // The same of half a side.
constexpr double still_rate_share = 0.002;  // Sides a picture that a still border moves,
constexpr double still_rate_max = 0.9;      // and pixels: less than one, whatever the size.
constexpr int follow_pictures = 8;          // Before and after: borders move as fast as there.
constexpr double follow_share = 1.25;       // A border falls back as fast as the face moves.

// The four borders as numbers that grow outwards: left and top are negative.
using Borders = std::array<double, 4>;

Borders borders_of(const Rect& box) {
  return {-static_cast<double>(box.x), -static_cast<double>(box.y),
          static_cast<double>(box.x) + box.width, static_cast<double>(box.y) + box.height};
}

// Where the middle is, and half of the sides.
Borders middle_and_halves(const Borders& b) {
  return {(b[2] - b[0]) / 2, (b[3] - b[1]) / 2, (b[2] + b[0]) / 2, (b[3] + b[1]) / 2};
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
    line_.resize(borders_.size());
    scores_.resize(borders_.size());
    fill();
  }

  Course finished() {
    measure_speeds();
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
  void put(int picture, const Borders& face, const Borders& hidden) {
    line_[picture - first_] = middle_and_halves(face);
    borders_[picture - first_] = hidden;
  }

  void fill() {
    for (size_t i = 0; i < places_.size(); ++i) {
      const Borders seen = borders_of(places_[i].sighting.box);
      put(places_[i].picture, seen, seen);
      scores_[places_[i].picture - first_] = places_[i].sighting.score;
      if (i > 0) fill_gap(places_[i - 1], places_[i]);
    }
    const std::vector<Place> from_the_end(places_.rbegin(), places_.rend());
    extend(places_, first_);
    extend(from_the_end, last_);
  }

  void fill_gap(const Place& a, const Place& b) {
    const Borders from = borders_of(a.sighting.box), to = borders_of(b.sighting.box);
    const double whole = us_between(times_[a.picture], times_[b.picture]);
    for (int p = a.picture + 1; p < b.picture; ++p) {
      const double gone = us_between(times_[a.picture], times_[p]), left = whole - gone;
      Borders here;
      for (int i = 0; i < 4; ++i) here[i] = from[i] + gone / whole * (to[i] - from[i]);
      const double unknown = std::min(1.0, std::min(gone, left) / gap_growth_full_us);
      put(p, here, grown(here, gap_growth * unknown));
    }
  }

  // From the outermost sighting, the first of `inwards`, to picture `until`: the face may have
  // stayed or have kept its speed for a while.
  void extend(std::span<const Place> inwards, int until) {
    const Place& outer = inwards.front();
    const Borders here = borders_of(outer.sighting.box);
    const Point speed = speed_at_end(inwards);
    const int step = until < outer.picture ? -1 : 1;
    for (int p = outer.picture; p != until;) {
      p += step;
      const double gone =
          std::min(us_between(times_[outer.picture], times_[p]), end_growth_full_us);
      const double x = speed.x * gone, y = speed.y * gone;
      const Borders moved = {here[0] - x, here[1] - y, here[2] + x, here[3] + y};
      put(p, moved, grown(united(here, moved), end_growth * gone / end_growth_full_us));
    }
  }

  // Outwards. The latest movement that is more than noise; a slow face shows one after a while.
  Point speed_at_end(std::span<const Place> inwards) const {
    for (const int places : speed_places) {
      const auto last = std::min(inwards.size(), static_cast<size_t>(places)) - 1;
      const Point speed = speed_between(inwards[last], inwards.front());
      if (speed != Point{}) return speed;
    }
    return {};
  }

  // Pixels a microsecond, away from `inner`; none where the face moved by no more than noise.
  Point speed_between(const Place& inner, const Place& outer) const {
    if (outer.picture == inner.picture) return {};
    const Borders a = borders_of(inner.sighting.box), b = borders_of(outer.sighting.box);
    const double us = us_between(times_[inner.picture], times_[outer.picture]);
    const double x = (b[2] - b[0] - a[2] + a[0]) / 2, y = (b[3] - b[1] - a[3] + a[1]) / 2;
    const double sides = std::hypot(x, y) / side_of(b);
    if (sides < end_noise_sides) return {};
    const double kept = std::min(1.0, speed_max_sides / (sides * 1e6 / us)) / us;
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
      for (int i = 0; i < 4; ++i) borders_[p][i] += blur_share * speeds_[p][i];
    }
  }

  // In pixels a picture; 0 for a still border. Growth where the face is not known is no movement.
  void measure_speeds() {
    const int count = static_cast<int>(line_.size());
    speeds_.assign(count, {});
    for (int p = 0; p < count; ++p) {
      for (int axis = 0; axis < 2; ++axis) {
        const double moved = fastest(p, axis, still_side_share);
        const double grew = fastest(p, axis + 2, still_growth_share);
        speeds_[p][axis] = speeds_[p][axis + 2] = moved + grew;
      }
    }
  }

  double fastest(int p, int coordinate, double still_share) {
    double fastest = 0;
    for (const SpeedWindow& window : speed_windows) {
      fastest = std::max(fastest, speed(window, p, coordinate, still_share));
    }
    return fastest;
  }

  double speed(const SpeedWindow& window, int p, int coordinate, double still_share) {
    const int count = static_cast<int>(line_.size());
    const int begin = std::clamp(p - window.reach, 0, std::max(0, count - 2 * window.reach - 1));
    const int end = std::min(count, begin + 2 * window.reach + 1) - window.step;
    if (end - begin < window.step) return 0;  // Too few to tell movement from noise.
    moved_.clear();
    for (int q = begin; q < end; ++q) {
      moved_.push_back(line_[q + window.step][coordinate] - line_[q][coordinate]);
    }
    std::ranges::sort(moved_);
    // Of an even number the mean of both in the middle: the same in either direction of time.
    const size_t last = moved_.size() - 1;
    const double moved = std::abs(moved_[last / 2] + moved_[last - last / 2]) / 2;
    const double side = 2 * std::sqrt(line_[p][2] * line_[p][3]);
    return moved < still_share * side ? 0 : moved / window.step;
  }

  // A face that turns back stands for a moment, and its borders must not fall behind there.
  double fastest_near(int p, int border) const {
    const int end = std::min(static_cast<int>(speeds_.size()), p + follow_pictures + 1);
    double fastest = 0;
    for (int q = std::max(0, p - follow_pictures); q < end; ++q) {
      fastest = std::max(fastest, speeds_[q][border]);
    }
    return fastest;
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
        rate[p] = std::max(still, follow_share * fastest_near(p, i));
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
  int first_ = 0, last_ = 0;      // Pictures of the scene.
  std::vector<Borders> line_;     // Where the face is, as far as is known: middle and halves.
  std::vector<Borders> borders_;  // What is hidden.
  std::vector<Borders> speeds_;   // Of the face's borders.
  std::vector<double> moved_;     // Working memory.
  std::vector<float> scores_;
};

}  // namespace

Course course_of(std::span<const MediaTime> times, std::span<const Place> places,
                 Extension extension) {
  CHECK(!places.empty());
  return Smoothing(times, places, extension).finished();
}

}  // namespace faceveil::tracking
