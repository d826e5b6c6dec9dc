// faceveil eval-video: judges detector and tracker by clips made by lot, whose faces are known.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/clip_faces.h"
#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "app/progress.h"
#include "app/text_table.h"
#include "base/language.h"
#include "detect/observer.h"
#include "detect/scene_cut.h"
#include "evaluate/synthetic_clip.h"
#include "evaluate/video_judge.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

struct EvalVideoOptions {
  DetectChoice detect;
  int clips = 4, frames = 90;
  int detect_every = 0;  // 0: as hide does for this search.
  bool no_harder_look = false;
  uint64_t seed = 1;
  float grow = 0.2f;
  std::string faces, truth;
  bool json = false;
};

struct Outcome {
  VideoScore score;
  double looking_seconds = 0;  // Detection and tracking.
};

TrackerOptions tracker_options(const Detector& detector, const EvalVideoOptions& options) {
  TrackerOptions tracking = tracker_options_for(detector.options().search);
  if (options.detect_every > 0) tracking.detect_every = options.detect_every;
  if (options.no_harder_look) tracking.harder_us_max = 0;
  tracking.ask_min = score_min_of(options.detect);
  tracking.continue_min = std::min(tracking.continue_min, tracking.ask_min);
  return tracking;
}

// The tracks of a clip, as the pipeline for films makes them.
Result<RedactionPlan> track_clip(const SyntheticClip& clip, const Detector& detector,
                                 const EvalVideoOptions& options, Size size, Outcome& outcome,
                                 Progress& progress, size_t& done) {
  const TrackerOptions tracking = tracker_options(detector, options);
  const Observer observer(detector);
  Tracker tracker(tracking, size);
  SceneCuts cuts;
  for (int i = 0; i < clip.picture_count(); ++i) {
    if (interrupted()) return fail(Error::Kind::cancelled, "Stopped before it was done.");
    const ClipPicture picture = TRY(clip.picture(i));
    const auto begin = std::chrono::steady_clock::now();
    const Look look = tracker.look(picture.time, cuts.is_cut(picture.image));
    auto faces = observer.look(picture.image, look, tracking.continue_min);
    if (!faces) return tl::unexpected(faces.error());
    tracker.observe(*faces);
    outcome.looking_seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    progress.show(++done);
  }
  RedactionPlan plan;
  plan.tracks = tracker.finish();
  for (Track& track : plan.tracks) track.grow = options.grow;
  return plan;
}

Result<Outcome> judge_clips(const EvalVideoOptions& options, const Detector& detector,
                            std::span<const FaceCutout> cutouts) {
  Outcome outcome;
  VideoJudge judge;
  Progress progress(static_cast<size_t>(options.clips) * static_cast<size_t>(options.frames));
  size_t done = 0;
  for (int i = 0; i < options.clips; ++i) {
    ClipSettings settings;
    settings.seed = options.seed + static_cast<uint64_t>(i);
    settings.picture_count = options.frames;
    const SyntheticClip clip(settings, cutouts);
    const RedactionPlan plan =
        TRY(track_clip(clip, detector, options, settings.size, outcome, progress, done));
    judge.begin_clip();
    for (int p = 0; p < clip.picture_count(); ++p) {
      const ClipPicture picture = TRY(clip.picture(p));
      judge.add(picture, regions_at(plan, picture.time));
    }
  }
  outcome.score = judge.score();
  return outcome;
}

double a_thousand(int64_t part, int64_t whole) {
  return whole > 0 ? 1000.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
}

double false_boxes_a_picture(const Outcome& outcome) {
  return a_thousand(outcome.score.false_boxes, outcome.score.pictures) / 1000;
}

double pictures_a_second(const Outcome& outcome) {
  return static_cast<double>(outcome.score.pictures) / std::max(1e-9, outcome.looking_seconds);
}

void print_table(const Outcome& outcome) {
  std::vector<std::vector<std::string>> rows = {{tr("face, pixels"), tr("face pictures"),
                                                 tr("leaked"), tr("a thousand"),
                                                 tr("longest exposed run")}};
  for (size_t i = 0; i < outcome.score.sizes.size(); ++i) {
    const VideoScore::OfSize& size = outcome.score.sizes[i];
    const bool last = i + 1 == outcome.score.sizes.size();
    const auto px = [](float value) { return std::to_string(static_cast<int>(value)); };
    rows.push_back({px(video_size_from_px[i]) + (last ? "+" : "-" + px(video_size_from_px[i + 1])),
                    std::to_string(size.face_pictures), std::to_string(size.leaked),
                    fixed(a_thousand(size.leaked, size.face_pictures), 2),
                    std::to_string(size.longest_exposed)});
  }
  std::printf(
      "%s%s %s\n", format_text_table(rows).c_str(),
      tr("False boxes a picture: {0}. Largest movement of a border in still scenes: {1} "
         "pixels. {2} pictures a second.",
         {fixed(false_boxes_a_picture(outcome), 2), fixed(outcome.score.border_moved_px, 2),
          fixed(pictures_a_second(outcome), 2)})
          .c_str(),
      tr("{0} of {1} faces were hidden in none of their pictures: {2} of the leaked.",
         {std::to_string(outcome.score.faces_never_hidden), std::to_string(outcome.score.faces),
          std::to_string(outcome.score.leaked_of_never_hidden)})
          .c_str());
}

void print_json(const EvalVideoOptions& options, const TrackerOptions& tracking,
                const Outcome& outcome) {
  Json sizes = Json::array();
  for (size_t i = 0; i < outcome.score.sizes.size(); ++i) {
    const VideoScore::OfSize& size = outcome.score.sizes[i];
    sizes.push_back({{"from_px", video_size_from_px[i]},
                     {"face_pictures", size.face_pictures},
                     {"leaked", size.leaked},
                     {"leaked_a_thousand", a_thousand(size.leaked, size.face_pictures)},
                     {"longest_exposed_pictures", size.longest_exposed}});
  }
  const Json json = {{"clips", options.clips},
                     {"seed", options.seed},
                     {"frames", options.frames},
                     {"detect_every", tracking.detect_every},
                     {"harder_look", tracking.harder_us_max > 0},
                     {"sizes", sizes},
                     {"pictures", outcome.score.pictures},
                     {"faces", outcome.score.faces},
                     {"faces_never_hidden", outcome.score.faces_never_hidden},
                     {"leaked_of_never_hidden", outcome.score.leaked_of_never_hidden},
                     {"false_boxes_a_picture", false_boxes_a_picture(outcome)},
                     {"border_moved_px", outcome.score.border_moved_px},
                     {"pictures_a_second", pictures_a_second(outcome)}};
  std::printf("%s\n", json.dump(2).c_str());
}

Status evaluate_video(const EvalVideoOptions& options) {
  const std::vector<FaceCutout> cutouts = TRY(clip_faces(options.faces, options.truth));
  const Detector detector = TRY(load_detector(options.detect));
  TRY(forbid_network());
  catch_interrupts();
  const Outcome outcome = TRY(judge_clips(options, detector, cutouts));
  if (options.json) {
    print_json(options, tracker_options(detector, options), outcome);
  } else {
    print_table(outcome);
  }
  return {};
}

void add_clip_options(CLI::App& command, EvalVideoOptions& options) {
  command.add_option("--clips", options.clips, tr("How many clips are made"))
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_option("--seed", options.seed, tr("Of the first clip; the others count on from it"))
      ->capture_default_str();
  command.add_option("--frames", options.frames, tr("Pictures in each clip"))
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command
      .add_option("--faces", options.faces,
                  tr("A folder of pictures, each filled by one face; drawn faces if not given"))
      ->type_name("DIR");
  command
      .add_option("--truth", options.truth,
                  tr("Where the faces in the pictures of --faces are, which then are photographs: "
                     "heads are cut out of them"))
      ->type_name("FILE");
}

}  // namespace

void add_eval_video_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<EvalVideoOptions>();
  CLI::App* command = app.add_subcommand(
      "eval-video", tr("Judge detector and tracker by clips made by lot, whose faces are known"));
  add_clip_options(*command, *options);
  add_detect_options(*command, options->detect);
  command
      ->add_option("--detect-every", options->detect_every,
                   tr("Search the whole picture every N pictures, and between them only where "
                      "faces are expected"))
      ->check(CLI::Range(1, detect_every_max));
  command->add_flag("--no-harder-look", options->no_harder_look, harder_look_help());
  command
      ->add_option("--grow", options->grow,
                   tr("Share of a face's box added at each side, 0 to 2 (hair, chin, ears)"))
      ->check(CLI::Range(0.0, 2.0))
      ->capture_default_str();
  command->add_flag("--json", options->json, tr("Print the numbers as JSON"));
  command->callback([options, &run] {
    run = [options] {
      const Status status = evaluate_video(*options);
      if (status) return exit_done;
      return print_error(status.error(), interrupted() ? exit_interrupted : exit_failed);
    };
  });
}

}  // namespace faceveil
