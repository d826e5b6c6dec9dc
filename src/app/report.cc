#include "app/report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/verification_json.h"
#include "app/version.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

std::string what_was_done(const HideReport& report) {
  if (report.hidden_count == 1) return tr("1 face hidden");
  if (report.hidden_count > 1) {
    return tr("{0} faces hidden", {std::to_string(report.hidden_count)});
  }
  if (report.unchanged) return tr("no face found; the picture is unchanged, its metadata cleaned");
  return tr("no face found; encoded again to drop the metadata");
}

Json claim_json(const ResidualClaim& claim) {
  return {{"remains", claim_name(claim.kind)}, {"n_eq", claim.n_eq}};
}

Json region_json(const Region& region, PixelFormat painted_in) {
  return {{"track", region.track_id},
          {"effect", effect_name(region.effect)},
          {"shape", shape_name(region.shape)},
          {"box", {region.box.x, region.box.y, region.box.right(), region.box.bottom()}},
          {"claim", claim_json(residual_claim(region, painted_in))}};
}

Json dropped_json(const std::vector<DroppedMetadata>& dropped) {
  Json json = Json::array();
  for (const DroppedMetadata& one : dropped) {
    json.push_back({{"kind", kind_name(one.kind)}, {"count", one.count}});
  }
  return json;
}

Json report_json(const HideReport& report) {
  Json json = {{"input", report.job.input.string()}};
  if (report.error) {
    json["status"] = status_name(report);
    json["error"] = report.error->message();
    return json;
  }
  json["output"] = report.job.output.string();
  json["status"] = status_name(report);
  json["faces"] = report.hidden_count;
  json["format"] = format_name(report.format);
  json["input_sha256"] = report.plan.source.sha256;
  json["output_sha256"] = report.output_sha256;
  json["detector"] = report.plan.detector;
  json["notes"] = Json::array();
  for (const std::string_view note : report.notes) json["notes"].push_back(tr(note));
  json["regions"] = Json::array();
  for (const Region& region : regions_at(report.plan, MediaTime{0})) {
    json["regions"].push_back(region_json(region, report.painted_in));
  }
  json["metadata_dropped"] = dropped_json(report.dropped);
  json["verify"] = verification_json(report.verification);
  json["ms"] = std::round(report.seconds * 10'000) / 10;
  return json;
}

Json models_json(std::span<const ModelFile> models) {
  Json json = Json::array();
  for (const ModelFile& model : models) {
    json.push_back({{"file", model.name}, {"sha256", model.sha256}});
  }
  return json;
}

}  // namespace

std::string_view status_name(const HideReport& report) {
  if (report.error) return "failed";
  if (report.withheld) return "withheld";
  if (report.hidden_count > 0) return "hidden";
  return report.unchanged ? "unchanged" : "cleaned";
}

std::string claim_sentence(const ResidualClaim& claim) {
  const std::string n_eq = std::to_string(claim.n_eq);
  switch (claim.kind) {
    case ResidualClaim::Kind::nothing:
      return tr("nothing remains");
    case ResidualClaim::Kind::bounded:
      return tr("at most {0} x {0} values remain", {n_eq});
    case ResidualClaim::Kind::reversible:
      return tr("REVERSIBLE: at least {0} x {0} values remain", {n_eq});
  }
  return {};
}

std::string what_verify_says(const Verification& verification) {
  std::string text;
  if (verification.faces_added > 0) {
    text += ". " + tr("Looking again found and hid {0} more; please look at the result.",
                      {std::to_string(verification.faces_added)});
  }
  if (!verification.clean()) {
    text += ". " + tr("Verify found: {0}", {describe(verification.findings)});
  }
  return text;
}

std::string report_line(const HideReport& report) {
  if (report.error) return report.error->message();
  if (report.withheld) {
    return tr("{0}: nothing was written, because verify found {1}",
              {report.job.input.string(), describe(report.verification.findings)});
  }
  std::string line = report.job.input.string() + " -> " + report.job.output.string() + ": " +
                     what_was_done(report);
  for (const std::string_view note : report.notes) line += ". " + tr(note);
  return line + what_verify_says(report.verification);
}

std::string format_report(std::span<const HideReport> reports, std::span<const ModelFile> models) {
  Json results = Json::array();
  size_t failed = 0, withheld = 0, faces = 0;
  for (const HideReport& report : reports) {
    results.push_back(report_json(report));
    failed += report.error.has_value();
    withheld += report.withheld;
    faces += report.withheld ? 0 : report.hidden_count;
  }
  const Json json = {
      {"program", "faceveil"},    {"version", program_version}, {"models", models_json(models)},
      {"inputs", reports.size()}, {"failed", failed},           {"withheld", withheld},
      {"faces", faces},           {"results", results}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace faceveil
