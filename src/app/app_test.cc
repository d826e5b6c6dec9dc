// The parts of the command line that can be tested without running it; tests/cli runs it.

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/commands/common_options.h"
#include "app/inputs.h"
#include "app/offline.h"
#include "app/outputs.h"
#include "app/progress.h"
#include "app/report.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

class InputNames : public test::InTemporaryFolder {
 protected:
  void SetUp() override {
    InTemporaryFolder::SetUp();
    fs::create_directories(folder_ / "sub");
    write("b.jpg", "\xff\xd8\xff\xe0 jpeg by content");
    write("a.txt", "\x89PNG\r\n\x1a\n png by content");
    write("notes.txt", "hello");
    write("film.mp4", "not a picture, but may show faces");
    write("broken.png", "");
    write(".hidden.jpg", "\xff\xd8\xff\xe0");
    write("sub/c.jpg", "\xff\xd8\xff\xe0");
    fs::create_directory_symlink(folder_, folder_ / "sub" / "loop");
  }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }

  static std::vector<std::string> names(const std::vector<Input>& files) {
    std::vector<std::string> result;
    for (const Input& input : files) result.push_back(input.relative.string());
    return result;
  }
};

TEST_F(InputNames, AFolderGivesItsPicturesAndWhateverMayShowFaces) {
  const Inputs inputs = find_inputs({folder_.string()}, false).value();
  EXPECT_EQ(names(inputs.files),
            (std::vector<std::string>{"a.txt", "b.jpg", "broken.png", "film.mp4"}));
  EXPECT_EQ(inputs.left_alone, (std::vector<fs::path>{folder_ / "notes.txt"}));
}

TEST_F(InputNames, RecursionGoesDownButNotInCircles) {
  const Inputs inputs = find_inputs({folder_.string()}, true).value();
  EXPECT_EQ(names(inputs.files),
            (std::vector<std::string>{"a.txt", "b.jpg", "broken.png", "film.mp4", "sub/c.jpg"}));
}

TEST_F(InputNames, WhatIsNamedIsTakenAtItsWord) {
  const auto inputs = find_inputs({(folder_ / "notes.txt").string(), "-", "nowhere.jpg"}, false);
  EXPECT_EQ(inputs.value().files.size(), 3u);
}

Input file_input(const std::string& path) { return {path, fs::path(path).filename(), {}}; }

TEST(Outputs, DefaultNamesStandBesideTheInputs) {
  const auto jobs = plan_outputs({file_input("x/photo.jpg"), file_input("-"),
                                  Input{"holiday/sub/a.png", "sub/a.png", "holiday"}},
                                 {});
  ASSERT_TRUE(jobs.has_value());
  EXPECT_EQ((*jobs)[0].output, "x/photo-hidden.jpg");
  EXPECT_EQ((*jobs)[1].output, "-");
  EXPECT_EQ((*jobs)[2].output, fs::current_path() / "holiday-hidden/sub/a.png");
}

TEST(Outputs, ImpossibleChoicesAreRefused) {
  OutputChoice one_file;
  one_file.file = "out.jpg";
  EXPECT_TRUE(plan_outputs({file_input("a.jpg")}, one_file).has_value());
  EXPECT_FALSE(plan_outputs({file_input("a.jpg"), file_input("b.jpg")}, one_file).has_value());
  OutputChoice both = one_file;
  both.folder = "out";
  EXPECT_FALSE(plan_outputs({file_input("a.jpg")}, both).has_value());
  OutputChoice folder;
  folder.folder = "out";
  const auto clash = plan_outputs({file_input("a/x.jpg"), file_input("b/x.jpg")}, folder);
  ASSERT_FALSE(clash.has_value());
  EXPECT_EQ(clash.error().message(Language::english),
            "a/x.jpg and b/x.jpg would both be written to out/x.jpg.");
}

TEST(Boxes, AreFourNumbers) {
  EXPECT_EQ(parse_box("1,2.5,30,40").value(), (Rect{1, 2.5f, 30, 40}));
  EXPECT_EQ(parse_box("-5,-6,30,40").value(), (Rect{-5, -6, 30, 40}));
  for (const char* text : {"", "1,2,3", "1,2,3,4,5", "1,2,0,4", "1,2,3,-4", "a,b,c,d", "1;2;3;4",
                           "1,2,nan,4", "1,2,3,4 "}) {
    EXPECT_FALSE(parse_box(text).has_value()) << text;
  }
}

TEST(ProgressLine, HasBarCountRateAndTimeLeft) {
  EXPECT_EQ(progress_line(50, 100, 10, 10), "[#####-----] 50/100  5.0/s  10 s left");
  EXPECT_EQ(progress_line(0, 100, 0, 4), "[----] 0/100");
  EXPECT_EQ(progress_line(100, 100, 50, 4), "[####] 100/100  2.0/s  0 s left");
  EXPECT_EQ(progress_line(10, 10'000, 10, 4), "[----] 10/10000  1.0/s  167 min left");
}

TEST(Report, CountsFailuresAndKeepsTheOrder) {
  HideReport good, bad;
  good.job.input = "a.jpg";
  good.hidden_count = 3;
  bad.job.input = "b.jpg";
  bad.error = Error{Error::Kind::io, "There is no such file.", {}, "b.jpg"};
  const std::vector<HideReport> reports = {good, bad};
  const auto json = nlohmann::json::parse(format_report(reports));
  EXPECT_EQ(json["failed"], 1);
  EXPECT_EQ(json["faces"], 3);
  EXPECT_EQ(json["results"][0]["status"], "hidden");
  EXPECT_EQ(json["results"][1]["status"], "failed");
  EXPECT_EQ(json["results"][1]["error"], "b.jpg: There is no such file.");
}

// The lock cannot be taken off again, so it is tried in a child.
int in_child(int (*work)()) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Offline, NoNetworkSocketCanBeMade) {
  EXPECT_EQ(in_child([] {
              if (!forbid_network()) return 1;
              if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM) return 2;
              if (socket(AF_INET6, SOCK_DGRAM, 0) >= 0 || errno != EPERM) return 3;
              return 0;
            }),
            0);
}

TEST(Offline, TheServerCanAcceptButNotConnect) {
  EXPECT_EQ(in_child([] {
              if (!forbid_outgoing()) return 1;
              const int fd = socket(AF_INET, SOCK_STREAM, 0);
              if (fd < 0 || listen(fd, 1) != 0) return 2;
              sockaddr address = {};
              if (connect(fd, &address, sizeof address) == 0 || errno != EPERM) return 3;
              const int udp = socket(AF_INET, SOCK_DGRAM, 0);
              if (sendto(udp, "x", 1, 0, &address, sizeof address) >= 0 || errno != EPERM) return 4;
              return 0;
            }),
            0);
}

}  // namespace
}  // namespace faceveil
