// Nothing uploaded is written to disk or logged.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "tests/api/api_server.h"

namespace faceveil::test {
namespace {

namespace fs = std::filesystem;

// An empty folder that is the working folder, $HOME and $TMPDIR for as long as this lives.
class EmptyWorld {
 public:
  EmptyWorld() : before_(fs::current_path()) {
    char pattern[] = "/tmp/faceveil-api-XXXXXX";
    folder_ = mkdtemp(pattern);
    for (const char* name : {"HOME", "TMPDIR", "XDG_CACHE_HOME"}) {
      setenv(name, folder_.c_str(), 1);
    }
    fs::current_path(folder_);
  }
  ~EmptyWorld() {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }
  EmptyWorld(const EmptyWorld&) = delete;
  EmptyWorld& operator=(const EmptyWorld&) = delete;

  bool is_empty() const { return fs::is_empty(folder_); }

 private:
  fs::path before_, folder_;
};

// Regular files that this process holds open for writing, nameless ones included.
int writable_file_count() {
  int count = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    struct stat target = {}, link = {};
    const bool writable = lstat(entry.path().c_str(), &link) == 0 && (link.st_mode & S_IWUSR) != 0;
    if (writable && stat(entry.path().c_str(), &target) == 0 && S_ISREG(target.st_mode)) ++count;
  }
  return count;
}

TEST(Privacy, NothingIsWrittenToDisk) {
  const fs::path models = fs::absolute(*find_model_folder());
  setenv("FACEVEIL_MODEL_DIR", models.c_str(), 1);
  const ApiServer server;  // Its state folder, for jobs alone, stands outside.
  const EmptyWorld world;
  const int files_before = writable_file_count();
  {
    auto client = server.client();
    for (const StillFormat format : {StillFormat::jpeg, StillFormat::png, StillFormat::webp,
                                     StillFormat::tiff, StillFormat::gif}) {
      const std::string picture = drawn_picture(format, 1200);
      const auto answer = client.Post("/api/v1/hide", form(picture, "secret-name.bin"));
      ASSERT_TRUE(answer);
      EXPECT_EQ(answer->status, 200) << format_name(format) << answer->body;
      const auto broken = client.Post("/upload", form(picture.substr(0, 500), "secret-name.bin"));
      ASSERT_TRUE(broken);
      EXPECT_EQ(writable_file_count(), files_before);
      EXPECT_TRUE(world.is_empty()) << format_name(format);
      EXPECT_TRUE(fs::is_empty(server.state_folder() / "0" / "results"));
    }
  }
  EXPECT_TRUE(world.is_empty());
}

TEST(Privacy, TheLogKnowsMethodPathStatusAndTimeOnly) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::jpeg);
  auto client = server.client();
  ASSERT_TRUE(client.Post("/api/v1/hide?effect=blur", form(picture, "secret-name.jpg")));
  ASSERT_TRUE(client.Get("/api/v1/health?secret=1"));
  ASSERT_TRUE(client.Get("/nothing?secret=1"));
  // An answer may arrive a moment before its line in the log.
  for (int i = 0; i < 500 && server.log().size() < 3; ++i) usleep(10'000);
  const std::vector<HttpLogEntry> log = server.log();
  ASSERT_EQ(log.size(), 3u);
  EXPECT_EQ(log[0].method, "POST");
  EXPECT_EQ(log[0].path, "/api/v1/hide");
  EXPECT_EQ(log[0].status, 200);
  EXPECT_GT(log[0].ms, 0);
  EXPECT_EQ(log[1].path, "/api/v1/health");
  EXPECT_EQ(log[2].path, "/nothing");
  EXPECT_EQ(log[2].status, 404);
}

}  // namespace
}  // namespace faceveil::test
