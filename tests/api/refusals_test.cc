// Every error status, from an ordinary client.
#include <gtest/gtest.h>

#include <thread>

#include "tests/api/api_server.h"
#include "tests/api/documented.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

void expect_problem(const httplib::Result& answer, int status, const std::string& code,
                    const std::string& document_path) {
  ASSERT_TRUE(answer) << httplib::to_string(answer.error());
  EXPECT_EQ(answer->status, status) << answer->body;
  EXPECT_EQ(answer->get_header_value("Content-Type"), "application/problem+json");
  const std::string method = document_path.find("upload") != std::string::npos ||
                                     document_path.find("hide") != std::string::npos ||
                                     document_path.find("detect") != std::string::npos
                                 ? "post"
                                 : "get";
  EXPECT_EQ(undocumented(method, document_path, *answer), "") << answer->body;
  const json problem = json::parse(answer->body);
  EXPECT_EQ(problem["status"], status);
  EXPECT_EQ(problem["code"], code);
  EXPECT_FALSE(problem["detail"].get<std::string>().empty());
}

TEST(Problem400, MissingOrMalformedPictureField) {
  const ApiServer server;
  auto client = server.client();
  const std::string picture = drawn_picture(StillFormat::jpeg);
  for (const char* path : {"/upload", "/api/v1/hide", "/api/v1/detect"}) {
    expect_problem(client.Post(path, httplib::MultipartFormDataItems{{"photo", picture, "a", ""}}),
                   400, "bad_request", path);
    expect_problem(client.Post(path, form("", "a.jpg")), 400, "bad_request", path);
    expect_problem(client.Post(path, "", "image/jpeg"), 400, "bad_request", path);
    expect_problem(client.Post(path, "nonsense", "multipart/form-data; boundary=x"), 400,
                   "bad_request", path);
  }
  expect_problem(client.Post("/upload", picture, "image/jpeg"), 400, "bad_request", "/upload");
}

TEST(Problem400, OptionsUnknownOutOfRangeOrTwice) {
  const ApiServer server;
  auto client = server.client();
  const std::string picture = drawn_picture(StillFormat::jpeg);
  for (const char* query :
       {"effect=invisible", "threshold=0", "threshold=2", "grow=-1", "frame=maybe", "format=doc",
        "detector=x", "search=endless", "colour=red", "grow=1&grow=2"}) {
    const auto answer = client.Post("/api/v1/hide?" + std::string(query), picture, "image/jpeg");
    expect_problem(answer, 400, "bad_request", "/api/v1/hide");
    EXPECT_EQ(json::parse(answer->body)["field"],
              std::string(query).substr(0, std::string(query).find('=')));
  }
  expect_problem(client.Post("/api/v1/detect?effect=veil", picture, "image/jpeg"), 400,
                 "bad_request", "/api/v1/detect");
}

TEST(Problem400, TheEffectImageAndItsCoverGoTogether) {
  const ApiServer server;
  auto client = server.client();
  const std::string picture = drawn_picture(StillFormat::png);
  const auto posted = [&](const char* effect, const std::string& cover, const char* path) {
    auto items = form(picture, "a.png", {{"effect", effect}});
    if (!cover.empty()) items.push_back({"cover", cover, "cat.png", "image/png"});
    return client.Post(path, items);
  };
  for (const char* path : {"/upload", "/api/v1/hide"}) {
    for (const auto& answer : {posted("image", "", path), posted("veil", picture, path)}) {
      expect_problem(answer, 400, "bad_request", path);
      EXPECT_EQ(json::parse(answer->body)["field"], "cover");
    }
    const auto damaged = posted("image", picture.substr(0, picture.size() / 2), path);
    expect_problem(damaged, 422, "damaged_picture", path);
    EXPECT_EQ(json::parse(damaged->body)["field"], "cover");
  }
  expect_problem(client.Post("/api/v1/hide?cover=cat.png", picture, "image/png"), 400,
                 "bad_request", "/api/v1/hide");
}

TEST(Problem403, ForeignHostsAndOrigins) {
  const ApiServer server;
  auto client = server.client();
  const std::string picture = drawn_picture(StillFormat::jpeg);
  expect_problem(client.Get("/", {{"Host", "evil.example"}}), 403, "foreign_host", "/");
  expect_problem(client.Get("/api/v1/health", {{"Host", "evil.example:80"}}), 403, "foreign_host",
                 "/api/v1/health");
  for (const char* origin : {"http://evil.example", "null", "http://127.0.0.1:1"}) {
    expect_problem(client.Post("/upload", {{"Origin", origin}}, form(picture, "a.jpg")), 403,
                   "foreign_origin", "/upload");
  }
  const auto own =
      client.Post("/upload", {{"Origin", "http://" + server.host()}}, form(picture, "a.jpg"));
  ASSERT_TRUE(own);
  EXPECT_EQ(own->status, 200);
  const auto localhost = client.Get("/", {{"Host", "localhost:" + std::to_string(server.port())}});
  ASSERT_TRUE(localhost);
  EXPECT_EQ(localhost->status, 200);
}

TEST(Problem404, UnknownPaths) {
  const ApiServer server;
  auto client = server.client();
  for (const char* path : {"/index.php", "/api/v2/hide", "/api/v1/hide/", "/%2e%2e/etc/passwd"}) {
    const auto answer = client.Get(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 404) << path;
    EXPECT_EQ(json::parse(answer->body)["code"], "not_found");
  }
  expect_problem(client.Get("/assets/none.js"), 404, "not_found", "/assets/{name}");
  const auto posted = client.Post("/nothing", "x", "text/plain");
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->status, 404);
}

TEST(Problem405, SaysWhatIsAllowed) {
  const ApiServer server;
  auto client = server.client();
  const auto get = client.Get("/upload");
  ASSERT_TRUE(get);
  EXPECT_EQ(get->status, 405);
  EXPECT_EQ(get->get_header_value("Allow"), "POST");
  const auto post = client.Post("/api/v1/health", "x", "text/plain");
  expect_problem(post, 405, "method_not_allowed", "/api/v1/health");
  EXPECT_EQ(post->get_header_value("Allow"), "GET, HEAD");
  for (const auto& answer :
       {client.Put("/api/v1/hide", "x", "text/plain"), client.Delete("/api/v1/hide"),
        client.Options("/api/v1/hide"), client.Patch("/api/v1/hide", "x", "text/plain")}) {
    expect_problem(answer, 405, "method_not_allowed", "/api/v1/hide");
  }
}

TEST(Problem413, TooManyBytes) {
  const ApiServer server({.body_bytes_max = 10'000});
  auto client = server.client();
  const std::string large(20'000, 'x');
  expect_problem(client.Post("/api/v1/hide", large, "image/jpeg"), 413, "too_large",
                 "/api/v1/hide");
  expect_problem(client.Post("/upload", form(large, "a.jpg")), 413, "too_large", "/upload");
  const auto chunked = client.Post(
      "/api/v1/detect",
      [&](size_t, httplib::DataSink& sink) {
        sink.write(large.data(), large.size());
        sink.done();
        return true;
      },
      "image/jpeg");
  expect_problem(chunked, 413, "too_large", "/api/v1/detect");
}

TEST(Problem413, TooManyPixels) {
  const ApiServer server;
  // A PNG head that promises 65,000 x 65,000 pixels.
  std::string bomb = drawn_picture(StillFormat::png);
  const std::string side("\x00\x00\xfd\xe8", 4);
  bomb.replace(16, 8, side + side);
  const auto answer = server.client().Post("/api/v1/hide", bomb, "image/png");
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->status == 413 || answer->status == 422)
      << answer->body;  // 422: the checksum.
  EXPECT_EQ(undocumented("post", "/api/v1/hide", *answer), "");
}

TEST(Problem415, NotAPicture) {
  const ApiServer server;
  auto client = server.client();
  for (const std::string& body : {std::string("hello"), std::string(5000, '\0'),
                                  std::string("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                                  std::string("%PDF-1.7\n"), std::string("PK\3\4")}) {
    for (const char* path : {"/api/v1/hide", "/api/v1/detect"}) {
      expect_problem(client.Post(path, body, "image/jpeg"), 415, "unsupported_picture", path);
    }
    expect_problem(client.Post("/upload", form(body, "a.jpg")), 415, "unsupported_picture",
                   "/upload");
  }
}

TEST(Problem415, CompressedBody) {
  const ApiServer server;
  expect_problem(
      server.client().Post("/api/v1/hide", {{"Content-Encoding", "gzip"}}, "xx", "image/jpeg"), 415,
      "compressed_body", "/api/v1/hide");
}

TEST(Problem422, DamagedPictures) {
  const ApiServer server;
  auto client = server.client();
  for (const StillFormat format : {StillFormat::jpeg, StillFormat::png}) {
    const std::string picture = drawn_picture(format);
    expect_problem(client.Post("/api/v1/hide", picture.substr(0, picture.size() / 2), "image/x"),
                   422, "damaged_picture", "/api/v1/hide");
    expect_problem(client.Post("/upload", form(picture.substr(0, 40), "a")), 422, "damaged_picture",
                   "/upload");
  }
}

TEST(Problem503, WhenTooManyWait) {
  const ApiServer server({.working_max = 1, .waiting_max = 0});
  const std::string picture = drawn_picture(StillFormat::jpeg, 1600);
  std::vector<std::jthread> threads;
  std::atomic<int> done = 0, busy = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto answer = server.client().Post("/api/v1/hide", picture, "image/jpeg");
      ASSERT_TRUE(answer);
      if (answer->status == 200) {
        ++done;
      } else {
        expect_problem(answer, 503, "busy", "/api/v1/hide");
        EXPECT_EQ(answer->get_header_value("Retry-After"), "1");
        ++busy;
      }
    });
  }
  threads.clear();
  EXPECT_GE(done, 1);
  EXPECT_GE(busy, 1);
  const auto after = server.client().Post("/api/v1/hide", picture, "image/jpeg");
  ASSERT_TRUE(after);
  EXPECT_EQ(after->status, 200) << "the places were not given back";
}

TEST(Problem503, WhenUploadsTakeTooMuchMemory) {
  const ApiServer server({.body_bytes_max = 10'000, .all_bodies_bytes_max = 5'000});
  auto client = server.client();
  for (int i = 0; i < 3; ++i) {
    expect_problem(client.Post("/api/v1/hide", std::string(6'000, 'x'), "image/x"), 503, "busy",
                   "/api/v1/hide");
  }
  for (int i = 0; i < 3; ++i) {
    expect_problem(client.Post("/api/v1/hide", std::string(4'000, 'x'), "image/x"), 415,
                   "unsupported_picture", "/api/v1/hide");
  }
}

TEST(Language, DetailsFollowTheClient) {
  const ApiServer server;
  auto client = server.client();
  const auto detail = [&](const char* accepted) {
    const auto answer =
        client.Post("/upload", {{"Accept-Language", accepted}}, "hello", "text/plain");
    EXPECT_TRUE(answer);
    return std::pair(answer->get_header_value("Content-Language"),
                     json::parse(answer->body)["detail"].get<std::string>());
  };
  const auto [english_tag, english] = detail("en-GB,en;q=0.9");
  const auto [chinese_tag, chinese] = detail("zh-CN,zh;q=0.9,en;q=0.5");
  EXPECT_EQ(english_tag, "en");
  EXPECT_EQ(chinese_tag, "zh-CN");
  EXPECT_NE(english, chinese);
  EXPECT_EQ(detail("fr").second, english);
  EXPECT_EQ(detail("zh-TW").second, chinese);
}

}  // namespace
}  // namespace faceveil::test
