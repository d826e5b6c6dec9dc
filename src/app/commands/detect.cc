// faceveil detect INPUT...: prints the faces found, one JSON line an input.

#include <chrono>
#include <cstdio>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/common_options.h"
#include "app/inputs.h"
#include "app/interrupt.h"
#include "app/offline.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "base/thread_pool.h"

namespace faceveil {
namespace {

struct DetectOptions {
  std::vector<std::string> inputs;
  DetectChoice detect;
  bool recursive = false;
  int jobs = 0;
};

Result<std::string> detect_file(const std::filesystem::path& path, const Detector& detector) {
  if (interrupted()) return fail(Error::Kind::cancelled, "Stopped before it was done.");
  const auto start = std::chrono::steady_clock::now();
  const Bytes input = TRY(read_file(path, limits::input_bytes_max));
  const Detection detection = TRY(detect_faces(input, detector, detector.options().score_min));
  const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - start;
  return format_detection(detection, path.string(), ms.count());
}

// In the order of the inputs, whatever was done first.
int print_lines(const std::vector<Result<std::string>>& lines) {
  int code = exit_done;
  for (const Result<std::string>& line : lines) {
    if (line) {
      std::printf("%s\n", line->c_str());
    } else {
      code = print_error(line.error(), exit_failed);
    }
  }
  return interrupted() ? exit_interrupted : code;
}

Result<int> detect_inputs(const DetectOptions& options) {
  const Inputs inputs = TRY(find_inputs(options.inputs, options.recursive));
  const Detector detector = TRY(load_detector(options.detect));
  TRY(forbid_network());
  catch_interrupts();
  std::vector<Result<std::string>> lines(inputs.files.size());
  parallel_for(lines.size(), options.jobs > 0 ? options.jobs : core_count(), [&](size_t i) {
    const std::filesystem::path& path = inputs.files[i].path;
    lines[i] = about(path.string(), detect_file(path, detector));
  });
  if (lines.empty()) {
    return fail(Error::Kind::bad_input, "No picture was found in what you named.");
  }
  return print_lines(lines);
}

}  // namespace

void add_detect_command(CLI::App& app, Run& run) {
  const auto options = std::make_shared<DetectOptions>();
  CLI::App* command = app.add_subcommand("detect", tr("Print the faces in pictures as JSON lines"));
  command->add_option("input", options->inputs, tr("Files, folders, or - for standard input"))
      ->required()
      ->type_name("INPUT");
  add_detect_options(*command, options->detect);
  command->add_flag("-r,--recursive", options->recursive, tr("Go into folders inside folders"));
  command
      ->add_option("-j,--jobs", options->jobs,
                   tr("Pictures worked on at once; all cores if not given"))
      ->check(CLI::Range(1, 256));
  command->callback([options, &run] {
    run = [options] {
      const Result<int> code = detect_inputs(*options);
      return code ? *code : print_error(code.error(), exit_failed);
    };
  });
}

}  // namespace faceveil
