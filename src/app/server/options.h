// What a request asks for, as types: the picture and its options, from a form, a query or both.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/server/http.h"
#include "pipeline/pipeline.h"

namespace faceveil {

// The name of the form field with the picture.
inline constexpr std::string_view image_field = "image";
// Of any request, in its query: for who cannot choose the header Accept-Language.
inline constexpr std::string_view language_option = "language";
// And of the one that the effect `image` lays over faces.
inline constexpr std::string_view cover_field = "cover";

// The picture of a request: the form's field `image`, or the whole body where the body is no form.
struct Upload {
  BytesView bytes;  // Within the request's body.
  std::string file_name;
  std::optional<BytesView> cover;  // Within the body; the picture for the effect `image`.
  std::string cover_name;
  Fields options;  // The query and the form's other fields, in order.
};

enum class BodyKind { form, form_or_picture };

// Those that say how to work: all but the language of the answer.
Fields work_options(Fields query);

// Errors: bad_input for a malformed form, a missing or empty picture, two of them or two covers.
Result<Upload> read_upload(const HttpRequest&, BodyKind);

// Many pictures in one form: the field `image` repeated.
struct BatchUpload {
  struct Picture {
    std::string name;
    BytesView bytes;  // Within the request's body.
  };
  std::vector<Picture> pictures;
  std::optional<BytesView> cover;
  std::string cover_name;
  Fields options;
};

// Errors: as read_upload.
Result<BatchUpload> read_batch(const HttpRequest&);

struct WorkOptions {
  std::optional<DetectorId> detector;  // Those left out follow as matching() says.
  std::optional<Search> search;
  PlanOptions plan;
  ApplyOptions apply;
  bool look_again = true;             // For faces left in the output.
  std::optional<Search> second_look;  // How; absent: harder than the first time.
  bool accept_findings = false;       // Give the picture although looking again found something.
  bool exact = false;                 // Looking again adds nothing to the plan.
};

// The options' names, as in docs/api.md: those that only look, and those that hide as well.
std::span<const std::string_view> detect_option_names();
std::span<const std::string_view> hide_option_names();
// Those of hiding in two parts: what the plan will say, and what is left for applying it; and of
// these, those that decide which metadata stay.
std::span<const std::string_view> plan_option_names();
std::span<const std::string_view> apply_option_names();
std::span<const std::string_view> metadata_option_names();

// `defaults` with `given` on top. Errors: bad_input, naming the option, for a name that is not in
// `names`, one given twice, and a value that is not of its range.
Result<WorkOptions> parse_options(const Fields& given, std::span<const std::string_view> names,
                                  const WorkOptions& defaults);

// "true" or "false". Errors: bad_input.
Result<bool> parse_flag(std::string_view value);

// Takes the option out of the list; absent where it is not there. Errors: bad_input, naming it,
// where it is given twice.
Result<std::optional<std::string>> take_option(Fields& options, std::string_view name);

// The picture for the effect `image`; absent where none came. Errors: as decode_cover, naming the
// field.
Result<std::optional<CoverPicture>> decode_uploaded_cover(const std::optional<BytesView>& cover,
                                                          const std::string& name);

// A cover comes with the effect `image`, and with no other: the person expects to see it. Errors:
// bad_input, naming the field.
Status check_cover(const std::optional<BytesView>& cover, const WorkOptions&);

}  // namespace faceveil
