#include "pipeline/verify_video.h"

#include <algorithm>
#include <cstdlib>

#include "pipeline/verify.h"
#include "pipeline/video_steps.h"

namespace faceveil {
namespace {

constexpr float same_face_overlap_min = 0.3f;  // Of intersection over union, picture to picture.

// Joins what is in sight in one picture to what was in the one before.
class Exposures {
 public:
  void add(MediaTime time, const std::vector<Face>& in_sight) {
    std::vector<Open> still_open;
    still_open.reserve(in_sight.size());
    for (const Face& face : in_sight) still_open.push_back(carried_on(time, face));
    close_all();
    open_ = std::move(still_open);
  }

  std::vector<Exposure> finished() {
    close_all();
    std::ranges::stable_sort(closed_, std::greater{}, &Exposure::pictures);
    return std::move(closed_);
  }

 private:
  struct Open {
    Exposure exposure;
    Rect last;
  };

  // The run of the picture before that this face carries on, else a new one.
  Open carried_on(MediaTime time, const Face& face) {
    const auto best = std::ranges::max_element(
        open_, {}, [&](const Open& open) { return intersection_over_union(open.last, face.box); });
    Open open;
    open.exposure.from = time;
    if (best != open_.end() &&
        intersection_over_union(best->last, face.box) >= same_face_overlap_min) {
      open = *best;
      open_.erase(best);
    }
    Exposure& exposure = open.exposure;
    exposure.to = time;
    ++exposure.pictures;
    if (face.score > exposure.score) {
      exposure.box = face.box;
      exposure.score = face.score;
    }
    open.last = face.box;
    return open;
  }

  void close_all() {
    for (Open& open : open_) closed_.push_back(open.exposure);
    open_.clear();
  }

  std::vector<Open> open_;
  std::vector<Exposure> closed_;
};

// Encoders that want even sides double the last row or column.
Status check_size(const RedactionPlan* plan, Size size) {
  if (!plan) return {};
  const Size wanted = plan->source.size;
  const auto fits = [](int found, int said) { return found == said || found == ((said + 1) & ~1); };
  if (fits(size.width, wanted.width) && fits(size.height, wanted.height)) return {};
  return fail(Error::Kind::stale_plan,
              "The plan says {0} x {1} pixels, which is not this picture's size.",
              {std::to_string(wanted.width), std::to_string(wanted.height)});
}

Status look_at(const VideoFrame& frame, const VideoVerifyRequest& request, Exposures& exposures,
               VideoVerification& found) {
  const Image image = TRY(frame.picture());
  const std::vector<Face> faces = TRY(request.detector->detect(image, request.score_min));
  const std::vector<Face> in_sight =
      faces_in_sight(faces, request.plan, image.size(), frame.time());
  if (request.plan) {
    found.hidden_faces += std::ssize(regions_at(*request.plan, frame.time()));
  }
  found.exposed_faces += std::ssize(in_sight);
  found.pictures_with_exposed += !in_sight.empty();
  exposures.add(frame.time(), in_sight);
  return {};
}

}  // namespace

double VideoVerification::exposed_a_thousand() const {
  const bool knows_hidden = hidden_faces > 0;
  const int64_t exposed = knows_hidden ? exposed_faces : pictures_with_exposed;
  const int64_t all = knows_hidden ? hidden_faces + exposed_faces : pictures;
  return all > 0 ? 1000.0 * static_cast<double>(exposed) / static_cast<double>(all) : 0;
}

Result<VideoVerification> verify_video(const VideoVerifyRequest& request) {
  VideoOptions options;
  options.on_progress = request.on_progress;
  options.stop_requested = request.stop_requested;
  options.write.thread_count = request.thread_count;
  VideoReader reader = TRY(VideoReader::open(request.film, read_options(options, /*sound=*/false)));
  TRY(check_size(request.plan, reader.info().size));
  VideoVerification found;
  found.streams = reader.info().dropped;
  found.tags = reader.info().tags;
  Exposures exposures;
  FrameCounter counter(options, VideoStage::find, reader.info().frame_count);
  while (std::optional<VideoUnit> unit = TRY(reader.next())) {
    const auto* const frame = std::get_if<VideoFrame>(&*unit);
    if (!frame) continue;
    TRY(counter.count());
    TRY(look_at(*frame, request, exposures, found));
  }
  found.pictures = counter.frames();
  found.exposures = exposures.finished();
  return found;
}

}  // namespace faceveil
