#include "app/server/problem.h"

#include <nlohmann/json.hpp>

#include "app/server/options.h"
#include "app/verification_json.h"
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
    case 499:  // Not of any standard, but what logs have it under.
      return "Client Closed Request";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
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

// For people: what a finding of this check is.
std::string_view kind_of_finding(CheckId check) {
  switch (check) {
    case CheckId::faces:
      return "a face in sight";
    case CheckId::second_pictures:
      return "a second picture in the file";
    case CheckId::places:
      return "a position";
    case CheckId::stray_bytes:
      return "stray bytes";
    case CheckId::locality:
      return "a change outside what is hidden";
  }
  return {};
}

std::string kinds_of(const Verification& verification, Language language) {
  std::string kinds;
  for (const Check& check : verification.checks) {
    if (!verification.found(check.id)) continue;
    kinds += (kinds.empty() ? "" : "; ") + translate(language, kind_of_finding(check.id));
  }
  return kinds;
}

nlohmann::ordered_json problem_members(const HttpRequest& request, int status,
                                       std::string_view code, const Error& detail) {
  nlohmann::ordered_json members = {{"type", "about:blank"},
                                    {"title", status_phrase(status)},
                                    {"status", status},
                                    {"detail", detail.message(language_of(request))},
                                    {"code", code}};
  if (!detail.subject.empty()) members["field"] = detail.subject;
  return members;
}

HttpResponse internal_problem(const HttpRequest& request) {
  return problem(request, 500, "internal",
                 fail(Error::Kind::io, "FaceVeil failed at this; its log says why."));
}

}  // namespace

Language language_of(const HttpRequest& request) {
  // Where a browser follows a link nobody can choose its headers.
  for (const auto& [name, value] : request.query) {
    if (name == language_option) return parse_language(value);
  }
  const std::string_view accepted = request.header("Accept-Language");
  return accepted.empty() || accepted.front() == '*' ? current_language()
                                                     : parse_language(accepted);
}

HttpResponse problem(const HttpRequest& request, int status, std::string_view code,
                     const tl::unexpected<Error>& unexpected) {
  return json_problem(problem_members(request, status, code, unexpected.value()),
                      language_of(request), status);
}

HttpResponse problem_of_findings(const HttpRequest& request, const Verification& verification) {
  const Language language = language_of(request);
  const auto detail = fail(Error::Kind::bad_input,
                           "Looking again found what should not be there ({0}), so the picture is "
                           "withheld; accept_findings=true gives it all the same.",
                           {kinds_of(verification, language)});
  auto members = problem_members(request, 422, "findings", detail.value());
  members["verify"] = verification_json(verification, language);
  return json_problem(members, language, 422);
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
    case Error::Kind::cancelled:
      return problem(request, 499, "client_gone", detail);
    case Error::Kind::io:
    case Error::Kind::stale_plan:
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
    case 507:
      return problem(request, 507, "no_room",
                     fail(Error::Kind::io,
                          "The film cannot be kept on the server's disk; most likely there is no "
                          "room for it."));
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
