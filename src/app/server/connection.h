// One accepted socket: buffered reading with deadlines, so that a client that stalls or never ends
// its headers holds neither a thread nor memory for long.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "app/server/tls.h"

namespace faceveil {

class Connection {
 public:
  // Takes the socket and closes it at the end. Reading ends early once `stop_event` (an eventfd,
  // borrowed) is readable: the server wants to stop. With an identity the line is encrypted.
  Connection(int socket, int stop_event, const std::shared_ptr<const TlsIdentity>& = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Waits for the first byte of the next request; false when none comes within the time that a
  // connection is kept alive, when the client has gone or the server stops. From then on the
  // request's head is limited in bytes and time.
  bool wait_for_request();

  // The head has been read and a body of `body_bytes` follows (negative: unknown, chunked).
  void begin_body(int64_t body_bytes);

  // Whether parts of the announced body have not been read: then no further request can follow on
  // this connection. Always true for a body of unknown length.
  bool body_unread() const { return body_left_ != 0; }

  // As recv and send: bytes moved, -1 at the end, on failure, at a deadline or
  // limit.
  ssize_t read(char* data, size_t size);
  ssize_t write(const char* data, size_t size);

  bool readable();
  bool writable();

  // Says the end and swallows what the client still sends, for a moment: closing at once with
  // unread bytes would reset the connection and could destroy the answer on its way.
  void close_gently();

  int socket() const { return socket_; }

  bool is_local() const;       // The other side is on this machine.
  bool client_gone() const;    // It has said that it sends no more, or is no more.
  bool wanted_to_end() const;  // The server wants to stop.

  // On the line, since they were last asked for.
  int64_t take_received_bytes();
  int64_t take_sent_bytes();

 private:
  using Clock = std::chrono::steady_clock;

  bool wait_readable(Clock::time_point deadline);
  bool wait_for_bytes();
  ssize_t receive();
  bool fill();
  void count(size_t size);

  int socket_, stop_event_;
  const std::unique_ptr<TlsStream> tls_;  // Null: in the clear.
  std::vector<char> buffer_;
  size_t begin_ = 0, end_ = 0;  // Bytes of buffer_ that are read but not handed out.
  Clock::time_point deadline_;
  int64_t head_left_ = 0;
  int64_t body_left_ = 0;
  bool in_head_ = true;
  int64_t received_bytes_ = 0, sent_bytes_ = 0;  // In the clear; encrypted, tls_ counts.
  int64_t received_taken_ = 0, sent_taken_ = 0;
  Clock::duration write_patience_;  // What is left of the time to wait for a slow reader.
};

}  // namespace faceveil
