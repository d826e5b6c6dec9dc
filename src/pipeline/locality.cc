#include "pipeline/locality.h"

#include <cstring>
#include <optional>

#include "media/jpeg_picture.h"
#include "media/still.h"
#include "redact/jpeg_clusters.h"

namespace faceveil {
namespace {

Check outcome(CheckOutcome outcome, Sentence note) {
  return {CheckId::locality, outcome, std::move(note)};
}

Check not_local(Sentence note) { return outcome(CheckOutcome::not_checked, std::move(note)); }

// Nothing but the place of a pixel is said of it: both pictures have the same format.
int64_t different_pixels(const Image& output, const Image& source, const HiddenMap& hidden) {
  const auto pixel_bytes = static_cast<size_t>(output.channels()) *
                           static_cast<size_t>(bytes_per_sample(output.format()));
  int64_t different = 0;
  for (int y = 0; y < output.size().height; ++y) {
    const std::byte* a = output.row<std::byte>(y);
    const std::byte* b = source.row<std::byte>(y);
    if (std::memcmp(a, b, static_cast<size_t>(output.stride_bytes())) == 0) continue;
    for (int x = 0; x < output.size().width; ++x, a += pixel_bytes, b += pixel_bytes) {
      different += hidden.is_visible(x, y) && std::memcmp(a, b, pixel_bytes) != 0;
    }
  }
  return different;
}

Check compare_pixels(const Image& output, const Image& source, const RedactionPlan& plan) {
  if (output.size() != source.size()) {
    return outcome(CheckOutcome::found, Sentence{"The source has another size.", {}});
  }
  if (output.format() != source.format()) {
    return not_local(
        Sentence{"The source's pixels are of another kind (depth, colour or alpha).", {}});
  }
  const int64_t different = different_pixels(output, source, hidden_by(plan, output.size()));
  if (different == 0) {
    return outcome(CheckOutcome::clean,
                   Sentence{"Every pixel outside the regions is the source's.", {}});
  }
  return outcome(CheckOutcome::found,
                 Sentence{"{0} pixels outside the regions differ from the source's.",
                          {std::to_string(different)}});
}

bool have_same_layout(const JpegPicture& a, const JpegPicture& b) {
  if (a.stored_size() != b.stored_size() || a.orientation() != b.orientation()) return false;
  if (a.colours() != b.colours() || a.components().size() != b.components().size()) return false;
  for (size_t i = 0; i < a.components().size(); ++i) {
    const JpegComponent& one = a.components()[i];
    const JpegComponent& other = b.components()[i];
    if (one.blocks != other.blocks || one.mcu_blocks_across != other.mcu_blocks_across ||
        one.mcu_blocks_down != other.mcu_blocks_down) {
      return false;
    }
  }
  return true;
}

bool have_same_tables(const JpegPicture& a, const JpegPicture& b) {
  for (size_t i = 0; i < a.components().size(); ++i) {
    if (a.components()[i].quantisation != b.components()[i].quantisation) return false;
  }
  return true;
}

Check compare_blocks(const JpegPicture& output, const JpegPicture& source,
                     const RedactionPlan& plan, bool has_frames) {
  if (!have_same_layout(output, source)) {
    return not_local(Sentence{"The picture was turned or its blocks were laid out anew.", {}});
  }
  if (!have_same_tables(output, source)) {
    return outcome(CheckOutcome::found,
                   Sentence{"The quantisation tables are not the source's.", {}});
  }
  const std::vector<Region> regions = regions_at(plan, MediaTime{0});
  const TouchedMcus touched = touched_mcus(stored_regions(regions, output), output, has_frames);
  const size_t different = output.different_mcus(source, touched.all.members());
  if (different == 0) {
    return outcome(CheckOutcome::clean,
                   Sentence{"Every coefficient outside the touched blocks is the source's.", {}});
  }
  return outcome(CheckOutcome::found,
                 Sentence{"{0} blocks outside the regions differ from the source's.",
                          {std::to_string(different)}});
}

Result<std::optional<JpegPicture>> as_jpeg(BytesView file) {
  if (sniff_still(file) != StillFormat::jpeg) return std::optional<JpegPicture>();
  JpegPicture picture = TRY(JpegPicture::read(file));
  if (picture.obstacle()) return std::optional<JpegPicture>();
  return std::optional<JpegPicture>(std::move(picture));
}

// By coefficients; none where one of both is no JPEG or has an obstacle.
Result<std::optional<Check>> compare_jpegs(const VerifyRequest& request) {
  const std::optional<JpegPicture> output = TRY(as_jpeg(request.output));
  if (!output) return std::optional<Check>();
  if (request.source_picture) {
    return compare_blocks(*output, *request.source_picture, *request.plan, request.has_frames);
  }
  const std::optional<JpegPicture> source = TRY(as_jpeg(request.source));
  if (!source) return std::optional<Check>();
  return compare_blocks(*output, *source, *request.plan, request.has_frames);
}

bool is_lossless(BytesView file) {
  const std::optional<StillFormat> format = sniff_still(file);
  return format == StillFormat::png || format == StillFormat::tiff || format == StillFormat::bmp ||
         format == StillFormat::webp;
}

}  // namespace

HiddenMap hidden_by(const RedactionPlan& plan, Size picture, MediaTime time) {
  HiddenMap hidden(picture);
  for (const Region& region : regions_at(plan, time)) {
    hidden.add(spans_of(region, picture));
  }
  return hidden;
}

Result<const Image*> LazyPicture::image() {
  if (!image_) {
    Still still = TRY(decode_still(file_));
    image_ = std::move(still.image);
  }
  return &*image_;
}

Result<Check> check_locality(const VerifyRequest& request, LazyPicture& output) {
  const bool has_both = !request.source.empty() && request.plan;
  if (has_both && !request.was_encoded_again) {
    const std::optional<Check> check = TRY(compare_jpegs(request));
    if (check) return *check;
  }
  const Image* const image = TRY(output.image());
  if (!has_both) return not_local(Sentence{"This needs the source and the plan.", {}});
  if (request.has_frames) return not_local(Sentence{"Green frames were to be drawn.", {}});
  // A JPEG that became another format was changed by whole blocks.
  const bool same_format = sniff_still(request.output) == sniff_still(request.source);
  if (same_format && is_lossless(request.output)) {
    const Still source = TRY(decode_still(request.source));
    if (source.traits.lossless) return compare_pixels(*image, source.image, *request.plan);
  }
  return not_local(Sentence{
      "The format is lossy or another one: pixels outside the regions may differ by one more "
      "encoding.",
      {}});
}

}  // namespace faceveil
