#include "app/server/films/films.h"

#include <algorithm>

#include "app/server/attachment.h"
#include "app/server/films/film_record.h"
#include "app/server/random_id.h"
#include "base/log.h"
#include "base/sha256.h"
#include "media/animation.h"
#include "media/video.h"

namespace faceveil {
namespace {

using Clock = std::chrono::steady_clock;

// Of films that have ended only the results are held.
constexpr size_t ended_max = 200;

// An animation stays what it is, whatever it is called. The container of films is that of the input
// where it is one that films are written to.
std::string output_extension(const std::string& name, const std::filesystem::path& film) {
  if (const auto format = sniff_animation(film)) return std::string(format_extension(*format));
  const std::filesystem::path path(name);
  return is_video_name(path) ? path.extension().string().substr(1) : "mp4";
}

FilmJobStage stage_of(VideoStage stage) {
  switch (stage) {
    case VideoStage::hide:
      return FilmJobStage::hide;
    case VideoStage::look_again:
      return FilmJobStage::look_again;
    case VideoStage::find:
    case VideoStage::check:
      break;
  }
  return FilmJobStage::find;
}

// Where no person looks, nothing is given in which a face may be in sight.
Status allow(const Verification& verification, const FilmSettings& settings) {
  if (verification.clean() || settings.review != FilmReview::none || settings.work.accept_findings)
    return {};
  return fail(Error::Kind::bad_input,
              "Looking again found what should not be there ({0}), so the film is withheld; review "
              "it, or accept_findings=true gives it all the same.",
              {describe(verification.findings)});
}

// Takes the file away again, unless it has found its place.
class Temporary {
 public:
  explicit Temporary(std::filesystem::path path) : path_(std::move(path)) {}
  ~Temporary() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  const std::filesystem::path path_;
};

void log_failure(const Status& status) {
  if (!status) log_error(status.error().message());
}

bool waits_or_works(FilmJobState state) {
  return state == FilmJobState::queued || state == FilmJobState::running;
}

}  // namespace

struct Films::Entry {
  FilmJobView view;
  FilmSettings settings;
  std::shared_ptr<const BodyFile> original;
  std::shared_ptr<const std::vector<Track>> found;
  Clock::time_point touched = Clock::now();
  bool wants_hiding = false;  // Its plan is made; the next work is to hide.
  bool stop = false;          // The work at hand is to end.
  bool erased = false;        // Nothing of it may be kept any more.
  // Holds the original open; made with the plan, and gone with the original.
  struct Viewing {
    Viewing(std::filesystem::path film, std::shared_ptr<const std::vector<MediaTime>> times)
        : viewer(std::move(film), std::move(times)) {}
    std::mutex mutex;
    FilmViewer viewer;
  };
  std::shared_ptr<Viewing> viewing;
};

Films::Films(Workbench& workbench, std::shared_ptr<JobStore> store, FilmsOptions options)
    : workbench_(workbench), store_(std::move(store)), options_(std::move(options)) {}

Result<std::unique_ptr<Films>> Films::create(Workbench& workbench, std::shared_ptr<JobStore> store,
                                             FilmsOptions options) {
  std::unique_ptr<Films> films(new Films(workbench, std::move(store), std::move(options)));
  const std::vector<StoredFilm> left = TRY(films->store_->load_films());
  for (const StoredFilm& film : left) films->take_over(film);
  films->threads_.emplace_back([self = films.get()] { self->work(); });
  films->threads_.emplace_back([self = films.get()] { self->sweep(); });
  return films;
}

void Films::take_over(const StoredFilm& stored) {
  const auto entry = std::make_shared<Entry>();
  FilmJobView& view = entry->view;
  view = from_record(stored);
  if (view.result) {
    auto file = BodyFile::open(store_->result_path(view.id, view.result->number));
    if (file) view.result->file = std::move(*file);
    if (!file) view.result.reset();
    if (!file) view.state = FilmJobState::interrupted;
  }
  // An animation that stayed one is told by its result: the original is gone.
  const std::filesystem::path left = view.result ? view.result->file->path() : "";
  view.result_name = hidden_file_name(view.name, output_extension(view.name, left));
  const auto ended = stored.finished_s
                         ? WallClock::time_point(std::chrono::seconds(stored.finished_s))
                         : WallClock::now();
  view.expires = ended + options_.retention;
  if (stored.finished_s == 0 || stored.state != film_job_state_name(view.state)) note(*entry);
  entries_[view.id] = entry;
  order_.push_back(view.id);
}

Films::~Films() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
}

// --- taking ---

Result<std::string> Films::add(std::shared_ptr<const BodyFile> film, FilmSettings settings) {
  if (!is_video(film->path()) && !is_animated(film->path())) {
    return fail(Error::Kind::unsupported,
                "This is no film that FaceVeil knows; send pictures in a form.");
  }
  const auto entry = std::make_shared<Entry>();
  FilmJobView& view = entry->view;
  view.id = random_id();
  view.name = settings.name;
  view.review = settings.review != FilmReview::none;
  view.created = WallClock::now();
  view.original_kept = true;
  view.result_name = hidden_file_name(settings.name, output_extension(settings.name, film->path()));
  entry->original = std::move(film);
  entry->settings = std::move(settings);
  const std::lock_guard lock(mutex_);
  const auto open = static_cast<size_t>(std::ranges::count_if(
      entries_, [](const auto& each) { return !has_ended(each.second->view.state); }));
  if (stopping_ || open >= options_.films_max || entries_.size() >= ended_max) {
    return fail(Error::Kind::busy, "The queue is full; send the film again when others are done.");
  }
  TRY(store_->put(to_record(view)));
  entries_[view.id] = entry;
  order_.push_back(view.id);
  changed(*entry);
  return view.id;
}

// With the lock held.
Films::EntryPtr Films::find(const std::string& id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : found->second;
}

bool Films::knows(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return find(id) != nullptr;
}

std::optional<FilmJobView> Films::view(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const EntryPtr entry = find(id);
  if (!entry) return std::nullopt;
  return view_of(*entry);
}

// With the lock held.
FilmJobView Films::view_of(const Entry& entry) const {
  FilmJobView view = entry.view;
  if (view.state != FilmJobState::queued) return view;
  for (const std::string& id : order_) {
    if (id == view.id) break;
    view.progress.films_before += waits_or_works(entries_.at(id)->view.state);
  }
  return view;
}

std::optional<FilmJobView> Films::wait(const std::string& id, uint64_t version,
                                       std::chrono::milliseconds time) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] {
    const EntryPtr entry = find(id);
    return stopping_ || !entry || entry->view.version > version;
  });
  const EntryPtr entry = find(id);
  if (!entry) return std::nullopt;
  return view_of(*entry);
}

// With the lock held.
void Films::changed(Entry& entry) {
  ++entry.view.version;
  changed_.notify_all();
}

// With the lock held: those who wait have another place than before.
void Films::queue_moved() {
  for (const auto& [id, entry] : entries_) {
    if (entry->view.state == FilmJobState::queued) changed(*entry);
  }
}

// So that it is known after a crash.
void Films::note(const Entry& entry) const { log_failure(store_->put(to_record(entry.view))); }

// --- working ---

Films::EntryPtr Films::next_entry() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    for (const std::string& id : order_) {
      EntryPtr entry = find(id);
      if (entry->view.state != FilmJobState::queued) continue;
      entry->view.state = FilmJobState::running;
      entry->stop = false;
      changed(*entry);
      return entry;
    }
    changed_.wait(lock);
  }
  return nullptr;
}

void Films::work() {
  while (const EntryPtr entry = next_entry()) run(*entry);
}

void Films::run(Entry& entry) {
  const bool hides = entry.wants_hiding || entry.settings.review != FilmReview::before_hiding;
  Status status;
  if (!entry.wants_hiding) status = find_faces(entry);
  if (status && hides) status = hide_faces(entry);
  settle(entry, status);
}

VideoOptions Films::watched(Entry& entry, std::vector<MediaTime>* times) {
  VideoOptions video = entry.settings.video;
  video.stop_requested = [this, &entry] {
    const std::lock_guard lock(mutex_);
    return stopping_ || entry.stop;
  };
  video.on_progress = [this, &entry, times, start = Clock::now()](const VideoProgress& at) {
    if (times) times->push_back(at.time);
    tell(entry, at, start);
  };
  return video;
}

void Films::tell(Entry& entry, const VideoProgress& at, Clock::time_point start) {
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const std::lock_guard lock(mutex_);
  FilmJobProgress& progress = entry.view.progress;
  progress.stage = stage_of(at.stage);
  progress.frames_done = at.frames_done;
  progress.frames_total = at.frames_total;
  if (seconds > 0) progress.frames_per_second = static_cast<double>(at.frames_done) / seconds;
  progress.eta_s.reset();
  if (at.frames_total && progress.frames_per_second > 0) {
    const int64_t left = std::max<int64_t>(0, *at.frames_total - at.frames_done);
    progress.eta_s = static_cast<double>(left) / progress.frames_per_second;
  }
  changed(entry);
}

Status Films::find_faces(Entry& entry) {
  std::vector<MediaTime> times;
  RedactionPlan plan = TRY(
      workbench_.plan_film(entry.original->path(), entry.settings.work, watched(entry, &times)));
  plan.source_name = entry.settings.name;
  plan.voice = entry.settings.video.voice.value_or(VoiceChange());
  const std::lock_guard lock(mutex_);
  entry.found = std::make_shared<const std::vector<Track>>(plan.tracks);
  entry.view.plan = std::make_shared<const RedactionPlan>(std::move(plan));
  entry.view.frames = static_cast<int64_t>(times.size());
  entry.view.last = times.back();
  entry.view.times = std::make_shared<const std::vector<MediaTime>>(std::move(times));
  entry.view.revision = 1;
  entry.viewing = std::make_shared<Entry::Viewing>(entry.original->path(), entry.view.times);
  entry.wants_hiding = true;
  changed(entry);
  return {};
}

Status Films::hide_faces(Entry& entry) {
  std::shared_ptr<const RedactionPlan> plan;
  FilmResult result;
  WorkOptions work = entry.settings.work;
  {
    const std::lock_guard lock(mutex_);
    plan = entry.view.plan;
    result.revision = entry.view.revision;
  }
  // A correction is taken at its word: looking again adds nothing to it.
  work.exact = work.exact || result.revision > 1;
  VideoOptions video = watched(entry, nullptr);
  video.voice.reset();  // The plan has it, as a person may have changed it.
  video.on_progress = [tell = video.on_progress, count = entry.view.frames](VideoProgress at) {
    at.frames_total = count;
    tell(at);
  };
  const std::string extension = output_extension(entry.settings.name, entry.original->path());
  const Temporary output(store_->folder() / "results" / (entry.view.id + ".new." + extension));
  HiddenFilm hidden =
      TRY(workbench_.hide_film(*plan, entry.original->path(), output.path(), work, video));
  TRY(allow(hidden.verification, entry.settings));
  result.sha256 = TRY(sha256_of_file(output.path(), video.stop_requested));
  result.facts = facts_of(hidden.facts);
  result.verification = std::move(hidden.verification);
  result.plan = std::make_shared<const RedactionPlan>(std::move(hidden.plan));
  return keep(entry, result, output.path(), hidden.tracks_added);
}

// The row names the new file before the old one goes: whenever a crash comes, one of them is whole.
Status Films::keep(Entry& entry, FilmResult& result, const std::filesystem::path& output,
                   size_t tracks_added) {
  const std::lock_guard lock(mutex_);
  if (entry.erased) return stopped();
  FilmJobView& view = entry.view;
  const int before = view.result ? view.result->number : 0;
  result.number = before + 1;
  const std::filesystem::path place = store_->result_path(view.id, result.number);
  std::error_code error;
  std::filesystem::rename(output, place, error);
  result.file = TRY(BodyFile::open(place));
  if (tracks_added > 0) {
    view.plan = result.plan;
    result.revision = ++view.revision;
  }
  view.result = std::move(result);
  note(entry);
  if (before > 0) store_->remove_result(view.id, before);
  return {};
}

void Films::settle(Entry& entry, const Status& status) {
  std::optional<FilmJobView> told;
  {
    const std::lock_guard lock(mutex_);
    finish_work(entry, status);
    queue_moved();
    if (!stopping_ && !entry.erased) told = entry.view;
  }
  if (told && options_.on_settled) options_.on_settled(*told, entry.settings);
}

// With the lock held.
void Films::finish_work(Entry& entry, const Status& status) {
  entry.view.progress = {FilmJobStage::finished, 0, {}, 0, {}};
  entry.touched = Clock::now();
  const bool cancelled = !status && status.error().kind == Error::Kind::cancelled;
  entry.view.error.reset();
  if (!status && !cancelled) entry.view.error = status.error();
  const bool is_reviewed = entry.settings.review != FilmReview::none;
  if (entry.view.plan && is_reviewed && !stopping_) {
    entry.view.state = FilmJobState::review;
    return changed(entry);
  }
  end(entry, status      ? FilmJobState::done
             : cancelled ? FilmJobState::cancelled
                         : FilmJobState::failed);
}

// With the lock held. Those who look at it at this moment keep the original a moment longer.
void Films::end(Entry& entry, FilmJobState state) {
  entry.view.state = state;
  entry.view.original_kept = false;
  entry.original.reset();
  entry.viewing.reset();
  entry.view.times.reset();
  entry.view.expires = WallClock::now() + options_.retention;
  if (!stopping_ && !entry.erased) note(entry);
  changed(entry);
}

// --- what a person asks for ---

bool Films::cancel(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const EntryPtr entry = find(id);
  if (!entry) return false;
  entry->stop = true;
  if (entry->view.state != FilmJobState::queued) return true;
  queue_moved();
  if (entry->view.plan) {
    entry->view.state = FilmJobState::review;
    changed(*entry);
  } else {
    end(*entry, FilmJobState::cancelled);
  }
  return true;
}

bool Films::close(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const EntryPtr entry = find(id);
  if (!entry) return false;
  if (entry->view.state == FilmJobState::review) {
    end(*entry, entry->view.result ? FilmJobState::done : FilmJobState::cancelled);
  }
  return true;
}

bool Films::erase(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const EntryPtr entry = find(id);
  if (!entry) return false;
  entry->stop = true;
  forget(id);
  return true;
}

// With the lock held.
void Films::forget(const std::string& id) {
  entries_.at(id)->erased = true;
  entries_.erase(id);
  std::erase(order_, id);
  log_failure(store_->erase(id));
  queue_moved();
  changed_.notify_all();
}

namespace {

Lookup lookup_of(const FilmJobView& view) {
  if (view.state == FilmJobState::review) return Lookup::found;
  return has_ended(view.state) ? Lookup::closed : Lookup::not_ready;
}

}  // namespace

Lookup Films::apply(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const EntryPtr entry = find(id);
  if (!entry) return Lookup::nothing;
  const Lookup lookup = lookup_of(entry->view);
  if (lookup != Lookup::found) return lookup;
  entry->view.state = FilmJobState::queued;
  entry->view.progress = {};
  changed(*entry);
  return lookup;
}

Result<Lookup> Films::correct(const std::string& id, const Correct& make) {
  std::unique_lock lock(mutex_);
  const EntryPtr entry = find(id);
  if (!entry) return Lookup::nothing;
  const Lookup lookup = lookup_of(entry->view);
  if (lookup != Lookup::found) return lookup;
  const auto plan = entry->view.plan;
  const auto found = entry->found;
  lock.unlock();
  RedactionPlan corrected = TRY(make(*plan, *found));
  lock.lock();
  if (entry->view.state != FilmJobState::review) return lookup_of(entry->view);
  entry->view.plan = std::make_shared<const RedactionPlan>(std::move(corrected));
  ++entry->view.revision;
  entry->touched = Clock::now();
  changed(*entry);
  return lookup;
}

Result<Lookup> Films::look(const std::string& id, const Use& use) {
  EntryPtr entry;
  FilmJobView view;
  std::shared_ptr<const BodyFile> original;  // Its path leads nowhere without it.
  std::shared_ptr<Entry::Viewing> viewing;
  {
    const std::lock_guard lock(mutex_);
    entry = find(id);
    if (!entry) return Lookup::nothing;
    if (!entry->viewing) return lookup_of(entry->view);
    entry->touched = Clock::now();
    view = entry->view;
    original = entry->original;
    viewing = entry->viewing;
  }
  const std::lock_guard looking(viewing->mutex);
  TRY(use(viewing->viewer, view, entry->settings));
  return Lookup::found;
}

size_t Films::originals_on_disk() const {
  const std::lock_guard lock(mutex_);
  return static_cast<size_t>(std::ranges::count_if(
      entries_, [](const auto& each) { return each.second->original != nullptr; }));
}

// --- forgetting ---

void Films::sweep() {
  constexpr auto pause = std::chrono::milliseconds(500);
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, pause, [&] { return stopping_; })) {
    std::vector<std::string> due;
    for (const auto& [id, entry] : entries_) {
      const FilmJobView& view = entry->view;
      if (view.expires && *view.expires <= WallClock::now()) due.push_back(id);
      const bool stale = entry->touched + options_.review_max <= Clock::now();
      if (view.state == FilmJobState::review && stale) {
        end(*entry, view.result ? FilmJobState::done : FilmJobState::cancelled);
      }
    }
    for (const std::string& id : due) forget(id);
  }
}

}  // namespace faceveil
