#include "app/server/routes.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/server/answers.h"
#include "app/server/attachment.h"
#include "app/server/films/film_json.h"
#include "app/server/jobs/job_json.h"
#include "app/server/jobs/webhook.h"
#include "app/server/openapi.h"
#include "app/server/page.h"
#include "app/server/path_pattern.h"
#include "app/server/problem.h"
#include "app/server/security.h"
#include "app/server/trust.h"
#include "app/version.h"

namespace faceveil {
namespace {

const Routes::Route* find_route(const HttpRequest& request) {
  const auto table = Routes::table();
  const auto found = std::ranges::find_if(table, [&](const Routes::Route& route) {
    return route.method == request.method && match_path(route.path, request.path);
  });
  return found == table.end() ? nullptr : &*found;
}

// "GET, HEAD", "POST", or nothing where no method would help.
std::string allowed_methods(std::string_view path) {
  std::string allowed;
  for (const Routes::Route& route : Routes::table()) {
    if (!match_path(route.path, path)) continue;
    allowed.append(allowed.empty() ? "" : ", ").append(route.method);
    if (route.method == "GET") allowed += ", HEAD";
  }
  return allowed;
}

HttpResponse not_found(const HttpRequest& request) {
  return problem(request, 404, "not_found",
                 fail(Error::Kind::bad_input, "There is nothing at {0}.", {request.path}));
}

HttpResponse no_such_route(const HttpRequest& request) {
  const std::string allowed = allowed_methods(request.path);
  if (allowed.empty()) return not_found(request);
  HttpResponse response =
      problem(request, 405, "method_not_allowed",
              fail(Error::Kind::bad_input, "{0} cannot be asked for in this way; use {1}.",
                   {request.path, allowed}));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

HttpResponse not_modified(const PageAsset& asset) {
  HttpResponse response;
  response.status = 304;
  response.headers = {{"ETag", std::string(asset.etag)}};
  return response;
}

std::string server_timing(double read_ms, const WorkTime& time) {
  char text[96];
  std::snprintf(text, sizeof text, "read;dur=%.2f, wait;dur=%.2f, hide;dur=%.2f", read_ms,
                time.wait_ms, time.work_ms);
  return text;
}

HttpResponse secured(HttpResponse response) {
  add_security_headers(response);
  return response;
}

}  // namespace

// What tells POST /upload from POST /api/v1/hide.
struct Routes::Work {
  BodyKind body = BodyKind::form_or_picture;
  WorkOptions defaults;
  std::string (*file_name)(std::string_view uploaded_name, std::string_view extension) = nullptr;
};

Routes::Routes(const RoutesOptions& options)
    : options_(options),
      workbench_(options.model_folder, options.working_max, options.waiting_max) {}

Result<std::shared_ptr<const Routes>> Routes::create(const RoutesOptions& options) {
  const std::shared_ptr<Routes> routes(new Routes(options));
  Routes* self = routes.get();
  routes->jobs_ = TRY(Jobs::create(
      options.store, options.jobs,
      [self](BytesView original, const JobSettings& settings, const Client& client) {
        return self->hide_for_job(original, settings, client);
      },
      [](const JobView& job, const JobSettings& settings) {
        if (settings.webhook.empty()) return;
        call_webhook(settings.webhook, format_job(job, current_language()));
      }));
  routes->job_routes_ =
      std::make_unique<JobRoutes>(*routes->jobs_, routes->workbench_, options.webhooks);
  routes->films_ = TRY(Films::create(
      routes->workbench_, options.store,
      FilmsOptions{.retention = options.jobs.retention,
                   .review_max = options.jobs.review_max,
                   .on_settled = [](const FilmJobView& job, const FilmSettings& settings) {
                     if (settings.webhook.empty()) return;
                     call_webhook(settings.webhook, format_film_job(job, current_language()));
                   }}));
  routes->film_routes_ =
      std::make_unique<FilmRoutes>(*routes->films_, options.working_max, options.webhooks);
  return std::shared_ptr<const Routes>(routes);
}

constexpr std::array<Routes::Route, 13> Routes::own_routes = {{
    {"GET", "/", &Routes::page},
    {"GET", "/assets/*", &Routes::page},
    {"POST", "/upload", &Routes::upload},
    {"POST", "/api/v1/hide", &Routes::hide_picture},
    {"POST", "/api/v1/detect", &Routes::detect},
    {"POST", "/api/v1/plan", &Routes::plan},
    {"POST", "/api/v1/apply", &Routes::apply},
    {"POST", "/api/v1/metadata", &Routes::metadata},
    {"POST", "/api/v1/voice", &Routes::voice},
    {"GET", "/api/v1/health", &Routes::health},
    {"GET", "/api/v1/version", &Routes::version},
    {"GET", "/api/v1/openapi.json", &Routes::openapi},
    {"GET", "/api/v1/trust", &Routes::trust},
}};

// Those of jobs all lead to JobRoutes, or to FilmRoutes where the job is a film.
std::span<const Routes::Route> Routes::table() {
  static const std::vector<Route> routes = [] {
    std::vector<Route> all(own_routes.begin(), own_routes.end());
    for (const JobRoutes::Route& route : JobRoutes::table()) {
      all.push_back({route.method, route.path, &Routes::job});
    }
    for (const FilmRoutes::Route& route : FilmRoutes::table()) {
      const bool is_new = std::ranges::none_of(all, [&](const Route& known) {
        return known.method == route.method && known.path == route.path;
      });
      if (is_new) all.push_back({route.method, route.path, &Routes::job});
    }
    return all;
  }();
  return routes;
}

Status Routes::warm_up() const { return workbench_.warm_up(); }

std::optional<HttpResponse> Routes::admit(const HttpRequest& request) const {
  const std::string_view host = request.header("Host");
  if (!host_is_ours(host, options_.bound_host)) {
    return secured(
        problem(request, 403, "foreign_host",
                fail(Error::Kind::bad_input, "FaceVeil does not answer under the name \"{0}\".",
                     {std::string(host)})));
  }
  if (request.method != "GET" &&
      !origin_is_ours(request.header("Origin"), host, options_.encrypted)) {
    return secured(
        problem(request, 403, "foreign_origin",
                fail(Error::Kind::bad_input, "FaceVeil takes no pictures from other web sites.")));
  }
  if (auto refusal = refuse_stranger(request)) return refusal;
  if (!find_route(request)) return secured(no_such_route(request));
  return std::nullopt;
}

std::optional<HttpResponse> Routes::refuse_stranger(const HttpRequest& request) const {
  if (options_.secret.empty() || knows_secret(request.header("Authorization"), options_.secret)) {
    return std::nullopt;
  }
  HttpResponse refusal =
      problem(request, 401, "unauthorised",
              fail(Error::Kind::bad_input, "This server wants its token or password."));
  refusal.headers.emplace_back("WWW-Authenticate", "Basic realm=\"FaceVeil\", charset=\"UTF-8\"");
  return secured(std::move(refusal));
}

Result<std::shared_ptr<BodyFile>> Routes::body_file(const HttpRequest& request) const {
  if (!brings_film(request)) return std::shared_ptr<BodyFile>();
  return BodyFile::create(options_.store->folder(), options_.film_bytes_max);
}

HttpResponse Routes::respond(const HttpRequest& request) const {
  return secured((this->*find_route(request)->handler)(request));
}

HttpResponse Routes::refuse(const HttpRequest& request, int status) const {
  const int64_t bytes_max =
      brings_film(request) ? options_.film_bytes_max : options_.body_bytes_max;
  return secured(problem_of_http(request, status, bytes_max));
}

HttpResponse Routes::page(const HttpRequest& request) const {
  const auto assets = page_assets();
  const auto asset = std::ranges::find(assets, request.path, &PageAsset::path);
  if (asset == assets.end()) return not_found(request);
  if (request.header("If-None-Match") == asset->etag) return not_modified(*asset);
  const BytesView content = as_bytes(asset->content);
  HttpResponse response;
  response.content_type = asset->mime_type;
  response.headers = {
      {"ETag", std::string(asset->etag)},
      {"Cache-Control", asset->path == "/" ? "no-cache" : "public, max-age=31536000, immutable"}};
  response.body.assign(content.begin(), content.end());
  return response;
}

HttpResponse Routes::upload(const HttpRequest& request) const {
  Work work;
  work.body = BodyKind::form;
  work.defaults.apply.format = StillFormat::jpeg;
  work.file_name = [](std::string_view, std::string_view extension) {
    return "blurred." + std::string(extension);
  };
  return hide_and_answer(request, work);
}

HttpResponse Routes::hide_picture(const HttpRequest& request) const {
  Work work;
  work.file_name = hidden_file_name;
  return hide_and_answer(request, work);
}

HttpResponse Routes::hide_and_answer(const HttpRequest& request, const Work& work) const {
  const auto upload = read_upload(request, work.body);
  if (!upload) return problem_of_request(request, upload.error());
  const auto options = parse_options(upload->options, hide_option_names(), work.defaults);
  if (!options) return problem_of_request(request, options.error());
  const Status covered = check_cover(upload->cover, *options);
  if (!covered) return problem_of_request(request, covered.error());

  WorkTime time;
  auto checked = workbench_.hide(sitter_of(*upload), *options, client_of(request), time);
  if (!checked) return problem_of_picture(request, checked.error());
  if (!checked->verification.clean() && !options->accept_findings) {
    return problem_of_findings(request, checked->verification);
  }
  const StillFormat format = checked->hidden.applied.format;
  const std::string name = work.file_name(upload->file_name, format_extension(format));
  HttpResponse response = picture_answer(request, std::move(*checked), name);
  response.headers.emplace_back("Server-Timing", server_timing(request.read_ms, time));
  return response;
}

Result<Checked> Routes::hide_for_job(BytesView original, const JobSettings& settings,
                                     const Client& client) const {
  WorkTime time;
  return workbench_.hide({original, settings.cover_bytes(), settings.cover_name}, settings.work,
                         client, time);
}

HttpResponse Routes::job(const HttpRequest& request) const {
  if (auto response = film_routes_->respond(request)) return std::move(*response);
  return job_routes_->respond(request);
}

HttpResponse Routes::trust(const HttpRequest& request) const {
  const auto strays = jobs_->strays_on_disk();
  if (!strays) return problem_of_picture(request, strays.error());
  return json_answer(format_trust({.since = format_time(since_),
                                   .listens_on = options_.bound_host,
                                   .encrypted = options_.encrypted,
                                   .traffic = *options_.traffic,
                                   .originals = jobs_->originals_in_memory(),
                                   .originals_on_disk = *strays + films_->originals_on_disk() +
                                                        open_files_.count_outside(jobs_->folder()),
                                   .retention = jobs_->retention()}));
}

HttpResponse Routes::detect(const HttpRequest& request) const {
  const auto upload = read_upload(request, BodyKind::form_or_picture);
  if (!upload) return problem_of_request(request, upload.error());
  const auto options = parse_options(upload->options, detect_option_names(), {});
  if (!options) return problem_of_request(request, options.error());
  const Status covered = check_cover(upload->cover, *options);
  if (!covered) return problem_of_request(request, covered.error());

  WorkTime time;
  const auto detection = workbench_.detect(sitter_of(*upload), *options, client_of(request), time);
  if (!detection) return problem_of_picture(request, detection.error());
  return json_answer(format_detection(*detection, upload->file_name, time.work_ms));
}

HttpResponse Routes::health(const HttpRequest&) const { return json_answer(R"({"status":"ok"})"); }

HttpResponse Routes::version(const HttpRequest&) const {
  const nlohmann::ordered_json members = {
      {"name", "FaceVeil"}, {"version", program_version}, {"api", "v1"}};
  return json_answer(members.dump());
}

HttpResponse Routes::openapi(const HttpRequest&) const { return json_answer(openapi_document()); }

}  // namespace faceveil
