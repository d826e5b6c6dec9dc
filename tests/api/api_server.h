// A server in this process, and the pictures and requests to try it with.
#pragma once

#include <httplib.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/server/http.h"
#include "app/server/routes.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "media/still.h"

namespace faceveil::test {

struct ApiServerOptions {
  int working_max = 2;
  int waiting_max = limits::server_waiting_max;
  int64_t body_bytes_max = limits::input_bytes_max;
  int64_t all_bodies_bytes_max = 2 * limits::input_bytes_max;
  int64_t film_bytes_max = int64_t{1} << 30;
  int connections_max = 100;
  std::string secret = {};
  std::string bound_host = "127.0.0.1";
  std::vector<std::string> webhooks = {};
  std::shared_ptr<const TlsIdentity> identity = nullptr;
  JobsOptions jobs = {.worker_count = 2, .originals_bytes_max = limits::input_bytes_max};
};

// Listens on a free port until it goes out of scope.
class ApiServer {
 public:
  explicit ApiServer(const ApiServerOptions& = {});
  ~ApiServer();

  int port() const { return server_->port(); }
  const std::filesystem::path& state_folder() const { return state_folder_; }
  std::string host() const { return "127.0.0.1:" + std::to_string(port()); }
  httplib::Client client() const;
  std::vector<HttpLogEntry> log() const;

  // Sends `bytes` as they are and returns everything that comes back until the server closes.
  // `finish` says the end of what we send.
  std::string talk(std::string_view bytes, bool finish = false) const;

 private:
  mutable std::mutex mutex_;
  std::vector<HttpLogEntry> log_;
  std::filesystem::path state_folder_;  // Of its own, removed at the end.
  std::unique_ptr<HttpServer> server_;
};

// A socket that says just what it is told.
class RawClient {
 public:
  RawClient(int port, std::string_view bytes);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void finish();                 // Says the end of what we send.
  std::string read_all() const;  // Everything, until the server closes.

 private:
  int socket_;
};

// A drawn picture with one face, `width` x `width` * 3 / 4, as a file of `format`.
std::string drawn_picture(StillFormat format, int width = 320);
inline constexpr int drawn_face_count = 1;

// The same size with no face in it.
std::string empty_picture(StillFormat format);

// A form with the picture as the field `image` and further fields.
httplib::MultipartFormDataItems form(const std::string& picture, const std::string& file_name,
                                     const Fields& fields = {});

// A well-formed request with a raw body.
std::string raw_post(const std::string& path, const std::string& host, const std::string& body,
                     const std::string& more_headers = "");

// The status in the first line of a raw answer; 0 when there is none.
int status_of(std::string_view raw_answer);

}  // namespace faceveil::test
