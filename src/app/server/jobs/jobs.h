// The queue of jobs: takes pictures, hides them one after the other, keeps each original in memory
// only while it is needed, and forgets everything in time.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/server/job_answers.h"
#include "app/server/jobs/job.h"
#include "app/server/jobs/job_store.h"
#include "app/server/workbench.h"

namespace faceveil {

// What all pictures of a job share.
struct JobSettings {
  WorkOptions work;
  std::shared_ptr<const Original> cover;  // For the effect `image`.
  std::string cover_name;
  bool review = false;
  std::string webhook;  // Empty: nobody is told.

  std::optional<BytesView> cover_bytes() const {
    return cover ? std::optional(cover->bytes()) : std::nullopt;
  }
};

struct JobsOptions {
  int worker_count = 1;
  std::chrono::seconds retention{3600};   // From the last change of a finished job.
  std::chrono::seconds review_max{3600};  // A review that nobody touches ends.
  size_t files_max = 2000;                // Of all jobs together.
  int64_t originals_bytes_max = 0;        // Likewise; one more is told to wait.
};

class Jobs {
 public:
  // Hides a picture of a job, for the client that is given; waits for its turn at the processors.
  // Called from many threads.
  using Hide =
      std::function<Result<Checked>(BytesView original, const JobSettings&, const Client&)>;
  // Called when nothing of a job is left to do but reviewing.
  using OnSettled = std::function<void(const JobView&, const JobSettings&)>;

  // Takes over what an earlier process left in the store: what was cut off is marked. Errors: io.
  static Result<std::unique_ptr<Jobs>> create(std::shared_ptr<JobStore>, const JobsOptions&, Hide,
                                              OnSettled);
  // As stop().
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  struct NewFile {
    std::string name;
    BytesView bytes;
  };
  // The new job's id. Errors: busy when the queue is full; io.
  Result<std::string> add_job(JobSettings, const std::vector<NewFile>&);
  Result<Lookup> add_files(const std::string& id, const std::vector<NewFile>&);

  std::optional<JobView> view(const std::string& id) const;
  // Waits until the job's version is above `version`, the time is over, or the queue stops.
  std::optional<JobView> wait(const std::string& id, uint64_t version,
                              std::chrono::milliseconds time) const;

  // Each false where there is no such job.
  bool set_paused(const std::string& id, bool paused);
  bool cancel(const std::string& id);  // What is being worked on ends before its next step.
  bool close(const std::string& id);
  Result<bool> erase(const std::string& id);  // Returns when nothing of it is left.

  Lookup close_file(const std::string& id, int number);
  Lookup cancel_file(const std::string& id, int number);
  // Takes a file out of its job; returns when nothing of it is left.
  Lookup erase_file(const std::string& id, int number);

  // A file in review, for as long as `use` runs.
  struct Review {
    std::shared_ptr<const Original> original;
    std::shared_ptr<const JobSettings> settings;
    std::vector<Track> found;  // What the detector said.
    RedactionPlan plan;        // As it stands.
  };
  Result<Lookup> look(const std::string& id, int number,
                      const std::function<Status(const Review&)>& use);
  // What `make` returns becomes the file's result, withheld where it has findings that are not
  // accepted. Errors: those of `make`; io.
  Result<Lookup> correct(const std::string& id, int number, bool accept_findings,
                         const std::function<Result<Checked>(const Review&)>& make);

  // The hidden picture, whether it may be given away or not. Errors: io.
  Result<Bytes> result(const std::string& id, int number) const;

  struct Memory {
    size_t originals = 0;
    int64_t bytes = 0;
  };
  Memory originals_in_memory() const;
  // Files in the store's folder that are no result of a job. Errors: io.
  Result<size_t> strays_on_disk() const { return store_->count_strays(); }
  const std::filesystem::path& folder() const { return store_->folder(); }
  std::chrono::seconds retention() const { return options_.retention; }

  // Gives up what is being worked on and waiting, and wipes everything, results too.
  void stop();

 private:
  struct Entry;
  struct Task;
  Jobs(std::shared_ptr<JobStore>, const JobsOptions&, Hide, OnSettled);
  void take_over(const StoredJob&);
  void work();
  void sweep();
  std::optional<Task> next_task();
  void run(const Task&);
  Client client_for(const Task&);
  bool is_given_up(const Task&) const;
  void set_stage(const Task&, FileStage);
  Result<FileFacts> store(const Task&, const Checked&);
  void settle(const Task&, const Result<Checked>&, const FileFacts&);
  FileState state_after(const Entry&, const Result<Checked>&, const FileFacts&) const;
  Status append(Entry&, const std::vector<NewFile>&, StoredJob& stored);
  Status check_room(const std::vector<NewFile>&) const;
  std::optional<Task> begin_review(const std::string& id, int number, Lookup& lookup,
                                   Review& review);
  void end_review(const Task&);
  Result<bool> replace(const std::string& id, int number, const Checked&, const FileFacts&);
  void changed(Entry&, FileView* file = nullptr);
  void finish_if_settled(Entry&);
  void wipe_original(Entry&, size_t index);
  void close_entry(Entry&, size_t index);
  void cancel_entry(Entry&, size_t index);
  std::shared_ptr<Entry> entry_with_file(const std::string& id, int number) const;
  std::vector<std::string> due() const;
  void end_stale_reviews();

  const std::shared_ptr<JobStore> store_;
  const JobsOptions options_;
  const Hide hide_;
  const OnSettled on_settled_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<std::string, std::shared_ptr<Entry>> entries_;
  std::vector<std::string> order_;  // Ids, as they came: whose turn it is.
  size_t turn_ = 0;
  Memory memory_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace faceveil
