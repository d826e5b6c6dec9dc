#include "app/server/jobs/webhook.h"

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <string_view>

#include "base/log.h"

namespace faceveil {
namespace {

constexpr std::string_view scheme = "http://";

std::atomic<int64_t> calls = 0;

}  // namespace

int64_t webhook_calls() { return calls; }

Status check_webhook(const std::string& address, const std::vector<std::string>& allowed) {
  const bool known = std::ranges::any_of(allowed, [&](const std::string& host) {
    const std::string base = std::string(scheme) + host;
    return address == base || address.starts_with(base + "/");
  });
  if (address.empty() || known) return {};
  return about("webhook",
               Status(fail(Error::Kind::bad_input,
                           "This server may not call this address; start it with --webhook.")));
}

// The address has been checked when the job came; redirections are not followed.
void call_webhook(const std::string& address, const std::string& job) {
  const size_t path = std::min(address.find('/', scheme.size()), address.size());
  httplib::Client client(address.substr(0, path));
  client.set_connection_timeout(5);
  client.set_read_timeout(5);
  client.set_write_timeout(5);
  client.set_follow_location(false);
  const std::string target = path == address.size() ? "/" : address.substr(path);
  ++calls;
  const auto answer = client.Post(target, job, "application/json");
  if (!answer || answer->status >= 400) log_warning(tr("A webhook did not answer."));
}

}  // namespace faceveil
