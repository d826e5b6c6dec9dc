// How long what of a film lives: when it is cut off by a crash, given up, or one of several.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <thread>

#include "tests/api/documented.h"
#include "tests/api/film_files.h"
#include "tests/api/job_client.h"
#include "tests/api/left_on_disk.h"
#include "tests/api/served.h"
#include "tests/support/temporary_folder.h"

namespace faceveil::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

// What no output has: whoever has it is the original.
constexpr const char* film_marker = "an unhidden film ends with this sentence";

std::string marked_film() { return with_free_box(short_film_bytes(), film_marker); }

// Longer than any test waits: searched thoroughly, picture by picture.
const std::string& long_film() {
  static const std::string bytes = [] {
    DrawnFilm film = short_film();
    film.size = {640, 480};
    film.picture_count = 60;
    return with_free_box(bytes_of_film(film), film_marker);
  }();
  return bytes;
}
const std::string thorough = "search=thorough&detect_every=1&name=long.mp4";

std::string start(JobClient& client, const std::string& query, const std::string& film) {
  const auto answer = client.http().Post("/api/v1/jobs?" + query, film, "video/mp4");
  EXPECT_TRUE(answer && answer->status == 202) << (answer ? answer->body : "no answer");
  return answer ? json::parse(answer->body).value("id", "") : "";
}

json once_it_works(JobClient& client, const std::string& id) {
  json job = client.job(id);
  for (int i = 0; i < 3000 && job["progress"]["frames_done"] < 2; ++i) {
    std::this_thread::sleep_for(10ms);
    job = client.job(id);
  }
  EXPECT_EQ(job["state"], "running");
  return job;
}

class FilmLifetime : public InTemporaryFolder {
 protected:
  std::vector<fs::path> with_marker() const { return files_with(film_marker, folder_); }
  ServeOptions options() const { return {.port = 0, .state_folder = folder_ / "state"}; }
};

TEST_F(FilmLifetime, AfterACrashTheHiddenFilmIsThereAndTheOneCutOffIsMarked) {
  setenv("TMPDIR", folder_.c_str(), 1);
  std::string finished, cut, hidden, report;
  {
    Served served(options());
    JobClient client = client_of(served.port());
    finished = start(client, "name=walk.mp4&review=after&" + quickest, marked_film());
    ASSERT_EQ(client.wait_for(finished, {"review", "failed"})["state"], "review");
    hidden = client.get(job_path + "/result", finished).body;
    report = client.get(job_path + "/report", finished).body;
    cut = start(client, thorough, long_film());
    once_it_works(client, cut);
    served.end(SIGKILL);
  }
  unsetenv("TMPDIR");
  EXPECT_TRUE(with_marker().empty()) << with_marker().front();
  Served again(options());
  JobClient client = client_of(again.port());
  const json done = client.job(finished);
  EXPECT_EQ(done["state"], "done");
  EXPECT_FALSE(done["original_kept"].get<bool>());
  EXPECT_EQ(client.get(job_path + "/result", finished).body, hidden);
  EXPECT_EQ(client.get(job_path + "/report", finished).body, report);
  EXPECT_EQ(client.get(job_path + "/plan", finished).status, 200);
  EXPECT_EQ(client.get(job_path + "/frames", finished).status, 409);
  EXPECT_EQ(client.job(cut)["state"], "interrupted");
  EXPECT_EQ(client.get(job_path + "/result", cut).status, 404);
  const auto events = client.http().Get("/api/v1/jobs/" + cut + "/events");
  EXPECT_NE(events->body.find("event: end"), std::string::npos);
  const auto trust = client.http().Get("/api/v1/trust");
  EXPECT_EQ(json::parse(trust->body)["originals_on_disk"], 0);
  EXPECT_TRUE(with_marker().empty());
  EXPECT_EQ(result_count(folder_), 1u);
  EXPECT_EQ(again.end(SIGTERM), 0);  // A clean stop leaves nothing.
  EXPECT_EQ(result_count(folder_), 0u);
}

double processor_seconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Processor time and not the clock's: other programs do not make it longer.
TEST_F(FilmLifetime, ACancelledFilmTakesNoProcessorAfterASecondOfIt) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id = start(client, thorough, long_film());
  once_it_works(client, id);
  const double before = processor_seconds();
  client.post(job_path + "/cancel", id);
  EXPECT_EQ(client.wait_for(id, {"cancelled"})["original_kept"], false);
  EXPECT_LT(processor_seconds() - before, 1.0);
  const double after = processor_seconds();
  std::this_thread::sleep_for(300ms);
  EXPECT_LT(processor_seconds() - after, 0.1);
}

TEST_F(FilmLifetime, WhoWaitsSeesHowManyAreBefore) {
  ApiServer server;
  JobClient client(server.client());
  const std::string first = start(client, thorough, long_film());
  once_it_works(client, first);
  const std::string second = start(client, quickest, short_film_bytes());
  const std::string third = start(client, quickest, short_film_bytes());
  EXPECT_EQ(client.job(second)["progress"]["films_before"], 1);
  EXPECT_EQ(client.job(third)["progress"]["films_before"], 2);
  client.erase(second);
  EXPECT_EQ(client.job(third)["progress"]["films_before"], 1);
  client.post(job_path + "/cancel", first);
  EXPECT_EQ(client.wait_for(third, {"done", "failed"})["state"], "done");
}

// Files may not grow beyond a limit for as long as this lives, as on a disk that is full.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() { setrlimit(RLIMIT_FSIZE, &before_); }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_ = {};
};

TEST_F(FilmLifetime, AFullDiskIsSaidInASentenceAndLeavesNothing) {
  ApiServer server;
  JobClient client(server.client());
  const std::string large = with_free_box(short_film_bytes(), std::string(1 << 20, 'x'));
  {
    const SmallFiles small(1 << 19);
    const auto refused = client.http().Post("/api/v1/jobs", large, "video/mp4");
    ASSERT_TRUE(refused);
    EXPECT_EQ(undocumented("post", "/api/v1/jobs", *refused), "");
    EXPECT_EQ(refused->status, 507);
    EXPECT_NE(refused->body.find("no room for it"), std::string::npos) << refused->body;
  }
  const auto trust = client.http().Get("/api/v1/trust");
  EXPECT_EQ(json::parse(trust->body)["originals_on_disk"], 0);
  EXPECT_EQ(client.http().Post("/api/v1/jobs", large, "video/mp4")->status, 202);
}

}  // namespace
}  // namespace faceveil::test
