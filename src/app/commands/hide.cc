// faceveil hide INPUT...: the main job on files and folders.

#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/film_progress.h"
#include "app/inputs.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "app/outputs.h"
#include "app/progress.h"
#include "app/report.h"
#include "app/reports_out.h"
#include "base/language.h"
#include "base/thread_pool.h"

namespace faceveil {
namespace {

struct HideOptions {
  std::vector<std::string> inputs;
  OutputChoice output;
  DetectChoice detect;
  HideChoice hide;
  MetadataChoice metadata;
  VerifyChoice verify;
  std::vector<std::string> reports;
  VoiceChoice voice;
  FilmChoice film;
  std::string orientation = "keep";
  bool frame = false;
  bool recursive = false;
  int jobs = 0;  // 0: all cores.
};

// Results go to standard output, unless the picture itself does.
FILE* summary_stream(std::span<const HideReport> reports) {
  for (const HideReport& report : reports) {
    if (report.job.output == "-") return stderr;
  }
  return stdout;
}

void print_summary(std::span<const HideReport> reports,
                   const std::vector<std::filesystem::path>& left_alone) {
  FILE* const stream = summary_stream(reports);
  size_t failed = 0, faces = 0, tracks = 0;
  for (const HideReport& report : reports) {
    const bool failed_or_withheld = report.error || report.withheld;
    std::fprintf(failed_or_withheld ? stderr : stream,
                 failed_or_withheld ? "faceveil: %s\n" : "%s\n", report_line(report).c_str());
    failed += failed_or_withheld;
    faces += report.withheld ? 0 : report.hidden_count;
    tracks += report.video ? report.video->track_count : 0;
  }
  for (const std::filesystem::path& path : left_alone) {
    std::fprintf(stream, "%s: %s\n", path.c_str(), tr("not a picture, left alone").c_str());
  }
  if (reports.size() < 2) return;
  std::fprintf(
      stream, "%s\n",
      tr("{0} pictures done, {1} failed, {2} faces hidden.",
         {std::to_string(reports.size() - failed), std::to_string(failed), std::to_string(faces)})
          .c_str());
  if (tracks == 0) return;
  std::fprintf(stream, "%s\n",
               tr("Besides, {0} tracks hidden in films; a person may have several.",
                  {std::to_string(tracks)})
                   .c_str());
}

// Of the first and the second look.
struct Detectors {
  std::optional<Detector> first, second;
};

Result<Detectors> load_detectors(const HideOptions& options) {
  Detectors detectors;
  detectors.first = TRY(load_detector_unless(options.hide.no_detect, options.detect));
  detectors.second = TRY(load_second_look(options.hide.no_detect, options.verify, options.detect,
                                          detectors.first ? &*detectors.first : nullptr));
  return detectors;
}

Result<HideSettings> settings_of(const HideOptions& options, const Detectors& detectors,
                                 const std::optional<CoverPicture>& cover) {
  HideSettings settings;
  settings.detector = detectors.first ? &*detectors.first : nullptr;
  settings.second_look.detector = detectors.second ? &*detectors.second : nullptr;
  settings.film_look = film_look(options.verify, settings.detector, settings.second_look.detector);
  settings.accept_findings = options.verify.accept_findings;
  settings.certify = !options.reports.empty();
  settings.preview_px = preview_px_for(options.reports);
  settings.plan = TRY(plan_options(options.hide, options.detect, cover));
  settings.apply.cover = cover ? &*cover : nullptr;
  settings.apply.frame = options.frame;
  settings.apply.upright = TRY(wants_upright(options.orientation));
  settings.apply.format = format_asked_by(options.output.file);
  settings.apply.metadata = TRY(metadata_policy(options.metadata));
  settings.voice = TRY(voice_change(options.voice));
  settings.video = TRY(film_options(options.film, core_count()));
  settings.thread_count = options.jobs > 0 ? options.jobs : core_count();
  return settings;
}

std::vector<HideReport> run_with_progress(const std::vector<HideJob>& jobs, HideSettings settings) {
  Progress progress(jobs.size());
  FilmProgress film;
  settings.video.on_progress = [&](const VideoProgress& at) { film.show(at); };
  return run_hide_jobs(
      jobs, settings, [&](const HideReport&, size_t done) { progress.show(done); }, interrupted);
}

// Sounds of a folder belong to the work only where the person speaks of voices.
bool wants_sounds(const HideOptions& options) {
  return !options.voice.mode.empty() || !options.voice.mute.empty() || !options.voice.bleep.empty();
}

Result<int> hide_inputs(const HideOptions& options) {
  const Inputs inputs = TRY(find_inputs(options.inputs, options.recursive, wants_sounds(options)));
  const std::vector<HideJob> jobs = TRY(plan_outputs(inputs.files, options.output));
  const Detectors detectors = TRY(load_detectors(options));
  TRY(forbid_network());
  const std::optional<CoverPicture> cover = TRY(load_cover(options.hide.image));
  const HideSettings settings = TRY(settings_of(options, detectors, cover));
  catch_interrupts();
  const std::vector<HideReport> reports = run_with_progress(jobs, settings);
  print_summary(reports, inputs.left_alone);
  TRY(write_reports(options.reports, reports, options.detect.models,
                    options.output.force ? Overwrite::allow : Overwrite::refuse));
  if (jobs.empty()) {
    return fail(Error::Kind::bad_input, "No picture was found in what you named.");
  }
  return interrupted() ? exit_interrupted : exit_code_of(reports);
}

}  // namespace

void add_hide_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<HideOptions>();
  CLI::App* command = app.add_subcommand("hide", tr("Hide the faces in pictures"));
  command->add_option("input", options->inputs, tr("Files, folders, or - for standard input"))
      ->required()
      ->type_name("INPUT");
  command->add_option("-o,--output", options->output.file,
                      tr("Where to write the one picture; - for standard output"));
  command->add_option("--out-dir", options->output.folder, tr("Folder to write all pictures to"));
  add_hide_options(*command, options->hide);
  add_detect_options(*command, options->detect);
  add_metadata_options(*command, options->metadata);
  add_verify_options(*command, options->verify);
  add_voice_options(*command, options->voice);
  add_orientation_option(*command, options->orientation);
  add_film_options(*command, options->film);
  command->add_flag("--frame", options->frame,
                    tr("Draw green frames where faces were, for review"));
  command->add_flag("-r,--recursive", options->recursive, tr("Go into folders inside folders"));
  command
      ->add_option("-j,--jobs", options->jobs,
                   tr("Pictures worked on at once; all cores if not given"))
      ->check(CLI::Range(1, 256));
  command->add_option("--plan-out", options->output.plan,
                      tr("Write the plan of the one picture too"));
  add_report_option(*command, options->reports);
  command->add_flag("-f,--force", options->output.force, tr("Replace files that exist"));
  command->callback([options, &run] {
    run = [options] {
      const Result<int> code = hide_inputs(*options);
      return code ? *code : print_error(code.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
