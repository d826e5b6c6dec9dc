#include "app/server/jobs/job.h"

#include <strings.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace faceveil {
namespace {

constexpr std::array<std::string_view, 9> file_states = {"queued",      "running",  "review",
                                                         "done",        "failed",   "cancelled",
                                                         "interrupted", "withheld", "removed"};
constexpr std::array<std::string_view, 6> file_stages = {"waiting",  "looking", "hiding",
                                                         "checking", "storing", "finished"};
constexpr std::array<std::string_view, 6> job_states = {"running", "paused",    "review",
                                                        "done",    "cancelled", "interrupted"};

bool has(const JobView& job, FileState state) {
  return std::ranges::find(job.files, state, &FileView::state) != job.files.end();
}

}  // namespace

std::string_view file_state_name(FileState state) {
  return file_states.at(static_cast<size_t>(state));
}

std::optional<FileState> parse_file_state(std::string_view name) {
  const auto found = std::ranges::find(file_states, name);
  if (found == file_states.end()) return std::nullopt;
  return static_cast<FileState>(found - file_states.begin());
}

std::string_view file_stage_name(FileStage stage) {
  return file_stages.at(static_cast<size_t>(stage));
}

std::string_view job_state_name(JobState state) {
  return job_states.at(static_cast<size_t>(state));
}

Original::~Original() { explicit_bzero(bytes_.data(), bytes_.size()); }

JobState state_of(const JobView& job) {
  if (has(job, FileState::queued) || has(job, FileState::running)) {
    return job.paused ? JobState::paused : JobState::running;
  }
  if (has(job, FileState::review)) return JobState::review;
  if (has(job, FileState::interrupted)) return JobState::interrupted;
  return has(job, FileState::cancelled) ? JobState::cancelled : JobState::done;
}

}  // namespace faceveil
