// TLS on the server's side (RFC 8446 and RFC 5246). Only tls.cc knows the library behind it.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace faceveil {

// Who the server says that it is: a certificate, with those between it and its root, and its key.
// Shared by all connections.
class TlsIdentity {
 public:
  // Both files are PEM; the key's may be the certificate's own. Errors: io, or bad_input where
  // there is no certificate or key in them, the key wants a passphrase, or the two are not a pair;
  // all name the file.
  static Result<std::shared_ptr<const TlsIdentity>> load(const std::filesystem::path& certificate,
                                                         const std::filesystem::path& key);
  ~TlsIdentity();
  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;

 private:
  friend class TlsStream;
  explicit TlsIdentity(ssl_ctx_st* context) : context_(context) {}
  ssl_ctx_st* context_;
};

// One connection's encryption, over a socket that it makes non-blocking and does not close. The
// first read shakes hands.
class TlsStream {
 public:
  TlsStream(std::shared_ptr<const TlsIdentity>, int socket);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  // Waits until the socket is ready to be read, or to be written; false when it waited too long.
  using Wait = std::function<bool(bool to_read)>;

  // As recv and send: bytes moved, at least one; -1 at the end, on failure and when `wait` gives
  // up.
  ssize_t read(char* data, size_t size, const Wait& wait);
  ssize_t write(const char* data, size_t size, const Wait& wait);

  // Tells the other side that nothing more comes. Does not wait for its answer.
  void say_the_end();

  // Bytes on the line since the start, encrypted.
  int64_t received_bytes() const;
  int64_t sent_bytes() const;

 private:
  template <typename Step>
  ssize_t repeat(const Step& step, const Wait& wait);

  const std::shared_ptr<const TlsIdentity> identity_;
  ssl_st* const session_;
  bool broken_ = false;
};

}  // namespace faceveil
