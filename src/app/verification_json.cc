#include "app/verification_json.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array check_ids = {CheckId::faces, CheckId::second_pictures, CheckId::places,
                                  CheckId::stray_bytes, CheckId::locality};
constexpr std::array check_outcomes = {CheckOutcome::clean, CheckOutcome::found,
                                       CheckOutcome::not_checked};

// How a sentence becomes JSON.
using Tell = std::function<Json(const Sentence&)>;

Json finding_json(const Finding& finding, const Tell& tell) {
  Json json = {{"check", check_name(finding.check)}};
  if (finding.check == CheckId::faces) {
    const Rect& box = finding.box;
    json["box"] = {box.x, box.y, box.right(), box.bottom()};
    json["score"] = finding.score;
  }
  if (!finding.detail.empty()) json["detail"] = tell(finding.detail);
  return json;
}

std::string text_in(const Json& json, const char* name) {
  const bool there = json.is_object() && json.contains(name) && json[name].is_string();
  return there ? json[name].get<std::string>() : std::string();
}

double number_in(const Json& json, const char* name) {
  const bool there = json.is_object() && json.contains(name) && json[name].is_number();
  return there ? json[name].get<double>() : 0;
}

template <typename Values, typename Name>
auto named(const Values& values, Name name, const std::string& text) {
  const auto found = std::ranges::find_if(values, [&](auto value) { return name(value) == text; });
  return found == values.end() ? std::nullopt : std::optional(*found);
}

Rect box_in(const Json& json) {
  if (!json.is_object() || !json.contains("box")) return {};
  const Json& box = json["box"];
  const bool is_box = box.is_array() && box.size() == 4 &&
                      std::ranges::all_of(box, [](const Json& side) { return side.is_number(); });
  if (!is_box) return {};
  const auto side = [&](size_t i) { return box[i].get<float>(); };
  return {side(0), side(1), side(2) - side(0), side(3) - side(1)};
}

// The list of that name; empty where there is none.
Json list_in(const Json& json, const char* name) {
  return json.is_object() && json.contains(name) ? json[name] : Json::array();
}

Json to_json(const Verification& verification, const Tell& tell) {
  Json checks = Json::array(), findings = Json::array();
  for (const Check& check : verification.checks) {
    checks.push_back({{"check", check_name(check.id)},
                      {"outcome", outcome_name(check.outcome)},
                      {"note", tell(check.note)}});
  }
  for (const Finding& finding : verification.findings) {
    findings.push_back(finding_json(finding, tell));
  }
  return {{"clean", verification.clean()},
          {"faces_added", verification.faces_added},
          {"checks", checks},
          {"findings", findings}};
}

Sentence sentence_in(const Json& json, const char* name) {
  if (!json.is_object() || !json.contains(name)) return {};
  Sentence said{text_in(json[name], "text"), {}};
  for (const Json& arg : list_in(json[name], "args")) {
    if (arg.is_string()) said.args.push_back(arg.get<std::string>());
  }
  return said;
}

}  // namespace

Json verification_json(const Verification& verification, Language language) {
  return to_json(verification, [&](const Sentence& said) { return Json(said.in(language)); });
}

Json stored_verification(const Verification& verification) {
  return to_json(verification, [](const Sentence& said) {
    return Json{{"text", said.text}, {"args", said.args}};
  });
}

Verification parse_verification(const Json& json) {
  Verification verification;
  verification.faces_added = static_cast<size_t>(std::max(0.0, number_in(json, "faces_added")));
  for (const Json& each : list_in(json, "checks")) {
    const auto id = named(check_ids, check_name, text_in(each, "check"));
    const auto outcome = named(check_outcomes, outcome_name, text_in(each, "outcome"));
    if (id && outcome) verification.checks.push_back({*id, *outcome, sentence_in(each, "note")});
  }
  for (const Json& each : list_in(json, "findings")) {
    const auto id = named(check_ids, check_name, text_in(each, "check"));
    const auto score = static_cast<float>(number_in(each, "score"));
    if (!id) continue;
    verification.findings.push_back({*id, box_in(each), score, sentence_in(each, "detail")});
  }
  return verification;
}

}  // namespace faceveil
