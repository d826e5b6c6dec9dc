#include "app/server/jobs/job_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <set>
#include <utility>

#include "base/files.h"
#include "base/limits.h"
#include "base/log.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

constexpr int slots_max = 64;

// Deleted rows are overwritten; the rollback journal is truncated, so that old pages do not stay.
constexpr const char* schema =
    "PRAGMA secure_delete=ON; PRAGMA journal_mode=TRUNCATE; PRAGMA foreign_keys=ON;"
    "CREATE TABLE IF NOT EXISTS jobs(id TEXT PRIMARY KEY, review INTEGER, created INTEGER,"
    " finished INTEGER);"
    "CREATE TABLE IF NOT EXISTS files(job TEXT REFERENCES jobs(id) ON DELETE CASCADE,"
    " number INTEGER, name TEXT, state TEXT, plan TEXT, facts TEXT, error TEXT,"
    " PRIMARY KEY(job, number));"
    "CREATE TABLE IF NOT EXISTS films(id TEXT PRIMARY KEY, name TEXT, review INTEGER,"
    " created INTEGER, finished INTEGER, state TEXT, revision INTEGER, plan TEXT, facts TEXT,"
    " error TEXT);";

Status fail_at(const fs::path& path, int error) {
  return about(path.string(), Status(fail(Error::Kind::io, "The state folder cannot be used ({0}).",
                                          {std::strerror(error)})));
}

Status make_private_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return fail_at(folder, errno);
  struct stat facts = {};
  if (lstat(folder.c_str(), &facts) != 0) return fail_at(folder, errno);
  if (!S_ISDIR(facts.st_mode)) return fail_at(folder, ENOTDIR);
  if (facts.st_uid != geteuid()) return fail_at(folder, EPERM);
  if (chmod(folder.c_str(), 0700) != 0) return fail_at(folder, errno);
  return {};
}

// A descriptor that holds the folder for this process; -1 when another one has it.
Result<int> lock_folder(const fs::path& folder) {
  const fs::path path = folder / "lock";
  const int lock = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock < 0) return tl::unexpected(fail_at(path, errno).error());
  if (flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  ::close(lock);
  return -1;
}

StoredFile stored_file(const Database::Row& row) {
  StoredFile file;
  file.number = static_cast<int>(number_in(row[0]));
  file.name = text_in(row[1]);
  file.state = parse_file_state(text_in(row[2])).value_or(FileState::interrupted);
  file.plan = text_in(row[3]);
  file.facts = text_in(row[4]);
  file.error = text_in(row[5]);
  return file;
}

// A film's result keeps the name under which it was finished until its row says so.
bool is_hidden_film(const std::string& file_name, const std::vector<Database::Row>& films) {
  const std::string id = file_name.substr(0, file_name.find('.'));
  return std::ranges::any_of(films, [&](const auto& row) { return text_in(row[0]) == id; });
}

constexpr const char* select_films =
    "SELECT id, name, review, created, finished, state, revision, plan, facts, error FROM films"
    " ORDER BY created";

StoredFilm stored_film(const Database::Row& row) {
  StoredFilm film;
  film.id = text_in(row[0]);
  film.name = text_in(row[1]);
  film.review = number_in(row[2]) != 0;
  film.created_s = number_in(row[3]);
  film.finished_s = number_in(row[4]);
  film.state = text_in(row[5]);
  film.revision = static_cast<int>(number_in(row[6]));
  film.plan = text_in(row[7]);
  film.facts = text_in(row[8]);
  film.error = text_in(row[9]);
  return film;
}

}  // namespace

Result<fs::path> default_state_folder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state && *state == '/') return fs::path(state) / "faceveil";
  const char* home = std::getenv("HOME");
  if (home && *home == '/') return fs::path(home) / ".local" / "state" / "faceveil";
  return fail(Error::Kind::io, "Say with --state-dir where results may lie.");
}

JobStore::JobStore(fs::path folder, int lock, std::unique_ptr<Database> database)
    : folder_(std::move(folder)), lock_(lock), database_(std::move(database)) {}

JobStore::~JobStore() { ::close(lock_); }

Result<std::shared_ptr<JobStore>> JobStore::open(const fs::path& folder) {
  TRY(make_private_folder(folder));
  for (int slot = 0; slot < slots_max; ++slot) {
    auto store = open_slot(folder / std::to_string(slot));
    if (!store || *store) return store;
  }
  return tl::unexpected(fail_at(folder, EBUSY).error());
}

// Null where another server holds it.
Result<std::shared_ptr<JobStore>> JobStore::open_slot(const fs::path& own) {
  TRY(make_private_folder(own));
  const int lock = TRY(lock_folder(own));
  if (lock < 0) return std::shared_ptr<JobStore>();
  const Status made = make_private_folder(own / "results");
  auto database = Database::open(own / "jobs.sqlite", schema);
  if (made && database) {
    return std::shared_ptr<JobStore>(new JobStore(own, lock, std::move(*database)));
  }
  ::close(lock);
  return tl::unexpected(
      about(own.string(), made ? Status(tl::unexpected(database.error())) : made).error());
}

// A server that starts at this moment finds the slot held, and takes the next one.
void JobStore::wipe_abandoned(std::chrono::seconds retention) const {
  for (int slot = 0; slot < slots_max; ++slot) {
    const fs::path other = folder_.parent_path() / std::to_string(slot);
    std::error_code error;
    if (other == folder_ || !fs::is_directory(other, error)) continue;
    const auto store = open_slot(other);
    const Status wiped = !store   ? Status(tl::unexpected(store.error()))
                         : *store ? (*store)->wipe_older_than(retention)
                                  : Status();
    if (!wiped) log_error(wiped.error().message());
  }
}

Status JobStore::wipe_older_than(std::chrono::seconds retention) {
  const int64_t now_s = static_cast<int64_t>(::time(nullptr));
  const std::vector<StoredJob> jobs = TRY(load());
  for (const StoredJob& job : jobs) {
    if (job.finished_s == 0) {
      TRY(set_finished(job.id, now_s));
    } else if (job.finished_s + retention.count() <= now_s) {
      TRY(erase(job.id));
    }
  }
  std::vector<StoredFilm> films = TRY(load_films());
  for (StoredFilm& film : films) {
    if (film.finished_s == 0) {
      film.finished_s = now_s;
      TRY(put(film));
    } else if (film.finished_s + retention.count() <= now_s) {
      TRY(erase(film.id));
    }
  }
  return {};
}

Result<size_t> JobStore::count_strays() {
  std::vector<Database::Row> rows, films;
  const auto read = [&]() -> Status {
    TRY(database_->select("SELECT job, number FROM files", {}, rows));
    return database_->select("SELECT id FROM films", {}, films);
  };
  TRY(database_->transaction(read));
  std::set<fs::path> known = {"lock", "jobs.sqlite", "jobs.sqlite-journal"};
  for (const auto& row : rows) {
    known.insert(result_path(text_in(row[0]), static_cast<int>(number_in(row[1]))).filename());
  }
  size_t strays = 0;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder_, error)) {
    strays += !entry.is_directory() && !known.contains(entry.path().filename()) &&
              !is_hidden_film(entry.path().filename(), films);
  }
  return strays;
}

Result<std::vector<StoredJob>> JobStore::load() {
  std::vector<StoredJob> jobs;
  const auto read = [&]() -> Status {
    std::vector<Database::Row> rows;
    TRY(database_->select("SELECT id, review, created, finished FROM jobs", {}, rows));
    for (const auto& row : rows) {
      StoredJob job = {
          text_in(row[0]), number_in(row[1]) != 0, number_in(row[2]), number_in(row[3]), {}};
      std::vector<Database::Row> files;
      TRY(
          database_->select("SELECT number, name, state, plan, facts, error FROM files"
                            " WHERE job=? ORDER BY number",
                            {job.id}, files));
      for (const auto& file : files) job.files.push_back(stored_file(file));
      jobs.push_back(std::move(job));
    }
    return {};
  };
  TRY(database_->transaction(read));
  std::vector<std::string> known;
  for (const StoredJob& job : jobs) {
    for (const StoredFile& file : job.files) {
      if (is_hidden(file.state)) known.push_back(result_path(job.id, file.number).filename());
    }
  }
  const std::vector<StoredFilm> films = TRY(load_films());
  for (const StoredFilm& film : films) {
    if (film.revision > 0) known.push_back(result_path(film.id, film.revision).filename());
  }
  remove_results("", known);
  return jobs;
}

Result<std::vector<StoredFilm>> JobStore::load_films() {
  std::vector<Database::Row> rows;
  TRY(database_->transaction([&] { return database_->select(select_films, {}, rows); }));
  std::vector<StoredFilm> films;
  films.reserve(rows.size());
  for (const auto& row : rows) films.push_back(stored_film(row));
  return films;
}

Status JobStore::put(const StoredFilm& film) {
  return database_->transaction([&] {
    return database_->run(
        "INSERT OR REPLACE INTO films VALUES(?,?,?,?,?,?,?,?,?,?)",
        {film.id, film.name, int64_t{film.review}, film.created_s, film.finished_s, film.state,
         int64_t{film.revision}, film.plan, film.facts, film.error});
  });
}

Status JobStore::add(const StoredJob& job) {
  return database_->transaction([&]() -> Status {
    TRY(database_->run("INSERT OR IGNORE INTO jobs VALUES(?,?,?,0)",
                       {job.id, int64_t{job.review}, job.created_s}));
    for (const StoredFile& file : job.files) {
      TRY(database_->run(
          "INSERT INTO files VALUES(?,?,?,?,?,?,?)",
          {job.id, int64_t{file.number}, file.name, std::string(file_state_name(file.state)),
           file.plan, file.facts, file.error}));
    }
    return {};
  });
}

Status JobStore::update(const std::string& job_id, const StoredFile& file) {
  return database_->transaction([&] {
    return database_->run(
        "UPDATE files SET state=?, plan=?, facts=?, error=? WHERE job=? AND number=?",
        {std::string(file_state_name(file.state)), file.plan, file.facts, file.error, job_id,
         int64_t{file.number}});
  });
}

Status JobStore::set_finished(const std::string& job_id, int64_t finished_s) {
  return database_->transaction([&] {
    return database_->run("UPDATE jobs SET finished=? WHERE id=?", {finished_s, job_id});
  });
}

fs::path JobStore::result_path(const std::string& job_id, int number) const {
  return folder_ / "results" / (job_id + "." + std::to_string(number));
}

Status JobStore::write_result(const std::string& job_id, int number, BytesView bytes) {
  const fs::path path = result_path(job_id, number);
  TRY(write_file(path, bytes, Overwrite::allow));
  ::chmod(path.c_str(), 0600);
  return {};
}

Result<Bytes> JobStore::read_result(const std::string& job_id, int number) const {
  constexpr int64_t result_bytes_max = int64_t{2} << 30;  // Ours; encoded larger than it came.
  return read_file(result_path(job_id, number), result_bytes_max);
}

void JobStore::remove_result(const std::string& job_id, int number) const {
  std::error_code error;
  fs::remove(result_path(job_id, number), error);
}

void JobStore::remove_results(const std::string& prefix,
                              const std::vector<std::string>& keep) const {
  std::error_code error;
  std::vector<fs::path> gone;
  for (const auto& entry : fs::directory_iterator(folder_ / "results", error)) {
    const std::string name = entry.path().filename();
    if (name.starts_with(prefix) && std::ranges::find(keep, name) == keep.end()) {
      gone.push_back(entry.path());
    }
  }
  for (const fs::path& path : gone) fs::remove(path, error);
}

Status JobStore::erase(const std::string& job_id) {
  remove_results(job_id + ".");
  return database_->transaction([&]() -> Status {
    TRY(database_->run("DELETE FROM jobs WHERE id=?", {job_id}));
    return database_->run("DELETE FROM films WHERE id=?", {job_id});
  });
}

Status JobStore::erase_all() {
  remove_results("");
  return database_->transaction([&]() -> Status {
    TRY(database_->run("DELETE FROM jobs", {}));
    return database_->run("DELETE FROM films", {});
  });
}

}  // namespace faceveil
