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

Connection::Connection(int socket, int stop_event)
    : socket_(socket), stop_event_(stop_event), buffer_(buffer_bytes) {
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
  if (!wait_readable(std::min(deadline_, Clock::now() + stall_time))) return false;
  const ssize_t got = recv(socket_, buffer_.data(), buffer_.size(), 0);
  end_ = got > 0 ? static_cast<size_t>(got) : 0;
  received_bytes_ += static_cast<int64_t>(end_);
  return got > 0;
}

ssize_t Connection::write(const char* data, size_t size) {
  if (!writable()) return -1;
  const ssize_t sent = send(socket_, data, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) {
    sent_bytes_ += sent;
    write_patience_ += time_of(sent);
  }
  return sent;
}

bool Connection::readable() {
  return begin_ < end_ || wait_readable(std::min(deadline_, Clock::now() + stall_time));
}

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

void Connection::close_gently() {
  shutdown(socket_, SHUT_WR);
  const auto deadline = Clock::now() + drain_time;
  while (wait_readable(deadline) && recv(socket_, buffer_.data(), buffer_.size(), 0) > 0) {
  }
}

}  // namespace faceveil
