#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

class Files : public test::InTemporaryFolder {
 protected:
  size_t entry_count() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }
};

TEST_F(Files, WhatIsWrittenReadsBack) {
  for (const size_t size : {0u, 1u, 4096u, 1'000'000u}) {
    const Bytes bytes(size, std::byte{42});
    const fs::path path = folder_ / std::to_string(size);
    ASSERT_TRUE(write_file(path, bytes, Overwrite::refuse).has_value());
    EXPECT_EQ(read_file(path, 2'000'000).value(), bytes);
  }
}

TEST_F(Files, WithoutForceNothingIsReplaced) {
  const fs::path path = folder_ / "a";
  ASSERT_TRUE(write_file(path, as_bytes("first"), Overwrite::refuse).has_value());
  const Status second = write_file(path, as_bytes("second"), Overwrite::refuse);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, Error::Kind::io);
  EXPECT_EQ(as_text(read_file(path, 100).value()), "first");
  ASSERT_TRUE(write_file(path, as_bytes("third"), Overwrite::allow).has_value());
  EXPECT_EQ(as_text(read_file(path, 100).value()), "third");
  EXPECT_EQ(entry_count(), 1u);
}

TEST_F(Files, NewFilesHaveTheRightsThatUsersExpect) {
  const mode_t mask = umask(022);
  for (const Overwrite overwrite : {Overwrite::refuse, Overwrite::allow}) {
    const fs::path path = folder_ / std::to_string(static_cast<int>(overwrite));
    ASSERT_TRUE(write_file(path, as_bytes("x"), overwrite).has_value());
    EXPECT_EQ(fs::status(path).permissions(), fs::perms(0644));
  }
  umask(mask);
}

// A full disk, as far as a process can make itself one: no file may pass 10,000 bytes.
TEST_F(Files, AFullDiskLeavesNothing) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tight = {10'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  const Status status = write_file(folder_ / "a", Bytes(20'000), Overwrite::refuse);
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, Error::Kind::io);
  EXPECT_EQ(entry_count(), 0u);
}

TEST_F(Files, AFailedReplacementLeavesTheOldFile) {
  const fs::path path = folder_ / "a";
  ASSERT_TRUE(write_file(path, as_bytes("old"), Overwrite::refuse).has_value());
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tight = {10'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  const Status status = write_file(path, Bytes(20'000), Overwrite::allow);
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(as_text(read_file(path, 100).value()), "old");
  EXPECT_EQ(entry_count(), 1u);
}

TEST_F(Files, ErrorsSayWhatIsWrong) {
  const auto sentence = [](const auto& result) {
    return result.error().message(Language::english);
  };
  EXPECT_EQ(sentence(read_file(folder_ / "none", 10)), "There is no such file.");
  EXPECT_EQ(sentence(read_file(folder_, 10)), "This is a folder, not a file.");
  std::ofstream(folder_ / "big") << std::string(3 << 20, 'x');
  EXPECT_EQ(sentence(read_file(folder_ / "big", 2 << 20)),
            "The file is larger than the limit of 2 MiB.");
  EXPECT_EQ(read_file(folder_ / "big", 2 << 20).error().kind, Error::Kind::over_limit);
  EXPECT_FALSE(write_file(folder_ / "no" / "where", as_bytes("x"), Overwrite::refuse).has_value());
}

// A pipe has no size beforehand: the limit must hold while reading.
TEST_F(Files, AnEndlessPipeMeetsTheLimit) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGPIPE, SIG_DFL);
    std::ofstream out(pipe);
    for (const std::string block(65'536, 'x'); out;) out << block;
    _exit(0);
  }
  const auto result = read_file(pipe, 1 << 20);
  kill(child, SIGKILL);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, Error::Kind::over_limit);
}

}  // namespace
}  // namespace faceveil
