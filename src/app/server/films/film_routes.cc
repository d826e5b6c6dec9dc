#include "app/server/films/film_routes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/server/answers.h"
#include "app/server/attachment.h"
#include "app/server/films/film_events.h"
#include "app/server/films/film_json.h"
#include "app/server/films/film_options.h"
#include "app/server/job_answers.h"
#include "app/server/jobs/corrections.h"
#include "app/server/jobs/job_json.h"
#include "app/server/jobs/webhook.h"
#include "app/server/path_pattern.h"
#include "app/server/problem.h"
#include "media/still.h"
#include "pipeline/follow_track.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

constexpr std::string_view jobs_path = "/api/v1/jobs";
constexpr int face_side_px = 120;  // Of a face in a list, on a screen with small pixels.
constexpr size_t piece_bytes = 256 << 10;

HttpResponse problem_of_lookup(const HttpRequest& request, Lookup lookup) {
  return problem_of_lookup(
      request, lookup,
      fail(Error::Kind::bad_input,
           "The review is closed and the original wiped; send the film again."));
}

Result<Bytes> jpeg_of(Image image) {
  Still still;
  still.image = std::move(image);
  return encode_still(still, StillFormat::jpeg);
}

std::string media_type(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return type;
}

std::string film_mime_type(const std::string& name) {
  if (name.ends_with(".webm")) return "video/webm";
  if (name.ends_with(".mkv")) return "video/x-matroska";
  if (name.ends_with(".mov")) return "video/quicktime";
  if (name.ends_with(".gif")) return "image/gif";
  if (name.ends_with(".webp")) return "image/webp";
  return name.ends_with(".mp4") ? "video/mp4" : "application/octet-stream";
}

bool write_file_bytes(const BodyFile& file, const WriteBody& write) {
  for (int64_t offset = 0; offset < file.size();) {
    const auto piece = file.read(offset, piece_bytes);
    if (!piece || piece->empty() || !write(*piece)) return false;
    offset += static_cast<int64_t>(piece->size());
  }
  return true;
}

uint32_t track_number_of(const std::string& text) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

// The moments that a client may want to go to from this one.
void add_moments(HttpResponse& response, const std::vector<MediaTime>& times, size_t number) {
  const auto add = [&](const char* name, size_t at) {
    response.headers.emplace_back(name, std::to_string(times[at].microseconds));
  };
  add("FaceVeil-Time", number);
  add("FaceVeil-Previous", number > 0 ? number - 1 : 0);
  add("FaceVeil-Next", std::min(number + 1, times.size() - 1));
}

}  // namespace

bool brings_film(const HttpRequest& request) {
  if (request.method != "POST" || request.path != jobs_path) return false;
  const std::string type = media_type(request.header("Content-Type"));
  return type.starts_with("video/") || type == "image/gif" || type == "image/webp" ||
         type == "application/octet-stream";
}

FilmRoutes::FilmRoutes(Films& films, int thread_count, std::vector<std::string> webhooks)
    : films_(films), thread_count_(thread_count), webhooks_(std::move(webhooks)) {}

std::span<const FilmRoutes::Route> FilmRoutes::table() {
  static constexpr std::array<Route, 16> routes = {{
      {"POST", "/api/v1/covers", &FilmRoutes::take_cover},
      {"POST", jobs_path, &FilmRoutes::create},
      {"GET", "/api/v1/jobs/{id}", &FilmRoutes::job},
      {"DELETE", "/api/v1/jobs/{id}", &FilmRoutes::erase},
      {"GET", "/api/v1/jobs/{id}/events", &FilmRoutes::events},
      {"POST", "/api/v1/jobs/{id}/cancel", &FilmRoutes::cancel},
      {"POST", "/api/v1/jobs/{id}/close", &FilmRoutes::close},
      {"GET", "/api/v1/jobs/{id}/report", &FilmRoutes::report},
      {"GET", "/api/v1/jobs/{id}/result", &FilmRoutes::result},
      {"GET", "/api/v1/jobs/{id}/plan", &FilmRoutes::plan},
      {"PATCH", "/api/v1/jobs/{id}/plan", &FilmRoutes::change_plan},
      {"POST", "/api/v1/jobs/{id}/apply", &FilmRoutes::apply},
      {"GET", "/api/v1/jobs/{id}/frames", &FilmRoutes::frame},
      {"GET", "/api/v1/jobs/{id}/original", &FilmRoutes::original},
      {"GET", "/api/v1/jobs/{id}/tracks/{track}/face", &FilmRoutes::face},
      {"POST", "/api/v1/jobs/{id}/follow", &FilmRoutes::follow},
  }};
  return routes;
}

std::optional<HttpResponse> FilmRoutes::respond(const HttpRequest& request) const {
  for (const Route& route : table()) {
    if (route.method != request.method) continue;
    const auto names = match_path(route.path, request.path);
    if (!names) continue;
    const bool is_film = !names->empty()           ? films_.knows(names->front())
                         : route.path == jobs_path ? request.body_file != nullptr
                                                   : true;
    if (is_film) return (this->*route.handler)(request, *names);
  }
  return std::nullopt;
}

// --- the job ---

HttpResponse FilmRoutes::create(const HttpRequest& request, const Names&) const {
  auto settings = settings_of(request);
  if (!settings) return problem_of_request(request, settings.error());
  const auto id = films_.add(request.body_file, std::move(*settings));
  if (!id) return problem_of_queue(request, id.error());
  HttpResponse response = answer_with_job(request, {*id}, 202);
  response.headers.emplace_back("Location", job_address(*id));
  return response;
}

Result<FilmSettings> FilmRoutes::settings_of(const HttpRequest& request) const {
  Fields options = request.query;
  const std::string cover = TRY(take_option(options, cover_field)).value_or("");
  FilmSettings settings = TRY(parse_film_options(options, thread_count_));
  TRY(check_webhook(settings.webhook, webhooks_));
  const bool wanted = settings.work.plan.effect == Effect::image;
  settings.cover = covers_.find(cover);
  if (wanted == (settings.cover != nullptr) && wanted == !cover.empty()) {
    if (wanted) settings.work.plan.cover = settings.cover->fingerprint;
    settings.work.apply.cover = settings.cover.get();
    return settings;
  }
  return about(
      std::string(cover_field),
      Result<FilmSettings>(
          wanted ? fail(Error::Kind::bad_input,
                        "The effect image needs a picture to lay over the faces: send it to "
                        "/api/v1/covers first, and name its id here.")
                 : fail(Error::Kind::bad_input, "Only the effect image takes a picture.")));
}

HttpResponse FilmRoutes::take_cover(const HttpRequest& request, const Names&) const {
  const auto upload = read_upload(request, BodyKind::form_or_picture);
  if (!upload) return problem_of_request(request, upload.error());
  const auto options = parse_options(upload->options, {}, {});  // None is known.
  if (!options) return problem_of_request(request, options.error());
  auto cover = decode_uploaded_cover(upload->bytes, upload->file_name);
  if (!cover) return problem_of_picture(request, cover.error());
  HttpResponse response = json_answer("{\"id\":\"" + covers_.add(std::move(**cover)) + "\"}");
  response.status = 201;
  return response;
}

HttpResponse FilmRoutes::answer_with_job(const HttpRequest& request, const Names& names,
                                         int status) const {
  const auto view = films_.view(names[0]);
  if (!view) return no_such_job(request);
  HttpResponse response = json_answer(format_film_job(*view, language_of(request)));
  response.status = status;
  return response;
}

HttpResponse FilmRoutes::job(const HttpRequest& request, const Names& names) const {
  return answer_with_job(request, names);
}

HttpResponse FilmRoutes::cancel(const HttpRequest& request, const Names& names) const {
  films_.cancel(names[0]);
  return answer_with_job(request, names);
}

HttpResponse FilmRoutes::close(const HttpRequest& request, const Names& names) const {
  films_.close(names[0]);
  return answer_with_job(request, names);
}

HttpResponse FilmRoutes::erase(const HttpRequest& request, const Names& names) const {
  return films_.erase(names[0]) ? nothing_left() : no_such_job(request);
}

HttpResponse FilmRoutes::events(const HttpRequest& request, const Names& names) const {
  return listeners_.answer(
      request, [this, id = names[0], language = language_of(request)](const WriteBody& write) {
        return write_film_events(films_, id, language, write);
      });
}

HttpResponse FilmRoutes::report(const HttpRequest& request, const Names& names) const {
  const auto view = films_.view(names[0]);
  if (!view) return no_such_job(request);
  if (!view->result && !has_ended(view->state)) return not_ready(request);
  return json_answer(format_film_report(*view, language_of(request)));
}

HttpResponse FilmRoutes::result(const HttpRequest& request, const Names& names) const {
  const auto view = films_.view(names[0]);
  if (!view) return no_such_job(request);
  if (!view->result) return has_ended(view->state) ? no_such_job(request) : not_ready(request);
  HttpResponse response;
  response.content_type = film_mime_type(view->result_name);
  response.headers = {{"Cache-Control", "no-store"},
                      {"Content-Disposition", content_disposition(view->result_name)}};
  response.stream = [file = view->result->file](const WriteBody& write) {
    return write_file_bytes(*file, write);
  };
  return response;
}

// --- review ---

HttpResponse FilmRoutes::plan(const HttpRequest& request, const Names& names) const {
  const auto view = films_.view(names[0]);
  if (!view) return no_such_job(request);
  if (!view->plan) return has_ended(view->state) ? no_such_job(request) : not_ready(request);
  return json_answer(format_plan(*view->plan));
}

HttpResponse FilmRoutes::change_plan(const HttpRequest& request, const Names& names) const {
  const auto lookup =
      films_.correct(names[0], [&](const RedactionPlan& plan, const std::vector<Track>& found) {
        return corrected_plan(plan, found, as_text(request.body));
      });
  if (!lookup) return problem_of_plan(request, lookup.error());
  return *lookup == Lookup::found ? answer_with_job(request, names)
                                  : problem_of_lookup(request, *lookup);
}

HttpResponse FilmRoutes::apply(const HttpRequest& request, const Names& names) const {
  const Lookup lookup = films_.apply(names[0]);
  return lookup == Lookup::found ? answer_with_job(request, names, 202)
                                 : problem_of_lookup(request, lookup);
}

HttpResponse FilmRoutes::picture(const HttpRequest& request, const Names& names,
                                 Shown shown) const {
  const auto moment = parse_film_moment(request.query);
  if (!moment) return problem_of_request(request, moment.error());
  HttpResponse response;
  const auto use = [&](FilmViewer& viewer, const FilmJobView& job,
                       const FilmSettings& settings) -> Status {
    const int64_t last = job.frames - 1;
    const auto asked = static_cast<int64_t>(picture_at(*job.times, moment->time)) + moment->step;
    const auto number = static_cast<size_t>(std::clamp<int64_t>(asked, 0, last));
    VideoFrame frame = TRY(viewer.picture(number));
    Image image = shown == Shown::original
                      ? TRY(frame.picture())
                      : TRY(hidden_picture(std::move(frame), *job.plan, settings.work.apply));
    response = bytes_answer("image/jpeg", TRY(jpeg_of(std::move(image))));
    add_moments(response, *job.times, number);
    return {};
  };
  const auto lookup = films_.look(names[0], use);
  if (!lookup) return problem_of_picture(request, lookup.error());
  return *lookup == Lookup::found ? std::move(response) : problem_of_lookup(request, *lookup);
}

HttpResponse FilmRoutes::frame(const HttpRequest& request, const Names& names) const {
  return picture(request, names, Shown::hidden);
}

HttpResponse FilmRoutes::original(const HttpRequest& request, const Names& names) const {
  return picture(request, names, Shown::original);
}

HttpResponse FilmRoutes::face(const HttpRequest& request, const Names& names) const {
  HttpResponse response = no_such_job(request);
  const auto use = [&](FilmViewer& viewer, const FilmJobView& job, const FilmSettings&) -> Status {
    const auto& tracks = job.plan->tracks;
    const auto track = std::ranges::find(tracks, track_number_of(names[1]), &Track::id);
    if (track == tracks.end()) return {};
    VideoFrame frame = TRY(viewer.picture(picture_at(*job.times, middle_of(*track))));
    Image image = TRY(hidden_face(std::move(frame), *job.plan, *track, face_side_px));
    response = bytes_answer("image/jpeg", TRY(jpeg_of(std::move(image))));
    return {};
  };
  const auto lookup = films_.look(names[0], use);
  if (!lookup) return problem_of_picture(request, lookup.error());
  return *lookup == Lookup::found ? std::move(response) : problem_of_lookup(request, *lookup);
}

HttpResponse FilmRoutes::follow(const HttpRequest& request, const Names& names) const {
  const auto drawn = parse_drawn_box(as_text(request.body));
  if (!drawn) return problem_of_request(request, drawn.error());
  HttpResponse response;
  const auto use = [&](FilmViewer& viewer, const FilmJobView& job, const FilmSettings&) -> Status {
    const size_t number = picture_at(*job.times, drawn->time);
    response =
        json_answer(format_followed(TRY(follow_both_ways(viewer, *job.times, number, drawn->box))));
    return {};
  };
  const auto lookup = films_.look(names[0], use);
  if (!lookup) return problem_of_picture(request, lookup.error());
  return *lookup == Lookup::found ? std::move(response) : problem_of_lookup(request, *lookup);
}

}  // namespace faceveil
