// faceveil plan INPUT -o plan.json: looks, and writes down what would be hidden. Touches no
// picture.

#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/film_progress.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

struct PlanCommandOptions {
  std::string input;
  std::string output = "-";
  DetectChoice detect;
  HideChoice hide;
  FilmChoice film;
  bool force = false;
};

Result<RedactionPlan> look_at(const PlanCommandOptions& options, const Detector* detector,
                              const PlanOptions& wanted) {
  if (!is_video(options.input) && !is_animated(options.input)) {
    const Bytes input = TRY(read_file(options.input, limits::input_bytes_max));
    return make_plan(input, detector, wanted);
  }
  VideoOptions video = TRY(film_options(options.film, core_count()));
  FilmProgress progress;
  video.on_progress = [&](const VideoProgress& at) { progress.show(at); };
  video.stop_requested = interrupted;
  catch_interrupts();
  return make_video_plan(options.input, detector, wanted, video);
}

Status write_plan(const PlanCommandOptions& options) {
  const std::optional<Detector> detector =
      TRY(load_detector_unless(options.hide.no_detect, options.detect));
  TRY(forbid_network());
  const std::optional<CoverPicture> cover = TRY(load_cover(options.hide.image));
  const PlanOptions wanted = TRY(plan_options(options.hide, options.detect, cover));
  RedactionPlan plan =
      TRY(about(options.input, look_at(options, detector ? &*detector : nullptr, wanted)));
  plan.source_name = options.input;
  TRY(about(options.output, write_file(options.output, as_bytes(format_plan(plan)),
                                       options.force ? Overwrite::allow : Overwrite::refuse)));
  if (options.output != "-") {
    std::printf("%s\n", tr("{0}: {1} regions to hide, written to {2}",
                           {options.input, std::to_string(plan.tracks.size()), options.output})
                            .c_str());
  }
  return {};
}

}  // namespace

void add_plan_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<PlanCommandOptions>();
  CLI::App* command =
      app.add_subcommand("plan", tr("Write down what would be hidden, for a person to review"));
  command->add_option("input", options->input, tr("The picture, or - for standard input"))
      ->required()
      ->type_name("INPUT");
  command
      ->add_option("-o,--output", options->output,
                   tr("Where to write the plan; - for standard output"))
      ->capture_default_str();
  add_hide_options(*command, options->hide);
  add_detect_options(*command, options->detect);
  add_film_options(*command, options->film);
  command->add_flag("-f,--force", options->force, tr("Replace files that exist"));
  command->callback([options, &run] {
    run = [options] {
      const Status status = write_plan(*options);
      return status ? exit_done : print_error(status.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
