// serve() itself, in a process of its own: what it prints, how it stops.
#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "app/server/server.h"
#include "base/language.h"

namespace faceveil::test {
namespace {

// serve() in a child; its standard output to read from.
class Served {
 public:
  explicit Served(const ServeOptions& options, Language language = Language::english) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      close(STDERR_FILENO);
      set_language(language);
      _exit(serve(options) ? 0 : 1);
    }
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
    char text[256] = "";
    if (std::fgets(text, sizeof text, output_)) line_ = text;
  }
  ~Served() {
    if (child_ > 0) end(SIGKILL);
    std::fclose(output_);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  const std::string& line() const { return line_; }
  int port() const { return std::atoi(line_.substr(line_.rfind(':') + 1).c_str()); }

  // The exit code after the signal; -1 when it did not exit by itself.
  int end(int signal) {
    int status = 0;
    if (signal != 0) kill(child_, signal);
    waitpid(child_, &status, 0);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t child_ = 0;
  FILE* output_ = nullptr;
  std::string line_;
};

TEST(Serve, PrintsItsAddressAnswersAndStopsCleanly) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Served served({.port = 0});
    EXPECT_EQ(served.line(), "FaceVeil is at http://127.0.0.1:" + std::to_string(served.port()) +
                                 " - press Ctrl+C to stop.\n");
    httplib::Client client("127.0.0.1", served.port());
    const auto health = client.Get("/api/v1/health");
    ASSERT_TRUE(health);
    EXPECT_EQ(health->status, 200);
    EXPECT_EQ(served.end(signal), 0);
  }
}

TEST(Serve, RefusesAPortInUseWithOneSentence) {
  const Served first({.port = 0});
  ASSERT_GT(first.port(), 0);
  const Status second = serve({.port = first.port()});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, Error::Kind::io);
  EXPECT_NE(second.error().message(Language::english).find(std::to_string(first.port())),
            std::string::npos);
}

TEST(Serve, RefusesHostsThatAreNotThisMachine) {
  const Status status = serve({.host = "192.0.2.1", .port = 0});  // RFC 5737: nobody's address.
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, Error::Kind::io);
}

TEST(Serve, SaysWhatModelsAreMissing) {
  const Status status = serve({.port = 0, .model_folder = "/nowhere/at/all"});
  EXPECT_FALSE(status.has_value());
}

}  // namespace
}  // namespace faceveil::test
