#include "app/commands/common_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "app/interrupt.h"
#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "detect/tracker.h"
#include "pipeline/checked_hide.h"

namespace faceveil {
namespace {

Status check_range(const char* option, float value, float low, float high) {
  if (value >= low && value <= high) return {};
  char low_text[32], high_text[32];
  std::snprintf(low_text, sizeof low_text, "%g", static_cast<double>(low));
  std::snprintf(high_text, sizeof high_text, "%g", static_cast<double>(high));
  return about(option,
               Status(fail(Error::Kind::bad_input, "The number must lie between {0} and {1}.",
                           {low_text, high_text})));
}

// A picture that would not be used is a mistake too: the person expects to see it.
Status check_cover(Effect effect, bool has_cover) {
  if ((effect == Effect::image) == has_cover) return {};
  if (has_cover) {
    return fail(Error::Kind::bad_input, "Only the effect image takes a picture.");
  }
  return fail(Error::Kind::bad_input, "The effect image needs a picture to lay over the faces.");
}

auto bad_box(const std::string& text) {
  return fail(Error::Kind::bad_input,
              "\"{0}\" is not a box; give X,Y,W,H in pixels, with W and H above zero.", {text});
}

}  // namespace

void add_detect_options(CLI::App& command, DetectChoice& choice) {
  command.add_option(
      "--search", choice.search,
      tr("How hard to look: quick, balanced (default) or thorough (slow; lying and turned faces)"));
  command.add_option("--detector", choice.detector,
                     tr("fusion (default), or for quick search one detector: blazeface-full, "
                        "blazeface-full-sparse, blazeface-short or haar"));
  CLI::Option* threshold = command.add_option(
      "--threshold", choice.threshold,
      tr("Least score of a face, 0.01 to 1; lower finds more faces and more wrong places"));
  threshold->capture_default_str();
  command
      .add_option("--sensitivity", choice.sensitivity,
                  tr("The same from 0 (only the certain) to 1 (everything possible); 0.5 is the "
                     "default threshold"))
      ->excludes(threshold);
  command
      .add_option("--min-face", choice.face_min_px,
                  tr("Smallest face to look for, in pixels of the picture's own size, 4 to 1000"))
      ->type_name("PX")
      ->capture_default_str();
  command
      .add_option("--model", choice.models,
                  tr("Face network of your own (ONNX: YuNet, SCRFD, YOLOv5-face, Ultra-Light) that "
                     "joins the fusion; may be repeated"))
      ->type_name("FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_hide_options(CLI::App& command, HideChoice& choice) {
  command
      .add_option(
          "--effect", choice.effect,
          tr("veil, solid, emoji or image: nothing of the face remains; mosaic: bounded; blur: "
             "REVERSIBLE by machines"))
      ->capture_default_str();
  command
      .add_option("--image", choice.image, tr("The picture that --effect image lays over faces"))
      ->type_name("FILE");
  command.add_option("--shape", choice.shape, tr("ellipse or rectangle"))->capture_default_str();
  command
      .add_option("--grow", choice.grow,
                  tr("Share of a face's box added at each side, 0 to 2 (hair, chin, ears)"))
      ->capture_default_str();
  command
      .add_option("--box", choice.boxes,
                  tr("Hide this box too, in pixels of the upright picture; may be repeated"))
      ->type_name("X,Y,W,H")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_flag("--no-detect", choice.no_detect,
                   tr("Look for no faces: hide only what --box says"));
}

float score_min_of(const DetectChoice& choice) {
  if (choice.sensitivity == DetectChoice{}.sensitivity) return choice.threshold;
  return score_min_of_sensitivity(choice.sensitivity);
}

void add_voice_options(CLI::App& command, VoiceChoice& choice) {
  command.add_option("--voice", choice.mode,
                     tr("Voices: keep, mute, disguise (against listeners, not against machines) or "
                        "robot"));
  command
      .add_option("--mute", choice.mute,
                  tr("Silence this stretch, as in 1:02-1:09.5; may be repeated"))
      ->type_name("FROM-TO")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      .add_option("--bleep", choice.bleep,
                  tr("The same, with a tone in place of silence; may be repeated"))
      ->type_name("FROM-TO")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Result<std::optional<VoiceChange>> voice_change(const VoiceChoice& choice) {
  if (choice.mode.empty() && choice.mute.empty() && choice.bleep.empty()) {
    return std::optional<VoiceChange>();
  }
  VoiceChange change;
  if (!choice.mode.empty()) change.mode = TRY(about("--voice", parse_voice_mode(choice.mode)));
  for (const std::string& text : choice.mute) {
    change.silenced.push_back(TRY(about("--mute", parse_span(text, false))));
  }
  for (const std::string& text : choice.bleep) {
    change.silenced.push_back(TRY(about("--bleep", parse_span(text, true))));
  }
  return std::optional<VoiceChange>(std::move(change));
}

void add_metadata_options(CLI::App& command, MetadataChoice& choice) {
  command
      .add_option("--metadata", choice.policy,
                  tr("What the output keeps beside the picture: clean (colour profile, orientation "
                     "and density), keep-dates (date and camera too) or keep-all (no pictures and "
                     "no positions)"))
      ->capture_default_str();
  command.add_flag("--keep-gps", choice.keep_gps,
                   tr("Keep positions too, with keep-dates or keep-all"));
}

Result<MetadataPolicy> metadata_policy(const MetadataChoice& choice) {
  MetadataPolicy policy;
  policy.keep = TRY(about("--metadata", parse_metadata_policy(choice.policy)));
  policy.gps = choice.keep_gps;
  TRY(about("--keep-gps", validate(policy)));
  return policy;
}

std::string harder_look_help() {
  return tr(
      "Films: in balanced search spare the thorough looks at the beginning of each scene and "
      "about once a second (faster, hides fewer faces)");
}

void add_film_options(CLI::App& command, FilmChoice& choice) {
  command.add_option("--codec", choice.codec,
                     tr("Films: h264 (default; vp9 in WebM), h265, vp9 or av1"));
  command.add_option("--crf", choice.crf, tr("Films: quality, less is better, 0 to 63"));
  command.add_option("--preset", choice.preset,
                     tr("Films: the encoder's own word for slow and small or fast and large"));
  command.add_option("--detect-every", choice.detect_every,
                     tr("Films: look everywhere in each N-th picture only, and between them "
                        "where faces are expected"));
  command.add_flag("--no-harder-look", choice.no_harder_look, harder_look_help());
  command.add_flag(
      "--best-effort", choice.best_effort,
      tr("Films: hide what can be read of a damaged one, cover damaged pictures whole"));
  command.add_flag("--copy-clean", choice.copy_clean,
                   tr("Films in H.264: copy whole groups of pictures in which nothing is hidden as "
                      "they are coded"));
}

Result<VideoOptions> film_options(const FilmChoice& choice, int thread_count) {
  VideoOptions options;
  if (!choice.codec.empty()) {
    options.write.codec = TRY(about("--codec", parse_video_codec(choice.codec)));
  }
  if (choice.crf >= 0) {
    TRY(check_range("--crf", static_cast<float>(choice.crf), 0, 63));
    options.write.crf = choice.crf;
  }
  options.write.preset = choice.preset;
  options.write.thread_count = thread_count;
  if (choice.detect_every != 0) {
    const auto every = static_cast<float>(choice.detect_every);
    TRY(check_range("--detect-every", every, 1, detect_every_max));
    options.detect_every = choice.detect_every;
  }
  options.harder_look = !choice.no_harder_look;
  options.best_effort = choice.best_effort;
  options.copy_clean = choice.copy_clean;
  return options;
}

Result<DetectorOptions> detector_options(const DetectChoice& choice) {
  TRY(check_range("--threshold", choice.threshold, 0.01f, 1));
  TRY(check_range("--sensitivity", choice.sensitivity, 0, 1));
  TRY(check_range("--min-face", choice.face_min_px, 4, 1000));
  std::optional<DetectorId> detector;
  std::optional<Search> search;
  if (!choice.detector.empty()) {
    detector = TRY(about("--detector", parse_detector(choice.detector)));
  }
  if (!choice.search.empty()) search = TRY(about("--search", parse_search(choice.search)));
  DetectorOptions options = matching(detector, search);
  options.score_min = score_min_of(choice);
  options.face_min_px = choice.face_min_px;
  options.brought.assign(choice.models.begin(), choice.models.end());
  options.thread_count = choice.thread_count > 0 ? choice.thread_count : core_count();
  return options;
}

Result<std::optional<CoverPicture>> load_cover(const std::string& file) {
  if (file.empty()) return std::optional<CoverPicture>();
  const Bytes bytes = TRY(about(file, read_file(file, limits::input_bytes_max)));
  return std::optional<CoverPicture>(TRY(about(file, decode_cover(bytes, file))));
}

Result<PlanOptions> plan_options(const HideChoice& choice, const DetectChoice& detect,
                                 const std::optional<CoverPicture>& cover) {
  TRY(check_range("--grow", choice.grow, 0, 2));
  PlanOptions options;
  options.effect = TRY(about("--effect", parse_effect(choice.effect)));
  options.shape = TRY(about("--shape", parse_shape(choice.shape)));
  options.grow = choice.grow;
  options.score_min = score_min_of(detect);
  TRY(about("--image", check_cover(options.effect, cover.has_value())));
  if (cover) options.cover = cover->fingerprint;
  for (const std::string& text : choice.boxes) {
    options.boxes.push_back(TRY(about("--box", parse_box(text))));
  }
  return options;
}

Result<Rect> parse_box(const std::string& text) {
  std::array<float, 4> numbers = {};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0 && (at == end || *at++ != ',')) return bad_box(text);
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc()) return bad_box(text);
    at = next;
  }
  if (at != end || !(numbers[2] > 0) || !(numbers[3] > 0)) return bad_box(text);
  return Rect{numbers[0], numbers[1], numbers[2], numbers[3]};
}

Result<Detector> load_detector(const DetectChoice& choice) {
  const DetectorOptions options = TRY(detector_options(choice));
  const std::filesystem::path folder = TRY(find_model_folder());
  const Detector detector = TRY(Detector::create(folder, options));
  return detector.stoppable(interrupted);
}

Result<std::optional<Detector>> load_detector_unless(bool unwanted, const DetectChoice& choice) {
  if (unwanted) return std::optional<Detector>();
  return std::optional<Detector>(TRY(load_detector(choice)));
}

void add_verify_options(CLI::App& command, VerifyChoice& choice) {
  command.add_option(
      "--second-look", choice.second_look,
      tr("How hard to look for faces left in the output: harder (than --search), balanced, "
         "thorough "
         "or none (its bytes are looked at all the same); if not given harder at pictures, and at "
         "films as hard as --search, at two pictures a second and where tracks are weakest"));
  command.add_flag("--accept-findings", choice.accept_findings,
                   tr("Write an output too in which verify found something (exit code 3)"));
}

namespace {

Result<std::string> second_search(const VerifyChoice& choice, const DetectChoice& first) {
  if (choice.second_look.empty() || choice.second_look == "harder") {
    return std::string(search_name(harder_search(TRY(detector_options(first)).search)));
  }
  if (choice.second_look == "balanced" || choice.second_look == "thorough") {
    return choice.second_look;
  }
  return about(
      "--second-look",
      Result<std::string>(fail(Error::Kind::bad_input, "\"{0}\" is not known; choose one of: {1}.",
                               {choice.second_look, "harder, balanced, thorough, none"})));
}

}  // namespace

Result<std::optional<Detector>> load_second_look(bool unwanted, const VerifyChoice& choice,
                                                 const DetectChoice& first,
                                                 const Detector* loaded) {
  if (unwanted || choice.second_look == "none") return std::optional<Detector>();
  if (loaded && loaded->options().detector == DetectorId::fusion) {
    const std::string search = TRY(second_search(choice, first));
    return loaded->searching(TRY(parse_search(search)));
  }
  DetectChoice second = first;
  second.search = TRY(second_search(choice, first));
  second.detector.clear();
  return load_detector_unless(false, second);
}

FilmLook film_look(const VerifyChoice& choice, const Detector* first, const Detector* second) {
  FilmLook look;
  look.every_picture = !choice.second_look.empty();
  const bool first_will_do = first && second && first->options().search != Search::quick;
  look.detector = first_will_do && !look.every_picture ? first : second;
  return look;
}

void add_report_option(CLI::App& command, std::vector<std::string>& files) {
  command
      .add_option("--report", files,
                  tr("Write what was done and verified: as a page where the name ends in .html, "
                     "else as JSON; may be repeated"))
      ->type_name("FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_orientation_option(CLI::App& command, std::string& choice) {
  command
      .add_option("--orientation", choice,
                  tr("JPEG: keep the orientation as a tag, or apply it where that loses nothing"))
      ->capture_default_str();
}

Result<bool> wants_upright(const std::string& choice) {
  if (choice == "keep" || choice == "apply") return choice == "apply";
  return about("--orientation", Result<bool>(fail(Error::Kind::bad_input,
                                                  "\"{0}\" is not known; choose one of: {1}.",
                                                  {choice, "keep, apply"})));
}

std::optional<StillFormat> format_asked_by(const std::filesystem::path& output) {
  const std::string extension = output.extension().string();
  if (extension.empty()) return std::nullopt;
  return format_from_extension(extension.substr(1));
}

int print_error(const Error& error, int exit_code) {
  std::fprintf(stderr, "faceveil: %s\n", error.message().c_str());
  return exit_code;
}

}  // namespace faceveil
