// faceveil verify FILE...: looks at files again, as a stranger would, and says what it finds.

#include "pipeline/verify.h"

#include <cmath>
#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/film_progress.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "app/text_table.h"
#include "app/verification_json.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/thread_pool.h"
#include "pipeline/verify_video.h"
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
  std::filesystem::path source;
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
  known.source = options.source;
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
  Bytes source;
  if (!known.source.empty()) {
    source = TRY(about(known.source.string(), read_file(known.source, limits::input_bytes_max)));
  }
  VerifyRequest request;
  request.output = output;
  request.plan = known.plan ? &*known.plan : nullptr;
  request.detector = &detector;
  request.score_min = detector.options().score_min;
  request.source = source;
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

// --- films ---

Result<VideoVerification> verify_film(const std::string& path, const Known& known,
                                      const Detector& detector) {
  VideoVerifyRequest request;
  request.film = path;
  request.source = known.source;
  request.plan = known.plan ? &*known.plan : nullptr;
  request.detector = &detector;
  request.score_min = detector.options().score_min;
  request.thread_count = core_count();
  FilmProgress progress;
  request.on_progress = [&](const VideoProgress& at) { progress.show(at); };
  request.stop_requested = interrupted;
  return verify_video(request);
}

double seconds_of(MediaTime time) { return static_cast<double>(time.microseconds) / 1e6; }

Json exposure_json(const Exposure& exposure) {
  const Rect& box = exposure.box;
  return {{"from_s", seconds_of(exposure.from)},
          {"to_s", seconds_of(exposure.to)},
          {"pictures", exposure.seen.size()},
          {"box", {box.x, box.y, box.right(), box.bottom()}},
          {"score", exposure.score}};
}

std::string film_json_line(const std::string& path, const VideoVerification& found) {
  Json exposures = Json::array();
  for (const Exposure& exposure : found.exposures) exposures.push_back(exposure_json(exposure));
  const Json json = {{"file", path},
                     {"clean", found.clean()},
                     {"pictures", found.pictures},
                     {"hidden_faces", found.hidden_faces},
                     {"exposed_faces", found.exposed_faces},
                     {"pictures_with_exposed", found.pictures_with_exposed},
                     {"exposed_a_thousand", found.exposed_a_thousand()},
                     {"longest_exposed_pictures", found.longest_exposed()},
                     {"exposures", exposures},
                     {"streams", found.streams},
                     {"tags", found.tags},
                     {"locality", outcome_name(found.locality.outcome)},
                     {"locality_note", found.locality.note.in(current_language())}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string what_faces_show(const VideoVerification& found) {
  const std::string rate = fixed(found.exposed_a_thousand(), 2);
  const std::string pictures = std::to_string(found.pictures);
  const std::string longest = std::to_string(found.longest_exposed());
  if (found.hidden_faces == 0) {
    return tr(
        "faces in sight in {0} of {1} pictures ({2} a thousand pictures), the longest for "
        "{3} pictures in a row",
        {std::to_string(found.pictures_with_exposed), pictures, rate, longest});
  }
  return tr(
      "{0} of {1} faces in {2} pictures in sight ({3} a thousand), the longest for {4} "
      "pictures in a row",
      {std::to_string(found.exposed_faces),
       std::to_string(found.hidden_faces + found.exposed_faces), pictures, rate, longest});
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string film_sentence(const std::string& path, const VideoVerification& found) {
  std::string text = path + ": " + what_faces_show(found);
  if (!found.exposures.empty()) {
    const Exposure& longest = found.exposures.front();
    text +=
        ", " + tr("from {0} s on at {1},{2}", {fixed(seconds_of(longest.from), 2),
                                               fixed(longest.box.x, 0), fixed(longest.box.y, 0)});
  }
  if (!found.streams.empty()) text += "; " + tr("further streams: {0}", {joined(found.streams)});
  if (!found.tags.empty()) text += "; " + tr("metadata: {0}", {joined(found.tags)});
  if (found.locality.outcome == CheckOutcome::found) {
    text += "; " + found.locality.note.in(current_language());
  }
  return text;
}

// --- files ---

// One line on standard output. Whether nothing was found.
Result<bool> print_verified(const std::string& path, const Known& known, const Detector& detector,
                            bool as_json) {
  std::string line;
  bool clean = false;
  if (is_video(path) || is_animated(path)) {
    const VideoVerification found = TRY(verify_film(path, known, detector));
    line = as_json ? film_json_line(path, found) : film_sentence(path, found);
    clean = found.clean();
  } else {
    const Verified verified = TRY(verify_file(path, known, detector));
    line = as_json ? json_line(path, verified) : sentence(path, verified.verification);
    clean = verified.verification.clean();
  }
  std::printf("%s\n", line.c_str());
  return clean;
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
    const Result<bool> clean = about(path, print_verified(path, known, detector, options.json));
    if (!clean) {
      print_error(clean.error(), exit_failed);
      code = std::max(code, exit_failed);
      continue;
    }
    if (!*clean) code = exit_found;
  }
  return interrupted() ? exit_interrupted : code;
}

}  // namespace

void add_verify_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<VerifyCommandOptions>();
  CLI::App* command =
      app.add_subcommand("verify", tr("Look for what hiding may have left in files"));
  command->add_option("file", options->files, tr("Hidden pictures and films"))
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--plan", options->plan,
                   tr("The plan that was followed: what it hides or keeps is no finding"))
      ->type_name("PLAN");
  command
      ->add_option("--source", options->source,
                   tr("The picture before hiding: outside the plan's regions nothing may differ; "
                      "or the film: what it does not show too is no face in sight"))
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
