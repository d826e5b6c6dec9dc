#include "redact/paint_jpeg.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "redact/jpeg_clusters.h"
#include "redact/jpeg_planes.h"
#include "redact/paint.h"

namespace faceveil {
namespace {

// Calls work(mcu_x, mcu_y) for every touched MCU of the cluster.
template <typename Work>
void for_each_mcu(const JpegCluster& cluster, Work work) {
  for (const PixelBox& run : cluster.touched_runs) {
    for (int x = run.x; x < run.x + run.width; ++x) work(x, run.y);
  }
}

Rect as_rect(const PixelBox& box) {
  return {static_cast<float>(box.x), static_cast<float>(box.y), static_cast<float>(box.width),
          static_cast<float>(box.height)};
}

// Those regions of the cluster that `wanted` takes, in upright pixels that count from the corner of
// the cluster's own upright box.
template <typename Wanted>
std::vector<Region> moved_regions(const JpegCluster& cluster, const JpegPicture& picture,
                                  const PixelBox& box, Wanted wanted) {
  const Orientation orientation = picture.orientation();
  const Rect upright = stored_rect(as_rect(box), upright_size(picture.stored_size(), orientation),
                                   reversed(orientation));
  std::vector<Region> regions;
  for (const StoredRegion* one : cluster.regions) {
    if (!wanted(one->stored.effect)) continue;
    Region region = *one->upright;
    region.box.x -= upright.x, region.box.y -= upright.y;
    region.face.x -= upright.x, region.face.y -= upright.y;
    regions.push_back(region);
  }
  return regions;
}

bool is_drawn_over(Effect effect) { return effect != Effect::veil && !reads_what_it_hides(effect); }

void copy_pixels(const Image& from, int x, int y, int width, Image& to) {
  const ptrdiff_t channels = from.channels();
  std::memcpy(to.row<uint8_t>(y) + x * channels, from.row<uint8_t>(y) + x * channels,
              static_cast<size_t>(width * channels));
}

// Paints one cluster by way of pixels.
class ClusterPainter {
 public:
  ClusterPainter(const JpegPicture& picture, const JpegCluster& cluster, const TouchedMcus& touched,
                 const JpegPlanes& planes, const Cover* cover)
      : picture_(picture),
        cluster_(cluster),
        touched_(touched),
        planes_(planes),
        cover_(cover),
        box_(planes.pixels()) {}

  // The cluster with all effects but veil, which `image`, stored and filled, has already.
  Result<Image> painted(Image image, bool frames) const {
    image = TRY(upright(std::move(image)));
    TRY(paint(image, regions(is_drawn_over), cover_));
    if (!regions(reads_what_it_hides).empty()) TRY(paint_readers(image));
    const Size whole = upright_size(picture_.stored_size(), picture_.orientation());
    if (frames) draw_frames(image, regions([](Effect) { return true; }), whole);
    return turned_upright(std::move(image), reversed(picture_.orientation()));
  }

 private:
  template <typename Wanted>
  std::vector<Region> regions(Wanted wanted) const {
    return moved_regions(cluster_, picture_, box_, wanted);
  }

  Result<Image> upright(Image stored) const {
    return turned_upright(std::move(stored), picture_.orientation());
  }

  // Mosaic and blur see the picture's own pixels, but in covered MCUs what `image` has there; and
  // leave nothing of them outside their regions.
  Status paint_readers(Image& image) const {
    Image seen = TRY(source_under(image));
    const std::vector<Region> readers = regions(reads_what_it_hides);
    TRY(paint(seen, readers));
    for (const Region& reader : readers) {
      for (const Span& span : spans_of(reader, image.size())) {
        copy_pixels(seen, span.x_begin, span.y, span.x_end - span.x_begin, image);
      }
    }
    return {};
  }

  Result<Image> source_under(const Image& image) const {
    JpegPlanes source = planes_;
    for_each_mcu(cluster_, [&](int x, int y) {
      if (!touched_.covered.has(x, y)) source.read_mcu(picture_, x, y);
    });
    Image seen = TRY(source.image());
    Image copy = TRY(image.copy());
    const Image drawn = TRY(turned_upright(std::move(copy), reversed(picture_.orientation())));
    for_each_mcu(cluster_, [&](int x, int y) {
      if (touched_.covered.has(x, y)) copy_mcu(drawn, x, y, seen);
    });
    return upright(std::move(seen));
  }

  void copy_mcu(const Image& from, int mcu_x, int mcu_y, Image& to) const {
    const Size mcu = picture_.mcu_pixels();
    const int left = mcu_x * mcu.width - box_.x, top = mcu_y * mcu.height - box_.y;
    const int right = std::min(left + mcu.width, box_.width);
    const int bottom = std::min(top + mcu.height, box_.height);
    for (int y = top; y < bottom; ++y) copy_pixels(from, left, y, right - left, to);
  }

  const JpegPicture& picture_;
  const JpegCluster& cluster_;
  const TouchedMcus& touched_;
  const JpegPlanes& planes_;
  const Cover* cover_;
  PixelBox box_;
};

bool has_effect(const JpegCluster& cluster, bool (*wanted)(Effect)) {
  return std::any_of(cluster.regions.begin(), cluster.regions.end(),
                     [&](const StoredRegion* one) { return wanted(one->stored.effect); });
}

bool is_not_veil(Effect effect) { return effect != Effect::veil; }

Status paint_cluster(JpegPicture& picture, const JpegCluster& cluster, const TouchedMcus& touched,
                     bool frames, const Cover* cover) {
  JpegPlanes planes = JpegPlanes::filled(picture, cluster.mcus, touched.all,
                                         has_effect(cluster, reads_what_it_hides));
  for (const StoredRegion* one : cluster.regions) {
    if (one->stored.effect == Effect::veil) planes.shade(one->stored);
  }
  if (frames || has_effect(cluster, is_not_veil)) {
    const Image before = TRY(planes.image());
    Image copy = TRY(before.copy());
    const ClusterPainter painter(picture, cluster, touched, planes, cover);
    const Image after = TRY(painter.painted(std::move(copy), frames));
    planes.take_changes(before, after);
  }
  for_each_mcu(cluster, [&](int x, int y) { planes.write_mcu(picture, x, y); });
  return {};
}

}  // namespace

Status paint_jpeg(JpegPicture& picture, std::span<const Region> regions, bool frames,
                  const Cover* cover) {
  const std::vector<StoredRegion> stored = stored_regions(regions, picture);
  if (stored.empty()) return {};
  const TouchedMcus touched = touched_mcus(stored, picture, frames);
  for (const JpegCluster& cluster : clusters_of(stored, touched, picture, frames)) {
    TRY(paint_cluster(picture, cluster, touched, frames, cover));
  }
  return {};
}

}  // namespace faceveil
