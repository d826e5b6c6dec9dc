// The routes of a review: a plan for a picture, a plan applied to its picture, and what stands in
// the file beside the picture. Between the first two a person corrects the plan.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/server/answers.h"
#include "app/server/attachment.h"
#include "app/server/problem.h"
#include "app/server/routes.h"
#include "base/language.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view plan_field = "plan";

// The form's field `plan`, taken out of the options.
Result<RedactionPlan> take_plan(Fields& options) {
  const auto text = TRY(take_option(options, plan_field));
  if (!text) {
    return fail(Error::Kind::bad_input, "The plan is missing: send it as the form's field \"{0}\".",
                {std::string(plan_field)});
  }
  return parse_plan(*text);
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

  auto made = workbench_.plan(sitter_of(*upload), *options, client_of(request));
  if (!made) return problem_of_picture(request, made.error());
  made->source_name = upload->file_name;
  return json_answer(format_plan(*made));
}

HttpResponse Routes::apply(const HttpRequest& request) const {
  auto upload = read_upload(request, BodyKind::form);
  if (!upload) return problem_of_request(request, upload.error());
  const auto given = about(std::string(plan_field), take_plan(upload->options));
  if (!given) return problem_of_request(request, given.error());
  const auto options = parse_options(upload->options, apply_option_names(), {});
  if (!options) return problem_of_request(request, options.error());

  auto checked = workbench_.apply(*given, sitter_of(*upload), *options, client_of(request));
  if (!checked) return problem_of_apply(request, checked.error());
  if (!checked->verification.clean() && !options->accept_findings) {
    return problem_of_findings(request, checked->verification);
  }
  const StillFormat format = checked->hidden.applied.format;
  return picture_answer(request, std::move(*checked),
                        hidden_file_name(upload->file_name, format_extension(format)));
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
