#include "redact/blur.h"

#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

#include "redact/colour.h"

namespace faceveil {
namespace {

cv::Mat view_of(Image& image) {
  const int depth = bytes_per_sample(image.format()) == 1 ? CV_8U : CV_16U;
  return cv::Mat(image.size().height, image.size().width, CV_MAKETYPE(depth, image.channels()),
                 image.data(), static_cast<size_t>(image.stride_bytes()));
}

// The part of the picture that the kernel can reach from the box.
cv::Rect reach(const PixelBox& box, int kernel_px, Size picture) {
  const int margin = kernel_px / 2;
  return cv::Rect(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin) &
         cv::Rect(0, 0, picture.width, picture.height);
}

void copy_spans(const cv::Mat& blurred, cv::Point origin, Image& image,
                const std::vector<Span>& spans) {
  const size_t pixel_bytes = blurred.elemSize();
  for (const Span& span : spans) {
    std::memcpy(image.row<std::byte>(span.y) + static_cast<size_t>(span.x_begin) * pixel_bytes,
                blurred.ptr(span.y - origin.y, span.x_begin - origin.x),
                static_cast<size_t>(span.x_end - span.x_begin) * pixel_bytes);
  }
}

template <typename Sample>
void make_opaque(Image& image, const std::vector<Span>& spans) {
  const int channels = image.channels();
  for (const Span& span : spans) {
    Sample* row = image.row<Sample>(span.y);
    for (int x = span.x_begin; x < span.x_end; ++x) {
      row[ptrdiff_t{x} * channels + channels - 1] = std::numeric_limits<Sample>::max();
    }
  }
}

}  // namespace

int blur_kernel_px(float face_width_px) {
  const int kernel = std::max(15, static_cast<int>(std::lround(0.3f * face_width_px)));
  return kernel | 1;
}

Status paint_blur(Image& image, const Region& region, const std::vector<Span>& spans) {
  const int kernel_px = blur_kernel_px(region.face.width);
  const cv::Rect area = reach(bounding_box(spans), kernel_px, image.size());
  try {
    cv::Mat blurred;
    // Isolated: OpenCV must not look beyond `area` into the rest of the picture, so that the result
    // does not depend on how the picture lies in memory.
    cv::GaussianBlur(view_of(image)(area), blurred, cv::Size(kernel_px, kernel_px), 0, 0,
                     cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
    copy_spans(blurred, area.tl(), image, spans);
  } catch (const cv::Exception&) {
    return fail(Error::Kind::over_limit,
                "There is not enough memory to blur a region of {0} x {1} pixels.",
                {std::to_string(area.width), std::to_string(area.height)});
  }
  if (has_alpha(image.format())) {
    with_sample_type(image.format(),
                     [&]<typename Sample>(Sample) { make_opaque<Sample>(image, spans); });
  }
  return {};
}

}  // namespace faceveil
