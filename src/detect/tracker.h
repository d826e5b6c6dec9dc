// Joins the faces of successive pictures into tracks, so that no single picture shows a face that
// the pictures before and after it hide. docs/tracking.md has the rules and their reasons.
//
// For each picture of the clip, in order of time:
//
//     const bool cut = scene_cuts.is_cut(image);       // detect/scene_cut.h
//     const Look look = tracker.look(time, cut);
//     tracker.observe(TRY(observer.look(image, look, tracker.options().continue_min)));
//                                                      // detect/observer.h
//
// and at the end: plan.tracks = tracker.finish(). The same sightings give the same tracks, in
// whatever order the faces of one picture are handed in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/geometry.h"
#include "base/time.h"
#include "detect/local_search.h"
#include "detect/sighting.h"
#include "detect/tracking/association.h"
#include "detect/tracking/smoothing.h"
#include "plan/plan.h"

namespace faceveil {

// A face that appears between two full searches is hidden as far back as tracks are extended: 0.3
// s. So no two full searches are that far apart: 8 pictures at 30 a second, and fewer of slower
// films.
inline constexpr int detect_every_max = 8;
inline constexpr int64_t full_search_us_max = 270'000;

struct TrackerOptions {
  // Scores as in detector.h. A face seen at start_min or above somewhere makes a track certain; one
  // that only reaches ask_min makes a short track for a person to look at; between continue_min and
  // ask_min a sighting only carries on a track that others began.
  float start_min = 0.5f;
  float ask_min = 0.2f;
  float continue_min = 0.15f;
  int64_t gap_us_max = 1'000'000;  // A face missed for so long is still the same.
  int64_t extend_us = 300'000;     // Hidden so long before the first and behind the last sighting.
  // The same for a track of few sightings, none certain, where each picture is searched in full.
  int64_t extend_doubtful_us = 100'000;
  // So many sightings, however doubtful each is, are no accident.
  int steady_sightings = 5;
  // Everything is searched in each N-th picture, N at most detect_every_max, and at least every
  // full_search_us_max; in those between only where faces are expected.
  int detect_every = 1;
  // Of the full searches the first one of a scene is a harder one, and then so many that no two are
  // farther apart than this (or a picture, where that is more): with gap_us_max, what only these
  // see is one track. 0: none is harder.
  int64_t harder_us_max = 0;
  // Windows are looked through no more often: in between faces go straight.
  int64_t window_us_min = 50'000;
  int full_after_cut = 3;  // Pictures behind a cut, and at the beginning, searched in full.
};

// Where to search in the picture at hand.
struct Look {
  bool full = true;
  bool harder = false;                // With the detector's harder search; only when full.
  std::vector<SearchWindow> windows;  // When not full; none: nothing is to be done in this picture.
};

class Tracker {
 public:
  // `picture` in upright pixels.
  Tracker(TrackerOptions, Size picture);

  // The picture at `time`, which must be later than the one before. first_of_scene: the picture
  // does not carry on from the one before; no track spans such a cut.
  Look look(MediaTime time, bool first_of_scene);

  // The faces of that picture, each of at least continue_min (others are left out). Once after each
  // look().
  void observe(std::span<const Face>);

  // Every track, in order of their first moment, numbered from 1: keyframes, origin detector and
  // needs_review are set, effect, shape and grow are the caller's. Every track covers, without a
  // hole, the pictures from its first to its last keyframe; boxes are whole pixels, and never
  // smaller than what was seen. Call once, at the end.
  std::vector<Track> finish();

  const TrackerOptions& options() const { return options_; }

 private:
  struct Scene {
    int begin = 0, end = 0;  // Moments, half open.
  };

  bool is_full(MediaTime, bool first_of_scene) const;
  bool is_harder(MediaTime, bool first_of_scene) const;
  int64_t step_us(MediaTime) const;
  void note(const Look&, MediaTime);
  tracking::Extension extension_of(const tracking::Chain&, float best) const;
  std::vector<SearchWindow> windows_at(MediaTime) const;
  Scene scene_of(int moment) const;
  std::optional<Track> track_of(const tracking::Chain&, std::span<const MediaTime> times) const;

  TrackerOptions options_;
  Size picture_;
  std::vector<Moment> moments_;  // About 20 bytes a face and picture: the whole clip's.
  tracking::Pass forward_;
  bool is_looking_ = false;
  int since_cut_ = 0;   // Pictures.
  int since_full_ = 0;  // Pictures.
  MediaTime last_full_, last_harder_, last_search_;
};

}  // namespace faceveil
