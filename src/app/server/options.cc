#include "app/server/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "app/server/multipart.h"

namespace faceveil {
namespace {

Result<float> parse_number(std::string_view text) {
  float number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return fail(Error::Kind::bad_input, "\"{0}\" is not a number.", {std::string(text)});
  }
  return number;
}

Status set_grow(std::string_view value, WorkOptions& options) {
  const float grow = TRY(parse_number(value));
  if (!(grow >= 0 && grow <= 2)) {
    return fail(Error::Kind::bad_input, "The growth must be between 0 and 2.");
  }
  options.plan.grow = grow;
  return {};
}

Status set_threshold(std::string_view value, WorkOptions& options) {
  const float threshold = TRY(parse_number(value));
  if (!(threshold > 0 && threshold <= 1)) {
    return fail(Error::Kind::bad_input, "The threshold must be above 0 and at most 1.");
  }
  options.plan.score_min = threshold;
  return {};
}

Status set_sensitivity(std::string_view value, WorkOptions& options) {
  const float sensitivity = TRY(parse_number(value));
  if (!(sensitivity >= 0 && sensitivity <= 1)) {
    return fail(Error::Kind::bad_input, "The sensitivity must be between 0 and 1.");
  }
  options.plan.score_min = score_min_of_sensitivity(sensitivity);
  return {};
}

Status set_frame(std::string_view value, WorkOptions& options) {
  options.apply.frame = TRY(parse_flag(value));
  return {};
}

Status set_metadata(std::string_view value, WorkOptions& options) {
  options.apply.metadata.keep = TRY(parse_metadata_policy(value));
  return {};
}

Status set_keep_gps(std::string_view value, WorkOptions& options) {
  options.apply.metadata.gps = TRY(parse_flag(value));
  return {};
}

Status set_format(std::string_view value, WorkOptions& options) {
  const std::optional<StillFormat> format = format_from_name(value);
  if (!format && value != "same") {
    return fail(Error::Kind::bad_input, "\"{0}\" is not a format that FaceVeil writes.",
                {std::string(value)});
  }
  options.apply.format = format;
  return {};
}

Status set_effect(std::string_view value, WorkOptions& options) {
  options.plan.effect = TRY(parse_effect(value));
  return {};
}

Status set_shape(std::string_view value, WorkOptions& options) {
  options.plan.shape = TRY(parse_shape(value));
  return {};
}

Status set_detector(std::string_view value, WorkOptions& options) {
  options.detector = TRY(parse_detector(value));
  return {};
}

Status set_search(std::string_view value, WorkOptions& options) {
  options.search = TRY(parse_search(value));
  return {};
}

// Quick search has no calibrated scores: it would find faces where there are none.
Status set_second_look(std::string_view value, WorkOptions& options) {
  options.look_again = value != "none";
  options.second_look.reset();
  if (value == "none" || value == "harder") return {};
  if (value != search_name(Search::balanced) && value != search_name(Search::thorough)) {
    return fail(Error::Kind::bad_input, "\"{0}\" is not known; choose one of: {1}.",
                {std::string(value), "harder, balanced, thorough, none"});
  }
  options.second_look = TRY(parse_search(value));
  return {};
}

Status set_accept_findings(std::string_view value, WorkOptions& options) {
  options.accept_findings = TRY(parse_flag(value));
  return {};
}

Status set_exact(std::string_view value, WorkOptions& options) {
  options.exact = TRY(parse_flag(value));
  return {};
}

struct Option {
  std::string_view name;
  Status (*set)(std::string_view, WorkOptions&);
};

// So ordered that what a route takes stands together.
constexpr std::array<Option, 14> all_options = {{
    {"detector", set_detector},
    {"search", set_search},
    {"threshold", set_threshold},
    {"sensitivity", set_sensitivity},
    {"effect", set_effect},
    {"shape", set_shape},
    {"grow", set_grow},
    {"frame", set_frame},
    {"format", set_format},
    {"second_look", set_second_look},
    {"accept_findings", set_accept_findings},
    {"metadata", set_metadata},
    {"keep_gps", set_keep_gps},
    {"exact", set_exact},
}};
constexpr size_t detect_option_count = 4, plan_option_count = 7, metadata_option_count = 2;

constexpr auto names_of_all = [] {
  std::array<std::string_view, all_options.size()> names;
  for (size_t i = 0; i < names.size(); ++i) names[i] = all_options[i].name;
  return names;
}();

tl::unexpected<Error> given_twice(std::string_view name) {
  tl::unexpected<Error> failure = fail(Error::Kind::bad_input, "This option is given twice.");
  failure.value().subject = name;
  return failure;
}

tl::unexpected<Error> fail_unknown(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) list.append(list.empty() ? "" : ", ").append(name);
  return fail(Error::Kind::bad_input, "There is no such option here; the options are: {0}.",
              {list});
}

Status set_option(const std::string& name, std::string_view value,
                  std::span<const std::string_view> names, WorkOptions& options) {
  if (std::ranges::find(names, name) == names.end()) return fail_unknown(names);
  const auto index = std::ranges::find(names_of_all, name) - names_of_all.begin();
  return all_options[static_cast<size_t>(index)].set(value, options);
}

Status take_once(const FormPart& part, std::optional<BytesView>& bytes, std::string& file_name) {
  if (bytes) return fail(Error::Kind::bad_input, "Send one picture a request.");
  bytes = part.content;
  file_name = part.file_name;
  return {};
}

Result<Upload> read_form(const HttpRequest& request) {
  const std::vector<FormPart> parts =
      TRY(parse_multipart(request.body, request.header("Content-Type")));
  Upload upload;
  upload.options = work_options(request.query);
  std::optional<BytesView> image;
  for (const FormPart& part : parts) {
    if (part.name == image_field) {
      TRY(take_once(part, image, upload.file_name));
    } else if (part.name == cover_field) {
      TRY(about(part.name, take_once(part, upload.cover, upload.cover_name)));
    } else {
      upload.options.emplace_back(part.name, as_text(part.content));
    }
  }
  upload.bytes = image.value_or(BytesView());
  return upload;
}

Result<Upload> read_form_or_picture(const HttpRequest& request, BodyKind kind) {
  if (is_multipart(request.header("Content-Type"))) return read_form(request);
  Upload upload;
  upload.options = work_options(request.query);
  if (kind == BodyKind::form_or_picture) upload.bytes = request.body;
  return upload;
}

Status check_picture(BytesView bytes) {
  if (!bytes.empty()) return {};
  return about(std::string(image_field),
               Status(fail(Error::Kind::bad_input,
                           "The picture is missing: send it as the form's file \"{0}\".",
                           {std::string(image_field)})));
}

}  // namespace

Result<bool> parse_flag(std::string_view value) {
  if (value == "true" || value == "false") return value == "true";
  return fail(Error::Kind::bad_input, "\"{0}\" is neither true nor false.", {std::string(value)});
}

Result<std::optional<std::string>> take_option(Fields& options, std::string_view name) {
  const auto is_it = [&](const auto& option) { return option.first == name; };
  const auto found = std::ranges::find_if(options, is_it);
  if (found == options.end()) return std::optional<std::string>();
  std::optional<std::string> value = std::move(found->second);
  options.erase(found);
  if (std::ranges::any_of(options, is_it)) return given_twice(name);
  return value;
}

Result<std::optional<CoverPicture>> decode_uploaded_cover(const std::optional<BytesView>& cover,
                                                          const std::string& name) {
  if (!cover) return std::optional<CoverPicture>();
  return TRY(about(std::string(cover_field), decode_cover(*cover, name)));
}

Fields work_options(Fields query) {
  std::erase_if(query, [](const auto& field) { return field.first == language_option; });
  return query;
}

Result<Upload> read_upload(const HttpRequest& request, BodyKind kind) {
  Upload upload = TRY(read_form_or_picture(request, kind));
  TRY(check_picture(upload.bytes));
  return upload;
}

Result<BatchUpload> read_batch(const HttpRequest& request) {
  constexpr size_t batch_parts_max = 1000;
  const std::vector<FormPart> parts =
      TRY(parse_multipart(request.body, request.header("Content-Type"), batch_parts_max));
  BatchUpload batch;
  batch.options = work_options(request.query);
  for (const FormPart& part : parts) {
    if (part.name == image_field) {
      TRY(check_picture(part.content));
      batch.pictures.push_back({part.file_name, part.content});
    } else if (part.name == cover_field) {
      TRY(about(part.name, take_once(part, batch.cover, batch.cover_name)));
    } else {
      batch.options.emplace_back(part.name, as_text(part.content));
    }
  }
  if (batch.pictures.empty()) TRY(check_picture({}));
  return batch;
}

std::span<const std::string_view> hide_option_names() {
  return std::span(names_of_all).first(names_of_all.size() - 1);
}
std::span<const std::string_view> detect_option_names() {
  return hide_option_names().first(detect_option_count);
}
std::span<const std::string_view> plan_option_names() {
  return hide_option_names().first(plan_option_count);
}
std::span<const std::string_view> apply_option_names() {
  return std::span(names_of_all).subspan(plan_option_count);
}
std::span<const std::string_view> metadata_option_names() {
  return hide_option_names().last(metadata_option_count);
}

Result<WorkOptions> parse_options(const Fields& given, std::span<const std::string_view> names,
                                  const WorkOptions& defaults) {
  WorkOptions options = defaults;
  std::set<std::string_view> seen;
  for (const auto& [name, value] : given) {
    TRY(about(name, set_option(name, value, names, options)));
    if (!seen.insert(name).second) return given_twice(name);
  }
  if (seen.contains("threshold") && seen.contains("sensitivity")) {
    return about("sensitivity",
                 Result<WorkOptions>(fail(Error::Kind::bad_input,
                                          "Give either a threshold or a sensitivity, not both.")));
  }
  TRY(about("keep_gps", validate(options.apply.metadata)));
  return options;
}

Status check_cover(const std::optional<BytesView>& cover, const WorkOptions& options) {
  const std::string field(cover_field);
  const bool wanted = options.plan.effect == Effect::image;
  if (cover && !wanted) {
    return about(field,
                 Status(fail(Error::Kind::bad_input, "Only the effect image takes a picture.")));
  }
  if (wanted && (!cover || cover->empty())) {
    return about(field, Status(fail(Error::Kind::bad_input,
                                    "The effect image needs a picture to lay over the faces.")));
  }
  return {};
}

}  // namespace faceveil
