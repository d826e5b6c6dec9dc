// The routes of a review: a plan for a picture, a plan applied to its picture, and what stands in
// the file beside the picture. Between the first two a person corrects the plan.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/server/attachment.h"
#include "app/server/problem.h"
#include "app/server/routes.h"
#include "base/language.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view plan_field = "plan";

HttpResponse json_answer(std::string_view text) {
  const BytesView view = as_bytes(text);
  HttpResponse response;
  response.content_type = "application/json";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body.assign(view.begin(), view.end());
  return response;
}

Result<std::optional<CoverPicture>> cover_of(const Upload& upload) {
  if (!upload.cover) return std::optional<CoverPicture>();
  return TRY(about(std::string(cover_field), decode_cover(*upload.cover, upload.cover_name)));
}

// The form's field `plan`, taken out of the options.
Result<RedactionPlan> take_plan(Fields& options) {
  const auto is_plan = [](const auto& field) { return field.first == plan_field; };
  const auto found = std::ranges::find_if(options, is_plan);
  if (found == options.end()) {
    return fail(Error::Kind::bad_input, "The plan is missing: send it as the form's field \"{0}\".",
                {std::string(plan_field)});
  }
  const std::string text = found->second;
  options.erase(found);
  if (std::ranges::any_of(options, is_plan)) {
    return fail(Error::Kind::bad_input, "This option is given twice.");
  }
  return parse_plan(text);
}

Json note_list(const std::vector<std::string_view>& notes, Language language) {
  Json list = Json::array();
  for (const std::string_view note : notes) list.push_back(translate(language, note));
  return list;
}

HttpResponse applied_answer(const HttpRequest& request, const Upload& upload, Applied applied) {
  const std::string name = hidden_file_name(upload.file_name, format_extension(applied.format));
  HttpResponse response;
  response.content_type = format_mime_type(applied.format);
  response.headers = {
      {"Cache-Control", "no-store"},
      {"Content-Disposition", content_disposition(name)},
      {"FaceVeil-Faces", std::to_string(applied.hidden_count)},
      {"FaceVeil-Unchanged", applied.unchanged ? "true" : "false"},
      {"FaceVeil-Width", std::to_string(applied.size.width)},
      {"FaceVeil-Height", std::to_string(applied.size.height)},
      // Sentences in any script as a list in ASCII.
      {"FaceVeil-Notes",
       note_list(applied.notes, language_of(request)).dump(-1, ' ', /*ensure_ascii=*/true)}};
  response.body = std::move(applied.bytes);
  return response;
}

// Where the plan does not fit what was sent with it, the request is at fault and not the picture.
HttpResponse problem_of_apply(const HttpRequest& request, const Error& error) {
  if (error.kind != Error::Kind::stale_plan) return problem_of_picture(request, error);
  return problem(request, 409, "stale_plan", tl::unexpected(error));
}

Json finding_json(const MetadataFinding& finding, const MetadataPolicy& policy, Language language) {
  return {{"kind", kind_name(finding.kind)},
          {"description", translate(language, kind_description(finding.kind))},
          {"detail", finding.detail},
          {"bytes", finding.length},
          {"fate", fate_name(fate_of(finding, policy))}};
}

}  // namespace

HttpResponse Routes::plan(const HttpRequest& request) const {
  const auto upload = read_upload(request, BodyKind::form_or_picture);
  if (!upload) return problem_of_request(request, upload.error());
  const auto options = parse_options(upload->options, plan_option_names(), {});
  if (!options) return problem_of_request(request, options.error());
  const Status covered = check_cover(upload->cover, *options);
  if (!covered) return problem_of_request(request, covered.error());

  const auto made = plan_in_turn(*upload, *options);
  return made ? json_answer(format_plan(*made)) : problem_of_picture(request, made.error());
}

Result<RedactionPlan> Routes::plan_in_turn(const Upload& upload, WorkOptions options) const {
  const WorkGate::Turn turn = TRY(gate_.enter());
  const Detector* detector = TRY(detectors_.get(matching(options.detector, options.search)));
  const std::optional<CoverPicture> cover = TRY(cover_of(upload));
  if (cover) options.plan.cover = cover->fingerprint;
  RedactionPlan made = TRY(make_plan(upload.bytes, detector, options.plan));
  made.source_name = upload.file_name;
  return made;
}

HttpResponse Routes::apply(const HttpRequest& request) const {
  auto upload = read_upload(request, BodyKind::form);
  if (!upload) return problem_of_request(request, upload.error());
  const auto given = about(std::string(plan_field), take_plan(upload->options));
  if (!given) return problem_of_request(request, given.error());
  const auto options = parse_options(upload->options, apply_option_names(), {});
  if (!options) return problem_of_request(request, options.error());

  auto applied = apply_in_turn(*upload, *given, options->apply);
  if (!applied) return problem_of_apply(request, applied.error());
  return applied_answer(request, *upload, std::move(*applied));
}

Result<Applied> Routes::apply_in_turn(const Upload& upload, const RedactionPlan& plan,
                                      ApplyOptions options) const {
  const WorkGate::Turn turn = TRY(gate_.enter());
  const std::optional<CoverPicture> cover = TRY(cover_of(upload));
  options.cover = cover ? &*cover : nullptr;
  return apply_plan(plan, upload.bytes, options);
}

HttpResponse Routes::metadata(const HttpRequest& request) const {
  const auto upload = read_upload(request, BodyKind::form_or_picture);
  if (!upload) return problem_of_request(request, upload.error());
  const auto options = parse_options(upload->options, metadata_option_names(), {});
  if (!options) return problem_of_request(request, options.error());

  const auto findings = inspect_metadata(upload->bytes);
  if (!findings) return problem_of_picture(request, findings.error());
  Json answer = {{"findings", Json::array()}};
  for (const MetadataFinding& finding : *findings) {
    answer["findings"].push_back(
        finding_json(finding, options->apply.metadata, language_of(request)));
  }
  HttpResponse response = json_answer(answer.dump(-1, ' ', false, Json::error_handler_t::replace));
  response.headers.emplace_back("Vary", "Accept-Language");
  return response;
}

}  // namespace faceveil
