#include "app/server/films/film_events.h"

#include "app/server/event_stream.h"
#include "app/server/films/film_json.h"

namespace faceveil {
namespace {

bool is_over(const FilmJobView& job) {
  return job.state != FilmJobState::queued && job.state != FilmJobState::running;
}

}  // namespace

bool write_film_events(const Films& films, const std::string& id, Language language,
                       const WriteBody& write) {
  EventSource<FilmJobView> source;
  source.view = [&] { return films.view(id); };
  source.wait = [&](uint64_t seen, std::chrono::milliseconds time) {
    return films.wait(id, seen, time);
  };
  source.is_over = is_over;
  source.format = [&](const FilmJobView& job) { return format_film_job(job, language); };
  source.send_changes = [](const WriteBody& out, const FilmJobView& job, uint64_t) {
    return send_event(out, "progress", format_film_progress(job.progress));
  };
  return write_events(source, write);
}

}  // namespace faceveil
