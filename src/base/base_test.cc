// The small things of the room: digests, threads, languages, rectangles, errors.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <vector>

#include "base/geometry.h"
#include "base/language.h"
#include "base/markup.h"
#include "base/messages_zh.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/thread_pool.h"

namespace faceveil {
namespace {

// FIPS 180-4 examples.
TEST(Sha256, OfTheStandardsExamples) {
  EXPECT_EQ(sha256_hex(as_bytes("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(ParallelFor, DoesEachItemOnce) {
  for (const int threads : {0, 1, 2, 7, 100}) {
    for (const size_t count : {0u, 1u, 2u, 50u}) {
      std::vector<std::atomic<int>> done(count);
      parallel_for(count, threads, [&](size_t i) { ++done[i]; });
      for (const auto& times : done) EXPECT_EQ(times, 1);
    }
  }
}

TEST(LanguageTags, AreReadByTheirBeginning) {
  EXPECT_EQ(parse_language("zh_CN.UTF-8"), Language::chinese);
  EXPECT_EQ(parse_language("zh-Hans,en;q=0.5"), Language::chinese);
  EXPECT_EQ(parse_language("en-GB,zh;q=0.1"), Language::english);
  EXPECT_EQ(parse_language(""), Language::english);
  EXPECT_EQ(parse_language("C"), Language::english);
}

TEST(Translate, FillsPlacesAndKeepsWhatIsUnknown) {
  EXPECT_EQ(translate(Language::english, "{1} before {0}; {x} {9}", {"a", "b"}),
            "b before a; {x} ");
  EXPECT_EQ(translate(Language::chinese, "There is no such file."), "没有这个文件。");
  EXPECT_EQ(translate(Language::chinese, "never translated"), "never translated");
}

// An argument that looks like a place is not filled again.
TEST(Translate, ArgumentsAreNotPlaces) {
  EXPECT_EQ(translate(Language::english, "{0}", {"{0}{1}"}), "{0}{1}");
}

TEST(Errors, NameTheirSubjectOnce) {
  Result<int> result = fail(Error::Kind::io, "There is no such file.");
  result = about("a.jpg", about("inner.jpg", result));
  EXPECT_EQ(result.error().message(Language::english), "inner.jpg: There is no such file.");
  EXPECT_EQ(result.error().message(Language::chinese), "inner.jpg: 没有这个文件。");
}

Result<int> doubled(Result<int> input) {
  const int value = TRY(input);
  return value * 2;
}

TEST(Errors, TryReturnsThemEarly) {
  EXPECT_EQ(doubled(21).value(), 42);
  EXPECT_EQ(doubled(fail(Error::Kind::cancelled, "x")).error().kind, Error::Kind::cancelled);
}

TEST(Geometry, IntersectionOverUnion) {
  const Rect a{0, 0, 10, 10};
  EXPECT_FLOAT_EQ(intersection_over_union(a, a), 1);
  EXPECT_FLOAT_EQ(intersection_over_union(a, {5, 0, 10, 10}), 50.0f / 150);
  EXPECT_FLOAT_EQ(intersection_over_union(a, {10, 0, 10, 10}), 0);
  EXPECT_FLOAT_EQ(intersection_over_union(a, {50, 50, 0, 0}), 0);
}

TEST(Markup, NothingOfATextEndsItsElementOrAttribute) {
  EXPECT_EQ(escaped_markup("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;");
  EXPECT_EQ(escaped_markup("人脸 100%"), "人脸 100%");
}

}  // namespace
}  // namespace faceveil
