// The answers that the routes of jobs share, whether of pictures or of films.
#pragma once

#include "app/server/http.h"
#include "base/result.h"

namespace faceveil {

// How what a request names stands to what it wants of it.
enum class Lookup : uint8_t { found, nothing, not_ready, closed };

HttpResponse no_such_job(const HttpRequest&);
HttpResponse not_ready(const HttpRequest&);
HttpResponse nothing_left();  // 204.

// Of any but `found`. `closed` says what to send again.
HttpResponse problem_of_lookup(const HttpRequest&, Lookup, const tl::unexpected<Error>& closed);

// Of a job that was not taken: 429 where too many wait, else as problem_of_picture.
HttpResponse problem_of_queue(const HttpRequest&, const Error&);

// Of a plan that a person sent: what is wrong in it is the request's fault.
HttpResponse problem_of_plan(const HttpRequest&, const Error&);

}  // namespace faceveil
