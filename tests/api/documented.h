// Holds answers of the server against its own OpenAPI document.
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <string>

namespace faceveil::test {

// docs/openapi.json as the program carries it.
const nlohmann::json& document();

// `node` itself, or what it refers to with $ref.
const nlohmann::json& resolve(const nlohmann::json& node);

// Empty when `value` is as the schema says; else where and why not. Knows the keywords that the
// document uses.
std::string schema_violation(const nlohmann::json& value, const nlohmann::json& schema);

// Empty when the document lists this answer's status for the route, with its content type, and its
// headers and JSON body are as described; else what is not.
std::string undocumented(const std::string& method, const std::string& document_path,
                         const httplib::Response& response);

}  // namespace faceveil::test
