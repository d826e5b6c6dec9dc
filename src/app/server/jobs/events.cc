#include "app/server/jobs/events.h"

#include "app/server/event_stream.h"
#include "app/server/jobs/job_json.h"

namespace faceveil {
namespace {

bool send_changes(const WriteBody& write, const JobView& job, uint64_t since, Language language) {
  for (const FileView& file : job.files) {
    if (file.changed > since && !send_event(write, "file", format_file(job, file, language)))
      return false;
  }
  return send_event(write, "progress", format_progress(job.progress));
}

bool is_over(const JobView& job) {
  const JobState state = state_of(job);
  return state != JobState::running && state != JobState::paused;
}

}  // namespace

bool write_events(const Jobs& jobs, const std::string& id, Language language,
                  const WriteBody& write) {
  EventSource<JobView> source;
  source.view = [&] { return jobs.view(id); };
  source.wait = [&](uint64_t seen, std::chrono::milliseconds time) {
    return jobs.wait(id, seen, time);
  };
  source.is_over = is_over;
  source.format = [&](const JobView& job) { return format_job(job, language); };
  source.send_changes = [&](const WriteBody& out, const JobView& job, uint64_t seen) {
    return send_changes(out, job, seen, language);
  };
  return write_events(source, write);
}

}  // namespace faceveil
