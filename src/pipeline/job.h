// One file to hide, and many. What the command line runs, and later the queue of the server.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "pipeline/pipeline.h"
#include "pipeline/video.h"

namespace faceveil {

struct HideJob {
  std::filesystem::path input;     // "-": standard input.
  std::filesystem::path output;    // "-": standard output. Its folder is made if need be.
  std::filesystem::path plan_out;  // Where to write the plan too; empty: nowhere.
  Overwrite overwrite = Overwrite::refuse;
};

// What became of one job. On failure nothing is under the output's name.
struct HideReport {
  HideJob job;
  std::optional<Error> error;  // Absent: done. Names the file.
  RedactionPlan plan;          // Of a job that is done.
  size_t hidden_count = 0;
  bool unchanged = false;               // As in Applied.
  std::vector<std::string_view> notes;  // As in Applied.
  StillFormat format = StillFormat::jpeg;
  std::optional<HiddenVideo> video;  // Of a film; the three above are then not set.
  std::string output_sha256;
  double seconds = 0;
};

struct HideSettings {
  const Detector* detector = nullptr;  // Borrowed; null: only boxes drawn by hand.
  PlanOptions plan;
  ApplyOptions apply;
  VideoOptions video;
  int thread_count = 1;
};

// Asked between the steps of a job; true stops it with the error `cancelled`.
using StopRequested = std::function<bool()>;

// Called after each job, one call at a time, from any thread, in order of completion.
using OnJobDone = std::function<void(const HideReport&, size_t done_count)>;

// Never fails as a whole: each report says how its job went.
HideReport run_hide_job(const HideJob&, const HideSettings&, const StopRequested&);

// Runs all, on `thread_count` threads; reports in the order of the jobs. The files written do not
// depend on the thread count.
std::vector<HideReport> run_hide_jobs(std::span<const HideJob>, const HideSettings&,
                                      const OnJobDone&, const StopRequested&);

}  // namespace faceveil
