#include "app/server/jobs/job_json.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "app/server/attachment.h"
#include "app/server/json_text.h"
#include "app/verification_json.h"
#include "app/version.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

Json progress_json(const JobProgress& progress) {
  Json json = {{"total", progress.total},
               {"done", progress.done},
               {"failed", progress.failed},
               {"withheld", progress.withheld},
               {"percent", tenths(progress.percent)},
               {"files_per_second", std::round(progress.files_per_second * 100) / 100}};
  if (progress.eta_s) json["eta_s"] = tenths(*progress.eta_s);
  return json;
}

Json links_json(const std::string& address, const FileView& file) {
  Json links = {{"self", address}};
  const auto add = [&](const char* what) { links[what] = address + "/" + what; };
  if (has_result(file)) add("result");
  if (was_hidden(file.state)) add("plan");
  if (was_hidden(file.state)) add("report");
  if (is_hidden(file.state)) add("preview");
  if (file.state == FileState::review) links["original"] = address + "/original";
  return links;
}

Json notes_json(const FileFacts& facts, Language language) {
  Json notes = Json::array();
  for (const std::string& note : facts.notes) notes.push_back(translate(language, note));
  return notes;
}

Json file_json(const std::string& job_id, const FileView& file, Language language) {
  Json json = {{"id", std::to_string(file.number)},
               {"name", file.name},
               {"state", file_state_name(file.state)},
               {"stage", file_stage_name(file.stage)}};
  if (file.error) json["error"] = file.error->message(language);
  if (was_hidden(file.state)) {
    const FileFacts& facts = file.facts;
    json["notes"] = notes_json(facts, language);
    json["checks"] = verification_json(facts.verification, language)["checks"];
    json["withheld"] = facts.withheld;
    json["added"] = facts.verification.faces_added;
    json["findings"] = verification_json(facts.verification, language)["findings"];
    json["faces"] = facts.hidden_count;
    json["doubtful"] = facts.doubtful_count;
    json["width"] = facts.size.width;
    json["height"] = facts.size.height;
    json["format"] = format_name(facts.format);
    json["result_name"] = result_name(file);
    json["result_bytes"] = facts.result_bytes;
    json["unchanged"] = facts.unchanged;
  }
  json["original_kept"] = file.original_kept;
  json["revision"] = file.revision;
  json["links"] = links_json(file_address(job_id, file.number), file);
  return json;
}

Json regions_json(const RedactionPlan& plan) {
  Json regions = Json::array();
  for (const Region& region : regions_at(plan, MediaTime{0})) {
    const auto track = std::ranges::find(plan.tracks, region.track_id, &Track::id);
    const Rect& box = region.box;
    regions.push_back({{"track", region.track_id},
                       {"origin", track->origin == Origin::person ? "person" : "detector"},
                       {"effect", effect_name(region.effect)},
                       {"shape", shape_name(region.shape)},
                       {"box", {box.x, box.y, box.right(), box.bottom()}}});
  }
  return regions;
}

Json metadata_json(const std::vector<MetadataFact>& found, Language language) {
  Json list = Json::array();
  for (const MetadataFact& fact : found) {
    list.push_back({{"kind", kind_name(fact.kind)},
                    {"description", translate(language, kind_description(fact.kind))},
                    {"bytes", fact.bytes}});
  }
  return list;
}

std::string_view what_was_done(const FileFacts& facts) {
  if (facts.withheld) return "withheld";
  return facts.hidden_count > 0 ? "hidden" : facts.unchanged ? "unchanged" : "cleaned";
}

Json file_report_json(const FileView& file, Language language) {
  Json json = {{"input", file.name}};
  if (!was_hidden(file.state)) {
    json["status"] = file.state == FileState::failed ? "failed" : "unfinished";
    if (file.error) json["error"] = file.error->message(language);
    return json;
  }
  const FileFacts& facts = file.facts;
  json["status"] = what_was_done(facts);
  json["output"] = result_name(file);
  json["faces"] = facts.hidden_count;
  json["by_person"] = facts.by_person_count;
  json["kept"] = facts.kept_count;
  json["format"] = format_name(facts.format);
  json["output_sha256"] = facts.output_sha256;
  json["notes"] = notes_json(facts, language);
  json["verify"] = verification_json(facts.verification, language);
  json["metadata_found"] = metadata_json(facts.metadata_found, language);
  json["ms"] = tenths(facts.ms);
  if (!file.plan) return json;
  json["input_sha256"] = file.plan->source.sha256;
  json["detector"] = file.plan->detector;
  json["regions"] = regions_json(*file.plan);
  return json;
}

MetadataKind kind_of(const std::string& name) {
  for (const MetadataKind kind : all_metadata_kinds()) {
    if (kind_name(kind) == name) return kind;
  }
  return MetadataKind::unknown;
}

}  // namespace

std::string job_address(const std::string& id) { return "/api/v1/jobs/" + id; }

std::string file_address(const std::string& id, int number) {
  return job_address(id) + "/files/" + std::to_string(number);
}

std::string result_name(const FileView& file) {
  return hidden_file_name(file.name, format_extension(file.facts.format));
}

std::string format_job(const JobView& job, Language language) {
  Json json = {{"id", job.id},
               {"state", job_state_name(state_of(job))},
               {"review", job.review},
               {"created", format_time(job.created)}};
  if (job.expires) json["expires"] = format_time(*job.expires);
  json["progress"] = progress_json(job.progress);
  json["files"] = Json::array();
  for (const FileView& file : job.files) {
    if (file.state == FileState::removed) continue;
    json["files"].push_back(file_json(job.id, file, language));
  }
  return dump(json);
}

std::string format_file(const JobView& job, const FileView& file, Language language) {
  return dump(file_json(job.id, file, language));
}

std::string format_progress(const JobProgress& progress) { return dump(progress_json(progress)); }

std::string format_job_report(const JobView& job, Language language) {
  size_t failed = 0, withheld = 0, faces = 0;
  Json results = Json::array();
  for (const FileView& file : job.files) {
    if (file.state == FileState::removed) continue;
    failed += !was_hidden(file.state);
    withheld += was_hidden(file.state) && !has_result(file);
    faces += has_result(file) ? file.facts.hidden_count : 0;
    results.push_back(file_report_json(file, language));
  }
  const Json json = {{"program", "faceveil"}, {"version", program_version},
                     {"job", job.id},         {"inputs", results.size()},
                     {"failed", failed},      {"withheld", withheld},
                     {"faces", faces},        {"results", std::move(results)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string format_file_report(const FileView& file, Language language) {
  return dump(file_report_json(file, language));
}

std::string format_time(WallClock::time_point time) {
  const std::time_t seconds = WallClock::to_time_t(time);
  std::tm parts = {};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string format_facts(const FileFacts& facts) {
  Json metadata = Json::array();
  for (const MetadataFact& fact : facts.metadata_found) {
    metadata.push_back({kind_name(fact.kind), fact.bytes});
  }
  return dump({{"hidden", facts.hidden_count},
               {"doubtful", facts.doubtful_count},
               {"by_person", facts.by_person_count},
               {"kept", facts.kept_count},
               {"width", facts.size.width},
               {"height", facts.size.height},
               {"format", format_name(facts.format)},
               {"unchanged", facts.unchanged},
               {"bytes", facts.result_bytes},
               {"sha256", facts.output_sha256},
               {"notes", facts.notes},
               {"metadata", std::move(metadata)},
               {"verify", stored_verification(facts.verification)},
               {"withheld", facts.withheld},
               {"ms", facts.ms}});
}

namespace {

// The member of that name, where it is there and of the wanted kind.
template <typename T>
T member(const Json& json, const char* name, T otherwise) {
  if (!json.is_object() || !json.contains(name)) return otherwise;
  const Json& value = json[name];
  const bool fits = std::is_same_v<T, std::string> ? value.is_string()
                    : std::is_same_v<T, bool>      ? value.is_boolean()
                                                   : value.is_number();
  return fits ? value.get<T>() : otherwise;
}

std::vector<std::string> texts(const Json& json, const char* name) {
  std::vector<std::string> list;
  if (!json.is_object() || !json.contains(name) || !json[name].is_array()) return list;
  for (const Json& each : json[name]) {
    if (each.is_string()) list.push_back(each.get<std::string>());
  }
  return list;
}

}  // namespace

FileFacts parse_facts(std::string_view text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  FileFacts facts;
  facts.hidden_count = member<size_t>(json, "hidden", 0);
  facts.doubtful_count = member<size_t>(json, "doubtful", 0);
  facts.by_person_count = member<size_t>(json, "by_person", 0);
  facts.kept_count = member<size_t>(json, "kept", 0);
  facts.size = {member<int>(json, "width", 0), member<int>(json, "height", 0)};
  facts.format =
      format_from_name(member<std::string>(json, "format", "")).value_or(StillFormat::jpeg);
  facts.unchanged = member<bool>(json, "unchanged", false);
  facts.result_bytes = member<int64_t>(json, "bytes", 0);
  facts.output_sha256 = member<std::string>(json, "sha256", "");
  facts.notes = texts(json, "notes");
  facts.ms = member<double>(json, "ms", 0);
  facts.withheld = member<bool>(json, "withheld", false);
  if (json.is_object() && json.contains("verify")) {
    facts.verification = parse_verification(json["verify"]);
  }
  if (!json.is_object() || !json.contains("metadata")) return facts;
  for (const Json& each : json["metadata"]) {
    if (!each.is_array() || each.size() != 2 || !each[0].is_string() || !each[1].is_number()) {
      continue;
    }
    facts.metadata_found.push_back({kind_of(each[0].get<std::string>()), each[1].get<int64_t>()});
  }
  return facts;
}

std::string format_error(const Error& error) {
  return dump({{"kind", static_cast<int>(error.kind)},
               {"text", error.text},
               {"args", error.args},
               {"subject", error.subject}});
}

std::optional<Error> parse_error(std::string_view text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  Error error;
  error.kind = static_cast<Error::Kind>(member<int>(json, "kind", 0));
  error.text = member<std::string>(json, "text", "");
  error.args = texts(json, "args");
  error.subject = member<std::string>(json, "subject", "");
  return error;
}

}  // namespace faceveil
