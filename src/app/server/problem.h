// Error answers: problem details for HTTP APIs (RFC 9457), as application/problem+json with the
// members type, title, status, detail, code and, where one field of the request is at fault, field.
#pragma once

#include <string_view>

#include "app/server/http.h"
#include "base/language.h"
#include "base/result.h"
#include "pipeline/verify.h"

namespace faceveil {

// The language of the client: its Accept-Language, else that of this process.
Language language_of(const HttpRequest&);

// `code` names the kind of trouble for programs: lower case, stable. The title is the status's own
// phrase, as RFC 9457 4.2.1 has it for the type "about:blank".
HttpResponse problem(const HttpRequest&, int status, std::string_view code,
                     const tl::unexpected<Error>& detail);

// An error found in the request's own fields: 400 bad_request, or 413 too_large.
HttpResponse problem_of_request(const HttpRequest&, const Error&);

// An error met while working on the picture: 413 too_large, 415 unsupported_picture, 422
// damaged_picture, 503 busy, 499 client_gone, which nobody reads but the log; anything else is
// ours, 500 internal, and said in the log only.
HttpResponse problem_of_picture(const HttpRequest&, const Error&);

// What looking again found, so that the hidden picture is withheld: 422 findings, with the member
// `verify` as in reports.
HttpResponse problem_of_findings(const HttpRequest&, const Verification&);

// A request that HTTP itself forbids (HttpHandler::refuse). `body_bytes_max` is for the sentence of
// 413.
HttpResponse problem_of_http(const HttpRequest&, int status, int64_t body_bytes_max);

}  // namespace faceveil
