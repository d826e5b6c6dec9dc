#include "app/server/films/film_events.h"

#include <thread>

#include "app/server/films/film_json.h"

namespace faceveil {
namespace {

using namespace std::chrono_literals;

constexpr auto pace = 100ms;         // No more often: a browser draws at each.
constexpr auto look_again = 250ms;   // Whether anybody still listens.
constexpr int quiet_looks_max = 40;  // Then a comment keeps proxies from closing the line.

bool send(const WriteBody& write, std::string_view name, const std::string& data) {
  const std::string text = "event: " + std::string(name) + "\ndata: " + data + "\n\n";
  return write(as_bytes(text));
}

bool is_over(const FilmJobView& job) {
  return job.state != FilmJobState::queued && job.state != FilmJobState::running;
}

}  // namespace

bool write_film_events(const Films& films, const std::string& id, Language language,
                       const WriteBody& write) {
  std::optional<FilmJobView> job = films.view(id);
  if (job && !send(write, "job", format_film_job(*job, language))) return false;
  for (int quiet_looks = 0; job && !is_over(*job);) {
    const uint64_t seen = job->version;
    std::this_thread::sleep_for(pace);
    job = films.wait(id, seen, look_again);
    if (!write({})) return false;
    if (!job) break;
    const bool news = job->version > seen;
    if (news && !send(write, "progress", format_film_progress(job->progress))) return false;
    quiet_looks = news ? 0 : quiet_looks + 1;
    if (quiet_looks == quiet_looks_max) {
      quiet_looks = 0;
      if (!write(as_bytes(": waiting\n\n"))) return false;
    }
  }
  return !job || send(write, "end", format_film_job(*job, language));
}

}  // namespace faceveil
