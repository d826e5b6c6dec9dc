#include "app/server/answers.h"

#include <nlohmann/json.hpp>

#include "app/server/attachment.h"
#include "app/server/problem.h"

namespace faceveil {

HttpResponse bytes_answer(std::string content_type, Bytes body) {
  HttpResponse response;
  response.content_type = std::move(content_type);
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

HttpResponse bytes_answer(std::string content_type, BytesView body) {
  return bytes_answer(std::move(content_type), Bytes(body.begin(), body.end()));
}

HttpResponse json_answer(std::string_view text) {
  return bytes_answer("application/json", as_bytes(text));
}

namespace {

// {"faces":"clean","places":"not_checked",...}
std::string format_checks(const Verification& verification) {
  nlohmann::ordered_json checks;
  for (const Check& check : verification.checks) {
    checks[std::string(check_name(check.id))] = outcome_name(check.outcome);
  }
  return checks.dump();
}

// Sentences in any script as a list in ASCII.
std::string format_notes(const std::vector<std::string_view>& notes, Language language) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const std::string_view note : notes) list.push_back(translate(language, note));
  return list.dump(-1, ' ', /*ensure_ascii=*/true);
}

}  // namespace

HttpResponse picture_answer(const HttpRequest& request, Checked checked,
                            const std::string& file_name) {
  Applied& applied = checked.hidden.applied;
  const Verification& verification = checked.verification;
  HttpResponse response =
      bytes_answer(std::string(format_mime_type(applied.format)), std::move(applied.bytes));
  response.headers.insert(response.headers.end(),
                          {{"Content-Disposition", content_disposition(file_name)},
                           {"FaceVeil-Faces", std::to_string(applied.hidden_count)},
                           {"FaceVeil-Unchanged", applied.unchanged ? "true" : "false"},
                           {"FaceVeil-Width", std::to_string(applied.size.width)},
                           {"FaceVeil-Height", std::to_string(applied.size.height)},
                           {"FaceVeil-Added", std::to_string(verification.faces_added)},
                           {"FaceVeil-Findings", std::to_string(verification.findings.size())},
                           {"FaceVeil-Checks", format_checks(verification)},
                           {"FaceVeil-Notes", format_notes(applied.notes, language_of(request))}});
  return response;
}

HttpResponse problem_of_apply(const HttpRequest& request, const Error& error) {
  if (error.kind != Error::Kind::stale_plan) return problem_of_picture(request, error);
  return problem(request, 409, "stale_plan", tl::unexpected(error));
}

}  // namespace faceveil
