#include "detect/haar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>
#include <system_error>
#include <tuple>

#include "base/limits.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 2> cascade_files = {"haarcascade_frontalface_default.xml",
                                                      "haarcascade_profileface.xml"};
constexpr const char* debian_folder = "/usr/share/opencv4/haarcascades";
constexpr double scale_step = 1.1;
constexpr int side_min = 24;  // The frontal cascade's own window.
constexpr size_t idle_cascades_max = 4;
// OpenCV keeps sums of all its scales at once, some 70 bytes a pixel.
constexpr double pixels_max = 4e6;

// OpenCV's classifiers hold working memory: one thread at a time.
struct Cascades {
  cv::CascadeClassifier front, profile;
};

struct Window {
  cv::Rect box;
  double sum = 0;  // Of the last stage.
};

// Runs `work`; an exception of the library becomes an error.
template <typename Work>
auto at_the_wall(const Work& work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const cv::Exception& exception) {
    return fail(Error::Kind::bad_input, "OpenCV cannot use the Haar cascades ({0}).",
                {exception.err});
  } catch (const std::exception& exception) {
    return fail(Error::Kind::bad_input, "OpenCV cannot use the Haar cascades ({0}).",
                {exception.what()});
  }
}

bool holds_cascades(const fs::path& folder) {
  std::error_code ignored;
  return std::all_of(cascade_files.begin(), cascade_files.end(),
                     [&](const char* file) { return fs::is_regular_file(folder / file, ignored); });
}

auto no_cascades(const fs::path& folder) {
  return fail(Error::Kind::io,
              "The Haar cascades are not in {0}: install the package opencv-data, or set "
              "FACEVEIL_HAAR_DIR to the folder that holds {1} and {2}.",
              {folder.string(), cascade_files[0], cascade_files[1]});
}

Result<std::unique_ptr<Cascades>> load_cascades(const fs::path& folder) {
  if (!holds_cascades(folder)) return no_cascades(folder);
  auto cascades = std::make_unique<Cascades>();
  const bool loaded = TRY(at_the_wall([&] {
    return cascades->front.load((folder / cascade_files[0]).string()) &&
           cascades->profile.load((folder / cascade_files[1]).string());
  }));
  if (!loaded) {
    return about(folder.string(), Result<std::unique_ptr<Cascades>>(fail(
                                      Error::Kind::bad_input, "The file is not a Haar cascade.")));
  }
  return cascades;
}

cv::Mat grey_of(const Image& picture) {
  const cv::Mat rgb(picture.size().height, picture.size().width, CV_8UC3,
                    const_cast<std::byte*>(picture.data()),
                    static_cast<size_t>(picture.stride_bytes()));
  cv::Mat grey;
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  return grey;
}

int reduction_for(Size picture) {
  const double pixels = double(picture.width) * picture.height;
  return std::max(1, static_cast<int>(std::ceil(std::sqrt(pixels / pixels_max))));
}

// Without the columns and rows at the end that do not make a whole pixel.
cv::Mat reduced(const cv::Mat& grey, int factor) {
  if (factor == 1) return grey;
  const cv::Size size(std::max(1, grey.cols / factor), std::max(1, grey.rows / factor));
  const cv::Rect whole(0, 0, std::min(grey.cols, size.width * factor),
                       std::min(grey.rows, size.height * factor));
  cv::Mat small;
  cv::resize(grey(whole), small, size, 0, 0, cv::INTER_AREA);
  return small;
}

// Windows that pass all stages, none of them grouped. OpenCV's threads add theirs in any order.
std::vector<Window> find_windows(cv::CascadeClassifier& cascade, const cv::Mat& grey) {
  std::vector<cv::Rect> boxes;
  std::vector<int> levels;
  std::vector<double> sums;
  cascade.detectMultiScale(grey, boxes, levels, sums, scale_step, 0, 0,
                           cv::Size(side_min, side_min), cv::Size(), true);
  std::vector<Window> windows;
  for (size_t i = 0; i < boxes.size(); ++i) windows.push_back({boxes[i], sums[i]});
  std::sort(windows.begin(), windows.end(), [](const Window& a, const Window& b) {
    return std::tuple(a.box.width, a.box.y, a.box.x, a.sum) <
           std::tuple(b.box.width, b.box.y, b.box.x, b.sum);
  });
  return windows;
}

// `factor`: pixels of the picture for one of what was looked at.
void add_candidates(const std::vector<Window>& windows, float factor, float logit_min,
                    std::vector<Candidate>& found) {
  for (const Window& window : windows) {
    const auto logit = static_cast<float>(std::clamp(2 * window.sum, -100.0, 100.0));
    if (logit < logit_min) continue;
    const cv::Rect& at = window.box;
    const Rect box = {static_cast<float>(at.x) * factor, static_cast<float>(at.y) * factor,
                      static_cast<float>(at.width) * factor,
                      static_cast<float>(at.height) * factor};
    const Point middle = {box.x + box.width / 2, box.y + box.height / 2};
    found.push_back({box, logit, std::nullopt, middle});
  }
}

// The cascade knows profiles to one side: the other is found in the mirror.
std::vector<Window> find_mirrored(cv::CascadeClassifier& cascade, const cv::Mat& grey) {
  cv::Mat mirrored;
  cv::flip(grey, mirrored, 1);
  std::vector<Window> windows = find_windows(cascade, mirrored);
  for (Window& window : windows) window.box.x = grey.cols - window.box.x - window.box.width;
  return windows;
}

class Haar final : public FaceNetwork {
 public:
  Haar(fs::path folder, std::unique_ptr<Cascades> first) : folder_(std::move(folder)) {
    idle_.push_back(std::move(first));
  }

  const std::string& name() const override { return name_; }
  double gflop(Size) const override { return 0; }
  // A window may be as large as the picture: it cannot be looked at in parts.
  int reach_px() const override { return limits::side_pixels_max; }
  int alignment_px() const override { return 1; }

  Result<std::vector<Candidate>> look(const Image& picture, float logit_min) const override {
    if (picture.format() != PixelFormat::rgb8 || picture.size().width < 1 ||
        picture.size().height < 1) {
      return fail(Error::Kind::bad_input, "A face network looks at 8-bit RGB pictures only.");
    }
    std::unique_ptr<Cascades> cascades = TRY(take());
    std::vector<Candidate> found = TRY(at_the_wall([&] {
      const int factor = reduction_for(picture.size());
      const cv::Mat grey = reduced(grey_of(picture), factor);
      const auto scale = static_cast<float>(factor);
      std::vector<Candidate> candidates;
      add_candidates(find_windows(cascades->front, grey), scale, logit_min, candidates);
      add_candidates(find_windows(cascades->profile, grey), scale, logit_min, candidates);
      add_candidates(find_mirrored(cascades->profile, grey), scale, logit_min, candidates);
      return candidates;
    }));
    give_back(std::move(cascades));
    return found;
  }

 private:
  Result<std::unique_ptr<Cascades>> take() const {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Cascades> taken = std::move(idle_.back());
        idle_.pop_back();
        return taken;
      }
    }
    return load_cascades(folder_);
  }

  void give_back(std::unique_ptr<Cascades> cascades) const {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < idle_cascades_max) idle_.push_back(std::move(cascades));
  }

  std::string name_ = "haar";
  fs::path folder_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Cascades>> idle_;
};

}  // namespace

Result<fs::path> find_haar_folder() {
  const char* const chosen = std::getenv("FACEVEIL_HAAR_DIR");
  const fs::path folder = chosen && *chosen ? chosen : debian_folder;
  if (holds_cascades(folder)) return folder;
  return no_cascades(folder);
}

Result<std::unique_ptr<FaceNetwork>> open_haar_cascades(const fs::path& folder) {
  std::unique_ptr<Cascades> first = TRY(load_cascades(folder));
  return std::make_unique<Haar>(folder, std::move(first));
}

}  // namespace faceveil
