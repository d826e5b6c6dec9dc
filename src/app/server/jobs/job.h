// What the server knows of a job: pictures hidden in the background, one by one, each perhaps
// reviewed by a person afterwards. Plain values; jobs.h has the machine that moves them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "media/metadata.h"
#include "media/still.h"
#include "pipeline/verify.h"
#include "plan/plan.h"

namespace faceveil {

using WallClock = std::chrono::system_clock;

// In the order of file_state_name's table.
enum class FileState : uint8_t {
  queued,
  running,
  review,
  done,
  failed,
  cancelled,
  interrupted,
  withheld,
  removed  // Nothing of it is left but its number.
};
enum class FileStage : uint8_t { waiting, looking, hiding, checking, storing, finished };
enum class JobState : uint8_t { running, paused, review, done, cancelled, interrupted };

std::string_view file_state_name(FileState);
std::optional<FileState> parse_file_state(std::string_view);
std::string_view file_stage_name(FileStage);
std::string_view job_state_name(JobState);

// It is hidden, and the picture stored.
inline bool is_hidden(FileState state) {
  return state == FileState::review || state == FileState::done;
}
// It has been hidden: its plan and facts are known.
inline bool was_hidden(FileState state) { return is_hidden(state) || state == FileState::withheld; }
// Nothing is left to do for the program.
inline bool is_settled(FileState state) {
  return state != FileState::queued && state != FileState::running;
}

// Bytes that are overwritten before their memory goes back: an upload, unhidden.
class Original {
 public:
  explicit Original(BytesView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  ~Original();
  Original(const Original&) = delete;
  Original& operator=(const Original&) = delete;
  BytesView bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

// Something beside the picture in the original.
struct MetadataFact {
  MetadataKind kind = MetadataKind::unknown;
  int64_t bytes = 0;
};

// What is known of a file once it is hidden.
struct FileFacts {
  size_t hidden_count = 0, doubtful_count = 0, by_person_count = 0, kept_count = 0;
  Size size;  // Upright pixels.
  StillFormat format = StillFormat::jpeg;
  bool unchanged = false;
  int64_t result_bytes = 0;
  std::string output_sha256;
  std::vector<std::string> notes;  // English sentences with a Chinese twin.
  std::vector<MetadataFact> metadata_found;
  Verification verification;
  bool withheld = false;  // It found something, and nobody has accepted that.
  double ms = 0;
};

struct FileView {
  int number = 0;  // From 1; the id in addresses.
  std::string name;
  FileState state = FileState::queued;
  FileStage stage = FileStage::waiting;
  std::optional<Error> error;
  std::optional<RedactionPlan> plan;  // Once hidden.
  FileFacts facts;                    // Once hidden.
  bool original_kept = false;
  int revision = 0;
  uint64_t changed = 0;  // The job's version at its last change.
};

struct JobProgress {
  size_t total = 0, done = 0, failed = 0, withheld = 0;
  double percent = 0;
  double files_per_second = 0;  // 0: not known yet.
  std::optional<double> eta_s;
};

struct JobView {
  std::string id;
  bool review = false, paused = false;
  WallClock::time_point created;
  std::optional<WallClock::time_point> expires;
  JobProgress progress;
  std::vector<FileView> files;
  uint64_t version = 0;  // Goes up with every change.
};

JobState state_of(const JobView&);

// Its picture may be given away.
inline bool has_result(const FileView& file) {
  return is_hidden(file.state) && !file.facts.withheld;
}

}  // namespace faceveil
