#include "app/commands/common_options.h"

#include <array>
#include <charconv>
#include <cstdio>

#include "base/files.h"
#include "base/language.h"
#include "base/limits.h"

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
  command
      .add_option("--detector", choice.detector,
                  tr("Network: blazeface-full, blazeface-full-sparse or blazeface-short"))
      ->capture_default_str();
  command.add_option("--search", choice.search, tr("How hard to look: quick"))
      ->capture_default_str();
  command
      .add_option(
          "--threshold", choice.threshold,
          tr("Least score of a face, 0.01 to 1; lower finds more faces and more wrong places"))
      ->capture_default_str();
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

Result<DetectorOptions> detector_options(const DetectChoice& choice) {
  TRY(check_range("--threshold", choice.threshold, 0.01f, 1));
  DetectorOptions options;
  options.detector = TRY(about("--detector", parse_detector(choice.detector)));
  options.search = TRY(about("--search", parse_search(choice.search)));
  options.score_min = choice.threshold;
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
  options.score_min = detect.threshold;
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
  return Detector::create(folder, options);
}

Result<std::optional<Detector>> load_detector_unless(bool unwanted, const DetectChoice& choice) {
  if (unwanted) return std::optional<Detector>();
  return std::optional<Detector>(TRY(load_detector(choice)));
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
