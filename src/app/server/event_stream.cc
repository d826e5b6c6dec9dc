#include "app/server/event_stream.h"

#include <memory>
#include <utility>

#include "app/server/problem.h"

namespace faceveil {

bool send_event(const WriteBody& write, std::string_view name, const std::string& data) {
  const std::string text = "event: " + std::string(name) + "\ndata: " + data + "\n\n";
  return write(as_bytes(text));
}

bool send_comment(const WriteBody& write) { return write(as_bytes(": waiting\n\n")); }

HttpResponse EventListeners::answer(const HttpRequest& request,
                                    std::function<bool(const WriteBody&)> write) {
  constexpr int listeners_max = 16;
  const auto place = std::shared_ptr<void>(nullptr, [this](void*) { --count_; });
  if (++count_ > listeners_max) {
    return problem(request, 503, "busy",
                   fail(Error::Kind::busy, "Too many listen to events; try again in a moment."));
  }
  HttpResponse response;
  response.content_type = "text/event-stream";
  response.headers = {{"Cache-Control", "no-store"}};
  response.stream = [place, write = std::move(write)](const WriteBody& out) { return write(out); };
  return response;
}

}  // namespace faceveil
