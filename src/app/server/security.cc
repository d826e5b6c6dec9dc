#include "app/server/security.h"

#include <arpa/inet.h>
#include <strings.h>

#include <algorithm>
#include <string>

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

bool origin_is_ours(std::string_view origin, std::string_view host_header) {
  if (origin.empty()) return true;
  constexpr std::string_view scheme = "http://";
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
