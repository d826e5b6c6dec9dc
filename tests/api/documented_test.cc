// The OpenAPI document says what the program does, and the program does what it says.
#include "tests/api/documented.h"

#include <gtest/gtest.h>

#include <set>

#include "app/server/options.h"
#include "app/server/routes.h"
#include "app/version.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

std::string document_path(std::string_view route_path) {
  std::string path(route_path);
  if (path.ends_with('*')) path.replace(path.size() - 1, 1, "{name}");
  return path;
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lowered;
}

TEST(OpenApi, ListsEveryRouteAndNoOther) {
  std::set<std::pair<std::string, std::string>> built, documented;
  for (const Routes::Route& route : Routes::table()) {
    built.emplace(document_path(route.path), lower(route.method));
  }
  for (const auto& [path, methods] : document()["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) documented.emplace(path, method);
  }
  EXPECT_EQ(built, documented);
}

TEST(OpenApi, IsOfThisVersion) {
  EXPECT_EQ(document()["openapi"], "3.1.0");
  EXPECT_EQ(document()["info"]["version"], program_version);
}

void expect_references_resolve(const json& node) {
  if (!node.is_structured()) return;
  if (node.contains("$ref")) {
    EXPECT_NO_THROW(resolve(node)) << node;
  }
  for (const json& child : node) expect_references_resolve(child);
}

TEST(OpenApi, RefersOnlyToWhatIsThere) { expect_references_resolve(document()); }

std::set<std::string> names_of(std::span<const std::string_view> names) {
  return {names.begin(), names.end()};
}

std::set<std::string> query_names(const json& operation) {
  std::set<std::string> names;
  for (const json& parameter : operation["parameters"]) names.insert(parameter["name"]);
  return names;
}

const json& form_properties(const json& operation) {
  return operation["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"];
}

bool is_file(const json& schema) { return schema.value("format", "") == "binary"; }

// The fields that are options, and those that are files.
std::set<std::string> form_names(const json& operation, bool files = false) {
  std::set<std::string> names;
  for (const auto& [name, schema] : form_properties(operation).items()) {
    if (is_file(schema) == files) names.insert(name);
  }
  return names;
}

TEST(OpenApi, ListsEveryOptionAndNoOther) {
  const json& paths = document()["paths"];
  for (const char* path : {"/upload", "/api/v1/hide"}) {
    EXPECT_EQ(query_names(paths[path]["post"]), names_of(hide_option_names())) << path;
    EXPECT_EQ(form_names(paths[path]["post"]), names_of(hide_option_names())) << path;
    EXPECT_EQ(form_names(paths[path]["post"], /*files=*/true),
              (std::set<std::string>{std::string(image_field), std::string(cover_field)}))
        << path;
  }
  EXPECT_EQ(query_names(paths["/api/v1/detect"]["post"]), names_of(detect_option_names()));
  EXPECT_EQ(form_names(paths["/api/v1/detect"]["post"]), names_of(detect_option_names()));
}

std::string text_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

TEST(OpenApi, EveryListedValueIsTakenAndTheDefaultIsTheDefault) {
  const WorkOptions defaults;
  for (const auto& [name, schema] :
       form_properties(document()["paths"]["/api/v1/hide"]["post"]).items()) {
    if (is_file(schema)) continue;
    json values = schema.value("enum", json::array());
    values.push_back(schema["default"]);
    for (const json& value : values) {
      EXPECT_TRUE(
          parse_options({{name, text_of(value)}}, hide_option_names(), defaults).has_value())
          << name << "=" << value;
    }
    const auto given = parse_options({{name, text_of(schema["default"])}}, hide_option_names(), {});
    ASSERT_TRUE(given.has_value());
    EXPECT_EQ(given->plan.effect, defaults.plan.effect);
    EXPECT_EQ(given->plan.shape, defaults.plan.shape);
    EXPECT_EQ(given->plan.grow, defaults.plan.grow);
    EXPECT_EQ(given->plan.score_min, defaults.plan.score_min);
    EXPECT_EQ(given->apply.frame, defaults.apply.frame);
    EXPECT_EQ(given->apply.format, defaults.apply.format);
    const DetectorOptions chosen = matching(given->detector, given->search);
    EXPECT_EQ(chosen.detector, DetectorOptions{}.detector);
    EXPECT_EQ(chosen.search, DetectorOptions{}.search);
  }
}

TEST(OpenApi, TheCheckItselfNoticesWhatIsWrong) {
  const json& face = document()["components"]["schemas"]["Face"];
  const json good = {{"box", {1, 2, 3, 4}},
                     {"score", 0.5},
                     {"keypoints", json::array({{1, 2}, {1, 2}, {1, 2}, {1, 2}, {1, 2}, {1, 2}})},
                     {"detector", "blazeface-full"}};
  EXPECT_EQ(schema_violation(good, face), "");
  const auto with = [&](const char* name, const json& value) {
    json changed = good;
    changed[name] = value;
    return changed;
  };
  EXPECT_NE(schema_violation(with("score", 2), face), "");
  EXPECT_NE(schema_violation(with("score", "0.5"), face), "");
  EXPECT_NE(schema_violation(with("box", {1, 2, 3}), face), "");
  EXPECT_NE(schema_violation(with("age", 30), face), "");
  json lacking = good;
  lacking.erase("detector");
  EXPECT_NE(schema_violation(lacking, face), "");
}

}  // namespace
}  // namespace faceveil::test
