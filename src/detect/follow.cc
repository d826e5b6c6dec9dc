#include "detect/follow.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "detect/resample.h"

namespace faceveil {
namespace {

constexpr int view_width_max = 480;
constexpr int levels_max = 4;
constexpr int level_side_min = 24;
constexpr int grid = 9;   // Points across and down.
constexpr int reach = 4;  // Of the window around a point, to each side.
constexpr int steps_max = 12;
constexpr float step_min = 0.02f;    // Pixels of the view.
constexpr float return_max = 1.0f;   // How far from its place a point may come back, likewise.
constexpr float points_min = 0.25f;  // Share of the grid that must come back.
constexpr float texture_min = 1.0f;  // Smaller eigenvalue a pixel of the window, of luma squared.

float median(std::vector<float> values) {
  const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

float FollowView::Level::at(float x, float y) const {
  const float inside_x = std::clamp(x, 0.0f, static_cast<float>(width - 1));
  const float inside_y = std::clamp(y, 0.0f, static_cast<float>(height - 1));
  const int left = static_cast<int>(inside_x), top = static_cast<int>(inside_y);
  const int right = std::min(left + 1, width - 1), bottom = std::min(top + 1, height - 1);
  const float dx = inside_x - static_cast<float>(left), dy = inside_y - static_cast<float>(top);
  const auto luma_at = [&](int column, int row) {
    return luma[static_cast<size_t>(row) * static_cast<size_t>(width) +
                static_cast<size_t>(column)];
  };
  const float upper = luma_at(left, top) * (1 - dx) + luma_at(right, top) * dx;
  const float lower = luma_at(left, bottom) * (1 - dx) + luma_at(right, bottom) * dx;
  return upper * (1 - dy) + lower * dy;
}

Result<FollowView> FollowView::create(const Image& picture) {
  FollowView view;
  view.picture_ = picture.size();
  const int width = std::min(view.picture_.width, view_width_max);
  const int height =
      std::max(1, static_cast<int>(int64_t{view.picture_.height} * width / view.picture_.width));
  Size size = {width, height};
  for (int i = 0; i < levels_max; ++i) {
    const Image small = TRY(resample(picture, size));
    Level level{size.width, size.height, {}};
    const size_t count = static_cast<size_t>(size.width) * static_cast<size_t>(size.height);
    level.luma.resize(count);
    const uint8_t* const rgb = small.row<uint8_t>(0);
    for (size_t at = 0; at < count; ++at) {
      level.luma[at] = 0.299f * rgb[3 * at] + 0.587f * rgb[3 * at + 1] + 0.114f * rgb[3 * at + 2];
    }
    view.levels_.push_back(std::move(level));
    size = {size.width / 2, size.height / 2};
    if (std::min(size.width, size.height) < level_side_min) break;
  }
  return view;
}

// From one view to another.
class Flow {
 public:
  Flow(const FollowView& from, const FollowView& to) : from_(from), to_(to) {}

  // Where the point (of the largest level) has gone; absent where nothing there can be told apart.
  std::optional<Point> follow(Point point) const {
    Point moved = {0, 0};
    for (size_t i = from_.levels_.size(); i-- > 0;) {
      const float share = 1.0f / static_cast<float>(1 << i);
      const auto step = refine(i, {point.x * share, point.y * share}, moved);
      if (!step && i == 0) return std::nullopt;
      if (step) moved = *step;
      if (i > 0) moved = {2 * moved.x, 2 * moved.y};
    }
    return Point{point.x + moved.x, point.y + moved.y};
  }

  float scale() const {
    return static_cast<float>(from_.levels_[0].width) / static_cast<float>(from_.picture_.width);
  }

 private:
  // Gauss and Newton's steps for the movement of the window around the point.
  std::optional<Point> refine(size_t index, Point point, Point moved) const {
    constexpr int side = 2 * reach + 1;
    const FollowView::Level& from = from_.levels_[index];
    const FollowView::Level& to = to_.levels_[index];
    std::array<float, static_cast<size_t>(side) * side> luma, across, down;
    float xx = 0, xy = 0, yy = 0;
    for (int i = 0; i < side * side; ++i) {
      const int column = i % side - reach, row = i / side - reach;
      const float x = point.x + static_cast<float>(column);
      const float y = point.y + static_cast<float>(row);
      const auto at = static_cast<size_t>(i);
      luma[at] = from.at(x, y);
      across[at] = (from.at(x + 1, y) - from.at(x - 1, y)) / 2;
      down[at] = (from.at(x, y + 1) - from.at(x, y - 1)) / 2;
      xx += across[at] * across[at];
      xy += across[at] * down[at];
      yy += down[at] * down[at];
    }
    const float weakest = ((xx + yy) - std::hypot(xx - yy, 2 * xy)) / 2;
    if (weakest < texture_min * side * side) return std::nullopt;
    const float determinant = xx * yy - xy * xy;
    for (int step = 0; step < steps_max; ++step) {
      float bx = 0, by = 0;
      for (int i = 0; i < side * side; ++i) {
        const auto at = static_cast<size_t>(i);
        const int column = i % side - reach, row = i / side - reach;
        const float difference = luma[at] - to.at(point.x + moved.x + static_cast<float>(column),
                                                  point.y + moved.y + static_cast<float>(row));
        bx += difference * across[at];
        by += difference * down[at];
      }
      const Point by_step = {(yy * bx - xy * by) / determinant, (xx * by - xy * bx) / determinant};
      moved = {moved.x + by_step.x, moved.y + by_step.y};
      if (std::hypot(by_step.x, by_step.y) < step_min) break;
    }
    return moved;
  }

  const FollowView& from_;
  const FollowView& to_;
};

namespace {

struct Pair {
  Point before, after;
};

// The points of a grid in the box that come back to where they began.
std::vector<Pair> believable(const Flow& there, const Flow& back, const Rect& box) {
  std::vector<Pair> pairs;
  for (int i = 0; i < grid * grid; ++i) {
    const int column = i % grid, row = i / grid;
    const float across = (static_cast<float>(column) + 0.5f) / grid;
    const float down = (static_cast<float>(row) + 0.5f) / grid;
    const Point point = {box.x + across * box.width, box.y + down * box.height};
    const auto after = there.follow(point);
    const auto again = after ? back.follow(*after) : std::nullopt;
    if (!again || std::hypot(again->x - point.x, again->y - point.y) > return_max) continue;
    pairs.push_back({point, *after});
  }
  return pairs;
}

// By how much the distances between the points have grown, in the median.
float growth_of(const std::vector<Pair>& pairs) {
  std::vector<float> ratios;
  for (size_t i = 0; i < pairs.size(); ++i) {
    const Pair &a = pairs[i], &b = pairs[(i + pairs.size() / 2) % pairs.size()];
    const float before = std::hypot(a.before.x - b.before.x, a.before.y - b.before.y);
    const float after = std::hypot(a.after.x - b.after.x, a.after.y - b.after.y);
    if (before > 1) ratios.push_back(after / before);
  }
  return ratios.empty() ? 1 : std::clamp(median(std::move(ratios)), 0.9f, 1.1f);
}

bool is_in_sight(const Rect& box, Size picture) {
  const float x = box.x + box.width / 2, y = box.y + box.height / 2;
  return x >= 0 && y >= 0 && x < static_cast<float>(picture.width) &&
         y < static_cast<float>(picture.height);
}

}  // namespace

std::optional<Rect> follow_box(const FollowView& from, const FollowView& to, const Rect& box) {
  const Flow there(from, to), back(to, from);
  const float scale = there.scale();
  const Rect small = {box.x * scale, box.y * scale, box.width * scale, box.height * scale};
  const std::vector<Pair> pairs = believable(there, back, small);
  if (static_cast<float>(pairs.size()) < points_min * grid * grid) return std::nullopt;
  std::vector<float> across, down;
  for (const Pair& pair : pairs) {
    across.push_back(pair.after.x - pair.before.x);
    down.push_back(pair.after.y - pair.before.y);
  }
  const float growth = growth_of(pairs);
  const float width = box.width * growth, height = box.height * growth;
  const Rect moved = {box.x + median(std::move(across)) / scale - (width - box.width) / 2,
                      box.y + median(std::move(down)) / scale - (height - box.height) / 2, width,
                      height};
  if (!is_in_sight(moved, to.picture())) return std::nullopt;
  return moved;
}

}  // namespace faceveil
