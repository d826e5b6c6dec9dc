// The interface's description for programs (OpenAPI 3.1): docs/openapi.json, embedded.
#pragma once

#include <string_view>

namespace faceveil {

std::string_view openapi_document();

}  // namespace faceveil
