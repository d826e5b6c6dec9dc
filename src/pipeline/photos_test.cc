// Every photograph of the shared data goes through hide and verify.

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "base/limits.h"
#include "pipeline/checked_hide.h"
#include "tests/support/second_pictures.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

// One look at the whole picture: what is asked here is whether files pass, not whether every face
// is found, and the full search would take minutes.
const Detector& quick_detector() {
  static const Detector instance =
      Detector::create(find_model_folder().value(), matching(std::nullopt, Search::quick)).value();
  return instance;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

struct Seen {
  size_t faces = 0, files_with_thumbnails = 0;
};

void hide_and_look(BytesView input, Seen& seen) {
  const Result<Checked> checked =
      hide_and_verify(input, &quick_detector(), {}, {}, {&quick_detector()});
  ASSERT_TRUE(checked) << checked.error().message();
  for (const Finding& finding : checked->verification.findings) {
    // Its one network sees faces in veils, too: what it finds is no measure of hiding.
    EXPECT_EQ(finding.check, CheckId::faces) << finding.detail.text;
  }
  const std::string_view output = as_text(checked->hidden.applied.bytes);
  const std::vector<std::string_view> pieces = test::pieces_of_second_pictures(input);
  for (const std::string_view piece : pieces) {
    ASSERT_EQ(output.find(piece), std::string_view::npos) << "a piece of a second picture";
  }
  seen.faces += checked->hidden.applied.hidden_count;
  seen.files_with_thumbnails += !pieces.empty();
}

TEST(Photos, GoThroughHideAndVerifyAndLeaveTheirThumbnailsBehind) {
  const auto folder = SHARED_OR_SKIP("photos");
  Seen seen;
  for (const std::filesystem::path& path : files_in(folder)) {
    SCOPED_TRACE(path.string());
    const Result<Bytes> input = read_file(path, limits::input_bytes_max);
    ASSERT_TRUE(input);
    hide_and_look(*input, seen);
  }
  EXPECT_GT(seen.faces, 0u);
  EXPECT_GT(seen.files_with_thumbnails, 0u);
}

// Photographs in which every face is found at once: the heads around the veils are not hidden too.
TEST(Photos, VeilsAreNotTakenForFaces) {
  const auto folder = SHARED_OR_SKIP("photos");
  const Detector detector =
      Detector::create(find_model_folder().value(), DetectorOptions()).value();
  for (const char* name : {"sample1.jpg", "sample3.jpg", "sample5.jpg", "city.jpg"}) {
    const Bytes input = read_file(folder / name, limits::input_bytes_max).value();
    const Checked checked = hide_and_verify(input, &detector, {}, {}, {&detector}).value();
    EXPECT_TRUE(checked.verification.clean())
        << name << ": " << describe(checked.verification.findings);
    EXPECT_EQ(checked.verification.faces_added, 0U) << name;
  }
}

}  // namespace
}  // namespace faceveil
