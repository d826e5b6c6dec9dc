// Our balanced search on a street of 1920 x 1080, and a network of others on it at 1280 x 720:
// YuNet of March 2023, which OpenCV's dnn module runs, through our own interface. Two threads each.
// Their runs take turns, so that both have the same machine: compare the two medians. Wants the
// shared folder's photos/city.jpg and peers/face_detection_yunet_2023mar.onnx; without them it says
// so.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "base/files.h"
#include "base/limits.h"
#include "detect/brought/opencv_dnn.h"
#include "detect/brought_model.h"
#include "detect/detector.h"
#include "detect/resample.h"
#include "media/still.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

constexpr Size our_size = {1920, 1080}, peer_size = {1280, 720};
constexpr int thread_count = 2;
constexpr int rounds = 25;

Result<Image> street(Size size) {
  const Bytes bytes =
      TRY(read_file(test::shared_folder() / "photos/city.jpg", limits::input_bytes_max));
  const Still still = TRY(decode_still(bytes));
  return resample(still.image, size);
}

double milliseconds_of(const std::function<Status()>& work, Status& status) {
  const auto start = std::chrono::steady_clock::now();
  status = work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

double median(const std::vector<double>& ascending) { return ascending[ascending.size() / 2]; }

Status compare(int search_rounds) {
  DetectorOptions options;
  options.thread_count = thread_count;
  const std::filesystem::path models = TRY(find_model_folder());
  const auto detector = TRY(Detector::create(models, options));
  const auto peer =
      TRY(open_face_network(test::shared_folder() / "peers/face_detection_yunet_2023mar.onnx"));
  brought::set_opencv_threads(thread_count);
  const Image large = TRY(street(our_size)), small = TRY(street(peer_size));
  const auto search = [&]() -> Status {
    TRY(detector.detect(large));
    return {};
  };
  const auto look = [&]() -> Status {
    TRY(peer->look(small, 0));
    return {};
  };
  TRY(search());  // The first run of each prepares.
  TRY(look());
  std::vector<double> ours, theirs;
  Status status;
  for (int round = 0; round < search_rounds; ++round) {
    ours.push_back(milliseconds_of(search, status));
    TRY(status);
    theirs.push_back(milliseconds_of(look, status));
    TRY(status);
  }
  std::ranges::sort(ours);
  std::ranges::sort(theirs);
  std::printf("balanced search, 1920 x 1080: %.1f ms, best %.1f (%.2f GFLOP)\n", median(ours),
              ours.front(), detector.gflop(our_size));
  std::printf("YuNet, 1280 x 720: %.1f ms, best %.1f (%.2f GFLOP)\n", median(theirs),
              theirs.front(), peer->gflop(peer_size));
  std::printf("ratio of the medians %.2f, of the best %.2f\n", median(ours) / median(theirs),
              ours.front() / theirs.front());
  return {};
}

}  // namespace
}  // namespace faceveil

int main(int count, char** words) {
  const faceveil::Status done =
      faceveil::compare(count > 1 ? std::max(1, std::atoi(words[1])) : faceveil::rounds);
  if (done) return 0;
  std::printf("%s: %s\n", done.error().subject.c_str(), done.error().text.c_str());
  return 1;
}
