#include "app/server/jobs/webhook.h"

#include <httplib.h>

#include <atomic>

#include "app/server/jobs/job_json.h"
#include "base/log.h"

namespace faceveil {
namespace {

std::atomic<int64_t> calls = 0;

}  // namespace

int64_t webhook_calls() { return calls; }

// The address has been checked when the job came; redirections are not followed.
void call_webhook(const JobView& job, const JobSettings& settings) {
  if (settings.webhook.empty()) return;
  const size_t path = std::min(settings.webhook.find('/', std::string_view("http://").size()),
                               settings.webhook.size());
  httplib::Client client(settings.webhook.substr(0, path));
  client.set_connection_timeout(5);
  client.set_read_timeout(5);
  client.set_write_timeout(5);
  client.set_follow_location(false);
  const std::string target = path == settings.webhook.size() ? "/" : settings.webhook.substr(path);
  ++calls;
  const auto answer = client.Post(target, format_job(job, current_language()), "application/json");
  if (!answer || answer->status >= 400) log_warning(tr("A webhook did not answer."));
}

}  // namespace faceveil
