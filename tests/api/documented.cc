#include "tests/api/documented.h"

#include <algorithm>

#include "app/server/openapi.h"
#include "base/check.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return false;
}

std::string object_violation(const json& value, const json& schema) {
  for (const json& name : schema.value("required", json::array())) {
    if (!value.contains(name)) return "lacks " + name.dump();
  }
  for (const auto& [name, member] : value.items()) {
    if (!schema.contains("properties") || !schema["properties"].contains(name)) {
      if (schema.contains("properties")) return "has the undocumented " + name;
      continue;
    }
    const std::string violation = schema_violation(member, schema["properties"][name]);
    if (!violation.empty()) return name + ": " + violation;
  }
  return "";
}

std::string array_violation(const json& value, const json& schema) {
  if (value.size() < schema.value("minItems", size_t{0})) return "too few items";
  if (value.size() > schema.value("maxItems", value.size())) return "too many items";
  for (const json& item : value) {
    const std::string violation = schema_violation(item, schema["items"]);
    if (!violation.empty()) return "item: " + violation;
  }
  return "";
}

std::string media_type(const httplib::Response& response) {
  const std::string type = response.get_header_value("Content-Type");
  return type.substr(0, type.find(';'));
}

std::string headers_violation(const httplib::Response& response, const json& described) {
  const json headers = described.value("headers", json::object());
  for (const auto& [name, header] : headers.items()) {
    if (!response.has_header(name)) return "lacks the header " + name;
    const std::string text = response.get_header_value(name);
    const bool number = header["schema"]["type"] == "integer";
    const json value = number ? json::parse(text, nullptr, false) : json(text);
    const std::string violation = schema_violation(value, header["schema"]);
    if (!violation.empty()) return "header " + name + ": " + violation;
  }
  return "";
}

}  // namespace

const json& document() {
  static const json parsed = json::parse(openapi_document());
  return parsed;
}

const json& resolve(const json& node) {
  if (!node.contains("$ref")) return node;
  const std::string reference = node["$ref"];
  CHECK(reference.starts_with("#/"));
  return document().at(json::json_pointer(reference.substr(1)));
}

std::string schema_violation(const json& value, const json& unresolved) {
  const json& schema = resolve(unresolved);
  if (schema.contains("oneOf")) {
    std::string why;
    for (const json& choice : schema["oneOf"]) {
      const std::string violation = schema_violation(value, choice);
      if (violation.empty()) return "";
      why += (why.empty() ? "" : "; ") + violation;
    }
    return why;
  }
  if (schema.contains("const") && value != schema["const"]) return "is " + value.dump();
  if (schema.contains("enum") && std::ranges::find(schema["enum"], value) == schema["enum"].end()) {
    return value.dump() + " is not listed";
  }
  if (schema.contains("type") && !has_type(value, schema["type"])) return "is " + value.dump();
  if (schema.contains("minimum") && value < schema["minimum"]) return value.dump() + " is too low";
  if (schema.contains("maximum") && value > schema["maximum"]) return value.dump() + " is too high";
  if (value.is_object()) return object_violation(value, schema);
  if (value.is_array()) return array_violation(value, schema);
  return "";
}

std::string undocumented(const std::string& method, const std::string& document_path,
                         const httplib::Response& response) {
  const json& responses = document().at("paths").at(document_path).at(method).at("responses");
  const std::string status = std::to_string(response.status);
  if (!responses.contains(status)) return "status " + status;
  const json& described = resolve(responses[status]);
  if (!described.contains("content")) return response.body.empty() ? "" : "has a body";
  if (!described["content"].contains(media_type(response))) return "type " + media_type(response);
  if (const std::string violation = headers_violation(response, described); !violation.empty()) {
    return violation;
  }
  if (media_type(response).find("json") == std::string::npos) return "";
  return schema_violation(json::parse(response.body, nullptr, false),
                          described["content"][media_type(response)]["schema"]);
}

}  // namespace faceveil::test
