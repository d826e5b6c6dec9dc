#include "tests/api/api_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "base/check.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil::test {
namespace {

std::filesystem::path model_folder() {
  const auto folder = find_model_folder();
  CHECK(folder.has_value());
  return *folder;
}

std::filesystem::path new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "faceveil-api-XXXXXX").string();
  CHECK(mkdtemp(name.data()) != nullptr);
  return name;
}

std::string encode(Image image, StillFormat format) {
  Still still;
  still.image = std::move(image);
  const auto bytes = encode_still(still, format);
  CHECK(bytes.has_value());
  return std::string(as_text(*bytes));
}

int connect_to(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  CHECK(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  return fd;
}

}  // namespace

ApiServer::ApiServer(const ApiServerOptions& options) {
  state_folder_ = new_folder();
  RoutesOptions wanted;
  wanted.model_folder = model_folder();
  wanted.bound_host = options.bound_host;
  wanted.working_max = options.working_max;
  wanted.waiting_max = options.waiting_max;
  wanted.body_bytes_max = options.body_bytes_max;
  wanted.film_bytes_max = options.film_bytes_max;
  wanted.secret = options.secret;
  wanted.encrypted = options.identity != nullptr;
  wanted.webhooks = options.webhooks;
  wanted.jobs = options.jobs;
  auto store = JobStore::open(state_folder_);
  CHECK(store.has_value());
  wanted.store = std::move(*store);
  const auto made = Routes::create(wanted);
  CHECK(made.has_value());
  const std::shared_ptr<const Routes>& routes = *made;
  auto server = HttpServer::start(
      {.body_bytes_max = options.body_bytes_max,
       .all_bodies_bytes_max = options.all_bodies_bytes_max,
       .connections_max = options.connections_max,
       .identity = options.identity},
      routes,
      [this](const HttpLogEntry& entry) {
        const std::lock_guard lock(mutex_);
        log_.push_back(entry);
      },
      wanted.traffic);
  CHECK(server.has_value());
  server_ = std::move(*server);
}

ApiServer::~ApiServer() {
  server_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(state_folder_, ignored);
}

httplib::Client ApiServer::client() const {
  httplib::Client client("127.0.0.1", port());
  client.set_read_timeout(60);
  client.set_keep_alive(true);
  client.set_default_headers({{"Accept-Language", "en"}});
  return client;
}

std::vector<HttpLogEntry> ApiServer::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

std::string ApiServer::talk(std::string_view bytes, bool finish) const {
  RawClient client(port(), bytes);
  if (finish) client.finish();
  return client.read_all();
}

RawClient::RawClient(int port, std::string_view bytes) : socket_(connect_to(port)) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) break;  // The server has closed; read_all() has its last words.
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

RawClient::~RawClient() { close(socket_); }

void RawClient::finish() { shutdown(socket_, SHUT_WR); }

std::string RawClient::read_all() const {
  std::string answer;
  char buffer[4096];
  for (ssize_t got = 0; (got = recv(socket_, buffer, sizeof buffer, 0)) > 0;) {
    answer.append(buffer, static_cast<size_t>(got));
  }
  return answer;
}

std::string drawn_picture(StillFormat format, int width) {
  Image image = gradient_picture(PixelFormat::rgb8, {width, width * 3 / 4});
  const float side = static_cast<float>(width);
  draw_face(image, {side * 0.35f, side * 0.2f, side * 0.3f, side * 0.4f});
  return encode(std::move(image), format);
}

std::string empty_picture(StillFormat format) {
  return encode(gradient_picture(PixelFormat::rgb8, {320, 240}), format);
}

httplib::MultipartFormDataItems form(const std::string& picture, const std::string& file_name,
                                     const Fields& fields) {
  httplib::MultipartFormDataItems items;
  for (const auto& [name, value] : fields) items.push_back({name, value, "", ""});
  items.push_back({"image", picture, file_name, "application/octet-stream"});
  return items;
}

std::string raw_post(const std::string& path, const std::string& host, const std::string& body,
                     const std::string& more_headers) {
  return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + more_headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

int status_of(std::string_view raw_answer) {
  if (!raw_answer.starts_with("HTTP/1.1 ") || raw_answer.size() < 12) return 0;
  return std::atoi(std::string(raw_answer.substr(9, 3)).c_str());
}

}  // namespace faceveil::test
