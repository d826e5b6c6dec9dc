// Everything that reads a still, over files that mean harm and over camera files: none may crash
// it, take it over ten seconds, take a gigabyte, or make a library print; and what is accepted
// must hold together.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <optional>
#include <vector>

#include "base/files.h"
#include "base/limits.h"
#include "media/still.h"
#include "tests/hostile/silence.h"
#include "tests/support/shared_data.h"

#if defined(__SANITIZE_ADDRESS__)
#define FACEVEIL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FACEVEIL_SANITIZED 1
#endif
#endif
#ifndef FACEVEIL_SANITIZED
#define FACEVEIL_SANITIZED 0
#endif

namespace faceveil {
namespace {

constexpr double seconds_max = 10;
constexpr long resident_kilobytes_max = 1 << 20;

// Processor time, so that a busy machine does not fail the test; who waits forever meets the limit
// of ctest.
template <typename Step>
auto timed(const Step& step) {
  const std::clock_t start = std::clock();
  auto result = step();
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, seconds_max);
  return result;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void expect_sentence(const Error& error) {
  const std::string sentence = error.message(Language::english);
  EXPECT_GT(sentence.size(), 10u);
  EXPECT_EQ(sentence.back(), '.') << sentence;
  EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
}

void expect_same_pixels(const Image& a, const Image& b) {
  ASSERT_EQ(a.size(), b.size());
  ASSERT_EQ(a.format(), b.format());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size_bytes()), 0);
}

// A copy is a whole file of the same picture, and clean: to copy it changes nothing more.
void check_copy(const Still& still, const CleanCopy& copy) {
  const Result<Still> again = decode_still(copy.bytes);
  ASSERT_TRUE(again) << again.error().message(Language::english);
  EXPECT_EQ(again->format, still.format);
  EXPECT_EQ(again->image.size(), still.image.size());
  if (copy.pixels_identical) expect_same_pixels(still.image, again->image);
}

void check_encoded(const Still& still) {
  const Result<Bytes> bytes = timed([&] { return encode_still(still, still.format); });
  ASSERT_TRUE(bytes) << bytes.error().message(Language::english);
  const Result<StillHeader> header = read_still_header(*bytes);
  ASSERT_TRUE(header) << header.error().message(Language::english);
  EXPECT_EQ(header->size, still.image.size());
  EXPECT_EQ(header->format, still.format);
}

void check_bytes(BytesView bytes) {
  const std::optional<StillFormat> format = sniff_still(bytes);
  const Result<StillHeader> header = timed([&] { return read_still_header(bytes); });
  const Result<CleanCopy> copy = timed([&] { return copy_without_metadata(bytes); });
  const Result<Still> still = timed([&] { return decode_still(bytes); });
  EXPECT_EQ(copy.has_value(), still.has_value());
  if (!header) expect_sentence(header.error());
  if (!copy) expect_sentence(copy.error());
  if (!still) return expect_sentence(still.error());
  ASSERT_TRUE(header) << header.error().message(Language::english);
  EXPECT_EQ(header->size, still->image.size());
  EXPECT_EQ(format, still->format);
  if (copy) check_copy(*still, *copy);
  check_encoded(*still);
}

void check_file(const std::filesystem::path& path) {
  SCOPED_TRACE(path.string());
  const Result<Bytes> bytes = read_file(path, limits::input_bytes_max);
  ASSERT_TRUE(bytes) << bytes.error().message(Language::english);
  check_bytes(*bytes);
}

void check_folder(const std::filesystem::path& folder) {
  for (const std::filesystem::path& path : files_in(folder)) check_file(path);
}

// The sanitizers' own memory and reports are not ours to count.
void check_folder_and_process(const std::filesystem::path& folder) {
  if (FACEVEIL_SANITIZED) return check_folder(folder);
  std::string chatter;
  {
    const test::StandardErrorCatch caught;
    check_folder(folder);
    chatter = caught.text();
  }
  EXPECT_EQ(chatter, "");
  rusage usage{};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &usage), 0);
  EXPECT_LT(usage.ru_maxrss, resident_kilobytes_max);
}

TEST(Hostile, FilesThatMeanHarm) {
  const auto folder = SHARED_OR_SKIP("hostile");
  check_folder_and_process(folder);
}

TEST(Hostile, CameraFiles) {
  const auto folder = SHARED_OR_SKIP("photos");
  check_folder_and_process(folder);
}

}  // namespace
}  // namespace faceveil
