#include "detect/tracker.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/check.h"
#include "detect/tracking/association.h"
#include "detect/tracking/smoothing.h"

namespace faceveil {
namespace {

using tracking::Chain;
using tracking::Course;
using tracking::Place;

constexpr float window_grow = 1.0f;    // Of an expected box, at each side.
constexpr float window_side_min = 96;  // The networks need something around a face.
// Each costs about a seventieth of the whole picture, whatever their sizes: with more of them the
// whole picture is not much dearer, and shows more.
constexpr size_t windows_max = 32;

tracking::AssociationOptions association(const TrackerOptions& options) {
  return {options.start_min, options.gap_us_max};
}

// Whole pixels inside the picture; empty where the box lies outside.
Rect window_around(const Rect& expected, Size picture) {
  Rect wide = grown(expected, window_grow);
  const float more = std::max(0.0f, window_side_min - std::min(wide.width, wide.height)) / 2;
  const float left = std::max(0.0f, std::floor(wide.x - more));
  const float top = std::max(0.0f, std::floor(wide.y - more));
  const float right =
      std::min<float>(static_cast<float>(picture.width), std::ceil(wide.right() + more));
  const float bottom =
      std::min<float>(static_cast<float>(picture.height), std::ceil(wide.bottom() + more));
  return {left, top, right - left, bottom - top};
}

// Keyframes where the box changes; in between it stands still, as box_at will say.
std::vector<Keyframe> keyframes_of(const Course& course, std::span<const MediaTime> times) {
  std::vector<Keyframe> keyframes;
  const auto& boxes = course.boxes;
  for (size_t i = 0; i < boxes.size(); ++i) {
    const bool inside = i > 0 && i + 1 < boxes.size();
    if (inside && boxes[i] == boxes[i - 1] && boxes[i] == boxes[i + 1]) continue;
    keyframes.push_back(
        {times[course.first + i], boxes[i], std::clamp(course.scores[i], 0.0f, 1.0f)});
  }
  return keyframes;
}

}  // namespace

Tracker::Tracker(TrackerOptions options, Size picture)
    : options_(options), picture_(picture), forward_(association(options)) {
  CHECK(options.detect_every >= 1 && options.detect_every <= detect_every_max);
}

bool Tracker::is_full(MediaTime time, bool first_of_scene) const {
  if (first_of_scene || since_cut_ < options_.full_after_cut ||
      since_full_ + 1 >= options_.detect_every) {
    return true;
  }
  // Would the next picture be too late?
  return time.microseconds - last_full_.microseconds + step_us(time) > full_search_us_max;
}

// The next picture is expected as far off as the one before was.
int64_t Tracker::step_us(MediaTime time) const {
  return time.microseconds - moments_.back().time.microseconds;
}

// Asked of full searches. Would the next one be too late?
bool Tracker::is_harder(MediaTime time, bool first_of_scene) const {
  if (options_.harder_us_max == 0) return false;
  if (first_of_scene) return true;
  const int64_t step = step_us(time);
  const int64_t next = std::min(options_.detect_every * step, std::max(full_search_us_max, step));
  return time.microseconds - last_harder_.microseconds + next > options_.harder_us_max;
}

// A face first seen shortly behind a cut stood there since the cut: heads do not appear out of
// nothing. The same at the scene's end. Of a doubtful face this holds only where not every picture
// is searched in full: there few looks could have seen it, and it may have come right behind the
// last one.
tracking::Extension Tracker::extension_of(const Chain& chain, float best) const {
  const bool sure = best >= options_.start_min || std::ssize(chain) >= options_.steady_sightings;
  if (!sure && options_.detect_every == 1) {
    return {options_.extend_doubtful_us, options_.extend_doubtful_us};
  }
  const auto [begin, end] = scene_of(chain.front().moment);
  const auto us_between = [&](int a, int b) {
    return moments_[b].time.microseconds - moments_[a].time.microseconds;
  };
  const auto reach = [&](int64_t to_the_cut_us) {
    return to_the_cut_us <= options_.gap_us_max ? std::max(to_the_cut_us, options_.extend_us)
                                                : options_.extend_us;
  };
  return {reach(us_between(begin, chain.front().moment)),
          reach(us_between(chain.back().moment, end - 1))};
}

Look Tracker::look(MediaTime time, bool first_of_scene) {
  CHECK(!is_looking_);
  CHECK(moments_.empty() || moments_.back().time < time);
  is_looking_ = true;
  first_of_scene |= moments_.empty();
  if (first_of_scene) {
    forward_.forget_all();
    since_cut_ = 0;
  }
  Look look;
  look.full = is_full(time, first_of_scene);
  const bool rests = time.microseconds - last_search_.microseconds < options_.window_us_min;
  if (!look.full && !rests) look.windows = windows_at(time);
  if (look.windows.size() > windows_max) look = {};
  look.harder = look.full && is_harder(time, first_of_scene);
  moments_.push_back({time, first_of_scene, {}});
  note(look, time);
  return look;
}

void Tracker::note(const Look& look, MediaTime time) {
  if (look.full) last_full_ = time;
  if (look.harder) last_harder_ = time;
  if (look.full || !look.windows.empty()) last_search_ = time;
  since_full_ = look.full ? 0 : since_full_ + 1;
  ++since_cut_;
}

std::vector<SearchWindow> Tracker::windows_at(MediaTime time) const {
  std::vector<SearchWindow> windows;
  for (const Rect& expected : forward_.expected_at(time)) {
    const Rect area = window_around(expected, picture_);
    if (area.width > 0 && area.height > 0) windows.push_back({area, std::sqrt(expected.area())});
  }
  std::ranges::sort(windows, {}, [](const SearchWindow& window) {
    const Rect& area = window.area;
    return std::tuple(area.y, area.x, area.height, area.width, window.side_px);
  });
  return windows;
}

void Tracker::observe(std::span<const Face> faces) {
  CHECK(is_looking_);
  is_looking_ = false;
  Moment& moment = moments_.back();
  for (const Face& face : faces) {
    const bool usable = face.score >= options_.continue_min && face.box.area() > 0;
    if (usable) moment.seen.push_back({face.box, face.score});
  }
  std::ranges::sort(moment.seen, {}, [](const Sighting& seen) {
    const Rect& box = seen.box;
    return std::tuple(box.x, box.y, box.width, box.height, seen.score);
  });
  forward_.step(moment, static_cast<int>(moments_.size()) - 1);
}

Tracker::Scene Tracker::scene_of(int moment) const {
  int begin = moment, end = moment + 1;
  while (!moments_[begin].first_of_scene) --begin;
  while (end < std::ssize(moments_) && !moments_[end].first_of_scene) ++end;
  return {begin, end};
}

std::optional<Track> Tracker::track_of(const Chain& chain, std::span<const MediaTime> times) const {
  const auto [begin, end] = scene_of(chain.front().moment);
  float best = 0;
  std::vector<Place> places;
  for (const tracking::SightingId& id : chain) {
    const Sighting& sighting = moments_[id.moment].seen[id.index];
    best = std::max(best, sighting.score);
    places.push_back({id.moment - begin, sighting});
  }
  if (best < options_.ask_min) return std::nullopt;
  Track track;
  track.needs_review = best < options_.start_min;
  const tracking::Extension extension = extension_of(chain, best);
  const auto scene = times.subspan(begin, end - begin);
  track.keyframes = keyframes_of(tracking::course_of(scene, places, extension), scene);
  return track;
}

std::vector<Track> Tracker::finish() {
  CHECK(!is_looking_);
  std::vector<MediaTime> times;
  for (const Moment& moment : moments_) times.push_back(moment.time);
  std::vector<Track> tracks;
  for (const Chain& chain : chains_of(moments_, forward_, association(options_))) {
    if (auto track = track_of(chain, times)) tracks.push_back(std::move(*track));
  }
  std::ranges::stable_sort(tracks, {},
                           [](const Track& track) { return track.keyframes.front().time; });
  for (size_t i = 0; i < tracks.size(); ++i) tracks[i].id = static_cast<uint32_t>(i) + 1;
  return tracks;
}

}  // namespace faceveil
