// The commands of the program. Each adds itself to the parser, and leaves in `run` what to do when
// it was the one chosen.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace faceveil {

// Exit codes of the program.
inline constexpr int exit_done = 0;           // Every input was handled.
inline constexpr int exit_failed = 1;         // At least one input was not.
inline constexpr int exit_usage = 2;          // The command line makes no sense; nothing was done.
inline constexpr int exit_found = 3;          // verify found what must not be in an output.
inline constexpr int exit_interrupted = 130;  // Ctrl+C, as shells have it.

using Run = std::function<int()>;

void add_hide_command(CLI::App& app, Run& run);
void add_detect_command(CLI::App& app, Run& run);
void add_plan_command(CLI::App& app, Run& run);
void add_apply_command(CLI::App& app, Run& run);
void add_eval_command(CLI::App& app, Run& run);
void add_eval_video_command(CLI::App& app, Run& run);
void add_metadata_command(CLI::App& app, Run& run);
void add_verify_command(CLI::App& app, Run& run);
void add_models_command(CLI::App& app, Run& run);
void add_serve_command(CLI::App& app, Run& run);

}  // namespace faceveil
