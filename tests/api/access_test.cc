// Who may ask: tokens and passwords, hosts and origins, for every method that changes something.
#include <gtest/gtest.h>

#include "tests/api/documented.h"
#include "tests/api/job_client.h"

namespace faceveil::test {
namespace {

int status_with(const ApiServer& server, const httplib::Headers& headers) {
  httplib::Client client = server.client();
  const auto answer = client.Get("/api/v1/health", headers);
  EXPECT_TRUE(answer);
  if (!answer) return 0;
  EXPECT_EQ(undocumented("get", "/api/v1/health", *answer), "");
  return answer->status;
}

TEST(Access, ASecretIsAskedForAndTakenInTwoWays) {
  const ApiServer server({.secret = "open sesame"});
  EXPECT_EQ(status_with(server, {}), 401);
  EXPECT_EQ(status_with(server, {{"Authorization", "Bearer open sesame"}}), 200);
  EXPECT_EQ(status_with(server, {httplib::make_basic_authentication_header("me", "open sesame")}),
            200);
  for (const char* wrong : {"Bearer open sesam", "Bearer", "", "Basic", "Basic !!!!", "open sesame",
                            "Digest open sesame", "Basic b3BlbiBzZXNhbWU="}) {
    EXPECT_EQ(status_with(server, {{"Authorization", wrong}}), 401) << wrong;
  }
}

TEST(Access, TheSecretGuardsPageAndUploadsToo) {
  const ApiServer server({.secret = "s"});
  httplib::Client client = server.client();
  for (const char* path : {"/", "/api/v1/trust", "/api/v1/openapi.json", "/nothing"}) {
    EXPECT_EQ(client.Get(path)->status, 401) << path;
  }
  // Refused by its head: the body is not read.
  EXPECT_EQ(status_of(server.talk("POST /api/v1/jobs HTTP/1.1\r\nHost: " + server.host() +
                                  "\r\nContent-Length: 1000000\r\n\r\n")),
            401);
}

TEST(Access, ForeignOriginsChangeNothing) {
  const ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)});
  const httplib::Headers foreign = {{"Origin", "https://example.com"}};
  const httplib::Headers null_origin = {{"Origin", "null"}};
  const std::string job = "/api/v1/jobs/" + id;
  for (const auto& headers : {foreign, null_origin}) {
    EXPECT_EQ(client.http().Delete(job, headers)->status, 403);
    EXPECT_EQ(client.http().Post(job + "/cancel", headers, "", "")->status, 403);
    EXPECT_EQ(client.http().Patch(job + "/files/1/plan", headers, "{}", "")->status, 403);
  }
  EXPECT_EQ(client.get(job_path, id).status, 200);
}

TEST(Access, OtherNamesAreNotAnswered) {
  const ApiServer server;
  httplib::Client client = server.client();
  const auto rebound = client.Get("/api/v1/trust", {{"Host", "attacker.example"}});
  ASSERT_TRUE(rebound);
  EXPECT_EQ(rebound->status, 403);
}

TEST(Access, NoAnswerInvitesOthers) {
  const ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)});
  const auto answer = client.get(job_path, id);
  EXPECT_FALSE(answer.has_header("Access-Control-Allow-Origin"));
  EXPECT_EQ(answer.get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(answer.get_header_value("Referrer-Policy"), "no-referrer");
  EXPECT_NE(answer.get_header_value("Content-Security-Policy").find("frame-ancestors 'none'"),
            std::string::npos);
  EXPECT_EQ(answer.get_header_value("Cache-Control"), "no-store");
}

}  // namespace
}  // namespace faceveil::test
