#include "base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <span>

#include "base/check.h"

namespace faceveil {
namespace {

std::string hex_of(std::span<const unsigned char> digest) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

}  // namespace

std::string sha256_hex(BytesView bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int length = 0;
  CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1);
  return hex_of(std::span(digest).first(length));
}

Result<std::string> sha256_of_file(const std::filesystem::path& path,
                                   const StopRequested& stop_requested) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(Error::Kind::io, "The file cannot be read ({0}).", {std::strerror(errno)});
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  CHECK(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  std::vector<char> piece(1 << 20);
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
    const auto count = static_cast<size_t>(file.gcount());
    CHECK(EVP_DigestUpdate(context.get(), piece.data(), count) == 1);
    TRY(stop_if(stop_requested));
  }
  if (file.bad()) {
    return fail(Error::Kind::io, "The file cannot be read ({0}).", {std::strerror(errno)});
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int length = 0;
  CHECK(EVP_DigestFinal_ex(context.get(), digest.data(), &length) == 1);
  return hex_of(std::span(digest).first(length));
}

}  // namespace faceveil
