#include "redact/paint_video.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "redact/paint.h"
#include "redact/region_spans.h"

namespace faceveil {
namespace {

// Beyond a region's rim the veil looks this far for the colours around, as a share of the region.
constexpr float surroundings = 0.2f;
constexpr int surroundings_px = 16;
constexpr int window_step_px = 16;  // Whole chroma samples, whole fields, aligned rows.

// Which samples of one plane are touched by a region.
class Touched {
 public:
  explicit Touched(Size size)
      : size_(size), bits_(static_cast<size_t>(size.width) * static_cast<size_t>(size.height)) {}
  void add(int y, int x_begin, int x_end) {
    if (y >= size_.height) return;
    const auto row = bits_.begin() + ptrdiff_t{y} * size_.width;
    std::fill(row + x_begin, row + std::min(x_end, size_.width), true);
  }
  bool at(int x, int y) const {
    return bits_[static_cast<size_t>(y) * static_cast<size_t>(size_.width) +
                 static_cast<size_t>(x)];
  }
  Size size() const { return size_; }

 private:
  Size size_;
  std::vector<bool> bits_;
};

// In interlaced pictures rows of chroma belong to fields: a row of luma may have its chroma in
// either of two.
void add_chroma(Touched& touched, const Span& span, const VideoFrame& frame) {
  const int shift_x = frame.chroma_shift_x(), shift_y = frame.chroma_shift_y();
  const int x_begin = span.x_begin >> shift_x;
  const int x_end = ((span.x_end - 1) >> shift_x) + 1;
  const bool fields = frame.interlaced() && shift_y > 0;
  const int y = fields ? span.y / 4 * 2 : span.y >> shift_y;
  touched.add(y, x_begin, x_end);
  if (fields) touched.add(y + 1, x_begin, x_end);
}

struct Masks {
  Touched luma, chroma;
  // Of the chroma, what effects reach that must not look at what they hide.
  Touched blind_chroma;
};

Masks masks_of(VideoFrame& frame, std::span<const Region> regions) {
  const Size chroma = frame.plane(1).size;
  Masks masks = {Touched(frame.size()), Touched(chroma), Touched(chroma)};
  for (const Region& region : regions) {
    for (const Span& span : spans_of(region, frame.size())) {
      masks.luma.add(span.y, span.x_begin, span.x_end);
      add_chroma(masks.chroma, span, frame);
      if (!reads_what_it_hides(region.effect)) add_chroma(masks.blind_chroma, span, frame);
    }
  }
  return masks;
}

// Chroma that a hidden face shares with pixels beside it goes before anything is looked at: a
// straight line between what stands left and right of it, neutral where nothing does.
template <typename Sample>
void bridge_row(Sample* row, const Touched& touched, int y, Sample neutral) {
  const int width = touched.size().width;
  for (int begin = 0; begin < width; ++begin) {
    if (!touched.at(begin, y)) continue;
    int end = begin;
    while (end < width && touched.at(end, y)) ++end;
    const int left = begin > 0 ? row[begin - 1] : end < width ? row[end] : neutral;
    const int right = end < width ? row[end] : left;
    const int steps = end - begin + 1;
    for (int x = begin; x < end; ++x) {
      row[x] = static_cast<Sample>(left + (right - left) * (x - begin + 1) / steps);
    }
    begin = end;
  }
}

template <typename Sample>
void bridge_chroma(VideoFrame& frame, const Touched& touched) {
  const auto neutral = static_cast<Sample>(1 << (frame.bits_per_sample() - 1));
  for (int index = 1; index < 3; ++index) {
    const VideoPlane plane = frame.plane(index);
    for (int y = 0; y < plane.size.height; ++y) {
      bridge_row(plane.row<Sample>(y), touched, y, neutral);
    }
  }
}

// The least window that holds the region and what its effect looks at, cut to the picture.
PixelWindow window_of(const Region& region, Size picture) {
  const float margin_x = region.box.width * surroundings + surroundings_px;
  const float margin_y = region.box.height * surroundings + surroundings_px;
  const auto down = [](float value, int most) {
    const int at = static_cast<int>(std::clamp(value, 0.0f, static_cast<float>(most)));
    return at / window_step_px * window_step_px;
  };
  const auto up = [](float value, int most) {
    return static_cast<int>(std::ceil(std::clamp(value, 0.0f, static_cast<float>(most))));
  };
  PixelWindow window;
  window.x = down(region.box.x - margin_x, picture.width - 1);
  window.y = down(region.box.y - margin_y, picture.height - 1);
  window.width = std::max(1, up(region.box.right() + margin_x, picture.width) - window.x);
  window.height = std::max(1, up(region.box.bottom() + margin_y, picture.height) - window.y);
  return window;
}

PixelWindow joined(const PixelWindow& a, const PixelWindow& b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x,
          std::max(a.y + a.height, b.y + b.height) - y};
}

bool overlap(const PixelWindow& a, const PixelWindow& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// Regions that may look at each other's pixels, and the window that holds them: what lies between
// faces far apart is not made RGB and back. In the order in which they were given.
struct Group {
  PixelWindow window;
  std::vector<Region> regions;
  std::vector<size_t> order;
};

// Takes in what `other` has, each region in its place.
void take_in(Group& group, const Group& other) {
  group.window = joined(group.window, other.window);
  for (size_t i = 0; i < other.regions.size(); ++i) {
    const auto at = std::ranges::lower_bound(group.order, other.order[i]) - group.order.begin();
    group.order.insert(group.order.begin() + at, other.order[i]);
    group.regions.insert(group.regions.begin() + at, other.regions[i]);
  }
}

std::vector<Group> groups_of(std::span<const Region> regions, Size picture) {
  std::vector<Group> groups;
  for (size_t i = 0; i < regions.size(); ++i) {
    Group group{window_of(regions[i], picture), {regions[i]}, {i}};
    // A window that grew may reach others that it did not reach before.
    for (size_t g = 0; g < groups.size();) {
      if (!overlap(groups[g].window, group.window)) {
        ++g;
        continue;
      }
      take_in(group, groups[g]);
      groups.erase(groups.begin() + static_cast<ptrdiff_t>(g));
      g = 0;
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

std::vector<Region> moved(std::span<const Region> regions, const PixelWindow& window) {
  std::vector<Region> result(regions.begin(), regions.end());
  for (Region& region : result) {
    for (Rect* const rect : {&region.box, &region.face}) {
      rect->x -= static_cast<float>(window.x);
      rect->y -= static_cast<float>(window.y);
    }
  }
  return result;
}

template <typename Sample>
void copy_touched(VideoFrame& from, VideoFrame& to, const PixelWindow& window, int index,
                  const Touched& touched) {
  const VideoPlane source = from.plane(index), target = to.plane(index);
  const int x0 = index > 0 ? window.x >> to.chroma_shift_x() : window.x;
  const int y0 = index > 0 ? window.y >> to.chroma_shift_y() : window.y;
  for (int y = 0; y < source.size.height; ++y) {
    const Sample* const in = source.row<Sample>(y);
    Sample* const out = target.row<Sample>(y + y0);
    for (int x = 0; x < source.size.width; ++x) {
      if (touched.at(x + x0, y + y0)) out[x + x0] = in[x];
    }
  }
}

template <typename Sample>
Status paint_group(VideoFrame& frame, const Group& group, const Masks& masks, const Cover* cover) {
  Image image = TRY(frame.pixels(group.window));
  TRY(paint(image, moved(group.regions, group.window), cover));
  VideoFrame painted = TRY(frame.encoded_like_this(image));
  copy_touched<Sample>(painted, frame, group.window, 0, masks.luma);
  copy_touched<Sample>(painted, frame, group.window, 1, masks.chroma);
  copy_touched<Sample>(painted, frame, group.window, 2, masks.chroma);
  return {};
}

template <typename Sample>
Status paint_samples(VideoFrame& frame, std::span<const Region> regions, const Cover* cover) {
  const Masks masks = masks_of(frame, regions);
  bridge_chroma<Sample>(frame, masks.blind_chroma);
  for (const Group& group : groups_of(regions, frame.size())) {
    TRY(paint_group<Sample>(frame, group, masks, cover));
  }
  return {};
}

template <typename Sample>
void fill(const VideoPlane& plane, Sample value) {
  for (int y = 0; y < plane.size.height; ++y) {
    std::fill_n(plane.row<Sample>(y), plane.size.width, value);
  }
}

template <typename Sample>
void fill_black(VideoFrame& frame) {
  const int more_bits = frame.bits_per_sample() - 8;
  fill<Sample>(frame.plane(0), static_cast<Sample>(16 << more_bits));
  fill<Sample>(frame.plane(1), static_cast<Sample>(128 << more_bits));
  fill<Sample>(frame.plane(2), static_cast<Sample>(128 << more_bits));
}

// The lines of the review aid, as rectangles that are painted over the finished picture.
std::vector<Region> lines_around(const Region& region, int line_px) {
  const auto line = static_cast<float>(line_px);
  const Rect& box = region.face;
  std::vector<Region> lines;
  for (const Rect& rect :
       {Rect{box.x, box.y, box.width, line}, Rect{box.x, box.bottom() - line, box.width, line},
        Rect{box.x, box.y, line, box.height}, Rect{box.right() - line, box.y, line, box.height}}) {
    lines.push_back({region.track_id, rect, rect, Effect::solid, Shape::rectangle});
  }
  return lines;
}

template <typename Sample>
void draw_lines(VideoFrame& frame, std::span<const Region> regions) {
  const int more_bits = frame.bits_per_sample() - 8;
  std::vector<Region> lines;
  for (const Region& region : regions) {
    const std::vector<Region> sides = lines_around(region, frame_line_px(frame.size()));
    lines.insert(lines.end(), sides.begin(), sides.end());
  }
  const Masks masks = masks_of(frame, lines);
  constexpr int green[3] = {145, 54, 34};  // BT.601.
  for (int index = 0; index < 3; ++index) {
    const VideoPlane plane = frame.plane(index);
    const Touched& touched = index == 0 ? masks.luma : masks.chroma;
    for (int y = 0; y < plane.size.height; ++y) {
      for (int x = 0; x < plane.size.width; ++x) {
        if (!touched.at(x, y)) continue;
        plane.row<Sample>(y)[x] = static_cast<Sample>(green[index] << more_bits);
      }
    }
  }
}

}  // namespace

Status paint_video(VideoFrame& frame, std::span<const Region> regions, const Cover* cover,
                   bool draws_frames) {
  if (regions.empty()) return {};
  TRY(frame.make_own());
  const bool wide = frame.bits_per_sample() > 8;
  TRY(wide ? paint_samples<uint16_t>(frame, regions, cover)
           : paint_samples<uint8_t>(frame, regions, cover));
  if (!draws_frames) return {};
  wide ? draw_lines<uint16_t>(frame, regions) : draw_lines<uint8_t>(frame, regions);
  return {};
}

void cover_whole(VideoFrame& frame) {
  frame.bits_per_sample() > 8 ? fill_black<uint16_t>(frame) : fill_black<uint8_t>(frame);
}

}  // namespace faceveil
