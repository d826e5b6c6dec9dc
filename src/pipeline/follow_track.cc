#include "pipeline/follow_track.h"

#include <algorithm>

#include "detect/follow.h"
#include "detect/scene_cut.h"

namespace faceveil {
namespace {

constexpr int64_t way_us_max = 4'000'000;
constexpr size_t way_pictures_max = 120;  // Each is held in memory on the way back: 0.7 MB.
constexpr int64_t hold_us = 300'000;

// Share of the box added at each side, after so many pictures.
float growth_after(size_t pictures) {
  constexpr float at_once = 0.05f, a_picture = 0.004f, growth_max = 0.3f;
  return std::min(growth_max, at_once + a_picture * static_cast<float>(pictures));
}

struct Seen {
  FollowView view;
  bool begins_scene = false;
};

// The pictures from `first` to `last`, both included.
Result<std::vector<Seen>> see(FilmViewer& viewer, size_t first, size_t last) {
  std::vector<Seen> seen;
  SceneCuts cuts;
  for (size_t i = first; i <= last; ++i) {
    const VideoFrame frame = TRY(viewer.picture(i));
    const Image picture = TRY(frame.rough_picture());
    FollowView view = TRY(FollowView::create(picture));
    seen.push_back({std::move(view), cuts.is_cut(picture)});
  }
  return seen;
}

// One way from the first of the views on; `step` is +1 or -1 along them. Boxes by picture, and
// whether it was lost.
struct Way {
  std::vector<Rect> boxes;
  bool lost = false;
};

Way follow(const std::vector<Seen>& seen, ptrdiff_t begin, ptrdiff_t step, Rect box) {
  Way way;
  const auto at = [&](ptrdiff_t i) -> const Seen& { return seen[static_cast<size_t>(i)]; };
  for (ptrdiff_t i = begin; i + step >= 0 && i + step < std::ssize(seen); i += step) {
    if (at(step > 0 ? i + step : i).begins_scene) break;
    const auto next = follow_box(at(i).view, at(i + step).view, box);
    if (!next) {
      way.lost = true;
      break;
    }
    box = *next;
    way.boxes.push_back(grown(box, growth_after(way.boxes.size() + 1)));
  }
  return way;
}

// The last box of a way on which it was lost is held a little longer, over no cut.
void hold(Way& way, const std::vector<Seen>& seen, const std::vector<MediaTime>& times,
          size_t first, ptrdiff_t begin, ptrdiff_t step, Rect box) {
  if (!way.boxes.empty()) box = way.boxes.back();
  const ptrdiff_t from = begin + step * std::ssize(way.boxes);
  const auto time_of = [&](ptrdiff_t i) { return times[first + static_cast<size_t>(i)]; };
  for (ptrdiff_t i = from; i + step >= 0 && i + step < std::ssize(seen); i += step) {
    const int64_t away = time_of(i + step).microseconds - time_of(from).microseconds;
    const bool cut = seen[static_cast<size_t>(step > 0 ? i + step : i)].begins_scene;
    if (cut || std::abs(away) > hold_us) break;
    way.boxes.push_back(grown(box, growth_after(way_pictures_max)));
  }
}

}  // namespace

Result<Followed> follow_both_ways(FilmViewer& viewer, const std::vector<MediaTime>& times,
                                  size_t number, const Rect& box) {
  const int64_t now = times.at(number).microseconds;
  const size_t early = picture_at(times, {now - way_us_max});
  const size_t first = std::max(early, number - std::min(number, way_pictures_max));
  const size_t last = std::min(
      {picture_at(times, {now + way_us_max}), number + way_pictures_max, times.size() - 1});
  Followed followed;
  {
    const std::vector<Seen> seen = TRY(see(viewer, first, number));
    const ptrdiff_t begin = std::ssize(seen) - 1;
    Way way = follow(seen, begin, -1, box);
    followed.lost_before = way.lost;
    if (way.lost) hold(way, seen, times, first, begin, -1, box);
    for (size_t i = way.boxes.size(); i-- > 0;) {
      followed.keyframes.push_back({times[number - 1 - i], way.boxes[i], 1});
    }
  }
  followed.keyframes.push_back({times[number], box, 1});
  const std::vector<Seen> seen = TRY(see(viewer, number, last));
  Way way = follow(seen, 0, 1, box);
  followed.lost_behind = way.lost;
  if (way.lost) hold(way, seen, times, number, 0, 1, box);
  for (size_t i = 0; i < way.boxes.size(); ++i) {
    followed.keyframes.push_back({times[number + 1 + i], way.boxes[i], 1});
  }
  return followed;
}

}  // namespace faceveil
