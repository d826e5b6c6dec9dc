#include "pipeline/film_viewer.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/thread_pool.h"
#include "detect/resample.h"
#include "redact/paint_video.h"

namespace faceveil {
namespace {

// Reading on over so many pictures is quicker than seeking mostly.
constexpr size_t read_on_max = 50;

tl::unexpected<Error> changed_film() {
  return fail(Error::Kind::io, "The film has no longer the pictures that it had.");
}

// What is seen of a face in a list: the box with so much of its sides around it.
constexpr float surroundings = 0.6f;

Result<Image> cut_out(const Image& picture, const Rect& box) {
  const Size size = picture.size();
  const auto inside = [](float at, int side) {
    return std::clamp(static_cast<int>(std::lround(at)), 0, side);
  };
  const int left = std::min(inside(box.x, size.width), size.width - 1);
  const int top = std::min(inside(box.y, size.height), size.height - 1);
  const int width = std::max(1, inside(box.right(), size.width) - left);
  const int height = std::max(1, inside(box.bottom(), size.height) - top);
  Image cut = TRY(Image::create(picture.format(), Size{width, height}));
  const ptrdiff_t offset = ptrdiff_t{left} * picture.channels();
  for (int y = 0; y < height; ++y) {
    std::memcpy(cut.row<uint8_t>(y), picture.row<uint8_t>(top + y) + offset,
                static_cast<size_t>(cut.stride_bytes()));
  }
  return cut;
}

Size fitting(Size size, int side_px) {
  const int longer = std::max({size.width, size.height, side_px});
  const auto scaled = [&](int side) {
    return std::max(1, static_cast<int>(int64_t{side} * side_px / longer));
  };
  return {scaled(size.width), scaled(size.height)};
}

}  // namespace

size_t picture_at(const std::vector<MediaTime>& times, MediaTime time) {
  const auto later = std::ranges::upper_bound(times, time);
  return later == times.begin() ? 0 : static_cast<size_t>(later - times.begin()) - 1;
}

FilmViewer::FilmViewer(std::filesystem::path film,
                       std::shared_ptr<const std::vector<MediaTime>> times)
    : film_(std::move(film)), times_(std::move(times)) {}

Result<std::optional<VideoFrame>> FilmViewer::next() {
  while (std::optional<VideoUnit> unit = TRY(reader_->next())) {
    if (auto* const frame = std::get_if<VideoFrame>(&*unit)) {
      ++next_number_;
      return std::optional<VideoFrame>(std::move(*frame));
    }
  }
  return std::optional<VideoFrame>();
}

// Absent where the way was not as the index promised.
Result<std::optional<VideoFrame>> FilmViewer::after_seeking(size_t number) {
  const MediaTime wanted = (*times_)[number];
  TRY(reader_->seek(wanted));
  bool is_whole = false;
  while (std::optional<VideoFrame> frame = TRY(next())) {
    if (frame->time() > wanted) break;
    // What comes before the key picture may refer to what was not read.
    is_whole = is_whole || frame->begins_group();
    if (is_whole && frame->time() == wanted) {
      next_number_ = number + 1;
      return frame;
    }
  }
  return std::optional<VideoFrame>();
}

Result<VideoFrame> FilmViewer::from_beginning(size_t number) {
  reader_.emplace(TRY(VideoReader::open(
      film_, {.best_effort = false, .sound = false, .thread_count = core_count()})));
  next_number_ = 0;
  for (;;) {
    std::optional<VideoFrame> frame = TRY(next());
    if (!frame) return changed_film();
    if (next_number_ == number + 1) return std::move(*frame);
  }
}

Result<VideoFrame> FilmViewer::picture(size_t number) {
  if (number >= times_->size()) return changed_film();
  const bool is_near = reader_ && number >= next_number_ && number - next_number_ <= read_on_max;
  while (is_near) {
    std::optional<VideoFrame> frame = TRY(next());
    if (!frame) break;
    if (next_number_ == number + 1) return std::move(*frame);
  }
  if (!is_near && number > read_on_max) {
    if (!reader_) TRY(from_beginning(0));
    auto frame = after_seeking(number);
    if (frame && *frame) return std::move(**frame);
  }
  return from_beginning(number);
}

Result<Image> hidden_picture(VideoFrame frame, const RedactionPlan& plan,
                             const ApplyOptions& options) {
  const Cover* const cover = options.cover ? &options.cover->cover : nullptr;
  TRY(paint_video(frame, regions_at(plan, frame.time()), cover, options.frame));
  return frame.picture();
}

MediaTime middle_of(const Track& track) {
  const int64_t first = track.keyframes.front().time.microseconds;
  return {first + (track.keyframes.back().time.microseconds - first) / 2};
}

Result<Image> hidden_face(VideoFrame at, const RedactionPlan& plan, const Track& track,
                          int side_px) {
  RedactionPlan strict = plan;
  for (Track& each : strict.tracks) {
    each.decision = Decision::hide;
    if (each.effect == Effect::image) each.effect = Effect::veil;  // The cover is not at hand here.
  }
  // The picture may be a little earlier than all of the track.
  const MediaTime time = std::max(at.time(), track.keyframes.front().time);
  std::vector<Region> regions = regions_at(strict, time);
  for (const Region& region : regions_at(strict, at.time())) regions.push_back(region);
  const Rect face = box_at(track, time).value_or(track.keyframes.front().box);
  TRY(paint_video(at, regions));
  const Image picture = TRY(at.picture());
  const Image cut = TRY(cut_out(picture, grown(face, surroundings)));
  return resample(cut, fitting(cut.size(), side_px));
}

}  // namespace faceveil
