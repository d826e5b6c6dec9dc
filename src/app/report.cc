#include "app/report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/version.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

std::string film_line(const HiddenVideo& film) {
  std::string line = tr("{0} faces hidden in {1} of {2} pictures",
                        {std::to_string(film.track_count), std::to_string(film.frames_hidden_in),
                         std::to_string(film.frames)});
  if (film.frames_covered > 0) {
    line += "; " + tr("{0} damaged pictures covered whole", {std::to_string(film.frames_covered)});
  }
  if (!film.dropped.empty()) line += "; " + tr("not kept: {0}", {list_of(film.dropped)});
  return line;
}

std::string what_was_done(const HideReport& report) {
  if (report.video) return film_line(*report.video);
  if (report.hidden_count == 1) return tr("1 face hidden");
  if (report.hidden_count > 1) {
    return tr("{0} faces hidden", {std::to_string(report.hidden_count)});
  }
  if (report.unchanged) return tr("no face found; the picture is unchanged, its metadata cleaned");
  return tr("no face found; encoded again to drop the metadata");
}

Json region_json(const Region& region) {
  return {{"track", region.track_id},
          {"effect", effect_name(region.effect)},
          {"shape", shape_name(region.shape)},
          {"box", {region.box.x, region.box.y, region.box.right(), region.box.bottom()}}};
}

Json film_json(const HiddenVideo& film) {
  return {{"width", film.size.width},
          {"height", film.size.height},
          {"frames", film.frames},
          {"frames_hidden_in", film.frames_hidden_in},
          {"frames_covered", film.frames_covered},
          {"sound_kept", film.sound_kept},
          {"dropped", film.dropped}};
}

Json report_json(const HideReport& report) {
  Json json = {{"input", report.job.input.string()}};
  if (report.error) {
    json["status"] = "failed";
    json["error"] = report.error->message();
    return json;
  }
  json["output"] = report.job.output.string();
  json["status"] = report.hidden_count > 0 ? "hidden" : report.unchanged ? "unchanged" : "cleaned";
  json["faces"] = report.hidden_count;
  if (report.video) json["film"] = film_json(*report.video);
  if (!report.video) json["format"] = format_name(report.format);
  json["input_sha256"] = report.plan.source.sha256;
  json["output_sha256"] = report.output_sha256;
  json["detector"] = report.plan.detector;
  json["notes"] = Json::array();
  for (const std::string_view note : report.notes) json["notes"].push_back(tr(note));
  json["regions"] = Json::array();
  for (const Region& region : regions_at(report.plan, MediaTime{0})) {
    json["regions"].push_back(region_json(region));
  }
  json["ms"] = std::round(report.seconds * 10'000) / 10;
  return json;
}

}  // namespace

std::string report_line(const HideReport& report) {
  if (report.error) return report.error->message();
  std::string line = report.job.input.string() + " -> " + report.job.output.string() + ": " +
                     what_was_done(report);
  for (const std::string_view note : report.notes) line += ". " + tr(note);
  return line;
}

std::string format_report(std::span<const HideReport> reports) {
  Json results = Json::array();
  size_t failed = 0, faces = 0;
  for (const HideReport& report : reports) {
    results.push_back(report_json(report));
    failed += report.error.has_value();
    faces += report.hidden_count;
  }
  const Json json = {{"program", "faceveil"},    {"version", program_version},
                     {"inputs", reports.size()}, {"failed", failed},
                     {"faces", faces},           {"results", results}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace faceveil
