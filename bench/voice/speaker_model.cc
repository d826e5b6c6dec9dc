#include "bench/voice/speaker_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faceveil::bench {
namespace {

constexpr double variance_min = 1e-3;

void finish(Mixture::Component& component) {
  component.log_norm = component.log_weight;
  for (double& variance : component.variance) {
    variance = std::max(variance, variance_min);
    component.log_norm -= 0.5 * std::log(2 * std::numbers::pi * variance);
  }
}

double log_density(const Mixture::Component& component, const Features& x) {
  double sum = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double distance = x[i] - component.mean[i];
    sum += distance * distance / component.variance[i];
  }
  return component.log_norm - 0.5 * sum;
}

// Zeroth, first and second moments of frames in each component.
struct Moments {
  double count = 0;
  Features sum{}, squares{};
};

std::vector<Moments> moments_of(const Mixture& mixture, const std::vector<Features>& frames) {
  std::vector<Moments> moments(mixture.components.size());
  for (const Features& x : frames) {
    const std::vector<double> shares = mixture.shares(x);
    for (size_t k = 0; k < shares.size(); ++k) {
      if (shares[k] < 1e-8) continue;
      moments[k].count += shares[k];
      for (size_t i = 0; i < x.size(); ++i) {
        moments[k].sum[i] += shares[k] * x[i];
        moments[k].squares[i] += shares[k] * x[i] * x[i];
      }
    }
  }
  return moments;
}

}  // namespace

double Mixture::log_likelihood(const Features& x) const {
  double largest = -1e300, sum = 0;
  std::vector<double> logs;
  for (const Component& component : components) {
    logs.push_back(log_density(component, x));
    largest = std::max(largest, logs.back());
  }
  for (const double value : logs) sum += std::exp(value - largest);
  return largest + std::log(sum);
}

std::vector<double> Mixture::shares(const Features& x) const {
  const double whole = log_likelihood(x);
  std::vector<double> shares;
  for (const Component& component : components) {
    shares.push_back(std::exp(log_density(component, x) - whole));
  }
  return shares;
}

Mixture train_background(const std::vector<Features>& frames, size_t component_count) {
  Features mean{}, variance{};
  const auto count = static_cast<double>(frames.size());
  for (const Features& x : frames) {
    for (size_t i = 0; i < x.size(); ++i) mean[i] += x[i] / count;
  }
  for (const Features& x : frames) {
    for (size_t i = 0; i < x.size(); ++i)
      variance[i] += (x[i] - mean[i]) * (x[i] - mean[i]) / count;
  }
  Mixture mixture;
  for (size_t k = 0; k < component_count; ++k) {
    mixture.components.push_back({-std::log(static_cast<double>(component_count)),
                                  frames[k * frames.size() / component_count], variance, 0});
    finish(mixture.components.back());
  }
  for (int round = 0; round < 12; ++round) {
    const std::vector<Moments> moments = moments_of(mixture, frames);
    for (size_t k = 0; k < component_count; ++k) {
      if (moments[k].count < 10) continue;
      Mixture::Component& component = mixture.components[k];
      component.log_weight = std::log(moments[k].count / count);
      for (size_t i = 0; i < mean.size(); ++i) {
        component.mean[i] = moments[k].sum[i] / moments[k].count;
        component.variance[i] =
            moments[k].squares[i] / moments[k].count - component.mean[i] * component.mean[i];
      }
      finish(component);
    }
  }
  return mixture;
}

Mixture adapt(const Mixture& background, const std::vector<Features>& speaker) {
  constexpr double relevance = 16;
  Mixture adapted = background;
  const std::vector<Moments> moments = moments_of(background, speaker);
  for (size_t k = 0; k < moments.size(); ++k) {
    for (size_t i = 0; i < adapted.components[k].mean.size(); ++i) {
      double& mean = adapted.components[k].mean[i];
      mean = (moments[k].sum[i] + relevance * mean) / (moments[k].count + relevance);
    }
  }
  return adapted;
}

double score(const Mixture& speaker, const Mixture& background, const std::vector<Features>& test) {
  double sum = 0;
  for (const Features& x : test) sum += speaker.log_likelihood(x) - background.log_likelihood(x);
  return sum / static_cast<double>(std::max<size_t>(1, test.size()));
}

double equal_error_rate(std::vector<double> targets, std::vector<double> impostors) {
  std::ranges::sort(targets);
  std::ranges::sort(impostors);
  double best = 1, rate = 1;
  for (const double threshold : targets) {
    const auto refused =
        static_cast<double>(std::ranges::lower_bound(targets, threshold) - targets.begin()) /
        static_cast<double>(targets.size());
    const auto accepted =
        static_cast<double>(impostors.end() - std::ranges::lower_bound(impostors, threshold)) /
        static_cast<double>(impostors.size());
    if (std::abs(refused - accepted) < best) {
      best = std::abs(refused - accepted);
      rate = (refused + accepted) / 2;
    }
  }
  return rate;
}

}  // namespace faceveil::bench
