#include "pipeline/job.h"

#include <chrono>
#include <map>
#include <mutex>

#include "base/limits.h"
#include "base/sha256.h"
#include "base/thread_pool.h"
#include "pipeline/preview.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

std::string name_of(const std::filesystem::path& path) {
  return path == "-" ? tr("standard input") : path.string();
}

Status make_folder_of(const std::filesystem::path& path) {
  if (path == "-" || !path.has_parent_path()) return {};
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) return fail(Error::Kind::io, "The folder cannot be made ({0}).", {error.message()});
  return {};
}

Result<Checked> hide_checked(const HideJob& job, BytesView input, const HideSettings& settings) {
  if (job.plan) {
    return apply_and_verify(*job.plan, input, settings.plan, settings.apply, settings.second_look);
  }
  Checked checked = TRY(hide_and_verify(input, settings.detector, settings.plan, settings.apply,
                                        settings.second_look));
  checked.hidden.plan.source_name = job.input.string();
  return checked;
}

Result<std::vector<DroppedMetadata>> dropped_from(BytesView input, const MetadataPolicy& policy) {
  std::map<MetadataKind, size_t> counts;
  for (const MetadataFinding& found : TRY(inspect_metadata(input))) {
    counts[found.kind] += fate_of(found, policy) == MetadataFate::dropped;
  }
  std::vector<DroppedMetadata> dropped;
  for (const auto& [kind, count] : counts) {
    if (count > 0) dropped.push_back({kind, count});
  }
  return dropped;
}

// All that the report says of the output.
Status describe_output(BytesView input, const Checked& checked, const HideSettings& settings,
                       HideReport& report) {
  const Applied& applied = checked.hidden.applied;
  report.verification = checked.verification;
  report.withheld = !checked.verification.clean() && !settings.accept_findings;
  report.hidden_count = applied.hidden_count;
  report.unchanged = applied.unchanged;
  report.notes = applied.notes;
  report.format = applied.format;
  report.painted_in = applied.painted_in;
  if (settings.certify) {
    report.output_sha256 = sha256_hex(applied.bytes);
    report.dropped = TRY(dropped_from(input, settings.apply.metadata));
  }
  // A face that stayed in sight must not spread further by way of a report.
  if (settings.preview_px > 0 && !report.withheld && !checked.verification.found(CheckId::faces)) {
    report.preview = TRY(preview_of(applied.bytes, settings.preview_px));
  }
  return {};
}

// The voices of a sound file. Nobody is to think a voice hidden that is not: the person must say.
Result<HiddenSound> hide_sound_file(const HideJob& job, const HideSettings& settings,
                                    BytesView input, const StopRequested& stop_requested) {
  if (!settings.voice) {
    return fail(
        Error::Kind::bad_input,
        "This is a sound file: say what is to happen to its voices with --voice keep, mute, "
        "disguise or robot.");
  }
  if (!job.plan_out.empty()) {
    return fail(Error::Kind::bad_input, "A sound file has no plan: there is no picture in it.");
  }
  return hide_sound(input, *settings.voice, system_draws(), stop_requested);
}

Status run_sound_steps(const HideJob& job, const HideSettings& settings, BytesView input,
                       const StopRequested& stop_requested, HideReport& report) {
  HiddenSound hidden =
      TRY(about(name_of(job.input), hide_sound_file(job, settings, input, stop_requested)));
  TRY(about(job.output.string(), make_folder_of(job.output)));
  TRY(about(job.output.string(), write_file(job.output, hidden.bytes, job.overwrite)));
  report.sound = SoundResult{*settings.voice, hidden.format, std::move(hidden.dropped)};
  report.output_sha256 = sha256_hex(hidden.bytes);
  return {};
}

Status write_plan(const HideJob& job, const RedactionPlan& plan) {
  if (job.plan_out.empty()) return {};
  return about(job.plan_out.string(),
               write_file(job.plan_out, as_bytes(format_plan(plan)), job.overwrite));
}

// The plan first: a picture without its plan is worth less than a plan without its picture, and the
// picture is what says that the job is done.
Status write_results(const HideJob& job, const Hidden& hidden) {
  TRY(about(job.output.string(), make_folder_of(job.output)));
  TRY(write_plan(job, hidden.plan));
  const Status written = write_file(job.output, hidden.applied.bytes, job.overwrite);
  if (!written && !job.plan_out.empty()) std::filesystem::remove(job.plan_out);
  return about(job.output.string(), written);
}

Result<RedactionPlan> film_plan(const HideJob& job, const HideSettings& settings,
                                const VideoOptions& video) {
  if (job.plan) return *job.plan;
  return make_video_plan(job.input, settings.detector, settings.plan, video);
}

void describe_film(CheckedFilm checked, const HideSettings& settings, HideReport& report) {
  report.verification = as_verification(checked.verification, settings.film_look.detector);
  report.verification.faces_added = checked.tracks_added;
  report.withheld = !report.verification.clean() && !settings.accept_findings;
  report.film_look = std::move(checked.verification);
  report.video = std::move(checked.film.hidden);
  report.notes = report.video->notes;
  report.plan = std::move(checked.plan);
}

// As write_results.
Status name_film(const HideJob& job, const RedactionPlan& plan, OutputFile& file) {
  TRY(write_plan(job, plan));
  const Status named = file.finish();
  if (!named && !job.plan_out.empty()) std::filesystem::remove(job.plan_out);
  return about(job.output.string(), named);
}

Status run_film(const HideJob& job, const HideSettings& settings,
                const StopRequested& stop_requested, HideReport& report) {
  VideoOptions video = settings.video;
  video.stop_requested = stop_requested;
  RedactionPlan plan = TRY(film_plan(job, settings, video));
  plan.source_name = job.input.string();
  if (settings.voice) plan.voice = *settings.voice;
  TRY(about(job.output.string(), make_folder_of(job.output)));
  CheckedFilm checked =
      TRY(hide_film_and_verify(std::move(plan), job.input, job.output, job.overwrite, settings.plan,
                               settings.apply, video, settings.film_look));
  OutputFile file = std::move(checked.film.file);
  report.output_sha256 = TRY(sha256_of_file(file.unnamed_path()));
  describe_film(std::move(checked), settings, report);
  return report.withheld ? Status() : name_film(job, report.plan, file);
}

Status run_steps(const HideJob& job, const HideSettings& settings,
                 const StopRequested& stop_requested, HideReport& report) {
  TRY(stop_if(stop_requested));
  if (is_film_work(job.input, job.output)) return run_film(job, settings, stop_requested, report);
  const Bytes input = TRY(read_file(job.input, limits::input_bytes_max));
  if (sniff_audio(input)) return run_sound_steps(job, settings, input, stop_requested, report);
  Checked checked = TRY(hide_checked(job, input, settings));
  TRY(stop_if(stop_requested));
  TRY(describe_output(input, checked, settings, report));
  if (!report.withheld) TRY(write_results(job, checked.hidden));
  report.plan = std::move(checked.hidden.plan);
  return {};
}

}  // namespace

HideReport run_hide_job(const HideJob& job, const HideSettings& settings,
                        const StopRequested& stop_requested) {
  const auto start = std::chrono::steady_clock::now();
  HideReport report;
  report.job = job;
  const Status status = about(name_of(job.input), run_steps(job, settings, stop_requested, report));
  if (!status) {
    report = {};
    report.job = job;
    report.error = status.error();
  }
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

std::vector<HideReport> run_hide_jobs(std::span<const HideJob> jobs, const HideSettings& settings,
                                      const OnJobDone& on_job_done,
                                      const StopRequested& stop_requested) {
  std::vector<HideReport> reports(jobs.size());
  std::mutex mutex;
  size_t done_count = 0;
  parallel_for(jobs.size(), settings.thread_count, [&](size_t i) {
    reports[i] = run_hide_job(jobs[i], settings, stop_requested);
    const std::lock_guard lock(mutex);
    if (on_job_done) on_job_done(reports[i], ++done_count);
  });
  return reports;
}

}  // namespace faceveil
