// Speaker verification with Gaussian mixtures adapted from a background model (Reynolds, Quatieri,
// Dunn, "Speaker Verification Using Adapted Gaussian Mixture Models", 2000).
#pragma once

#include <utility>
#include <vector>

#include "bench/voice/mfcc.h"

namespace faceveil::bench {

struct Mixture {
  struct Component {
    double log_weight = 0;
    Features mean{}, variance{};
    double log_norm = 0;
  };
  std::vector<Component> components;

  double log_likelihood(const Features&) const;
  std::vector<double> shares(const Features&) const;  // Of each component in one frame.
};

// By k-means from evenly spread frames, then expectation maximisation.
Mixture train_background(const std::vector<Features>&, size_t component_count);
// Means moved towards the speaker's (maximum a posteriori, relevance factor 16).
Mixture adapt(const Mixture& background, const std::vector<Features>& speaker);
// Mean log likelihood ratio of a test against the background.
double score(const Mixture& speaker, const Mixture& background, const std::vector<Features>& test);

// Where as many targets are refused as impostors accepted, in [0, 1].
double equal_error_rate(std::vector<double> targets, std::vector<double> impostors);

}  // namespace faceveil::bench
