// faceveil eval --truth FILE --images DIR: judges a detector by labelled pictures.

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/evaluation.h"
#include "app/evaluation_report.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "app/progress.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "evaluate/plots.h"

namespace faceveil {
namespace {

struct EvalOptions {
  std::string truth, images;
  DetectChoice detect;
  float grow = 0.2f;
  float curve_from = 0.02f;
  std::vector<std::string> size_min;  // "PX" or "SUBSET=PX"
  std::vector<std::string> splits;    // "NAME=FILE"
  std::string json, plot_folder, faces_out;
  bool force = false;
  int jobs = 0;  // 0: all cores.
};

// "crowds=16" -> "crowds", "16"; "8" -> "", "8".
std::pair<std::string, std::string> name_and_value(const std::string& text) {
  const size_t sign = text.find('=');
  if (sign == std::string::npos) return {"", text};
  return {text.substr(0, sign), text.substr(sign + 1)};
}

Result<FaceSizeMin> parse_size_min(const std::vector<std::string>& texts) {
  FaceSizeMin size_min;
  for (const std::string& text : texts) {
    const auto [subset, number] = name_and_value(text);
    float px = 0;
    const char* const end = number.data() + number.size();
    const auto [stop, error] = std::from_chars(number.data(), end, px);
    if (error != std::errc() || stop != end || !(px >= 0 && px <= limits::side_pixels_max)) {
      return fail(Error::Kind::bad_input, "\"{0}\" is not a number of pixels.", {number});
    }
    (subset.empty() ? size_min.px : size_min.of_subset[subset]) = px;
  }
  return size_min;
}

Result<Split> read_split(const std::string& path, const Truth& truth) {
  const Bytes text = TRY(read_file(path, limits::truth_bytes_max));
  return parse_split(as_text(text), truth);
}

Result<std::vector<NamedSplit>> read_splits(const std::vector<std::string>& texts,
                                            const Truth& truth) {
  std::vector<NamedSplit> splits;
  for (const std::string& text : texts) {
    const auto [name, file] = name_and_value(text);
    if (name.empty() || file.empty()) {
      return fail(Error::Kind::bad_input, "\"{0}\" is not a list of faces; give NAME=FILE.",
                  {text});
    }
    Split split = TRY(within(file, read_split(file, truth)));
    splits.push_back({name, std::move(split)});
  }
  return splits;
}

// What looking at a picture of this size costs, for detectors that can say so.
template <typename AnyDetector>
double gflop_of(const AnyDetector& detector, Size picture) {
  if constexpr (requires { detector.gflop(picture); }) return detector.gflop(picture);
  return 0;
}

Result<PlanOptions> plan_options_of(const EvalOptions& options) {
  HideChoice hide;
  hide.grow = options.grow;
  return plan_options(hide, options.detect, std::nullopt);
}

Result<EvaluationSettings> settings_of(const EvalOptions& options, const Detector& detector) {
  EvaluationSettings settings;
  settings.folder = options.images;
  settings.look = [&detector](const Image& image, float score_min) {
    return detector.detect(image, score_min);
  };
  settings.gflop = [&detector](Size picture) { return gflop_of(detector, picture); };
  settings.plan = TRY(plan_options_of(options));
  settings.curve_from = std::min(options.curve_from, settings.plan.score_min);
  settings.thread_count = options.jobs > 0 ? options.jobs : core_count();
  return settings;
}

EvaluationHead head_of(const EvalOptions& options, const EvaluationSettings& settings,
                       const FaceSizeMin& size_min) {
  EvaluationHead head;
  if (const Result<DetectorOptions> chosen = detector_options(options.detect)) {
    head.detector = detector_name(chosen->detector);
    head.search = search_name(chosen->search);
  }
  head.threshold = settings.plan.score_min;
  head.curve_from = settings.curve_from;
  head.grow = settings.plan.grow;
  head.size_min = size_min;
  head.jobs = settings.thread_count;
  return head;
}

Status write_result(const EvalOptions& options, const std::filesystem::path& path,
                    BytesView bytes) {
  const Overwrite overwrite = options.force ? Overwrite::allow : Overwrite::refuse;
  return about(path.string(), write_file(path, bytes, overwrite));
}

Status write_plots(const EvalOptions& options, const std::vector<EvaluationPart>& parts) {
  std::vector<PlotSeries> series;
  series.reserve(parts.size());
  for (const EvaluationPart& part : parts) series.push_back({part.name, part.counts, part.curve});
  const std::filesystem::path folder = options.plot_folder;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return about(folder.string(), Status(fail(Error::Kind::io, "The folder cannot be made ({0}).",
                                              {error.message()})));
  }
  TRY(write_result(options, folder / "leaks-by-threshold.svg",
                   as_bytes(format_curves_svg(series))));
  return write_result(options, folder / "leaks-by-size.svg", as_bytes(format_sizes_svg(series)));
}

Result<StillFormat> format_of_sheet(const EvalOptions& options) {
  const std::optional<StillFormat> format = format_asked_by(options.faces_out);
  if (format) return *format;
  return about(
      options.faces_out,
      Result<StillFormat>(fail(Error::Kind::bad_input,
                               "The name must end as a picture's does, for example in .png.")));
}

// The only pictures of others that leave this command, and only where the user asks.
Status write_missed_faces(const EvalOptions& options, const Truth& truth,
                          const EvaluationSettings& settings, const Evaluation& evaluation,
                          const Subset& subset) {
  const StillFormat format = TRY(format_of_sheet(options));
  std::optional<MissedFaces> missed =
      TRY(sheet_of_missed_faces(truth, settings, evaluation.at_threshold, subset));
  if (!missed) {
    std::fprintf(stderr, "%s\n", tr("No face is missed; there is no sheet to write.").c_str());
    return {};
  }
  Still still;
  still.image = std::move(missed->sheet);
  const Bytes bytes = TRY(about(options.faces_out, encode_still(still, format)));
  TRY(write_result(options, options.faces_out, bytes));
  std::fprintf(
      stderr, "%s\n",
      tr("{0} of {1} missed faces are on {2}, the largest first.",
         {std::to_string(missed->shown), std::to_string(missed->missed), options.faces_out})
          .c_str());
  return {};
}

// Mistakes in the options shall show before minutes of looking.
Status check_options(const EvalOptions& options) {
  if (!(options.curve_from >= 0.001f && options.curve_from <= 1)) {
    return about("--curve-from",
                 Status(fail(Error::Kind::bad_input, "The number must lie between {0} and {1}.",
                             {"0.001", "1"})));
  }
  if (!options.faces_out.empty()) TRY(format_of_sheet(options));
  TRY(plan_options_of(options));
  return {};
}

Result<Evaluation> evaluate_with_progress(const Truth& truth, const EvaluationSettings& settings) {
  Progress progress(truth.pictures.size());
  return evaluate(truth, settings, interrupted, [&](size_t done) { progress.show(done); });
}

Status evaluate_pictures(const EvalOptions& options) {
  TRY(check_options(options));
  const FaceSizeMin size_min = TRY(about("--judge-from", parse_size_min(options.size_min)));
  const Truth truth = TRY(within(options.truth, read_truth(options.truth)));
  const std::vector<NamedSplit> splits = TRY(about("--split", read_splits(options.splits, truth)));
  TRY(within(options.truth, check_pictures_exist(truth, options.images)));
  const Detector detector = TRY(load_detector(options.detect));
  const EvaluationSettings settings = TRY(settings_of(options, detector));
  TRY(forbid_network());
  catch_interrupts();
  const Evaluation evaluation = TRY(evaluate_with_progress(truth, settings));

  // From here on no picture is looked at any more: counting and writing.
  const std::vector<Subset> subsets =
      make_subsets(truth, evaluation.at_threshold, size_min, splits);
  const std::vector<EvaluationPart> parts =
      evaluation_parts(evaluation, subsets, settings.plan.score_min, splits);
  const EvaluationHead head = head_of(options, settings, size_min);
  std::fprintf(options.json == "-" ? stderr : stdout, "%s",
               format_evaluation_table(head, parts).c_str());
  if (!options.json.empty()) {
    TRY(write_result(options, options.json, as_bytes(format_evaluation_json(head, parts))));
  }
  if (!options.plot_folder.empty()) TRY(write_plots(options, parts));
  if (!options.faces_out.empty()) {
    TRY(write_missed_faces(options, truth, settings, evaluation, subsets.back()));
  }
  return {};
}

void add_truth_options(CLI::App& command, EvalOptions& options) {
  command
      .add_option("--truth", options.truth,
                  tr("Where the faces are: CSV (image,x1,y1,x2,y2) or WIDER FACE's own text file"))
      ->required()
      ->type_name("FILE");
  command
      .add_option("--images", options.images, tr("The folder that the pictures' names start in"))
      ->required()
      ->type_name("DIR");
  command
      .add_option("--judge-from", options.size_min,
                  tr("Longer side of the smallest face that counts, in pixels; 8 if not given; "
                     "SUBSET=PX for one subset; may be repeated"))
      ->type_name("PX")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      .add_option("--split", options.splits,
                  tr("A list of the faces that count, judged by WIDER FACE's protocol too; may be "
                     "repeated"))
      ->type_name("NAME=FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_result_options(CLI::App& command, EvalOptions& options) {
  command.add_option("--json", options.json,
                     tr("Write all numbers and curves as JSON; - for standard output"));
  command
      .add_option("--plot", options.plot_folder,
                  tr("Draw leaks by threshold and by size into this folder, as SVG"))
      ->type_name("DIR");
  command
      .add_option("--faces-out", options.faces_out,
                  tr("Write a sheet of the faces that leak: these are pictures of people"))
      ->type_name("FILE");
  command.add_flag("-f,--force", options.force, tr("Replace files that exist"));
}

}  // namespace

void add_eval_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<EvalOptions>();
  CLI::App* command =
      app.add_subcommand("eval", tr("Judge a detector by pictures whose faces are known"));
  add_truth_options(*command, *options);
  add_detect_options(*command, options->detect);
  command
      ->add_option("--grow", options->grow,
                   tr("Share of a face's box added at each side, 0 to 2 (hair, chin, ears)"))
      ->capture_default_str();
  command
      ->add_option("--curve-from", options->curve_from,
                   tr("Threshold where curves begin; from --threshold on each picture is looked at "
                      "once only"))
      ->capture_default_str();
  add_result_options(*command, *options);
  command
      ->add_option("-j,--jobs", options->jobs,
                   tr("Pictures worked on at once; all cores if not given"))
      ->check(CLI::Range(1, 256));
  command->callback([options, &run] {
    run = [options] {
      const Status status = evaluate_pictures(*options);
      if (status) return exit_done;
      return print_error(status.error(), interrupted() ? exit_interrupted : exit_failed);
    };
  });
}

}  // namespace faceveil
