#include "app/report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/version.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

std::string voice_done(const SoundResult& sound) {
  switch (sound.change.mode) {
    case VoiceMode::keep:
      return tr("voices kept");
    case VoiceMode::mute:
      return tr("sound muted");
    case VoiceMode::disguise:
      return tr("voices disguised");
    case VoiceMode::robot:
      return tr("voices turned into a robot's");
  }
  return {};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string sound_done(const SoundResult& sound) {
  std::string text = voice_done(sound);
  if (!sound.change.silenced.empty()) {
    text += ", " + tr("{0} stretches silenced", {std::to_string(sound.change.silenced.size())});
  }
  if (!sound.dropped.empty()) text += ", " + tr("dropped: {0}", {joined(sound.dropped)});
  return text + ". " + tr(voice_claim(sound.change.mode));
}

std::string what_was_done(const HideReport& report) {
  if (report.sound) return sound_done(*report.sound);
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

Json sound_json(const HideReport& report) {
  const SoundResult& sound = *report.sound;
  return {{"input", report.job.input.string()},
          {"output", report.job.output.string()},
          {"status", sound.change.changes_anything() ? "hidden" : "cleaned"},
          {"format", audio_format_name(sound.format)},
          {"output_sha256", report.output_sha256},
          {"voice", voice_mode_name(sound.change.mode)},
          {"silenced", sound.change.silenced.size()},
          {"dropped", sound.dropped},
          {"notes", {tr(voice_claim(sound.change.mode))}},
          {"ms", std::round(report.seconds * 10'000) / 10}};
}

Json report_json(const HideReport& report) {
  Json json = {{"input", report.job.input.string()}};
  if (report.error) {
    json["status"] = "failed";
    json["error"] = report.error->message();
    return json;
  }
  if (report.sound) return sound_json(report);
  json["output"] = report.job.output.string();
  json["status"] = report.hidden_count > 0 ? "hidden" : report.unchanged ? "unchanged" : "cleaned";
  json["faces"] = report.hidden_count;
  json["format"] = format_name(report.format);
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
