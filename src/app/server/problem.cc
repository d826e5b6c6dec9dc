#include "app/server/problem.h"

#include <nlohmann/json.hpp>

#include "base/log.h"

namespace faceveil {
namespace {

std::string_view status_phrase(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
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
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  const BytesView bytes = as_bytes(text);
  response.body.assign(bytes.begin(), bytes.end());
  return response;
}

HttpResponse internal_problem(const HttpRequest& request) {
  return problem(request, 500, "internal",
                 {Error::Kind::io, "FaceVeil failed at this; its log says why.", {}, {}});
}

}  // namespace

Language language_of(const HttpRequest& request) {
  const std::string_view accepted = request.header("Accept-Language");
  return accepted.empty() || accepted.front() == '*' ? current_language()
                                                     : parse_language(accepted);
}

HttpResponse problem(const HttpRequest& request, int status, std::string_view code,
                     const Error& detail) {
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
  if (error.kind == Error::Kind::over_limit) return problem(request, 413, "too_large", error);
  return problem(request, 400, "bad_request", error);
}

HttpResponse problem_of_picture(const HttpRequest& request, const Error& error) {
  switch (error.kind) {
    case Error::Kind::bad_input:
      return problem(request, 422, "damaged_picture", error);
    case Error::Kind::unsupported:
      return problem(request, 415, "unsupported_picture", error);
    case Error::Kind::over_limit:
      return problem(request, 413, "too_large", error);
    case Error::Kind::busy:
      return problem(request, 503, "busy", error);
    case Error::Kind::io:
    case Error::Kind::stale_plan:
    case Error::Kind::cancelled:
      break;
  }
  log_error(error.message());
  return internal_problem(request);
}

HttpResponse problem_of_http(const HttpRequest& request, int status, int64_t body_bytes_max) {
  using enum Error::Kind;
  const auto answer = [&](std::string_view code, Error::Kind kind, std::string text,
                          std::vector<std::string> args = {}) {
    return problem(request, status, code, {kind, std::move(text), std::move(args), {}});
  };
  switch (status) {
    case 411:
      return answer("length_required", bad_input, "Say with Content-Length how long the body is.");
    case 413:
      return answer("too_large", over_limit, "The upload is larger than the limit of {0} MiB.",
                    {std::to_string(body_bytes_max >> 20)});
    case 414:
      return answer("uri_too_long", over_limit, "The address of the request is too long.");
    case 415:
      return answer("compressed_body", unsupported,
                    "Compressed requests are not accepted; send the picture as it is.");
    case 416:
      return answer("bad_range", bad_input, "The Range header is malformed.");
    case 500:
      return internal_problem(request);
    case 503:
      return answer("busy", busy, "Too many pictures are waiting; try again in a moment.");
    default:
      return answer("malformed_request", bad_input,
                    "The request is malformed or was cut off on its way.");
  }
}

}  // namespace faceveil
