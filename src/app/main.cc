// faceveil: the command line. Lists the commands; each lives in one file under commands/.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "app/commands/command.h"
#include "app/version.h"
#include "base/language.h"

namespace faceveil {
namespace {

// The help texts are made while the parser is built, so the language must be known before it
// parses.
void choose_language(int argc, char** argv) {
  set_language(language_of_environment());
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with("--lang=")) set_language(parse_language(argument.substr(7)));
    if (argument == "--lang" && i + 1 < argc) set_language(parse_language(argv[i + 1]));
  }
}

int print_usage_error(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version.
  std::fprintf(
      stderr, "faceveil: %s\n",
      tr("The command line is not understood ({0}); see faceveil --help.", {error.what()}).c_str());
  return exit_usage;
}

int main_steps(int argc, char** argv) {
  choose_language(argc, argv);
  CLI::App app(tr("FaceVeil hides faces in pictures, on this computer alone."), "faceveil");
  app.set_version_flag("--version", std::string("faceveil ") + program_version);
  std::string language;  // Read by choose_language() already; here for the help and the check.
  app.add_option("--lang", language, tr("Language of the messages: en or zh"))
      ->check(CLI::IsMember({"en", "zh"}));
  app.require_subcommand(1);
  app.fallthrough();
  Run run;
  add_hide_command(app, run);
  add_detect_command(app, run);
  add_plan_command(app, run);
  add_apply_command(app, run);
  add_eval_command(app, run);
  add_eval_video_command(app, run);
  add_metadata_command(app, run);
  add_verify_command(app, run);
  add_models_command(app, run);
  add_serve_command(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return print_usage_error(app, error);
  }
  return run();
}

}  // namespace
}  // namespace faceveil

int main(int argc, char** argv) {
  // Nothing of ours throws; what a library may still throw here ends in one sentence.
  try {
    return faceveil::main_steps(argc, argv);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "faceveil: %s\n", exception.what());
    return faceveil::exit_failed;
  }
}
