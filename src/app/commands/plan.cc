// faceveil plan INPUT -o plan.json: looks, and writes down what would be hidden. Touches no
// picture.

#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/offline.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

struct PlanCommandOptions {
  std::string input;
  std::string output = "-";
  DetectChoice detect;
  HideChoice hide;
  bool force = false;
};

Status write_plan(const PlanCommandOptions& options) {
  const std::optional<Detector> detector =
      TRY(load_detector_unless(options.hide.no_detect, options.detect));
  TRY(forbid_network());
  const std::optional<CoverPicture> cover = TRY(load_cover(options.hide.image));
  const PlanOptions wanted = TRY(plan_options(options.hide, options.detect, cover));
  const Bytes input = TRY(about(options.input, read_file(options.input, limits::input_bytes_max)));
  RedactionPlan plan =
      TRY(about(options.input, make_plan(input, detector ? &*detector : nullptr, wanted)));
  plan.source_name = options.input;
  TRY(about(options.output, write_file(options.output, as_bytes(format_plan(plan)),
                                       options.force ? Overwrite::allow : Overwrite::refuse)));
  if (options.output != "-") {
    std::printf("%s\n",
                tr("{0}: {1} regions to hide, written to {2}",
                   {options.input, std::to_string(regions_at(plan, {0}).size()), options.output})
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
  command->add_flag("-f,--force", options->force, tr("Replace files that exist"));
  command->callback([options, &run] {
    run = [options] {
      const Status status = write_plan(*options);
      return status ? exit_done : print_error(status.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
