#include "app/server/jobs/jobs.h"

#include <algorithm>

#include "app/server/jobs/job_json.h"
#include "app/server/random_id.h"
#include "base/log.h"
#include "base/sha256.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

using Clock = std::chrono::steady_clock;

int64_t unix_seconds(WallClock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

StoredFile to_store(const FileView& file) {
  StoredFile stored;
  stored.number = file.number;
  stored.name = file.name;
  stored.state = file.state;
  if (file.plan) stored.plan = format_plan(*file.plan);
  if (was_hidden(file.state)) stored.facts = format_facts(file.facts);
  if (file.error) stored.error = format_error(*file.error);
  return stored;
}

FileFacts facts_of(const Checked& checked, BytesView original, bool accept_findings) {
  const Hidden& hidden = checked.hidden;
  FileFacts facts;
  facts.verification = checked.verification;
  facts.withheld = !checked.verification.clean() && !accept_findings;
  const auto& tracks = hidden.plan.tracks;
  facts.hidden_count = hidden.applied.hidden_count;
  facts.doubtful_count =
      static_cast<size_t>(std::ranges::count(tracks, true, &Track::needs_review));
  facts.by_person_count = static_cast<size_t>(std::ranges::count_if(tracks, [](const Track& track) {
    return track.origin == Origin::person && track.decision == Decision::hide;
  }));
  facts.kept_count =
      static_cast<size_t>(std::ranges::count(tracks, Decision::keep, &Track::decision));
  facts.size = hidden.applied.size;
  facts.format = hidden.applied.format;
  facts.unchanged = hidden.applied.unchanged;
  facts.result_bytes = static_cast<int64_t>(hidden.applied.bytes.size());
  facts.output_sha256 = sha256_hex(hidden.applied.bytes);
  facts.notes.assign(hidden.applied.notes.begin(), hidden.applied.notes.end());
  const auto findings = inspect_metadata(original);
  if (!findings) return facts;
  for (const MetadataFinding& finding : *findings) {
    facts.metadata_found.push_back({finding.kind, static_cast<int64_t>(finding.length)});
  }
  return facts;
}

void log_failure(const Status& status) {
  if (!status) log_error(status.error().message());
}

}  // namespace

struct Jobs::Entry {
  JobView view;
  std::shared_ptr<const JobSettings> settings;
  // Beside view.files, at the same index.
  struct Held {
    std::shared_ptr<const Original> original;
    std::vector<Track> found;
    Clock::time_point touched;
    bool cancelled = false;  // While it is being worked on.
  };
  std::vector<Held> held;
  int busy = 0;  // Threads that work on one of its files; erase() waits for them.
  bool erasing = false;
  Clock::time_point work_began;
  size_t settled_before = 0;  // When the work began.
};

struct Jobs::Task {
  std::shared_ptr<Entry> entry;
  size_t index = 0;
  std::shared_ptr<const Original> original;
  std::string name;
};

Jobs::Jobs(std::shared_ptr<JobStore> store, const JobsOptions& options, Hide hide,
           OnSettled on_settled)
    : store_(std::move(store)),
      options_(options),
      hide_(std::move(hide)),
      on_settled_(std::move(on_settled)) {}

Result<std::unique_ptr<Jobs>> Jobs::create(std::shared_ptr<JobStore> store,
                                           const JobsOptions& options, Hide hide,
                                           OnSettled on_settled) {
  std::unique_ptr<Jobs> jobs(
      new Jobs(std::move(store), options, std::move(hide), std::move(on_settled)));
  const std::vector<StoredJob> left = TRY(jobs->store_->load());
  for (const StoredJob& job : left) jobs->take_over(job);
  for (int i = 0; i < options.worker_count; ++i) {
    jobs->threads_.emplace_back([self = jobs.get()] { self->work(); });
  }
  jobs->threads_.emplace_back([self = jobs.get()] { self->sweep(); });
  return jobs;
}

Jobs::~Jobs() { stop(); }

namespace {

// A file without a result was cut off; one in review has lost its original, and is done.
FileState state_after_restart(FileState state, const FileFacts& facts) {
  if (!is_settled(state)) return FileState::interrupted;
  if (!is_hidden(state)) return state;
  return facts.withheld ? FileState::withheld : FileState::done;
}

}  // namespace

void Jobs::take_over(const StoredJob& stored) {
  const auto entry = std::make_shared<Entry>();
  entry->settings = std::make_shared<JobSettings>();
  JobView& view = entry->view;
  view.id = stored.id;
  view.review = stored.review;
  view.created = WallClock::time_point(std::chrono::seconds(stored.created_s));
  view.expires = (stored.finished_s ? WallClock::time_point(std::chrono::seconds(stored.finished_s))
                                    : WallClock::now()) +
                 options_.retention;
  for (const StoredFile& row : stored.files) {
    FileView file;
    file.number = row.number;
    file.name = row.name;
    file.facts = parse_facts(row.facts);
    file.state = state_after_restart(row.state, file.facts);
    if (file.state == FileState::withheld) store_->remove_result(stored.id, row.number);
    file.stage = FileStage::finished;
    if (auto plan = parse_plan(row.plan)) file.plan = std::move(*plan);
    file.error = parse_error(row.error);
    if (file.state != row.state) log_failure(store_->update(stored.id, to_store(file)));
    view.files.push_back(std::move(file));
    entry->held.emplace_back();
  }
  entry->settled_before = view.files.size();
  if (stored.finished_s == 0) {
    log_failure(store_->set_finished(stored.id, unix_seconds(WallClock::now())));
  }
  entries_[view.id] = entry;
  order_.push_back(view.id);
}

// --- taking ---

Status Jobs::check_room(const std::vector<NewFile>& files) const {
  size_t count = files.size();
  int64_t bytes = memory_.bytes;
  for (const auto& [id, entry] : entries_) count += entry->view.files.size();
  for (const NewFile& file : files) bytes += static_cast<int64_t>(file.bytes.size());
  if (stopping_ || count > options_.files_max || bytes > options_.originals_bytes_max) {
    return fail(Error::Kind::busy,
                "The queue is full; send the picture again when others are done.");
  }
  return {};
}

// With the lock held. `stored` gets the new rows.
Status Jobs::append(Entry& entry, const std::vector<NewFile>& files, StoredJob& stored) {
  TRY(check_room(files));
  stored = {entry.view.id, entry.view.review, unix_seconds(entry.view.created), 0, {}};
  const bool idle = std::ranges::all_of(entry.view.files, is_settled, &FileView::state);
  if (idle) entry.work_began = Clock::now();
  if (idle) entry.settled_before = entry.view.files.size();
  entry.view.expires.reset();
  for (const NewFile& file : files) {
    FileView view;
    view.number = static_cast<int>(entry.view.files.size()) + 1;
    view.name = file.name;
    view.original_kept = true;
    entry.view.files.push_back(view);
    entry.held.push_back({std::make_shared<Original>(file.bytes), {}, Clock::now()});
    memory_.originals += 1;
    memory_.bytes += static_cast<int64_t>(file.bytes.size());
    stored.files.push_back(to_store(view));
    changed(entry, &entry.view.files.back());
  }
  return {};
}

Result<std::string> Jobs::add_job(JobSettings settings, const std::vector<NewFile>& files) {
  const auto entry = std::make_shared<Entry>();
  entry->view.id = random_id();
  entry->view.review = settings.review;
  entry->view.created = WallClock::now();
  entry->settings = std::make_shared<const JobSettings>(std::move(settings));
  StoredJob stored;
  // Until its row is written nobody may take it up.
  const std::lock_guard lock(mutex_);
  TRY(append(*entry, files, stored));
  const Status kept = store_->add(stored);
  if (!kept) {
    for (size_t i = 0; i < files.size(); ++i) wipe_original(*entry, i);
    return tl::unexpected(kept.error());
  }
  entries_[entry->view.id] = entry;
  order_.push_back(entry->view.id);
  changed_.notify_all();
  return entry->view.id;
}

Result<Lookup> Jobs::add_files(const std::string& id, const std::vector<NewFile>& files) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second->erasing) return Lookup::nothing;
  // Taken over from an earlier process: its options were never stored.
  if (found->second->work_began == Clock::time_point()) return Lookup::closed;
  StoredJob stored;
  TRY(append(*found->second, files, stored));
  TRY(store_->add(stored));
  TRY(store_->set_finished(id, 0));
  return Lookup::found;
}

// --- working ---

std::optional<Jobs::Task> Jobs::next_task() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    for (size_t i = 0; i < order_.size(); ++i) {
      const auto& entry = entries_.at(order_[(turn_ + i) % order_.size()]);
      if (entry->view.paused || entry->erasing) continue;
      const auto file = std::ranges::find(entry->view.files, FileState::queued, &FileView::state);
      if (file == entry->view.files.end()) continue;
      turn_ = (turn_ + i + 1) % order_.size();
      const auto index = static_cast<size_t>(file - entry->view.files.begin());
      file->state = FileState::running;
      file->stage = FileStage::looking;
      ++entry->busy;
      changed(*entry, &*file);
      return Task{entry, index, entry->held[index].original, file->name};
    }
    changed_.wait(lock);
  }
  return std::nullopt;
}

void Jobs::work() {
  while (const auto task = next_task()) run(*task);
}

void Jobs::run(const Task& task) {
  const auto start = Clock::now();
  Result<Checked> checked = hide_(task.original->bytes(), *task.entry->settings, client_for(task));
  FileFacts facts;
  if (checked) {
    checked->hidden.plan.source_name = task.name;
    Result<FileFacts> stored = store(task, *checked);
    if (stored) facts = std::move(*stored);
    if (!stored) checked = tl::unexpected(stored.error());
  }
  facts.ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  settle(task, checked, facts);
}

Client Jobs::client_for(const Task& task) {
  Client client;
  client.gone = [this, &task] { return is_given_up(task); };
  client.on_step = [this, &task](WorkStep step) {
    constexpr FileStage stages[] = {FileStage::looking, FileStage::hiding, FileStage::checking};
    set_stage(task, stages[static_cast<size_t>(step)]);
  };
  client.patient = true;
  return client;
}

bool Jobs::is_given_up(const Task& task) const {
  const std::lock_guard lock(mutex_);
  return stopping_ || task.entry->erasing || task.entry->held[task.index].cancelled;
}

void Jobs::set_stage(const Task& task, FileStage stage) {
  const std::lock_guard lock(mutex_);
  FileView& file = task.entry->view.files[task.index];
  if (file.stage == stage) return;
  file.stage = stage;
  changed(*task.entry, &file);
}

// What is withheld is written for a review only, whose person must see what was found.
Result<FileFacts> Jobs::store(const Task& task, const Checked& checked) {
  set_stage(task, FileStage::storing);
  const JobSettings& settings = *task.entry->settings;
  FileFacts facts = facts_of(checked, task.original->bytes(), settings.work.accept_findings);
  if (facts.withheld && !settings.review) return facts;
  TRY(store_->write_result(task.entry->view.id, static_cast<int>(task.index) + 1,
                           checked.hidden.applied.bytes));
  return facts;
}

FileState Jobs::state_after(const Entry& entry, const Result<Checked>& checked,
                            const FileFacts& facts) const {
  if (!checked) {
    const bool given_up = checked.error().kind == Error::Kind::cancelled;
    return given_up ? FileState::cancelled : FileState::failed;
  }
  if (entry.view.review) return FileState::review;
  return facts.withheld ? FileState::withheld : FileState::done;
}

void Jobs::settle(const Task& task, const Result<Checked>& checked, const FileFacts& facts) {
  Entry& entry = *task.entry;
  std::optional<JobView> told;
  {
    const std::lock_guard lock(mutex_);
    FileView& file = entry.view.files[task.index];
    file.stage = FileStage::finished;
    file.state = state_after(entry, checked, facts);
    if (checked) {
      file.plan = checked->hidden.plan;
      file.facts = facts;
      file.revision = 1;
      entry.held[task.index].found = checked->hidden.plan.tracks;
      entry.held[task.index].touched = Clock::now();
    } else if (file.state == FileState::failed) {
      file.error = checked.error();
    }
    log_failure(store_->update(entry.view.id, to_store(file)));
    if (file.state != FileState::review) wipe_original(entry, task.index);
    changed(entry, &file);
    finish_if_settled(entry);
    --entry.busy;
    if (std::ranges::all_of(entry.view.files, is_settled, &FileView::state)) told = entry.view;
    changed_.notify_all();
  }
  if (told && on_settled_) on_settled_(*told, *entry.settings);
}

// --- what has changed ---

// With the lock held.
void Jobs::changed(Entry& entry, FileView* file) {
  JobView& view = entry.view;
  ++view.version;
  if (file) file->changed = view.version;
  JobProgress progress;
  size_t running = 0, settled = 0;
  for (const FileView& each : view.files) {
    settled += is_settled(each.state);
    if (each.state == FileState::removed) continue;
    ++progress.total;
    progress.done += is_settled(each.state);
    progress.failed += each.state == FileState::failed;
    progress.withheld += each.state == FileState::withheld;
    running += each.state == FileState::running;
  }
  const auto done = static_cast<double>(progress.done) + 0.5 * static_cast<double>(running);
  progress.percent = progress.total ? 100 * done / static_cast<double>(progress.total) : 100;
  const double seconds = std::chrono::duration<double>(Clock::now() - entry.work_began).count();
  if (settled > entry.settled_before && seconds > 0) {
    progress.files_per_second = static_cast<double>(settled - entry.settled_before) / seconds;
    progress.eta_s =
        static_cast<double>(progress.total - progress.done) / progress.files_per_second;
  }
  view.progress = progress;
  changed_.notify_all();
}

// With the lock held.
void Jobs::finish_if_settled(Entry& entry) {
  const bool open = std::ranges::any_of(entry.view.files, [](const FileView& file) {
    return !is_settled(file.state) || file.state == FileState::review;
  });
  if (open || entry.view.expires) return;
  entry.view.expires = WallClock::now() + options_.retention;
  log_failure(store_->set_finished(entry.view.id, unix_seconds(WallClock::now())));
}

// With the lock held. Others who read it at this moment hold it a moment longer.
void Jobs::wipe_original(Entry& entry, size_t index) {
  auto& original = entry.held[index].original;
  if (!original) return;
  memory_.originals -= 1;
  memory_.bytes -= static_cast<int64_t>(original->bytes().size());
  original.reset();
  entry.view.files[index].original_kept = false;
}

std::optional<JobView> Jobs::view(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second->erasing) return std::nullopt;
  return found->second->view;
}

std::optional<JobView> Jobs::wait(const std::string& id, uint64_t version,
                                  std::chrono::milliseconds time) const {
  std::unique_lock lock(mutex_);
  const auto find = [&]() -> const Entry* {
    const auto found = entries_.find(id);
    return found == entries_.end() || found->second->erasing ? nullptr : found->second.get();
  };
  changed_.wait_for(lock, time, [&] {
    const Entry* entry = find();
    return stopping_ || !entry || entry->view.version > version;
  });
  const Entry* entry = find();
  if (!entry) return std::nullopt;
  return entry->view;
}

// --- what a person asks for ---

bool Jobs::set_paused(const std::string& id, bool paused) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return false;
  found->second->view.paused = paused;
  changed(*found->second);
  return true;
}

// With the lock held.
void Jobs::cancel_entry(Entry& entry, size_t index) {
  FileView& file = entry.view.files[index];
  entry.held[index].cancelled = file.state == FileState::running;
  if (file.state != FileState::queued) return;
  file.state = FileState::cancelled;
  file.stage = FileStage::finished;
  wipe_original(entry, index);
  log_failure(store_->update(entry.view.id, to_store(file)));
  changed(entry, &file);
  finish_if_settled(entry);
}

bool Jobs::cancel(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return false;
  for (size_t i = 0; i < found->second->view.files.size(); ++i) cancel_entry(*found->second, i);
  return true;
}

// With the lock held. Null where there is no such file.
std::shared_ptr<Jobs::Entry> Jobs::entry_with_file(const std::string& id, int number) const {
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second->erasing) return nullptr;
  const auto& files = found->second->view.files;
  const auto index = static_cast<size_t>(number) - 1;
  const bool is_there =
      number >= 1 && index < files.size() && files[index].state != FileState::removed;
  return is_there ? found->second : nullptr;
}

Lookup Jobs::cancel_file(const std::string& id, int number) {
  const std::lock_guard lock(mutex_);
  const std::shared_ptr<Entry> entry = entry_with_file(id, number);
  if (!entry) return Lookup::nothing;
  cancel_entry(*entry, static_cast<size_t>(number) - 1);
  return Lookup::found;
}

Lookup Jobs::erase_file(const std::string& id, int number) {
  std::unique_lock lock(mutex_);
  const std::shared_ptr<Entry> entry = entry_with_file(id, number);
  if (!entry) return Lookup::nothing;
  const auto index = static_cast<size_t>(number) - 1;
  cancel_entry(*entry, index);
  changed_.wait(lock, [&] { return entry->view.files[index].state != FileState::running; });
  FileView& file = entry->view.files[index];
  FileView removed;
  removed.number = number;
  removed.state = FileState::removed;
  removed.stage = FileStage::finished;
  wipe_original(*entry, index);
  entry->held[index] = {};
  file = removed;
  store_->remove_result(id, number);
  log_failure(store_->update(id, to_store(file)));
  changed(*entry, &file);
  finish_if_settled(*entry);
  return Lookup::found;
}

// With the lock held.
void Jobs::close_entry(Entry& entry, size_t index) {
  FileView& file = entry.view.files[index];
  if (file.state != FileState::review) return;
  file.state = file.facts.withheld ? FileState::withheld : FileState::done;
  if (file.facts.withheld) store_->remove_result(entry.view.id, file.number);
  wipe_original(entry, index);
  log_failure(store_->update(entry.view.id, to_store(file)));
  changed(entry, &file);
  finish_if_settled(entry);
}

bool Jobs::close(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return false;
  for (size_t i = 0; i < found->second->view.files.size(); ++i) close_entry(*found->second, i);
  return true;
}

Lookup Jobs::close_file(const std::string& id, int number) {
  const std::lock_guard lock(mutex_);
  const std::shared_ptr<Entry> entry = entry_with_file(id, number);
  if (!entry) return Lookup::nothing;
  close_entry(*entry, static_cast<size_t>(number) - 1);
  return Lookup::found;
}

Result<bool> Jobs::erase(const std::string& id) {
  {
    std::unique_lock lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end() || found->second->erasing) return false;
    const std::shared_ptr<Entry> entry = found->second;
    entry->erasing = true;
    for (size_t i = 0; i < entry->held.size(); ++i) wipe_original(*entry, i);
    changed_.notify_all();
    changed_.wait(lock, [&] { return entry->busy == 0; });
  }
  TRY(store_->erase(id));
  const std::lock_guard lock(mutex_);
  entries_.erase(id);
  std::erase(order_, id);
  turn_ = 0;
  return true;
}

std::optional<Jobs::Task> Jobs::begin_review(const std::string& id, int number, Lookup& lookup,
                                             Review& review) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  lookup = Lookup::nothing;
  if (found == entries_.end() || found->second->erasing) return std::nullopt;
  const std::shared_ptr<Entry> entry = found->second;
  const auto index = static_cast<size_t>(number) - 1;
  if (number < 1 || index >= entry->view.files.size()) return std::nullopt;
  const FileView& file = entry->view.files[index];
  lookup = is_settled(file.state) ? Lookup::closed : Lookup::not_ready;
  Entry::Held& held = entry->held[index];
  if (file.state != FileState::review || !held.original || !file.plan) return std::nullopt;
  lookup = Lookup::found;
  held.touched = Clock::now();
  ++entry->busy;
  review = {held.original, entry->settings, held.found, *file.plan};
  return Task{entry, index, held.original, file.name};
}

void Jobs::end_review(const Task& task) {
  const std::lock_guard lock(mutex_);
  --task.entry->busy;
  changed_.notify_all();
}

Result<Lookup> Jobs::look(const std::string& id, int number,
                          const std::function<Status(const Review&)>& use) {
  Lookup lookup = Lookup::nothing;
  Review review;
  const auto task = begin_review(id, number, lookup, review);
  if (!task) return lookup;
  const Status used = use(review);
  end_review(*task);
  TRY(used);
  return lookup;
}

Result<Lookup> Jobs::correct(const std::string& id, int number, bool accept_findings,
                             const std::function<Result<Checked>(const Review&)>& make) {
  bool replaced = false;
  const auto use = [&](const Review& review) -> Status {
    const Checked checked = TRY(make(review));
    const bool accepted = accept_findings || review.settings->work.accept_findings;
    const FileFacts facts = facts_of(checked, review.original->bytes(), accepted);
    replaced = TRY(replace(id, number, checked, facts));
    return {};
  };
  const Lookup lookup = TRY(look(id, number, use));
  return lookup == Lookup::found && !replaced ? Lookup::closed : lookup;
}

// False where the review was closed in the meantime.
Result<bool> Jobs::replace(const std::string& id, int number, const Checked& checked,
                           const FileFacts& facts) {
  const std::lock_guard lock(mutex_);
  Entry& entry = *entries_.at(id);  // erase() waits for us.
  FileView& file = entry.view.files[static_cast<size_t>(number) - 1];
  if (file.state != FileState::review) return false;
  TRY(store_->write_result(id, number, checked.hidden.applied.bytes));
  const double ms = file.facts.ms;
  file.plan = checked.hidden.plan;
  file.facts = facts;
  file.facts.ms = ms;
  ++file.revision;
  changed(entry, &file);
  TRY(store_->update(id, to_store(file)));
  return true;
}

Result<Bytes> Jobs::result(const std::string& id, int number) const {
  return store_->read_result(id, number);
}

Jobs::Memory Jobs::originals_in_memory() const {
  const std::lock_guard lock(mutex_);
  return memory_;
}

// --- forgetting ---

std::vector<std::string> Jobs::due() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  for (const auto& [id, entry] : entries_) {
    if (entry->view.expires && *entry->view.expires <= WallClock::now()) ids.push_back(id);
  }
  return ids;
}

void Jobs::end_stale_reviews() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, entry] : entries_) {
    for (size_t i = 0; i < entry->held.size(); ++i) {
      if (entry->held[i].touched + options_.review_max <= Clock::now()) close_entry(*entry, i);
    }
  }
}

void Jobs::sweep() {
  constexpr auto pause = std::chrono::milliseconds(500);
  // Others crash seldom, and looking takes their folder for a moment.
  const auto look_at_others = std::min(options_.retention, std::chrono::seconds(60));
  auto looked = Clock::time_point();
  for (;;) {
    if (looked + look_at_others <= Clock::now()) {
      looked = Clock::now();
      store_->wipe_abandoned(options_.retention);
    }
    {
      std::unique_lock lock(mutex_);
      if (changed_.wait_for(lock, pause, [&] { return stopping_; })) return;
    }
    end_stale_reviews();
    for (const std::string& id : due()) {
      const auto erased = erase(id);
      if (!erased) log_error(erased.error().message());
    }
  }
}

void Jobs::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
  log_failure(store_->erase_all());
  const std::lock_guard lock(mutex_);
  entries_.clear();
  order_.clear();
  memory_ = {};
}

}  // namespace faceveil
