#include "pipeline/checked_film.h"

#include <algorithm>

namespace faceveil {
namespace {

// Before and behind what was seen of a face it is mostly there too, if less plain.
constexpr int64_t hold_us = 100'000;

Track track_of(const Exposure& exposure, const PlanOptions& options) {
  Track track;
  track.effect = options.effect;
  track.shape = options.shape;
  track.grow = options.grow;
  track.needs_review = true;
  Keyframe first = exposure.seen.front(), last = exposure.seen.back();
  first.time.microseconds = std::max<int64_t>(0, first.time.microseconds - hold_us);
  last.time.microseconds += hold_us;
  if (first.time < exposure.seen.front().time) track.keyframes.push_back(first);
  track.keyframes.insert(track.keyframes.end(), exposure.seen.begin(), exposure.seen.end());
  track.keyframes.push_back(last);
  return track;
}

// A face that was found becomes a track like the detector's own, for a person to look at.
void add_found(RedactionPlan& plan, const std::vector<Exposure>& exposures,
               const PlanOptions& options) {
  uint32_t last_id = 0;
  for (const Track& track : plan.tracks) last_id = std::max(last_id, track.id);
  for (const Exposure& exposure : exposures) {
    plan.tracks.push_back(track_of(exposure, options));
    plan.tracks.back().id = ++last_id;
  }
  if (!exposures.empty() && options.effect == Effect::image) plan.cover = options.cover;
}

Result<VideoVerification> look_at(const UnnamedFilm& film, const RedactionPlan& plan,
                                  const std::filesystem::path& input, float score_min,
                                  bool has_frames, const VideoOptions& video,
                                  const FilmLook& look) {
  VideoVerifyRequest request;
  request.film = film.file.unnamed_path();
  request.source = input;
  request.plan = &plan;
  request.detector = look.detector;
  request.every_picture = look.every_picture;
  request.has_frames = has_frames;
  request.source_is_damaged = video.best_effort;
  request.score_min = score_min;
  request.thread_count = video.write.thread_count;
  request.on_progress = video.on_progress;
  request.stop_requested = video.stop_requested;
  VideoVerification found = TRY(verify_video(request));
  if (look.detector && found.pictures != film.hidden.frames) {
    return fail(Error::Kind::io,
                "The film that was written has {0} pictures in place of {1}; nothing was kept.",
                {std::to_string(found.pictures), std::to_string(film.hidden.frames)});
  }
  return found;
}

}  // namespace

Result<CheckedFilm> hide_film_and_verify(RedactionPlan plan, const std::filesystem::path& input,
                                         const std::filesystem::path& output, Overwrite overwrite,
                                         const PlanOptions& for_found, const ApplyOptions& options,
                                         const VideoOptions& video, const FilmLook& look) {
  size_t added = 0;
  for (int further = 0;; ++further) {
    UnnamedFilm film = TRY(write_hidden_film(plan, input, output, overwrite, options, video));
    VideoVerification found =
        TRY(look_at(film, plan, input, for_found.score_min, options.frame, video, look));
    if (found.exposures.empty() || further == look.further_rounds_max) {
      return CheckedFilm{std::move(plan), std::move(film), std::move(found), added};
    }
    add_found(plan, found.exposures, for_found);
    added += found.exposures.size();
  }
}

}  // namespace faceveil
