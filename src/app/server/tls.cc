#include "app/server/tls.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>

#include "base/check.h"
#include "base/files.h"

namespace faceveil {
namespace {

// A chain of a dozen certificates has about 30 kB.
constexpr int64_t pem_bytes_max = 1 << 20;

using Context = std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>;
using Memory = std::unique_ptr<BIO, int (*)(BIO*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

// There is nobody to ask for a passphrase, and the library would ask the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

Memory open_memory(BytesView bytes) {
  const void* const data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
  return {BIO_new_mem_buf(data, static_cast<int>(bytes.size())), BIO_free};
}

Context new_context() {
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  CHECK(context != nullptr);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // Clients keep their own tickets: a cache of sessions would be memory that grows with visitors.
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  // An idle connection holds no buffers; a piece that did not go out whole may come from elsewhere.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return context;
}

// The first certificate is the server's own; the rest lead from it to its root.
Status use_certificates(SSL_CTX* context, BytesView pem) {
  const Memory memory = open_memory(pem);
  const auto next = [&] {
    return Certificate(PEM_read_bio_X509(memory.get(), nullptr, no_passphrase, nullptr), X509_free);
  };
  Certificate own = next();
  if (!own || SSL_CTX_use_certificate(context, own.get()) != 1) {
    return fail(Error::Kind::bad_input,
                "There is no certificate in this file; it must be in PEM form.");
  }
  while (const Certificate further = next()) {
    SSL_CTX_add1_chain_cert(context, further.get());
  }
  return {};
}

Status use_key(SSL_CTX* context, BytesView pem) {
  const Memory memory = open_memory(pem);
  const Key key(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr),
                EVP_PKEY_free);
  if (!key) {
    return fail(Error::Kind::bad_input,
                "There is no private key in this file that opens without a passphrase; it must be "
                "in PEM form.");
  }
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1) {
    return fail(Error::Kind::bad_input, "This key does not belong to the certificate.");
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<const TlsIdentity>> TlsIdentity::load(
    const std::filesystem::path& certificate, const std::filesystem::path& key) {
  Context context = new_context();
  const Bytes certificates =
      TRY(about(certificate.string(), read_file(certificate, pem_bytes_max)));
  Bytes secret = TRY(about(key.string(), read_file(key, pem_bytes_max)));
  Status used = about(certificate.string(), use_certificates(context.get(), certificates));
  if (used) used = about(key.string(), use_key(context.get(), secret));
  OPENSSL_cleanse(secret.data(), secret.size());
  ERR_clear_error();
  TRY(used);
  return std::shared_ptr<const TlsIdentity>(new TlsIdentity(context.release()));
}

TlsIdentity::~TlsIdentity() { SSL_CTX_free(context_); }

TlsStream::TlsStream(std::shared_ptr<const TlsIdentity> identity, int socket)
    : identity_(std::move(identity)), session_(SSL_new(identity_->context_)) {
  CHECK(session_ != nullptr && SSL_set_fd(session_, socket) == 1);
  fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
  SSL_set_accept_state(session_);
}

TlsStream::~TlsStream() { SSL_free(session_); }

// A step of the library moves bytes or says which way the socket must be ready first: reading may
// have to write, and the other way round, while hands are shaken.
template <typename Step>
ssize_t TlsStream::repeat(const Step& step, const Wait& wait) {
  while (!broken_) {
    ERR_clear_error();
    const int moved = step();
    if (moved > 0) return moved;
    const int reason = SSL_get_error(session_, moved);
    if (reason == SSL_ERROR_ZERO_RETURN)
      return -1;  // The client has said its end, and may read on.
    broken_ = reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE;
    if (!broken_ && !wait(reason == SSL_ERROR_WANT_READ)) return -1;
  }
  return -1;
}

ssize_t TlsStream::read(char* data, size_t size, const Wait& wait) {
  return repeat([&] { return SSL_read(session_, data, static_cast<int>(size)); }, wait);
}

ssize_t TlsStream::write(const char* data, size_t size, const Wait& wait) {
  constexpr size_t piece_max = 1 << 20;
  const int piece = static_cast<int>(std::min(size, piece_max));
  return repeat([&] { return SSL_write(session_, data, piece); }, wait);
}

// After a failure the library forbids it.
void TlsStream::say_the_end() {
  if (!broken_ && SSL_is_init_finished(session_)) SSL_shutdown(session_);
  ERR_clear_error();
}

int64_t TlsStream::received_bytes() const {
  return static_cast<int64_t>(BIO_number_read(SSL_get_rbio(session_)));
}

int64_t TlsStream::sent_bytes() const {
  return static_cast<int64_t>(BIO_number_written(SSL_get_wbio(session_)));
}

}  // namespace faceveil
