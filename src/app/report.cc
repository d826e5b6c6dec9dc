#include "app/report.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/verification_json.h"
#include "app/version.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

std::string mode_done(VoiceMode mode) {
  switch (mode) {
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

std::string voice_done(const VoiceChange& change) {
  if (change.silenced.empty()) return mode_done(change.mode);
  return mode_done(change.mode) + ", " +
         tr("{0} stretches silenced", {std::to_string(change.silenced.size())});
}

std::string sound_done(const SoundResult& sound) {
  std::string text = voice_done(sound.change);
  if (!sound.dropped.empty()) text += ", " + tr("dropped: {0}", {joined(sound.dropped)});
  return text + ". " + tr(voice_claim(sound.change.mode));
}

std::string film_line(const HiddenVideo& film) {
  std::string line = tr("{0} tracks hidden (a person may have several), in {1} of {2} pictures",
                        {std::to_string(film.track_count), std::to_string(film.frames_hidden_in),
                         std::to_string(film.frames)});
  if (film.frames_covered > 0) {
    line += "; " + tr("{0} pictures covered whole, because of damage",
                      {std::to_string(film.frames_covered)});
  }
  if (film.frames_copied > 0) {
    line +=
        "; " + tr("{0} pictures copied as they were coded", {std::to_string(film.frames_copied)});
  }
  if (!film.dropped.empty()) line += "; " + tr("not kept: {0}", {joined(film.dropped)});
  if (film.sound_kept && film.voice.changes_anything()) {
    line += "; " + voice_done(film.voice) + ". " + tr(voice_claim(film.voice.mode));
  }
  return line;
}

// Of a film in which a face is in sight: how much of it is.
std::string film_rate(const HideReport& report) {
  if (!report.film_look || report.film_look->exposures.empty()) return {};
  char rate[32];
  std::snprintf(rate, sizeof rate, "%.1f", report.film_look->exposed_a_thousand());
  return ". " +
         tr("Of a thousand faces in the pictures looked at {0} are in sight, the longest for "
            "{1} pictures in a row.",
            {rate, std::to_string(report.film_look->longest_exposed())});
}

std::string what_was_done(const HideReport& report) {
  if (report.sound) return sound_done(*report.sound);
  if (report.video) return film_line(*report.video);
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

// In numbers; what was found stands under "verify".
Json film_look_json(const VideoVerification& found) {
  return {{"pictures_looked_at", found.pictures_looked_at},
          {"exposed_faces", found.exposed_faces},
          {"exposed_a_thousand", found.exposed_a_thousand()},
          {"longest_exposed_pictures", found.longest_exposed()}};
}

Json film_json(const HiddenVideo& film) {
  return {{"width", film.size.width},
          {"height", film.size.height},
          {"frames", film.frames},
          {"tracks", film.track_count},
          {"frames_hidden_in", film.frames_hidden_in},
          {"frames_copied", film.frames_copied},
          {"frames_covered", film.frames_covered},
          {"sound_kept", film.sound_kept},
          {"voice", voice_mode_name(film.voice.mode)},
          {"silenced", film.voice.silenced.size()},
          {"dropped", film.dropped}};
}

Json report_json(const HideReport& report) {
  Json json = {{"input", report.job.input.string()}};
  if (report.error) {
    json["status"] = status_name(report);
    json["error"] = report.error->message();
    return json;
  }
  if (report.sound) return sound_json(report);
  json["output"] = report.job.output.string();
  json["status"] = status_name(report);
  if (report.video) json["film"] = film_json(*report.video);
  if (report.film_look) json["film"]["looked_again"] = film_look_json(*report.film_look);
  if (!report.video) json["faces"] = report.hidden_count;
  if (!report.video) json["format"] = format_name(report.format);
  json["input_sha256"] = report.plan.source.sha256;
  json["output_sha256"] = report.output_sha256;
  json["detector"] = report.plan.detector;
  json["notes"] = Json::array();
  for (const std::string_view note : report.notes) json["notes"].push_back(tr(note));
  if (report.video) {
    json["verify"] = verification_json(report.verification);
    json["ms"] = std::round(report.seconds * 10'000) / 10;
    return json;
  }
  json["regions"] = Json::array();
  for (const Region& region : regions_at(report.plan, MediaTime{0})) {
    json["regions"].push_back(region_json(region, report.painted_in));
  }
  json["metadata_dropped"] = dropped_json(report.dropped);
  json["verify"] = verification_json(report.verification);
  json["ms"] = std::round(report.seconds * 10'000) / 10;
  return json;
}

Json models_json(std::span<const InstalledModel> models) {
  Json json = Json::array();
  for (const InstalledModel& model : models) {
    json.push_back({{"file", model.file.filename().string()}, {"sha256", model.sha256}});
  }
  return json;
}

}  // namespace

std::string_view status_name(const HideReport& report) {
  if (report.error) return "failed";
  if (report.withheld) return "withheld";
  if (report.hidden_count > 0 || (report.video && report.video->track_count > 0)) return "hidden";
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
              {report.job.input.string(), describe(report.verification.findings)}) +
           film_rate(report);
  }
  std::string line = report.job.input.string() + " -> " + report.job.output.string() + ": " +
                     what_was_done(report);
  for (const std::string_view note : report.notes) line += ". " + tr(note);
  return line + what_verify_says(report.verification) + film_rate(report);
}

std::string format_report(std::span<const HideReport> reports,
                          std::span<const InstalledModel> models) {
  Json results = Json::array();
  size_t failed = 0, withheld = 0, faces = 0, tracks = 0;
  for (const HideReport& report : reports) {
    results.push_back(report_json(report));
    failed += report.error.has_value();
    withheld += report.withheld;
    faces += report.withheld ? 0 : report.hidden_count;
    tracks += report.video ? report.video->track_count : 0;
  }
  const Json json = {
      {"program", "faceveil"},    {"version", program_version}, {"models", models_json(models)},
      {"inputs", reports.size()}, {"failed", failed},           {"withheld", withheld},
      {"faces", faces},           {"film_tracks", tracks},      {"results", results}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace faceveil
