// The films that the server works on: one after the other, each on disk in a file without a name
// and only while it is needed. Hidden films lie in the store, as hidden pictures do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/server/films/film_job.h"
#include "app/server/job_answers.h"
#include "app/server/jobs/job_store.h"
#include "app/server/workbench.h"
#include "pipeline/film_viewer.h"

namespace faceveil {

struct FilmsOptions {
  std::chrono::seconds retention{3600};   // From the end of a job.
  std::chrono::seconds review_max{3600};  // A review that nobody touches ends.
  size_t films_max = 16;                  // Held at one time; one more is told to wait.
  // Called when nothing is left to do but a person's part. May be empty.
  std::function<void(const FilmJobView&, const FilmSettings&)> on_settled;
};

class Films {
 public:
  // Takes over what an earlier process left in the store: what was cut off is marked. Errors: io.
  static Result<std::unique_ptr<Films>> create(Workbench&, std::shared_ptr<JobStore>, FilmsOptions);
  // Stops the work under way. Results stay in the store.
  ~Films();
  Films(const Films&) = delete;
  Films& operator=(const Films&) = delete;

  // The id of its job. Errors: unsupported, where it is no film by its content; busy.
  Result<std::string> add(std::shared_ptr<const BodyFile>, FilmSettings);

  bool knows(const std::string& id) const;
  std::optional<FilmJobView> view(const std::string& id) const;
  // The same, once its version is above `version` or the time is over.
  std::optional<FilmJobView> wait(const std::string& id, uint64_t version,
                                  std::chrono::milliseconds) const;

  // Ends the work at hand; a review goes on with the plan as it is. False: no such job.
  bool cancel(const std::string& id);
  // Ends the review and wipes the original. What was never applied is lost with it. False: none.
  bool close(const std::string& id);
  // Everything at once; work under way ends soon. False: no such job.
  bool erase(const std::string& id);

  // --- in a review ---

  // Hides anew as the plan says, in the background.
  Lookup apply(const std::string& id);
  // Replaces the plan by the one that `make` makes of it and of the tracks that were found. Errors:
  // those of `make`.
  using Correct =
      std::function<Result<RedactionPlan>(const RedactionPlan&, const std::vector<Track>& found)>;
  Result<Lookup> correct(const std::string& id, const Correct& make);
  // A look at single pictures, as long as the original is kept, also while it is hidden anew; the
  // viewer is used by one at a time. Errors: those of `use`.
  using Use = std::function<Status(FilmViewer&, const FilmJobView&, const FilmSettings&)>;
  Result<Lookup> look(const std::string& id, const Use& use);

  size_t originals_on_disk() const;

 private:
  struct Entry;
  Films(Workbench&, std::shared_ptr<JobStore>, FilmsOptions);
  using EntryPtr = std::shared_ptr<Entry>;

  void take_over(const StoredFilm&);
  EntryPtr find(const std::string& id) const;
  FilmJobView view_of(const Entry&) const;
  EntryPtr next_entry();
  void work();
  void run(Entry&);
  Status find_faces(Entry&);
  Status hide_faces(Entry&);
  Status keep(Entry&, FilmResult&, const std::filesystem::path& output, size_t tracks_added);
  VideoOptions watched(Entry&, std::vector<MediaTime>* times);
  void tell(Entry&, const VideoProgress&, std::chrono::steady_clock::time_point start);
  void settle(Entry&, const Status&);
  void finish_work(Entry&, const Status&);
  void end(Entry&, FilmJobState);
  void changed(Entry&);
  void queue_moved();
  void note(const Entry&) const;
  void forget(const std::string& id);
  void sweep();

  Workbench& workbench_;
  const std::shared_ptr<JobStore> store_;
  const FilmsOptions options_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<std::string, EntryPtr> entries_;
  std::vector<std::string> order_;  // As they came.
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace faceveil
