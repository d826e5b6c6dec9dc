#include "redact/jpeg_clusters.h"

#include <cmath>
#include <limits>

#include "redact/blur.h"
#include "redact/paint.h"

namespace faceveil {
namespace {

// Fancy upsampling mixes a pixel's chroma with that of the next sample, at most two pixels away.
constexpr int chroma_reach_px = 2;

// The face's box in stored pixels, in whole pixels outwards: where its green frame is.
PixelBox frame_box(const Region& stored) {
  const Rect& face = stored.face;
  const int left = static_cast<int>(std::floor(face.x)), top = static_cast<int>(std::floor(face.y));
  return {left, top, static_cast<int>(std::ceil(face.right())) - left,
          static_cast<int>(std::ceil(face.bottom())) - top};
}

void add_frame(const Region& stored, int line_px, McuSet& mcus) {
  const PixelBox box = frame_box(stored);
  const int reach = chroma_reach_px;
  const auto add = [&](int left, int top, int right, int bottom) {
    mcus.add_pixels(left - reach, top - reach, right + reach, bottom + reach);
  };
  const int right = box.x + box.width, bottom = box.y + box.height;
  add(box.x, box.y, right, box.y + line_px);
  add(box.x, bottom - line_px, right, bottom);
  add(box.x, box.y, box.x + line_px, bottom);
  add(right - line_px, box.y, right, bottom);
}

// What painting the region looks at or changes: all of this has to be in one cluster.
void add_reach(const StoredRegion& region, bool frames, Size mcu_pixels, McuSet& mcus) {
  const bool blurs = region.stored.effect == Effect::blur;
  // The upright face's width sets the kernel, and may be the stored one's height.
  const int kernel_px = blurs ? blur_kernel_px(region.upright->face.width) : 0;
  const int margin = std::max(mcu_pixels.width, mcu_pixels.height) + chroma_reach_px + kernel_px;
  PixelBox box = bounding_box(region.spans);
  mcus.add_pixels(box.x - margin, box.y - margin, box.x + box.width + margin,
                  box.y + box.height + margin);
  if (!frames) return;
  box = frame_box(region.stored);
  mcus.add_pixels(box.x - margin, box.y - margin, box.x + box.width + margin,
                  box.y + box.height + margin);
}

// Numbers the connected parts of a set, corners included, from 0; -1 outside the set.
class Parts {
 public:
  explicit Parts(const McuSet& set)
      : set_(set),
        numbers_(static_cast<size_t>(set.count().width) * static_cast<size_t>(set.count().height),
                 -1) {
    for (int y = 0; y < set.count().height; ++y) {
      for (int x = 0; x < set.count().width; ++x) {
        if (set.has(x, y) && at(x, y) < 0) spread(x, y, count_++);
      }
    }
  }

  int count() const { return count_; }
  int at(int x, int y) const { return numbers_[index(x, y)]; }

 private:
  size_t index(int x, int y) const {
    return static_cast<size_t>(y) * static_cast<size_t>(set_.count().width) +
           static_cast<size_t>(x);
  }

  void spread(int x, int y, int number) {
    numbers_[index(x, y)] = number;
    std::vector<PixelBox> open = {{x, y, 1, 1}};
    while (!open.empty()) {
      const PixelBox here = open.back();
      open.pop_back();
      for (int v = here.y - 1; v <= here.y + 1; ++v) {
        for (int u = here.x - 1; u <= here.x + 1; ++u) {
          if (!set_.has(u, v) || at(u, v) >= 0) continue;
          numbers_[index(u, v)] = number;
          open.push_back({u, v, 1, 1});
        }
      }
    }
  }

  const McuSet& set_;
  std::vector<int> numbers_;
  int count_ = 0;
};

PixelBox with_cell(const PixelBox& box, int x, int y) {
  if (box.width == 0) return {x, y, 1, 1};
  const int left = std::min(box.x, x), top = std::min(box.y, y);
  return {left, top, std::max(box.x + box.width, x + 1) - left,
          std::max(box.y + box.height, y + 1) - top};
}

void add_run(std::vector<PixelBox>& runs, int x, int y) {
  if (!runs.empty() && runs.back().y == y && runs.back().x + runs.back().width == x) {
    ++runs.back().width;
  } else {
    runs.push_back({x, y, 1, 1});
  }
}

}  // namespace

std::vector<StoredRegion> stored_regions(std::span<const Region> regions,
                                         const JpegPicture& picture) {
  const Size size = picture.stored_size();
  std::vector<StoredRegion> all;
  for (const Region& region : regions) {
    StoredRegion one{&region, region, {}};
    one.stored.box = stored_rect(region.box, size, picture.orientation());
    one.stored.face = stored_rect(region.face, size, picture.orientation());
    one.spans = spans_of(one.stored, size);
    if (!one.spans.empty()) all.push_back(std::move(one));
  }
  return all;
}

TouchedMcus touched_mcus(const std::vector<StoredRegion>& regions, const JpegPicture& picture,
                         bool frames) {
  const McuSet none(picture.mcu_count(), picture.mcu_pixels());
  TouchedMcus touched{none, none};
  const auto touch = [&](const StoredRegion& region, McuSet& mcus) {
    mcus.add_around(region.spans, chroma_reach_px);
    if (frames) add_frame(region.stored, frame_line_px(picture.stored_size()), mcus);
  };
  for (const StoredRegion& region : regions) {
    touch(region, touched.all);
    if (!reads_what_it_hides(region.stored.effect)) touch(region, touched.covered);
  }
  return touched;
}

std::vector<JpegCluster> clusters_of(const std::vector<StoredRegion>& regions,
                                     const TouchedMcus& touched, const JpegPicture& picture,
                                     bool frames) {
  McuSet reach(picture.mcu_count(), picture.mcu_pixels());
  for (const StoredRegion& region : regions) {
    add_reach(region, frames, picture.mcu_pixels(), reach);
  }
  const Parts parts(reach);
  std::vector<JpegCluster> clusters(static_cast<size_t>(parts.count()));
  for (int y = 0; y < reach.count().height; ++y) {
    for (int x = 0; x < reach.count().width; ++x) {
      if (parts.at(x, y) < 0) continue;
      JpegCluster& cluster = clusters[static_cast<size_t>(parts.at(x, y))];
      cluster.mcus = with_cell(cluster.mcus, x, y);
      if (touched.all.has(x, y)) add_run(cluster.touched_runs, x, y);
    }
  }
  for (const StoredRegion& region : regions) {
    const Span& first = region.spans.front();
    const int part =
        parts.at(first.x_begin / picture.mcu_pixels().width, first.y / picture.mcu_pixels().height);
    clusters[static_cast<size_t>(part)].regions.push_back(&region);
  }
  return clusters;
}

}  // namespace faceveil
