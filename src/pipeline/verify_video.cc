#include "pipeline/verify_video.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

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

// What was seen in one picture, however often it was looked at.
struct Seen {
  MediaTime time;
  bool whole = false;
  std::vector<Face> in_sight;

  void add(const Face& face) {
    for (Face& known : in_sight) {
      if (intersection_over_union(known.box, face.box) < same_face_overlap_min) continue;
      if (face.score > known.score) known = face;
      return;
    }
    in_sight.push_back(face);
  }
};

// Goes through the film, once or more often; what was seen once stays seen.
class Looking {
 public:
  explicit Looking(const VideoVerifyRequest& request)
      : request_(request), observer_(*request.detector) {}

  // Looks where `look_at` says, asked for each picture, in order of time.
  Status go_through(VideoReader reader, const std::function<Look(MediaTime)>& look_at) {
    const VideoOptions options = read_like(request_);
    FrameCounter counter(options, VideoStage::look_again, reader.info().frame_count);
    SourcePictures source(request_);
    FramesAhead frames(std::move(reader));
    while (const std::optional<VideoFrame> frame = TRY(frames.next())) {
      TRY(counter.count(frame->time()));
      TRY(look_in(*frame, counter.frames() - 1, look_at(frame->time()), source));
    }
    pictures_ = counter.frames();
    return {};
  }

  std::vector<Exposure> exposures() const {
    Exposures exposures;
    for (const auto& [number, seen] : seen_) exposures.add(seen.time, seen.in_sight);
    return exposures.finished();
  }

  void tell(VideoVerification& found) const {
    found.pictures = pictures_;
    for (const auto& [number, seen] : seen_) {
      if (request_.plan) found.hidden_faces += std::ssize(regions_at(*request_.plan, seen.time));
      ++found.pictures_looked_at;
      found.pictures_looked_at_whole += seen.whole;
      found.exposed_faces += std::ssize(seen.in_sight);
      found.pictures_with_exposed += !seen.in_sight.empty();
    }
    found.exposures = exposures();
  }

 private:
  Status look_in(const VideoFrame& frame, int64_t number, const Look& look,
                 SourcePictures& source) {
    if (!look.full && look.windows.empty()) return {};
    Seen& seen = seen_[number];
    if (look.full && seen.whole) return {};
    seen.time = frame.time();
    seen.whole = seen.whole || look.full;
    const std::vector<Face> faces =
        faces_in_sight(TRY(faces_in(frame, look, observer_, request_.score_min)), request_.plan,
                       frame.size(), frame.time());
    for (const Face& face : TRY(shown_by_source(faces, number, look, source))) seen.add(face);
    return {};
  }

  Result<std::vector<Face>> shown_by_source(std::vector<Face> faces, int64_t number,
                                            const Look& look, SourcePictures& source) const {
    if (faces.empty() || request_.source.empty()) return faces;
    const std::vector<Face> shown = TRY(source.faces_at(number, look));
    std::erase_if(faces, [&](const Face& face) {
      return std::ranges::none_of(shown, [&](const Face& there) {
        return intersection_over_union(face.box, there.box) >= shown_in_source_overlap_min;
      });
    });
    return faces;
  }

  const VideoVerifyRequest& request_;
  Observer observer_;
  std::map<int64_t, Seen> seen_;  // By the picture's number.
  int64_t pictures_ = 0;
};

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

Result<VideoReader> open_film(const VideoVerifyRequest& request) {
  VideoReader reader =
      TRY(VideoReader::open(request.film, read_options(read_like(request), /*sound=*/false)));
  TRY(check_size(request.plan, reader.info().size));
  return reader;
}

// Where a face is in sight the film is gone through once more, to learn for how long: around its
// place, within a second, no picture is left out.
Status look_lightly(const VideoVerifyRequest& request, VideoReader reader, Looking& looking) {
  LightLook light(request.plan);
  TRY(looking.go_through(std::move(reader), [&](MediaTime time) { return light.at(time); }));
  const std::vector<Exposure> exposures = looking.exposures();
  if (exposures.empty()) return {};
  return looking.go_through(TRY(open_film(request)), [&](MediaTime time) {
    return light.around(boxes_near(exposures, time));
  });
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
  VideoReader reader = TRY(open_film(request));
  VideoVerification found;
  found.streams = reader.info().dropped;
  found.tags = reader.info().tags;
  if (request.detector) {
    Looking looking(request);
    if (request.every_picture) {
      TRY(looking.go_through(std::move(reader), [](MediaTime) { return Look(); }));
    } else {
      TRY(look_lightly(request, std::move(reader), looking));
    }
    looking.tell(found);
  }
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
