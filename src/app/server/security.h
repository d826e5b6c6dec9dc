// What keeps other web sites out of a server that listens on the user's own machine.
#pragma once

#include <string_view>

#include "app/server/http.h"

namespace faceveil {

// "localhost", 127.0.0.0/8 and ::1, without a port.
bool is_loopback(std::string_view host);

// Whether a request with this Host header (with or without port) may be answered by a server bound
// to `bound_host`. A foreign name that resolves to us is an attack (DNS rebinding), so names are
// only loopback's and the one bound to. Bound to a network, addresses in numbers are allowed too:
// a page can only have come from such an origin if we served it.
bool host_is_ours(std::string_view host_header, std::string_view bound_host);

// Whether a request that changes something may come from `origin` (the header's value; empty when
// there was none): only from pages of our own, that is, of the same host and port.
bool origin_is_ours(std::string_view origin, std::string_view host_header, bool encrypted = false);

// Whether the Authorization header (RFC 9110, 11.6.2) knows the secret: as "Bearer SECRET", or as
// the password of Basic, whatever the name. The time that this takes says nothing of how near it
// came.
bool knows_secret(std::string_view authorization, std::string_view secret);

// Adds to every answer what tells browsers to load nothing foreign, guess no types, say nothing to
// others, and let no other site embed or read it.
void add_security_headers(HttpResponse&);

}  // namespace faceveil
