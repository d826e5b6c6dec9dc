// faceveil verify FILE...: looks at files again, as a stranger would, and says what it finds.

#include "pipeline/verify.h"

#include <cmath>
#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "app/verification_json.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

struct VerifyCommandOptions {
  std::vector<std::string> files;
  std::string plan;
  std::string source;
  DetectChoice detect;
  bool json = false;
};

// What the person says of the one file; empty where they say nothing.
struct Known {
  std::optional<RedactionPlan> plan;
  Bytes source;
};

Result<Known> read_known(const VerifyCommandOptions& options) {
  Known known;
  if (options.files.size() != 1 && !(options.plan.empty() && options.source.empty())) {
    return fail(Error::Kind::bad_input, "--plan and --source take exactly one file, here are {0}.",
                {std::to_string(options.files.size())});
  }
  if (!options.plan.empty()) {
    const Bytes text = TRY(within(options.plan, read_file(options.plan, limits::plan_bytes_max)));
    known.plan = TRY(within(options.plan, parse_plan(as_text(text))));
  }
  if (!options.source.empty()) {
    known.source = TRY(about(options.source, read_file(options.source, limits::input_bytes_max)));
  }
  return known;
}

struct Verified {
  std::string sha256;
  Verification verification;
};

Result<Verified> verify_file(const std::string& path, const Known& known,
                             const Detector& detector) {
  if (interrupted()) return fail(Error::Kind::cancelled, "Stopped before it was done.");
  const Bytes output = TRY(read_file(path, limits::input_bytes_max));
  VerifyRequest request;
  request.output = output;
  request.plan = known.plan ? &*known.plan : nullptr;
  request.detector = &detector;
  request.score_min = detector.options().score_min;
  request.source = known.source;
  Verified verified{sha256_hex(output), {}};
  verified.verification = TRY(verify(request));
  return verified;
}

// One line a file.
std::string json_line(const std::string& path, const Verified& verified) {
  Json json = {{"file", path}, {"sha256", verified.sha256}};
  json.update(verification_json(verified.verification));
  json["ms"] = std::round(verified.verification.milliseconds * 10) / 10;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string sentence(const std::string& path, const Verification& verification) {
  if (!verification.clean()) {
    return tr("{0}: found {1}", {path, describe(verification.findings)});
  }
  std::string not_done;
  for (const Check& check : verification.checks) {
    if (check.outcome != CheckOutcome::not_checked) continue;
    not_done += (not_done.empty() ? "" : ", ") + std::string(check_name(check.id));
  }
  return not_done.empty() ? tr("{0}: nothing found", {path})
                          : tr("{0}: nothing found; not checked: {1}", {path, not_done});
}

// Where the person does not say how hard to look: as hard as we can.
DetectChoice hard_look(DetectChoice choice) {
  if (choice.search.empty() && choice.detector.empty()) choice.search = "thorough";
  return choice;
}

Result<int> verify_files(const VerifyCommandOptions& options) {
  const Detector detector = TRY(load_detector(hard_look(options.detect)));
  TRY(forbid_network());
  catch_interrupts();
  const Known known = TRY(read_known(options));
  int code = exit_done;
  for (const std::string& path : options.files) {
    const Result<Verified> verified = about(path, verify_file(path, known, detector));
    if (!verified) {
      print_error(verified.error(), exit_failed);
      code = std::max(code, exit_failed);
      continue;
    }
    const Verification& verification = verified->verification;
    std::printf("%s\n",
                (options.json ? json_line(path, *verified) : sentence(path, verification)).c_str());
    if (!verification.clean()) code = exit_found;
  }
  return interrupted() ? exit_interrupted : code;
}

}  // namespace

void add_verify_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<VerifyCommandOptions>();
  CLI::App* command =
      app.add_subcommand("verify", tr("Look for what hiding may have left in files"));
  command->add_option("file", options->files, tr("Hidden pictures"))->required()->type_name("FILE");
  command
      ->add_option("--plan", options->plan,
                   tr("The plan that was followed: what it hides or keeps is no finding"))
      ->type_name("PLAN");
  command
      ->add_option("--source", options->source,
                   tr("The picture before hiding: outside the plan's regions nothing may differ"))
      ->type_name("FILE");
  add_detect_options(*command, options->detect);
  command->add_flag("--json", options->json, tr("Print one JSON line a file"));
  command->callback([options, &run] {
    run = [options] {
      const Result<int> code = verify_files(*options);
      return code ? *code : print_error(code.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
