// faceveil apply plan.json -o OUT: hides what the plan says, and nothing else.

#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/film_progress.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "app/report.h"
#include "app/reports_out.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

struct ApplyCommandOptions {
  std::string plan;
  std::string output;
  std::string input;
  std::string image;
  MetadataChoice metadata;
  VerifyChoice verify;
  std::vector<std::string> reports;
  std::string plan_out;
  FilmChoice film;
  VoiceChoice voice;
  std::string orientation = "keep";
  bool exact = false;
  bool frame = false;
  bool force = false;
};

Result<RedactionPlan> read_plan(const std::string& path) {
  const Bytes text = TRY(read_file(path, limits::plan_bytes_max));
  return parse_plan(as_text(text));
}

// --input, else the name in the plan, as it is or beside the plan.
Result<std::filesystem::path> input_of(const ApplyCommandOptions& options,
                                       const RedactionPlan& plan) {
  if (!options.input.empty()) return options.input;
  const std::filesystem::path named = plan.source_name;
  const std::filesystem::path beside =
      std::filesystem::path(options.plan).parent_path() / named.filename();
  for (const std::filesystem::path& path : {named, beside}) {
    if (std::filesystem::is_regular_file(path)) return path;
  }
  return fail(Error::Kind::io,
              "The picture that the plan names (\"{0}\") is not there; give --input.",
              {plan.source_name});
}

Result<ApplyOptions> apply_options(const ApplyCommandOptions& options,
                                   const std::optional<CoverPicture>& cover) {
  ApplyOptions apply;
  apply.cover = cover ? &*cover : nullptr;
  apply.upright = TRY(wants_upright(options.orientation));
  apply.frame = options.frame;
  apply.format = format_asked_by(options.output);
  apply.metadata = TRY(metadata_policy(options.metadata));
  return apply;
}

Result<HideJob> job_of(const ApplyCommandOptions& options, RedactionPlan plan) {
  HideJob job;
  job.input = TRY(about(options.plan, input_of(options, plan)));
  job.output = options.output;
  job.plan_out = options.plan_out;
  job.overwrite = options.force ? Overwrite::allow : Overwrite::refuse;
  job.plan = std::move(plan);
  return job;
}

void print_done(const HideReport& report) {
  const bool is_ill = report.error || report.withheld;
  if (is_ill) {
    std::fprintf(stderr, "faceveil: %s\n", report_line(report).c_str());
    return;
  }
  if (report.video) {
    std::printf("%s\n", report_line(report).c_str());
    return;
  }
  const std::string done = tr(
      "{0} -> {1}: {2} regions hidden",
      {report.job.input.string(), report.job.output.string(), std::to_string(report.hidden_count)});
  std::fprintf(report.job.output == "-" ? stderr : stdout, "%s%s\n", done.c_str(),
               what_verify_says(report.verification).c_str());
  for (const std::string_view note : report.notes) {
    std::fprintf(stderr, "%s\n", tr(note).c_str());
  }
}

// A plan that no detector wrote is a person's own choice of what to hide: nobody looks again. At
// films, unless the person says otherwise, nobody looks harder than when plans are made.
VerifyChoice look_at(bool film, const ApplyCommandOptions& options) {
  VerifyChoice choice = options.verify;
  if (film && choice.second_look.empty()) choice.second_look = "balanced";
  return choice;
}

Result<HideSettings> settings_of(const ApplyCommandOptions& options, const RedactionPlan& plan,
                                 const std::optional<Detector>& second,
                                 const std::optional<CoverPicture>& cover, FilmProgress& progress) {
  HideSettings settings;
  settings.plan = options_for_found(plan);
  settings.apply = TRY(apply_options(options, cover));
  settings.second_look.detector = second ? &*second : nullptr;
  settings.film_look = film_look(options.verify, nullptr, settings.second_look.detector);
  if (options.exact) settings.second_look.further_rounds_max = 0;
  if (options.exact) settings.film_look.further_rounds_max = 0;
  settings.accept_findings = options.verify.accept_findings;
  settings.certify = !options.reports.empty();
  settings.preview_px = preview_px_for(options.reports);
  settings.voice = TRY(voice_change(options.voice));
  settings.video = TRY(film_options(options.film, core_count()));
  settings.video.on_progress = [&](const VideoProgress& at) { progress.show(at); };
  return settings;
}

Result<int> apply_file(const ApplyCommandOptions& options) {
  RedactionPlan plan = TRY(within(options.plan, read_plan(options.plan)));
  const HideJob job = TRY(job_of(options, std::move(plan)));
  const bool film = is_film_work(job.input, job.output);
  const std::optional<Detector> second = TRY(load_second_look(
      job.plan->detector.empty(), look_at(film, options), DetectChoice(), nullptr));
  TRY(forbid_network());
  const std::optional<CoverPicture> cover = TRY(load_cover(options.image));
  FilmProgress progress;
  const HideSettings settings = TRY(settings_of(options, *job.plan, second, cover, progress));
  catch_interrupts();
  const HideReport report = run_hide_job(job, settings, interrupted);
  print_done(report);
  TRY(write_reports(options.reports, {&report, 1}, {}, job.overwrite));
  if (interrupted()) return exit_interrupted;
  return exit_code_of({&report, 1});
}

}  // namespace

void add_apply_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<ApplyCommandOptions>();
  CLI::App* command = app.add_subcommand("apply", tr("Hide what a plan says"));
  command->add_option("plan", options->plan, tr("The plan"))->required()->type_name("PLAN");
  command
      ->add_option("-o,--output", options->output,
                   tr("Where to write the picture; - for standard output"))
      ->required();
  command->add_option("--input", options->input,
                      tr("The picture, if it is not where the plan says"));
  command
      ->add_option("--image", options->image,
                   tr("The picture that the plan's effect image lays over faces"))
      ->type_name("FILE");
  add_metadata_options(*command, options->metadata);
  add_verify_options(*command, options->verify);
  command->add_flag("--exact", options->exact,
                    tr("Hide nothing that the plan does not name: a face that is found besides is "
                       "a finding"));
  add_report_option(*command, options->reports);
  command->add_option("--plan-out", options->plan_out,
                      tr("Write the plan too, with what looking again added to it"));
  add_orientation_option(*command, options->orientation);
  add_film_options(*command, options->film);
  add_voice_options(*command, options->voice);
  command->add_flag("--frame", options->frame,
                    tr("Draw green frames where faces were, for review"));
  command->add_flag("-f,--force", options->force, tr("Replace files that exist"));
  command->callback([options, &run] {
    run = [options] {
      const Result<int> code = apply_file(*options);
      return code ? *code : print_error(code.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
