// What of the jobs outlives the process: their record in SQLite, and the hidden pictures as files
// beside it, in a folder that only its owner may enter. Never an original.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/server/jobs/database.h"
#include "app/server/jobs/job.h"
#include "base/result.h"

namespace faceveil {

// $XDG_STATE_HOME/faceveil, or ~/.local/state/faceveil. Errors: io where neither is known.
Result<std::filesystem::path> default_state_folder();

// One file of a job as a row. The texts are JSON (job_json.h), empty where there is none.
struct StoredFile {
  int number = 0;
  std::string name;
  FileState state = FileState::queued;
  std::string plan, facts, error;
};

struct StoredJob {
  std::string id;
  bool review = false;
  int64_t created_s = 0, finished_s = 0;  // Unix time; 0: not finished.
  std::vector<StoredFile> files;
};

// A film's job as a row; the texts as there (films/film_record.h).
struct StoredFilm {
  std::string id, name;
  bool review = false;
  int64_t created_s = 0, finished_s = 0;  // As above.
  std::string state;
  int revision = 0;  // The number of its result, which goes up with each; 0: it has none.
  std::string plan, facts, error;
};

// May be called from many threads at once.
class JobStore {
 public:
  // Makes `folder` (0700) and takes the first of its numbered sub-folders that no other server
  // holds: two servers of one person do not share their jobs. Errors: io.
  static Result<std::shared_ptr<JobStore>> open(const std::filesystem::path& folder);
  ~JobStore();
  JobStore(const JobStore&) = delete;
  JobStore& operator=(const JobStore&) = delete;

  // Wipes from the folders that no server holds (one that crashed left them) what is older than
  // this; what was cut off there counts from now.
  void wipe_abandoned(std::chrono::seconds retention) const;

  // Files in the folder that no row accounts for. Errors: io.
  Result<size_t> count_strays();

  // Everything that an earlier process left, and takes away result files that no row knows.
  Result<std::vector<StoredJob>> load();

  // A job (its row only when it is new) with files to add.
  Status add(const StoredJob&);
  Status update(const std::string& job_id, const StoredFile&);
  Status set_finished(const std::string& job_id, int64_t finished_s);

  // Writes the hidden picture; replaces an earlier one.
  Status write_result(const std::string& job_id, int number, BytesView);
  Result<Bytes> read_result(const std::string& job_id, int number) const;
  void remove_result(const std::string& job_id, int number) const;

  // Films, the oldest first. To be asked after load().
  Result<std::vector<StoredFilm>> load_films();
  // A new film's job, or how it stands now.
  Status put(const StoredFilm&);
  // Where a result lies: a file's of a job, or a film's by the number of the result.
  std::filesystem::path result_path(const std::string& job_id, int number) const;

  // Rows (overwritten with zeros) and results, of pictures or of a film.
  Status erase(const std::string& job_id);
  Status erase_all();

  const std::filesystem::path& folder() const { return folder_; }

 private:
  JobStore(std::filesystem::path folder, int lock, std::unique_ptr<Database>);
  static Result<std::shared_ptr<JobStore>> open_slot(const std::filesystem::path& own);
  Status wipe_older_than(std::chrono::seconds retention);
  void remove_results(const std::string& prefix, const std::vector<std::string>& keep = {}) const;

  const std::filesystem::path folder_;
  const int lock_;  // A file descriptor with flock.
  const std::unique_ptr<Database> database_;
};

}  // namespace faceveil
