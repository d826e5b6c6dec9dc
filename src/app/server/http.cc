#include "app/server/http.h"

#include <httplib.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <thread>
#include <utility>

#include "app/server/connection.h"
#include "base/check.h"

namespace faceveil {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// A Connection as the library wants to see it.
class ConnectionStream : public httplib::Stream {
 public:
  explicit ConnectionStream(Connection& connection) : connection_(connection) {}
  bool is_readable() const override { return connection_.readable(); }
  bool is_writable() const override { return connection_.writable(); }
  ssize_t read(char* data, size_t size) override { return connection_.read(data, size); }
  ssize_t write(const char* data, size_t size) override { return connection_.write(data, size); }
  socket_t socket() const override { return connection_.socket(); }

  // We want nobody's address: not for the log, not for anything else.
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}

 private:
  Connection& connection_;
};

// One request and what is known about it. The library hands its callbacks no word on the
// connection that they serve, so the thread remembers its exchange.
struct Exchange {
  explicit Exchange(Connection& from) : connection(from) {}

  Connection& connection;
  HttpRequest request;
  std::optional<HttpResponse> refusal;
  std::shared_ptr<BodyFile> body_file;  // Null: the body goes to memory.
  int64_t body_bytes = 0;               // As announced; negative when chunked.
  int64_t reserved_bytes = 0;
  bool head_read = false;
  bool answered = false;
  int status = 0;
};
thread_local Exchange* current = nullptr;

constexpr size_t requests_per_connection = 10'000;

HttpRequest translate_head(const httplib::Request& from) {
  HttpRequest request;
  request.method = from.method == "HEAD" ? "GET" : from.method;
  request.path = from.path;
  request.query.assign(from.params.begin(), from.params.end());
  request.headers.assign(from.headers.begin(), from.headers.end());
  return request;
}

bool has_body(const std::string& method) { return method == "POST" || method == "PATCH"; }

// How long the body is, from the headers; negative for a chunked one. Errors are HTTP statuses.
// Both kinds of length at once are an attempt at smuggling (RFC 9112, 6.1).
tl::expected<int64_t, int> announced_body_bytes(const httplib::Request& request) {
  const size_t lengths = request.get_header_value_count("Content-Length");
  const std::string coding = request.get_header_value("Transfer-Encoding");
  if (!coding.empty()) {
    const bool chunked = strcasecmp(coding.c_str(), "chunked") == 0;
    return chunked && lengths == 0 ? tl::expected<int64_t, int>(-1) : tl::unexpected(400);
  }
  if (lengths == 0) {
    if (has_body(request.method)) return tl::unexpected(411);
    return 0;
  }
  const std::string text = request.get_header_value("Content-Length");
  int64_t length = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (lengths > 1 || end != text.data() + text.size()) return tl::unexpected(400);
  if (error == std::errc::result_out_of_range) return tl::unexpected(413);
  if (length < 0) return tl::unexpected(400);
  return length;
}

// The headers that decide who may ask (security.h) must not be ambiguous (RFC 9112, 3.2).
bool is_ambiguous(const httplib::Request& request) {
  return request.get_header_value_count("Host") > 1 || request.get_header_value_count("Origin") > 1;
}

bool is_compressed(const httplib::Request& request) {
  const std::string encoding = request.get_header_value("Content-Encoding");
  return !encoding.empty() && strcasecmp(encoding.c_str(), "identity") != 0;
}

// What the library would do by itself and must not: ranges (multiplied, they multiply the answer),
// decompression (a bomb), and its own reading of multipart bodies (it copies; see multipart.h).
void switch_off_library_features(httplib::Request& request) {
  request.ranges.clear();
  request.headers.erase("Content-Type");
  request.headers.erase("Content-Encoding");
}

void fill_stream(httplib::Response& to, HttpResponse from, Exchange& exchange) {
  Connection& connection = exchange.connection;
  to.set_chunked_content_provider(from.content_type, [stream = std::move(from.stream), &connection](
                                                         size_t, httplib::DataSink& sink) {
    const bool whole = stream([&](BytesView bytes) {
      if (connection.wanted_to_end() || connection.client_gone()) return false;
      return bytes.empty() || sink.write(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    });
    if (whole) sink.done();
    return whole;
  });
}

// The body goes out from where it lies, without a copy.
void fill_response(httplib::Response& to, HttpResponse from) {
  to.status = from.status;
  to.set_header("Accept-Ranges", "none");
  for (const auto& [name, value] : from.headers) to.set_header(name, value);
  if (from.stream) return fill_stream(to, std::move(from), *current);
  if (from.body.empty()) return;
  const auto body = std::make_shared<const Bytes>(std::move(from.body));
  to.set_content_provider(body->size(), from.content_type,
                          [body](size_t offset, size_t length, httplib::DataSink& sink) {
                            return sink.write(reinterpret_cast<const char*>(body->data()) + offset,
                                              length);
                          });
}

// Two servers on one port would share its requests; SO_REUSEPORT, the library's choice, allows it.
void set_socket_options(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

tl::unexpected<Error> fail_to_listen(const HttpServerOptions& options, int error) {
  if (error == EADDRINUSE) {
    return fail(Error::Kind::io,
                "Port {0} is in use by another program; choose another one with --port.",
                {std::to_string(options.port)});
  }
  return fail(Error::Kind::io, "Cannot listen at {0}, port {1} ({2}).",
              {options.host, std::to_string(options.port),
               error ? std::strerror(error) : "unknown address"});
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key.size() == name.size() && strncasecmp(key.data(), name.data(), name.size()) == 0) {
      return value;
    }
  }
  return {};
}

// The library parses heads and chunks and formats answers; connections, limits and what is refused
// are ours.
class HttpServer::State : public httplib::Server {
 public:
  State(const HttpServerOptions& options, std::shared_ptr<const HttpHandler> handler,
        std::function<void(const HttpLogEntry&)> log, std::shared_ptr<HttpTraffic> traffic)
      : options_(options),
        handler_(std::move(handler)),
        log_(std::move(log)),
        traffic_(traffic ? std::move(traffic) : std::make_shared<HttpTraffic>()) {
    stop_event_ = eventfd(0, EFD_CLOEXEC);
    CHECK(stop_event_ >= 0);
    new_task_queue = [this] {
      return new httplib::ThreadPool(static_cast<size_t>(options_.connections_max));
    };
    set_tcp_nodelay(true);
    set_keep_alive_max_count(requests_per_connection);  // Told to clients; see Connection.
    set_keep_alive_timeout(10);
    set_socket_options(faceveil::set_socket_options);
    register_callbacks();
  }

  ~State() override {
    if (thread_.joinable()) stop_and_join();
    ::close(stop_event_);
  }

  Status listen_in_thread() {
    errno = 0;
    port_ = options_.port;
    if (options_.port == 0) {
      port_ = bind_to_any_port(options_.host);
    } else if (!bind_to_port(options_.host, options_.port)) {
      port_ = -1;
    }
    if (port_ < 0) return fail_to_listen(options_, errno);
    ::listen(svr_sock_, SOMAXCONN);  // The library's own queue of 5 drops bursts of connections.
    thread_ = std::thread([this] { listen_after_bind(); });
    return {};
  }

  int port() const { return port_; }

 private:
  void register_callbacks();
  void stop_and_join();
  bool process_and_close_socket(socket_t socket) override;
  bool serve_one(Connection&, ConnectionStream&);
  void begin(Exchange&, httplib::Request&);
  std::optional<HttpResponse> reason_to_refuse(Exchange&, const httplib::Request&);
  void answer_with_body(httplib::Response&, const httplib::ContentReader&);
  bool reserve(Exchange&, int64_t bytes);
  void release(Exchange&);
  int read_body(Exchange&, const httplib::ContentReader&);
  int read_body_to_file(Exchange&, const httplib::ContentReader&);
  void answer(httplib::Response&, HttpResponse);

  const HttpServerOptions options_;
  const std::shared_ptr<const HttpHandler> handler_;
  const std::function<void(const HttpLogEntry&)> log_;
  const std::shared_ptr<HttpTraffic> traffic_;
  std::atomic<int64_t> all_bodies_bytes_ = 0;
  int stop_event_ = -1;
  int port_ = -1;
  std::thread thread_;
};

void HttpServer::State::register_callbacks() {
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    if (current->refusal) {
      answer(response, std::move(*current->refusal));
    } else if (has_body(request.method)) {
      return HandlerResponse::Unhandled;  // Goes on to the callback that can read the body.
    } else {
      answer(response, handler_->respond(current->request));
    }
    return HandlerResponse::Handled;
  });
  const HandlerWithContentReader with_body =
      [this](const httplib::Request&, httplib::Response& response,
             const httplib::ContentReader& reader) { answer_with_body(response, reader); };
  Post(".*", with_body);
  Patch(".*", with_body);
  // Sees every answer from 400 up; those that are not ours the library made by itself.
  set_error_handler(
      HandlerWithResponse([this](const httplib::Request& request, httplib::Response& response) {
        if (current->answered) return HandlerResponse::Unhandled;
        if (!current->head_read) current->request = translate_head(request);
        answer(response, handler_->refuse(current->request, response.status));
        return HandlerResponse::Handled;
      }));
  set_exception_handler(
      [this](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) {
        answer(response, handler_->refuse(current->request, 500));
      });
}

// Not Server::stop(): that would cut off answers under way.
void HttpServer::State::stop_and_join() {
  const uint64_t one = 1;
  CHECK(::write(stop_event_, &one, sizeof one) == sizeof one);
  ::shutdown(svr_sock_, SHUT_RDWR);
  thread_.join();
}

bool HttpServer::State::process_and_close_socket(socket_t socket) {
  Connection connection(socket, stop_event_, options_.identity);
  HttpTraffic::Peers& peers = connection.is_local() ? traffic_->loopback : traffic_->network;
  ++peers.connections;
  ConnectionStream stream(connection);
  for (size_t i = 0; i < requests_per_connection; ++i) {
    if (!connection.wait_for_request() || !serve_one(connection, stream)) break;
    peers.received_bytes += connection.take_received_bytes();
    peers.sent_bytes += connection.take_sent_bytes();
  }
  peers.received_bytes += connection.take_received_bytes();
  peers.sent_bytes += connection.take_sent_bytes();
  connection.close_gently();
  return true;
}

// Whether another request may follow on the connection.
bool HttpServer::State::serve_one(Connection& connection, ConnectionStream& stream) {
  Exchange exchange(connection);
  current = &exchange;
  const auto start = Clock::now();
  bool client_closes = false;
  const bool written = process_request(
      stream, false, client_closes, [&](httplib::Request& request) { begin(exchange, request); });
  current = nullptr;
  release(exchange);
  const bool refused = exchange.refusal.has_value();
  if (exchange.answered) {
    log_({exchange.request.method, exchange.request.path, exchange.status, ms_since(start)});
  }
  return written && exchange.head_read && !refused && !client_closes && !connection.body_unread();
}

// Called when the head has been read and nothing has been done about it.
void HttpServer::State::begin(Exchange& exchange, httplib::Request& request) {
  exchange.head_read = true;
  exchange.request = translate_head(request);
  exchange.request.client_gone = [&connection = exchange.connection] {
    return connection.client_gone();
  };
  exchange.refusal = reason_to_refuse(exchange, request);
  exchange.connection.begin_body(exchange.body_bytes);
  switch_off_library_features(request);
  if (!exchange.refusal) return;
  request.headers.erase("Expect");  // No "100 Continue" for what will not be read.
  request.headers.erase("Connection");
  request.set_header("Connection", "close");
}

std::optional<HttpResponse> HttpServer::State::reason_to_refuse(Exchange& exchange,
                                                                const httplib::Request& request) {
  const auto body_bytes = announced_body_bytes(request);
  exchange.body_bytes = body_bytes.value_or(-1);
  if (is_ambiguous(request)) return handler_->refuse(exchange.request, 400);
  if (auto refusal = handler_->admit(exchange.request)) return refusal;
  if (!body_bytes) return handler_->refuse(exchange.request, body_bytes.error());
  if (is_compressed(request)) return handler_->refuse(exchange.request, 415);
  auto file = handler_->body_file(exchange.request);
  if (!file) return handler_->refuse(exchange.request, 500);
  exchange.body_file = std::move(*file);
  const int64_t bytes_max =
      exchange.body_file ? exchange.body_file->bytes_max() : options_.body_bytes_max;
  if (*body_bytes > bytes_max) return handler_->refuse(exchange.request, 413);
  return std::nullopt;
}

void HttpServer::State::answer_with_body(httplib::Response& response,
                                         const httplib::ContentReader& reader) {
  const auto start = Clock::now();
  const int status =
      current->body_file ? read_body_to_file(*current, reader) : read_body(*current, reader);
  if (status != 200) {
    release(*current);
    response.set_header("Connection", "close");
    return answer(response, handler_->refuse(current->request, status));
  }
  current->request.read_ms = ms_since(start);
  current->request.body_file = std::move(current->body_file);
  HttpResponse made = handler_->respond(current->request);
  // Before the answer goes out: a client that has it may send its next picture at once.
  release(*current);
  answer(response, std::move(made));
}

// The body has served; nothing of it stays in memory, and it no longer counts.
void HttpServer::State::release(Exchange& exchange) {
  explicit_bzero(exchange.request.body.data(), exchange.request.body.size());
  exchange.request.body = Bytes();
  exchange.request.body_file.reset();
  exchange.body_file.reset();
  all_bodies_bytes_ -= std::exchange(exchange.reserved_bytes, 0);
}

// Accounts for `bytes` more of bodies in memory; false when that would be too many. Called as they
// arrive: what is only announced takes nothing from others.
bool HttpServer::State::reserve(Exchange& exchange, int64_t bytes) {
  exchange.reserved_bytes += bytes;
  return (all_bodies_bytes_ += bytes) <= options_.all_bodies_bytes_max;
}

// Into the request's body. 200, or the status that says what went wrong.
int HttpServer::State::read_body(Exchange& exchange, const httplib::ContentReader& reader) {
  Bytes& body = exchange.request.body;
  if (exchange.body_bytes > 0) body.reserve(static_cast<size_t>(exchange.body_bytes));
  int status = 400;
  const bool complete = reader([&](const char* data, size_t size) {
    const auto bytes = static_cast<int64_t>(size);
    const auto total = static_cast<int64_t>(body.size()) + bytes;
    if (total > options_.body_bytes_max) return status = 413, false;
    if (!reserve(exchange, bytes)) return status = 503, false;
    const auto* begin = reinterpret_cast<const std::byte*>(data);
    body.insert(body.end(), begin, begin + size);
    return true;
  });
  return complete ? 200 : status;
}

// The same, piece by piece to disk.
int HttpServer::State::read_body_to_file(Exchange& exchange, const httplib::ContentReader& reader) {
  int status = 400;
  const bool complete = reader([&](const char* data, size_t size) {
    const Status written = exchange.body_file->append(as_bytes(std::string_view(data, size)));
    if (!written) status = written.error().kind == Error::Kind::over_limit ? 413 : 507;
    return written.has_value();
  });
  return complete ? 200 : status;
}

void HttpServer::State::answer(httplib::Response& response, HttpResponse made) {
  current->answered = true;
  current->status = made.status;
  fill_response(response, std::move(made));
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;
int HttpServer::port() const { return state_->port(); }

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpServerOptions& options,
                                                      std::shared_ptr<const HttpHandler> handler,
                                                      std::function<void(const HttpLogEntry&)> log,
                                                      std::shared_ptr<HttpTraffic> traffic) {
  auto state =
      std::make_unique<State>(options, std::move(handler), std::move(log), std::move(traffic));
  TRY(state->listen_in_thread());
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

}  // namespace faceveil
