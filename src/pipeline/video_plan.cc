// The first pass over a film: faces become tracks.

#include "base/limits.h"
#include "base/sha256.h"
#include "detect/observer.h"
#include "detect/scene_cut.h"
#include "pipeline/frames_ahead.h"
#include "pipeline/video_steps.h"

namespace faceveil {
namespace {

// A face below the threshold of the command line may still carry on a track above it.
TrackerOptions tracker_options(const PlanOptions& plan, const VideoOptions& video, Search search) {
  TrackerOptions options = tracker_options_for(search);
  options.ask_min = plan.score_min;
  options.start_min = std::max(plan.certain_min, plan.score_min);
  options.continue_min = std::min(options.continue_min, plan.score_min);
  options.detect_every = video.detect_every.value_or(options.detect_every);
  if (!video.harder_look) options.harder_us_max = 0;
  return options;
}

// Watches a film picture by picture.
class Watcher {
 public:
  Watcher(const Detector& detector, TrackerOptions options, Size picture)
      : observer_(detector), tracker_(options, picture) {}

  Status watch(VideoFrame& frame) {
    const Look look = tracker_.look(frame.time(), cuts_.is_cut(frame));
    tracker_.observe(TRY(faces_in(frame, look)));
    return {};
  }

  std::vector<Track> finish() { return tracker_.finish(); }

 private:
  Result<std::vector<Face>> faces_in(const VideoFrame& frame, const Look& look) const {
    if (!look.full && look.windows.empty()) return std::vector<Face>();
    const Image image = TRY(frame.picture());
    return observer_.look(image, look, tracker_.options().continue_min);
  }

  Observer observer_;
  SceneCuts cuts_;
  Tracker tracker_;
};

void add_tracks(RedactionPlan& plan, std::vector<Track> tracks, const PlanOptions& options) {
  for (Track& track : tracks) {
    track.id = static_cast<uint32_t>(plan.tracks.size()) + 1;
    track.effect = options.effect;
    track.shape = options.shape;
    track.grow = options.grow;
    plan.tracks.push_back(std::move(track));
  }
}

// A box drawn by a person holds from the first picture to the last, and is taken at its word.
void add_boxes(RedactionPlan& plan, MediaTime last, const PlanOptions& options) {
  for (const Rect& box : options.boxes) {
    Track track;
    track.id = static_cast<uint32_t>(plan.tracks.size()) + 1;
    track.effect = options.effect;
    track.shape = options.shape;
    track.grow = 0;
    track.origin = Origin::person;
    track.keyframes = {{{0}, box, 1.0f}};
    if (last > MediaTime{0}) track.keyframes.push_back({last, box, 1.0f});
    plan.tracks.push_back(std::move(track));
  }
}

}  // namespace

Result<RedactionPlan> make_video_plan(const std::filesystem::path& input, const Detector* detector,
                                      const PlanOptions& options, const VideoOptions& video) {
  RedactionPlan plan;
  plan.source.sha256 = TRY(sha256_of_file(input, video.stop_requested));
  VideoReader reader = TRY(VideoReader::open(input, read_options(video, /*sound=*/false)));
  plan.source.size = reader.info().size;
  std::optional<Watcher> watcher;
  if (detector) {
    plan.detector = detector_name(detector->options().detector);
    const Search search = detector->options().search;
    watcher.emplace(*detector, tracker_options(options, video, search), plan.source.size);
  }
  FrameCounter counter(video, VideoStage::find, reader.info().frame_count);
  FramesAhead frames(std::move(reader));
  MediaTime last;
  while (std::optional<VideoFrame> frame = TRY(frames.next())) {
    TRY(counter.count(frame->time()));
    last = frame->time();
    if (watcher) TRY(watcher->watch(*frame));
  }
  if (counter.frames() == 0) {
    return fail(Error::Kind::bad_input, "There is not one picture in this film.");
  }
  if (watcher) add_tracks(plan, watcher->finish(), options);
  add_boxes(plan, last, options);
  if (options.effect == Effect::image) plan.cover = options.cover;
  TRY(validate(plan));
  return plan;
}

}  // namespace faceveil
