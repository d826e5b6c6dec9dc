// Animated GIF by libvips (libnsgif): all pictures as one very high one, of which only the rows at
// hand are ever in memory.

#include <vips/vips.h>

#include <vector>

#include "media/animation/pictures.h"
#include "media/still/gif_blocks.h"
#include "media/still/numbers.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

const std::string animated_gif = "GIF";

class GifPictures : public AnimationPictures {
 public:
  GifPictures(VipsImagePtr image, Size size, std::vector<int> durations_ms)
      : image_(std::move(image)), size_(size), durations_ms_(std::move(durations_ms)) {}

  Result<std::optional<AnimationPicture>> next() override {
    if (next_ == durations_ms_.size()) return std::optional<AnimationPicture>();
    AnimationPicture picture;
    picture.duration_ms = durations_ms_[next_];
    Image stored = TRY(Image::create(pixel_format(vips_image_get_bands(image_.get()), 1), size_));
    TRY(read_rows(image_.get(), static_cast<int>(next_) * size_.height, animated_gif, stored));
    picture.image = TRY(seen_pixels(stored));
    ++next_;
    return std::optional<AnimationPicture>(std::move(picture));
  }

 private:
  VipsImagePtr image_;
  Size size_;
  std::vector<int> durations_ms_;
  size_t next_ = 0;
};

// Errors: bad_input where one is cut: libnsgif shows what there is of it.
Result<int64_t> images_in(BytesView file) {
  int64_t count = 0;
  size_t at = first_gif_block(file);
  while (u8_at(file, at) == gif_extension || u8_at(file, at) == gif_image) {
    if (!is_whole_gif_block(file, at)) return damaged_animation(animated_gif);
    count += u8_at(file, at) == gif_image;
    at = end_of_gif_block(file, at);
  }
  return count;
}

Result<VipsImagePtr> load(BytesView file, int pages) {
  TRY(start_vips());
  VipsImage* image = nullptr;
  const int status = vips_gifload_buffer(const_cast<std::byte*>(file.data()), file.size(), &image,
                                         "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                         VIPS_FAIL_ON_WARNING, "n", pages, nullptr);
  VipsImagePtr owner(image);
  if (status == 0 && image) return owner;
  vips_error_clear();
  return damaged_animation(animated_gif);
}

int number_in(VipsImage* image, const char* name, int otherwise) {
  int number = otherwise;
  if (!vips_image_get_typeof(image, name)) return otherwise;
  return vips_image_get_int(image, name, &number) == 0 ? number : otherwise;
}

std::vector<int> durations_in(VipsImage* image) {
  int* durations = nullptr;
  int count = 0;
  if (!vips_image_get_typeof(image, "delay")) return {};
  if (vips_image_get_array_int(image, "delay", &durations, &count) != 0) return {};
  return {durations, durations + count};
}

}  // namespace

Result<OpenAnimation> open_gif_pictures(BytesView file) {
  const int64_t count = TRY(images_in(file));
  TRY(check_animation({1, 1}, count));  // libvips refuses too many without saying why.
  const VipsImagePtr first = TRY(load(file, 1));
  const Size size = {vips_image_get_width(first.get()), vips_image_get_height(first.get())};
  TRY(check_animation(size, count));
  VipsImagePtr all = TRY(load(file, -1));
  std::vector<int> durations = durations_in(all.get());
  // libnsgif leaves out what is cut short: then fewer come than the file begins.
  const bool is_whole =
      std::ssize(durations) == count && vips_image_get_height(all.get()) == size.height * count;
  if (!is_whole) return damaged_animation(animated_gif);
  OpenAnimation open;
  open.info.format = StillFormat::gif;
  open.info.size = size;
  open.info.picture_count = count;
  open.info.plays = number_in(all.get(), "loop", 1);
  for (const int duration : durations) open.info.shown_ms += shown_ms(duration);
  open.pictures = std::make_unique<GifPictures>(std::move(all), size, std::move(durations));
  return open;
}

}  // namespace faceveil
