// Hides what a plan says, and nothing else.

#include <algorithm>
#include <utility>

#include "base/sha256.h"
#include "media/animation.h"
#include "pipeline/locality.h"
#include "pipeline/still_steps.h"
#include "redact/paint.h"
#include "redact/palette_fit.h"

namespace faceveil {

// Nothing to hide: the picture's own compressed data goes through wherever the format lets it.
Result<Applied> pass_unchanged(BytesView input, const Metadata& kept, Applied applied) {
  CleanCopy copy = TRY(copy_with_metadata(input, kept));
  applied.bytes = std::move(copy.bytes);
  applied.unchanged = copy.pixels_identical;
  return applied;
}

namespace {

bool needs_cover(const std::vector<Region>& regions) {
  return std::ranges::any_of(regions,
                             [](const Region& region) { return region.effect == Effect::image; });
}

bool has_palettes(StillFormat format) {
  return format == StillFormat::png || format == StillFormat::gif;
}

Size size_of(const OpenInput& open) {
  return open.jpeg ? upright_size(open.jpeg->stored_size(), open.jpeg->orientation())
                   : open.still->image.size();
}

Result<Applied> apply_to_open(const RedactionPlan& plan, OpenInput open, BytesView input,
                              const ApplyOptions& options) {
  if (open.jpeg) return apply_to_jpeg(plan, std::move(*open.jpeg), input, options);
  Applied applied = TRY(apply_to_still(plan, std::move(*open.still), input, options));
  const bool encoded_again = applied.format == StillFormat::jpeg && !applied.unchanged;
  if (open.obstacle && encoded_again) add_note(applied, *open.obstacle);
  return applied;
}

// A JPEG picture is decoded for no longer than the detector looks at it.
Result<RedactionPlan> plan_for_open(const OpenInput& open, BytesView input,
                                    const Detector* detector, const PlanOptions& options) {
  if (open.still || !detector) {
    const Image* const image = open.still ? &open.still->image : nullptr;
    return plan_for_picture(size_of(open), image, input, detector, options);
  }
  const Still still = TRY(open.jpeg->decode());
  return plan_for_picture(size_of(open), &still.image, input, detector, options);
}

}  // namespace

Result<const Cover*> cover_for(const RedactionPlan& plan, const std::vector<Region>& regions,
                               const ApplyOptions& options) {
  if (!needs_cover(regions)) return nullptr;
  if (!options.cover) {
    return fail(Error::Kind::bad_input,
                "The effect image lays a picture over faces (\"{0}\"); give it with --image.",
                {plan.cover->name});
  }
  if (options.cover->fingerprint.sha256 != plan.cover->sha256) {
    return fail(Error::Kind::stale_plan,
                "The plan was made with another picture for the effect image (its SHA-256 "
                "differs): \"{0}\".",
                {plan.cover->name});
  }
  return &options.cover->cover;
}

Status check_source_file(const RedactionPlan& plan, BytesView source) {
  if (sha256_hex(source) == plan.source.sha256) return {};
  return fail(Error::Kind::stale_plan,
              "The plan was made from another file (its SHA-256 differs); make a new plan.");
}

Status check_source_size(const RedactionPlan& plan, Size upright) {
  if (upright == plan.source.size) return {};
  return fail(Error::Kind::stale_plan,
              "The plan says {0} x {1} pixels, which is not this picture's size.",
              {std::to_string(plan.source.size.width), std::to_string(plan.source.size.height)});
}

Result<CoverPicture> decode_cover(BytesView file, std::string name) {
  const Still still = TRY(decode_still(file));
  Cover cover = TRY(Cover::create(still.image));
  return CoverPicture{{std::move(name), sha256_hex(file)}, std::move(cover)};
}

Result<Applying> begin_applying(const RedactionPlan& plan, BytesView input,
                                const ApplyOptions& options) {
  TRY(validate(options.metadata));
  Applying begun;
  begun.kept = TRY(kept_metadata(input, options.metadata));
  begun.regions = regions_at(plan, MediaTime{0});
  begun.applied.hidden_count = begun.regions.size();
  if (is_animation(input)) {
    begun.applied.notes.push_back("This is an animation; only its first picture is in the output.");
  }
  return begun;
}

Result<Applied> apply_to_still(const RedactionPlan& plan, Still still, BytesView input,
                               const ApplyOptions& options) {
  auto [kept, regions, applied] = TRY(begin_applying(plan, input, options));
  applied.format = options.format.value_or(still.format);
  applied.size = still.image.size();
  applied.painted_in = still.image.format();
  if (regions.empty() && applied.format == still.format) {
    return pass_unchanged(input, kept, std::move(applied));
  }
  const Cover* const cover = TRY(cover_for(plan, regions, options));
  TRY(paint(still.image, regions, cover));
  if (options.frame) draw_frames(still.image, regions, still.image.size());
  if (still.traits.palette && has_palettes(applied.format)) {
    fit_palette(still.image, hidden_by(plan, still.image.size()));
  }
  applied.bytes = TRY(encode_still(still, applied.format, kept));
  return std::move(applied);
}

Result<Applied> apply_plan(const RedactionPlan& plan, BytesView input,
                           const ApplyOptions& options) {
  TRY(validate(plan));
  TRY(check_source_file(plan, input));
  OpenInput open = TRY(open_input(input));
  TRY(check_source_size(plan, size_of(open)));
  return apply_to_open(plan, std::move(open), input, options);
}

Result<Hidden> hide(BytesView input, const Detector* detector, const PlanOptions& plan_options,
                    const ApplyOptions& apply_options, const BeforeStep& before) {
  TRY(begin_step(before, WorkStep::looking));
  OpenInput open = TRY(open_input(input));
  Hidden hidden;
  hidden.plan = TRY(plan_for_open(open, input, detector, plan_options));
  TRY(begin_step(before, WorkStep::hiding));
  hidden.applied = TRY(apply_to_open(hidden.plan, std::move(open), input, apply_options));
  return hidden;
}

}  // namespace faceveil
