// The answers that more than one route gives: JSON, bytes, a hidden picture.
#pragma once

#include <string>
#include <string_view>

#include "app/server/http.h"
#include "base/bytes.h"
#include "pipeline/checked_hide.h"

namespace faceveil {

// 200, to be kept by nobody on the way.
HttpResponse bytes_answer(std::string content_type, Bytes body);
HttpResponse bytes_answer(std::string content_type, BytesView body);
HttpResponse json_answer(std::string_view text);

// The hidden picture as an attachment, with what was done and what looking again found in the
// FaceVeil-... headers. What a person should know is in the language of the request.
HttpResponse picture_answer(const HttpRequest&, Checked, const std::string& file_name);

// Of a plan that does not fit the picture that it came with: 409 stale_plan. Otherwise as
// problem_of_picture: the request is not at fault.
HttpResponse problem_of_apply(const HttpRequest&, const Error&);

}  // namespace faceveil
