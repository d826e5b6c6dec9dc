#include "app/server/server.h"

#include <pthread.h>

#include <csignal>
#include <cstdio>

#include "app/server/http.h"
#include "app/server/routes.h"
#include "app/server/security.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/thread_pool.h"

namespace faceveil {
namespace {

// Blocks SIGINT and SIGTERM for this thread and those that it starts, so that wait() gets them.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~EndSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  void wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_, before_;
};

// Connections that may be open beside those that work or wait: idle ones of browsers, health
// checks, and those to be told 503.
constexpr int spare_connections = 32;

// Uploads in memory at one time: some very large pictures, or very many of usual size.
constexpr int64_t all_bodies_bytes_max = 3 * limits::input_bytes_max;

RoutesOptions routes_options(const ServeOptions& options, std::filesystem::path model_folder) {
  return {.model_folder = std::move(model_folder),
          .bound_host = options.host,
          .working_max = core_count(),
          .waiting_max = limits::server_waiting_max,
          .body_bytes_max = limits::input_bytes_max};
}

HttpServerOptions http_options(const ServeOptions& options) {
  return {.host = options.host,
          .port = options.port,
          .body_bytes_max = limits::input_bytes_max,
          .all_bodies_bytes_max = all_bodies_bytes_max,
          .connections_max = core_count() + limits::server_waiting_max + spare_connections};
}

// Paths come from outside: what could forge a line of the log or upset a terminal is not repeated.
std::string printable(std::string text) {
  constexpr size_t length_max = 100;
  if (text.size() > length_max) text.resize(length_max);
  for (char& c : text) {
    if (c <= ' ' || c > '~') c = '?';
  }
  return text;
}

void log_request(const HttpLogEntry& entry) {
  char rest[64];
  std::snprintf(rest, sizeof rest, " %d %.1f ms", entry.status, entry.ms);
  log_info(printable(entry.method) + " " + printable(entry.path) + rest);
}

std::string address(const std::string& host, int port) {
  const bool is_v6 = host.find(':') != std::string::npos;
  return "http://" + (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

void announce(const ServeOptions& options, int port) {
  if (!is_loopback(options.host)) {
    log_warning(
        tr("Everybody who can reach {0} can use this server, and pictures travel to it "
           "unencrypted.",
           {address(options.host, port)}));
  }
  std::puts(
      tr("FaceVeil is at {0} - press Ctrl+C to stop.", {address(options.host, port)}).c_str());
  std::fflush(stdout);
}

}  // namespace

Status serve(const ServeOptions& options) {
  const EndSignals signals;
  std::filesystem::path model_folder = options.model_folder;
  if (model_folder.empty()) model_folder = TRY(find_model_folder());
  const auto routes = std::make_shared<const Routes>(routes_options(options, model_folder));
  TRY(routes->warm_up());
  const std::unique_ptr<HttpServer> server =
      TRY(HttpServer::start(http_options(options), routes, log_request));
  announce(options, server->port());
  signals.wait();
  return {};
}

}  // namespace faceveil
