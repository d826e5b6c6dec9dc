#include "pipeline/verify_video.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "pipeline/animation.h"
#include "pipeline/film_look.h"
#include "pipeline/frames_ahead.h"
#include "pipeline/light_look.h"
#include "pipeline/video_steps.h"

namespace faceveil {
namespace {

// Of intersection over union: picture to picture, and between the film and its source.
constexpr float same_face_overlap_min = 0.3f, shown_in_source_overlap_min = 0.4f;
constexpr int64_t around_exposure_us = 1'000'000;

// Joins what is in sight in one picture to what was in the one before.
class Exposures {
 public:
  void add(MediaTime time, const std::vector<Face>& in_sight) {
    std::vector<Exposure> still_open;
    still_open.reserve(in_sight.size());
    for (const Face& face : in_sight) still_open.push_back(carried_on(time, face));
    close_all();
    open_ = std::move(still_open);
  }

  std::vector<Exposure> finished() {
    close_all();
    std::ranges::stable_sort(closed_, std::greater{},
                             [](const Exposure& exposure) { return exposure.seen.size(); });
    return std::move(closed_);
  }

 private:
  // The run of the picture before that this face carries on, else a new one.
  Exposure carried_on(MediaTime time, const Face& face) {
    const auto overlap = [&](const Exposure& open) {
      return intersection_over_union(open.seen.back().box, face.box);
    };
    const auto best = std::ranges::max_element(open_, {}, overlap);
    Exposure exposure;
    exposure.from = time;
    if (best != open_.end() && overlap(*best) >= same_face_overlap_min) {
      exposure = std::move(*best);
      open_.erase(best);
    }
    exposure.to = time;
    exposure.seen.push_back({time, face.box, face.score});
    if (face.score > exposure.score) {
      exposure.box = face.box;
      exposure.score = face.score;
    }
    return exposure;
  }

  void close_all() {
    std::ranges::move(open_, std::back_inserter(closed_));
    open_.clear();
  }

  std::vector<Exposure> open_, closed_;
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

VideoOptions read_like(const VideoVerifyRequest& request) {
  VideoOptions options;
  options.on_progress = request.on_progress;
  options.stop_requested = request.stop_requested;
  options.write.thread_count = request.thread_count;
  return options;
}

// The pictures of the film that another was made from. It is opened only when one is asked for.
class SourcePictures {
 public:
  explicit SourcePictures(const VideoVerifyRequest& request)
      : request_(request), observer_(*request.detector) {}

  // The faces that stand open there, looked at in the same way. Numbers never go back.
  Result<std::vector<Face>> faces_at(int64_t number, const Look& look) {
    while (next_number_ <= number) TRY(advance());
    return faces_in_sight(TRY(faces_in(*frame_, look, observer_, request_.score_min)),
                          request_.plan, frame_->size(), frame_->time());
  }

 private:
  Status advance() {
    if (!reader_) {
      VideoOptions options = read_like(request_);
      options.best_effort = request_.source_is_damaged;
      reader_ = TRY(VideoReader::open(request_.source, read_options(options, /*sound=*/false)));
    }
    std::optional<VideoUnit> unit = TRY(reader_->next());
    if (!unit) {
      return fail(Error::Kind::bad_input, "The source has fewer pictures than the film.");
    }
    frame_ = std::get<VideoFrame>(std::move(*unit));
    ++next_number_;
    return {};
  }

  const VideoVerifyRequest& request_;
  Observer observer_;
  std::optional<VideoReader> reader_;
  std::optional<VideoFrame> frame_;
  int64_t next_number_ = 0;
};

// One way through the film.
class Looking {
 public:
  Looking(const VideoVerifyRequest& request, VideoVerification& found)
      : request_(request), observer_(*request.detector), source_(request), found_(found) {}

  Status look_at(const VideoFrame& frame, int64_t number, const Look& look) {
    const MediaTime time = frame.time();
    std::vector<Face> faces =
        faces_in_sight(TRY(faces_in(frame, look, observer_, request_.score_min)), request_.plan,
                       frame.size(), time);
    TRY(leave_what_source_shows(faces, number, look));
    if (request_.plan) found_.hidden_faces += std::ssize(regions_at(*request_.plan, time));
    ++found_.pictures_looked_at;
    found_.pictures_looked_at_whole += look.full;
    found_.exposed_faces += std::ssize(faces);
    found_.pictures_with_exposed += !faces.empty();
    exposures_.add(time, faces);
    return {};
  }

  void finish() { found_.exposures = exposures_.finished(); }

 private:
  Status leave_what_source_shows(std::vector<Face>& faces, int64_t number, const Look& look) {
    if (faces.empty() || request_.source.empty()) return {};
    const std::vector<Face> shown = TRY(source_.faces_at(number, look));
    std::erase_if(faces, [&](const Face& face) {
      return std::ranges::none_of(shown, [&](const Face& there) {
        return intersection_over_union(face.box, there.box) >= shown_in_source_overlap_min;
      });
    });
    return {};
  }

  const VideoVerifyRequest& request_;
  Observer observer_;
  SourcePictures source_;
  Exposures exposures_;
  VideoVerification& found_;
};

// Looks where `look_at` says (asked for each picture, in order of time).
Result<VideoVerification> look(const VideoVerifyRequest& request,
                               const std::function<Look(MediaTime)>& look_at) {
  const VideoOptions options = read_like(request);
  VideoReader reader = TRY(VideoReader::open(request.film, read_options(options, /*sound=*/false)));
  TRY(check_size(request.plan, reader.info().size));
  VideoVerification found;
  found.streams = reader.info().dropped;
  found.tags = reader.info().tags;
  if (!request.detector) return found;
  Looking looking(request, found);
  FrameCounter counter(options, VideoStage::look_again, reader.info().frame_count);
  FramesAhead frames(std::move(reader));
  while (const std::optional<VideoFrame> frame = TRY(frames.next())) {
    TRY(counter.count(frame->time()));
    const Look look = look_at(frame->time());
    const bool is_looked_at = look.full || !look.windows.empty();
    if (is_looked_at) TRY(looking.look_at(*frame, counter.frames() - 1, look));
  }
  looking.finish();
  found.pictures = counter.frames();
  return found;
}

// Where faces in sight were seen, at the moment nearest to this one, within a second.
std::vector<Rect> boxes_near(const std::vector<Exposure>& exposures, MediaTime time) {
  const auto distance_us = [&](const Keyframe& seen) {
    return std::abs(seen.time.microseconds - time.microseconds);
  };
  std::vector<Rect> boxes;
  for (const Exposure& exposure : exposures) {
    const Keyframe& nearest = *std::ranges::min_element(exposure.seen, {}, distance_us);
    if (distance_us(nearest) <= around_exposure_us) boxes.push_back(nearest.box);
  }
  return boxes;
}

// Where a face is in sight the film is gone through once more, and around its place, within a
// second, no picture is left out.
Result<VideoVerification> look_lightly(const VideoVerifyRequest& request) {
  LightLook light(request.plan);
  const VideoVerification first = TRY(look(request, [&](MediaTime t) { return light.at(t); }));
  if (first.exposures.empty()) return first;
  LightLook again(request.plan);
  return look(request, [&](MediaTime t) { return again.at(t, boxes_near(first.exposures, t)); });
}

Sentence text_of(const Exposure& exposure) {
  char from[32], score[16];
  std::snprintf(from, sizeof from, "%.2f", static_cast<double>(exposure.from.microseconds) / 1e6);
  std::snprintf(score, sizeof score, "%.2f", static_cast<double>(exposure.score));
  const auto whole = [](float value) { return std::to_string(std::lround(value)); };
  return {"a face from {0} s on in {1} pictures at {2},{3} ({4} x {5}), score {6}",
          {from, std::to_string(exposure.seen.size()), whole(exposure.box.x), whole(exposure.box.y),
           whole(exposure.box.width), whole(exposure.box.height), score}};
}

void add_faces_check(Verification& verification, const VideoVerification& found,
                     const Detector* detector) {
  if (!detector) {
    verification.checks.push_back({CheckId::faces, CheckOutcome::not_checked,
                                   Sentence{"No faces were to be looked for.", {}}});
    return;
  }
  verification.add_check(
      CheckId::faces,
      Sentence{found.pictures_looked_at_whole == found.pictures_looked_at
                   ? "Looked with {0}, search {1}, at {2} of {3} pictures; what is hidden already "
                     "does not count."
                   : "Looked with {0}, search {1}, at {2} of {3} pictures ({4} of them whole, the "
                     "others around what is hidden); what is hidden already does not count.",
               {std::string(detector_name(detector->options().detector)),
                std::string(search_name(detector->options().search)),
                std::to_string(found.pictures_looked_at), std::to_string(found.pictures),
                std::to_string(found.pictures_looked_at_whole)}});
}

// Of an animation: bytes that no decoder looks at.
bool is_stray(std::string_view name) {
  return name == kind_name(MetadataKind::trailing_bytes) ||
         name == kind_name(MetadataKind::hidden_bytes);
}

void add_file_checks(Verification& verification, const VideoVerification& found) {
  if (found.is_animation) {
    const Sentence note = {"Every block of the file, beside its pictures.", {}};
    for (const CheckId id : {CheckId::second_pictures, CheckId::places, CheckId::stray_bytes}) {
      verification.add_check(id, note);
    }
    return;
  }
  verification.add_check(CheckId::second_pictures,
                         Sentence{"Streams beside the pictures and their sound.", {}});
  verification.add_check(CheckId::places,
                         Sentence{"Metadata of the container and its streams.", {}});
  verification.checks.push_back(
      {CheckId::stray_bytes, CheckOutcome::not_checked, Sentence{"Not looked for in films.", {}}});
}

}  // namespace

double VideoVerification::exposed_a_thousand() const {
  const bool knows_hidden = hidden_faces > 0;
  const int64_t exposed = knows_hidden ? exposed_faces : pictures_with_exposed;
  const int64_t all = knows_hidden ? hidden_faces + exposed_faces : pictures_looked_at;
  return all > 0 ? 1000.0 * static_cast<double>(exposed) / static_cast<double>(all) : 0;
}

Result<VideoVerification> verify_video(const VideoVerifyRequest& request) {
  VideoVerification found =
      TRY(request.every_picture ? look(request, [](MediaTime) { return Look(); })
                                : look_lightly(request));
  found.is_animation = is_animated(request.film);
  found.locality = TRY(check_animation_locality(request));
  return found;
}

Verification as_verification(const VideoVerification& found, const Detector* detector) {
  Verification verification;
  for (const Exposure& exposure : found.exposures) {
    verification.findings.push_back(
        {CheckId::faces, exposure.box, exposure.score, text_of(exposure)});
  }
  for (const std::string& stream : found.streams) {
    const CheckId check = is_stray(stream) ? CheckId::stray_bytes : CheckId::second_pictures;
    verification.findings.push_back({check, {}, 0, {stream, {}}});
  }
  for (const std::string& tag : found.tags) {
    verification.findings.push_back({CheckId::places, {}, 0, {tag, {}}});
  }
  if (found.locality.outcome == CheckOutcome::found) {
    verification.findings.push_back({CheckId::locality, {}, 0, found.locality.note});
  }
  add_faces_check(verification, found, detector);
  add_file_checks(verification, found);
  verification.checks.push_back(found.locality);
  return verification;
}

}  // namespace faceveil
