// HTTP/1.1 without the library behind it: a request and a response as plain structs, and a server
// that takes one to the other. Only http.cc knows which library does it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/server/body_file.h"
#include "app/server/tls.h"
#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

using Fields = std::vector<std::pair<std::string, std::string>>;  // Names and values, in order.

struct HttpRequest {
  std::string method;  // "GET".
  std::string path;    // Percent-decoded, without the query.
  Fields query;        // Percent-decoded.
  Fields headers;      // Names as sent; see header().
  Bytes body;
  std::shared_ptr<const BodyFile> body_file;  // In place of `body` where the handler asked for it.
  double read_ms = 0;                         // How long the body took to arrive.
  // Whether the client has hung up: then work for it is in vain. Absent: nobody knows.
  std::function<bool()> client_gone;

  // The first header of that name, whatever its case; empty when there is none.
  std::string_view header(std::string_view name) const;
};

// Takes the next bytes of an answer; none: only asks. False: the client has gone or the server
// stops, and nothing more is wanted.
using WriteBody = std::function<bool(BytesView)>;

struct HttpResponse {
  int status = 200;
  std::string content_type;
  Fields headers;
  Bytes body;
  // Writes a body whose length is not known beforehand, in place of `body`. False: it is broken.
  std::function<bool(const WriteBody&)> stream;
};

// What a server does with requests. Called from many threads at once.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;

  // Looks at a request whose body has not been read yet. A response refuses it: it is sent in place
  // of reading the body, and the connection ends. Must refuse every method but GET, HEAD, POST,
  // PATCH and DELETE.
  virtual std::optional<HttpResponse> admit(const HttpRequest&) const = 0;

  // Where the body of an admitted request is to lie; null: in memory, within the limits of
  // HttpServerOptions. Errors: as BodyFile::create.
  virtual Result<std::shared_ptr<BodyFile>> body_file(const HttpRequest&) const {
    return std::shared_ptr<BodyFile>();
  }

  // The answer to an admitted request. HEAD arrives as GET; its answer's body is not sent.
  virtual HttpResponse respond(const HttpRequest&) const = 0;

  // The answer to a request that HTTP itself forbids: 400, 408, 411, 413, 414, 415, 416, 500, 503.
  // Of the request only what could be read is set.
  virtual HttpResponse refuse(const HttpRequest&, int status) const = 0;
};

struct HttpServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: any free one.
  int64_t body_bytes_max = 0;
  // All bodies in memory at one time; one more is answered with 503.
  int64_t all_bodies_bytes_max = 0;
  int connections_max = 0;  // Each holds a thread. More wait in the operating system's queue.
  std::shared_ptr<const TlsIdentity> identity = nullptr;  // Null: in the clear.
};

// Bytes and connections since the start, by where the other side was. The whole record: nobody's
// address is kept.
struct HttpTraffic {
  struct Peers {
    std::atomic<int64_t> connections = 0, received_bytes = 0, sent_bytes = 0;
  };
  Peers loopback, network;
};

// What the log may know of a request: nothing of its query, headers or body.
struct HttpLogEntry {
  std::string method, path;
  int status = 0;
  double ms = 0;  // From the first byte of the request to the last of the answer.
};

class HttpServer {
 public:
  // Binds to the address and answers requests in threads of its own until it is destroyed. `log` is
  // called from those threads. Errors: io when the address cannot be had.
  static Result<std::unique_ptr<HttpServer>> start(const HttpServerOptions&,
                                                   std::shared_ptr<const HttpHandler> handler,
                                                   std::function<void(const HttpLogEntry&)> log,
                                                   std::shared_ptr<HttpTraffic> = nullptr);

  // Takes no further requests, gives up those still being read, finishes those being answered.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;

 private:
  class State;
  explicit HttpServer(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace faceveil
