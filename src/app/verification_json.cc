#include "app/verification_json.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

Json finding_json(const Finding& finding) {
  Json json = {{"check", check_name(finding.check)}};
  if (finding.check == CheckId::faces) {
    const Rect& box = finding.box;
    json["box"] = {box.x, box.y, box.right(), box.bottom()};
    json["score"] = finding.score;
  } else {
    json["detail"] = finding.detail;
  }
  return json;
}

}  // namespace

Json verification_json(const Verification& verification) {
  Json checks = Json::array(), findings = Json::array();
  for (const Check& check : verification.checks) {
    checks.push_back({{"check", check_name(check.id)},
                      {"outcome", outcome_name(check.outcome)},
                      {"note", check.note}});
  }
  for (const Finding& finding : verification.findings) findings.push_back(finding_json(finding));
  return {{"clean", verification.clean()}, {"checks", checks}, {"findings", findings}};
}

}  // namespace faceveil
