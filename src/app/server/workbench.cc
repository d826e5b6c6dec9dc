#include "app/server/workbench.h"

#include <chrono>

#include "media/animation.h"

namespace faceveil {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

BeforeStep before_each(const Client& client) {
  return [&client](WorkStep step) -> Status {
    if (client.gone && client.gone()) return stopped();
    if (client.on_step) client.on_step(step);
    return {};
  };
}

Result<std::optional<CoverPicture>> cover_of(const Sitter& sitter) {
  return decode_uploaded_cover(sitter.cover, sitter.cover_name);
}

ApplyOptions with_cover(ApplyOptions options, const std::optional<CoverPicture>& cover) {
  options.cover = cover ? &*cover : nullptr;
  return options;
}

bool can_move(StillFormat format) {
  return format == StillFormat::gif || format == StillFormat::webp;
}

// One picture in place of all must have been asked for, by a format that cannot move. An animated
// PNG is never handled as one: there is no other way for it.
Status refuse_animation(const Sitter& sitter, const WorkOptions& options) {
  const std::optional<StillFormat> brought = sniff_still(sitter.bytes);
  const std::optional<StillFormat> wanted = options.apply.format ? options.apply.format : brought;
  if (!brought || !can_move(*brought) || !can_move(*wanted)) return {};
  if (!is_animation(sitter.bytes)) return {};
  return fail(
      Error::Kind::unsupported,
      "This is an animation, and one picture of it is not all of it: send it as a film, the "
      "whole body of POST /api/v1/jobs, or ask for a format that does not move.");
}

// `again` is borrowed.
SecondLook second_look(const WorkOptions& options, const Client& client,
                       const std::optional<Detector>& again) {
  SecondLook look;
  look.before = before_each(client);
  look.detector = again ? &*again : nullptr;
  if (options.exact) look.further_rounds_max = 0;
  return look;
}

}  // namespace

Client client_of(const HttpRequest& request) {
  static constexpr auto moment = std::chrono::milliseconds(100);
  Client client;
  client.gone = [&request, arrival = Clock::now()] {
    return Clock::now() - arrival > moment && request.client_gone && request.client_gone();
  };
  return client;
}

Workbench::Workbench(std::filesystem::path model_folder, int working_max, int waiting_max)
    : detectors_(std::move(model_folder)), gate_(working_max, waiting_max) {}

Status Workbench::warm_up() {
  TRY(first_look({}, {}));
  return {};
}

Result<WorkGate::Turn> Workbench::take_turn(const Client& client) {
  return client.patient ? gate_.enter_patiently(client.gone) : gate_.enter(client.gone);
}

Result<Detector> Workbench::first_look(const WorkOptions& options, const Client& client) {
  const Detector* shared = TRY(detectors_.get(matching(options.detector, options.search)));
  return shared->stoppable(client.gone);
}

Result<std::optional<Detector>> Workbench::detector_again(const WorkOptions& options,
                                                          const Client& client) {
  if (!options.look_again) return std::optional<Detector>();
  const Search first = matching(options.detector, options.search).search;
  const Search search = options.second_look.value_or(harder_search(first));
  const Detector* shared = TRY(detectors_.get(matching({}, search)));
  return std::optional(shared->stoppable(client.gone));
}

Result<Checked> Workbench::hide(const Sitter& sitter, WorkOptions options, const Client& client,
                                WorkTime& time) {
  TRY(refuse_animation(sitter, options));
  const auto arrival = Clock::now();
  const WorkGate::Turn turn = TRY(take_turn(client));
  time.wait_ms = ms_since(arrival);
  const auto start = Clock::now();
  const Detector detector = TRY(first_look(options, client));
  const std::optional<Detector> again = TRY(detector_again(options, client));
  const auto cover = TRY(cover_of(sitter));
  if (cover) options.plan.cover = cover->fingerprint;
  Checked checked =
      TRY(hide_and_verify(sitter.bytes, &detector, options.plan, with_cover(options.apply, cover),
                          second_look(options, client, again)));
  time.work_ms = ms_since(start);
  return checked;
}

// A plan that no detector wrote is a person's own choice of what to hide: no faces are looked for.
Result<Checked> Workbench::apply(const RedactionPlan& plan, const Sitter& sitter,
                                 const WorkOptions& options, const Client& client) {
  TRY(refuse_animation(sitter, options));
  const WorkGate::Turn turn = TRY(take_turn(client));
  const std::optional<Detector> again = TRY(detector_again(options, client));
  SecondLook look = second_look(options, client, again);
  if (plan.detector.empty()) look.detector = nullptr;
  const auto cover = TRY(cover_of(sitter));
  return apply_and_verify(plan, sitter.bytes, options_for_found(plan),
                          with_cover(options.apply, cover), look);
}

Result<Applied> Workbench::preview(const RedactionPlan& plan, const Sitter& sitter,
                                   const WorkOptions& options, const Client& client) {
  const WorkGate::Turn turn = TRY(take_turn(client));
  TRY(begin_step(before_each(client), WorkStep::hiding));
  const auto cover = TRY(cover_of(sitter));
  return apply_plan(plan, sitter.bytes, with_cover(options.apply, cover));
}

Result<RedactionPlan> Workbench::plan(const Sitter& sitter, WorkOptions options,
                                      const Client& client) {
  TRY(refuse_animation(sitter, options));
  const WorkGate::Turn turn = TRY(take_turn(client));
  TRY(begin_step(before_each(client), WorkStep::looking));
  const Detector detector = TRY(first_look(options, client));
  const auto cover = TRY(cover_of(sitter));
  if (cover) options.plan.cover = cover->fingerprint;
  return make_plan(sitter.bytes, &detector, options.plan);
}

Result<Detection> Workbench::detect(const Sitter& sitter, const WorkOptions& options,
                                    const Client& client, WorkTime& time) {
  TRY(refuse_animation(sitter, options));
  const auto arrival = Clock::now();
  const WorkGate::Turn turn = TRY(take_turn(client));
  time.wait_ms = ms_since(arrival);
  TRY(begin_step(before_each(client), WorkStep::looking));
  const auto start = Clock::now();
  const Detector detector = TRY(first_look(options, client));
  Detection detection = TRY(detect_faces(sitter.bytes, detector, options.plan.score_min));
  time.work_ms = ms_since(start);
  return detection;
}

Result<HiddenSound> Workbench::hide_sound(BytesView sound, const VoiceChange& change,
                                          const Client& client) {
  const WorkGate::Turn turn = TRY(take_turn(client));
  return faceveil::hide_sound(sound, change, system_draws(), client.gone);
}

Result<RedactionPlan> Workbench::plan_film(const std::filesystem::path& film,
                                           const WorkOptions& options, const VideoOptions& video) {
  const WorkGate::Turn turn = TRY(gate_.enter_patiently(video.stop_requested));
  Client client;
  client.gone = video.stop_requested;
  const Detector detector = TRY(first_look(options, client));
  return make_video_plan(film, &detector, options.plan, video);
}

Result<std::optional<Detector>> Workbench::film_detector_again(const WorkOptions& options,
                                                               const Client& client) {
  WorkOptions again = options;
  const Search first = matching(options.detector, options.search).search;
  if (!again.second_look) again.second_look = first == Search::quick ? Search::balanced : first;
  return detector_again(again, client);
}

Result<HiddenFilm> Workbench::hide_film(const RedactionPlan& plan,
                                        const std::filesystem::path& film,
                                        const std::filesystem::path& output,
                                        const WorkOptions& options, const VideoOptions& video) {
  const WorkGate::Turn turn = TRY(gate_.enter_patiently(video.stop_requested));
  Client client;
  client.gone = video.stop_requested;
  const std::optional<Detector> again = TRY(film_detector_again(options, client));
  FilmLook look;
  look.detector = again && !plan.detector.empty() ? &*again : nullptr;
  look.every_picture = options.second_look.has_value();
  if (options.exact) look.further_rounds_max = 0;
  CheckedFilm checked = TRY(hide_film_and_verify(
      plan, film, output, Overwrite::refuse, options_for_found(plan), options.apply, video, look));
  TRY(checked.film.file.finish());
  return HiddenFilm{std::move(checked.plan), std::move(checked.film.hidden),
                    as_verification(checked.verification, look.detector), checked.tracks_added};
}

}  // namespace faceveil
