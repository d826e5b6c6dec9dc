// faceveil apply plan.json -o OUT: hides what the plan says, and nothing else.

#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/film_progress.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "app/report.h"
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
  FilmChoice film;
  std::string orientation = "keep";
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

bool is_film(const std::filesystem::path& input, const std::filesystem::path& output) {
  return is_video(input) || (is_animated(input) && is_video_name(output));
}

Status apply_to_film(const ApplyCommandOptions& options, const RedactionPlan& plan,
                     const std::filesystem::path& path) {
  VideoOptions video = TRY(film_options(options.film, core_count()));
  FilmProgress progress;
  video.on_progress = [&](const VideoProgress& at) { progress.show(at); };
  video.stop_requested = interrupted;
  catch_interrupts();
  const std::optional<CoverPicture> cover = TRY(load_cover(options.image));
  const ApplyOptions apply = TRY(apply_options(options, cover));
  const Overwrite overwrite = options.force ? Overwrite::allow : Overwrite::refuse;
  HideReport report;
  report.job = {path, options.output, {}, overwrite};
  report.video = TRY(
      about(path.string(), apply_video_plan(plan, path, options.output, overwrite, apply, video)));
  report.notes = report.video->notes;
  std::printf("%s\n", report_line(report).c_str());
  return {};
}

Status apply_file(const ApplyCommandOptions& options) {
  TRY(forbid_network());
  const RedactionPlan plan = TRY(within(options.plan, read_plan(options.plan)));
  const std::filesystem::path path = TRY(about(options.plan, input_of(options, plan)));
  if (is_film(path, options.output)) return apply_to_film(options, plan, path);
  const Bytes input = TRY(about(path.string(), read_file(path, limits::input_bytes_max)));
  const std::optional<CoverPicture> cover = TRY(load_cover(options.image));
  const ApplyOptions apply = TRY(apply_options(options, cover));
  const Applied applied = TRY(about(path.string(), apply_plan(plan, input, apply)));
  TRY(about(options.output, write_file(options.output, applied.bytes,
                                       options.force ? Overwrite::allow : Overwrite::refuse)));
  std::fprintf(options.output == "-" ? stderr : stdout, "%s\n",
               tr("{0} -> {1}: {2} regions hidden",
                  {path.string(), options.output, std::to_string(applied.hidden_count)})
                   .c_str());
  for (const std::string_view note : applied.notes) {
    std::fprintf(stderr, "%s\n", tr(note).c_str());
  }
  return {};
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
  add_orientation_option(*command, options->orientation);
  add_film_options(*command, options->film);
  command->add_flag("--frame", options->frame,
                    tr("Draw green frames where faces were, for review"));
  command->add_flag("-f,--force", options->force, tr("Replace files that exist"));
  command->callback([options, &run] {
    run = [options] {
      const Status status = apply_file(*options);
      return status ? exit_done : print_error(status.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
