// An encrypted line: with certificates made by openssl for each run, and clients that check them.
#include "app/server/tls.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "tests/api/film_files.h"
#include "tests/api/job_client.h"
#include "tests/api/served.h"
#include "tests/support/temporary_folder.h"

namespace faceveil::test {
namespace {

namespace fs = std::filesystem;

// A certificate of this machine's own and its key, valid for a day.
struct Pair {
  fs::path certificate, key;
};

Pair make_pair_in(const fs::path& folder, const std::string& name) {
  const Pair pair = {folder / (name + ".crt"), folder / (name + ".key")};
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1"
      " -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout '" +
      pair.key.string() + "' -out '" + pair.certificate.string() + "' 2>/dev/null";
  CHECK(std::system(command.c_str()) == 0);
  return pair;
}

std::shared_ptr<const TlsIdentity> identity_of(const Pair& pair) {
  auto identity = TlsIdentity::load(pair.certificate, pair.key);
  CHECK(identity.has_value());
  return *identity;
}

httplib::Client client_that_trusts(const Pair& pair, int port) {
  httplib::Client client("https://127.0.0.1:" + std::to_string(port));
  client.set_ca_cert_path(pair.certificate.c_str());
  client.enable_server_certificate_verification(true);
  client.set_keep_alive(true);
  client.set_read_timeout(60);
  client.set_default_headers({{"Accept-Language", "en"}});
  return client;
}

class Tls : public InTemporaryFolder {
 protected:
  void SetUp() override {
    InTemporaryFolder::SetUp();
    pair_ = make_pair_in(folder_, "own");
  }

  Pair pair_;
};

TEST_F(Tls, APictureGoesThereAndBack) {
  const ApiServer server({.identity = identity_of(pair_)});
  httplib::Client client = client_that_trusts(pair_, server.port());
  const std::string picture = drawn_picture(StillFormat::png, 1600);  // Of many records.
  for (int i = 0; i < 3; ++i) {                                       // On one connection.
    const auto hidden = client.Post("/api/v1/hide", form(picture, "a.png"));
    ASSERT_TRUE(hidden) << to_string(hidden.error());
    EXPECT_EQ(hidden->status, 200);
    EXPECT_EQ(hidden->get_header_value("FaceVeil-Faces"), std::to_string(drawn_face_count));
    EXPECT_TRUE(decode_still(as_bytes(hidden->body)).has_value());
  }
  const auto trust = client.Get("/api/v1/trust");
  ASSERT_TRUE(trust);
  const auto told = nlohmann::json::parse(trust->body);
  EXPECT_EQ(told["encrypted"], true);
  EXPECT_EQ(told["peers"]["loopback"]["connections"], 1);
  // What went over the line, with what encryption adds to it.
  EXPECT_GT(told["peers"]["loopback"]["received_bytes"], 3 * picture.size());
}

TEST_F(Tls, AServerWithAnotherCertificateIsNotBelieved) {
  const ApiServer server({.identity = identity_of(make_pair_in(folder_, "other"))});
  httplib::Client client = client_that_trusts(pair_, server.port());
  EXPECT_FALSE(client.Get("/api/v1/health"));
}

TEST_F(Tls, InTheClearNothingIsAnswered) {
  const ApiServer server({.identity = identity_of(pair_)});
  const std::string answer =
      server.talk("GET /api/v1/health HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n");
  EXPECT_EQ(status_of(answer), 0);
  EXPECT_TRUE(server.log().empty());
}

TEST_F(Tls, OldVersionsAreRefused) {
  const ApiServer server({.identity = identity_of(pair_)});
  const std::string command = "openssl s_client -connect " + server.host() +
                              " -cipher ALL:@SECLEVEL=0 -VERSION </dev/null >/dev/null 2>&1";
  const auto connects = [&](const std::string& version) {
    std::string with = command;
    with.replace(with.find("VERSION"), std::string("VERSION").size(), version);
    return std::system(with.c_str()) == 0;
  };
  EXPECT_FALSE(connects("tls1_1"));
  EXPECT_TRUE(connects("tls1_2"));
  EXPECT_TRUE(connects("tls1_3"));
}

TEST_F(Tls, PagesOfTheEncryptedOriginMayChangeThings) {
  const ApiServer server({.identity = identity_of(pair_)});
  httplib::Client client = client_that_trusts(pair_, server.port());
  const std::string picture = drawn_picture(StillFormat::jpeg);
  const auto status_from = [&](const std::string& origin) {
    const auto answer =
        client.Post("/api/v1/detect", {{"Origin", origin + server.host()}}, picture, "image/jpeg");
    return answer ? answer->status : 0;
  };
  EXPECT_EQ(status_from("https://"), 200);
  EXPECT_EQ(status_from("http://"), 403);
}

TEST_F(Tls, EventsArriveWhileTheWorkGoesOn) {
  const ApiServer server({.identity = identity_of(pair_)});
  httplib::Client client = client_that_trusts(pair_, server.port());
  const auto made = client.Post("/api/v1/jobs", batch({drawn_picture(StillFormat::jpeg)}));
  ASSERT_TRUE(made);
  const std::string id = nlohmann::json::parse(made->body)["id"];
  const auto events = client.Get("/api/v1/jobs/" + id + "/events");
  ASSERT_TRUE(events);
  EXPECT_EQ(events->body.rfind("event: job", 0), 0u);
  EXPECT_NE(events->body.find("event: end"), std::string::npos);
}

TEST_F(Tls, AFilmGoesThereAndBackAndTheTokenHoldsForItToo) {
  const ApiServer server({.secret = "secret", .identity = identity_of(pair_)});
  JobClient client(client_that_trusts(pair_, server.port()));
  const std::string address = "/api/v1/jobs?name=walk.mp4&" + quick_search;
  const std::string film = with_free_box(short_film_bytes(), std::string(1 << 20, 'x'));
  const auto refused = client.http().Post(address, film, "video/mp4");
  EXPECT_TRUE(!refused || refused->status == 401);  // It may end before all is sent.
  client.http().set_bearer_token_auth("secret");
  const auto taken = client.http().Post(address, film, "video/mp4");
  ASSERT_TRUE(taken) << to_string(taken.error());
  ASSERT_EQ(taken->status, 202) << taken->body;
  const std::string id = nlohmann::json::parse(taken->body)["id"];
  const auto job = client.wait_for(id, {"done", "failed"});
  EXPECT_EQ(job["state"], "done");
  const std::string hidden = client.get(job_path + "/result", id).body;
  EXPECT_EQ(hidden.size(), job["result_bytes"].get<size_t>());
  EXPECT_EQ(hidden.substr(4, 4), "ftyp");
}

Error error_of(const fs::path& certificate, const fs::path& key) {
  const auto loaded = TlsIdentity::load(certificate, key);
  EXPECT_FALSE(loaded.has_value());
  return loaded ? Error{} : loaded.error();
}

TEST_F(Tls, WhatIsWrongWithTheFilesIsSaidInASentence) {
  const fs::path empty = folder_ / "empty", locked = folder_ / "locked.key";
  std::ofstream(empty).close();
  CHECK(std::system(("openssl pkey -aes256 -passout pass:secret -in '" + pair_.key.string() +
                     "' -out '" + locked.string() + "'")
                        .c_str()) == 0);
  const Error missing = error_of("/nowhere.crt", pair_.key);
  EXPECT_EQ(missing.kind, Error::Kind::io);
  EXPECT_EQ(missing.subject, "/nowhere.crt");
  EXPECT_EQ(error_of(pair_.certificate, "/nowhere.key").subject, "/nowhere.key");
  EXPECT_EQ(error_of(empty, pair_.key).subject, empty);
  EXPECT_EQ(error_of(pair_.key, pair_.key).message(Language::english),
            pair_.key.string() + ": There is no certificate in this file; it must be in PEM form.");
  const std::string no_key =
      ": There is no private key in this file that opens without a passphrase; it must be in PEM "
      "form.";
  for (const fs::path& bad : {empty, locked, pair_.certificate}) {
    EXPECT_EQ(error_of(pair_.certificate, bad).message(Language::english), bad.string() + no_key);
  }
  const Pair other = make_pair_in(folder_, "other");
  EXPECT_EQ(error_of(pair_.certificate, other.key).message(Language::english),
            other.key.string() + ": This key does not belong to the certificate.");
}

TEST_F(Tls, OneOptionWithoutTheOtherIsAnError) {
  for (const ServeOptions& half : {ServeOptions{.port = 0, .tls_certificate = pair_.certificate},
                                   ServeOptions{.port = 0, .tls_key = pair_.key}}) {
    const Status status = serve(half);
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().message(Language::english),
              "--tls-cert and --tls-key belong together: give both.");
  }
}

TEST_F(Tls, ServeSaysHttpsAndMeansIt) {
  Served served({.port = 0,
                 .state_folder = folder_ / "state",
                 .tls_certificate = pair_.certificate,
                 .tls_key = pair_.key});
  const std::string base = "https://127.0.0.1:" + std::to_string(served.port());
  EXPECT_EQ(served.line(), "FaceVeil is at " + base + " - press Ctrl+C to stop.\n");
  httplib::Client client = client_that_trusts(pair_, served.port());
  const auto health = client.Get("/api/v1/health");
  ASSERT_TRUE(health);
  EXPECT_EQ(health->status, 200);
  EXPECT_EQ(served.end(SIGTERM), 0);
}

}  // namespace
}  // namespace faceveil::test
