// What training/ fitted for the fusion: one file, fusion.json, beside the networks.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "detect/calibration.h"
#include "detect/detector.h"
#include "detect/evidence.h"

namespace faceveil {

// What is known of a cluster when it is judged.
struct Case {
  Testimony testimony{};
  float side_px = 0, face_min_px = 0;  // The cluster's side; the smallest that was asked for.
  bool is_grey = false;                // The whole picture.
  float verifier_log_odds = 0;         // 0: nobody has looked closely.
};

// Log odds of a face as a weighted sum (logistic regression).
struct Verdict {
  float intercept = 0;
  Testimony witnesses{};  // Weights of their log odds.
  // Weights of the verifier's log odds where they are above and below zero. Grey pictures get
  // grey_offset instead: the verifier has learnt too little of old photographs.
  float like = 0, unlike = 0, grey_offset = 0;
  // Weight of every octave that a face is smaller than three quarters of the smallest that was
  // asked for, up to one and a half octaves.
  float tiny = 0;

  float log_odds(const Case&) const;
};

// How one kind of search comes to its results.
struct VerdictRules {
  Verdict first;            // Without the verifier: who is worth a close look.
  Verdict last;             // With it.
  float looked_at_min = 0;  // First probability from which the verifier looks.
};

struct FusionModel {
  std::vector<Calibration> calibrations;
  float belief_min = 0;  // Sightings of less probability are forgotten.
  float overlap = 0;     // Of sightings of the same face: intersection over union.
  VerdictRules balanced, thorough;
  VerdictRules balanced_brought, thorough_brought;  // With a network that a person brought.

  // The table of a network, or its own word where there is none.
  Calibration calibration_of(const std::string& network) const;
  const VerdictRules& rules(Search, bool is_anyone_brought) const;  // Not for quick.
};

// Errors: io, bad_input, naming the file.
Result<FusionModel> load_fusion_model(const std::filesystem::path& model_folder);

}  // namespace faceveil
