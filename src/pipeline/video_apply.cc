// The second pass over a film: what the plan says is hidden, everything else goes through.

#include <algorithm>
#include <memory>

#include "base/sha256.h"
#include "pipeline/animation.h"
#include "pipeline/frames_ahead.h"
#include "pipeline/still_steps.h"
#include "pipeline/video_copies.h"
#include "pipeline/video_steps.h"
#include "redact/paint_video.h"
#include "redact/voice.h"

namespace faceveil {

Status check_film_source(const RedactionPlan& plan, const std::filesystem::path& input,
                         const VideoInfo& info, const StopRequested& stop_requested) {
  if (TRY(sha256_of_file(input, stop_requested)) != plan.source.sha256) {
    return fail(Error::Kind::stale_plan,
                "The plan was made from another file (its SHA-256 differs); make a new plan.");
  }
  if (info.size != plan.source.size) {
    return fail(Error::Kind::stale_plan,
                "The plan says {0} x {1} pixels, which is not this picture's size.",
                {std::to_string(plan.source.size.width), std::to_string(plan.source.size.height)});
  }
  return {};
}

Result<const Cover*> cover_for_film(const RedactionPlan& plan, const ApplyOptions& options) {
  std::vector<Region> any;
  for (const Track& track : plan.tracks) {
    if (track.decision == Decision::keep || track.effect != Effect::image) continue;
    any.push_back({track.id, {}, {}, track.effect, track.shape});
  }
  return cover_for(plan, any, options);
}

namespace {

// Damage is often noticed late: what it spoilt first still looks like a picture, with a face at a
// place where nobody looked. So a group of pictures that are made from each other goes as a whole
// where one of them is damaged. A bit a picture; empty where damage is an error anyway.
Result<std::vector<bool>> pictures_to_cover(const std::filesystem::path& input,
                                            const VideoOptions& video) {
  std::vector<bool> cover;
  if (!video.best_effort) return cover;
  VideoReader reader = TRY(VideoReader::open(input, read_options(video, /*sound=*/false)));
  FrameCounter counter(video, VideoStage::check, reader.info().frame_count);
  size_t group = 0;
  while (std::optional<VideoUnit> unit = TRY(reader.next())) {
    const auto* const frame = std::get_if<VideoFrame>(&*unit);
    if (!frame) continue;
    TRY(counter.count(frame->time()));
    if (frame->begins_group()) group = cover.size();
    const bool is_new = frame->damaged() && (cover.size() == group || !cover.back());
    cover.push_back(frame->damaged());
    if (is_new) std::fill(cover.begin() + static_cast<ptrdiff_t>(group), cover.end(), true);
  }
  return cover;
}

// Hides in one picture; nothing is shown of one that cannot be believed.
Status hide_in(VideoFrame& frame, bool covers, const RedactionPlan& plan, const Cover* cover,
               bool draws_frames, HiddenVideo& done) {
  if (covers || frame.damaged()) {
    ++done.frames_covered;
    cover_whole(frame);
    return {};
  }
  const std::vector<Region> regions = regions_at(plan, frame.time());
  done.frames_hidden_in += !regions.empty();
  return paint_video(frame, regions, cover, draws_frames);
}

// A new changer for each film: what is drawn for one says nothing of another.
SoundChange sound_change(const VoiceChange& voice, AudioLayout layout) {
  const auto changer = std::make_shared<VoiceChanger>(voice, layout, system_draws());
  return {[=](const AudioBlock& block) { return changer->process(block); },
          [=] { return changer->finish(); }};
}

VideoWriteOptions write_options(const VideoOptions& video, const VoiceChange& voice) {
  VideoWriteOptions write = video.write;
  write.sound = voice.mode != VoiceMode::mute;
  write.sound_may_be_damaged = video.best_effort;
  if (voice.changes_anything()) {
    write.change_sound = [voice](AudioLayout layout) { return sound_change(voice, layout); };
  }
  return write;
}

void describe_sound(const VideoInfo& info, const VideoWriter& writer, HiddenVideo& done) {
  done.sound_kept = writer.keeps_sound();
  if (info.has_sound && done.voice.mode != VoiceMode::mute && !done.sound_kept) {
    done.notes.push_back("The output's container cannot hold this film's sound; it was dropped.");
  }
  if (!info.has_sound && done.voice.changes_anything()) {
    done.notes.push_back("There is no sound in this film.");
  }
}

}  // namespace

size_t tracks_to_hide(const RedactionPlan& plan) {
  return static_cast<size_t>(std::ranges::count(plan.tracks, Decision::hide, &Track::decision));
}

VideoReadOptions read_options(const VideoOptions& options, bool sound) {
  return {options.best_effort, sound, options.write.thread_count};
}

Status FrameCounter::count(MediaTime time) {
  if (options_.stop_requested && options_.stop_requested()) {
    return fail(Error::Kind::cancelled, "Stopped before it was done; nothing was written.");
  }
  ++progress_.frames_done;
  progress_.time = time;
  if (options_.on_progress) options_.on_progress(progress_);
  return {};
}

namespace {

// The film's pictures and sound from the reader to the writer.
Status pass_on(VideoReader reader, VideoWriter& writer, const RedactionPlan& plan,
               const std::vector<bool>& covered, const Cover* cover, bool draws_frames,
               const VideoOptions& video, CopiedGroups& copies, HiddenVideo& done) {
  FrameCounter counter(video, VideoStage::hide, reader.info().frame_count);
  UnitsAhead units(std::move(reader));
  while (std::optional<VideoUnit> unit = TRY(units.next())) {
    if (auto* const frame = std::get_if<VideoFrame>(&*unit)) {
      const int64_t index = counter.frames();
      TRY(counter.count(frame->time()));
      if (copies.hold(index)) {
        copies.remember(*frame);
        if (const auto* const group = copies.beginning_at(index)) TRY(writer.copy(*group, *frame));
        continue;
      }
      const bool covers =
          static_cast<size_t>(index) < covered.size() && covered[static_cast<size_t>(index)];
      TRY(hide_in(*frame, covers, plan, cover, draws_frames, done));
    }
    TRY(writer.write(std::move(*unit)));
  }
  done.frames = counter.frames();
  done.frames_copied = copies.pictures();
  return {};
}

Result<UnnamedFilm> write_film(const RedactionPlan& plan, const std::filesystem::path& input,
                               const std::filesystem::path& output, Overwrite overwrite,
                               const ApplyOptions& options, const VideoOptions& video,
                               CopiedGroups& copies) {
  const VoiceChange voice = video.voice.value_or(plan.voice);
  TRY(validate(voice));
  VideoWriteOptions write = write_options(video, voice);
  if (!copies.empty()) write.copy_from = input;
  const std::vector<bool> covered = TRY(pictures_to_cover(input, video));
  VideoReader reader = TRY(VideoReader::open(input, read_options(video, write.sound)));
  TRY(check_film_source(plan, input, reader.info(), video.stop_requested));
  const Cover* const cover = TRY(cover_for_film(plan, options));
  VideoWriter writer = TRY(VideoWriter::create(output, overwrite, reader, write));
  HiddenVideo done;
  done.size = reader.info().size;
  done.track_count = tracks_to_hide(plan);
  done.dropped = reader.info().dropped;
  done.voice = voice;
  describe_sound(reader.info(), writer, done);
  TRY(pass_on(std::move(reader), writer, plan, covered, cover, options.frame, video, copies, done));
  OutputFile file = TRY(writer.complete());
  return UnnamedFilm{std::move(done), std::move(file)};
}

}  // namespace

Result<UnnamedFilm> write_hidden_film(const RedactionPlan& plan, const std::filesystem::path& input,
                                      const std::filesystem::path& output, Overwrite overwrite,
                                      const ApplyOptions& options, const VideoOptions& video) {
  TRY(validate(plan));
  if (const auto format = animation_wanted(input, output)) {
    return write_hidden_animation(plan, input, output, *format, overwrite, options, video);
  }
  CopiedGroups copies = TRY(groups_to_copy(plan, input, output, video));
  UnnamedFilm film = TRY(write_film(plan, input, output, overwrite, options, video, copies));
  // Whatever may have gone wrong between what was copied and what was encoded shows in the
  // pictures.
  const bool whole = copies.empty() ||
                     TRY(copies.are_whole_in(film.file.unnamed_path(), film.hidden.frames, video));
  if (!whole) {
    CopiedGroups none({});
    film = TRY(write_film(plan, input, output, overwrite, options, video, none));
  }
  if (video.copy_clean && film.hidden.frames_copied == 0) {
    film.hidden.notes.push_back("Nothing could be copied as it was coded: all is encoded again.");
  }
  return film;
}

bool is_film_work(const std::filesystem::path& input, const std::filesystem::path& output) {
  if (is_video(input)) return true;
  return is_animated(input) && (is_video_name(output) || animation_wanted(input, output));
}

Result<HiddenVideo> apply_video_plan(const RedactionPlan& plan, const std::filesystem::path& input,
                                     const std::filesystem::path& output, Overwrite overwrite,
                                     const ApplyOptions& options, const VideoOptions& video) {
  UnnamedFilm film = TRY(write_hidden_film(plan, input, output, overwrite, options, video));
  TRY(film.file.finish());
  return std::move(film.hidden);
}

}  // namespace faceveil
