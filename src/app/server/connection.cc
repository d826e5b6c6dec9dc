#include "app/server/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace faceveil {
namespace {

using namespace std::chrono_literals;

// Between two requests, two pieces of a body, and for each piece written. Browsers open connections
// ahead of need, and each holds a thread while it idles.
constexpr auto stall_time = 15s;
constexpr auto head_time = 10s;  // All headers, from the first byte.
constexpr auto drain_time = 2s;

// The slowest upload that we wait for: a poor mobile line.
constexpr auto body_time_base = 30s;
constexpr int64_t body_bytes_per_second_min = 20'000;

// Request line and headers together; browsers send about 1 kB.
constexpr int64_t head_bytes_max = 64 << 10;

constexpr size_t buffer_bytes = 64 << 10;

// What so many bytes may take, in either direction, at the slowest.
std::chrono::microseconds time_of(int64_t bytes) {
  return std::chrono::microseconds(bytes * 1'000'000 / body_bytes_per_second_min);
}

int milliseconds_until(std::chrono::steady_clock::time_point deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<int64_t>(0, left.count()));
}

// Whether one of the entries is ready before the deadline.
bool poll_until(pollfd* entries, nfds_t count, std::chrono::steady_clock::time_point deadline) {
  int ready = 0;
  do {
    ready = poll(entries, count, milliseconds_until(deadline));
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace

Connection::Connection(int socket, int stop_event,
                       const std::shared_ptr<const TlsIdentity>& identity)
    : socket_(socket),
      stop_event_(stop_event),
      tls_(identity ? std::make_unique<TlsStream>(identity, socket) : nullptr),
      buffer_(buffer_bytes) {
  const int yes = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

Connection::~Connection() { close(socket_); }

bool Connection::wait_for_request() {
  head_left_ = head_bytes_max;
  write_patience_ = body_time_base;
  in_head_ = true;
  deadline_ = Clock::now() + stall_time;
  if (begin_ == end_ && !fill()) return false;
  deadline_ = Clock::now() + head_time;
  return true;
}

void Connection::begin_body(int64_t body_bytes) {
  in_head_ = false;
  body_left_ = body_bytes;
  deadline_ = Clock::now() + body_time_base;
  write_patience_ = body_time_base;
}

ssize_t Connection::read(char* data, size_t size) {
  if (in_head_ && head_left_ <= 0) return -1;
  if (begin_ == end_ && !fill()) return -1;
  const size_t taken = std::min(size, end_ - begin_);
  std::memcpy(data, buffer_.data() + begin_, taken);
  begin_ += taken;
  count(taken);
  return static_cast<ssize_t>(taken);
}

// Every piece of a body buys the time that it may take at the slowest.
void Connection::count(size_t size) {
  const int64_t bytes = static_cast<int64_t>(size);
  if (in_head_) {
    head_left_ -= bytes;
    return;
  }
  deadline_ += time_of(bytes);
  if (body_left_ > 0) body_left_ -= std::min(bytes, body_left_);
}

// The next bytes of the socket into the empty buffer; false at the end or on failure.
bool Connection::fill() {
  begin_ = end_ = 0;
  const ssize_t got = receive();
  end_ = got > 0 ? static_cast<size_t>(got) : 0;
  return got > 0;
}

// Encrypted bytes may have come already with those before: there the library asks us to wait.
ssize_t Connection::receive() {
  const auto wait = [&](bool to_read) { return to_read ? wait_for_bytes() : writable(); };
  if (tls_) return tls_->read(buffer_.data(), buffer_.size(), wait);
  if (!wait_for_bytes()) return -1;
  const ssize_t got = recv(socket_, buffer_.data(), buffer_.size(), 0);
  if (got > 0) received_bytes_ += got;
  return got;
}

bool Connection::wait_for_bytes() {
  return wait_readable(std::min(deadline_, Clock::now() + stall_time));
}

ssize_t Connection::write(const char* data, size_t size) {
  if (!writable()) return -1;
  const auto wait = [&](bool to_read) { return to_read ? wait_for_bytes() : writable(); };
  const ssize_t sent =
      tls_ ? tls_->write(data, size, wait) : send(socket_, data, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) write_patience_ += time_of(sent);
  if (sent > 0 && !tls_) sent_bytes_ += sent;
  return sent;
}

bool Connection::readable() { return begin_ < end_ || fill(); }

// Looks not at the stop event: answers are finished even while the server stops.
bool Connection::writable() {
  pollfd entry = {socket_, POLLOUT, 0};
  const auto start = Clock::now();
  const auto patience = std::min<Clock::duration>(stall_time, write_patience_);
  const bool ready = poll_until(&entry, 1, start + patience);
  write_patience_ -= Clock::now() - start;
  return ready;
}

bool Connection::wait_readable(Clock::time_point deadline) {
  pollfd entries[2] = {{socket_, POLLIN, 0}, {stop_event_, POLLIN, 0}};
  return poll_until(entries, 2, deadline) && entries[1].revents == 0;
}

bool Connection::is_local() const {
  sockaddr_storage peer = {};
  socklen_t size = sizeof peer;
  if (getpeername(socket_, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return false;
  if (peer.ss_family == AF_INET) {
    const auto& address = reinterpret_cast<const sockaddr_in&>(peer).sin_addr;
    return (ntohl(address.s_addr) >> 24) == 127;
  }
  const auto& address = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
  return IN6_IS_ADDR_LOOPBACK(&address) ||
         (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == 127);
}

bool Connection::client_gone() const {
  pollfd entry = {socket_, POLLRDHUP, 0};
  return poll(&entry, 1, 0) > 0;
}

bool Connection::wanted_to_end() const {
  pollfd entry = {stop_event_, POLLIN, 0};
  return poll(&entry, 1, 0) > 0;
}

int64_t Connection::take_received_bytes() {
  const int64_t all = tls_ ? tls_->received_bytes() : received_bytes_;
  return all - std::exchange(received_taken_, all);
}

int64_t Connection::take_sent_bytes() {
  const int64_t all = tls_ ? tls_->sent_bytes() : sent_bytes_;
  return all - std::exchange(sent_taken_, all);
}

void Connection::close_gently() {
  if (tls_) tls_->say_the_end();
  shutdown(socket_, SHUT_WR);
  const auto deadline = Clock::now() + drain_time;
  while (wait_readable(deadline) && recv(socket_, buffer_.data(), buffer_.size(), 0) > 0) {
  }
}

}  // namespace faceveil
