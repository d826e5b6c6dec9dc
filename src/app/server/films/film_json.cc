#include "app/server/films/film_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/server/jobs/job_json.h"
#include "app/server/json_text.h"
#include "app/verification_json.h"
#include "pipeline/sound.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

Json progress_json(const FilmJobProgress& progress) {
  Json json = {{"stage", film_job_stage_name(progress.stage)},
               {"frames_done", progress.frames_done},
               {"percent", tenths(progress.percent())},
               {"frames_per_second", tenths(progress.frames_per_second)}};
  if (progress.frames_total) json["frames_total"] = *progress.frames_total;
  if (progress.eta_s) json["eta_s"] = tenths(*progress.eta_s);
  if (progress.films_before > 0) json["films_before"] = progress.films_before;
  return json;
}

Json links_json(const FilmJobView& job) {
  const std::string address = job_address(job.id);
  Json links = {{"self", address}, {"events", address + "/events"}};
  const auto add = [&](const char* what) { links[what] = address + "/" + what; };
  if (job.result) add("result");
  if (job.plan) add("plan");
  if (job.result || has_ended(job.state)) add("report");
  if (job.plan && job.original_kept) add("frames");
  if (job.plan && job.original_kept) add("original");
  return links;
}

struct TrackCounts {
  size_t hidden = 0, doubtful = 0, by_person = 0, kept = 0;
};

TrackCounts count(const RedactionPlan& plan) {
  TrackCounts counts;
  for (const Track& track : plan.tracks) {
    const bool hides = track.decision == Decision::hide;
    counts.hidden += hides;
    counts.kept += !hides;
    counts.doubtful += track.needs_review;
    counts.by_person += hides && track.origin == Origin::person;
  }
  return counts;
}

void add_counts(Json& json, const RedactionPlan& plan) {
  const TrackCounts counts = count(plan);
  json["tracks"] = counts.hidden;
  json["doubtful"] = counts.doubtful;
  json["by_person"] = counts.by_person;
  json["kept"] = counts.kept;
}

Json tracks_json(const RedactionPlan& plan) {
  Json tracks = Json::array();
  for (const Track& track : plan.tracks) {
    tracks.push_back({{"track", track.id},
                      {"origin", track.origin == Origin::person ? "person" : "detector"},
                      {"decision", track.decision == Decision::keep ? "keep" : "hide"},
                      {"effect", effect_name(track.effect)},
                      {"from_us", track.keyframes.front().time.microseconds},
                      {"to_us", track.keyframes.back().time.microseconds}});
  }
  return tracks;
}

Json film_json(const FilmFacts& facts, Language language) {
  return {{"width", facts.size.width},
          {"height", facts.size.height},
          {"frames", facts.frames},
          {"frames_hidden_in", facts.frames_hidden_in},
          {"frames_copied", facts.frames_copied},
          {"sound_kept", facts.sound_kept},
          {"voice", voice_mode_name(facts.voice)},
          {"voice_claim", translate(language, voice_claim(facts.voice))},
          {"stretches_silenced", facts.stretches_silenced},
          {"dropped", facts.dropped}};
}

Json notes_of_film(const FilmFacts& facts, Language language) {
  Json notes = Json::array();
  for (const std::string& note : facts.notes) notes.push_back(translate(language, note));
  return notes;
}

std::string_view what_was_done(const FilmJobView& job) {
  if (job.result) return job.result->facts.track_count > 0 ? "hidden" : "cleaned";
  return job.state == FilmJobState::failed ? "failed" : "unfinished";
}

}  // namespace

std::string format_film_progress(const FilmJobProgress& progress) {
  return dump(progress_json(progress));
}

std::string format_film_job(const FilmJobView& job, Language language) {
  Json json = {{"id", job.id},
               {"kind", "film"},
               {"name", job.name},
               {"state", film_job_state_name(job.state)},
               {"review", job.review},
               {"created", format_time(job.created)},
               {"original_kept", job.original_kept},
               {"revision", job.revision}};
  if (job.expires) json["expires"] = format_time(*job.expires);
  json["progress"] = progress_json(job.progress);
  if (job.error) json["error"] = job.error->message(language);
  if (job.plan) {
    json["width"] = job.plan->source.size.width;
    json["height"] = job.plan->source.size.height;
    json["frames"] = job.frames;
    json["last_us"] = job.last.microseconds;
    add_counts(json, *job.plan);
  }
  if (job.result) {
    json["result_name"] = job.result_name;
    json["result_bytes"] = job.result->file->size();
    json["result_revision"] = job.result->revision;
    json["findings"] = job.result->verification.findings.size();
    json["frames_copied"] = job.result->facts.frames_copied;
    json["notes"] = notes_of_film(job.result->facts, language);
  }
  json["links"] = links_json(job);
  return dump(json);
}

std::string format_film_report(const FilmJobView& job, Language language) {
  Json json = {{"input", job.name}, {"status", what_was_done(job)}};
  if (job.error) json["error"] = job.error->message(language);
  if (!job.result) return dump(json);
  const FilmResult& result = *job.result;
  json["output"] = job.result_name;
  json["film"] = film_json(result.facts, language);
  add_counts(json, *result.plan);
  json["input_sha256"] = result.plan->source.sha256;
  json["output_sha256"] = result.sha256;
  json["detector"] = result.plan->detector;
  json["notes"] = notes_of_film(result.facts, language);
  json["regions"] = tracks_json(*result.plan);
  json["verify"] = verification_json(result.verification, language);
  return dump(json);
}

std::string format_followed(const Followed& followed) {
  Json keyframes = Json::array();
  for (const Keyframe& keyframe : followed.keyframes) {
    const Rect& box = keyframe.box;
    keyframes.push_back(
        {{"time_us", keyframe.time.microseconds},
         {"box", {{"x", box.x}, {"y", box.y}, {"width", box.width}, {"height", box.height}}},
         {"score", keyframe.score}});
  }
  return dump({{"keyframes", std::move(keyframes)},
               {"lost_before", followed.lost_before},
               {"lost_behind", followed.lost_behind}});
}

}  // namespace faceveil
