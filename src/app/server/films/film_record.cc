#include "app/server/films/film_record.h"

#include <nlohmann/json.hpp>

#include "app/server/jobs/job_json.h"
#include "app/server/json_text.h"
#include "app/verification_json.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

int64_t unix_seconds(WallClock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

Json facts_json(const FilmJobView& job) {
  const FilmResult& result = *job.result;
  const FilmFacts& facts = result.facts;
  return {{"frames", job.frames},
          {"last_us", job.last.microseconds},
          {"revision", result.revision},
          {"sha256", result.sha256},
          {"width", facts.size.width},
          {"height", facts.size.height},
          {"frames_written", facts.frames},
          {"frames_hidden_in", facts.frames_hidden_in},
          {"frames_copied", facts.frames_copied},
          {"tracks", facts.track_count},
          {"sound_kept", facts.sound_kept},
          {"voice", voice_mode_name(facts.voice)},
          {"silenced", facts.stretches_silenced},
          {"dropped", facts.dropped},
          {"notes", facts.notes},
          {"verify", stored_verification(result.verification)}};
}

// The member where it is there and of the wanted kind.
template <typename T>
T member(const Json& json, const char* name, T otherwise) {
  if (!json.contains(name)) return otherwise;
  const Json& value = json[name];
  const bool fits = std::is_same_v<T, std::string> ? value.is_string()
                    : std::is_same_v<T, bool>      ? value.is_boolean()
                                                   : value.is_number_integer();
  return fits ? value.get<T>() : otherwise;
}

std::vector<std::string> texts(const Json& json, const char* name) {
  std::vector<std::string> list;
  if (!json.contains(name) || !json[name].is_array()) return list;
  for (const Json& each : json[name]) {
    if (each.is_string()) list.push_back(each.get<std::string>());
  }
  return list;
}

FilmFacts facts_in(const Json& json) {
  FilmFacts facts;
  facts.size = {member<int>(json, "width", 0), member<int>(json, "height", 0)};
  facts.frames = member<int64_t>(json, "frames_written", 0);
  facts.frames_hidden_in = member<int64_t>(json, "frames_hidden_in", 0);
  facts.frames_copied = member<int64_t>(json, "frames_copied", 0);
  facts.track_count = member<size_t>(json, "tracks", 0);
  facts.sound_kept = member<bool>(json, "sound_kept", false);
  facts.voice = parse_voice_mode(member<std::string>(json, "voice", "")).value_or(VoiceMode::keep);
  facts.stretches_silenced = member<size_t>(json, "silenced", 0);
  facts.dropped = texts(json, "dropped");
  facts.notes = texts(json, "notes");
  return facts;
}

std::optional<FilmResult> result_in(const StoredFilm& stored, const Json& json) {
  auto plan = parse_plan(stored.plan);
  if (stored.revision == 0 || !json.is_object() || !plan) return std::nullopt;
  FilmResult result;
  result.number = stored.revision;
  result.revision = member<int>(json, "revision", 1);
  result.sha256 = member<std::string>(json, "sha256", "");
  result.facts = facts_in(json);
  if (json.contains("verify")) result.verification = parse_verification(json["verify"]);
  plan->source_name = stored.name;
  result.plan = std::make_shared<const RedactionPlan>(std::move(*plan));
  return result;
}

}  // namespace

StoredFilm to_record(const FilmJobView& job) {
  StoredFilm stored;
  stored.id = job.id;
  stored.name = job.name;
  stored.review = job.review;
  stored.created_s = unix_seconds(job.created);
  if (has_ended(job.state)) stored.finished_s = unix_seconds(WallClock::now());
  stored.state = film_job_state_name(job.state);
  if (job.error) stored.error = format_error(*job.error);
  if (!job.result) return stored;
  stored.revision = job.result->number;
  stored.plan = format_plan(*job.result->plan);
  stored.facts = dump(facts_json(job));
  return stored;
}

FilmJobView from_record(const StoredFilm& stored) {
  const Json json = Json::parse(stored.facts, nullptr, /*allow_exceptions=*/false);
  FilmJobView job;
  job.id = stored.id;
  job.name = stored.name;
  job.review = stored.review;
  job.created = WallClock::time_point(std::chrono::seconds(stored.created_s));
  job.error = parse_error(stored.error);
  job.progress.stage = FilmJobStage::finished;
  job.result = result_in(stored, json);
  const FilmJobState state = parse_film_job_state(stored.state);
  job.state = has_ended(state) ? state
              : job.result     ? FilmJobState::done
                               : FilmJobState::interrupted;
  if (!job.result) return job;
  job.plan = job.result->plan;
  job.revision = job.result->revision;
  job.frames = member<int64_t>(json, "frames", 0);
  job.last = {member<int64_t>(json, "last_us", 0)};
  return job;
}

}  // namespace faceveil
