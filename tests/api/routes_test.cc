// What every route answers when all is well.
#include <gtest/gtest.h>

#include <set>

#include "app/server/openapi.h"
#include "app/server/page.h"
#include "app/version.h"
#include "tests/api/api_server.h"
#include "tests/api/documented.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

// The same work without a server.
Hidden hidden_directly(const std::string& picture, const PlanOptions& plan = {},
                       const ApplyOptions& apply = {}) {
  const auto detector = Detector::create(*find_model_folder(), {});
  auto hidden = hide(as_bytes(picture), &*detector, plan, apply);
  EXPECT_TRUE(hidden.has_value());
  return std::move(*hidden);
}

StillFormat format_of(const std::string& bytes) {
  const auto format = sniff_still(as_bytes(bytes));
  EXPECT_TRUE(format.has_value());
  return format.value_or(StillFormat::gif);
}

TEST(Upload, AnswersTheHiddenPictureAsBlurredJpg) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::png);
  const auto answer = server.client().Post("/upload", form(picture, "me.png"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(undocumented("post", "/upload", *answer), "");
  ASSERT_EQ(answer->status, 200);
  EXPECT_EQ(answer->get_header_value("Content-Disposition"),
            "attachment; filename=\"blurred.jpg\"");
  EXPECT_EQ(answer->get_header_value("Content-Type"), "image/jpeg");
  EXPECT_EQ(answer->get_header_value("FaceVeil-Faces"), std::to_string(drawn_face_count));
  EXPECT_EQ(answer->get_header_value("FaceVeil-Unchanged"), "false");
  EXPECT_EQ(answer->get_header_value("FaceVeil-Width"), "320");
  EXPECT_EQ(answer->get_header_value("FaceVeil-Height"), "240");
  const Hidden expected = hidden_directly(picture, {}, {.format = StillFormat::jpeg});
  EXPECT_EQ(answer->body, as_text(expected.applied.bytes));
}

TEST(Upload, KeepsTheFormatWhenAsked) {
  const ApiServer server;
  for (const StillFormat format : {StillFormat::jpeg, StillFormat::png, StillFormat::webp}) {
    const std::string picture = drawn_picture(format);
    const auto answer = server.client().Post("/upload?format=same", form(picture, "me"));
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200);
    EXPECT_EQ(undocumented("post", "/upload", *answer), "");
    EXPECT_EQ(format_of(answer->body), format);
    EXPECT_EQ(answer->get_header_value("Content-Disposition"),
              "attachment; filename=\"blurred." + std::string(format_extension(format)) + "\"");
    EXPECT_EQ(answer->body, as_text(hidden_directly(picture).applied.bytes));
  }
}

TEST(Hide, TakesOptionsFromFormAndQueryAlike) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::png);
  const auto by_form = server.client().Post(
      "/api/v1/hide",
      form(picture, "me.png",
           {{"effect", "solid"}, {"shape", "rectangle"}, {"grow", "0.5"}, {"frame", "true"}}));
  const auto by_query = server.client().Post(
      "/api/v1/hide?effect=solid&shape=rectangle&grow=0.5&frame=true", picture, "image/png");
  ASSERT_TRUE(by_form && by_query);
  ASSERT_EQ(by_form->status, 200) << by_form->body;
  ASSERT_EQ(by_query->status, 200) << by_query->body;
  EXPECT_EQ(undocumented("post", "/api/v1/hide", *by_form), "");
  PlanOptions plan;
  plan.effect = Effect::solid;
  plan.shape = Shape::rectangle;
  plan.grow = 0.5f;
  ApplyOptions apply;
  apply.frame = true;
  const Hidden expected = hidden_directly(picture, plan, apply);
  EXPECT_EQ(by_form->body, as_text(expected.applied.bytes));
  EXPECT_EQ(by_query->body, by_form->body);
  EXPECT_EQ(by_form->get_header_value("Content-Disposition"),
            "attachment; filename=\"me-hidden.png\"");
  EXPECT_EQ(by_query->get_header_value("Content-Disposition"),
            "attachment; filename=\"picture-hidden.png\"");
}

TEST(Hide, EveryEffectChangesThePicture) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::png);
  std::set<std::string> results = {picture};
  for (const char* effect : {"veil", "solid", "emoji", "mosaic", "blur"}) {
    const auto answer =
        server.client().Post("/api/v1/hide", form(picture, "a.png", {{"effect", effect}}));
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200) << effect;
    EXPECT_TRUE(results.insert(answer->body).second) << effect;
  }
}

TEST(Hide, LaysTheCoverOverFaces) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::png);
  const std::string sticker = empty_picture(StillFormat::webp);
  auto items = form(picture, "a.png", {{"effect", "image"}});
  items.push_back({"cover", sticker, "sticker.webp", "image/webp"});
  const auto answer = server.client().Post("/api/v1/hide", items);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->status, 200) << answer->body;
  const CoverPicture cover = decode_cover(as_bytes(sticker), "sticker.webp").value();
  PlanOptions plan;
  plan.effect = Effect::image;
  plan.cover = cover.fingerprint;
  ApplyOptions apply;
  apply.cover = &cover;
  EXPECT_EQ(answer->body, as_text(hidden_directly(picture, plan, apply).applied.bytes));
}

TEST(Hide, SaysWhenNothingWasFound) {
  const ApiServer server;
  const auto answer =
      server.client().Post("/api/v1/hide", empty_picture(StillFormat::png), "image/png");
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->status, 200);
  EXPECT_EQ(answer->get_header_value("FaceVeil-Faces"), "0");
  EXPECT_EQ(answer->get_header_value("FaceVeil-Unchanged"), "true");
}

// By hand, because the client library decodes what it should show.
TEST(Hide, NamesInAnyScriptSurvive) {
  const ApiServer server;
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"全家福.jpeg\"\r\n\r\n" +
      drawn_picture(StillFormat::jpeg) + "\r\n--b--\r\n";
  const std::string answer = server.talk(
      raw_post("/api/v1/hide", server.host(), body,
               "Connection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n"));
  EXPECT_NE(answer.find("Content-Disposition: attachment; filename=\"___-hidden.jpg\"; "
                        "filename*=UTF-8''%E5%85%A8%E5%AE%B6%E7%A6%8F-hidden.jpg\r\n"),
            std::string::npos)
      << answer.substr(0, 1000);
}

TEST(Hide, TakesAChunkedBody) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::jpeg);
  const auto chunked = server.client().Post(
      "/api/v1/hide",
      [&](size_t, httplib::DataSink& sink) {
        sink.write(picture.data(), picture.size());
        sink.done();
        return true;
      },
      "image/jpeg");
  ASSERT_TRUE(chunked);
  ASSERT_EQ(chunked->status, 200) << chunked->body;
  EXPECT_EQ(chunked->body, as_text(hidden_directly(picture).applied.bytes));
}

TEST(Detect, AnswersWhatTheDetectorFinds) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::jpeg);
  const auto answer = server.client().Post("/api/v1/detect", form(picture, "me.jpg"));
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->status, 200) << answer->body;
  EXPECT_EQ(undocumented("post", "/api/v1/detect", *answer), "");
  const json found = json::parse(answer->body);
  EXPECT_EQ(found["image"], "me.jpg");
  EXPECT_EQ(found["width"], 320);
  EXPECT_EQ(found["height"], 240);
  EXPECT_EQ(found["faces"].size(), drawn_face_count);

  const auto strict = server.client().Post("/api/v1/detect?threshold=1", picture, "image/jpeg");
  ASSERT_TRUE(strict);
  EXPECT_EQ(json::parse(strict->body)["faces"].size(), 0u);
}

TEST(Detect, EveryDetectorAnswersUnderItsName) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::jpeg);
  for (const char* name : {"blazeface-full", "blazeface-full-sparse", "blazeface-short"}) {
    const auto answer = server.client().Post(
        "/api/v1/detect?threshold=0.01&detector=" + std::string(name), picture, "image/jpeg");
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200) << answer->body;
    const json faces = json::parse(answer->body)["faces"];
    ASSERT_FALSE(faces.empty()) << name;
    for (const json& face : faces) EXPECT_EQ(face["detector"], name);
  }
}

TEST(Small, RoutesAnswer) {
  const ApiServer server;
  auto client = server.client();
  const auto health = client.Get("/api/v1/health");
  ASSERT_TRUE(health);
  EXPECT_EQ(undocumented("get", "/api/v1/health", *health), "");
  const auto version = client.Get("/api/v1/version");
  ASSERT_TRUE(version);
  EXPECT_EQ(undocumented("get", "/api/v1/version", *version), "");
  EXPECT_EQ(json::parse(version->body)["version"], program_version);
  const auto openapi = client.Get("/api/v1/openapi.json");
  ASSERT_TRUE(openapi);
  EXPECT_EQ(undocumented("get", "/api/v1/openapi.json", *openapi), "");
  EXPECT_EQ(openapi->body, openapi_document());
}

TEST(Small, HeadIsGetWithoutBody) {
  const ApiServer server;
  const auto head = server.client().Head("/api/v1/version");
  const auto get = server.client().Get("/api/v1/version");
  ASSERT_TRUE(head && get);
  EXPECT_EQ(head->status, 200);
  EXPECT_TRUE(head->body.empty());
  EXPECT_EQ(head->get_header_value("Content-Length"), std::to_string(get->body.size()));
}

TEST(Page, EveryAssetIsServedAndCacheable) {
  const ApiServer server;
  auto client = server.client();
  ASSERT_FALSE(page_assets().empty());
  for (const PageAsset& asset : page_assets()) {
    const std::string path(asset.path);
    const std::string document_path = path == "/" ? "/" : "/assets/{name}";
    const auto answer = client.Get(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 200) << path;
    EXPECT_EQ(undocumented("get", document_path, *answer), "") << path;
    EXPECT_EQ(answer->body, asset.content) << path;
    EXPECT_EQ(answer->get_header_value("Content-Type"), asset.mime_type) << path;
    const auto again = client.Get(path, {{"If-None-Match", std::string(asset.etag)}});
    ASSERT_TRUE(again) << path;
    EXPECT_EQ(again->status, 304) << path;
    EXPECT_TRUE(again->body.empty()) << path;
  }
}

TEST(Headers, EveryAnswerForbidsWhatBrowsersShouldNotDo) {
  const ApiServer server;
  auto client = server.client();
  const auto ok = client.Get("/");
  const auto missing = client.Get("/nothing");
  const auto hidden = client.Post("/upload", form(drawn_picture(StillFormat::jpeg), "a.jpg"));
  ASSERT_TRUE(ok && missing && hidden);
  for (const httplib::Response* answer : {&*ok, &*missing, &*hidden}) {
    EXPECT_EQ(
        answer->get_header_value("Content-Security-Policy"),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer->get_header_value("Referrer-Policy"), "no-referrer");
    EXPECT_FALSE(answer->has_header("Access-Control-Allow-Origin"));
  }
  EXPECT_EQ(hidden->get_header_value("Cache-Control"), "no-store");
}

// Ranges are of no use here and a known way to multiply work: they are not looked at.
TEST(Headers, RangesAreIgnored) {
  const ApiServer server;
  const auto whole = server.client().Get("/api/v1/openapi.json");
  const auto ranged =
      server.client().Get("/api/v1/openapi.json", {{"Range", "bytes=0-9,0-9,0-9,5-6"}});
  ASSERT_TRUE(whole && ranged);
  EXPECT_EQ(ranged->status, 200);
  EXPECT_EQ(ranged->body, whole->body);
}

TEST(Connections, AreKeptForManyRequests) {
  const ApiServer server;
  std::string requests;
  for (int i = 0; i < 20; ++i) {
    requests += "GET /api/v1/health HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n";
  }
  requests +=
      "GET /api/v1/version HTTP/1.1\r\nHost: " + server.host() + "\r\nConnection: close\r\n\r\n";
  const std::string answers = server.talk(requests);
  size_t count = 0;
  for (size_t at = 0; (at = answers.find("HTTP/1.1 200 OK", at)) != std::string::npos; ++at)
    ++count;
  EXPECT_EQ(count, 21u);
}

}  // namespace
}  // namespace faceveil::test
