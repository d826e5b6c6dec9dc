// Options that several commands share: how to look, and how to hide.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "detect/detector.h"
#include "pipeline/checked_film.h"
#include "pipeline/pipeline.h"
#include "pipeline/video.h"
#include "plan/voice_change.h"

namespace faceveil {

// As typed; parsed and checked by the functions below, so that mistakes get our sentences.
struct DetectChoice {
  std::string detector, search;  // Empty: as matching() says.
  float threshold = 0.2f;
  float sensitivity = 0.5f;  // Another way to say the threshold.
  float face_min_px = 16;
  std::vector<std::string> models;
  int thread_count = 0;  // For one picture; 0: all cores.
};

struct HideChoice {
  std::string effect = "veil";
  std::string image;  // File of the picture for the effect `image`.
  std::string shape = "ellipse";
  float grow = 0.2f;
  std::vector<std::string> boxes;  // "X,Y,W,H"
  bool no_detect = false;
};

// What of the metadata the output keeps.
struct MetadataChoice {
  std::string policy = "clean";
  bool keep_gps = false;
};

// How verify looks at what was made.
struct VerifyChoice {
  std::string
      second_look;  // A search, "none" or "harder": one step harder than the first; empty: so too.
  bool accept_findings = false;
};

void add_verify_options(CLI::App& command, VerifyChoice& choice);
// The detector for the second look: as the first, but for its search; it shares the networks of
// `loaded`, the first one (null: not loaded), where that has them. None where the person wants
// none, or none was to be looked for at all (`unwanted`). Errors: as load_detector.
Result<std::optional<Detector>> load_second_look(bool unwanted, const VerifyChoice&,
                                                 const DetectChoice& first, const Detector* loaded);

// How films are looked at again: where the person does not say, lightly and as hard as at first,
// with the first detector (null: none was run) unless that is the quick one. Borrows both.
FilmLook film_look(const VerifyChoice&, const Detector* first, const Detector* second);

// --report: may be repeated.
void add_report_option(CLI::App& command, std::vector<std::string>& files);

// What happens to voices, as typed.
struct VoiceChoice {
  std::string mode;                      // Empty: not said.
  std::vector<std::string> mute, bleep;  // "1:02-1:09"
};

void add_voice_options(CLI::App& command, VoiceChoice& choice);
// Absent where the person said nothing of voices.
Result<std::optional<VoiceChange>> voice_change(const VoiceChoice&);

void add_metadata_options(CLI::App& command, MetadataChoice& choice);
Result<MetadataPolicy> metadata_policy(const MetadataChoice&);

// How a film is read and written.
struct FilmChoice {
  std::string codec, preset;  // Empty: as VideoWriteOptions.
  int crf = -1;               // Below 0: the codec's own high quality.
  int detect_every = 0;       // 0: as VideoOptions.
  bool no_harder_look = false;
  bool best_effort = false;
  bool copy_clean = false;
};

std::string harder_look_help();  // Of --no-harder-look.
void add_film_options(CLI::App& command, FilmChoice& choice);
// Without progress and without a way to stop. Errors: bad_input, naming the option.
Result<VideoOptions> film_options(const FilmChoice&, int thread_count);

void add_detect_options(CLI::App& command, DetectChoice& choice);
void add_hide_options(CLI::App& command, HideChoice& choice);

// The threshold, however it was said.
float score_min_of(const DetectChoice&);
Result<DetectorOptions> detector_options(const DetectChoice&);
// The picture of --image; none where no file was named. Errors: name the file.
Result<std::optional<CoverPicture>> load_cover(const std::string& file);

// As plan_options, with the cover that belongs to it. Errors also: the effect image without a
// picture, a picture without the effect.
Result<PlanOptions> plan_options(const HideChoice&, const DetectChoice&,
                                 const std::optional<CoverPicture>& cover);

// Four numbers with commas between; width and height above zero.
Result<Rect> parse_box(const std::string& text);

// The detector of the choice, loaded from where the models are.
Result<Detector> load_detector(const DetectChoice&);
// As above, or none where the person wants only boxes by hand.
Result<std::optional<Detector>> load_detector_unless(bool unwanted, const DetectChoice&);

// --orientation keep|apply, and whether the choice is to turn pictures upright.
void add_orientation_option(CLI::App& command, std::string& choice);
Result<bool> wants_upright(const std::string& choice);

// "out.png" asks for PNG; absent, so that the input's format is kept, for every other name.
std::optional<StillFormat> format_asked_by(const std::filesystem::path& output);

// Prints "faceveil: sentence" on standard error and gives back the exit code.
int print_error(const Error&, int exit_code);

}  // namespace faceveil
