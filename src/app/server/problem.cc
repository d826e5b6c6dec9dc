#include "app/server/problem.h"

#include <nlohmann/json.hpp>

#include "base/log.h"

namespace faceveil {
namespace {

std::string_view status_phrase(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

HttpResponse json_problem(const nlohmann::ordered_json& members, Language language, int status) {
  // Details may repeat what the client sent, which need not be UTF-8.
  const std::string text =
      members.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.headers = {{"Content-Language", language == Language::chinese ? "zh-CN" : "en"},
                      {"Vary", "Accept-Language"},
                      {"Cache-Control", "no-store"}};
  if (status == 429 || status == 503) response.headers.emplace_back("Retry-After", "1");
  const BytesView bytes = as_bytes(text);
  response.body.assign(bytes.begin(), bytes.end());
  return response;
}

HttpResponse internal_problem(const HttpRequest& request) {
  return problem(request, 500, "internal",
                 fail(Error::Kind::io, "FaceVeil failed at this; its log says why."));
}

}  // namespace

Language language_of(const HttpRequest& request) {
  const std::string_view accepted = request.header("Accept-Language");
  return accepted.empty() || accepted.front() == '*' ? current_language()
                                                     : parse_language(accepted);
}

HttpResponse problem(const HttpRequest& request, int status, std::string_view code,
                     const tl::unexpected<Error>& unexpected) {
  const Error& detail = unexpected.value();
  const Language language = language_of(request);
  nlohmann::ordered_json members = {{"type", "about:blank"},
                                    {"title", status_phrase(status)},
                                    {"status", status},
                                    {"detail", detail.message(language)},
                                    {"code", code}};
  if (!detail.subject.empty()) members["field"] = detail.subject;
  return json_problem(members, language, status);
}

HttpResponse problem_of_request(const HttpRequest& request, const Error& error) {
  const bool too_large = error.kind == Error::Kind::over_limit;
  return problem(request, too_large ? 413 : 400, too_large ? "too_large" : "bad_request",
                 tl::unexpected(error));
}

HttpResponse problem_of_picture(const HttpRequest& request, const Error& error) {
  const tl::unexpected detail(error);
  switch (error.kind) {
    case Error::Kind::bad_input:
      return problem(request, 422, "damaged_picture", detail);
    case Error::Kind::unsupported:
      return problem(request, 415, "unsupported_picture", detail);
    case Error::Kind::over_limit:
      return problem(request, 413, "too_large", detail);
    case Error::Kind::busy:
      return problem(request, 503, "busy", detail);
    case Error::Kind::io:
    case Error::Kind::stale_plan:
    case Error::Kind::cancelled:
      break;
  }
  log_error(error.message());
  return internal_problem(request);
}

HttpResponse problem_of_http(const HttpRequest& request, int status, int64_t body_bytes_max) {
  switch (status) {
    case 411:
      return problem(request, 411, "length_required",
                     fail(Error::Kind::bad_input, "Say with Content-Length how long the body is."));
    case 413:
      return problem(
          request, 413, "too_large",
          fail(Error::Kind::over_limit, "The upload is larger than the limit of {0} MiB.",
               {std::to_string(body_bytes_max >> 20)}));
    case 414:
      return problem(request, 414, "uri_too_long",
                     fail(Error::Kind::over_limit, "The address of the request is too long."));
    case 415:
      return problem(request, 415, "compressed_body",
                     fail(Error::Kind::unsupported,
                          "Compressed requests are not accepted; send the picture as it is."));
    case 416:
      return problem(request, 416, "bad_range",
                     fail(Error::Kind::bad_input, "The Range header is malformed."));
    case 500:
      return internal_problem(request);
    case 503:
      return problem(
          request, 503, "busy",
          fail(Error::Kind::busy, "Too many pictures are waiting; try again in a moment."));
    default:
      return problem(
          request, 400, "malformed_request",
          fail(Error::Kind::bad_input, "The request is malformed or was cut off on its way."));
  }
}

}  // namespace faceveil
