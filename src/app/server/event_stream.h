// Progress as server-sent events (HTML Living Standard, 9.2), of any kind of job.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "app/server/http.h"

namespace faceveil {

// False: nobody listens any more.
bool send_event(const WriteBody&, std::string_view name, const std::string& data);
bool send_comment(const WriteBody&);

// How many listen at a time: each holds a connection's thread.
class EventListeners {
 public:
  // The events that `write` makes, or 503 where too many listen.
  HttpResponse answer(const HttpRequest&, std::function<bool(const WriteBody&)> write);

 private:
  std::atomic<int> count_ = 0;
};

// One job. `View` has a `version` that goes up with every change.
template <typename View>
struct EventSource {
  std::function<std::optional<View>()> view;  // None: there is no such job any more.
  // The same, once its version is above `seen` or the time is over.
  std::function<std::optional<View>(uint64_t seen, std::chrono::milliseconds)> wait;
  std::function<bool(const View&)> is_over;  // Nothing is left to do.
  std::function<std::string(const View&)> format;
  std::function<bool(const WriteBody&, const View&, uint64_t seen)> send_changes;
};

// "job", changes, "end": until nothing is left to do, the job is erased, or nobody listens.
template <typename View>
bool write_events(const EventSource<View>& source, const WriteBody& write) {
  constexpr auto pace = std::chrono::milliseconds(100);        // A browser draws at each.
  constexpr auto look_again = std::chrono::milliseconds(250);  // Whether anybody still listens.
  constexpr int quiet_looks_max = 40;  // Then a comment keeps proxies from closing the line.
  std::optional<View> job = source.view();
  if (job && !send_event(write, "job", source.format(*job))) return false;
  for (int quiet_looks = 0; job && !source.is_over(*job);) {
    const uint64_t seen = job->version;
    std::this_thread::sleep_for(pace);
    job = source.wait(seen, look_again);
    if (!write({})) return false;
    if (!job) break;
    const bool news = job->version > seen;
    if (news && !source.send_changes(write, *job, seen)) return false;
    quiet_looks = news ? 0 : quiet_looks + 1;
    if (quiet_looks < quiet_looks_max) continue;
    quiet_looks = 0;
    if (!send_comment(write)) return false;
  }
  return !job || send_event(write, "end", source.format(*job));
}

}  // namespace faceveil
