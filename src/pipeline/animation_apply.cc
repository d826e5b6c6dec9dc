// The second pass over an animation that stays one.

#include "pipeline/animation.h"
#include "pipeline/locality.h"
#include "pipeline/video_steps.h"
#include "redact/paint.h"

namespace faceveil {
namespace {

// Hides in one picture, and says which of its pixels are hidden.
Result<HiddenMap> hide_in(AnimationPicture& picture, const RedactionPlan& plan, const Cover* cover,
                          bool draws_frames, HiddenVideo& done) {
  const Size size = picture.image.size();
  const std::vector<Region> regions = regions_at(plan, picture.time);
  done.frames_hidden_in += !regions.empty();
  TRY(paint(picture.image, regions, cover));
  if (draws_frames) draw_frames(picture.image, regions, size);
  return hidden_by(plan, size, picture.time);
}

Status pass_on(AnimationReader& reader, AnimationWriter& writer, const RedactionPlan& plan,
               const Cover* cover, bool draws_frames, const VideoOptions& video,
               HiddenVideo& done) {
  FrameCounter counter(video, VideoStage::hide, reader.info().picture_count);
  while (std::optional<AnimationPicture> picture = TRY(reader.next())) {
    TRY(counter.count(picture->time));
    const HiddenMap hidden = TRY(hide_in(*picture, plan, cover, draws_frames, done));
    TRY(writer.write(std::move(*picture), [&](int x, int y) { return !hidden.is_visible(x, y); }));
  }
  done.frames = counter.frames();
  return {};
}

void add_notes(const AnimationWriter& writer, const VideoOptions& video, HiddenVideo& done) {
  if (writer.approximated() > 0) {
    done.notes.push_back(
        "Some pictures have more colours than a picture of a GIF has room for; there the nearest "
        "were taken.");
  }
  if (done.voice.changes_anything()) done.notes.push_back("There is no sound in this film.");
  if (video.copy_clean) {
    done.notes.push_back("Nothing could be copied as it was coded: all is encoded again.");
  }
}

}  // namespace

std::optional<StillFormat> animation_wanted(const std::filesystem::path& input,
                                            const std::filesystem::path& output) {
  const std::optional<StillFormat> read = sniff_animation(input);
  return read ? animation_format_for(output, *read) : std::nullopt;
}

Result<UnnamedFilm> write_hidden_animation(const RedactionPlan& plan,
                                           const std::filesystem::path& input,
                                           const std::filesystem::path& output, StillFormat format,
                                           Overwrite overwrite, const ApplyOptions& options,
                                           const VideoOptions& video) {
  // As a film it says whether these options are for it.
  const VideoReader film = TRY(VideoReader::open(input, read_options(video, /*sound=*/false)));
  TRY(check_film_source(plan, input, film.info(), video.stop_requested));
  const Cover* const cover = TRY(cover_for_film(plan, options));
  AnimationReader reader = TRY(AnimationReader::open(input));
  AnimationWriter writer = TRY(AnimationWriter::create(output, overwrite, format, reader.info()));
  HiddenVideo done;
  done.size = reader.info().size;
  done.track_count = tracks_to_hide(plan);
  done.dropped = reader.info().further;
  done.voice = video.voice.value_or(plan.voice);
  TRY(pass_on(reader, writer, plan, cover, options.frame, video, done));
  add_notes(writer, video, done);
  OutputFile file = TRY(writer.complete());
  return UnnamedFilm{std::move(done), std::move(file)};
}

}  // namespace faceveil
