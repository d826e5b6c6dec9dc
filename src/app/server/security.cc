#include "app/server/security.h"

#include <arpa/inet.h>
#include <strings.h>

#include <algorithm>
#include <string>

#include "base/sha256.h"

namespace faceveil {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// "[::1]:8080" -> "::1"; "localhost:8080" -> "localhost".
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return std::ranges::count(host, ':') == 1 ? host.substr(0, host.find(':')) : host;
}

bool is_address(std::string_view host) {
  unsigned char address[sizeof(in6_addr)];
  const std::string text(host);
  return inet_pton(AF_INET, text.c_str(), address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), address) == 1;
}

// RFC 4648, 4; ends at the first letter that is none of it.
std::string from_base64(std::string_view text) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const size_t value = letters.find(c);
    if (value == std::string_view::npos) break;
    bits = (bits << 6 | static_cast<uint32_t>(value)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xff);
  }
  return bytes;
}

// Of two texts of the same length; looks at every letter.
bool equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  volatile unsigned char difference = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

}  // namespace

bool is_loopback(std::string_view host) {
  if (equal_ignoring_case(host, "localhost") || host == "::1") return true;
  return host.starts_with("127.") && is_address(host);
}

bool host_is_ours(std::string_view host_header, std::string_view bound_host) {
  const std::string_view host = without_port(host_header);
  if (is_loopback(host) || equal_ignoring_case(host, bound_host)) return !host.empty();
  return !is_loopback(bound_host) && is_address(host);
}

bool knows_secret(std::string_view authorization, std::string_view secret) {
  const size_t space = std::min(authorization.find(' '), authorization.size());
  const std::string_view scheme = authorization.substr(0, space);
  std::string given(authorization.substr(std::min(space + 1, authorization.size())));
  if (equal_ignoring_case(scheme, "Basic")) {
    given = from_base64(given);
    const size_t colon = given.find(':');
    if (colon == std::string::npos) return false;
    given.erase(0, colon + 1);
  } else if (!equal_ignoring_case(scheme, "Bearer")) {
    return false;
  }
  return equal_in_constant_time(sha256_hex(as_bytes(given)), sha256_hex(as_bytes(secret)));
}

bool origin_is_ours(std::string_view origin, std::string_view host_header, bool encrypted) {
  if (origin.empty()) return true;
  const std::string_view scheme = encrypted ? "https://" : "http://";
  return origin.starts_with(scheme) &&
         equal_ignoring_case(origin.substr(scheme.size()), host_header);
}

void add_security_headers(HttpResponse& response) {
  static const Fields headers = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
       "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      // Of the machine's devices the page needs the camera, when a person asks for it.
      {"Permissions-Policy", "camera=(self), microphone=(), geolocation=(), display-capture=()"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"}};
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
}

}  // namespace faceveil
