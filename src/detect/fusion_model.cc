#include "detect/fusion_model.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"

namespace faceveil {
namespace {

using Json = nlohmann::json;

constexpr int fusion_model_version = 1;

// nlohmann's accessors throw where a field is missing or of another kind; caught in one place.
Calibration read_calibration(const Json& json) {
  Calibration calibration;
  calibration.network = json.at("network").get<std::string>();
  for (const Json& row : json.at("rows")) {
    calibration.rows.push_back(
        {row.at(0).get<float>(), row.at(1).get<float>(), row.at(2).get<float>()});
  }
  calibration.box_habit = json.at("box_habit").get<std::array<float, 4>>();
  return calibration;
}

Verdict read_verdict(const Json& json) {
  Verdict verdict;
  verdict.intercept = json.at("intercept").get<float>();
  verdict.witnesses = {json.at("blaze_face").get<float>(), json.at("ultra_light").get<float>(),
                       json.at("brought").get<float>()};
  verdict.like = json.at("like").get<float>();
  verdict.unlike = json.at("unlike").get<float>();
  verdict.grey_offset = json.at("grey_offset").get<float>();
  verdict.tiny = json.at("tiny").get<float>();
  return verdict;
}

VerdictRules read_rules(const Json& json) {
  VerdictRules rules;
  rules.first = read_verdict(json.at("first"));
  rules.last = read_verdict(json.at("last"));
  rules.looked_at_min = json.at("looked_at_min").get<float>();
  return rules;
}

bool is_usable(const Calibration& calibration) {
  return !calibration.rows.empty() &&
         std::is_sorted(calibration.rows.begin(), calibration.rows.end(),
                        [](const auto& a, const auto& b) { return a.side_log2 <= b.side_log2; });
}

Result<FusionModel> read_model(const Json& json) {
  FusionModel model;
  bool is_sound = json.at("version").get<int>() == fusion_model_version;
  for (const Json& entry : json.at("calibrations")) {
    model.calibrations.push_back(read_calibration(entry));
    is_sound = is_sound && is_usable(model.calibrations.back());
  }
  if (!is_sound) {
    return fail(Error::Kind::bad_input, "The model file does not fit this version of FaceVeil.");
  }
  model.belief_min = json.at("belief_min").get<float>();
  model.overlap = json.at("overlap").get<float>();
  model.balanced = read_rules(json.at("balanced"));
  model.thorough = read_rules(json.at("thorough"));
  model.balanced_brought = read_rules(json.at("balanced_brought"));
  model.thorough_brought = read_rules(json.at("thorough_brought"));
  return model;
}

Result<FusionModel> parse_model(const Bytes& bytes) {
  try {
    return read_model(Json::parse(bytes.begin(), bytes.end()));
  } catch (const Json::exception&) {
    return fail(Error::Kind::bad_input, "The model file is damaged.");
  }
}

}  // namespace

Calibration FusionModel::calibration_of(const std::string& network) const {
  const auto found = std::ranges::find(calibrations, network, &Calibration::network);
  return found == calibrations.end() ? identity_calibration(network) : *found;
}

const VerdictRules& FusionModel::rules(Search search, bool is_anyone_brought) const {
  CHECK(search != Search::quick);
  if (search == Search::thorough) return is_anyone_brought ? thorough_brought : thorough;
  return is_anyone_brought ? balanced_brought : balanced;
}

float Verdict::log_odds(const Case& c) const {
  constexpr float verifier_max = 6;  // Beyond that it only shouts.
  constexpr float small_share = 0.76f, octaves_max = 1.5f;
  float sum =
      std::inner_product(c.testimony.begin(), c.testimony.end(), witnesses.begin(), intercept);
  sum += tiny * std::clamp(std::log2(small_share * c.face_min_px / c.side_px), 0.0f, octaves_max);
  if (c.is_grey) return sum + grey_offset;
  const float seen = std::clamp(c.verifier_log_odds, -verifier_max, verifier_max);
  return sum + (seen > 0 ? like : unlike) * seen;
}

Result<FusionModel> load_fusion_model(const std::filesystem::path& model_folder) {
  const std::filesystem::path file = model_folder / "fusion.json";
  const Bytes bytes = TRY(about(file.string(), read_file(file, limits::model_bytes_max)));
  return about(file.string(), parse_model(bytes));
}

}  // namespace faceveil
