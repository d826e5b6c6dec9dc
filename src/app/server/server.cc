#include "app/server/server.h"

#include <pthread.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>

#include "app/server/http.h"
#include "app/server/routes.h"
#include "app/server/security.h"
#include "base/files.h"
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

// Originals of jobs, queued or in review: two hundred large photographs.
constexpr int64_t originals_bytes_max = int64_t{1} << 30;

Result<std::string> read_secret(const ServeOptions& options) {
  if (options.password_file.empty()) return options.token;
  constexpr int64_t password_bytes_max = 4096;
  const Bytes file = TRY(
      about(options.password_file.string(), read_file(options.password_file, password_bytes_max)));
  std::string secret(as_text(file).substr(0, as_text(file).find_first_of("\r\n")));
  if (secret.empty()) {
    return about(options.password_file.string(),
                 Result<std::string>(fail(Error::Kind::bad_input, "The first line is empty.")));
  }
  return secret;
}

Status check_secret(const std::string& host, const std::string& secret) {
  if (is_loopback(host) || !secret.empty()) return {};
  return fail(Error::Kind::bad_input,
              "Everybody who can reach {0} could use this server: give it --token or "
              "--password-file.",
              {host});
}

Result<std::shared_ptr<const TlsIdentity>> load_identity(const ServeOptions& options) {
  const bool wanted = !options.tls_certificate.empty() || !options.tls_key.empty();
  if (!wanted) return std::shared_ptr<const TlsIdentity>();
  if (options.tls_certificate.empty() || options.tls_key.empty()) {
    return fail(Error::Kind::bad_input, "--tls-cert and --tls-key belong together: give both.");
  }
  return TlsIdentity::load(options.tls_certificate, options.tls_key);
}

// A core file would be a stray copy of what is in memory.
void forbid_core_files() {
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

Result<RoutesOptions> routes_options(const ServeOptions& options) {
  RoutesOptions routes;
  routes.secret = TRY(read_secret(options));
  TRY(check_secret(options.host, routes.secret));
  routes.model_folder = options.model_folder;
  if (routes.model_folder.empty()) routes.model_folder = TRY(find_model_folder());
  routes.bound_host = options.host;
  routes.working_max = core_count();
  routes.waiting_max = limits::server_waiting_max;
  routes.body_bytes_max = limits::input_bytes_max;
  routes.film_bytes_max = int64_t{options.film_mib_max} << 20;
  std::filesystem::path state = options.state_folder;
  if (state.empty()) state = TRY(default_state_folder());
  routes.store = TRY(JobStore::open(state));
  routes.jobs.worker_count = core_count();
  routes.jobs.retention = std::chrono::seconds(options.retention_s);
  routes.jobs.originals_bytes_max = originals_bytes_max;
  routes.webhooks = options.webhooks;
  return routes;
}

HttpServerOptions http_options(const ServeOptions& options,
                               std::shared_ptr<const TlsIdentity> identity) {
  return {.host = options.host,
          .port = options.port,
          .body_bytes_max = limits::input_bytes_max,
          .all_bodies_bytes_max = all_bodies_bytes_max,
          .connections_max = core_count() + limits::server_waiting_max + spare_connections,
          .identity = std::move(identity)};
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

std::string address(const ServeOptions& options, int port) {
  const std::string& host = options.host;
  const bool is_v6 = host.find(':') != std::string::npos;
  const std::string scheme = options.tls_certificate.empty() ? "http://" : "https://";
  return scheme + (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

void announce(const ServeOptions& options, int port) {
  const std::string here = address(options, port);
  if (!is_loopback(options.host) && options.tls_certificate.empty()) {
    log_warning(tr("Pictures, and the token or password, travel to {0} unencrypted.", {here}));
  }
  std::puts(tr("FaceVeil is at {0} - press Ctrl+C to stop.", {here}).c_str());
  std::fflush(stdout);
}

}  // namespace

Status serve(const ServeOptions& options) {
  const EndSignals signals;
  forbid_core_files();
  std::signal(SIGPIPE, SIG_IGN);  // The TLS library writes to sockets whose client has gone.
  const auto identity = TRY(load_identity(options));
  RoutesOptions wanted = TRY(routes_options(options));
  wanted.encrypted = identity != nullptr;
  const auto routes = TRY(Routes::create(wanted));
  TRY(routes->warm_up());
  const std::unique_ptr<HttpServer> server =
      TRY(HttpServer::start(http_options(options, identity), routes, log_request, wanted.traffic));
  announce(options, server->port());
  signals.wait();
  return {};
}

}  // namespace faceveil
