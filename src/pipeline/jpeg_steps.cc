// From JPEG: only the blocks under the regions change. That matters for an output in another format
// too: where pixels alone are painted, the rest of a block still knows what was under the region.

#include <utility>

#include "pipeline/still_steps.h"
#include "redact/paint_jpeg.h"

namespace faceveil {
namespace {

constexpr std::string_view not_turned =
    "The picture is not made of whole blocks, so it could not be turned without a loss: its "
    "orientation stays as a tag.";

// Whether to turn, and a note where that was asked for and cannot be.
bool turns(const JpegPicture& picture, const ApplyOptions& options, Applied& applied) {
  if (!options.upright || picture.orientation() == Orientation::top_left) return false;
  if (picture.turns_losslessly()) return true;
  applied.notes.push_back(not_turned);
  return false;
}

Result<Applied> apply_through_pixels(const RedactionPlan& plan, BytesView input,
                                     const ApplyOptions& options, JpegObstacle obstacle) {
  Still still = TRY(decode_still(input));
  Applied applied = TRY(apply_to_still(plan, std::move(still), input, options));
  add_note(applied, obstacle);
  return applied;
}

Result<Applied> encode_as(const JpegPicture& picture, const Metadata& kept, Applied applied) {
  const Still still = TRY(picture.decode());
  applied.bytes = TRY(encode_still(still, applied.format, kept));
  return applied;
}

}  // namespace

void add_note(Applied& applied, JpegObstacle obstacle) {
  applied.notes.push_back(obstacle_sentence(obstacle));
}

Result<OpenInput> open_input(BytesView input) {
  OpenInput open;
  if (sniff_still(input) == StillFormat::jpeg) {
    JpegPicture picture = TRY(JpegPicture::read(input));
    open.obstacle = picture.obstacle();
    if (!open.obstacle) open.jpeg = std::move(picture);
  }
  if (!open.jpeg) open.still = TRY(decode_still(input));
  return open;
}

Result<Applied> apply_to_jpeg(const RedactionPlan& plan, JpegPicture picture, BytesView input,
                              const ApplyOptions& options) {
  auto [kept, regions, applied] = TRY(begin_applying(plan, input, options));
  applied.format = options.format.value_or(StillFormat::jpeg);
  applied.size = upright_size(picture.stored_size(), picture.orientation());
  const bool stays_jpeg = applied.format == StillFormat::jpeg;
  const bool upright = stays_jpeg && turns(picture, options, applied);
  if (regions.empty() && stays_jpeg && !upright) {
    return pass_unchanged(input, kept, std::move(applied));
  }
  const Cover* const cover = TRY(cover_for(plan, regions, options));
  TRY(paint_jpeg(picture, regions, options.frame, cover));
  if (!stays_jpeg) return encode_as(picture, kept, std::move(applied));
  Result<Bytes> bytes = picture.write(upright, kept);
  if (!bytes) return apply_through_pixels(plan, input, options, JpegObstacle::range);
  applied.bytes = std::move(*bytes);
  applied.unchanged = regions.empty();
  if (picture.held() == JpegPicture::Coefficients::indexed) {
    applied.input_picture = std::make_shared<const JpegPicture>(std::move(picture));
  }
  return std::move(applied);
}

}  // namespace faceveil
